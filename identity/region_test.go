package identity_test

import (
	"slices"
	"testing"

	"keyless-runners/identity"
)

func TestRegionIsKnown(t *testing.T) {
	testCheck(t, []checkCase[identity.Region]{
		{"us-east-1", "us-east-1", ""},
		{"China", "cn-northwest-1", ""},
		{"GovCloud", "us-gov-west-1", ""},
		{"empty", "", `region is missing; want a region code such as "us-east-1"`},
		{"swapped letters", "us-esat-1", `unknown region "us-esat-1"; did you mean "us-east-1"?`},
		{"missing hyphen", "eu-west1", `unknown region "eu-west1"; did you mean "eu-west-1"?`},
		{"missing number", "cn-north", `unknown region "cn-north"; did you mean "cn-north-1"?`},
		{"number that does not exist", "us-east-3", `unknown region "us-east-3"; did you mean "us-east-1"?`},
		{"availability zone", "us-east-1a", `unknown region "us-east-1a"; did you mean "us-east-1"?`},
		{"blank at the end", "us-east-1 ", `unknown region "us-east-1 "; did you mean "us-east-1"?`},
		{"newline at the end", "us-east-1\n", `unknown region "us-east-1\n"; did you mean "us-east-1"?`},
		{"GovCloud without its number", "us-gov-west", `unknown region "us-gov-west"; did you mean "us-gov-west-1"?`},
		{"capitals", "US-EAST-1", `unknown region "US-EAST-1"; did you mean "us-east-1"?`},
		{"capitals and swapped letters", "Eu-Wset-1", `unknown region "Eu-Wset-1"; did you mean "eu-west-1"?`},
		{"Cyrillic a", "us-e\u0430st-1", "unknown region \"us-e\u0430st-1\"; did you mean \"us-east-1\"?"},
		{"display name", "N. Virginia", `unknown region "N. Virginia": want a region code such as "us-east-1"`},
		{"isolated region", "us-iso-east-1", `unknown region "us-iso-east-1": want a region code such as "us-east-1"`},
		{"second YAML document", "us-east-1\n---\nb", `unknown region "us-east-1\n---\nb": want a region code such as "us-east-1"`},
		{"invalid UTF-8", "\xff\xfe\xfd", `unknown region "\xff\xfe\xfd": want a region code such as "us-east-1"`},
		{"placeholder of the article", "YOUR_REGION", `unknown region "YOUR_REGION": want a region code such as "us-east-1"`},
	})
}

func TestRegionsAreSortedAndAccepted(t *testing.T) {
	regions := identity.Regions()
	if !slices.IsSorted(regions) {
		t.Errorf("got %q, want them in alphabetical order", regions)
	}
	for _, region := range regions {
		if err := region.Check(); err != nil {
			t.Error(err)
		}
	}
}

func TestRegionsOfEachPartition(t *testing.T) {
	found := map[identity.Partition][]identity.Region{}
	for _, region := range identity.Regions() {
		found[region.Partition()] = append(found[region.Partition()], region)
	}
	for partition, want := range map[identity.Partition][]identity.Region{
		"aws-cn":     {"cn-north-1", "cn-northwest-1"},
		"aws-us-gov": {"us-gov-east-1", "us-gov-west-1"},
		"aws-eusc":   {"eusc-de-east-1"},
		"aws": {
			"af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
			"ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4",
			"ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1", "eu-central-1",
			"eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3",
			"il-central-1", "me-central-1", "me-south-1", "mx-central-1", "sa-east-1",
			"us-east-1", "us-east-2", "us-west-1", "us-west-2",
		},
	} {
		if !slices.Equal(found[partition], want) {
			t.Errorf("partition %q: got %q, want %q", partition, found[partition], want)
		}
	}
	if len(found) != 4 {
		t.Errorf("got %d partitions, want 4", len(found))
	}
}

func TestUnknownRegionHasNoPartition(t *testing.T) {
	for _, region := range []identity.Region{"", "us-esat-1", "US-EAST-1", "us-east-1 "} {
		if got := region.Partition(); got != "" {
			t.Errorf("region %q: got %q, want none", region, got)
		}
	}
}
