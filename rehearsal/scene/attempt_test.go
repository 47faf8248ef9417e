package scene

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/identity"
	"keyless-runners/policy"
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
		{Sid: "Login", Effect: policy.EffectAllow, Action: policy.Values{"ecr:GetAuthorizationToken"}, Resource: policy.Values{"*"}},
		{Sid: "Push", Effect: policy.EffectAllow, Action: policy.Values{"ecr:PutImage", "ecr:BatchGetImage"}, Resource: policy.Values{"*"}},
	}}
	if diff := cmp.Diff(policy.Document{Version: policy.Version, Statement: whole.Statement[1:]}, without(whole, "ecr:GetAuthorizationToken")); diff != "" {
		t.Errorf("without the only action of a statement (-want +got):\n%s", diff)
	}
	got := without(whole, "ecr:PutImage")
	if diff := cmp.Diff(policy.Values{"ecr:BatchGetImage"}, got.Statement[1].Action); diff != "" {
		t.Errorf("without one of two actions (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"ecr:GetAuthorizationToken", "ecr:PutImage", "ecr:BatchGetImage"}, actions(whole)); diff != "" {
		t.Errorf("the whole policy was changed (-want +got):\n%s", diff)
	}
}

func TestAnotherIssuerIsAnotherOne(t *testing.T) {
	for issuer, want := range map[identity.Issuer]identity.Issuer{"https://x/id/AF": "https://x/id/A0", "https://x/id/A0": "https://x/id/A1", "https://x/id/A1": "https://x/id/A0"} {
		if got := another(issuer, "01"); got != want {
			t.Errorf("%q: got %q, want %q", issuer, got, want)
		}
	}
}
