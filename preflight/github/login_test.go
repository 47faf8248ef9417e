package github_test

import (
	"fmt"
	"strings"
	"testing"

	"keyless-runners/preflight/github"
)

func TestLoginsDecideTheRegistry(t *testing.T) {
	const push = "\n- run: docker push ${{ steps.login.outputs.registry }}/x"
	const login = "- id: login\n  uses: aws-actions/amazon-ecr-login@v2\n"
	testReadings(t, []reading{
		{"of the role", steps(login + push), "a\nlogin 1 - - -\npush - x -"},
		{"by a variable", steps(login + "- env: {A: \"${{ steps.login.outputs.registry }}\"}\n  run: docker push $A/x"), "a\nlogin 1 - - -\npush - x -"},
		{"in other letters", steps("- id: Login\n  uses: AWS-Actions/amazon-ECR-login\n" + push), "a\nlogin 1 - - -\npush - x -"},
		{"of the role in a region", steps(login + "  env: {AWS_REGION: eu-west-1}\n" + push), "a\nlogin 1 - - eu-west-1\npush - x -"},
		{"of an account", steps(login + "  with: {registries: '444455556666'}\n  env: {AWS_REGION: eu-west-1}\n" + push),
			"a\nlogin 1 - 444455556666 eu-west-1\npush 444455556666.dkr.ecr.eu-west-1.amazonaws.com x -"},
		{"of an account as a number", steps(login + "  with: {registries: 444455556666}\n  env: {AWS_REGION: cn-north-1}\n" + push),
			"a\nlogin 1 - 444455556666 cn-north-1\npush 444455556666.dkr.ecr.cn-north-1.amazonaws.com.cn x -"},
		{"of an account, the region by a step", steps("- uses: aws-actions/configure-aws-credentials@v5\n  with: {aws-region: eu-west-1}\n" + login + "  with: {registries: '444455556666'}\n" + push),
			"a\nlogin 1 - 444455556666 eu-west-1\npush 444455556666.dkr.ecr.eu-west-1.amazonaws.com x -"},
		{"of an account somewhere", steps(login + "  with: {registries: '444455556666'}\n" + push), "a\nlogin 1 - 444455556666 -\npush - x -"},
		{"the region that the action does not read", steps(login + "  env: {AWS_DEFAULT_REGION: eu-west-1}\n" + push), "a\nlogin 1 - - -\npush - x -"},
		{"of an unknown account", steps(login + "  with: {registries: \"${{ vars.A }}\"}\n  env: {AWS_REGION: eu-west-1}\n" + push),
			"a\nlogin 1 - ?(vars.A is not in the files) eu-west-1\npush - x -"},
		{"of several", steps(login + "  with: {registries: '1, 2'}\n  env: {AWS_REGION: eu-west-1}\n" + push),
			"a\nlogin 1 - 1 eu-west-1\nlogin 2 - 2 eu-west-1\npush ?(the login is to several registries) x -"},
		{"of one or another", steps(login + "  with: {registries: \"${{ github.ref == 'refs/heads/m' && '1' || '2' }}\"}\n" + push), "a\nlogin 1 - 1 -\nlogin 1 - 2 -\npush - x - after 1\npush - x - after 1"},
		{"public", steps(login + "  with: {registry-type: public}\n" + push), "a"},
		{"of no step", steps("- uses: aws-actions/amazon-ecr-login@v2\n" + push),
			"a\nlogin 1 - - -\npush ?(no step has the id \"login\") x -"},
		{"another output", steps(login + "- run: docker push ${{ steps.login.outputs.other }}/x"),
			"a\nlogin 1 - - -\npush ?(steps.login.outputs.other is known only when the job runs) x -"},
		{"the registry alone", steps(login + "- run: docker push ${{ steps.login.outputs.registry }}"),
			"a\nlogin 1 - - -\npush ?(the login decides the registry) ?(the login decides the registry) -"},
		{"in a step that never runs", steps("- if: false\n  uses: aws-actions/amazon-ecr-login@v2"), "a"},
		{"one that looks like it", steps("- uses: other/amazon-ecr-login@v2"), "a"},
	})
}

