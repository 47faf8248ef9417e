package github_test

import (
	"slices"
	"testing"

	"keyless-runners/preflight/github"
	"keyless-runners/preflight/source"
)

// Jobs hand outputs to those that need them, wherever they stand in the file.
func TestJobsHandOverOutputs(t *testing.T) {
	const account = "\uFFFDaccount\uFFFD"
	prepare := func(with string) string {
		return "on: push\njobs:\n  p:\n    steps:\n    - id: l\n      uses: aws-actions/amazon-ecr-login@v2\n" + with + "    outputs: {r: \"${{ steps.l.outputs.registry }}\"}\n"
	}
	const push = "  b:\n    needs: p\n    steps: [{run: \"docker push ${{ needs.p.outputs.r }}/x:1\"}]\n"
	testReadings(t, []reading{
		{"a registry", prepare("      env: {AWS_REGION: eu-west-1}\n") + push,
			"p\nlogin 1 - - eu-west-1\nb\npush " + account + ".dkr.ecr.eu-west-1.amazonaws.com x 1"},
		{"a registry of another account", prepare("      env: {AWS_REGION: cn-north-1}\n      with: {registries: '444455556666'}\n") + push,
			"p\nlogin 1 - 444455556666 cn-north-1\nb\npush 444455556666.dkr.ecr.cn-north-1.amazonaws.com.cn x 1"},
		{"a registry without a region", prepare("") + push, "p\nlogin 1 - - -\nb\npush ?(the login has no region) x 1"},
		{"a registry whose account is masked", prepare("      env: {AWS_REGION: eu-west-1}\n    - uses: aws-actions/configure-aws-credentials@v6\n      with: {mask-aws-account-id: true}\n") + push,
			"p\nlogin 1 - - eu-west-1\nb\npush ?(the account is masked (mask-aws-account-id), so no other job gets the output) x 1"},
		{"a registry whose account an old version masks", prepare("      env: {AWS_REGION: eu-west-1}\n    - uses: aws-actions/configure-aws-credentials@v1.7.0\n") + push,
			"p\nlogin 1 - - eu-west-1\nb\npush ?(the account is masked (mask-aws-account-id), so no other job gets the output) x 1"},
		{"a registry whose account an old version does not mask", prepare("      env: {AWS_REGION: eu-west-1}\n    - uses: aws-actions/configure-aws-credentials@v2\n      with: {mask-aws-account-id: false}\n") + push,
			"p\nlogin 1 - - eu-west-1\nb\npush " + account + ".dkr.ecr.eu-west-1.amazonaws.com x 1"},
		{"a registry that a step masks a part of", "on: push\nenv: {R: " + host + "}\njobs:\n  p:\n    steps: [{run: 'echo \"::add-mask::111122223333\"'}]\n    outputs: {r: \"${{ env.R }}\"}\n" + push,
			"p\nb\npush ?(what a step masks (add-mask) is in it, so no other job gets the output) x 1"},
		{"a registry beside what a step masks", "on: push\nenv: {R: " + host + "}\njobs:\n  p:\n    steps: [{run: 'echo \"::add-mask::$TOKEN\"; echo ::add-mask::444455556666; echo ::add-mask::'}]\n    outputs: {r: \"${{ env.R }}\"}\n" + push,
			"p\nb\npush " + host + " x 1"},
		{"a registry with a secret", "on: push\njobs:\n  p:\n    outputs: {r: \"${{ secrets.A }}.dkr.ecr.us-east-1.amazonaws.com\"}\n" + push,
			"p\nb\npush ?(a secret is in it, so no other job gets the output) x 1"},
		{"of a job behind it", "on: push\nenv: {R: " + host + "}\njobs:\n" + push +
			"  p:\n    steps: [{id: s, run: 'echo \"r=$R\" >> $GITHUB_OUTPUT'}]\n    outputs: {r: \"${{ steps.s.outputs.r }}\"}\n", "b\npush " + host + " x 1\np"},
		{"of a job of several", "on: push\njobs:\n  p: {strategy: {matrix: {m: [" + host + ", " + host + "/y]}}, runs-on: \"${{ matrix.m }}\", outputs: {r: \"${{ matrix.m }}\"}}\n" + push,
			"p\non " + host + "\np\non " + host + "/y\nb\npush " + host + " x 1\npush " + host + " y/x 1"},
		{"of a job that it does not need", "on: push\njobs:\n  p:\n    outputs: {r: x}\n  q:\n    needs: p\n    outputs: {r: x}\n  b:\n    needs: [q]\n    runs-on: \"${{ needs.p.outputs.r }}-${{ needs.Q.outputs.r }}\"\n",
			"p\nq\nb\non ?(needs.p.outputs.r is of no job that this one needs)"},
		{"of jobs that need each other", "on: push\njobs:\n  p: {needs: [b], outputs: {r: " + host + "}}\n" + push, "p\nb"},
		{"that is none", "on: push\njobs:\n  p: {outputs: {s: a}}\n  b: {needs: p, runs-on: \"${{ needs.p.outputs.r }}\"}\n",
			"p\nb\non ?(needs.p.outputs.r is not among the \"outputs\" of the job)"},
	})
}

