package diff

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"slices"
	"testing"
)

// The table is what the CDK's command line knows of CloudFormation's resource reference.
func TestUpdatesAreThoseOfCloudFormation(t *testing.T) {
	file, err := os.Open("../node_modules/aws-cdk/db.json.gz")
	if err != nil {
		t.Fatalf(`%v: run "make setup" for the CDK's command line`, err)
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var database struct {
		Schema struct {
			Resource struct {
				Entities []struct {
					CloudFormationType string
					Properties         map[string]struct{ CausesReplacement string }
				}
			}
		}
	}
	if err := json.NewDecoder(unpacked).Decode(&database); err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, resource := range database.Schema.Resource.Entities {
		known, ok := updates[resource.CloudFormationType]
		if !ok {
			continue
		}
		found++
		var replace []string
		for name, property := range resource.Properties {
			if property.CausesReplacement == "yes" {
				replace = append(replace, name)
			}
		}
		slices.Sort(replace)
		if !slices.Equal(known.replace, replace) {
			t.Errorf("%s is replaced for %q, want %q", resource.CloudFormationType, known.replace, replace)
		}
	}
	if found != len(updates) {
		t.Errorf("%d of %d types found", found, len(updates))
	}
}
