package access_test

import (
	"testing"

	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
)

const (
	roleARN    = "arn:aws:iam::111122223333:role/ci/build"
	sessionARN = "arn:aws:sts::111122223333:assumed-role/build/job"
	root       = "arn:aws:iam::111122223333:root"
	app        = "arn:aws:ecr:us-east-1:111122223333:repository/my-app"
	theirs     = "arn:aws:ecr:us-east-1:444455556666:repository/my-app"
)

// statements are a document of statements in JSON, nil if there are none.
func statements(t *testing.T, text string) *facts.Document {
	t.Helper()
	if text == "" {
		return nil
	}
	document, err := policy.Parse([]byte(`{"Version":"2012-10-17","Statement":[` + text + `]}`))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return &facts.Document{There: true, Policy: document}
}

func unknown(why string) *facts.Document { return &facts.Document{There: true, Unknown: why} }

// maybe is a document of one statement of which something is not known.
func maybe(t *testing.T, text, why string) *facts.Document {
	d := statements(t, text)
	d.Maybe = map[int]facts.Maybe{0: {Why: why, AtMost: d.Policy.Statement[0]}}
	d.Policy.Statement[0].Action = policy.Values{"\uFFFDunknown\uFFFD"}
	return d
}

// answer is a decision as a table has it: its truth, and why it is possible or "denied".
func answer(d access.Decision) string {
	switch {
	case d.Denied:
		return "no, denied"
	case d.Why != "":
		return d.Truth.String() + ", " + d.Why
	}
	return d.Truth.String()
}

