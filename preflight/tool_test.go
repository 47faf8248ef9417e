package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const awsLogin = "aws ecr get-login-password | docker login -u AWS --password-stdin " + ourRegistry

// A command of a tool that the runner's published image does not have ends the job, unless something before may
// have brought it.
func TestToolsOfPublishedImages(t *testing.T) {
	logsIn := func(step string) []edit { return jobLogs("    - run: |\n        " + step + "\n") }
	of := func(image string, edits []edit) []edit {
		return append([]edit{{"runner.yaml", legacyImage, image}}, edits...)
	}
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"AWS' in a pipe", logsIn(awsLogin), []string{"KR226"}},
		{"AWS' in a pipe, on one's own image", of(ownImage, logsIn(awsLogin)), []string{}},
		{"AWS' in a pipe, on the image with a daemon", of("      image: summerwind/actions-runner-dind:v2.337.0-ubuntu-22.04\n", logsIn(awsLogin)), []string{"KR226"}},
		{"AWS' in a variable", logsIn("PASSWORD=$(aws ecr get-login-password)\n        echo \"$PASSWORD\" | docker login -u AWS --password-stdin " + ourRegistry), []string{"KR226"}},
		{"AWS' after an installation", logsIn("pip install awscli\n        " + awsLogin), []string{}},
		{"AWS' after an installation where it is missing", logsIn("command -v aws || pip install awscli\n        " + awsLogin), []string{}},
		{"AWS' after another step's installation", jobLogs("    - run: sudo ./aws/install\n    - run: " + awsLogin + "\n"), []string{}},
		{"AWS' after an action that may install it", jobLogs("    - uses: octo-org/install-aws-cli@v1\n    - run: " + awsLogin + "\n"), []string{}},
		{"AWS' after actions that do not", jobLogs("    - uses: actions/setup-go@v6\n    - uses: docker/setup-buildx-action@v3\n    - run: " + awsLogin + "\n"), []string{"KR226"}},
		{"AWS' by a function", logsIn("aws() { docker run --rm amazon/aws-cli \"$@\"; }\n        " + awsLogin), []string{"KR063"}},
		{"AWS' with a folder in PATH", logsIn("echo /opt/aws >> \"$GITHUB_PATH\"\n        " + awsLogin), []string{}},
		{"AWS' on GitHub's image", append(onScaleSet(""), logsIn(awsLogin)...), []string{"KR226", "KR106"}},
		{"buildx on GitHub's image", append(onScaleSet(""), edit{"workflow.yaml", "docker build --tag", "docker buildx build --load --tag"}), []string{"KR106"}},
		{"AWS' in a job's container", append(logsIn(awsLogin), edit{"workflow.yaml", "    steps:\n", "    container: amazon/aws-cli\n    steps:\n"}), []string{"KR066"}},
		{"AWS' in a pipe, in a step that may fail", jobLogs("    - continue-on-error: true\n      run: " + awsLogin + "\n"), []string{}},
		{"AWS' in a pipe, on a condition that the push does not have", jobLogs("    - if: github.ref_name == 'main'\n      run: " + awsLogin + "\n"), []string{"KR102"}},
		{"AWS' behind the last push", []edit{{"workflow.yaml", "        docker push \"$IMAGE\"\n", "        docker push \"$IMAGE\"\n        aws sts get-caller-identity\n"}}, []string{}},
		{"AWS' before the push", []edit{{"workflow.yaml", "        docker push \"$IMAGE\"\n", "        aws sts get-caller-identity\n        docker push \"$IMAGE\"\n"}}, []string{"KR226"}},
		{"AWS' before the push, whose failure is passed over", []edit{{"workflow.yaml", "        docker push \"$IMAGE\"\n", "        aws sts get-caller-identity || true\n        docker push \"$IMAGE\"\n"}}, []string{}},
		{"AWS' before the push, as a condition", []edit{{"workflow.yaml", "        docker push \"$IMAGE\"\n", "        if aws sts get-caller-identity; then echo yes; fi\n        docker push \"$IMAGE\"\n"}}, []string{}},
		{"AWS' before the push, in a branch", []edit{{"workflow.yaml", "        docker push \"$IMAGE\"\n", "        if [ -n \"$MORE\" ]; then aws sts get-caller-identity; fi\n        docker push \"$IMAGE\"\n"}}, []string{}},
		{"AWS' before the push, with errors passed over", []edit{{"workflow.yaml", "        docker push \"$IMAGE\"\n", "        set +e\n        aws sts get-caller-identity\n        docker push \"$IMAGE\"\n"}}, []string{}},
		{"crane", []edit{{"workflow.yaml", "        docker push \"$IMAGE\"\n", "        docker save \"$IMAGE\" > image.tar\n        crane push image.tar \"$IMAGE\"\n"}}, []string{"KR226"}},
		{"crane after its setup", []edit{{"workflow.yaml", "        docker push \"$IMAGE\"\n", "        docker save \"$IMAGE\" > image.tar\n        crane push image.tar \"$IMAGE\"\n"}, {"workflow.yaml", loginStep, "    - uses: imjasonh/setup-crane@v0.4\n" + loginStep}}, []string{}},
		{"helm", []edit{{"workflow.yaml", "        docker push \"$IMAGE\"\n", "        docker push \"$IMAGE\"\n        helm package chart\n        helm push chart-1.tgz oci://" + ourRegistry + "/\n"}}, []string{"KR226", "KR063"}},
		{"buildx", []edit{{"workflow.yaml", "        docker build --tag \"$IMAGE\" .\n        docker push \"$IMAGE\"\n", "        docker buildx build --push --tag \"$IMAGE\" .\n"}}, []string{"KR226"}},
		{"an action that uses buildx", []edit{{"workflow.yaml", "      run: |\n        docker build --tag \"$IMAGE\" .\n        docker push \"$IMAGE\"\n", "      uses: docker/build-push-action@v6\n      with: {push: true, tags: \"${{ steps.login.outputs.registry }}/my-app:${{ github.sha }}\"}\n"}}, []string{"KR226"}},
		{"buildx after its setup", []edit{{"workflow.yaml", "        docker build --tag \"$IMAGE\" .\n        docker push \"$IMAGE\"\n", "        docker buildx build --push --tag \"$IMAGE\" .\n"}, {"workflow.yaml", loginStep, "    - uses: docker/setup-buildx-action@v3\n" + loginStep}}, []string{}},
		{"with a variable PATH of the Pod", append(logsIn(awsLogin), podHas("PATH", "/opt/aws/bin:/usr/bin:/bin")), []string{}},
		{"with a script of the Pod before each job", append(logsIn(awsLogin), podHas("ACTIONS_RUNNER_HOOK_JOB_STARTED", "/hooks/start.sh")), []string{}},
		{"with a volume of the Pod in its PATH", of("      volumeMounts: [{name: tools, mountPath: /usr/local/bin}]\n      volumes: [{name: tools, emptyDir: {}}]\n"+legacyImage, logsIn(awsLogin)), []string{}},
		{"with a volume of the Pod elsewhere", of("      volumeMounts: [{name: tools, mountPath: /cache}]\n      volumes: [{name: tools, emptyDir: {}}]\n"+legacyImage, logsIn(awsLogin)), []string{"KR226"}},
		{"with a script in front of the runner", of(legacyImage+"      containers: [{name: runner, args: ['pip install awscli && entrypoint.sh']}]\n", logsIn(awsLogin)), []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, append([]edit{published}, test.edits...), nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// A request of Amazon ECR before the push that the role may not make ends the job.
func TestRequestsBeforeThePush(t *testing.T) {
	before := func(lines string) []edit {
		return []edit{{"workflow.yaml", "        docker push \"$IMAGE\"\n", "        " + strings.ReplaceAll(lines, "\n", "\n        ") + "\n        docker push \"$IMAGE\"\n"}}
	}
	allows := func(action string) edit {
		return edit{"template.yaml", "          - ecr:BatchGetImage\n", "          - ecr:BatchGetImage\n          - " + action + "\n"}
	}
	also := func(action, resource string) edit {
		return edit{"template.yaml", "        - Effect: Allow\n          Action:\n", "        - {Effect: Allow, Action: ['" + action + "'], Resource: '" + resource + "'}\n        - Effect: Allow\n          Action:\n"}
	}
	step := func(settings, run string) []edit {
		return []edit{{"workflow.yaml", "    - env:\n", "    - run: " + run + "\n" + settings + "    - env:\n"}}
	}
	const describe = "aws ecr describe-images --repository-name my-app"
	const look = "aws ecr describe-repositories --repository-names my-app"
	const create = "aws ecr create-repository --repository-name my-app"
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"denied", before(describe), []string{"KR227"}},
		{"allowed", append(before(describe), allows("ecr:DescribeImages")), []string{}},
		{"allowed elsewhere", append(before("aws ecr describe-images --repository-name other"), allows("ecr:DescribeImages")), []string{"KR227"}},
		{"of a push", before("aws ecr batch-get-image --repository-name my-app --image-ids imageTag=latest"), []string{}},
		{"of two image repositories", append(before("aws ecr describe-repositories --repository-names my-app other"), allows("ecr:DescribeRepositories")), []string{"KR227"}},
		{"of who asks", before("aws sts get-caller-identity"), []string{}},
		{"that may fail", before(describe + " || true"), []string{}},
		{"that may fail, in a block", before("{ " + describe + "; } || true"), []string{}},
		{"as a condition", before("if ! " + describe + "; then echo none; fi"), []string{}},
		{"as the condition of a loop", before("until " + describe + "; do sleep 1; done"), []string{}},
		{"negated", before("! " + describe), []string{}},
		{"in the background", before(describe + " &"), []string{}},
		{"before an alternative", before(describe + " || " + create), []string{}},
		{"with errors passed over", before("set +e\n" + describe), []string{}},
		{"in a pipe", before(describe + " | cat"), []string{}},
		{"in a pipe that fails", before("set -o pipefail\n" + describe + " | cat"), []string{"KR227"}},
		{"in a pipe that fails by the shell", append(before(describe+" | cat"), edit{"workflow.yaml", "      run: |\n", "      shell: bash\n      run: |\n"}), []string{"KR227"}},
		{"in a variable", before("FOUND=$(" + describe + ")"), []string{"KR227"}},
		{"in a variable that is exported", before("export FOUND=$(" + describe + ")"), []string{}},
		{"in a variable, in a pipe", before("FOUND=$(" + describe + " | wc -l)"), []string{}},
		{"in what is printed", before("echo \"$(" + describe + ")\""), []string{}},
		{"in a test", before("if [ -z \"$(" + describe + ")\" ]; then echo none; fi"), []string{}},
		{"in another shell", before("bash -c '" + describe + "; true'"), []string{}},
		{"in a function", before("look() { " + describe + "; }\nlook"), []string{"KR227"}},
		{"in a function that may fail", before("look() { " + describe + "; }\nlook || true"), []string{}},
		{"in a function that is not called", before("look() { " + describe + "; }\nretry look"), []string{}},
		{"in a function, behind a return", before("look() { if [ -e x ]; then return; fi; " + describe + "; }\nlook"), []string{}},
		{"in a loop over what is known", before("for name in my-app; do aws ecr describe-images --repository-name \"$name\"; done"), []string{"KR227"}},
		{"in a loop over what is not known", before("for name in $(cat names); do " + describe + "; done"), []string{}},
		{"in a branch", before("if [ -n \"$MORE\" ]; then " + describe + "; fi"), []string{}},
		{"behind a branch that ends the script", before("if [ -n \"$LESS\" ]; then exit 0; fi\n" + describe), []string{"KR227"}},
		{"where the script ends", before("trap '" + describe + "' EXIT"), []string{}},
		{"in a step before", step("", describe), []string{"KR227"}},
		{"in a step before that may fail", step("      continue-on-error: true\n", describe), []string{}},
		{"in a step before, on a condition", step("      if: github.ref_name == 'main'\n", describe), []string{}},
		{"in a step before, on a condition of the push too", append(step("      if: github.ref_name == 'main'\n", describe), edit{"workflow.yaml", "      run: |\n", "      if: github.ref_name == 'main'\n      run: |\n"}), []string{"KR227"}},
		{"in a step behind", []edit{{"workflow.yaml", "        docker push \"$IMAGE\"\n", "        docker push \"$IMAGE\"\n        " + describe + "\n"}}, []string{}},
		{"in another region", append(before(describe+" --region eu-west-1"), allows("ecr:DescribeImages")), []string{"KR227"}},
		{"in a region that is not known", before(describe + " --region \"${{ vars.REGION }}\""), []string{}},
		{"of another account", append(before(describe+" --registry-id 444455556666"), allows("ecr:DescribeImages")), []string{"KR227"}},
		{"with another profile", before(describe + " --profile admin"), []string{}},
		{"that is a pull", step("", "docker pull "+ourRegistry+"/other:1"), []string{"KR216"}},
		{"that is a pull and may fail", step("      continue-on-error: true\n", "docker pull "+ourRegistry+"/other:1"), []string{}},
		{"with a help", before("aws ecr describe-images help"), []string{}},
		{"of another service", before("TOKEN=$(aws ssm get-parameter --name /ci/token --query Parameter.Value --output text)"), []string{"KR227"}},
		{"of another service, allowed", append(before("aws ssm get-parameter --name /ci/token"), also("ssm:GetParameter", "arn:aws:ssm:us-east-1:111122223333:parameter/ci/*")), []string{}},
		{"of another service, allowed on everything", append(before("aws ssm get-parameter --name /ci/token"), also("ssm:GetParameter", "*")), []string{"KR077"}},
		{"of another service, allowed by AWS's own policy", append(before("aws ssm get-parameter --name /ci/token"), edit{"template.yaml", "[!Ref Push]", "[!Ref Push, 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore']"}), []string{}},
		{"of another service, and may fail", before("aws ssm get-parameter --name /ci/token || true"), []string{}},
		{"of another service, by the cluster's name", before("aws eks update-kubeconfig --name ci"), []string{"KR227"}},
		{"of what may have its own policy", before("aws s3 cp s3://cache/deps.tgz ."), []string{"KR132"}},
		{"of what may have its own policy, allowed", append(before("aws s3 cp s3://cache/deps.tgz ."), also("s3:GetObject", "arn:aws:s3:::cache/*")), []string{}},
		{"of what may have its own policy, allowed the other way", append(before("aws s3 cp deps.tgz s3://cache/"), also("s3:GetObject", "arn:aws:s3:::cache/*")), []string{"KR077", "KR132"}},
		{"of what everyone may read", before("aws s3 cp s3://cache/deps.tgz . --no-sign-request"), []string{}},
		{"that makes what is not allowed", before(create), []string{"KR227"}},
		{"that makes what is there", append(before(create), allows("ecr:CreateRepository")), []string{"KR227"}},
		{"that makes what may be there, if it is not there", before(look + " || " + create), []string{"KR227"}},
		{"that makes what may be there, by a condition", before("if ! " + look + "; then " + create + "; fi"), []string{"KR227"}},
		{"that looks for what is there", append(before(look+" || "+create), allows("ecr:DescribeRepositories")), []string{}},
		{"that makes what is not there after all", append(before(look+" || "+create), allows("ecr:CreateRepository")), []string{"KR227"}},
		{"that makes what the files don't have", append(before(look+" || "+create), allows("ecr:CreateRepository"), edit{"template.yaml", "      RepositoryName: my-app\n", "      RepositoryName: another\n"}), []string{"KR055"}},
		{"that makes what the files don't have, behind the push", []edit{{"workflow.yaml", "        docker push \"$IMAGE\"\n", "        docker push \"$IMAGE\"\n        " + create + "\n"}, allows("ecr:CreateRepository"), {"template.yaml", "      RepositoryName: my-app\n", "      RepositoryName: another\n"}}, []string{"KR054"}},
		{"that makes what the files don't have, and may not", append(before(create+" || true"), edit{"template.yaml", "      RepositoryName: my-app\n", "      RepositoryName: another\n"}), []string{"KR054"}},
		{"that makes it, or goes on", before(look + " || " + create + " || true"), []string{}},
		{"that looks and makes, or goes on", before("{ " + look + " || " + create + "; } || true"), []string{}},
		{"that makes what may be there", append(before(create+" || true"), allows("ecr:CreateRepository")), []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
