package preflight_test

import (
	"strings"
	"testing"
)

// TestRolesThatJobsGoOnTo judges a job that assumes another role with the one of its runner, and
// pushes with it. The runner's own role may do nothing but that.
func TestRolesThatJobsGoOnTo(t *testing.T) {
	const (
		build    = "arn:aws:iam::111122223333:role/runners/build"
		release  = "arn:aws:iam::111122223333:role/release"
		taking   = "{Effect: Allow, Action: [sts:AssumeRole, sts:TagSession], Resource: '" + release + "'}"
		trusting = "{Effect: Allow, Principal: {AWS: '" + build + "'}, Action: [sts:AssumeRole, sts:TagSession]}"
		root     = "{Effect: Allow, Principal: {AWS: '111122223333'}, Action: [sts:AssumeRole, sts:TagSession]}"
		admin    = "{Effect: Allow, Principal: {AWS: 'arn:aws:iam::111122223333:role/admin'}, Action: sts:AssumeRole}"
		proved   = "proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app, and no one else can"
	)
	for _, test := range []struct{ name, taking, trust, with, want, says string }{
		{"by its name", "", trusting, "", "", proved},
		{"by its name, and permitted", taking, trusting, "", "", proved},
		{"by its name, and denied", strings.Replace(taking, "Allow", "Deny", 1), trusting, "", "KR147", `role "` + build + `" may not sts:AssumeRole on role "` + release + `", as job "push" does`},
		{"without session tags", "", strings.Replace(trusting, "[sts:AssumeRole, sts:TagSession]", "sts:AssumeRole", 1), "        role-skip-session-tagging: true\n", "", proved},
		{"with session tags that are not allowed", "", strings.Replace(trusting, "[sts:AssumeRole, sts:TagSession]", "sts:AssumeRole", 1), "", "KR147", `role "` + build + `" may not sts:TagSession on role "` + release + `", as job "push" does`},
		{"that trusts another", "", admin, "", "KR147", `role "` + build + `" may not sts:AssumeRole on role "` + release + `"`},
		{"that trusts another too", "", trusting + ", " + admin, "", "KR074", `role "` + release + `" also trusts "arn:aws:iam::111122223333:role/admin"`},
		{"of the account, which is not permitted", "", root, "", "KR147", `may not sts:AssumeRole`},
		{"of the account, which is permitted", taking, root, "", "KR074", `role "` + release + `" also trusts "111122223333"`},
		{"on a condition that only a request meets", "", strings.Replace(trusting, "sts:TagSession]", "sts:TagSession], Condition: {IpAddress: {aws:SourceIp: 10.0.0.0/8}}", 1), "", "KR134", `whether role "` + build + `" may assume role "` + release + `", as job "push" does, is not known: it depends on aws:SourceIp`},
		{"in some runs", "", trusting, "      if: github.ref == 'refs/heads/main'\n", "KR134", "whether it may is not looked at"},
		{"if there are no credentials", "", trusting, "        use-existing-credentials: true\n", "KR134", "whether it may is not looked at"},
		{"by a token of its own", "", trusting, "        web-identity-token-file: token\n", "KR134", "whether it may is not looked at"},
		{"for other steps", "", trusting, "        output-env-credentials: false\n", "KR134", "whether it may is not looked at"},
		{"with a session policy that allows it", "", trusting, "        managed-session-policies: arn:aws:iam::111122223333:policy/build-push\n", "", proved},
		{"with a session policy that does not allow it", "", trusting, "        managed-session-policies: arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly\n", "KR050", `the session policy of job "push" does not allow ecr:BatchCheckLayerAvailability on`},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := readGood(t)
			own := "[{Effect: Allow, Action: sts:GetCallerIdentity, Resource: '*'}"
			if test.taking != "" {
				own += ", " + test.taking
			}
			replace(t, files, "template.yaml", "      ManagedPolicyArns: [!Ref Push]\n", "      Policies: [{PolicyName: own, PolicyDocument: {Version: 2012-10-17, Statement: "+own+"]}}]\n")
			replace(t, files, "template.yaml", "Outputs:", "  Release:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: release\n      ManagedPolicyArns: [!Ref Push]\n      AssumeRolePolicyDocument: {Version: 2012-10-17, Statement: ["+test.trust+"]}\nOutputs:")
			replace(t, files, "workflow.yaml", "    - id: login\n", "    - uses: aws-actions/configure-aws-credentials@v6\n      with:\n        aws-region: us-east-1\n        role-to-assume: "+release+"\n"+test.with+"    - id: login\n")
			if got, output := found(t, files); got != test.want || !strings.Contains(output, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, output)
			}
		})
	}
}
