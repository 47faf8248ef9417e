package access_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
)

const (
	host     = "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
	provider = "arn:aws:iam::111122223333:oidc-provider/" + host
	github   = "token.actions.githubusercontent.com"
)

// trust is a trust policy of statements "EFFECT CONDITION", in which sub and aud stand for
// the issuer's keys.
func trust(t *testing.T, issuer access.Issuer, lines ...string) *facts.Document {
	t.Helper()
	var all []string
	for _, line := range lines {
		effect, condition, _ := strings.Cut(line, " ")
		condition = strings.NewReplacer("sub:", `"`+issuer.Host+`:sub":`, "aud:", `"`+issuer.Host+`:aud":`, "claim/", issuer.Host+":", "'", `"`).Replace(condition)
		all = append(all, `{"Effect":"`+effect+`","Principal":{"Federated":"`+issuer.Provider+`"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":`+condition+`}`)
	}
	return statements(t, strings.Join(all, ","))
}

func who(groups []access.Group) []string {
	var lines []string
	for _, group := range groups {
		lines = append(lines, group.Who+" "+answer(group.Decision))
	}
	slices.Sort(lines)
	return lines
}

func TestSubjects(t *testing.T) {
	const sa = "system:serviceaccount:"
	eks := access.Issuer{Provider: provider, Host: host, Cluster: true, Audiences: []string{"sts.amazonaws.com"}}
	other := access.Issuer{Provider: "arn:aws:iam::111122223333:oidc-provider/" + github, Host: github}
	vault := eks
	vault.Audiences = []string{"sts.amazonaws.com", "vault"}
	unlisted := eks
	unlisted.Audiences = nil
	none := eks
	none.Audiences = []string{}
	const clientIDs = `possibly, which client ids the provider of issuer "` + host + `" has is not among the files`
	for name, test := range map[string]struct {
		issuer access.Issuer
		trust  []string
		want   []string
	}{
		"one":                                 {eks, []string{`Allow {'StringEquals':{sub:'` + sa + `ci:build',aud:'sts.amazonaws.com'}}`}, []string{sa + "ci:build yes"}},
		"none that can be":                    {eks, []string{`Allow {'StringEquals':{sub:'` + sa + `ci:*'}}`}, nil},
		"all":                                 {eks, []string{`Allow {'StringEquals':{aud:'sts.amazonaws.com'}}`}, []string{"every ServiceAccount yes"}},
		"a namespace":                         {eks, []string{`Allow {'StringLike':{sub:'` + sa + `ci:*'}}`}, []string{`every ServiceAccount of namespace "ci" yes`}},
		"a name":                              {eks, []string{`Allow {'StringLike':{sub:'` + sa + `*:build'}}`}, []string{`ServiceAccount "build" of every namespace yes`}},
		"a namespace and its own":             {eks, []string{`Allow {'StringLike':{sub:['` + sa + `ci:*','` + sa + `ci:build']}}`}, []string{`every ServiceAccount of namespace "ci" yes`, sa + "ci:build yes"}},
		"two namespaces":                      {eks, []string{`Allow {'StringLike':{sub:['` + sa + `a:*','` + sa + `b:*']}}`}, []string{`every ServiceAccount of namespace "a" yes`, `every ServiceAccount of namespace "b" yes`}},
		"a part of a name":                    {eks, []string{`Allow {'StringLike':{sub:'` + sa + `ci:b*'}}`}, []string{`every ServiceAccount with a subject like "` + sa + `ci:b*" yes`}},
		"all but one":                         {eks, []string{`Allow {'StringNotEquals':{sub:'` + sa + `ci:build'}}`}, []string{"every ServiceAccount but ci/build yes"}},
		"all but a namespace":                 {eks, []string{`Allow {'StringNotLike':{sub:'` + sa + `ci:*'}}`}, []string{`every ServiceAccount but those of namespace "ci" yes`}},
		"what a Deny spares":                  {eks, []string{`Allow {'StringLike':{sub:'*'}}`, `Deny {'StringNotEquals':{sub:['` + sa + `ci:build','` + sa + `team-a:web']}}`}, []string{sa + "ci:build yes", sa + "team-a:web yes"}},
		"a meeting of two":                    {eks, []string{`Allow {'StringLike':{sub:'` + sa + `ci:*'},'StringLikeIfExists':{sub:'*:build'}}`}, []string{sa + "ci:build yes"}},
		"in any case":                         {eks, []string{`Allow {'StringEqualsIgnoreCase':{sub:'` + sa + `CI:Build'}}`}, []string{sa + "ci:build yes"}},
		"on a condition":                      {eks, []string{`Allow {'StringEquals':{sub:'` + sa + `ci:build','aws:SourceIp':'10.0.0.1'}}`}, []string{sa + "ci:build possibly, it depends on aws:SourceIp, which only a request has"}},
		"a variable that no token has":        {eks, []string{`Allow {'StringLike':{sub:'*'}}`, `Deny {'StringNotEquals':{sub:'` + sa + `${aws:PrincipalTag/ns}:build'}}`}, nil},
		"a claim that no cluster's token has": {eks, []string{`Allow {'StringEquals':{'claim/repository':'acme/app'}}`}, nil},
		"an operator that matches no subject": {eks, []string{`Allow {'NotIpAddress':{sub:'10.0.0.0/8'}}`}, []string{"every ServiceAccount yes"}},
		"another audience":                    {vault, []string{`Allow {'StringNotEquals':{aud:'sts.amazonaws.com'}}`}, []string{"every ServiceAccount yes"}},
		"an audience that the provider does not have":    {eks, []string{`Allow {'StringEquals':{aud:'vault'}}`}, nil},
		"a provider without client ids":                  {none, []string{`Allow {'StringLike':{sub:'*'}}`}, nil},
		"an audience, client ids are not known":          {unlisted, []string{`Allow {'StringEquals':{aud:'vault'}}`}, []string{"every ServiceAccount yes"}},
		"all other audiences, client ids are not known":  {unlisted, []string{`Allow {'StringNotEquals':{aud:'sts.amazonaws.com'}}`}, []string{"every ServiceAccount " + clientIDs}},
		"no audience, client ids are not known":          {unlisted, []string{`Allow {'StringLike':{sub:'` + sa + `ci:*'}}`}, []string{`every ServiceAccount of namespace "ci" yes`}},
		"a number as audience, client ids are not known": {unlisted, []string{`Allow {'NumericNotEquals':{aud:'1'}}`}, []string{"every ServiceAccount yes"}},
		"an audience like the subject":                   {eks, []string{`Allow {'StringEquals':{aud:'${` + host + `:sub}'}}`}, []string{"every ServiceAccount possibly, a policy variable in the condition on " + host + ":aud compares it with " + host + ":sub"}},
		"GitHub's":                                       {other, []string{`Allow {'StringLike':{sub:'repo:acme/*'}}`}, []string{`every token with a subject like "repo:acme/*" yes`}},
		"GitHub's one":                                   {other, []string{`Allow {'StringEquals':{sub:'repo:acme/app:ref:refs/heads/main'}}`}, []string{"repo:acme/app:ref:refs/heads/main yes"}},
		"GitHub's by a claim":                            {other, []string{`Allow {'StringEquals':{'claim/repository':'acme/app'}}`}, []string{"every token possibly, it depends on " + github + ":repository, which only a request has"}},
		"a number as GitHub's subject":                   {other, []string{`Allow {'NumericEquals':{sub:'1'}}`}, []string{"every token possibly, " + github + ":sub is compared by NumericEquals"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := who(access.Subjects(&access.Budget{}, trust(t, test.issuer, test.trust...), test.issuer)); !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestSubjectsHasEachOfOursByItself(t *testing.T) {
	eks := access.Issuer{Provider: provider, Host: host, Cluster: true}
	document := trust(t, eks, "Allow {'StringLike':{sub:'system:serviceaccount:ci:*'}}")
	got := who(access.Subjects(&access.Budget{}, document, eks, "system:serviceaccount:ci:build", "system:serviceaccount:web:build"))
	want := []string{`every ServiceAccount of namespace "ci" yes`, "system:serviceaccount:ci:build yes"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestAnyAudience(t *testing.T) {
	eks := access.Issuer{Provider: provider, Host: host, Cluster: true}
	const subject = "system:serviceaccount:ci:build"
	for condition, want := range map[string]bool{
		`{'StringEquals':{sub:'` + subject + `'}}`:                                        true,
		`{'StringEquals':{sub:'` + subject + `',aud:'sts.amazonaws.com'}}`:                false,
		`{'StringEqualsIgnoreCase':{aud:'sts.amazonaws.com'}}`:                            false,
		`{'StringLike':{aud:'sts.*'}}`:                                                    false,
		`{'StringLike':{aud:'*'}}`:                                                        true,
		`{'StringNotEquals':{aud:'vault'}}`:                                               true,
		`{'StringEquals':{sub:'system:serviceaccount:ci:other'}}`:                         false,
		`{'StringEquals':{sub:'` + subject + `'},'ForAnyValue:StringEquals':{aud:'sts'}}`: false,
	} {
		if got := access.AnyAudience(&access.Budget{}, trust(t, eks, "Allow "+condition), eks, subject); got != want {
			t.Errorf("%s: got %t", condition, got)
		}
	}
}

func TestPrincipals(t *testing.T) {
	const (
		pods = `"Principal":{"Service":"pods.eks.amazonaws.com"},"Action":["sts:AssumeRole","sts:TagSession"]`
		all  = "every EKS Pod Identity association of the account"
		ci   = `"aws:RequestTag/kubernetes-namespace":"ci"`
	)
	for name, test := range map[string]struct {
		statements string
		want       []string
	}{
		"a role and an account":             {`{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:role/a","444455556666"]},"Action":"sts:AssumeRole"}`, []string{"444455556666 yes", "arn:aws:iam::111122223333:role/a yes"}},
		"a service":                         {`{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}`, []string{"ec2.amazonaws.com yes"}},
		"SAML":                              {`{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:saml-provider/x"},"Action":"sts:AssumeRoleWithSAML"}`, []string{"arn:aws:iam::111122223333:saml-provider/x yes"}},
		"an OIDC provider is none":          {`{"Effect":"Allow","Principal":{"Federated":"` + provider + `"},"Action":"sts:AssumeRoleWithWebIdentity"}`, nil},
		"tagging takes no role":             {`{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:TagSession"}`, nil},
		"everyone":                          {`{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}`, []string{"everyone yes"}},
		"everyone on a condition":           {`{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}}`, []string{"everyone who meets a condition possibly, it depends on aws:PrincipalOrgID, which only a request has"}},
		"everyone by one ARN":               {`{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/a"}}}`, []string{"arn:aws:iam::111122223333:role/a yes"}},
		"an account by one ARN":             {`{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:principalarn":["arn:aws:iam::111122223333:role/a","arn:aws:iam::444455556666:role/b"]}}}`, []string{"arn:aws:iam::111122223333:role/a yes"}},
		"everyone by ARNs":                  {`{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/ci/*"}}}`, []string{"everyone who meets a condition possibly, it depends on aws:PrincipalArn, which only a request has"}},
		"everyone by one ARN, and tokens":   {`{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/a"}}},{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRoleWithWebIdentity"}`, []string{"arn:aws:iam::111122223333:role/a yes", "everyone yes"}},
		"everyone but who is denied by ARN": {`{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"},{"Effect":"Deny","Principal":"*","Action":"sts:*","Condition":{"ArnNotEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/a"}}}`, []string{"arn:aws:iam::111122223333:role/a yes"}},
		"everyone but one":                  {`{"Effect":"Allow","NotPrincipal":{"AWS":"444455556666"},"Action":"sts:AssumeRole"}`, []string{"everyone yes"}},
		"a role that a Deny covers":         {`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/a"},"Action":"sts:AssumeRole"},{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}`, nil},
		"every association":                 {`{"Effect":"Allow",` + pods + `}`, []string{all + " yes"}},
		"without tags":                      {`{"Effect":"Allow","Principal":{"Service":"pods.eks.amazonaws.com"},"Action":"sts:AssumeRole"}`, []string{"every EKS Pod Identity association of the account without session tags yes"}},
		"of a namespace":                    {`{"Effect":"Allow",` + pods + `,"Condition":{"StringEquals":{` + ci + `}}}`, []string{`every ServiceAccount of namespace "ci" of every cluster, by EKS Pod Identity yes`}},
		"of one ServiceAccount": {`{"Effect":"Allow",` + pods + `,"Condition":{"StringEquals":{` + ci + `,"aws:RequestTag/kubernetes-service-account":"build","aws:RequestTag/eks-cluster-arn":"arn:aws:eks:us-east-1:111122223333:cluster/a"}}}`,
			[]string{`ServiceAccount "build" of namespace "ci" of cluster "arn:aws:eks:us-east-1:111122223333:cluster/a", by EKS Pod Identity yes`}},
		"of all namespaces but one": {`{"Effect":"Allow",` + pods + `,"Condition":{"StringNotEquals":{` + ci + `}}}`,
			[]string{all + " without session tags yes", `every ServiceAccount of every namespace but "ci" of every cluster, by EKS Pod Identity yes`}},
		"of this account":                {`{"Effect":"Allow",` + pods + `,"Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}}`, []string{all + " yes"}},
		"of another account":             {`{"Effect":"Allow",` + pods + `,"Condition":{"StringEquals":{"aws:SourceAccount":"444455556666"}}}`, nil},
		"by a Pod's name":                {`{"Effect":"Allow",` + pods + `,"Condition":{"StringEquals":{"aws:RequestTag/kubernetes-pod-name":"a"}}}`, []string{all + " possibly, it depends on aws:RequestTag/kubernetes-pod-name, which only a request has"}},
		"associations that are denied":   {`{"Effect":"Allow",` + pods + `},{"Effect":"Deny",` + pods + `}`, nil},
		"a namespace like others":        {`{"Effect":"Allow",` + pods + `,"Condition":{"StringLike":{"aws:RequestTag/kubernetes-namespace":"team-*"}}}`, []string{`every ServiceAccount of every namespace like "team-*" of every cluster, by EKS Pod Identity yes`}},
		"what is not known names no one": {`{"Effect":"Allow","Principal":{"Federated":"\uFFFDunknown\uFFFD"},"Action":"sts:AssumeRole"}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := who(access.Principals(&access.Budget{}, statements(t, test.statements), "111122223333")); !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

// However many trust policies are entangled, asking about all of them takes the 100,000,000 steps of the
// budget, and those of the last question.
func TestEntangledTrustPoliciesTogetherAreBounded(t *testing.T) {
	eks := access.Issuer{Provider: provider, Host: host, Cluster: true}
	var values []string
	for _, letter := range "abcdefghijklmnopqrst" {
		values = append(values, fmt.Sprintf("'*%c1*%c2*'", letter, letter))
	}
	hostile := trust(t, eks, "Allow {'StringLike':{sub:["+strings.Join(values, ",")+"]}}")
	plain := trust(t, eks, "Allow {'StringEquals':{sub:'system:serviceaccount:ci:build'}}")
	want := []string{"every ServiceAccount possibly, the patterns of its policies are too many, or too entangled, to be compared"}
	one, budget := &access.Budget{}, access.Spent(95_000_000)
	if access.Subjects(one, hostile, eks); one.Steps() < 4_000_000 || one.Steps() > 4_100_000 {
		t.Errorf("the first question took %d steps, want 4,000,000 and what reaches them", one.Steps())
	}
	for range 1000 {
		if got := who(access.Subjects(budget, hostile, eks)); !slices.Equal(got, want) {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
	if steps := budget.Steps(); steps < 100_000_000 || steps > 104_100_000 {
		t.Errorf("got %d steps, want those of the budget and of one question", steps)
	}
	if got := who(access.Subjects(budget, plain, eks)); !slices.Equal(got, want) {
		t.Errorf("past the budget: got %q, want %q", got, want)
	}
}
