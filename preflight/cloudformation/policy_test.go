package cloudformation_test

import (
	"fmt"
	"strings"
	"testing"

	"keyless-runners/preflight/cloudformation"
	"keyless-runners/preflight/facts"
)

// links says which policies a template gives to which roles: of each role its
// inline and attached policies, then each managed policy and its roles. A document
// is called by its only action.
func links(found facts.Facts) string {
	var lines []string
	line := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	for _, role := range found.Roles {
		line("role %s", role.LogicalID)
		for _, policy := range role.Inline {
			line("  inline %s: %s", spell(policy.Name), action(policy.Document))
		}
		for _, arn := range role.Attached {
			line("  attached %s", spell(arn))
		}
	}
	for _, policy := range found.ManagedPolicies {
		line("policy %s, %s: %s", spell(policy.Name), spell(policy.ARN), action(policy.Document))
		for _, name := range policy.Roles {
			line("  to %s", spell(name))
		}
	}
	return strings.Join(lines, "\n")
}

func action(document facts.Document) string {
	switch {
	case !document.There:
		return "not there"
	case document.Unknown != "":
		return "unknown: " + document.Unknown
	case document.Problem != nil:
		return "problem: " + document.Problem.What
	}
	return document.Policy.Statement[0].Action[0]
}

// pushing is a document.
const pushing = `PolicyDocument: {Statement: {Effect: Allow, Action: "ecr:PutImage", Resource: "*"}}`

