package github_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/github"
	"keyless-runners/preflight/source"
)

// within is every job of a workflow, described, with the files of its source repository.
func within(t *testing.T, workflow string, files map[string]string) string {
	t.Helper()
	repository := func(path string) *source.Node {
		if text, ok := files[path]; ok {
			return parse(t, text)
		}
		return nil
	}
	var all []string
	for _, job := range github.Read(parse(t, workflow), repository).Jobs {
		all = append(all, strings.TrimSpace(job.ID+"\n"+describe(job)))
	}
	return strings.Join(all, "\n")
}

const loginAction = `
name: Login
inputs:
  registry: {required: true}
  region: {default: us-east-1}
outputs:
  image: {value: "${{ inputs.registry }}/${{ steps.name.outputs.name }}"}
runs:
  using: composite
  steps:
    - shell: bash
      run: aws ecr get-login-password --region ${{ inputs.region }} | docker login -u AWS --password-stdin ${{ inputs.registry }}
    - id: name
      shell: bash
      run: |
        echo name=x >> $GITHUB_OUTPUT
        echo NAME=y >> $GITHUB_ENV
`

func TestCompositeActionsAreStepsOfTheJob(t *testing.T) {
	const uses, login = "- id: l\n  uses: ./.github/actions/login\n  with: {registry: \"${{ env.R }}\"", "a\nlogin 1 " + host + " - "
	files := map[string]string{
		".github/actions/login/action.yml": loginAction,
		"outer/action.yaml":                "runs:\n  using: composite\n  steps:\n  - uses: ./.github/actions/login\n    with: {registry: \"${{ env.R }}\"}\n  - run: docker push $R/$NAME\n    shell: bash",
		"loop/action.yml":                  "runs:\n  using: composite\n  steps: [{uses: ./loop}]",
		"program/action.yml":               "runs: {using: node24, main: x.js}",
		"push-image/action.yml":            "runs:\n  using: composite\n  steps:\n  - uses: ./.github/actions/login\n    with: {registry: \"${{ env.R }}\"}\n  - run: docker push $R/x\n    shell: bash",
		"key/action.yml":                   "runs:\n  using: composite\n  steps: [{shell: bash, run: x, env: {AWS_ACCESS_KEY_ID: x}}]",
		"two/action.yml":                   "runs:\n  using: composite\n  steps:\n  - shell: bash\n    run: |\n      true\n      docker push $R/x",
	}
	for _, c := range []struct{ name, workflow, want string }{
		{"with an input", steps(uses + "}"), login + "us-east-1"},
		{"with another", steps(uses + ", Region: eu-west-1}"), login + "eu-west-1"},
		{"its output", steps(uses + "}\n- run: docker push ${{ steps.l.outputs.image }}"), login + "us-east-1\npush " + host + " x -"},
		{"what it writes for others", steps(uses + "}\n- run: docker push $R/$NAME"), login + "us-east-1\npush " + host + " y -"},
		{"its steps are its own", steps(uses + "}\n- run: docker push $R/${{ steps.name.outputs.name }}"), login + "us-east-1\npush " + host + " ?(no step has the id \"name\") -"},
		{"on a condition", steps(uses + "}\n  if: github.ref == 'refs/heads/m'\n- run: docker push $R/x"), login + "us-east-1\npush " + host + " x - after 1?"},
		{"never", steps(uses + "}\n  if: false"), "a"},
		{"in another", steps("- uses: ./outer"), login + "us-east-1\npush " + host + " y -"},
		{"with the name of one that pushes", steps("- uses: ./push-image"), login + "us-east-1\npush " + host + " x -"},
		{"with a key", steps("- uses: ./key/"), "a\nkey AWS_ACCESS_KEY_ID at 3"},
		{"that uses itself", steps("- uses: actions/checkout@v6\n- uses: ./loop"), "a\nunread ./loop"},
		{"a program", steps("- uses: actions/checkout@v6\n- uses: ./program"), "a\nunread ./program"},
		{"that is not there", steps("- uses: actions/checkout@v6\n- uses: ./none"), "a\nunread ./none"},
		{"of another source repository", steps("- uses: octo-org/actions/login@v1"), "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, within(t, c.workflow, files)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	job := github.Read(parse(t, steps("- uses: ./two")), func(path string) *source.Node {
		return map[bool]*source.Node{true: parse(t, files["two/action.yml"])}[path == "two/action.yml"]
	}).Jobs[0]
	if got := job.Pushes[0].Place.Line; got != 7 {
		t.Errorf("the push is on line %d, want 7", got)
	}
}

