package session_test

import (
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/session"
)

func TestASessionHasTheNamesThatPoliciesUse(t *testing.T) {
	got := pusher.Principal()
	want := policy.Principal{AWS: policy.Values{"arn:aws:iam::111122223333:role/ci/pusher", "arn:aws:sts::111122223333:assumed-role/pusher/job-1"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestASessionTellsPoliciesWhoItIs(t *testing.T) {
	s := pusher
	s.Provider = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
	s.Issued = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	want := map[string][]string{
		"aws:PrincipalType":     {"AssumedRole"},
		"aws:PrincipalArn":      {"arn:aws:iam::111122223333:role/ci/pusher"},
		"aws:PrincipalAccount":  {"111122223333"},
		"aws:userid":            {s.UserID()},
		"aws:TokenIssueTime":    {"2026-01-02T03:04:05Z"},
		"aws:FederatedProvider": {"arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"},
	}
	if diff := cmp.Diff(want, s.Context()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAUserIDIsOfTheRoleAndTheSession(t *testing.T) {
	id := regexp.MustCompile(`^(AROA[A-Z2-7]{17}):job-1$`)
	if !id.MatchString(pusher.UserID()) {
		t.Errorf("got %q, want AROA, 17 letters and digits, and :job-1", pusher.UserID())
	}
	other := session.Session{Role: identity.RoleARN{Partition: "aws", Account: "111122223333", Path: "/", Name: "other"}, Name: "job-1"}
	if other.UserID() == pusher.UserID() {
		t.Errorf("got %q for two roles, want two ids", other.UserID())
	}
}

func TestCredentialsLookLikeThoseOfSTS(t *testing.T) {
	var store session.Store
	first, second := store.Issue(pusher, time.Hour), store.Issue(pusher, time.Hour)
	if !regexp.MustCompile(`^ASIA[A-Z2-7]{16}$`).MatchString(first.AccessKeyID) || len(first.SecretAccessKey) != 40 || len(first.SessionToken) < 100 {
		t.Errorf("got %d, %d and %d characters, want 20 that begin with ASIA, 40 and more than 100", len(first.AccessKeyID), len(first.SecretAccessKey), len(first.SessionToken))
	}
	if left := time.Until(first.Expires); left < 59*time.Minute || left > time.Hour {
		t.Errorf("got %s until they end, want an hour", left)
	}
	if first.AccessKeyID == second.AccessKeyID || first.SecretAccessKey == second.SecretAccessKey || first.SessionToken == second.SessionToken {
		t.Error("two sessions share a part of their credentials, want none")
	}
}

func TestTheEnvironmentHasAllThatAnSDKNeeds(t *testing.T) {
	var store session.Store
	c := store.Issue(pusher, time.Hour)
	want := []string{"AWS_ACCESS_KEY_ID=" + c.AccessKeyID, "AWS_SECRET_ACCESS_KEY=" + c.SecretAccessKey, "AWS_SESSION_TOKEN=" + c.SessionToken}
	if diff := cmp.Diff(want, session.Environment(c)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
