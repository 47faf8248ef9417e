package identity_test

import (
	"testing"

	"keyless-runners/identity"
)

func TestPartitionIsOneOfFour(t *testing.T) {
	testCheck(t, []checkCase[identity.Partition]{
		{"aws", "aws", ""},
		{"China", "aws-cn", ""},
		{"GovCloud", "aws-us-gov", ""},
		{"European Sovereign Cloud", "aws-eusc", ""},
		{"empty", "", `partition "": want "aws", "aws-cn", "aws-us-gov" or "aws-eusc"`},
		{"capitals", "AWS", `partition "AWS": want "aws", "aws-cn", "aws-us-gov" or "aws-eusc"`},
		{"GovCloud without us", "aws-gov", `partition "aws-gov": want "aws", "aws-cn", "aws-us-gov" or "aws-eusc"`},
		{"isolated regions", "aws-iso", `partition "aws-iso": want "aws", "aws-cn", "aws-us-gov" or "aws-eusc"`},
		{"wildcard", "*", `partition "*": want "aws", "aws-cn", "aws-us-gov" or "aws-eusc"`},
		{"newline", "aws\n", `partition "aws\n": want "aws", "aws-cn", "aws-us-gov" or "aws-eusc"`},
		{"Cyrillic a", "\u0430ws", "partition \"\u0430ws\": want \"aws\", \"aws-cn\", \"aws-us-gov\" or \"aws-eusc\""},
	})
}

func TestPartitionConstantsAreWrittenAsARNsHaveThem(t *testing.T) {
	wantText(t, string(identity.PartitionAWS), "aws")
	wantText(t, string(identity.PartitionChina), "aws-cn")
	wantText(t, string(identity.PartitionGov), "aws-us-gov")
	wantText(t, string(identity.PartitionEU), "aws-eusc")
}

func TestChinaAndTheSovereignCloudHaveDomainsOfTheirOwn(t *testing.T) {
	wantText(t, identity.PartitionAWS.DNSSuffix(), "amazonaws.com")
	wantText(t, identity.PartitionChina.DNSSuffix(), "amazonaws.com.cn")
	wantText(t, identity.PartitionGov.DNSSuffix(), "amazonaws.com")
	wantText(t, identity.PartitionEU.DNSSuffix(), "amazonaws.eu")
}