func TestCalledWorkflowsAreReadAsTheyAreCalled(t *testing.T) {
	const callee = "on: {workflow_call: {inputs: {name: {type: string, required: true}, tag: {type: string, default: '1'}}}}\nenv: {R: " + host + "}\njobs:\n  b: {runs-on: x, steps: [{run: 'docker push $R/${{ inputs.name }}:${{ inputs.tag }}'}]}"
	call := func(more string) string {
		return "on: push\njobs:\n  a:\n    uses: ./.github/workflows/b.yaml\n" + indented(more, 4)
	}
	files := map[string]string{
		".github/workflows/b.yaml": callee,
		"again.yaml":               "on: workflow_call\njobs: {c: {uses: ./again.yaml}}",
		"no.yaml":                  "x",
		"outer.yaml":               "on: workflow_call\njobs: {d: {uses: o/r/.github/workflows/b.yaml@v1, secrets: inherit}}",
	}
	for _, c := range []struct{ name, workflow, want string }{
		{"with inputs", call("with: {name: y, TAG: '2'}"), "a / b\non x\npush " + host + " y 2"},
		{"with defaults", call("with: {name: y}"), "a / b\non x\npush " + host + " y 1"},
		{"without an input", call("secrets: inherit"), "a / b\non x\npush " + host + " ?(input \"name\" has no default) 1"},
		{"of a matrix", call("strategy: {matrix: {n: [y, z]}}\nwith: {name: \"${{ matrix.n }}\"}"), "a / b\non x\npush " + host + " y 1\npush " + host + " z 1"},
		{"never", call("if: false\nwith: {name: y}"), ""},
		{"that calls itself", "jobs:\n  a: {uses: ./again.yaml}", "a" + strings.Repeat(" / c", 10) + "\ncalls ./again.yaml"},
		{"that is none", "jobs:\n  a: {uses: ./no.yaml}", "a\ncalls ./no.yaml"},
		{"that is not there", "jobs:\n  a: {uses: ./none.yaml}", "a\ncalls ./none.yaml"},
		{"of another source repository", "jobs:\n  a: {uses: o/r/.github/workflows/b.yaml@v1}", "a\ncalls o/r/.github/workflows/b.yaml@v1"},
		{"that calls one of another source repository", "jobs:\n  a: {uses: ./outer.yaml, secrets: inherit}", "a / d\ncalls o/r/.github/workflows/b.yaml@v1 with every secret"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, within(t, c.workflow, files)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A secret is a stored key by what the called workflow does with it, whatever its name is
// there, and by what it is called where it comes from.
func TestSecretsAreFollowedIntoCalledWorkflows(t *testing.T) {
	call := func(gives string) string { return "on: push\njobs:\n  a:\n    uses: ./b.yaml\n" + indented(gives, 4) }
	callee := func(does string) map[string]string {
		return map[string]string{"b.yaml": "on:\n  workflow_call:\njobs:\n  b:\n    runs-on: x\n    environment: production\n" + indented(does, 4)}
	}
	const renamed = "secrets: {KEY: \"${{ secrets.PRODUCTION }}\"}"
	for _, c := range []struct{ name, does, gives, want string }{
		{"an input of an action", "steps:\n- uses: aws-actions/configure-aws-credentials@v5\n  with: {aws-secret-access-key: \"${{ secrets.KEY }}\"}", renamed,
			"a / b\non x\nkey aws-secret-access-key at 9"},
		{"a variable", "env: {AWS_SECRET_ACCESS_KEY: \"${{ secrets.KEY }}\"}", renamed, "a / b\non x\nkey AWS_SECRET_ACCESS_KEY at 7"},
		{"a variable of another name", "steps:\n- env: {K: \"${{ secrets.KEY }}\"}\n  run: export AWS_SECRET_ACCESS_KEY=$K", renamed,
			"a / b\non x\nkey AWS_SECRET_ACCESS_KEY at 9"},
		{"a setting", "steps:\n- run: aws configure set aws_secret_access_key ${{ secrets.KEY }}", renamed, "a / b\non x\nkey aws_secret_access_key at 8"},
		{"an input of the workflow", "env: {AWS_SECRET_ACCESS_KEY: \"${{ inputs.key }}\"}", "with: {key: \"${{ vars.KEY }}\"}", "a / b\non x\nkey AWS_SECRET_ACCESS_KEY at 7"},
		{"inherited", "env: {AWS_SECRET_ACCESS_KEY: \"${{ secrets.KEY }}\"}", "secrets: inherit", "a / b\non x\nkey AWS_SECRET_ACCESS_KEY at 7"},
		{"by its name where it comes from", "steps:\n- uses: acme/deploy@v1\n  with: {key: \"${{ secrets.KEY }}\"}", "secrets: {KEY: \"${{ secrets.AWS_SECRET_ACCESS_KEY }}\"}",
			"a\nkey secrets.AWS_SECRET_ACCESS_KEY at 5\na / b\non x"},
		{"no key", "steps:\n- uses: acme/deploy@v1\n  with: {key: \"${{ secrets.KEY }}\"}", renamed, "a / b\non x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, within(t, call(c.gives), callee(c.does))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
