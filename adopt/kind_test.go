package adopt

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"keyless-runners/identity"
)

// Identifiers, and what replaces a resource, are what the CDK's command line knows of
// CloudFormation's resource schemas.
func TestKindsAreThoseOfCloudFormation(t *testing.T) {
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
					PrimaryIdentifier  []string
					Properties         map[string]struct {
						CausesReplacement string
						Required          bool
					}
				}
			}
		}
	}
	if err := json.NewDecoder(unpacked).Decode(&database); err != nil {
		t.Fatal(err)
	}
	found, replaced := 0, 0
	for _, resource := range database.Schema.Resource.Entities {
		if want := identity.ReplacedFor(resource.CloudFormationType); want != nil {
			replaced++
			var replace []string
			for name, property := range resource.Properties {
				if property.CausesReplacement == "yes" {
					replace = append(replace, name)
				}
			}
			slices.Sort(replace)
			if !slices.Equal(want, replace) {
				t.Errorf("%s is replaced for %q, want %q", resource.CloudFormationType, want, replace)
			}
		}
		known, ok := kinds[resource.CloudFormationType]
		if !ok {
			continue
		}
		found++
		if !slices.Equal(resource.PrimaryIdentifier, []string{known.identifier}) {
			t.Errorf("%s is identified by %q, want %q", resource.CloudFormationType, known.identifier, resource.PrimaryIdentifier)
		}
		required := false
		for name, property := range resource.Properties {
			stated := property.CausesReplacement == "yes" || slices.Contains(known.needs, name)
			required = required || property.Required && !stated
		}
		if required != (known.is != nil) {
			t.Errorf("%s has required properties: %t, and what it is in AWS is stated: %t", resource.CloudFormationType, required, known.is != nil)
		}
	}
	if found != len(kinds) || replaced != 7 {
		t.Errorf("%d of %d types found, and %d of 7 that are replaced", found, len(kinds), replaced)
	}
}
