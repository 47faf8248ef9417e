package policy_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/policy"
)

const (
	account  = "arn:aws:iam::111122223333:root"
	role     = "arn:aws:iam::111122223333:role/ci/pusher"
	session  = "arn:aws:sts::111122223333:assumed-role/pusher/job-1"
	provider = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
)

var (
	bySession  = policy.Request{Action: "ecr:PutImage", Principal: policy.Principal{AWS: policy.Values{session, role}}}
	byToken    = policy.Request{Action: "sts:AssumeRoleWithWebIdentity", Principal: policy.Principal{Federated: policy.Values{provider}}}
	byService  = policy.Request{Action: "sts:AssumeRole", Principal: policy.Principal{Service: policy.Values{"ec2.amazonaws.com"}}}
	byUser     = policy.Request{Action: "s3:GetObject", Principal: policy.Principal{CanonicalUser: policy.Values{"79a59d"}}}
	byStranger = policy.Request{Action: "ecr:PutImage"}
)

// IAM user guide, "AWS JSON policy elements: Principal".
func TestEvaluateMatchesPrincipals(t *testing.T) {
	testJudgements(t, []judgement{
		{"everybody", `{"Effect":"Allow","Principal":"*","Action":"*"}`, bySession, first},
		{"everybody, a token", `{"Effect":"Allow","Principal":"*","Action":"*"}`, byToken, first},
		{"everybody, a stranger", `{"Effect":"Allow","Principal":"*","Action":"*"}`, byStranger, first},
		{"everybody under AWS", `{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"*"}`, bySession, first},
		{"everybody under AWS, a token", `{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"*"}`, byToken, first},
		{"role", `{"Effect":"Allow","Principal":{"AWS":"` + role + `"},"Action":"*"}`, bySession, first},
		{"session", `{"Effect":"Allow","Principal":{"AWS":"` + session + `"},"Action":"*"}`, bySession, first},
		{"account by its root", `{"Effect":"Allow","Principal":{"AWS":"` + account + `"},"Action":"*"}`, bySession, first},
		{"account by its number", `{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"*"}`, bySession, first},
		{"another account by its root", `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"*"}`, bySession, no},
		{"another account by its number", `{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"*"}`, bySession, no},
		{"account of another partition", `{"Effect":"Allow","Principal":{"AWS":"arn:aws-cn:iam::111122223333:root"},"Action":"*"}`, bySession, no},
		{"root of another service", `{"Effect":"Allow","Principal":{"AWS":"arn:aws:s3::111122223333:root"},"Action":"*"}`, bySession, no},
		{"role of another path", `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/pusher"},"Action":"*"}`, bySession, no},
		{"role in other letters", `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/ci/Pusher"},"Action":"*"}`, bySession, no},
		{"part of a name is no wildcard", `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/*"},"Action":"*"}`, bySession, no},
		{"one of several", `{"Effect":"Allow","Principal":{"AWS":["444455556666","` + role + `"]},"Action":"*"}`, bySession, first},
		{"one of several kinds", `{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com","AWS":"` + role + `"},"Action":"*"}`, bySession, first},
		{"a name that is no ARN, of no account", `{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"*"}`, policy.Request{Principal: policy.Principal{AWS: policy.Values{"AROAEXAMPLE"}}}, no},
		{"a name that is no ARN", `{"Effect":"Allow","Principal":{"AWS":"AROAEXAMPLE"},"Action":"*"}`, policy.Request{Principal: policy.Principal{AWS: policy.Values{"AROAEXAMPLE"}}}, first},
		{"nobody without a name", `{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"*"}`, byStranger, no},
		{"provider", `{"Effect":"Allow","Principal":{"Federated":"` + provider + `"},"Action":"*"}`, byToken, first},
		{"another provider", `{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/FEDCBA9876543210FEDCBA9876543210"},"Action":"*"}`, byToken, no},
		{"provider of another account", `{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::444455556666:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"},"Action":"*"}`, byToken, no},
		{"provider under AWS", `{"Effect":"Allow","Principal":{"AWS":"` + provider + `"},"Action":"*"}`, byToken, no},
		{"role under Federated", `{"Effect":"Allow","Principal":{"Federated":"` + role + `"},"Action":"*"}`, bySession, no},
		{"every provider", `{"Effect":"Allow","Principal":{"Federated":"*"},"Action":"*"}`, byToken, first},
		{"every provider, a session", `{"Effect":"Allow","Principal":{"Federated":"*"},"Action":"*"}`, bySession, no},
		{"service", `{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"*"}`, byService, first},
		{"another service", `{"Effect":"Allow","Principal":{"Service":"eks.amazonaws.com"},"Action":"*"}`, byService, no},
		{"canonical user", `{"Effect":"Allow","Principal":{"CanonicalUser":"79a59d"},"Action":"*"}`, byUser, first},
		{"another canonical user", `{"Effect":"Allow","Principal":{"CanonicalUser":"79a59e"},"Action":"*"}`, byUser, no},
		{"none, as in an identity policy", `{"Effect":"Allow","Action":"*"}`, bySession, first},
	})
}

