package github_test

import "testing"

func steps(text string) string {
	return "on: push\nenv: {R: " + host + "}\njobs:\n  a:\n    steps:\n" + indented(text, 6) + "\n"
}

func TestLoginsDecideTheRegistry(t *testing.T) {
	const push = "\n- run: docker push ${{ steps.login.outputs.registry }}/x"
	const login = "- id: login\n  uses: aws-actions/amazon-ecr-login@v2\n"
	testReadings(t, []reading{
		{"of the role", steps(login + push), "a\nlogs in\npush - x -"},
		{"by a variable", steps(login + "- env: {A: \"${{ steps.login.outputs.registry }}\"}\n  run: docker push $A/x"), "a\nlogs in\npush - x -"},
		{"in other letters", steps("- id: Login\n  uses: AWS-Actions/amazon-ECR-login\n" + push), "a\nlogs in\npush - x -"},
		{"of an account", steps(login + "  with: {registries: '444455556666'}\n  env: {AWS_REGION: eu-west-1}\n" + push),
			"a\nlogs in\nregion eu-west-1\npush 444455556666.dkr.ecr.eu-west-1.amazonaws.com x -"},
		{"of an account as a number", steps(login + "  with: {registries: 444455556666}\n  env: {AWS_DEFAULT_REGION: cn-north-1}\n" + push),
			"a\nlogs in\nregion cn-north-1\npush 444455556666.dkr.ecr.cn-north-1.amazonaws.com.cn x -"},
		{"of an account, the region by a step", steps("- uses: aws-actions/configure-aws-credentials@v5\n  with: {aws-region: eu-west-1}\n" + login + "  with: {registries: '444455556666'}\n" + push),
			"a\nlogs in\nregion eu-west-1\npush 444455556666.dkr.ecr.eu-west-1.amazonaws.com x -"},
		{"of an account somewhere", steps(login + "  with: {registries: '444455556666'}\n" + push),
			"a\nlogs in\npush ?(the region of the login is not in the workflow) x -"},
		{"of an unknown account", steps(login + "  with: {registries: \"${{ vars.A }}\"}\n  env: {AWS_REGION: eu-west-1}\n" + push),
			"a\nlogs in\nregion eu-west-1\npush ?(vars.A is not in the files) x -"},
		{"of several", steps(login + "  with: {registries: '1,2'}\n  env: {AWS_REGION: eu-west-1}\n" + push),
			"a\nlogs in\nregion eu-west-1\npush ?(the login is to several registries) x -"},
		{"public", steps(login + "  with: {registry-type: public}\n" + push), "a"},
		{"of no step", steps("- uses: aws-actions/amazon-ecr-login@v2\n" + push),
			"a\nlogs in\npush ?(steps.login.outputs.registry is known only when the job runs) x -"},
		{"another output", steps(login + "- run: docker push ${{ steps.login.outputs.other }}/x"),
			"a\nlogs in\npush ?(steps.login.outputs.other is known only when the job runs) x -"},
		{"the registry alone", steps(login + "- run: docker push ${{ steps.login.outputs.registry }}"),
			"a\nlogs in\npush ?(the login decides the registry) ?(the login decides the registry) -"},
		{"in a step that never runs", steps("- if: false\n  uses: aws-actions/amazon-ecr-login@v2"), "a"},
		{"one that looks like it", steps("- uses: other/amazon-ecr-login@v2"), "a"},
	})
}

func TestScriptsLogIn(t *testing.T) {
	testReadings(t, []reading{
		{"in a pipe", steps("- run: aws ecr get-login-password --region us-west-2 | docker login --username AWS --password-stdin $R"), "a\nlogs in\nregion us-west-2"},
		{"in $( )", steps("- run: docker login -u AWS -p \"$(aws --region us-west-2 ecr get-login-password)\" $R"), "a\nlogs in\nregion us-west-2"},
		{"as long ago", steps("- run: eval $(aws ecr get-login --no-include-email)"), "a\nlogs in"},
		{"in the step's region", steps("- env: {AWS_REGION: us-west-2}\n  run: aws ecr get-login-password"), "a\nlogs in\nregion us-west-2"},
		{"to the public registry", steps("- run: aws ecr-public get-login-password --region us-east-1"), "a"},
		{"only printed", steps("- run: echo aws ecr get-login-password"), "a"},
		{"by an action", steps("- uses: docker/login-action@v3\n  with: {registry: \"${{ env.R }}\"}"), "a\nlogs in"},
		{"elsewhere by an action", steps("- uses: docker/login-action@v3\n  with: {registry: ghcr.io}"), "a"},
	})
}

func TestRegionsAreThoseOfTheJob(t *testing.T) {
	testReadings(t, []reading{
		{"of the workflow", "env: {AWS_REGION: us-east-1}\njobs:\n  a: {steps: []}", "a\nregion us-east-1"},
		{"of the job first", "env: {AWS_REGION: us-east-1}\njobs:\n  a: {env: {AWS_REGION: us-east-2}}\n  b: {}", "a\nregion us-east-2\nb\nregion us-east-1"},
		{"both names", "env: {AWS_REGION: us-east-1, AWS_DEFAULT_REGION: us-east-2}\njobs:\n  a: {}", "a\nregion us-east-1\nregion us-east-2"},
		{"the same twice", "env: {AWS_REGION: us-east-1, AWS_DEFAULT_REGION: us-east-1}\njobs:\n  a: {}", "a\nregion us-east-1"},
		{"unknown", "env: {AWS_REGION: \"${{ vars.X }}\"}\njobs:\n  a: {}", "a\nregion ?(vars.X is not in the files)"},
		{"alternatives", "env: {AWS_REGION: \"${{ github.ref == 'm' && 'us-east-1' || 'us-east-2' }}\"}\njobs:\n  a: {}", "a\nregion us-east-1\nregion us-east-2"},
		{"empty", "env: {AWS_REGION: ''}\njobs:\n  a: {}", "a"},
		{"of a step that does not log in", steps("- run: aws s3 ls\n  env: {AWS_REGION: us-east-2}"), "a"},
	})
}

