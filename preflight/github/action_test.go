package github_test

import (
	"testing"

	"keyless-runners/preflight/github"
)

func steps(text string) string {
	return "on: push\nenv: {R: " + host + "}\njobs:\n  a:\n    steps:\n" + indented(text, 6) + "\n"
}

func TestRolesAreThoseThatTheJobNames(t *testing.T) {
	const arn = "arn:aws:iam::111122223333:role/ci/pusher"
	testReadings(t, []reading{
		{"assumed", steps("- uses: aws-actions/configure-aws-credentials@v5\n  with: {role-to-assume: " + arn + "}"), "a\nrole " + arn + "\nassumes " + arn},
		{"assumed, unknown", steps("- uses: aws-actions/configure-aws-credentials@v5\n  with: {role-to-assume: \"${{ secrets.ROLE }}\"}"), "a\nassumes ?(secrets.ROLE is not in the files)"},
		{"assumed, the first", steps("- uses: aws-actions/configure-aws-credentials@v5\n  with: {role-to-assume: x}\n- uses: aws-actions/configure-aws-credentials@v5\n  with: {role-to-assume: y}"), "a\nassumes x"},
		{"assumed, none", steps("- uses: aws-actions/configure-aws-credentials@v5\n  with: {role-to-assume: ''}"), "a"},
		{"a variable of the workflow", "env: {ROLE: " + arn + "}\njobs:\n  a: {}", "a\nrole " + arn},
		{"a variable that is meant for one", "env: {WANT_ROLE_ARN: 'arn:aws:iam::111122223333:roll/x', ROLE_ARN: '" + arn + " ', ROLE: 'a:b:c:d:e:f', QUEUE_ARN: 'a:b:c:d:e:f', ROLE_ARN_2: 'a:b', THE_ROLE_ARN: '$A:b:c:d:e:f'}\njobs:\n  a: {}",
			"a\nrole arn:aws:iam::111122223333:roll/x\nrole " + arn + " \nrole " + arn},
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
		{"targets of bake that are given their tags", steps("- uses: aws-actions/amazon-ecr-login@v2\n- uses: docker/bake-action@v6\n  with: {push: true, targets: 'app,web', set: \"app.tags=111122223333.dkr.ecr.us-east-1.amazonaws.com/app:1\\nweb.tags=111122223333.dkr.ecr.us-east-1.amazonaws.com/web:1\"}"),
			"a\nlogin 1 - - -\npush 111122223333.dkr.ecr.us-east-1.amazonaws.com app 1\npush 111122223333.dkr.ecr.us-east-1.amazonaws.com web 1"},
		{"a file of bake", steps("- uses: aws-actions/amazon-ecr-login@v2\n- uses: docker/bake-action@v6\n  with: {push: true}"),
			"a\nlogin 1 - - -\npush ?(the file that docker/bake-action reads says where to push) ?(the file that docker/bake-action reads says where to push) -"},
	})
}

// Which version of an action takes the runner's role decides whether it can.
func TestActionsThatTakeTheRunnersRole(t *testing.T) {
	for _, c := range []struct{ name, step, logsIn, configures string }{
		{"amazon-ecr-login", "- uses: aws-actions/amazon-ecr-login@v2.0.1", "aws-actions/amazon-ecr-login@v2.0.1", "-"},
		{"docker/login-action", "- uses: docker/login-action@v3\n  with: {registry: 111122223333.dkr.ecr.us-east-1.amazonaws.com}", "docker/login-action@v3", "-"},
		{"a command", "- run: aws ecr get-login-password | docker login --username AWS --password-stdin 111122223333.dkr.ecr.us-east-1.amazonaws.com", "-", "-"},
		{"configure-aws-credentials with the runner's role", "- uses: aws-actions/configure-aws-credentials@v3\n  with: {aws-region: us-east-1}", "", "aws-actions/configure-aws-credentials@v3"},
		{"with another role", "- uses: aws-actions/configure-aws-credentials@v3\n  with: {aws-region: us-east-1, role-to-assume: r}", "", "-"},
		{"with a key", "- uses: aws-actions/configure-aws-credentials@v3\n  with: {aws-region: us-east-1, aws-access-key-id: k}", "", "-"},
	} {
		job := github.Read(parse(t, steps(c.step)), nil).Jobs[0]
		logsIn := ""
		for _, login := range job.Logins {
			logsIn += show(login.Action)
		}
		if logsIn != c.logsIn || show(job.Configures) != c.configures {
			t.Errorf("%s: got %q and %q, want %q and %q", c.name, logsIn, show(job.Configures), c.logsIn, c.configures)
		}
	}
}