// IAM user guide, "AWS JSON policy elements: NotPrincipal".
func TestEvaluateMatchesEverybodyButNotPrincipal(t *testing.T) {
	const inPart = open + "what NotPrincipal makes of a principal whose account, role and session it lists in part"
	testJudgements(t, []judgement{
		{"another account", `{"Effect":"Deny","NotPrincipal":{"AWS":"444455556666"},"Action":"*"}`, bySession, denied},
		{"account, role and session", `{"Effect":"Deny","NotPrincipal":{"AWS":["` + account + `","` + role + `","` + session + `"]},"Action":"*"}`, bySession, no},
		{"account by number, role and session", `{"Effect":"Deny","NotPrincipal":{"AWS":["111122223333","` + role + `","` + session + `"]},"Action":"*"}`, bySession, no},
		{"without the account", `{"Effect":"Deny","NotPrincipal":{"AWS":["` + role + `","` + session + `"]},"Action":"*"},{"Effect":"Allow","Action":"*"}`, bySession, second + inPart},
		{"without the session", `{"Effect":"Deny","NotPrincipal":{"AWS":["` + account + `","` + role + `"]},"Action":"*"},{"Effect":"Allow","Action":"*"}`, bySession, second + inPart},
		{"without the role", `{"Effect":"Deny","NotPrincipal":{"AWS":["` + account + `","` + session + `"]},"Action":"*"},{"Effect":"Allow","Action":"*"}`, bySession, second + inPart},
		{"the account alone", `{"Effect":"Deny","NotPrincipal":{"AWS":"` + account + `"},"Action":"*"},{"Effect":"Allow","Action":"*"}`, bySession, second + inPart},
		{"everybody", `{"Effect":"Deny","NotPrincipal":"*","Action":"*"}`, bySession, no},
		{"a stranger", `{"Effect":"Deny","NotPrincipal":{"AWS":"111122223333"},"Action":"*"}`, byStranger, denied},
		{"the provider", `{"Effect":"Deny","NotPrincipal":{"Federated":"` + provider + `"},"Action":"*"}`, byToken, no},
		{"a provider, for a session", `{"Effect":"Deny","NotPrincipal":{"Federated":"` + provider + `"},"Action":"*"}`, bySession, denied},
		{"the service", `{"Effect":"Deny","NotPrincipal":{"Service":"ec2.amazonaws.com"},"Action":"*"}`, byService, no},
		{"another service", `{"Effect":"Deny","NotPrincipal":{"Service":"eks.amazonaws.com"},"Action":"*"}`, byService, denied},
		{"the canonical user", `{"Effect":"Deny","NotPrincipal":{"CanonicalUser":"79a59d"},"Action":"*"}`, byUser, no},
		{"another canonical user", `{"Effect":"Deny","NotPrincipal":{"CanonicalUser":"79a59e"},"Action":"*"}`, byUser, denied},
		{"Allow to all but others", `{"Effect":"Allow","NotPrincipal":{"AWS":"444455556666"},"Action":"*"}`, bySession, first},
	})
}

// A statement that names an account leaves it to the account whom to allow; a denial
// leaves nothing to anybody.
func TestByNameLeavesAccountsOut(t *testing.T) {
	const role = "arn:aws:iam::111122223333:role/root"
	document := policy.Document{Version: policy.Version, Statement: []policy.Statement{
		{Sid: "Accounts", Effect: policy.EffectAllow, Principal: &policy.Principal{AWS: policy.Values{"arn:aws:iam::111122223333:root", "111122223333"}}, Action: policy.Values{"ecr:*"}},
		{Sid: "Both", Effect: policy.EffectAllow, Principal: &policy.Principal{AWS: policy.Values{"111122223333", role}, Service: policy.Values{"a"}}, Action: policy.Values{"ecr:*"}},
		{Sid: "Everybody", Effect: policy.EffectAllow, Principal: &policy.Principal{AWS: policy.Values{"*"}}, Action: policy.Values{"ecr:*"}},
		{Sid: "Anybody", Effect: policy.EffectAllow, Action: policy.Values{"ecr:*"}},
		{Sid: "Denied", Effect: policy.EffectDeny, Principal: &policy.Principal{AWS: policy.Values{"111122223333"}}, Action: policy.Values{"ecr:*"}},
	}}
	before := string(document.JSON())
	var got []policy.Values
	for _, statement := range document.ByName().Statement {
		if statement.Principal == nil {
			got = append(got, nil)
			continue
		}
		got = append(got, statement.Principal.AWS)
	}
	want := []policy.Values{{}, {role}, {"*"}, nil, {"111122223333"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if after := string(document.JSON()); after != before {
		t.Errorf("the document itself became %s", after)
	}
	request := policy.Request{Principal: policy.Principal{AWS: policy.Values{"arn:aws:iam::111122223333:role/other"}}, Action: "ecr:PutImage"}
	if got := policy.Evaluate(request, policy.Document{Statement: document.ByName().Statement[:1]}); got.Outcome != policy.ImplicitDeny {
		t.Errorf("got %s for a role of the account, want an implicit deny", got)
	}
}
