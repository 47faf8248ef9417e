package cloudformation_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"keyless-runners/preflight/cloudformation"
	"keyless-runners/preflight/source"
)

// hostile are templates that would cost more than their size, were there no
// limits.
var hostile = []string{
	chain(400, `{"Ref": "R%d"}`),
	chain(400, `{"Fn::Sub": "${R%d}"}`),
	chain(40, `{"Fn::Join": ["", [{"Ref": "R%[2]d"}, {"Ref": "R%[2]d"}]]}`),
	chain(40, `{"Fn::If": ["Open", {"Ref": "R%[2]d"}, {"Ref": "R%[2]d"}]}`),
	conditions(400),
	nestedSubs(30),
	`{"Parameters": {"L": {"Type": "CommaDelimitedList", "Default": "` + strings.Repeat(",", 1000) + `"}}, "Resources": {"R": {"Type": "AWS::IAM::Role", "Properties": {"ManagedPolicyArns": [` + strings.Repeat(`{"Fn::Join": ["", {"Ref": "L"}]},`, 100) + `""]}}}}`,
}

// chain is a template in which the name of each role is made of the next one's.
func chain(length int, form string) string {
	var text strings.Builder
	text.WriteString(`{"Resources": {`)
	for i := range length {
		fmt.Fprintf(&text, `"R%d": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": `+form+`}},`+"\n", i, i+1)
	}
	fmt.Fprintf(&text, `"R%d": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "end"}}}}`, length)
	return text.String()
}

// conditions is a template in which each condition asks the next one twice.
func conditions(length int) string {
	var text strings.Builder
	text.WriteString(`{"Resources": {"R": {"Type": "AWS::IAM::Role", "Condition": "C0", "Properties": {}}}, "Conditions": {`)
	for i := range length {
		fmt.Fprintf(&text, `"C%d": {"Fn::And": [{"Condition": "C%[2]d"}, {"Condition": "C%[2]d"}]},`, i, i+1)
	}
	fmt.Fprintf(&text, `"C%d": {"Fn::Equals": ["a", "a"]}}}`, length)
	return text.String()
}

// nestedSubs is a template in which each variable is made of the next one three
// times, and the last is empty.
func nestedSubs(depth int) string {
	expression := `""`
	for range depth {
		expression = `{"Fn::Sub": ["${v}${v}${v}", {"v": ` + expression + `}]}`
	}
	return `{"Resources": {"R": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": ` + expression + `}}}}`
}

func TestReferencesThatFollowOneAnotherEnd(t *testing.T) {
	const tooDeep = "unknown: too many references follow one another"
	for _, form := range []string{`{"Ref": "R%d"}`, `{"Fn::Sub": "${R%d}"}`} {
		found := read(t, "f", chain(200, form), at)
		wantText(t, "begin", found.Roles[0].Name, tooDeep)
		wantText(t, "end", found.Roles[200].Name, "end")
		found = read(t, "f", chain(90, form), at)
		wantText(t, "begin of few", found.Roles[0].Name, "end")
	}
	found := read(t, "f", conditions(90), at)
	if len(found.Roles) != 1 {
		t.Errorf("got %d roles, want 1", len(found.Roles))
	}
}

func TestTextThatDoublesHasALimit(t *testing.T) {
	found := read(t, "f", chain(40, `{"Fn::Join": ["", [{"Ref": "R%[2]d"}, {"Ref": "R%[2]d"}]]}`), at)
	wantText(t, "begin", found.Roles[0].Name, "unknown: Fn::Join makes more than 65536 bytes of text")
	wantText(t, "end", found.Roles[38].Name, "endendendend")
	wantText(t, "variables", read(t, "f", nestedSubs(30), at).Roles[0].Name, "")
}

func TestTextOfAWholeTemplateHasALimit(t *testing.T) {
	const calls = 2000
	long := strings.Repeat("p", 60_000)
	for name, template := range map[string]string{
		"parameter":        `{"Parameters": {"P": {"Type": "String", "Default": "` + long + `"}}, "Resources": {"R": {"Type": "AWS::IAM::Role", "Properties": {`,
		"image repository": `{"Resources": {"P": {"Type": "AWS::ECR::Repository", "Properties": {"RepositoryName": "` + long + `"}}, "R": {"Type": "AWS::IAM::Role", "Properties": {`,
	} {
		t.Run(name, func(t *testing.T) {
			wantLimited(t, template+`"ManagedPolicyArns": [`+strings.Repeat(`{"Fn::Sub": "${P}x"},`, calls)+`"end"]}}}}`, long+"x", calls)
		})
	}
}