func TestActionsOfDockerLogIn(t *testing.T) {
	const password = "- run: aws ecr get-login-password --region us-west-2 > p\n"
	testReadings(t, []reading{
		{"in the registry's region", steps("- uses: docker/login-action@v3\n  env: {AWS_REGION: eu-west-1}\n  with: {registry: \"${{ env.R }}\"}"), "a\nlogin 1 " + host + " - us-east-1"},
		{"with a password of the job", steps(password + "- uses: docker/login-action@v3\n  with: {registry: \"${{ env.R }}\", ecr: false}"), "a\nlogin 1 " + host + " - us-west-2"},
		{"with a name", steps("- uses: docker/login-action@v3\n  with: {registry: \"${{ env.R }}\", username: AWS, password: x}"), "a\nlogin 1 " + host + " - us-east-1 with key AWS"},
		{"with a name that counts", steps("- uses: docker/login-action@v3\n  with: {registry: \"${{ env.R }}\", username: AWS, password: x, ecr: false}"), "a\nlogin 1 " + host + " - ?(no step asks Amazon ECR for the password)"},
		{"elsewhere", steps("- uses: docker/login-action@v3\n  with: {registry: ghcr.io}"), "a"},
		{"Docker Hub", steps("- uses: docker/login-action@v3\n  with: {username: \"${{ vars.U }}\"}"), "a"},
		{"nobody knows where", steps("- uses: docker/login-action@v3\n  with: {registry: \"${{ vars.R }}\"}"), "a"},
		{"to what is none", steps("- uses: docker/login-action@v3\n  with: {registry: 1.dkr.ecr.us-east-1.amazonaws.com}"),
			"a\nlogin 1 1.dkr.ecr.us-east-1.amazonaws.com - ?(registry \"1.dkr.ecr.us-east-1.amazonaws.com\": account \"1\": want 12 digits, got 1)"},
	})
}

func TestScriptsLogIn(t *testing.T) {
	const here, there, ask = "a\nlogin 1 " + host + " - ", "a\nlogin 1 ", "aws ecr get-login-password"
	script := func(lines string) string { return steps("- run: |\n" + indented(lines, 4)) }
	testReadings(t, []reading{
		{"in a pipe", script(ask + " --region us-west-2 | docker login --username AWS --password-stdin $R"), here + "us-west-2"},
		{"in a pipe over lines", script(ask + " \\\n  --region us-west-2 |\n  docker login --username AWS \\\n  --password-stdin \"$R\""), here + "us-west-2"},
		{"in $( )", script("docker login -u AWS -p \"$(aws --region us-west-2 ecr get-login-password)\" $R"), here + "us-west-2"},
		{"by a here string", script("docker login -u AWS --password-stdin $R <<< \"$(" + ask + " --region us-west-2)\""), here + "us-west-2"},
		{"with a token", script("aws ecr get-authorization-token --region us-west-2 --output text --query t | base64 -d | cut -d: -f2 | docker login -u AWS --password-stdin $R"), here + "us-west-2"},
		{"by a variable", script("P=$(" + ask + " --region us-west-2)\necho $P | docker login -u AWS --password-stdin $R"), here + "us-west-2"},
		{"of another step", steps("- id: p\n  run: echo \"p=$(" + ask + " --region us-west-2)\" >> $GITHUB_OUTPUT\n- run: docker login -u AWS -p \"${{ steps.p.outputs.p }}\" $R"), here + "us-west-2"},
		{"with one password of two", script("P=$(" + ask + " --region us-west-2)\nQ=$(" + ask + " --region us-east-1)\necho $P | docker login -u AWS --password-stdin $R"), here + "?(the job asks for passwords of several regions)"},
		{"with its own password", script("echo $P | docker login -u AWS --password-stdin $R"), here + "?(no step asks Amazon ECR for the password)"},
		{"each with its own", script("for A in us-west-2 us-east-1; do " + ask + " --region $A | docker login -u AWS --password-stdin 111122223333.dkr.ecr.$A.amazonaws.com; done"),
			there + "111122223333.dkr.ecr.us-west-2.amazonaws.com - us-west-2\nlogin 1 " + host + " - us-east-1"},
		{"as long ago", script("eval $(aws ecr get-login --no-include-email)"), there + "- - - or -"},
		{"as long ago, to others", script("$(aws ecr get-login --registry-ids 444455556666 $A --region eu-west-1)"), there + "- 444455556666 eu-west-1\nlogin 2 - ?($A is not set in the workflow) eu-west-1"},
		{"by options in a variable", script("O=\"--region us-west-2\"\n" + ask + " $O | docker login -u AWS --password-stdin $R"), here + "us-west-2"},
		{"by options that a condition decides", script("O=\"--region us-west-2\"\nif [ $A = b ]; then O=\"--region us-east-1\"; fi\n" + ask + " $O | docker login -u AWS --password-stdin $R"), here + "us-east-1\nlogin 1 " + host + " - us-west-2"},
		{"by the region's variable", script("AWS_REGION=us-west-2 " + ask + " | docker login -u AWS --password-stdin $R"), here + "us-west-2 or -"},
		{"by both variables", script("export AWS_REGION=us-west-2 AWS_DEFAULT_REGION=us-east-1\n" + ask + " | docker login -u AWS --password-stdin $R"), here + "us-west-2 or us-east-1"},
		{"in the step's region", steps("- env: {AWS_DEFAULT_REGION: us-west-2}\n  run: " + ask + " | docker login -u AWS --password-stdin $R"), here + "- or us-west-2"},
		{"with an address", script(ask + " | docker login -u AWS --password-stdin https://$R/v2/"), here + "- or -"},
		{"in another shell", script("bash -c \"" + ask + " --region us-west-2 | docker login -u AWS --password-stdin $R\""), here + "us-west-2"},
		{"to the role's account", script("A=$(aws sts get-caller-identity --query Account --output text)\n" + ask + " | docker login $A.dkr.ecr.us-east-1.amazonaws.com"), there + "\uFFFDaccount\uFFFD.dkr.ecr.us-east-1.amazonaws.com - - or -"},
		{"to the role's account, in quotes", script(ask + " | docker login \"$(aws sts get-caller-identity --output=text --query='Account')\".dkr.ecr.us-east-1.amazonaws.com"), there + "\uFFFDaccount\uFFFD.dkr.ecr.us-east-1.amazonaws.com - - or -"},
		{"to what else STS says", script(ask + " | docker login $(aws sts get-caller-identity --query Arn --output text).dkr.ecr.us-east-1.amazonaws.com"), there + "?($(aws sts get-caller-identity --query Arn --output text) is known only when the job runs) - - or -"},
		{"with another tool", script(ask + " | podman login -u AWS --password-stdin $R"), here + "- or -"},
		{"with crane", script(ask + " | crane auth login -u AWS --password-stdin $R"), here + "- or -"},
		{"with skopeo", script(ask + " | skopeo login -u AWS --password-stdin $R"), here + "- or -"},
		{"with ORAS", script(ask + " | oras login -u AWS --password-stdin $R"), here + "- or -"},
		{"with Helm", script(ask + " | helm registry login -u AWS --password-stdin $R"), here + "- or -"},
		{"nobody knows where", script(ask + " | docker login -u AWS --password-stdin $A"), there + "?($A is not set in the workflow) - - or -"},
		{"nobody knows where, with another password", script("docker login -u u -p p $A"), "a"},
		{"without a registry", script(ask + " | docker login -u AWS --password-stdin"), "a"},
		{"elsewhere", script("docker login -u AWS -p p ghcr.io"), "a"},
		{"to the public registry", script("aws ecr-public get-login-password --region us-east-1 | docker login -u AWS --password-stdin public.ecr.aws"), "a"},
		{"not at all", script(ask), "a"},
		{"only printed", script("echo " + ask + " '|' docker login $R"), "a"},
	})
}

