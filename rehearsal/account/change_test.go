package account_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

func TestSetPolicyCountsAtOnceAndAnyNumberOfTimes(t *testing.T) {
	a := start(t, "us-east-1")
	deploy(t, a, "us-east-1", all)
	arn := identity.ManagedPolicyARN{Partition: "aws", Account: "111122223333", Path: "/", Name: "push"}
	// IAM keeps five versions.
	for _, action := range []string{"ecr:A", "ecr:B", "ecr:C", "ecr:D", "ecr:E", "ecr:F", "ecr:G"} {
		want := policy.Document{Version: "2012-10-17", Statement: []policy.Statement{{
			Effect: "Allow", Action: policy.Values{action}, Resource: policy.Values{"*"},
		}}}
		if err := a.SetPolicy(t.Context(), arn, want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, read(t, a).Roles[0].Policies[0].Document); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
}

func TestSetTrust(t *testing.T) {
	a := start(t, "us-east-1")
	deploy(t, a, "us-east-1", all)
	want := policy.Document{Version: "2012-10-17", Statement: []policy.Statement{{
		Effect: "Allow", Principal: &policy.Principal{AWS: policy.Values{"arn:aws:iam::111122223333:root"}}, Action: policy.Values{"sts:AssumeRole"},
	}}}
	if err := a.SetTrust(t.Context(), "pusher", want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, read(t, a).Roles[0].Trust); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestChangesOfWhatIsNotThere(t *testing.T) {
	a := start(t, "us-east-1")
	arn := identity.ManagedPolicyARN{Partition: "aws", Account: "111122223333", Path: "/", Name: "none"}
	document := policy.Document{Version: "2012-10-17", Statement: []policy.Statement{{Effect: "Allow", Action: policy.Values{"ecr:*"}, Resource: policy.Values{"*"}}}}
	for _, c := range []struct {
		err  error
		want string
	}{
		{a.SetPolicy(t.Context(), arn, document), "NoSuchEntity: Policy arn:aws:iam::111122223333:policy/none not found"},
		{a.SetTrust(t.Context(), "none", document), "NoSuchEntity: Role none not found"},
		{a.Deploy(t.Context(), "eu-west-1", "test", []byte(all)), `region "eu-west-1" is not one that the account was opened for`},
	} {
		if c.err == nil || c.err.Error() != c.want {
			t.Errorf("got  %v\nwant %s", c.err, c.want)
		}
	}
}
