package preflight_test

import (
	"strings"
	"testing"
)

// A condition holds in some run, or in none, by what starts the workflow and by the types that GitHub compares.
func TestPushesThatNoRunMakes(t *testing.T) {
	const (
		dispatch = "{workflow_dispatch: {inputs: {push: {type: boolean, default: true}, tag: {default: latest}, kind: {type: choice, options: [a, b]}}}}"
		branches = "{push: {branches: [main, 'release/**']}}"
	)
	for _, test := range []struct{ name, on, condition, want string }{
		{"a branch", branches, "github.ref == 'refs/heads/main'", ""},
		{"a branch in capitals", branches, "github.ref == 'refs/heads/Main'", ""},
		{"a branch of a pattern", branches, "github.ref == 'refs/heads/release/1'", ""},
		{"a branch without refs/heads", branches, "github.ref == 'main'", "KR228"},
		{"another branch", branches, "github.ref == 'refs/heads/master'", "KR228"},
		{"not another branch", branches, "github.ref != 'refs/heads/master'", ""},
		{"another branch, or the event", branches, "github.ref == 'refs/heads/master' || github.event_name == 'push'", ""},
		{"a branch that is left out", "{push: {branches-ignore: [main]}}", "github.ref == 'refs/heads/main'", "KR228"},
		{"a branch that is not left out", "{push: {branches-ignore: [main]}}", "github.ref == 'refs/heads/dev'", ""},
		{"a branch of tags alone", "{push: {tags: ['v*']}}", "github.ref == 'refs/heads/main'", "KR228"},
		{"a branch of any push", "push", "github.ref == 'refs/heads/main'", ""},
		{"a branch by hand", "[workflow_dispatch]", "github.ref == 'refs/heads/main'", ""},
		{"a branch by its name", branches, "github.ref_name == 'main'", ""},
		{"a branch by its name, with refs/heads", branches, "github.ref_name == 'refs/heads/main'", "KR228"},
		{"a tag", branches, "startsWith(github.ref, 'refs/tags/v')", "KR228"},
		{"a tag within the ref", branches, "contains(github.ref, 'refs/tags/')", "KR228"},
		{"a part of the ref", branches, "contains(github.ref, 'tags')", ""},
		{"a tag by its type", branches, "github.ref_type == 'tag'", "KR228"},
		{"a branch by its type", branches, "github.ref_type == 'branch'", ""},
		{"a tag that starts it", "{push: {tags: ['v*']}}", "startsWith(github.ref, 'refs/tags/v')", ""},
		{"a tag of a release", "{release: {types: [published]}}", "startsWith(github.ref, 'refs/tags/')", ""},
		{"a branch of a pull request", "pull_request", "github.ref == 'refs/heads/main'", "KR228"},
		{"a branch of a pull request that is merged", "{pull_request: {types: [closed]}}", "github.ref == 'refs/heads/main' && github.event.pull_request.merged == true", ""},
		{"the base of a pull request", "pull_request", "github.base_ref == 'main'", ""},
		{"the base of a push", branches, "github.base_ref == 'main'", "KR228"},
		{"a merge of a push", branches, "github.event.pull_request.merged == true", "KR228"},
		{"an event", branches, "github.event_name == 'push'", ""},
		{"another event", branches, "github.event_name == 'release'", "KR228"},
		{"a misspelt event", "[push, pull_request]", "github.event_name == 'pull-request'", "KR228"},
		{"an event that it is not", "[push, pull_request]", "github.event_name != 'pull_request'", ""},
		{"a boolean", dispatch, "inputs.push", ""},
		{"a boolean as a text", dispatch, "inputs.push == 'true'", "KR228"},
		{"a boolean as a boolean", dispatch, "inputs.push == true", ""},
		{"a boolean of the event, which is a text", dispatch, "github.event.inputs.push == 'true'", ""},
		{"a boolean of the event as a boolean", dispatch, "github.event.inputs.push == true", "KR228"},
		{"a text", dispatch, "inputs.tag == 'latest'", ""},
		{"a choice", dispatch, "inputs.kind == 'b'", ""},
		{"a variable", branches, "env.PUSH == 'true'", ""},
		{"a variable as a boolean", branches, "env.PUSH == true", "KR228"},
		{"a variable that turns it off", branches, "env.OFF == 'true'", "KR228"},
		{"a switch", branches, "false", "KR228"},
		{"an output", branches, "steps.login.outputs.registry != ''", ""},
		{"an output of no step", branches, "steps.changes.outputs.any == 'true'", "KR228"},
		{"that no step has an output", branches, "steps.changes.outputs.any != 'true'", ""},
		{"an outcome", branches, "steps.login.outcome == 'success'", ""},
		{"a misspelt outcome", branches, "steps.login.outcome == 'succeeded'", "KR228"},
		{"runs that fail", branches, "failure()", ""},
		{"who started it", branches, "github.actor == 'octo'", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, []edit{
				{"workflow.yaml", "on: push\n", "on: " + test.on + "\n"},
				{"workflow.yaml", "env:\n  AWS_REGION: us-east-1\n", "env:\n  AWS_REGION: us-east-1\n  PUSH: true\n  OFF: false\n"},
				{"workflow.yaml", "      run: |\n", "      if: " + test.condition + "\n      run: |\n"},
			}, nil)
			got = strings.Fields(strings.ReplaceAll(strings.Join(got, " "), "KR058", ""))
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// A script tests what the run decides too.
func TestBranchesOfScriptsThatNoRunTakes(t *testing.T) {
	for name, test := range map[string]struct{ script, want string }{
		"a ref":                     {`if [ "$GITHUB_REF" = refs/heads/main ]; then PUSH; fi`, ""},
		"a branch as a ref":         {`if [ "$GITHUB_REF" = main ]; then PUSH; fi`, "KR228"},
		"a ref as a branch":         {`if [[ $GITHUB_REF_NAME == "refs/heads/main" ]]; then PUSH; fi`, "KR228"},
		"a branch":                  {`if [[ $GITHUB_REF_NAME == "main" ]]; then PUSH; fi`, ""},
		"a pattern":                 {`if [[ $GITHUB_REF == */main ]]; then PUSH; fi`, ""},
		"an event":                  {`if test "${GITHUB_EVENT_NAME}" = pull_request; then PUSH; fi`, "KR228"},
		"an event behind another":   {`if [ "$GITHUB_EVENT_NAME" = pull_request ]; then make; elif [ "$GITHUB_REF" = main ]; then PUSH; fi`, "KR228"},
		"not an event":              {`if [ "$GITHUB_EVENT_NAME" != pull_request ]; then PUSH; fi`, ""},
		"what is done otherwise":    {`if [ "$GITHUB_EVENT_NAME" = pull_request ]; then make; else PUSH; fi`, ""},
		"an expression":             {`if [ "${{ github.ref }}" = main ]; then PUSH; fi`, "KR228"},
		"an event, in one line":     {`[ "$GITHUB_EVENT_NAME" = pull_request ] && PUSH || true`, "KR228"},
		"an event that ends it":     {`[ "$GITHUB_EVENT_NAME" != pull_request ] || exit 0; PUSH`, ""},
		"a variable of the script":  {`GITHUB_REF=main; if [ "$GITHUB_REF" = main ]; then PUSH; fi`, ""},
		"a build that is not made":  {`if [ "$GITHUB_REF" = main ]; then make; fi; PUSH`, ""},
		"a part of a ref":           {`if [ "${GITHUB_REF#refs/heads/}" = main ]; then PUSH; fi`, ""},
		"a switch of the workflow":  {`if [ "$OFF" = true ]; then PUSH; fi`, ""},
		"a case":                    {`case "$GITHUB_REF" in refs/heads/main) PUSH ;; esac`, ""},
		"a case of no run":          {`case "$GITHUB_REF" in main|dev) PUSH ;; esac`, "KR228"},
		"a case of a pattern":       {`case "$GITHUB_REF" in */main) PUSH ;; esac`, ""},
		"another case":              {`case "$GITHUB_REF_NAME" in dev) make ;; *) PUSH ;; esac`, ""},
		"a ref that is not the one": {`if [ "$GITHUB_REF" = refs/heads/dev ]; then PUSH; fi`, "KR228"},
	} {
		t.Run(name, func(t *testing.T) {
			got, text := ids(t, []edit{
				{"workflow.yaml", "on: push\n", "on: {push: {branches: [main]}}\n"},
				{"workflow.yaml", "env:\n  AWS_REGION: us-east-1\n", "env:\n  AWS_REGION: us-east-1\n  OFF: false\n"},
				{"workflow.yaml", `docker push "$IMAGE"`, strings.ReplaceAll(test.script, "PUSH", `docker push "$IMAGE"`)},
			}, nil)
			got = strings.Fields(strings.ReplaceAll(strings.Join(got, " "), "KR058", ""))
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// What no run comes to stands in jobs, in what they need, and beside other pushes.
func TestJobsThatNoRunComesTo(t *testing.T) {
	const (
		runs  = "    runs-on: [self-hosted, push-my-app]\n"
		push  = runs + "    steps:\n    - id: login\n      uses: aws-actions/amazon-ecr-login@v2\n    - uses: docker/build-push-action@v6\n      with: {push: true, tags: \"${{ steps.login.outputs.registry }}/my-app:${{ github.sha }}\"}\n"
		tests = "  test:\n    runs-on: ubuntu-latest\n    if: github.event_name == 'pull_request'\n    steps: [{run: make}]\n"
	)
	for name, test := range map[string]struct{ jobs, want string }{
		"a job":                                  {"  push:\n    if: github.ref == 'main'\n" + push, "KR228"},
		"a job that is turned off":               {"  push:\n    if: false\n" + push, "KR228"},
		"a job that is turned off, and another":  {"  push:\n" + push + "  old:\n    if: false\n" + push, ""},
		"a job that no run has, and another":     {"  push:\n" + push + "  old:\n    if: github.ref == 'main'\n" + push, "KR228"},
		"a job that needs one":                   {tests + "  push:\n    needs: test\n" + push, "KR228"},
		"a job that needs one and runs anyway":   {tests + "  push:\n    needs: test\n    if: \"!failure() && !cancelled()\"\n" + push, ""},
		"a job that needs one that may run":      {strings.Replace(tests, "pull_request", "push", 1) + "  push:\n    needs: test\n" + push, ""},
		"a job that needs a job that needs one":  {tests + "  next:\n    needs: [test]\n    runs-on: ubuntu-latest\n    steps: [{run: make}]\n  push:\n    needs: next\n" + push, "KR228"},
		"a job that builds alone":                {"  push:\n" + push + "  old:\n    if: github.ref == 'main'\n" + runs + "    steps: [{run: docker build .}]\n", ""},
		"a login":                                {"  push:\n" + strings.Replace(push, "    - id", "    - if: github.ref == 'main'\n      id", 1), "KR228 KR063"},
		"a digest that is not pushed":            {"  push:\n" + strings.Replace(push, "push: true, tags: \"${{ steps.login.outputs.registry }}/my-app:${{ github.sha }}\"", "outputs: \"type=image,name=${{ steps.login.outputs.registry }}/my-app,push-by-digest=true\"", 1), "KR228"},
		"a push on an expression":                {"  push:\n" + strings.Replace(push, "push: true", "push: \"${{ github.ref == 'main' }}\"", 1), "KR228"},
		"a push that is left out":                {"  push:\n" + strings.Replace(push, "push: true", "push: false", 1), ""},
		"a push of an input that no caller gave": {"  push:\n" + strings.Replace(push, "push: true", "push: \"${{ inputs.push }}\"", 1), ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, text := ids(t, nil, map[string]string{"workflow.yaml": "on: push\nenv: {AWS_REGION: us-east-1}\njobs:\n" + test.jobs})
			got = strings.Fields(strings.ReplaceAll(strings.Join(got, " "), "KR058", ""))
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// An input of an action is a text, and one of a called workflow what it is declared to be, whatever a caller gives.
func TestInputsOfCallersThatNoRunHas(t *testing.T) {
	const (
		image = "    - env: {IMAGE: \"${{ steps.login.outputs.registry }}/my-app:${{ github.sha }}\"}\n      if: IF\n      shell: bash\n      run: docker build --tag \"$IMAGE\" . && docker push \"$IMAGE\"\n"
		login = "    - id: login\n      uses: aws-actions/amazon-ecr-login@v2\n"
		start = "on: push\nenv: {AWS_REGION: us-east-1}\njobs:\n  push:\n"
		runs  = "    runs-on: [self-hosted, push-my-app]\n"
	)
	action := func(condition, given string) map[string]string {
		return map[string]string{
			"workflow.yaml":    start + runs + "    steps:\n    - uses: actions/checkout@v6\n    - uses: ./image\n      with: {push: " + given + "}\n",
			"image/action.yml": "inputs: {push: {default: 'false'}}\nruns:\n  using: composite\n  steps:\n" + login + strings.Replace(image, "IF", condition, 1),
		}
	}
	called := func(condition, given string) map[string]string {
		return map[string]string{
			"workflow.yaml":                "on: push\njobs: {none: {runs-on: ubuntu-latest, steps: [{run: make}]}}\n",
			".github/workflows/main.yaml":  "on: push\njobs:\n  push:\n    uses: ./.github/workflows/build.yaml\n    with: {push: " + given + "}\n",
			".github/workflows/build.yaml": "on: {workflow_call: {inputs: {push: {type: boolean}}}}\nenv: {AWS_REGION: us-east-1}\njobs:\n  push:\n" + runs + "    steps:\n" + login + strings.Replace(image, "IF", condition, 1),
		}
	}
	for name, test := range map[string]struct {
		files map[string]string
		want  string
	}{
		"an action's, as a text":                 {action("inputs.push == 'true'", "true"), ""},
		"an action's, as a boolean":              {action("inputs.push == true", "true"), "KR228"},
		"an action's, which is not given":        {action("inputs.push == 'true'", "false"), ""},
		"a called workflow's, as a boolean":      {called("inputs.push == true", "true"), ""},
		"a called workflow's, as a text":         {called("inputs.push == 'true'", "true"), "KR228"},
		"a called workflow's, that is not given": {called("inputs.push", "false"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, text := ids(t, nil, test.files)
			got = strings.Fields(strings.ReplaceAll(strings.Join(got, " "), "KR058", ""))
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// The name of a branch is no tag if there is a slash in it.
func TestTagsOfBranchesWithASlash(t *testing.T) {
	for _, test := range []struct{ name, on, tag, more, want string }{
		{"a branch without", "{push: {branches: [main, dev]}}", "${{ github.ref_name }}", "", "KR140"},
		{"a branch with one", "{push: {branches: [main, 'feature/**']}}", "${{ github.ref_name }}", "", "KR140 KR225"},
		{"any branch", "{push: {branches: ['**']}}", "${{ github.ref_name }}", "", "KR140"},
		{"a branch with one, in a script", "{push: {branches: ['release/1.x']}}", "$GITHUB_REF_NAME", "", "KR140 KR225"},
		{"a branch with one, and what replaces it", "{push: {branches: ['feature/**']}}", "${GITHUB_REF_NAME//\\//-}", "", "KR140"},
		{"a branch with one, on a condition", "{push: {branches: [main, 'feature/**']}}", "${{ github.ref_name }}", "      if: github.ref_name == 'main'\n", "KR140"},
		{"a branch that is left out", "{push: {branches: ['**', '!feature/**']}}", "${{ github.ref_name }}", "", "KR140"},
		{"the commit of one", "{push: {branches: ['feature/**']}}", "${{ github.sha }}", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			image := "${{ steps.login.outputs.registry }}/my-app:" + test.tag
			got, text := ids(t, []edit{
				{"workflow.yaml", "on: push\n", "on: " + test.on + "\n"},
				{"workflow.yaml", "      run: |\n", test.more + "      run: |\n"},
				{"workflow.yaml", "        docker build --tag \"$IMAGE\" .\n        docker push \"$IMAGE\"\n", "        docker build --tag \"" + image + "\" .\n        docker push \"" + image + "\"\n"},
			}, nil)
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
