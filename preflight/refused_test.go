package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

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
		{"a key of the workflow in capitals", at("on: push", "On: push"), ""},
		{"a key of a job", at("    steps:\n", "    timeout: 5\n    steps:\n"), `8:5: error KR213: GitHub starts no job of the workflow: "timeout" is no key of a job`},
		{"a key of a step", at(login, login+"      wiht: {}\n"), `12:7: error KR213: GitHub starts no job of the workflow: "wiht" is no key of a step; did you mean "with"?`},
		{"the id of a job", at("  push:\n", "  1push:\n"), `6:3: error KR213: GitHub starts no job of the workflow: "1push" is no id of a job: letters, digits, - and _, and no digit or - first`},
		{"a job that is not there", at("    steps:\n", "    needs: [test]\n    steps:\n"), `8:13: error KR213: GitHub starts no job of the workflow: job "push" needs job "test", which does not exist`},
		{"a job that is there", at("    steps:\n", "    needs: test\n    steps:\n"), ""},
		{"a step of nothing", at("    - id: login\n", "    - name: Log in\n    - id: login\n"), `10:7: error KR213: GitHub starts no job of the workflow: a step has neither run nor uses`},
		{"a step of both", at(login, login+"      run: echo\n"), `11:13: error KR213: GitHub starts no job of the workflow: a step has run and uses`},
		{"an action without a version", at("actions/checkout@v6", "actions/checkout"), `9:13: error KR213: GitHub starts no job of the workflow: "actions/checkout" names no version of the action, such as @v4`},
		{"an action of the source repository", at("actions/checkout@v6", "./.github/actions/checkout"), ""},
		{"a permission", at("on: push", "on: push\npermissions: {id_token: write}"), `3:15: error KR213: GitHub starts no job of the workflow: "id_token" is no permission; did you mean "id-token"?`},
		{"a permission that is new", at("on: push", "on: push\npermissions: {id-token: write, codespaces: write}"), ""},
		{"a permission in capitals", at("on: push", "on: push\npermissions: {id-token: write, Contents: read}"), ""},
		{"keys that the page of the syntax does not have", at("    steps:\n", "    cancel-timeout-minutes: 5\n    steps:\n"), ""},
		{"a description", at("on: push", "on: push\ndescription: Pushes"), ""},
		{"no runner", at("    runs-on: [self-hosted, push-my-app]\n", ""), `6:3: error KR213: GitHub starts no job of the workflow: job "push" has no runs-on`},
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
