package preflight_test

import (
	"strings"
	"testing"

	"keyless-runners/preflight"
	"keyless-runners/preflight/cloudformation"
)

// TestWhatReplacesAStoredKey has a second workflow push with a key.
func TestWhatReplacesAStoredKey(t *testing.T) {
	const workflow = `on: push
env: {AWS_REGION: us-east-1}
jobs:
  old:
    runs-on: RUNS_ON
    steps:
    - uses: aws-actions/configure-aws-credentials@v4
      with: {aws-region: us-east-1, aws-access-key-id: '${{ secrets.ID }}'}
    - uses: aws-actions/amazon-ecr-login@v2
    - run: docker push REPOSITORY:$GITHUB_SHA
`
	const here, pods = "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app", `the Pods of RunnerDeployment "runners/build" have role "arn:aws:iam::111122223333:role/runners/build", with which job "push" of "Push" pushes`
	const token = "let configure-aws-credentials assume a role with GitHub's token (permissions: id-token: write)"
	for _, c := range []struct{ name, runsOn, repository, want string }{
		{"a runner of GitHub's", "ubuntu-latest", here, "run the job with runs-on: [self-hosted, push-my-app]: " + pods + "; or " + token + "; then delete the secret"},
		{"a runner of GitHub's, in other letters", "Ubuntu-Latest", here, "run the job with runs-on: [self-hosted, push-my-app]: " + pods + "; or " + token + "; then delete the secret"},
		{"a runner of GitHub's, and another image repository", "ubuntu-latest", "111122223333.dkr.ecr.us-east-1.amazonaws.com/other", token + ", or run the job on the runners of the files; then delete the secret"},
		{"the runner", "[self-hosted, push-my-app]", here, "take it out, and the secret with it: " + pods},
		{"another label", "[self-hosted, other]", here, "take it out, and the secret with it, and run the job with runs-on: [self-hosted, push-my-app]: " + pods},
		{"another label and image repository", "[self-hosted, other]", "111122223333.dkr.ecr.us-east-1.amazonaws.com/other", "take it out, and the secret with it: the runner's Pod has the role"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := readGood(t)
			files["old.yaml"] = strings.NewReplacer("RUNS_ON", c.runsOn, "REPOSITORY", c.repository).Replace(workflow)
			write(t, files)
			found, text := check(t, cloudformation.Settings{})
			for _, finding := range found.Findings {
				if id := finding.Kind.ID; (id == "KR064" || id == "KR144") && finding.Fix == c.want {
					return
				}
			}
			t.Errorf("want %q\n%s", c.want, text)
		})
	}
}

// TestIAMUsers judges the users of an account's dump beside the good chain.
func TestIAMUsers(t *testing.T) {
	const repository = "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app"
	const push = `{"PolicyName": "push", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:*", "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/my-app"CONDITION}]}}`
	own := `"UserPolicyList": [` + strings.Replace(push, "CONDITION", "", 1) + `]`
	for _, c := range []struct{ name, user, groups, want string }{
		{"its own policy", own, "", repository + " yes"},
		{"a policy of AWS", `"AttachedManagedPolicies": [{"PolicyArn": "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser"}]`, "", repository + " yes\nevery image repository yes"},
		{"its group", `"GroupList": ["ci"]`, `{"GroupName": "ci", "Arn": "g", "GroupPolicyList": [` + strings.Replace(push, "CONDITION", "", 1) + `]}`, repository + " yes"},
		{"a group that is not there", `"GroupList": ["ci"]`, "", `(not known) group "ci" of the user is not in the output`},
		{"for its name", `"UserPolicyList": [` + strings.Replace(push, "CONDITION", `, "Condition": {"StringEquals": {"aws:username": "ci"}}`, 1) + `]`, "", repository + " yes"},
		{"for another's name", `"UserPolicyList": [` + strings.Replace(push, "CONDITION", `, "Condition": {"StringEquals": {"aws:username": "eve"}}`, 1) + `]`, "", ""},
		{"for roles", `"UserPolicyList": [` + strings.Replace(push, "CONDITION", `, "Condition": {"StringEquals": {"aws:PrincipalType": "AssumedRole"}}`, 1) + `]`, "", ""},
		{"within a boundary", own + `, "PermissionsBoundary": {"PermissionsBoundaryArn": "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"}`, "", ""},
		{"nothing", `"GroupList": []`, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := readGood(t)
			files["account.json"] = `{"UserDetailList": [{"UserName": "ci", "Arn": "arn:aws:iam::111122223333:user/ci", ` + c.user + `}], "GroupDetailList": [` + c.groups + `], "RoleDetailList": [], "Policies": []}`
			write(t, files)
			found, text := check(t, cloudformation.Settings{})
			var rows []string
			for _, row := range found.Access {
				if row.Who == `IAM user "ci"` {
					certain := row.Possibly
					if certain == "" {
						certain = "yes"
					}
					rows = append(rows, row.ImageRepository+" "+certain)
				}
			}
			noted := false
			for _, finding := range found.Findings {
				noted = noted || finding.Kind.ID == "KR184" && finding.Kind.Severity == preflight.Note
			}
			if got := strings.Join(rows, "\n"); got != c.want || noted != strings.HasSuffix(c.want, " yes") {
				t.Errorf("got %q, want %q\n%s", got, c.want, text)
			}
		})
	}
}