// The first login holds for what is pushed behind it, in the runs in which it is.
func TestLoginsComeBeforePushes(t *testing.T) {
	const login, push = "\n- uses: aws-actions/amazon-ecr-login@v2", "\n- run: docker push $R/x"
	const both = "a\nlogin 1 - - -\npush " + host + " x -"
	testReadings(t, []reading{
		{"behind", steps(push + login), both + " after"},
		{"in one script", steps("- run: |\n    docker push $R/x\n    docker login $R"), "a\nlogin 1 " + host + " - ?(no step asks Amazon ECR for the password)\npush " + host + " x - after"},
		{"both", steps(push + login + push), both + " after\npush " + host + " x -"},
		{"on a condition", steps(login + "\n  if: github.ref == 'refs/heads/m'" + push), both + " after 1?"},
		{"on the same condition", steps(login + "\n  if: github.ref == 'refs/heads/m'" + push + "\n  if: ${{ github.ref == 'refs/heads/m' }}"), both},
		{"on another condition", steps(login + "\n  if: github.ref == 'refs/heads/m'" + push + "\n  if: github.ref != 'refs/heads/m'"), both + " after"},
		{"on a condition more", steps(login + "\n  if: github.ref == 'refs/heads/m'" + push + "\n  if: github.ref == 'refs/heads/m' && inputs.x"), both},
		{"on a condition of a run", steps(login + "\n  if: vars.X == 'y'" + push), both + " after 1?"},
		{"on the same condition of a run", steps(login + "\n  if: ${{ vars.X == 'y' }}" + push + "\n  if: vars.X=='y' && github.ref == 'refs/heads/m'"), both},
		{"if all goes well", steps(login + "\n  if: success()" + push), both},
		{"pushed if a step fails", steps(login + push + "\n  if: failure()"), "a\nlogin 1 - - -"},
		{"pushed if it is cancelled", steps(login + push + "\n  if: cancelled() && github.ref == 'refs/heads/m'"), "a\nlogin 1 - - -"},
		{"pushed whatever happens", steps(login + push + "\n  if: ${{ always() && !failure() }}"), both},
		{"if nobody cancels it", steps(login + "\n  if: ${{ !cancelled() }}" + push), both},
		{"on the condition of an action", steps(login + "\n  if: github.actor != 'octo'\n- uses: docker/build-push-action@v6\n  with: {push: \"${{ github.actor != 'octo' }}\", tags: \"${{ env.R }}/x\"}"), both},
		{"on another condition of an action", steps(login + "\n  if: github.actor != 'octo'\n- uses: docker/build-push-action@v6\n  with: {push: true, tags: \"${{ env.R }}/x\"}"), both + " after 1?"},
		{"logged out", steps(login + "\n- run: docker logout https://$R" + push), "a\nlogin 1 - - -\nlogout 2 " + host + "\npush " + host + " x -"},
		{"logged out of where it logged in", steps("- id: login\n  uses: aws-actions/amazon-ecr-login@v2\n- run: docker logout ${{ steps.login.outputs.registry }}" + push), "a\nlogin 1 - - -\nlogout 2 -\npush " + host + " x -"},
		{"logged out on a condition", steps(login + "\n- run: docker logout $R\n  if: inputs.out" + push), "a\nlogin 1 - - -\nlogout 2 " + host + "\npush " + host + " x - after 1 2?"},
		{"for one push", steps("- run: ko build --bare -t 1 .\n  env: {KO_DOCKER_REPO: \"${{ env.R }}/x\"}\n- run: /kaniko/executor -d $R/x:1" + push), "a\nlogin 1 " + host + " - us-east-1\nlogin 2 " + host + " - us-east-1\npush " + host + " x 1 after 1\npush " + host + " x 1 after 2\npush " + host + " x - after"},
		{"for one push, elsewhere", steps("- run: ko build --bare .\n  env: {KO_DOCKER_REPO: \"${{ vars.REPO }}\"}"), "a"},
		{"with a password for one push", steps("- run: skopeo copy --dest-creds AWS:$(aws ecr get-login-password --region us-west-2) x docker://$R/x" + push), "a\nlogin 1 " + host + " - us-west-2\npush " + host + " x -\npush " + host + " x - after"},
		{"by the credential helper", steps("- run: echo '{\"credsStore\":\"ecr-login\"}' > ~/.docker/config.json" + push), "a\nlogin 1 " + host + " - us-east-1\npush " + host + " x -"},
		{"in a function", steps("- run: |\n    push() { docker push $R/x; }\n    aws ecr get-login-password --region us-east-1 | docker login $R\n    push"), "a\nlogin 1 " + host + " - us-east-1\npush " + host + " x -"},
	})
	testReadings(t, []reading{
		{"of the same run", "jobs:\n  a:\n    strategy: {matrix: {r: [us-east-1, eu-west-1]}}\n    env: {AWS_REGION: \"${{ matrix.r }}\"}\n    steps:\n    - uses: aws-actions/amazon-ecr-login@v2\n" +
			"    - run: docker push 111122223333.dkr.ecr.${{ matrix.r }}.amazonaws.com/x",
			"a\nlogin 1 - - us-east-1\nlogin 1 - - eu-west-1\npush 111122223333.dkr.ecr.us-east-1.amazonaws.com x - after 1\npush 111122223333.dkr.ecr.eu-west-1.amazonaws.com x - after 1"},
	})
}

// Where there are more logins and pushes than can be compared, it is not known where the
// job pushes; that it does so before it logs in is not said.
func TestTooManyLoginsAreUnknown(t *testing.T) {
	var options strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&options, "o%d, ", i)
	}
	input := "{type: choice, options: [" + options.String() + "]}"
	workflow := "on: {workflow_dispatch: {inputs: {region: " + input + ", name: " + input + "}}}\njobs:\n  a:\n    env: {AWS_REGION: \"${{ inputs.region }}\"}\n    steps:\n" +
		"    - uses: aws-actions/amazon-ecr-login@v2\n    - run: docker push " + host + "/${{ inputs.name }}"
	job := github.Read(parse(t, workflow), nil).Jobs[0]
	unknown := 0
	for _, push := range job.Pushes {
		if push.Registry.Unknown != "" {
			unknown++
		} else if len(push.Before) != len(job.Logins) {
			t.Fatalf("%d of %d logins before %s", len(push.Before), len(job.Logins), showPush(push))
		}
	}
	if len(job.Logins) != 1000 || unknown == 0 {
		t.Errorf("%d logins, %d pushes that are not known", len(job.Logins), unknown)
	}
}