func TestDecide(t *testing.T) {
	const (
		allow = `{"Effect":"Allow","Action":"ecr:*","Resource":"*"}`
		deny  = `{"Effect":"Deny","Action":"ecr:PutImage","Resource":"*"}`
		open  = `{"Effect":"Deny","Action":"ecr:PutImage","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}`
		ip    = "it depends on aws:SourceIp, which only a request has"
	)
	refused := &facts.Document{There: true, Problem: &facts.Problem{}}
	for name, test := range map[string]struct {
		documents []*facts.Document
		want      string
	}{
		"nothing":                            {nil, "no"},
		"an Allow":                           {[]*facts.Document{statements(t, allow)}, "yes"},
		"an Allow and a Deny":                {[]*facts.Document{statements(t, allow), statements(t, deny)}, "no, denied"},
		"an Allow and an open Deny":          {[]*facts.Document{statements(t, allow), statements(t, open)}, "possibly, " + ip},
		"an open Deny alone":                 {[]*facts.Document{statements(t, open)}, "no"},
		"an Allow and what is not known":     {[]*facts.Document{statements(t, allow), unknown("it is imported")}, "possibly, it is imported"},
		"what is not known alone":            {[]*facts.Document{unknown("it is imported")}, "possibly, it is imported"},
		"what is not known and a Deny":       {[]*facts.Document{unknown("it is imported"), statements(t, deny)}, "no, denied"},
		"an Allow of which a part is known":  {[]*facts.Document{maybe(t, allow, "parameter A has no default")}, "possibly, parameter A has no default"},
		"a Deny of which a part is known":    {[]*facts.Document{statements(t, allow), maybe(t, deny, "parameter A has no default")}, "possibly, parameter A has no default"},
		"what IAM refuses counts as nothing": {[]*facts.Document{refused, {}}, "no"},
	} {
		role := access.Role{ARN: roleARN, Account: "111122223333"}
		if got := answer(access.Decide(role.Request(access.PutImage, app), test.documents...)); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestDecisionNamesItsStatement(t *testing.T) {
	document := statements(t, `{"Effect":"Deny","Action":"s3:*","Resource":"*"},{"Sid":"Push","Effect":"Allow","Action":"ecr:*","Resource":"*"},{"Effect":"Deny","Action":"ecr:Delete*","Resource":"*"}`)
	request := access.Role{}.Request(access.PutImage, app)
	if d := access.Decide(request, document); d.Statement != 1 || d.Name != `statement "Push"` || d.Document != document || !d.Allowed() {
		t.Errorf("got %+v", d)
	}
	request.Action = "ecr:DeleteRepository"
	if d := access.Decide(request, document); d.Statement != 2 || d.Name != "Statement[2]" || d.Possible() {
		t.Errorf("got %+v", d)
	}
}

func TestRoleMay(t *testing.T) {
	const (
		all    = `{"Effect":"Allow","Action":"ecr:*","Resource":"*"}`
		login  = `{"Effect":"Allow","Action":"ecr:GetAuthorizationToken","Resource":"*"}`
		stop   = `{"Effect":"Deny","Action":"ecr:*","Resource":"*"}`
		open   = `{"Effect":"Deny","Action":"ecr:*","Resource":"*","Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}}`
		vpce   = "possibly, it depends on aws:SourceVpce, which only a request has"
		byRole = `{"Effect":"Allow","Principal":{"AWS":"` + roleARN + `"},"Action":"ecr:*"}`
	)
	by := func(principal, rest string) string {
		return `{"Effect":"Allow","Principal":` + principal + `,"Action":"ecr:*"` + rest + `}`
	}
	for name, test := range map[string]struct {
		identity, boundary, organization, repository string
		// elsewhere says that the organization's policy is not attached to the account.
		elsewhere bool
		arn       string
		want      string
	}{
		"no policy":                        {want: "no"},
		"identity-based policy":            {identity: all, want: "yes"},
		"within the boundary":              {identity: all, boundary: all, want: "yes"},
		"beyond the boundary":              {identity: all, boundary: login, want: "no"},
		"the boundary alone":               {boundary: all, want: "no"},
		"denied by the boundary":           {identity: all, boundary: all + "," + stop, want: "no, denied"},
		"an open Deny beyond the boundary": {identity: all + "," + open, boundary: login, want: "no"},
		"an open Deny":                     {identity: all + "," + open, want: vpce},
		"beyond a service control policy": {identity: all, organization: login,
			want: `possibly, policy "limit" of the organization does not allow it, and whether another does is not among the files`},
		"denied by a service control policy": {identity: all, organization: stop, want: "no, denied"},
		"denied by one of another target": {identity: all, organization: stop, elsewhere: true,
			want: `possibly, policy "limit" of the organization denies it, and whether it is attached to the account is not among the files`},
		"within a service control policy":              {identity: all, organization: all, want: "yes"},
		"a service control policy alone":               {organization: all, want: "no"},
		"the image repository names the role":          {repository: byRole, want: "yes"},
		"it names the role, beyond the boundary":       {repository: byRole, boundary: login, want: "no"},
		"it names the role, an open Deny of the role":  {repository: byRole, identity: open, want: vpce},
		"it names a session":                           {repository: by(`{"AWS":"`+sessionARN+`"}`, ""), want: `possibly, whether the session is "` + sessionARN + `" is known at the request alone`},
		"it leaves it to the account":                  {repository: by(`{"AWS":"`+root+`"}`, ""), want: "no"},
		"it leaves it to the account, which allows it": {repository: by(`{"AWS":"`+root+`"}`, ""), identity: all, want: "yes"},
		"it allows everyone":                           {repository: by(`"*"`, ""), want: "yes"},
		"it allows everyone, beyond the boundary":      {repository: by(`"*"`, ""), boundary: login, want: "no"},
		"it allows everyone with the role's ARN, beyond the boundary": {
			repository: by(`"*"`, `,"Condition":{"ArnEquals":{"aws:PrincipalArn":"`+roleARN+`"}}`), boundary: login, want: "yes"},
		"it denies": {identity: all, repository: `{"Effect":"Deny","Principal":"*","Action":"ecr:*"}`, want: "no, denied"},
		"it denies all but the role, its account and session, and there is a boundary": {
			identity: all, boundary: all, repository: `{"Effect":"Deny","NotPrincipal":{"AWS":["` + roleARN + `","` + root + `","` + sessionARN + `"]},"Action":"ecr:*"}`, want: "no, denied"},
		"abroad, both allow":               {arn: theirs, identity: all, repository: byRole, want: "yes"},
		"abroad, the account is allowed":   {arn: theirs, identity: all, repository: by(`{"AWS":"`+root+`"}`, ""), want: "yes"},
		"abroad, the role alone":           {arn: theirs, identity: all, want: "no"},
		"abroad, the repository alone":     {arn: theirs, repository: byRole, want: "no"},
		"abroad, beyond the boundary":      {arn: theirs, identity: all, boundary: login, repository: byRole, want: "no"},
		"a key that the request has":       {identity: `{"Effect":"Allow","Action":"ecr:*","Resource":"*","Condition":{"StringEquals":{"aws:ResourceAccount":"111122223333","aws:RequestedRegion":"us-east-1","aws:PrincipalAccount":"111122223333"}}}`, want: "yes"},
		"another region":                   {identity: `{"Effect":"Allow","Action":"ecr:*","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}}`, want: "no"},
		"a variable that a role never has": {identity: `{"Effect":"Allow","Action":"ecr:*","Resource":"arn:aws:ecr:us-east-1:111122223333:repository/${aws:username}"}`, want: "no"},
	} {
		t.Run(name, func(t *testing.T) {
			role := access.Role{ARN: roleARN, Account: "111122223333", Boundary: statements(t, test.boundary)}
			if identity := statements(t, test.identity); identity != nil {
				role.Identity = append(role.Identity, identity)
			}
			if organization := statements(t, test.organization); organization != nil {
				role.Organization = []access.OrganizationPolicy{{Document: organization, Name: "limit", Attached: !test.elsewhere}}
			}
			if test.arn == "" {
				test.arn = app
			}
			if got := answer(role.May(role.Request(access.PutImage, test.arn), statements(t, test.repository))); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// In one account most image repositories have no policy, and one that no file shows is assumed
// not to be there; that of another account has to allow it. One that is there may deny it.
func TestAnUnknownRepositoryPolicyMattersAbroad(t *testing.T) {
	role := access.Role{ARN: roleARN, Account: "111122223333", Identity: []*facts.Document{statements(t, `{"Effect":"Allow","Action":"ecr:*","Resource":"*"}`)}}
	ofMyApp := func(account string, there bool) facts.ImageRepository {
		policy := *unknown("it is not listed")
		policy.There = there
		return facts.ImageRepository{Name: text("my-app"), Account: text(account), Region: text("us-east-1"), Policy: policy}
	}
	for there, wants := range map[bool]map[string]string{
		false: {app: "yes", theirs: "possibly, it is not listed"},
		true:  {app: "possibly, it is not listed", theirs: "possibly, it is not listed"},
	} {
		repositories := access.NewImageRepositories([]facts.ImageRepository{ofMyApp("111122223333", there), ofMyApp("444455556666", there)})
		for arn, want := range wants {
			if got := answer(repositories.Ask(role, access.PutImage, arn)); got != want {
				t.Errorf("there %t, %s: got %q, want %q", there, arn, got, want)
			}
		}
	}
}

func TestALoginIsInOneRegionOfTheCallersAccount(t *testing.T) {
	role := access.Role{ARN: roleARN, Account: "111122223333"}
	request := role.Request("ecr:GetAuthorizationToken", access.AnyResource)
	if got := request.Context["aws:ResourceAccount"]; len(got) != 1 || got[0] != "111122223333" {
		t.Errorf("account %q", got)
	}
	if !request.Open("aws:RequestedRegion") || request.Open("aws:ResourceAccount") || !request.Open("aws:SourceIp") {
		t.Error("want the region open, the account known and the address open")
	}
	request = access.InRegion(request, "us-east-1")
	if got := request.Context["aws:RequestedRegion"]; len(got) != 1 || got[0] != "us-east-1" || request.Open("aws:RequestedRegion") {
		t.Errorf("region %q, open %t", got, request.Open("aws:RequestedRegion"))
	}
}