func TestCalledWorkflowsAreGivenOutputs(t *testing.T) {
	caller := parse(t, "on: push\njobs:\n  p: {outputs: {r: x}}\n  b: {needs: p, uses: ./w.yaml, with: {r: \"${{ needs.p.outputs.r }}\"}}\n")
	callee := parse(t, "on: {workflow_call: {inputs: {r: {type: string}}}}\njobs: {j: {runs-on: \"${{ inputs.r }}\"}}\n")
	jobs := github.Read(caller, func(string) *source.Node { return callee }).Jobs
	if got := describe(jobs[len(jobs)-1]); got != "on x" {
		t.Errorf("got %q", got)
	}
}

func TestCalledWorkflowsHandOverOutputs(t *testing.T) {
	caller := parse(t, "on: push\njobs:\n  p: {uses: ./w.yaml}\n  b:\n    needs: p\n    runs-on: \"${{ needs.p.outputs.r }}\"\n")
	callee := parse(t, "on: {workflow_call: {outputs: {r: {value: \"${{ jobs.j.outputs.s }}-1\"}}}}\njobs: {j: {runs-on: y, outputs: {s: x}}}\n")
	jobs := github.Read(caller, func(string) *source.Node { return callee }).Jobs
	if got := describe(jobs[len(jobs)-1]); got != "on x-1" {
		t.Errorf("got %q", got)
	}
}

// A push to a registry that is not known may be one to Amazon ECR, whether or not the job
// logs in there.
func TestJobsMayPush(t *testing.T) {
	for _, c := range []struct {
		name, workflow string
		want           []string
	}{
		{"a variable", steps("- run: docker push ${{ vars.REGISTRY }}/shop/web:1"), []string{"vars.REGISTRY is not in the files"}},
		{"a whole name", steps("- uses: docker/build-push-action@v6\n  with: {push: true, tags: \"${{ vars.IMAGE }}\"}"), []string{"vars.IMAGE is not in the files"}},
		{"a script that cannot be read", steps("- run: if a"), []string{"the script cannot be read: `if <cond>` must be followed by `then`"}},
		{"a file of bake", steps("- run: docker buildx bake --push"), []string{"the file that docker buildx bake reads says where to push"}},
		{"an action of others", steps("- uses: int128/kaniko-action@v1\n  with: {push: true, tags: x}"), []string{"the action int128/kaniko-action is not read"}},
		{"another action of others", steps("- uses: redhat-actions/push-to-registry@v2"), []string{"the action redhat-actions/push-to-registry is not read"}},
		{"an action of others that runs a script", steps("- uses: nick-fields/retry@v3\n  with: {max_attempts: 3, command: \"docker push ${{ env.R }}/x:1\"}"), []string{"a script of the action nick-fields/retry is not read, and docker is in it"}},
		{"an action of others that runs another script", steps("- uses: nick-fields/retry@v3\n  with: {max_attempts: 3, command: \"docker pull ${{ env.R }}/x:1\"}\n- uses: slackapi/slack-github-action@v2\n  with: {payload: docker push is done}"), nil},
		{"what a shell would have made a name", steps("- run: docker push '$IMAGE:1'"), []string{"\"$IMAGE\" is no image's name"}},
		{"actions that push no image", steps("- uses: ad-m/github-push-action@v1\n- uses: pypa/gh-action-pypi-publish@v1\n- uses: docker/setup-buildx-action@v3\n- uses: actions/checkout@v6"), nil},
		{"another registry", steps("- run: docker push ghcr.io/${{ github.repository }}:1"), nil},
		{"an image of the runner", steps("- run: docker push web:1"), nil},
		{"the user of Docker Hub", steps("- uses: docker/login-action@v3\n  with: {username: \"${{ secrets.USER }}\", password: \"${{ secrets.TOKEN }}\"}\n- run: docker push ${{ secrets.USER }}/web:1"), nil},
		{"the user of Docker Hub by a command", steps("- run: |\n    docker login -u ${{ vars.USER }} -p $TOKEN\n    docker push ${{ vars.USER }}/web:1"), nil},
		{"another user than that of Docker Hub", steps("- run: |\n    docker login -u ${{ vars.USER }} -p $TOKEN\n    docker push ${{ vars.OTHER }}/web:1"), []string{"vars.OTHER is not in the files"}},
		{"a user that may change", steps("- run: |\n    docker login -u $USER -p $TOKEN\n    docker push $USER/web:1"), []string{"$USER is known only when the job runs"}},
		{"a user of another registry", steps("- uses: docker/login-action@v3\n  with: {registry: ghcr.io, username: \"${{ vars.USER }}\"}\n- run: docker push ${{ vars.USER }}/web:1"), []string{"vars.USER is not in the files"}},
		{"a cache", steps("- uses: docker/build-push-action@v6\n  with: {cache-from: \"type=registry,ref=${{ vars.IMAGE }}\"}"), nil},
		{"with a login", steps("- uses: aws-actions/amazon-ecr-login@v2\n- run: docker push ${{ vars.REGISTRY }}/shop/web:1"), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, may := range github.Read(parse(t, c.workflow), nil).Jobs[0].MayPush {
				got = append(got, may.Unknown)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
