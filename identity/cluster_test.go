package identity_test

import (
	"strings"
	"testing"

	"keyless-runners/identity"
)

func TestClusterNameIsOneThatEKSTakes(t *testing.T) {
	testCheck(t, []checkCase[identity.ClusterName]{
		{"letters, digits, hyphen and underscore", "Build-1_eu", ""},
		{"one character", "a", ""},
		{"digit first", "1-build", ""},
		{"hyphen last", "build-", ""},
		{"100 characters", identity.ClusterName(strings.Repeat("a", 100)), ""},
		{"101 characters", identity.ClusterName(strings.Repeat("a", 101)), `cluster name "` + strings.Repeat("a", 101) + `": want at most 100 characters, got 101`},
		{"whole ARN", "arn:aws:eks:us-east-1:111122223333:cluster/prod", `cluster name "arn:aws:eks:us-east-1:111122223333:cluster/prod": want the name alone, "prod", without "arn:aws:eks:us-east-1:111122223333:cluster/"`},
		{"empty", "", `cluster name is missing`},
		{"hyphen first", "-build", `cluster name "-build": want a letter or digit at the beginning`},
		{"underscore first", "_build", `cluster name "_build": want a letter or digit at the beginning`},
		{"dot", "build.eu", `cluster name "build.eu": '.' at position 6 is not allowed; want letters, digits, - and _`},
		{"blank", "my cluster", `cluster name "my cluster": ' ' at position 3 is not allowed; want letters, digits, - and _`},
		{"slash", "a/b", `cluster name "a/b": '/' at position 2 is not allowed; want letters, digits, - and _`},
		{"second YAML document", "a\n---\nb", `cluster name "a\n---\nb": '\n' at position 2 is not allowed; want letters, digits, - and _`},
		{"DEL", "a\x7f", `cluster name "a\x7f": '\x7f' at position 2 is not allowed; want letters, digits, - and _`},
		{"accent", "büro", `cluster name "büro": '\u00fc' at position 2 is not allowed; want letters, digits, - and _`},
		{"non-breaking hyphen", "build\u20111", "cluster name \"build\u20111\": '\\u2011' at position 6 is not allowed; want letters, digits, - and _"},
	})
}

func TestClusterARN(t *testing.T) {
	arn := identity.ClusterARN{Partition: "aws-cn", Region: "cn-north-1", Account: "111122223333", Name: "ci"}
	if got, want := arn.String(), "arn:aws-cn:eks:cn-north-1:111122223333:cluster/ci"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := arn.Children("addon"), "arn:aws-cn:eks:cn-north-1:111122223333:addon/ci/*"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := arn.Account.RootARN(arn.Partition), "arn:aws-cn:iam::111122223333:root"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestParseClusterARN(t *testing.T) {
	none := identity.ClusterARN{}
	testParse(t, identity.ParseClusterARN, identity.ClusterARN.String, []parseCase[identity.ClusterARN]{
		{"one", "arn:aws:eks:us-east-1:111122223333:cluster/ci", identity.ClusterARN{Partition: "aws", Region: "us-east-1", Account: "111122223333", Name: "ci"}, ""},
		{"China", "arn:aws-cn:eks:cn-north-1:111122223333:cluster/CI_2", identity.ClusterARN{Partition: "aws-cn", Region: "cn-north-1", Account: "111122223333", Name: "CI_2"}, ""},
		{"a name alone", "ci", none, `cluster ARN "ci": want arn:PARTITION:eks:REGION:ACCOUNT:cluster/NAME`},
		{"an association", "arn:aws:eks:us-east-1:111122223333:podidentityassociation/ci/a-1", none, `cluster ARN "arn:aws:eks:us-east-1:111122223333:podidentityassociation/ci/a-1": want arn:PARTITION:eks:REGION:ACCOUNT:cluster/NAME`},
		{"no region", "arn:aws:eks::111122223333:cluster/ci", none, `cluster ARN "arn:aws:eks::111122223333:cluster/ci": region is missing; want a region code such as "us-east-1"`},
	})
}
