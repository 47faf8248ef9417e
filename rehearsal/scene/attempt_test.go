package scene

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/ledger"
	"keyless-runners/rehearsal/verdict"
)

func TestRefusalHasToBeForTheRightReason(t *testing.T) {
	refused := attempt{refusal: "AccessDenied"}
	let := attempt{}
	for _, test := range []struct {
		attempt attempt
		told    string
		want    string
	}{
		{refused, "api error AccessDenied: no", ""},
		{refused, "", "allowed"},
		{refused, "dial tcp: no such host", `refused, but not with "AccessDenied": dial tcp: no such host`},
		{let, "", ""},
		{let, "api error AccessDenied: no", "refused: api error AccessDenied: no"},
	} {
		got := ""
		if err := test.attempt.judge(test.told); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("told %q, refusal %q: got %q, want %q", test.told, test.attempt.refusal, got, test.want)
		}
	}
}

func TestRowSaysWhoDecided(t *testing.T) {
	may := ledger.Entry{Verdict: verdict.Verdict{Allowed: true, Kind: verdict.Identity, Policy: "push", Decision: policy.Decision{Outcome: policy.Allowed, Sid: "AllowPush"}}}
	not := ledger.Entry{Verdict: verdict.Refused("signature")}
	refused := attempt{who: "somebody", what: "push", refusal: "no", by: "nobody was asked"}
	allowed := attempt{who: "the pool", what: "push"}
	for _, test := range []struct {
		attempt attempt
		entries []ledger.Entry
		want    row
	}{
		{refused, []ledger.Entry{not, may}, row{"somebody", "push", "refused", "signature"}},
		{refused, []ledger.Entry{may}, row{"somebody", "push", "refused", "nobody was asked"}},
		{refused, nil, row{"somebody", "push", "refused", "nobody was asked"}},
		{allowed, []ledger.Entry{may, not}, row{"the pool", "push", "allowed", `"AllowPush" of identity-based policy "push"`}},
	} {
		if diff := cmp.Diff(test.want, test.attempt.row(test.entries), cmp.AllowUnexported(row{})); diff != "" {
			t.Errorf("row (-want +got):\n%s", diff)
		}
	}
}

func TestPolicyWithoutAnAction(t *testing.T) {
	whole := policy.Document{Version: policy.Version, Statement: []policy.Statement{
		{Sid: policy.SidLogin, Effect: policy.EffectAllow, Action: policy.Values{"ecr:GetAuthorizationToken"}, Resource: policy.Values{"*"}},
		{Sid: policy.SidPush, Effect: policy.EffectAllow, Action: policy.Values{"ecr:PutImage", "ecr:BatchGetImage"}, Resource: policy.Values{"*"}},
	}}
	if diff := cmp.Diff(policy.Document{Version: policy.Version, Statement: whole.Statement[1:]}, without(whole, "ecr:GetAuthorizationToken")); diff != "" {
		t.Errorf("without the only action of a statement (-want +got):\n%s", diff)
	}
	got := without(whole, "ecr:PutImage")
	if diff := cmp.Diff(policy.Values{"ecr:BatchGetImage"}, got.Statement[1].Action); diff != "" {
		t.Errorf("without one of two actions (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"ecr:GetAuthorizationToken", "ecr:PutImage", "ecr:BatchGetImage"}, pushActions(whole)); diff != "" {
		t.Errorf("the whole policy was changed (-want +got):\n%s", diff)
	}
}

// A role has policies that others make beside the pool's own, which may allow more than to push.
func TestThePoolsOwnPolicyIsTheOneThatPushes(t *testing.T) {
	own := policy.Push([]identity.ImageRepository{{Registry: identity.Registry{Account: "111122223333", Region: "us-east-1"}, Name: "web"}})
	own.Statement = append(own.Statement, policy.Statement{Sid: "Artifacts", Effect: policy.EffectAllow, Action: policy.Values{"s3:GetObject"}, Resource: policy.Values{"*"}})
	role := &deployed.Role{ARN: "arn:aws:iam::111122223333:role/web", Policies: []deployed.Policy{
		{ARN: "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy", Document: policy.Document{Statement: own.Statement[2:]}},
		{ARN: "arn:aws:iam::111122223333:policy/web", Document: own},
	}}
	document, arn, err := managed(role)
	want := identity.ManagedPolicyARN{Partition: "aws", Account: "111122223333", Path: "/", Name: "web"}
	if arn != want || err != nil || slices.Contains(pushActions(document), "s3:GetObject") || len(pushActions(document)) != 8 {
		t.Errorf("got policy %v with %q and error %v", arn, pushActions(document), err)
	}
	role.Policies = role.Policies[:1]
	if _, _, err := managed(role); err == nil || err.Error() != `no policy of role arn:aws:iam::111122223333:role/web has a statement "AllowPush"` {
		t.Errorf("got error %v", err)
	}
}

func TestAnotherIssuerIsAnotherOne(t *testing.T) {
	for issuer, want := range map[identity.Issuer]identity.Issuer{"https://x/id/AF": "https://x/id/A0", "https://x/id/A0": "https://x/id/A1", "https://x/id/A1": "https://x/id/A0"} {
		if got := another(issuer, "01"); got != want {
			t.Errorf("%q: got %q, want %q", issuer, got, want)
		}
	}
}