// wantLimited wants the first of so many policies to have the long name, and the
// memory for all to have a limit.
func wantLimited(t *testing.T, template, long string, calls int) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	found := read(t, "f", template, at)
	runtime.ReadMemStats(&after)
	attached := found.Roles[0].Attached
	wantText(t, "first", attached[0], long)
	wantText(t, "one of the last", attached[calls-1], "unknown: the functions of the template make more than 33554432 bytes of text")
	wantText(t, "last", attached[calls], "end")
	if made := after.TotalAlloc - before.TotalAlloc; made > 512<<20 {
		t.Errorf("got %d MiB, want less than 512", made>>20)
	}
}

// Wrong names are looked up in a list of right ones only so often.
func TestSuggestionsHaveALimit(t *testing.T) {
	var text strings.Builder
	text.WriteString(`{"Resources": {"Role": {"Type": "AWS::IAM::Role", "Properties": {"ManagedPolicyArns": [`)
	for i := range 100 {
		fmt.Fprintf(&text, `{"Ref": "Rol%c"},`, 'A'+rune(i%4))
	}
	text.WriteString(`"end"]}}}}`)
	attached := read(t, "f", text.String(), at).Roles[0].Attached
	wantText(t, "first", attached[0], `unknown: Ref "RolA": the template has no such parameter or resource; did you mean "Role"?`)
	wantText(t, "last", attached[99], `unknown: Ref "RolD": the template has no such parameter or resource`)
}

func TestNothingIsReadOfWhatIsNoTemplate(t *testing.T) {
	found := cloudformation.Read(nil, 0, cloudformation.Settings{})
	if len(found.Templates) != 1 || found.Templates[0].Resources != 0 || found.Roles != nil {
		t.Errorf("got %+v, want a template with nothing in it", found)
	}
}

func BenchmarkRead(b *testing.B) {
	b.Run("500 resources", func(b *testing.B) { benchmark(b, large(500)) })
	b.Run("5000 resources", func(b *testing.B) { benchmark(b, large(5000)) })
}

// large is a template with so many resources, half of them roles that push by
// functions, of about a kilobyte each.
func large(resources int) string {
	var text strings.Builder
	text.WriteString(`{"Resources": {`)
	for i := range resources / 2 {
		fmt.Fprintf(&text, `
"Role%[1]d": {"Type": "AWS::IAM::Role", "Properties": {
  "RoleName": {"Fn::Sub": "runner-%[1]d-${AWS::Region}"},
  "Description": %[2]q,
  "ManagedPolicyArns": [{"Ref": "Policy%[1]d"}],
  "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{
    "Effect": "Allow",
    "Principal": {"Federated": {"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":iam::", {"Ref": "AWS::AccountId"}, ":oidc-provider/`+issuer+`"]]}},
    "Action": "sts:AssumeRoleWithWebIdentity",
    "Condition": {"StringEquals": {"`+issuer+`:aud": "sts.amazonaws.com", "`+issuer+`:sub": "system:serviceaccount:runners:runner-%[1]d"}}
  }]}
}},
"Policy%[1]d": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {
  "ManagedPolicyName": "push-%[1]d",
  "Description": %[2]q,
  "PolicyDocument": {"Version": "2012-10-17", "Statement": [
    {"Sid": "Token", "Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"},
    {"Sid": "Push", "Effect": "Allow", "Action": ["ecr:BatchCheckLayerAvailability", "ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"],
     "Resource": {"Fn::Sub": "arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/app-%[1]d"}}
  ]}
}},`, i, strings.Repeat("d", 1000))
	}
	text.WriteString(`"End": {"Type": "AWS::IAM::Role", "Properties": {}}}}`)
	return text.String()
}

func benchmark(b *testing.B, text string) {
	roots, err := source.Parse("f", []byte(text))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		cloudformation.Read(roots[0], len(text), at)
	}
}
