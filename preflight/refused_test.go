package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// GitHub starts nothing of a workflow whose call of another does not agree with what that declares.
func TestCallsThatGitHubRefuses(t *testing.T) {
	for _, test := range []struct{ name, on, permissions, caller, want string }{
		{"as declared", "workflow_call: {inputs: {tag: {type: string, required: true}}, secrets: {token: {required: true}}}", "id-token: write",
			"    permissions: {contents: read, id-token: write}\n    with: {Tag: v1}\n    secrets: {TOKEN: x}\n", ""},
		{"with every secret", "workflow_call: {secrets: {token: {required: true}}}", "contents: write", "    secrets: inherit\n", ""},
		{"that is none", "push: ", "contents: read", "", `4:11: error KR213: GitHub starts no job of the workflow: "./.github/workflows/push.yaml" is called and has no "on: workflow_call"`},
		{"without an input", "workflow_call: {inputs: {tag: {type: string, required: true}}}", "contents: read", "",
			`3:3: error KR213: GitHub starts no job of the workflow: job "release" gives no input "tag", and the workflow that it calls requires it`},
		{"with another input", "workflow_call: {inputs: {tag: {type: string}}}", "contents: read", "    with: {tga: v1}\n",
			`5:12: error KR213: GitHub starts no job of the workflow: input "tga" is not declared by the workflow that job "release" calls`},
		{"without a secret", "workflow_call: {secrets: {token: {required: true}}}", "contents: read", "",
			`3:3: error KR213: GitHub starts no job of the workflow: job "release" gives no secret "token", and the workflow that it calls requires it`},
		{"for a token", "workflow_call: ", "id-token: write", "",
			`4:11: error KR213: GitHub starts no job of the workflow: "./.github/workflows/push.yaml" asks for permission "id-token: write", and the job that calls it has "none"`},
		{"for more than it may read", "workflow_call: ", "contents: write", "    permissions: read-all\n",
			`4:11: error KR213: GitHub starts no job of the workflow: "./.github/workflows/push.yaml" asks for permission "contents: write", and the job that calls it has "read"`},
		{"for as much as it may write", "workflow_call: ", "{contents: write, id-token: write}", "    permissions: write-all\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, text := ids(t, nil, map[string]string{"workflow.yaml": "on: push\njobs: {}\n",
				".github/workflows/release.yaml": "on: push\njobs:\n  release:\n    uses: ./.github/workflows/push.yaml\n" + test.caller,
				".github/workflows/push.yaml":    "on: {" + test.on + "}\njobs:\n  push:\n    runs-on: [self-hosted, push-my-app]\n    permissions: {" + strings.Trim(test.permissions, "{}") + "}\n    steps: [{run: date}]\n"})
			var got string
			for line := range strings.Lines(text) {
				if _, refusal, is := strings.Cut(line, "release.yaml:"); is && strings.Contains(line, "KR213") {
					got += strings.TrimSuffix(refusal, "\n")
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got\n%s\n%s", diff, text)
			}
		})
	}
}