func TestRolesAreThoseThatTheJobNames(t *testing.T) {
	const arn = "arn:aws:iam::111122223333:role/ci/pusher"
	testReadings(t, []reading{
		{"assumed", steps("- uses: aws-actions/configure-aws-credentials@v5\n  with: {role-to-assume: " + arn + "}"), "a\nrole " + arn + "\nassumes " + arn},
		{"assumed, unknown", steps("- uses: aws-actions/configure-aws-credentials@v5\n  with: {role-to-assume: \"${{ secrets.ROLE }}\"}"), "a\nassumes ?(secrets.ROLE is not in the files)"},
		{"assumed, the first", steps("- uses: aws-actions/configure-aws-credentials@v5\n  with: {role-to-assume: x}\n- uses: aws-actions/configure-aws-credentials@v5\n  with: {role-to-assume: y}"), "a\nassumes x"},
		{"assumed, none", steps("- uses: aws-actions/configure-aws-credentials@v5\n  with: {role-to-assume: ''}"), "a"},
		{"a variable of the workflow", "env: {ROLE: " + arn + "}\njobs:\n  a: {}", "a\nrole " + arn},
		{"a script", steps("- run: |\n    echo '" + arn + "', and " + arn + ".\n    echo \"arn:aws:iam::1:user/x\""), "a\nrole " + arn},
		{"malformed", steps("- run: echo arn:aws:iam::1:role/x arn:other:iam:us-east-1:YOUR_ACCOUNT_ID:role/y arn:aws:iam::1:policy/p"),
			"a\nrole arn:aws:iam::1:role/x\nrole arn:other:iam:us-east-1:YOUR_ACCOUNT_ID:role/y"},
		{"of variables", steps("- run: echo arn:aws:iam::$ACCOUNT:role/x arn:aws:iam::1:role/$X arn:aws:iam::${{ vars.A }}:role/y"),
			"a\nrole ?(a part of arn:aws:iam::$ACCOUNT:role/x is known only when the job runs)" +
				"\nrole ?(a part of arn:aws:iam::1:role/ is known only when the job runs)" +
				"\nrole ?(a part of arn:aws:iam::$:role/y is known only when the job runs)"},
	})
}

func TestActionsPush(t *testing.T) {
	build := func(with string) string {
		return steps("- uses: docker/build-push-action@v6\n  with:\n" + indented(with, 4))
	}
	const x, y = "\npush " + host + " x 1", "\npush " + host + " y -"
	testReadings(t, []reading{
		{"tags in lines", build("push: true\ntags: |\n  ${{ env.R }}/x:1\n  ${{ env.R }}/y"), "a" + x + y},
		{"tags with commas", build("push: 'true'\ntags: ${{ env.R }}/x:1, ${{ env.R }}/y"), "a" + x + y},
		{"names in other letters", build("PUSH: true\nTags: ${{ env.R }}/x:1"), "a" + x},
		{"sometimes", build("push: ${{ github.event_name != 'pull_request' }}\ntags: ${{ env.R }}/x:1"), "a" + x},
		{"perhaps", build("push: ${{ vars.PUSH }}\ntags: ${{ env.R }}/x:1"), "a" + x},
		{"not", build("push: false\ntags: ${{ env.R }}/x:1"), "a"},
		{"not by default", build("tags: ${{ env.R }}/x:1"), "a"},
		{"as an output", build("outputs: type=image,push=true\ntags: ${{ env.R }}/x:1"), "a" + x},
		{"as a named output", build("outputs: |\n  type=local,dest=.\n  type=image,\"name=${{ env.R }}/x:1,${{ env.R }}/y\",push=true"), "a" + x + y},
		{"as another output", build("outputs: type=docker\ntags: ${{ env.R }}/x:1"), "a"},
		{"its cache", build("cache-from: type=registry,ref=${{ env.R }}/c:1\ncache-to: |\n  type=gha\n  type=registry,ref=${{ env.R }}/d,mode=max"),
			"a\ncache " + host + " d -\nread " + host + " c 1"},
		{"elsewhere", build("push: true\ntags: ghcr.io/a/x"), "a"},
		{"nothing", build("push: true"), "a"},
		{"the tags of an action", steps("- id: m\n  uses: docker/metadata-action@v5\n  with:\n    images: |\n      ${{ env.R }}/x\n      name=${{ env.R }}/y,enable=true\n      ghcr.io/a/x\n" +
			"- uses: docker/build-push-action@v6\n  with: {push: true, tags: \"${{ steps.m.outputs.tags }}\"}"),
			"a\npush " + host + " x ?(docker/metadata-action makes the tag)\npush " + host + " y ?(docker/metadata-action makes the tag)"},
		{"a file of bake", steps("- uses: aws-actions/amazon-ecr-login@v2\n- uses: docker/bake-action@v6\n  with: {push: true}"),
			"a\nlogs in\npush ?(the file that docker/bake-action reads says where to push) ?(the file that docker/bake-action reads says where to push) -"},
	})
}
