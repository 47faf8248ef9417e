package account_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/rehearsal/moto/mototest"
)

// One template after the other leaves what the second would have left alone, and back.
func TestUpdateLeavesTheAccountAsTheTemplateSays(t *testing.T) {
	a := start(t, "us-east-1")
	for _, c := range []struct{ promise, template string }{
		{"an audience more", replaced(t, `["a"]`, `["a", "b"]`)},
		{"another issuer", replaced(t, "/id/A", "/id/B")},
		{"another action", replaced(t, "ecr:PutImage", "ecr:BatchGetImage")},
		{"no policy", replaced(t, `[{"Ref": "Policy"}]`, `[]`)},
		{"a policy of AWS", replaced(t, `[{"Ref": "Policy"}]`, `["arn:aws:iam::aws:policy/AdministratorAccess"]`)},
		{"another trust", replaced(t, "ec2.amazonaws.com", "eks.amazonaws.com")},
		{"another name of the role", replaced(t, `"pusher"`, `"puller"`)},
		{"a boundary", replaced(t, `"RoleName"`, `"PermissionsBoundary": {"Ref": "Policy"}, "RoleName"`)},
		{"an inline policy", replaced(t, `"RoleName"`, `"Policies": [{"PolicyName": "login", "PolicyDocument":
			{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"}]}}], "RoleName"`)},
		{"mutable tags", replaced(t, "IMMUTABLE", "MUTABLE")},
		{"another name of the image repository", replaced(t, `"app"`, `"web"`)},
		{"no role", resources(provider + "," + policyOf + "," + repository)},
		{"a repository alone", resources(repository)},
	} {
		t.Run(c.promise, func(t *testing.T) {
			mototest.Reset(t, server)
			deploy(t, a, "us-east-1", c.template)
			want := read(t, a)
			mototest.Reset(t, server)
			deploy(t, a, "us-east-1", all)
			before := read(t, a)
			deploy(t, a, "us-east-1", c.template)
			got := read(t, a)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if cmp.Equal(before, got) {
				t.Error("the update changed nothing")
			}
			deploy(t, a, "us-east-1", all)
			if diff := cmp.Diff(before, read(t, a)); diff != "" {
				t.Errorf("back again, -before +after:\n%s", diff)
			}
		})
	}
}

func TestUpdateRefusesAnotherNameOfAPolicy(t *testing.T) {
	a := start(t, "us-east-1")
	deploy(t, a, "us-east-1", all)
	err := a.Deploy(t.Context(), "us-east-1", "test", []byte(replaced(t, `"push"`, `"pull"`)))
	const want = "stack test in us-east-1: ValidationError: Policy (AWS::IAM::ManagedPolicy): a new ManagedPolicyName is not emulated in an update"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}