// GitHub starts nothing of a workflow in which anything is wrong.
func TestWorkflowsThatGitHubRefuses(t *testing.T) {
	const login = "      uses: aws-actions/amazon-ecr-login@v2\n"
	at := func(old, new string) []edit { return []edit{{"workflow.yaml", old, new}} }
	for _, test := range []struct {
		name  string
		edits []edit
		want  string
	}{
		{"as it is", nil, ""},
		{"a key of the workflow", at("on: push", "onn: push"), `2:1: error KR213: GitHub starts no job of the workflow: "onn" is no key of a workflow; did you mean "on"?`},
		{"a key of the workflow in capitals", at("on: push", "on: push\nPermissions: {id-token: write}"), `3:1: error KR213: GitHub starts no job of the workflow: "Permissions" is no key of a workflow; did you mean "permissions"?`},
		{"a key of a job", at("    steps:\n", "    timeout: 5\n    steps:\n"), `8:5: error KR213: GitHub starts no job of the workflow: "timeout" is no key of a job`},
		{"a key of a step", at(login, login+"      wiht: {}\n"), `12:7: error KR213: GitHub starts no job of the workflow: "wiht" is no key of a step; did you mean "with"?`},
		{"the id of a job", at("  push:\n", "  1push:\n"), `6:3: error KR213: GitHub starts no job of the workflow: "1push" is no id of a job: letters, digits, - and _, and no digit or - first`},
		{"a job that is not there", at("    steps:\n", "    needs: [test]\n    steps:\n"), `8:13: error KR213: GitHub starts no job of the workflow: job "push" needs job "test", which does not exist`},
		{"a job that is there", at("    steps:\n", "    needs: test\n    steps:\n"), ""},
		{"a step of nothing", at("    - id: login\n", "    - name: Log in\n    - id: login\n"), `10:7: error KR213: GitHub starts no job of the workflow: a step has neither run nor uses`},
		{"a step of both", at(login, login+"      run: echo\n"), `12:7: error KR213: GitHub starts no job of the workflow: a step has run and uses`},
		{"an action without a version", at("actions/checkout@v6", "actions/checkout"), `9:13: error KR213: GitHub starts no job of the workflow: "actions/checkout" names no version of the action, such as @v4`},
		{"an action of the source repository", at("actions/checkout@v6", "./.github/actions/checkout"), ""},
		{"a permission", at("on: push", "on: push\npermissions: {id_token: write}"), `3:15: error KR213: GitHub starts no job of the workflow: "id_token" is no permission; did you mean "id-token"?`},
		{"a permission that is new", at("on: push", "on: push\npermissions: {id-token: write, codespaces: write}"), ""},
		{"a permission in capitals", at("on: push", "on: push\npermissions: {id-token: write, Contents: read}"), `3:32: error KR213: GitHub starts no job of the workflow: "Contents" is no permission; did you mean "contents"?`},
		{"keys that the page of the syntax does not have", at("    steps:\n", "    cancel-timeout-minutes: 5\n    steps:\n"), ""},
		{"a description", at("on: push", "on: push\ndescription: Pushes"), ""},
		{"no runner", at("    runs-on: [self-hosted, push-my-app]\n", ""), `6:3: error KR213: GitHub starts no job of the workflow: a job has no runs-on`},
		{"a runner of a call", at("    steps:\n", "    uses: ./.github/workflows/push.yaml\n    steps:\n"), `8:5: error KR213: GitHub starts no job of the workflow: a job has runs-on and uses`},
		{"a variable of a variable", at("on: push\nenv:\n", "on: push\nenv:\n  REGISTRY: ${{ env.AWS_REGION }}\n"), `4:13: error KR213: GitHub starts no job of the workflow: "REGISTRY" uses "env", and GitHub does not have that there`},
		{"a variable of the step's own condition", at("    - id: login\n", "    - id: login\n      if: env.AWS_REGION != ''\n"), ""},
		{"a variable of the job's condition", at("    steps:\n", "    if: ${{ !env.ACT }}\n    steps:\n"), `8:9: error KR213: GitHub starts no job of the workflow: "if" uses "env", and GitHub does not have that there`},
		{"a secret of a condition", at("    steps:\n", "    if: secrets.FOSSA_API_KEY != ''\n    steps:\n"), `8:9: error KR213: GitHub starts no job of the workflow: "if" uses "secrets", and GitHub does not have that there`},
		{"a value of the matrix before there is one", at("    steps:\n", "    strategy: {matrix: {a: [1]}}\n    if: matrix.a == 1\n    steps:\n"), `9:9: error KR213: GitHub starts no job of the workflow: "if" uses "matrix", and GitHub does not have that there`},
		{"a value of the matrix in a name", at("    steps:\n", "    strategy: {matrix: {a: [1]}}\n    name: push ${{ matrix.a }}\n    steps:\n"), ""},
		{"a shell of the job", at(login, login+"    - run: date\n      shell: echo ${{ job.status }}\n"), `13:14: error KR213: GitHub starts no job of the workflow: "shell" uses "job", and GitHub does not have that there`},
		{"a shell of an expression", at(login, login+"    - run: date\n      shell: ${{ 'sh {0}' }}\n"), ""},
		{"a shell of the matrix for all steps", at("    steps:\n", "    strategy: {matrix: {a: [sh]}}\n    defaults: {run: {shell: '${{ matrix.a }}'}}\n    steps:\n"), ""},
		{"double quotes", at("    steps:\n", "    if: github.ref == \"refs/heads/main\"\n    steps:\n"), `8:9: error KR213: GitHub starts no job of the workflow: "if" has an expression that cannot be read: "github.ref == \"refs/heads/main\""`},
		{"an expression without an end", at("    steps:\n", "    name: push ${{ github.ref\n    steps:\n"), `8:11: error KR213: GitHub starts no job of the workflow: "name" has "${{" without "}}"`},
		{"a function", at("    steps:\n", "    if: begins(github.ref, 'refs/tags/')\n    steps:\n"), `8:9: error KR213: GitHub starts no job of the workflow: "if" calls "begins", and GitHub has no such function there`},
		{"a function of steps", at("    steps:\n", "    if: hashFiles('Dockerfile') != '' && success()\n    steps:\n"), `8:9: error KR213: GitHub starts no job of the workflow: "if" calls "hashFiles", and GitHub has no such function there`},
		{"one id twice", at(login, login+"    - id: Login\n      run: date\n"), `12:11: error KR213: GitHub starts no job of the workflow: "Login" is the id of two steps`},
		{"a word that GitHub does not have", at("jobs:\n", "concurrency: {group: push, queue: many}\njobs:\n"), `5:35: error KR213: GitHub starts no job of the workflow: "queue" is "many"; GitHub accepts "max" or "single"`},
		{"a text where a boolean is", at("    steps:\n", "    continue-on-error: maybe\n    steps:\n"), `8:24: error KR213: GitHub starts no job of the workflow: "continue-on-error" is "maybe"; GitHub accepts a boolean`},
		{"a job that waits for itself", at("    steps:\n", "    needs: push\n    steps:\n"), `6:3: error KR213: GitHub starts no job of the workflow: job "push" waits for itself`},
		{"a job behind jobs that wait for each other", append(at("jobs:\n", "jobs:\n  a: {needs: b, runs-on: ubuntu-24.04, steps: [{run: date}]}\n  b: {needs: a, runs-on: ubuntu-24.04, steps: [{run: date}]}\n"), edit{"workflow.yaml", "    steps:\n", "    needs: a\n    steps:\n"}),
			`6:3: error KR213: GitHub starts no job of the workflow: job "a" waits for itself` + `7:3: error KR213: GitHub starts no job of the workflow: job "b" waits for itself`},
		{"paths of two kinds", at("on: push", "on: {push: {paths: [a], paths-ignore: [b]}}"), `2:25: error KR213: GitHub starts no job of the workflow: "push" has paths and paths-ignore`},
		{"a filter that GitHub ignores", at("on: push", "on: {push: {path: [a]}, create: {branches: [main]}}"), ""},
		{"the level of a permission", at("on: push", "on: push\npermissions: {id-token: read}"), `3:25: error KR213: GitHub starts no job of the workflow: "id-token" is "read"; GitHub accepts "none" or "write"`},
		{"a word for all permissions", at("on: push", "on: push\npermissions: write"), `3:14: error KR213: GitHub starts no job of the workflow: "permissions" is "write"; GitHub accepts "read-all", "write-all" or an object`},
		{"a time", at("    steps:\n", "    timeout-minutes: 10m\n    steps:\n"), `8:22: error KR213: GitHub starts no job of the workflow: "timeout-minutes" is "10m"; GitHub accepts a number`},
		{"a time of an expression", at("    steps:\n", "    timeout-minutes: ${{ fromJSON(vars.MINUTES) }}\n    steps:\n"), ""},
		{"nothing where variables are", at("    steps:\n", "    env:\n    steps:\n"), `8:5: error KR213: GitHub starts no job of the workflow: "env" is empty; GitHub accepts an object`},
		{"a key of a key", at("    steps:\n", "    concurrency: {group: push, cancel-in-progres: true}\n    steps:\n"), `8:32: error KR213: GitHub starts no job of the workflow: "cancel-in-progres" is no key of "concurrency"; did you mean "cancel-in-progress"?`},
		{"a key that has to be there", at("    steps:\n", "    concurrency: {cancel-in-progress: true}\n    steps:\n"), `8:5: error KR213: GitHub starts no job of the workflow: "concurrency" has no group`},
		{"a list of a text", at(login, login+"      with: {registries: [\"111122223333\"]}\n"), `12:14: error KR213: GitHub starts no job of the workflow: "registries" is a list; GitHub accepts a string`},
		{"steps side by side", at("    - id: login\n", "    - parallel:\n      - run: date\n    - id: login\n"), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			edits := test.edits
			if strings.Contains(test.name, "that is there") {
				edits = append(edits, edit{"workflow.yaml", "jobs:\n", "jobs:\n  test: {runs-on: ubuntu-24.04, steps: [{run: make}]}\n"})
			}
			_, text := ids(t, edits, nil)
			var got string
			for line := range strings.Lines(text) {
				if _, refusal, is := strings.Cut(line, "workflow.yaml:"); is && strings.Contains(line, "KR213") {
					got += strings.TrimSuffix(refusal, "\n")
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got\n%s\n%s", diff, text)
			}
		})
	}
}
