package workflows_test

import (
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rhysd/actionlint"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/identity"
	"keyless-runners/workflows"
)

func pools(t *testing.T) []fleet.Pool {
	t.Helper()
	declared, err := fleet.Declared()
	if err != nil {
		t.Fatal(err)
	}
	return slices.Concat(fleettest.Article().Pools, fleettest.Large().Pools, declared.Pools,
		[]fleet.Pool{articleBy(fleet.WayPodIdentity), articleBy(fleet.WayBoth)})
}

// articleBy is the article's pool with another way to its role.
func articleBy(way fleet.Way) fleet.Pool {
	pool := fleettest.Article().Pools[0]
	pool.Name, pool.Way = identity.PoolName(strings.ReplaceAll(strings.ToLower(string(way)), " ", "-")), way
	return pool
}

func rendered(t *testing.T, pool fleet.Pool) string {
	t.Helper()
	workflow, err := workflows.RenderPool(pool)
	if err != nil {
		t.Fatal(err)
	}
	return string(workflow)
}

func parse(t *testing.T, workflow string) *actionlint.Workflow {
	t.Helper()
	parsed, errs := actionlint.Parse([]byte(workflow))
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return parsed
}

func TestActionlintFindsNothingWithTheRenderedConfiguration(t *testing.T) {
	file := filepath.Join(t.TempDir(), "actionlint.yaml")
	config := workflows.RenderActionlint(fleet.Fleet{Pools: pools(t)})
	if err := os.WriteFile(file, config, 0o644); err != nil {
		t.Fatal(err)
	}
	linter, err := actionlint.NewLinter(io.Discard, &actionlint.LinterOptions{ConfigFile: file})
	if err != nil {
		t.Fatal(err)
	}
	for _, pool := range pools(t) {
		findings, err := linter.Lint(string(pool.Name)+".yaml", []byte(rendered(t, pool)), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, finding := range findings {
			t.Errorf("pool %s: %v", pool.Name, finding)
		}
	}
}

func TestActionlintsConfigurationHasEachLabelOnce(t *testing.T) {
	pools := []fleet.Pool{
		{Labels: []identity.RunnerLabel{"push-web", "linux"}},
		{Labels: []identity.RunnerLabel{"X64", "Push-Web", "gpu"}},
		{Labels: []identity.RunnerLabel{"Arm-Build", "self-hosted", "arm64"}},
	}
	want := `# Rendered by keyless-runners to dist/workflows/.github/actionlint.yaml. Change the fleet, not this file.
#
# Copy it to .github/ of the source repositories, or add its labels to theirs.
self-hosted-runner:
  labels:
    - "Arm-Build"
    - "gpu"
    - "push-web"
`
	if diff := cmp.Diff(want, string(workflows.RenderActionlint(fleet.Fleet{Pools: pools}))); diff != "" {
		t.Errorf("configuration (-want +got):\n%s", diff)
	}
}

// storedKey is what a workflow with a stored key or its own identity has.
var storedKey = regexp.MustCompile(`(?i)secrets\.|secrets:|access[-_]key|session[-_]token|configure-aws-credentials|id-token|\b(AKIA|ASIA)[0-9A-Z]{16}\b`)

func TestNoWorkflowHoldsAKey(t *testing.T) {
	before, err := os.ReadFile("testdata/before.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"configure-aws-credentials", "access-key", "secrets.", "ACCESS_KEY", "access-key", "secrets.", "ACCESS_KEY"}
	if diff := cmp.Diff(want, storedKey.FindAllString(string(before), -1)); diff != "" {
		t.Errorf("what gives the article's first workflow away (-want +got):\n%s", diff)
	}
	for _, pool := range pools(t) {
		if found := storedKey.FindAllString(rendered(t, pool), -1); found != nil {
			t.Errorf("pool %s: got %q, want nothing of a key", pool.Name, found)
		}
	}
}

func TestWorkflowMayReadTheSourceAndNothingElse(t *testing.T) {
	for _, pool := range pools(t) {
		workflow := parse(t, rendered(t, pool))
		got := map[string]string{}
		for scope, permission := range workflow.Permissions.Scopes {
			got[scope] = permission.Value.Value
		}
		if diff := cmp.Diff(map[string]string{"contents": "read"}, got); diff != "" {
			t.Errorf("pool %s: permissions (-want +got):\n%s", pool.Name, diff)
		}
		if workflow.Jobs["push"].Permissions != nil {
			t.Errorf("pool %s: the job has permissions of its own", pool.Name)
		}
	}
}

func TestActionsArePinnedByCommit(t *testing.T) {
	uses := regexp.MustCompile(`(?m)^ +uses: (.*)$`)
	pinned := regexp.MustCompile(`^[a-z-]+/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	for _, pool := range pools(t) {
		lines := uses.FindAllStringSubmatch(rendered(t, pool), -1)
		if len(lines) != 2 {
			t.Errorf("pool %s: got %d actions, want 2", pool.Name, len(lines))
		}
		for _, line := range lines {
			if !pinned.MatchString(line[1]) {
				t.Errorf("pool %s: got %q, want OWNER/NAME@COMMIT # VERSION", pool.Name, line[1])
			}
		}
	}
}

func TestOtherSourceRepositoriesCanCallTheWorkflow(t *testing.T) {
	workflow := parse(t, rendered(t, fleettest.Article().Pools[0]))
	call, ok := workflow.FindWorkflowCallEvent()
	if !ok {
		t.Fatal("no workflow_call")
	}
	got := map[string]string{}
	for _, input := range call.Inputs {
		got[input.Name.Value] = input.Default.Value
	}
	want := map[string]string{"image-repository": "my-app", "context": ".", "file": "Dockerfile"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("inputs and defaults (-want +got):\n%s", diff)
	}
	if len(call.Secrets) != 0 {
		t.Errorf("got %d secrets, want none", len(call.Secrets))
	}
	if got := call.Outputs["image"].Value.Value; got != "${{ jobs.push.outputs.image }}" {
		t.Errorf("got output %q", got)
	}
}

// An expression in a script would run whatever text it is replaced by
// (https://docs.github.com/en/actions/reference/security/secure-use).
func TestNoScriptHoldsAnExpression(t *testing.T) {
	for _, pool := range pools(t) {
		for _, step := range parse(t, rendered(t, pool)).Jobs["push"].Steps {
			if script, ok := step.Exec.(*actionlint.ExecRun); ok && strings.Contains(script.Run.Value, "${{") {
				t.Errorf("pool %s: an expression in the script of %q", pool.Name, step.Name.Value)
			}
		}
	}
}

func TestWorkflowOffersWhereItsPoolPushes(t *testing.T) {
	shop := rendered(t, fleettest.Large().Pools[0])
	for _, want := range []string{
		"    # checkov:skip=CKV_GHA_7:the job refuses an image repository that is not the pool's\n    inputs:\n      image-repository:\n",
		"        options:\n          - \"shop/web\"\n          - \"shop/api\"\n",
		"        type: string\n        default: \"shop/web\"\n",
		"            shop/web) ;;\n            shop/api) ;;\n            *)\n",
		"          registries: \"111122223333\"\n",
	} {
		if !strings.Contains(shop, want) {
			t.Errorf("the workflow of shop lacks\n%s", want)
		}
	}
}

// A pool with one image repository leaves nothing to choose to who starts its workflow.
func TestWorkflowOffersNoChoiceOfOne(t *testing.T) {
	workflow := parse(t, rendered(t, fleettest.Article().Pools[0]))
	for _, event := range workflow.On {
		if dispatch, ok := event.(*actionlint.WorkflowDispatchEvent); ok && len(dispatch.Inputs) == 0 {
			return
		}
	}
	t.Error("got inputs of workflow_dispatch or no workflow_dispatch, want workflow_dispatch without inputs")
}

// A second run of a commit must not push beside the first, whose tag is immutable; a
// run of another commit, image repository or registry must not wait or be canceled.
func TestRunsOfOneImageWaitForEachOther(t *testing.T) {
	for _, test := range []struct {
		pool fleet.Pool
		want string
	}{
		{fleettest.Article().Pools[0], "111122223333.dkr.ecr.us-east-1.amazonaws.com/${{ inputs.image-repository || 'my-app' }}:${{ github.sha }}"},
		{fleettest.Large().Pools[0], "111122223333.dkr.ecr.us-east-1.amazonaws.com/${{ inputs.image-repository || 'shop/web' }}:${{ github.sha }}"},
	} {
		concurrency := parse(t, rendered(t, test.pool)).Concurrency
		if concurrency == nil || concurrency.Group.Value != test.want || concurrency.CancelInProgress != nil {
			t.Errorf("pool %s: got concurrency %+v, want group %q and no cancel-in-progress", test.pool.Name, concurrency, test.want)
		}
	}
}

// run runs the script of one step of a pool's workflow, with a docker that
// tells what it was asked and knows the images in has.
func run(t *testing.T, pool fleet.Pool, step string, has string, env ...string) (output string, err error) {
	t.Helper()
	script := ""
	for _, s := range parse(t, rendered(t, pool)).Jobs["push"].Steps {
		if s.Name.Value == step {
			script = s.Exec.(*actionlint.ExecRun).Run.Value
		}
	}
	if script == "" {
		t.Fatalf("no step %q", step)
	}
	docker := "#!/bin/sh\nif [ \"$1\" = manifest ]; then [ \"$3\" = \"$HAS\" ]; exit; fi\necho docker \"$@\"\n"
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "docker"), []byte(docker), 0o755); err != nil {
		t.Fatal(err)
	}
	command := exec.Command("bash", "-e", "-c", script)
	command.Env = append(env, "LC_ALL=C", "PATH="+dir+":"+os.Getenv("PATH"), "HAS="+has, "GITHUB_OUTPUT="+filepath.Join(dir, "output"))
	printed, err := command.CombinedOutput()
	if set, readErr := os.ReadFile(filepath.Join(dir, "output")); readErr == nil {
		printed = append(printed, "output "+string(set)...)
	}
	return strings.TrimSpace(string(printed)), err
}

func TestWrongRunnerIsToldSoAtOnce(t *testing.T) {
	const (
		step = "Check the runner's role and the image repository"
		want = "WANT_ROLE_ARN=arn:aws:iam::111122223333:role/self_hosted_runner_role"
		role = "AWS_ROLE_ARN=arn:aws:iam::111122223333:role/self_hosted_runner_role"
		repo = "ECR_REPOSITORY=my-app"
	)
	for _, test := range []struct {
		name   string
		env    []string
		output string
		fails  bool
	}{
		{"right", []string{want, role, repo}, "", false},
		{"no role", []string{want, repo},
			"::error::this runner has the role '', want 'arn:aws:iam::111122223333:role/self_hosted_runner_role': is it of pool build, and was its Pod created after its ServiceAccount?", true},
		{"another role", []string{want, role + "2", repo},
			"::error::this runner has the role 'arn:aws:iam::111122223333:role/self_hosted_runner_role2', want 'arn:aws:iam::111122223333:role/self_hosted_runner_role': is it of pool build, and was its Pod created after its ServiceAccount?", true},
		{"another image repository", []string{want, role, "ECR_REPOSITORY=my-app2"},
			"::error::pool build does not push to 'my-app2'", true},
	} {
		output, err := run(t, fleettest.Article().Pools[0], step, "", test.env...)
		if output != test.output || (err != nil) != test.fails {
			t.Errorf("%s:\ngot  %q, %v\nwant %q, failure %v", test.name, output, err, test.output, test.fails)
		}
	}
}

// tokenFile is a file with a token as Kubernetes issues it: the claims are in the order of
// their names, in base64 for URLs without padding.
func tokenFile(t *testing.T, subject string) string {
	t.Helper()
	claims := fmt.Sprintf(`{"aud":["pods.eks.amazonaws.com"],"iss":"https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF","kubernetes.io":{"namespace":"self-hosted-runners","note":"\u00fb\u00ff?>"},"sub":%q}`, subject)
	file := filepath.Join(t.TempDir(), "eks-pod-identity-token")
	token := "e30." + base64.RawURLEncoding.EncodeToString([]byte(claims)) + ".signature"
	if err := os.WriteFile(file, []byte(token), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestRunnerOfPodIdentityIsKnownByItsToken(t *testing.T) {
	const (
		step    = "Check the runner's role and the image repository"
		role    = "arn:aws:iam::111122223333:role/self_hosted_runner_role"
		subject = "system:serviceaccount:self-hosted-runners:self-hosted-runner-service-account"
	)
	podIdentity, both := articleBy(fleet.WayPodIdentity), articleBy(fleet.WayBoth)
	wrong := func(is string) string {
		return "::error::this runner is '" + is + "' to EKS Pod Identity, want '" + subject + "': is it of pool eks-pod-identity, and was its Pod created after its association?"
	}
	neither := func(has, is string) string {
		return "::error::this runner has the role '" + has + "' and is '" + is + "' to EKS Pod Identity, want '" + role + "' or '" + subject + "': is it of pool irsa-and-eks-pod-identity, and was its Pod created after its ServiceAccount?"
	}
	for _, test := range []struct {
		name          string
		pool          fleet.Pool
		role, subject string
		output        string
	}{
		{"its own", podIdentity, "", subject, ""},
		{"one character longer", podIdentity, "", subject + "2", wrong(subject + "2")},
		{"two characters longer", podIdentity, "", subject + "23", wrong(subject + "23")},
		{"of another namespace", podIdentity, "", "system:serviceaccount:other:runner", wrong("system:serviceaccount:other:runner")},
		{"none", podIdentity, "", "", wrong("")},
		{"IRSA from before", podIdentity, role, "", wrong("")},
		{"its own, while it moves", both, "", subject, ""},
		{"IRSA, while it moves", both, role, "", ""},
		{"another's, while it moves", both, "", subject + "2", neither("", subject+"2")},
		{"another role, while it moves", both, role + "2", "", neither(role+"2", "")},
		{"none, while it moves", both, "", "", neither("", "")},
	} {
		env := []string{"WANT_ROLE_ARN=" + role, "WANT_SUBJECT=" + subject, "ECR_REPOSITORY=my-app"}
		if test.role != "" {
			env = append(env, "AWS_ROLE_ARN="+test.role)
		}
		if test.subject != "" {
			env = append(env, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE="+tokenFile(t, test.subject))
		}
		output, err := run(t, test.pool, step, "", env...)
		if output != test.output || (err != nil) != (test.output != "") {
			t.Errorf("%s:\ngot  %q, %v\nwant %q", test.name, output, err, test.output)
		}
	}
}

func TestPushTagsWithTheCommitAndCanBeRepeated(t *testing.T) {
	const (
		step  = "Push image to Amazon ECR"
		image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app:0a1b2c"
	)
	env := []string{"ECR_REGISTRY=111122223333.dkr.ecr.us-east-1.amazonaws.com", "ECR_REPOSITORY=my-app", "IMAGE_TAG=0a1b2c"}
	for name, test := range map[string]struct{ has, want string }{
		"first run":  {"", "docker tag 0a1b2c " + image + "\ndocker push " + image + "\noutput image=" + image},
		"second run": {image, image + " is there already\noutput image=" + image},
	} {
		got, err := run(t, fleettest.Article().Pools[0], step, test.has, env...)
		if err != nil || got != test.want {
			t.Errorf("%s:\ngot  %q, %v\nwant %q", name, got, err, test.want)
		}
	}
}

func TestWorkflowRunsWhenItsPoolSaysSo(t *testing.T) {
	for _, test := range []struct {
		workflow fleet.Workflow
		want     string
	}{
		{fleet.Workflow{}, "  push:\n    branches: [main]\n  workflow_dispatch:\n"},
		{fleet.Workflow{Branches: []string{"main", "release/**", "on"}}, "  push:\n    branches: [main, \"release/**\", \"on\"]\n  workflow_dispatch:\n"},
		{fleet.Workflow{Tags: []string{"v*", "!v*-rc*"}}, "  push:\n    tags: [\"v*\", \"!v*-rc*\"]\n  workflow_dispatch:\n"},
		{fleet.Workflow{Branches: []string{"main"}, Tags: []string{"v*"}}, "  push:\n    branches: [main]\n    tags: [\"v*\"]\n  workflow_dispatch:\n"},
	} {
		pool := fleettest.Article().Pools[0]
		pool.Workflow = test.workflow
		workflow := rendered(t, pool)
		if !strings.Contains(workflow, test.want) {
			t.Errorf("%+v: the workflow lacks\n%s", test.workflow, test.want)
		}
		parse(t, workflow)
	}
}

func TestJobWaitsForItsEnvironment(t *testing.T) {
	pool := fleettest.Article().Pools[0]
	if environment := parse(t, rendered(t, pool)).Jobs["push"].Environment; environment != nil {
		t.Errorf("got environment %q, want none", environment.Name.Value)
	}
	pool.Workflow.Environment = "production: EU"
	if environment := parse(t, rendered(t, pool)).Jobs["push"].Environment; environment == nil || environment.Name.Value != "production: EU" {
		t.Errorf("got environment %+v, want \"production: EU\"", environment)
	}
}
