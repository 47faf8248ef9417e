package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	loginStep   = "    - id: login\n      uses: aws-actions/amazon-ecr-login@v2\n"
	loginImage  = "${{ steps.login.outputs.registry }}"
	ourRegistry = "111122223333.dkr.ecr.us-east-1.amazonaws.com"
	jobRegion   = "env:\n  AWS_REGION: us-east-1\n"
	podVariable = "      - name: AWS_EC2_METADATA_DISABLED\n"
)

// jobLogs is the good chain with another login, to which the push does not refer.
func jobLogs(login string) []edit {
	return []edit{{"workflow.yaml", loginStep, login}, {"workflow.yaml", loginImage, ourRegistry}}
}

// podHas is a variable more of the runner's Pod.
func podHas(name, value string) edit {
	return edit{"runner.yaml", podVariable, "      - name: " + name + "\n        value: " + value + "\n" + podVariable}
}

// A login to Amazon ECR Public needs permissions of its own, and a region that has it.
func TestPublicLogins(t *testing.T) {
	const public = "    - uses: aws-actions/amazon-ecr-login@v2\n      with: {registry-type: public}\n"
	allowed := edit{"template.yaml", "          Action: ecr:GetAuthorizationToken\n", "          Action: [ecr:GetAuthorizationToken, ecr-public:GetAuthorizationToken, sts:GetServiceBearerToken]\n"}
	half := edit{"template.yaml", "          Action: ecr:GetAuthorizationToken\n", "          Action: [ecr:GetAuthorizationToken, ecr-public:GetAuthorizationToken]\n"}
	beside := func(step string) edit { return edit{"workflow.yaml", loginStep, step + loginStep} }
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"in place of the other", []edit{{"workflow.yaml", loginStep, strings.Replace(public, "- uses", "- id: login\n      uses", 1)}}, []string{"KR058", "KR050"}},
		{"beside the other", []edit{beside(public)}, []string{"KR050"}},
		{"that may fetch no bearer token", []edit{half, beside(public)}, []string{"KR050"}},
		{"that is allowed", []edit{allowed, beside(public)}, []string{}},
		{"in another region", []edit{allowed, beside(public + "      env: {AWS_REGION: eu-west-1}\n")}, []string{"KR192"}},
		{"in a region that is not known", []edit{allowed, beside(public + "      env: {AWS_REGION: \"${{ vars.REGION }}\"}\n")}, []string{}},
		{"with another role", []edit{beside("    - uses: aws-actions/configure-aws-credentials@v5\n      with: {aws-region: us-east-1, role-to-assume: 'arn:aws:iam::444455556666:role/public'}\n" + public)}, []string{"KR134"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// The region of a login is that of the option, of AWS_REGION, of AWS_DEFAULT_REGION; each
// of the job or, where that does not say, of the Pod, where EKS says the cluster's.
func TestLoginsAreInARegion(t *testing.T) {
	action := jobLogs("    - uses: aws-actions/amazon-ecr-login@v2\n")
	script := jobLogs("    - run: aws ecr get-login-password | docker login -u AWS --password-stdin " + ourRegistry + "\n")
	told := jobLogs("    - run: aws ecr get-login-password --region us-east-1 | docker login -u AWS --password-stdin " + ourRegistry + "\n")
	none := edit{"workflow.yaml", jobRegion, ""}
	other := edit{"workflow.yaml", jobRegion, "env:\n  AWS_REGION: eu-west-1\n"}
	preset := edit{"workflow.yaml", jobRegion, "env:\n  AWS_DEFAULT_REGION: eu-west-1\n"}
	two := edit{"workflow.yaml", loginStep, "    - uses: aws-actions/configure-aws-credentials@v5\n      with: {aws-region: eu-west-1}\n" + loginStep}
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"the cluster's", []edit{none}, []string{}},
		{"the cluster's, by a script", append(script, none), []string{}},
		{"the job's", append(action, other), []string{"KR062"}},
		{"the job's, by a script", append(script, other), []string{"KR101"}},
		{"the option's", append(told, other), []string{}},
		{"the job's other variable, which the cluster's hides", append(script, preset), []string{}},
		{"the job's other variable, which the action does not read", append(action, preset), []string{}},
		{"the Pod's", append(action, none, podHas("AWS_REGION", "eu-west-1")), []string{"KR062"}},
		{"the Pod's, by a script", append(script, none, podHas("AWS_REGION", "eu-west-1")), []string{"KR101"}},
		{"the Pod's, behind the job's", append(script, podHas("AWS_REGION", "eu-west-1")), []string{}},
		{"the Pod's other variable, by a script", append(script, none, podHas("AWS_DEFAULT_REGION", "eu-west-1")), []string{"KR101"}},
		{"the Pod's other variable, behind the job's", append(script, preset, podHas("AWS_DEFAULT_REGION", "us-east-1")), []string{"KR101"}},
		{"the Pod's other variable, which the action does not read", append(action, none, podHas("AWS_DEFAULT_REGION", "us-east-1")), []string{"KR104", "KR103"}},
		{"the Pod's, from elsewhere", append(script, none, edit{"runner.yaml", podVariable,
			"      - name: AWS_REGION\n        valueFrom: {fieldRef: {fieldPath: spec.nodeName}}\n" + podVariable}), []string{"KR103"}},
		{"another by a step before", []edit{two}, []string{"KR050", "KR054"}},
		{"another by a step before, to the registry by its name", append(action, edit{"workflow.yaml", "    - uses: actions/checkout@v6\n",
			"    - uses: actions/checkout@v6\n    - uses: aws-actions/configure-aws-credentials@v5\n      with: {aws-region: eu-west-1}\n"}), []string{"KR062"}},
		{"another by a step behind", append(action, edit{"workflow.yaml", "        docker build",
			"        echo AWS_REGION=eu-west-1 >> $GITHUB_ENV\n        docker build"}), []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// A job may log in to several registries, and every push needs its own.
func TestPushesNeedTheirLogin(t *testing.T) {
	const europe = "111122223333.dkr.ecr.eu-west-1.amazonaws.com"
	in := func(region, registry string) string {
		return "    - run: aws ecr get-login-password --region " + region + " | docker login -u AWS --password-stdin " + registry + "\n"
	}
	for _, test := range []struct {
		name, login string
		want        []string
	}{
		{"ours first", in("us-east-1", ourRegistry) + in("eu-west-1", europe), []string{}},
		{"ours last", in("eu-west-1", europe) + in("us-east-1", ourRegistry), []string{}},
		{"ours with the wrong password", in("eu-west-1", europe) + in("eu-west-1", ourRegistry), []string{"KR101"}},
		{"another alone", in("eu-west-1", europe), []string{"KR062"}},
		{"to Amazon's public registry", "    - uses: aws-actions/amazon-ecr-login@v2\n      with: {registry-type: public}\n", []string{"KR050", "KR056"}},
		{"of another form", in("us-east-1", "111122223333.dkr-ecr.us-east-1.on.aws"), []string{"KR062"}},
		{"of one account and another", "    - uses: aws-actions/amazon-ecr-login@v2\n      with: {registries: '444455556666,111122223333'}\n", []string{}},
		{"in turns", "    - if: github.ref == 'refs/heads/m'\n      uses: aws-actions/amazon-ecr-login@v2\n    - if: github.ref != 'refs/heads/m'\n      uses: aws-actions/amazon-ecr-login@v2\n", []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, jobLogs(test.login), nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// Docker finds a password only where the login has put it.
func TestPushesNeedTheirLoginsConfiguration(t *testing.T) {
	push := func(command string) edit {
		return edit{"workflow.yaml", "        docker push \"$IMAGE\"", "        " + command}
	}
	inStep := func(variable string) edit {
		return edit{"workflow.yaml", "        IMAGE: ", "        " + variable + "\n        IMAGE: "}
	}
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"root's", []edit{push("sudo docker push $IMAGE")}, []string{"KR109"}},
		{"the runner's, as root", []edit{push("sudo -E docker push $IMAGE")}, []string{}},
		{"in another home", []edit{push("HOME=/tmp docker push $IMAGE")}, []string{"KR109"}},
		{"in another home, by env", []edit{push("env HOME=/tmp docker push $IMAGE")}, []string{"KR109"}},
		{"in another folder, by env behind another command", []edit{push("timeout 60 env DOCKER_CONFIG=/tmp docker push $IMAGE")}, []string{"KR109"}},
		{"in the runner's home by name", []edit{push("HOME=/home/runner docker push $IMAGE")}, []string{}},
		{"of an option", []edit{push("docker --config /tmp push $IMAGE")}, []string{"KR109"}},
		{"of the step", []edit{inStep("DOCKER_CONFIG: /tmp/docker")}, []string{"KR109"}},
		{"of the step, not known", []edit{inStep("DOCKER_CONFIG: ${{ runner.temp }}/docker")}, []string{"KR103"}},
		{"of the whole job", []edit{{"workflow.yaml", jobRegion, jobRegion + "  DOCKER_CONFIG: ${{ github.workspace }}/docker\n"}}, []string{}},
		{"the runner's, spelled out", []edit{push("DOCKER_CONFIG=$HOME/.docker docker push $IMAGE")}, []string{}},
		{"of a login in the same script", append(jobLogs(""), push("export DOCKER_CONFIG=$(mktemp -d)\n"+
			"        aws ecr get-login-password | docker login -u AWS --password-stdin "+ourRegistry+"\n        docker push $IMAGE")), []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// A role whose template does not tell its account is of the one in the annotation.
func TestLoginsAreToTheRolesAccount(t *testing.T) {
	edits := []edit{
		{"template.yaml", "oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF\n", "oidc-provider/${IssuerHost}\n"},
		{"template.yaml", "Federated: arn:aws:iam::111122223333:", "Federated: !Sub arn:aws:iam::${AWS::AccountId}:"},
		{"template.yaml", "Outputs:\n  ImageRepository:\n    Value: 111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app\n", ""},
	}
	got, text := ids(t, edits, nil)
	for _, id := range []string{"KR062", "KR063", "KR103"} {
		if strings.Contains(strings.Join(got, " "), id) {
			t.Errorf("got %q\n%s", got, text)
		}
	}
}
