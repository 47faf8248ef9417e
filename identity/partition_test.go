package identity_test

import (
	"testing"

	"keyless-runners/identity"
)

func TestPartitionIsOneOfThree(t *testing.T) {
	testCheck(t, []checkCase[identity.Partition]{
		{"aws", "aws", ""},
		{"China", "aws-cn", ""},
		{"GovCloud", "aws-us-gov", ""},
		{"empty", "", `partition "": want "aws", "aws-cn" or "aws-us-gov"`},
		{"capitals", "AWS", `partition "AWS": want "aws", "aws-cn" or "aws-us-gov"`},
		{"GovCloud without us", "aws-gov", `partition "aws-gov": want "aws", "aws-cn" or "aws-us-gov"`},
		{"isolated regions", "aws-iso", `partition "aws-iso": want "aws", "aws-cn" or "aws-us-gov"`},
		{"wildcard", "*", `partition "*": want "aws", "aws-cn" or "aws-us-gov"`},
		{"newline", "aws\n", `partition "aws\n": want "aws", "aws-cn" or "aws-us-gov"`},
		{"Cyrillic a", "\u0430ws", "partition \"\u0430ws\": want \"aws\", \"aws-cn\" or \"aws-us-gov\""},
	})
}

func TestPartitionConstantsAreWrittenAsARNsHaveThem(t *testing.T) {
	wantText(t, string(identity.PartitionAWS), "aws")
	wantText(t, string(identity.PartitionChina), "aws-cn")
	wantText(t, string(identity.PartitionGov), "aws-us-gov")
}

func TestOnlyChinaHasADomainOfItsOwn(t *testing.T) {
	wantText(t, identity.PartitionAWS.DNSSuffix(), "amazonaws.com")
	wantText(t, identity.PartitionChina.DNSSuffix(), "amazonaws.com.cn")
	wantText(t, identity.PartitionGov.DNSSuffix(), "amazonaws.com")
}
