package workflows_test

import (
	"maps"
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
	"keyless-runners/identity"
	"keyless-runners/workflows"
)

var deployment = fleet.Deployment{
	Stack: "github-actions", Account: "111122223333", Region: "us-east-1", Stacks: []identity.StackName{"runners", "images"},
	SourceRepository: "octo-org/fleet", Environment: "production", DeployRole: "github-deploy", DiffRole: "github-diff",
}

// deploymentWorkflows are both, by what they do.
func deploymentWorkflows(t *testing.T) map[string]*actionlint.Workflow {
	t.Helper()
	found := map[string]*actionlint.Workflow{}
	for name, render := range map[string]func(fleet.Deployment) ([]byte, error){"deploy": workflows.RenderDeploy, "diff": workflows.RenderDiff} {
		text, err := render(deployment)
		if err != nil {
			t.Fatal(err)
		}
		found[name] = parse(t, string(text))
	}
	return found
}

// A job has no permission but those that it needs, and one that takes the role that reads runs
// no code of the pull request: it checks nothing out.
func TestPermissionsOfJobsThatDeployAndCompare(t *testing.T) {
	got := map[string]string{}
	for name, workflow := range deploymentWorkflows(t) {
		if len(workflow.Permissions.Scopes) != 0 || workflow.Permissions.All != nil {
			t.Errorf("%s has permissions for all jobs", name)
		}
		for id, job := range workflow.Jobs {
			var parts []string
			for _, scope := range slices.Sorted(maps.Keys(job.Permissions.Scopes)) {
				parts = append(parts, scope+" "+job.Permissions.Scopes[scope].Value.Value)
			}
			for _, step := range job.Steps {
				if action, ok := step.Exec.(*actionlint.ExecAction); ok {
					action, _, _ := strings.Cut(action.Uses.Value, "@")
					parts = append(parts, action)
				}
			}
			got[name+" "+id] = strings.Join(parts, ", ")
		}
	}
	if diff := cmp.Diff(map[string]string{
		"deploy deploy": "contents read, id-token write, actions/checkout, actions/setup-go, aws-actions/configure-aws-credentials",
		"diff read":     "id-token write, aws-actions/configure-aws-credentials, actions/upload-artifact",
		"diff compare":  "contents read, actions/checkout, actions/setup-go, actions/download-artifact",
	}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestActionsOfDeploymentsArePinnedByCommit(t *testing.T) {
	pinned := regexp.MustCompile(`^[a-z-]+/[a-z-]+@[0-9a-f]{40}$`)
	for name, workflow := range deploymentWorkflows(t) {
		for _, job := range workflow.Jobs {
			for _, step := range job.Steps {
				if action, ok := step.Exec.(*actionlint.ExecAction); ok && !pinned.MatchString(action.Uses.Value) {
					t.Errorf("%s uses %q", name, action.Uses.Value)
				}
			}
		}
	}
}

// script runs a step in an empty folder, with programs in place of those that it calls.
func script(t *testing.T, workflow *actionlint.Workflow, job, step string, programs map[string]string) (folder, output string, err error) {
	t.Helper()
	folder = t.TempDir()
	for name, text := range programs {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("#!/bin/bash\n"+text+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range workflow.Jobs[job].Steps {
		if s.Name.Value != step {
			continue
		}
		command := exec.Command("bash", "-e", "-c", s.Exec.(*actionlint.ExecRun).Run.Value)
		command.Dir, command.Env = folder, append(os.Environ(), "LC_ALL=C", "PATH="+filepath.Join(folder, "path")+":"+os.Getenv("PATH"), "GITHUB_STEP_SUMMARY="+filepath.Join(folder, "summary"))
		printed, err := command.CombinedOutput()
		return folder, string(printed), err
	}
	t.Fatalf("no step %q", step)
	return "", "", nil
}

// A stack that isn't there yet has no template; any other error of AWS' ends the job.
func TestTemplatesAreReadOfTheStacksThatThereAre(t *testing.T) {
	for _, test := range []struct {
		name, aws, output string
		files             []string
		fails             bool
	}{
		{"both", `echo "{}"`, "", []string{"images.template.json", "runners.template.json"}, false},
		{"one", `[ "$4" = runners ] && echo "{}" || { echo "Stack with id $4 does not exist" >&2; exit 254; }`, "Stack with id images does not exist\n", []string{"runners.template.json"}, false},
		{"denied", `echo "AccessDenied: not authorized" >&2; exit 254`, "AccessDenied: not authorized\n", nil, true},
	} {
		folder, output, err := script(t, deploymentWorkflows(t)["diff"], "read", "Read the templates", map[string]string{"path/aws": test.aws})
		if (err != nil) != test.fails || output != test.output {
			t.Errorf("%s: got %q, %v, want %q", test.name, output, err, test.output)
		}
		found, _ := filepath.Glob(filepath.Join(folder, "deployed", "*"))
		var files []string
		for _, file := range found {
			files = append(files, filepath.Base(file))
		}
		if diff := cmp.Diff(test.files, files); diff != "" && !test.fails {
			t.Errorf("%s (-want +got)\n%s", test.name, diff)
		}
	}
}

// A gain is for the reviewer to read; what could not be compared ends the job.
func TestComparisonFailsIfFilesCannotBeRead(t *testing.T) {
	for status, fails := range map[string]bool{"0": false, "1": false, "2": true} {
		folder, output, err := script(t, deploymentWorkflows(t)["diff"], "compare", "Show who gains a push, and what CloudFormation will do", map[string]string{
			"path/make": "true", "dist/infra/images.template.json": "{}", "bin/keyless-proof": `echo "$@" $(ls proposed); exit ` + status,
		})
		if (err != nil) != fails || output != "" {
			t.Errorf("status %s: got %q, %v", status, output, err)
		}
		summary, err := os.ReadFile(filepath.Join(folder, "summary"))
		if want := "diff deployed proposed --format markdown images.template.json\n"; err != nil || string(summary) != want {
			t.Errorf("got summary %q, %v, want %q", summary, err, want)
		}
	}
}