func TestPoliciesFindTheirRoles(t *testing.T) {
	for _, c := range []struct {
		name, resources, want string
	}{
		{"inline", `
  Role: {Type: AWS::IAM::Role, Properties: {RoleName: pusher, Policies: [{PolicyName: push, ` + pushing + `}, {PolicyName: none}]}}`, `
role Role
  inline push: ecr:PutImage
  inline none: not there`},
		{"inline, unknown", `
  Role: {Type: AWS::IAM::Role, Properties: {RoleName: pusher, Policies: !Ref Open}}`, `
role Role
  inline unknown: parameter "Open" has no default; give it with --parameter Open=VALUE: unknown: parameter "Open" has no default; give it with --parameter Open=VALUE`},
		{"inline, one of them unknown", `
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [!If [Maybe, {PolicyName: push, ` + pushing + `}, !Ref AWS::NoValue]]}}`, `
role Role
  inline unknown: parameter "Open" has no default; give it with --parameter Open=VALUE: unknown: parameter "Open" has no default; give it with --parameter Open=VALUE`},
		{"inline, left out", `
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [!If [No, {PolicyName: push, ` + pushing + `}, !Ref AWS::NoValue]]}}`, `
role Role`},

		{"a policy to a role by its name", `
  Role: {Type: AWS::IAM::Role, Properties: {RoleName: pusher}}
  Policy: {Type: AWS::IAM::Policy, Properties: {PolicyName: push, Roles: [pusher], ` + pushing + `}}`, `
role Role
  inline push: ecr:PutImage`},
		{"a policy to roles by Ref", `
  Policy: {Type: AWS::IAM::Policy, Properties: {PolicyName: push, Roles: [!Ref Role, !Ref Other], ` + pushing + `}}
  Role: {Type: AWS::IAM::Role}
  Other: {Type: AWS::IAM::Role, Properties: {RoleName: other}}`, `
role Role
  inline push: ecr:PutImage
role Other
  inline push: ecr:PutImage`},
		{"a policy to a role by functions", `
  Role: {Type: AWS::IAM::Role}
  A: {Type: AWS::IAM::Policy, Properties: {PolicyName: a, Roles: [!Sub "${Role}"], ` + pushing + `}}
  B: {Type: AWS::IAM::Policy, Properties: {PolicyName: b, Roles: !If [No, [x], [!Ref Role]], ` + pushing + `}}
  C: {Type: AWS::IAM::Policy, Properties: {PolicyName: c, Roles: [!Join ["", [!Ref Role]]], ` + pushing + `}}
  D: {Type: AWS::IAM::Policy, Properties: {PolicyName: d, Roles: [!Select [0, [!Ref Role]]], ` + pushing + `}}`, `
role Role
  inline a: ecr:PutImage
  inline b: ecr:PutImage
  inline c: ecr:PutImage
  inline d: ecr:PutImage`},
		{"a policy to a role by its ARN, which is no name", `
  Role: {Type: AWS::IAM::Role}
  Policy: {Type: AWS::IAM::Policy, Properties: {PolicyName: push, Roles: [!GetAtt Role.Arn], ` + pushing + `}}`, `
role Role
policy push, not there: ecr:PutImage
  to unknown: CloudFormation makes the name of role "Role" at deployment; state RoleName`},
		{"a policy to roles elsewhere", `
  Role: {Type: AWS::IAM::Role, Properties: {RoleName: pusher}}
  Policy: {Type: AWS::IAM::Policy, Properties: {PolicyName: push, Roles: [pusher, other, !ImportValue role], ` + pushing + `}}`, `
role Role
  inline push: ecr:PutImage
policy push, not there: ecr:PutImage
  to other
  to unknown: Fn::ImportValue "role" is another stack's output`},
		{"a policy to users", `
  Policy: {Type: AWS::IAM::Policy, Properties: {PolicyName: push, Users: [x], ` + pushing + `}}`, ``},
		{"a policy of a role", `
  Role: {Type: AWS::IAM::Role}
  A: {Type: AWS::IAM::RolePolicy, Properties: {PolicyName: push, RoleName: !Ref Role, ` + pushing + `}}
  B: {Type: AWS::IAM::RolePolicy, Properties: {PolicyName: push, RoleName: elsewhere, ` + pushing + `}}`, `
role Role
  inline push: ecr:PutImage
policy push, not there: ecr:PutImage
  to elsewhere`},
		{"a policy that is not made", `
  Role: {Type: AWS::IAM::Role}
  Policy: {Type: AWS::IAM::Policy, Condition: No, Properties: {PolicyName: push, Roles: [!Ref Role], ` + pushing + `}}`, `
role Role`},
		{"a policy that may be made", `
  Role: {Type: AWS::IAM::Role, Condition: Maybe}
  Policy: {Type: AWS::IAM::Policy, Condition: Maybe, Properties: {PolicyName: push, Roles: [!Ref Role], ` + pushing + `}}`, `
role Role
  inline push: ecr:PutImage`},
		{"a policy to a role that is not made", `
  Role: {Type: AWS::IAM::Role, Condition: No}
  Policy: {Type: AWS::IAM::Policy, Properties: {PolicyName: push, Roles: [!Ref Role], ` + pushing + `}}`, `
policy push, not there: ecr:PutImage
  to unknown: Ref "Role": the resource is not made, because condition "No" is false`},

		{"a managed policy with a name", `
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref Policy]}}
  Policy: {Type: AWS::IAM::ManagedPolicy, Properties: {ManagedPolicyName: push, ` + pushing + `}}`, `
role Role
  attached arn:aws:iam::111122223333:policy/push
policy push, arn:aws:iam::111122223333:policy/push: ecr:PutImage`},
		{"a managed policy without a name", `
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref Policy, !GetAtt Policy.PolicyArn]}}
  Policy: {Type: AWS::IAM::ManagedPolicy, Properties: {` + pushing + `}}`, `
role Role
  inline unknown: CloudFormation makes the name of managed policy "Policy" at deployment; state ManagedPolicyName: ecr:PutImage
  inline unknown: CloudFormation makes the name of managed policy "Policy" at deployment; state ManagedPolicyName: ecr:PutImage
policy unknown: CloudFormation makes the name of managed policy "Policy" at deployment; state ManagedPolicyName, unknown: CloudFormation makes the name of managed policy "Policy" at deployment; state ManagedPolicyName: ecr:PutImage`},
		{"managed policies, unknown", `
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: !Ref Open}}`, `
role Role
  attached unknown: parameter "Open" has no default; give it with --parameter Open=VALUE`},
		{"managed policies that attach themselves", `
  Role: {Type: AWS::IAM::Role, Properties: {RoleName: pusher}}
  Unnamed: {Type: AWS::IAM::Role}
  Named: {Type: AWS::IAM::ManagedPolicy, Properties: {ManagedPolicyName: push, Roles: [!Ref Role, !Ref Unnamed, other], ` + pushing + `}}
  Made: {Type: AWS::IAM::ManagedPolicy, Properties: {Roles: [!Ref Role, !Ref Unnamed, other], ` + pushing + `}}`, `
role Role
  inline unknown: CloudFormation makes the name of managed policy "Made" at deployment; state ManagedPolicyName: ecr:PutImage
role Unnamed
  inline unknown: CloudFormation makes the name of managed policy "Made" at deployment; state ManagedPolicyName: ecr:PutImage
  attached arn:aws:iam::111122223333:policy/push
policy push, arn:aws:iam::111122223333:policy/push: ecr:PutImage
  to pusher
  to other
policy unknown: CloudFormation makes the name of managed policy "Made" at deployment; state ManagedPolicyName, unknown: CloudFormation makes the name of managed policy "Made" at deployment; state ManagedPolicyName: ecr:PutImage
  to other`},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := read(t, "f", `
Parameters: {Open: {Type: String}}
Conditions: {No: !Equals [a, b], Maybe: !Equals [!Ref Open, b]}
Resources:`+c.resources, at)
			if got, want := links(found), strings.TrimPrefix(c.want, "\n"); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestPropertiesThatAreNotThereOrNotKnown(t *testing.T) {
	found := read(t, "f", `
Resources:
  Role:
    Type: AWS::IAM::Role
  Included:
    Type: AWS::IAM::Role
    Properties:
      RoleName: included
      Fn::Transform: {Name: AWS::Include}
  Provider: {Type: AWS::IAM::OIDCProvider, Properties: {ClientIdList: !Ref AWS::NoValue}}
  Named: {Type: AWS::IAM::Role, Properties: {RoleName: !Ref Provider, Path: !Ref PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP}}
  Images: {Type: AWS::ECR::Repository, Properties: {RepositoryName: null, RepositoryPolicyText: "{"}}
  Odd: []
`, cloudformation.Settings{Account: "111122223333", Region: "xx-north-1"})
	role := found.Roles[0]
	if role.Trust.There || role.Trust.Place != role.Place || role.Place.Line != 3 {
		t.Errorf("got trust policy %+v, want none, expected at line 3", role.Trust)
	}
	wantText(t, "boundary", role.Boundary, "not there")
	const made = `unknown: a function makes the properties of "Included" at deployment`
	included := found.Roles[1]
	wantText(t, "name", included.Name, made)
	wantText(t, "path", included.Path, made)
	wantTexts(t, "attached", included.Attached, made)
	wantText(t, "inline", included.Inline[0].Name, made)
	if "unknown: "+included.Trust.Unknown != made {
		t.Errorf("got trust policy %+v, want it unknown", included.Trust)
	}
	wantText(t, "URL", found.Providers[0].URL, "not there")
	wantText(t, "ARN without a URL", found.Roles[2].Name, `unknown: Url of "Provider" is missing`)
	wantText(t, "a name too long to quote", found.Roles[2].Path, `unknown: Ref "`+strings.Repeat("P", 80)+`...": the template has no such parameter or resource`)
	wantTexts(t, "client ids", found.Providers[0].ClientIDs, "")
	images := found.ImageRepositories[0]
	wantText(t, "image repository", images.Name, `unknown: CloudFormation makes the name of image repository "Images" at deployment; state RepositoryName`)
	wantText(t, "tags", images.TagMutability, "not there")
	if images.Policy.Problem == nil || images.Policy.Place.Line != 12 {
		t.Errorf("got policy %+v, want a problem on line 12", images.Policy)
	}
	if got := found.Templates[0].Resources; got != 6 {
		t.Errorf("got %d resources, want 6", got)
	}
}

// A value is where it is written; what comes from elsewhere is where it is used.
func TestValuesAreWhereTheyAreUsed(t *testing.T) {
	found := read(t, "f", `Parameters:
  Name: {Type: String, Default: pusher}
  Policies: {Type: CommaDelimitedList, Default: "a,b"}
Conditions: {Yes: !Equals [a, a]}
Mappings: {Paths: {a: {b: /ci/}}}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Ref Name
      Path: !FindInMap [Paths, a, b]
      PermissionsBoundary: !If
        - Yes
        - limit
        - other
      ManagedPolicyArns:
        !Ref Policies
  Unknown:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Join
        - ""
        - - !Ref Missing
`, at)
	role := found.Roles[0]
	for _, c := range []struct {
		text facts.Text
		want string
	}{
		{role.Name, "f:10:17"},
		{role.Path, "f:11:13"},
		{role.Boundary, "f:14:11"},
		{role.Attached[0], "f:17:9"},
		{role.Attached[1], "f:17:9"},
		{found.Roles[1].Name, "f:21:17"},
	} {
		if got := c.text.Place.String(); got != c.want {
			t.Errorf("%s: got %s, want %s", spell(c.text), got, c.want)
		}
	}
}

func TestRegionOfNoPartitionMakesNoARN(t *testing.T) {
	found := read(t, "f", `
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {RoleName: !GetAtt Images.Arn}}
  Images: {Type: AWS::ECR::Repository, Properties: {RepositoryName: app}}
`, cloudformation.Settings{Account: "111122223333", Region: "xx-north-1"})
	wantText(t, "ARN", found.Roles[0].Name, `unknown: region "xx-north-1" is of no known partition`)
}

func TestWhatTransformsAddIsNotCalledMissing(t *testing.T) {
	found := read(t, "f", `
Transform: AWS::LanguageExtensions
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {RoleName: !Ref Rolee}}
  Fn::ForEach::Roles: [Name, [a, b], {"${Name}Role": {Type: AWS::IAM::Role}}]
`, at)
	wantText(t, "name", found.Roles[0].Name, `unknown: Ref "Rolee": the file has no such parameter or resource; the template's Transform may add it`)
	if got := found.Templates[0].Resources; got != 3 || len(found.Roles) != 3 {
		t.Errorf("got %d resources and %d roles, want 3 and 3", got, len(found.Roles))
	}
}
