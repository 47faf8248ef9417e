package access_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
)

func text(value string) facts.Text { return facts.Text{Value: value, There: true} }

// repositories are my-app and shop/web, the first with a policy, and one of which neither
// account nor region is known.
func repositories(t *testing.T, statement string) []facts.ImageRepository {
	all := []facts.ImageRepository{
		{Name: text("my-app"), Account: text("111122223333"), Region: text("us-east-1")},
		{Name: text("shop/web"), Account: text("111122223333"), Region: text("us-east-1")},
		{Name: text("anywhere"), Account: facts.Text{There: true, Unknown: "why"}, Region: facts.Text{There: true, Unknown: "why"}},
	}
	if statement != "" {
		all[0].Policy = *statements(t, statement)
	}
	return all
}

func reached(reaches []access.Reach) []string {
	var lines []string
	for _, reach := range reaches {
		line := reach.Name + " " + answer(reach.Decision)
		if _, one := reach.Target(); one != reach.Single {
			line += " (no target)"
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return lines
}

func TestReaches(t *testing.T) {
	const (
		host = "111122223333.dkr.ecr.us-east-1.amazonaws.com"
		e    = "arn:aws:ecr:us-east-1:111122223333:repository"
		ip   = "possibly, it depends on aws:SourceIp, which only a request has"
		tag  = "possibly, it depends on aws:PrincipalTag/team, a tag of the principal that the files do not show"
	)
	push := func(rest string) string { return `{"Effect":"Allow","Action":"ecr:*",` + rest + `}` }
	for name, test := range map[string]struct {
		identity, boundary, repository string
		ours                           bool
		want                           []string
	}{
		"nothing":             {},
		"one by name":         {identity: push(`"Resource":"` + e + `/my-app"`), want: []string{host + "/my-app yes"}},
		"one of no file":      {identity: push(`"Resource":"` + e + `/other"`), want: []string{host + "/other yes"}},
		"none that ECR has":   {identity: push(`"Resource":"` + e + `/Other"`), want: []string{e + "/Other yes (no target)"}},
		"one that is denied":  {identity: push(`"Resource":"`+e+`/other"`) + `,{"Effect":"Deny","Action":"*","Resource":"*"}`},
		"all":                 {identity: push(`"Resource":"*"`), want: []string{host + "/my-app yes", host + "/shop/web yes", "every image repository yes"}},
		"all of a registry":   {identity: push(`"Resource":"` + e + `/*"`), want: []string{host + "/my-app yes", host + "/shop/web yes", "every image repository of " + host + " yes"}},
		"those that begin so": {identity: push(`"Resource":"` + e + `/shop/*"`), want: []string{host + "/shop/web yes", "every image repository of " + host + ` that begins with "shop/" yes`}},
		"all but one":         {identity: push(`"NotResource":"` + e + `/other"`), want: []string{host + "/my-app yes", host + "/shop/web yes", "every image repository but " + host + "/other yes"}},
		"all but some": {identity: push(`"Resource":"`+e+`/*"`) + `,{"Effect":"Deny","Action":"*","Resource":"` + e + `/shop/*"}`,
			want: []string{host + "/my-app yes", "every image repository of " + host + " but those of " + host + ` that begin with "shop/" yes`}},
		"what a boundary leaves":          {identity: push(`"Resource":"*"`), boundary: push(`"Resource":"` + e + `/my-app"`), want: []string{host + "/my-app yes"}},
		"what a boundary leaves, unnamed": {identity: push(`"Resource":"*"`), boundary: push(`"Resource":"` + e + `/new"`), want: []string{host + "/new yes"}},
		"on a condition": {identity: push(`"Resource":"` + e + `/my-app","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}`),
			want: []string{host + "/my-app " + ip}},
		"by a tag": {identity: push(`"Resource":"` + e + `/${aws:PrincipalTag/team}/web"`),
			want: []string{host + "/shop/web " + tag, `every image repository with an ARN like "` + e + `/*/web" ` + tag}},
		"by the account": {identity: push(`"Resource":"` + e + `/a-${aws:PrincipalAccount}"`), want: []string{host + "/a-111122223333 yes"}},
		"one name in every region": {identity: push(`"Resource":"arn:aws:ecr:*:111122223333:repository/my-app"`),
			want: []string{host + "/my-app yes", `every image repository with an ARN like "arn:aws:ecr:*:111122223333:repository/my-app" yes`}},
		"in one region": {identity: push(`"Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}`),
			want: []string{"every image repository of region eu-west-1 yes"}},
		"of its own account": {identity: push(`"Resource":"*","Condition":{"StringEquals":{"aws:ResourceAccount":"111122223333"}}`),
			want: []string{host + "/my-app yes", host + "/shop/web yes", "every image repository of account 111122223333 yes"}},
		"the image repository's policy":        {repository: `{"Effect":"Allow","Principal":{"AWS":"` + roleARN + `"},"Action":"ecr:*"}`, want: []string{host + "/my-app yes"}},
		"its policy for everyone":              {repository: `{"Effect":"Allow","Principal":"*","Action":"ecr:*"}`},
		"its policy for everyone, a runner's":  {ours: true, repository: `{"Effect":"Allow","Principal":"*","Action":"ecr:*"}`, want: []string{host + "/my-app yes"}},
		"its policy for another":               {repository: `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/other"},"Action":"ecr:*"}`, ours: true},
		"its policy denies what a pattern has": {identity: push(`"Resource":"` + e + `/*"`), repository: `{"Effect":"Deny","Principal":"*","Action":"ecr:*"}`, want: []string{host + "/shop/web yes", "every image repository of " + host + " but " + host + "/my-app yes"}},
		"another account that nothing is known of": {identity: push(`"Resource":"` + theirs + `"`),
			want: []string{"444455556666.dkr.ecr.us-east-1.amazonaws.com/my-app possibly, the image repository is in another account and its policy is not among the files"}},
	} {
		t.Run(name, func(t *testing.T) {
			role := access.Role{ARN: roleARN, Account: "111122223333", Boundary: statements(t, test.boundary)}
			if own := statements(t, test.identity); own != nil {
				role.Identity = append(role.Identity, own)
			}
			if got := reached(access.NewImageRepositories(repositories(t, test.repository)).Reaches(role, access.Push, test.ours)); !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

// What is not known at all allows nothing by name: it is for the caller to say.
func TestReachesOfUnknownPolicies(t *testing.T) {
	role := access.Role{ARN: roleARN, Account: "111122223333", Identity: []*facts.Document{unknown("it is imported")}}
	if got := access.NewImageRepositories(repositories(t, "")).Reaches(role, access.Push, true); len(got) > 0 {
		t.Errorf("got %q", reached(got))
	}
	role.Identity = append(role.Identity, statements(t, `{"Effect":"Allow","Action":"ecr:*","Resource":"`+app+`"}`))
	if got, want := reached(access.NewImageRepositories(repositories(t, "")).Reaches(role, access.Push, true)), []string{"111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app possibly, it is imported"}; !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestReachesOfEntangledPatternsAreNotKnown(t *testing.T) {
	var resources string
	for _, a := range "abcdefghijklmnopqrst" {
		resources += `,"arn:aws:ecr:us-east-1:111122223333:repository/*` + string(a) + `1*` + string(a) + `2*"`
	}
	role := access.Role{ARN: roleARN, Account: "111122223333", Identity: []*facts.Document{statements(t, `{"Effect":"Allow","Action":"ecr:*","Resource":[`+resources[1:]+`]}`)}}
	want := []string{"every image repository possibly, the patterns of its policies are too many, or too entangled, to be compared"}
	if got := reached(access.NewImageRepositories(nil).Reaches(role, access.Push, true)); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestFind(t *testing.T) {
	all := access.NewImageRepositories(repositories(t, ""))
	for arn, want := range map[string]bool{
		app: true, theirs: false,
		"arn:aws:ecr:eu-west-1:111122223333:repository/my-app":   false,
		"arn:aws:ecr:eu-west-1:444455556666:repository/anywhere": true,
		"arn:aws:ecr:us-east-1:111122223333:repository/none":     false,
	} {
		target, err := identity.ParseImageRepositoryARN(arn)
		if found := all.Find(target); err != nil || (found != nil) != want {
			t.Errorf("%s: got %v, %v", arn, found, err)
		}
	}
	if got := all.Names(3); !slices.Equal(got, []string{"anywhere", "my-app", "shop/web"}) {
		t.Errorf("names %q", got)
	}
	if got := all.Names(2); got != nil || len(all.ByName("my-app")) != 1 {
		t.Errorf("names %q", got)
	}
}

func TestWritten(t *testing.T) {
	role := access.Role{Identity: []*facts.Document{
		statements(t, `{"Effect":"Allow","Action":"ecr:*","Resource":["a","b*"]},{"Effect":"Allow","Action":"s3:*","Resource":"c"},{"Effect":"Deny","Action":"ecr:*","Resource":"d"}`),
		statements(t, `{"Effect":"Allow","NotAction":"s3:*","NotResource":"e"},{"Effect":"Allow","Action":"ecr:PutImage","Resource":"a"}`),
	}}
	if got, want := role.Written(access.Push), []string{"a", "b*", "*"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestIncludes(t *testing.T) {
	for action, want := range map[string]bool{"ecr:PutImage": true, "ECR:put*": true, "*": true, "ecr:Get*": false} {
		if got := access.Includes(policy.Statement{Effect: policy.EffectDeny, Action: policy.Values{action}}, access.PutImage); got != want {
			t.Errorf("%s: got %t", action, got)
		}
		if got := access.Includes(policy.Statement{NotAction: policy.Values{action}}, access.PutImage); got == want {
			t.Errorf("all but %s: got %t", action, got)
		}
	}
}

func TestUnknownResource(t *testing.T) {
	const allow = `{"Effect":"Allow","Action":"ecr:*","Resource":["a","\uFFFDunknown\uFFFD"]}`
	for name, test := range map[string]struct {
		document *facts.Document
		want     string
	}{
		"known":                  {statements(t, `{"Effect":"Allow","Action":"ecr:*","Resource":"a"}`), ""},
		"not known":              {unknown("it is imported"), "it is imported"},
		"its resource is not":    {maybe(t, allow, "it has no name"), "it has no name"},
		"its condition is not":   {maybe(t, `{"Effect":"Allow","Action":"ecr:*","Resource":"a"}`, "it has no name"), ""},
		"the resource of a Deny": {maybe(t, strings.Replace(allow, "Allow", "Deny", 1), "it has no name"), ""},
		"another service's":      {maybe(t, strings.Replace(allow, "ecr:", "s3:", 1), "it has no name"), ""},
	} {
		role := access.Role{Identity: []*facts.Document{statements(t, `{"Effect":"Allow","Action":"s3:*","Resource":"*"}`), test.document}}
		if got := role.UnknownResource(access.Push); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestTooManyMatchesAreNoticed(t *testing.T) {
	all := make([]facts.ImageRepository, 1000)
	for i := range all {
		all[i] = facts.ImageRepository{Name: text(fmt.Sprintf("app-%d", i)), Account: text("111122223333"), Region: text("us-east-1")}
	}
	role := access.Role{ARN: roleARN, Account: "111122223333", Identity: []*facts.Document{statements(t, `{"Effect":"Allow","Action":"ecr:*","Resource":"*"}`)}}
	repositories := access.NewImageRepositories(all)
	for n := range 51 {
		want, exhausted := 1001, false
		if n == 50 {
			want, exhausted = 1, true
		}
		if reaches := repositories.Reaches(role, access.Push, true); len(reaches) != want || repositories.Exhausted() != exhausted {
			t.Fatalf("%d: got %d, exhausted %t", n, len(reaches), repositories.Exhausted())
		}
	}
}

// Past the bound image repositories of the files are in their class alone.
func TestTooManyComparisonsAreNoticed(t *testing.T) {
	all := make([]facts.ImageRepository, 20_001)
	for i := range all {
		all[i] = facts.ImageRepository{Name: text(fmt.Sprintf("app-%d", i)), Account: text("111122223333"), Region: text("us-east-1")}
	}
	role := access.Role{ARN: roleARN, Account: "111122223333", Identity: []*facts.Document{statements(t, `{"Effect":"Allow","Action":"ecr:*","Resource":"arn:aws:ecr:us-east-1:111122223333:repository/app-1?"}`)}}
	repositories := access.NewImageRepositories(all)
	for n := range 50 {
		reaches := repositories.Reaches(role, access.Push, true)
		want, exhausted := 11, false
		if n == 49 {
			want, exhausted = 1, true
		}
		if len(reaches) != want || repositories.Exhausted() != exhausted {
			t.Fatalf("%d: got %q, exhausted %t", n, reached(reaches), repositories.Exhausted())
		}
	}
}
