package workflow_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/rehearsal/workflow"
)

const text = `on: push
env:
  REGION: us-east-1
  REPOSITORY: ${{ inputs.image-repository || 'my-app' }}
jobs:
  push:
    runs-on: [self-hosted, push-my-app]
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd
      - name: Login
        uses: aws-actions/amazon-ecr-login@f2e9fc6c2b355c1890b65e6f6f0e2ac3e6e22f78
        with:
          registries: "111122223333"
      - name: Push
        id: push
        env:
          TAG: ${{ github.sha }}
        run: |
          cat Dockerfile
          echo "image=$REPOSITORY:$TAG" >> "$GITHUB_OUTPUT"
      - name: Show
        env:
          IMAGE: ${{ steps.push.outputs.image }}
        run: echo "$IMAGE as $AWS_ROLE_ARN in $REGION"
      - name: Fail
        run: |
          false
          echo not reached
      - name: After
        run: echo not reached
`

func TestStepsRunAsTheyAreWritten(t *testing.T) {
	w, err := workflow.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	got, err := w.Run(t.Context(), workflow.Run{
		Env:    map[string]string{"AWS_ROLE_ARN": "the role"},
		Folder: filepath.Join(t.TempDir(), "job"),
		Path:   t.TempDir(),
		Login:  []string{"/bin/echo", "login with"},
		Commit: "0123abcd",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []workflow.Step{
		{Name: "step 1"},
		{Name: "Login", Output: "login with registries=111122223333"},
		{Name: "Push", Output: "FROM scratch\nCOPY . /"},
		{Name: "Show", Output: "my-app:0123abcd as the role in us-east-1"},
		{Name: "Fail", Status: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
}

func TestProgramsOfTheRunComeFirst(t *testing.T) {
	path := t.TempDir()
	if err := os.WriteFile(filepath.Join(path, "docker"), []byte("#!/bin/sh\necho played\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	w, err := workflow.Parse([]byte("on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: docker push\n"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := w.Run(t.Context(), workflow.Run{Folder: t.TempDir(), Path: path, Env: map[string]string{}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]workflow.Step{{Name: "step 1", Output: "played"}}, got); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
}

func TestRunnerNeedsEveryLabel(t *testing.T) {
	w, err := workflow.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		labels []string
		taken  bool
	}{
		{[]string{"self-hosted", "push-my-app"}, true},
		{[]string{"linux", "Push-My-App", "Self-Hosted"}, true},
		{[]string{"self-hosted", "push-my-ap"}, false},
		{[]string{"push-my-app"}, false},
		{nil, false},
	} {
		if got := w.TakenBy(test.labels); got != test.taken {
			t.Errorf("a runner with %q: got %v, want %v", test.labels, got, test.taken)
		}
	}
}

func TestWhatIsNotPlayedFailsTheJob(t *testing.T) {
	const head = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n"
	for _, test := range []struct{ step, want string }{
		{"      - uses: octo-org/deploy@v1\n", `step 1: action "octo-org/deploy@v1" is not one that a rendered workflow uses`},
		{"      - run: echo ${{ hashFiles('x') }}\n", "step 1: expression of a kind that no rendered workflow has, at column 2"},
	} {
		w, err := workflow.Parse([]byte(head + test.step))
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Run(t.Context(), workflow.Run{Folder: t.TempDir(), Env: map[string]string{}})
		if err == nil || err.Error() != test.want {
			t.Errorf("%q: got error %v, want %q", test.step, err, test.want)
		}
	}
	if _, err := workflow.Parse([]byte("on: push\njobs: {}\n")); err == nil {
		t.Error("a workflow without a job was read")
	}
}

// GitHub runs bash with "pipefail" where a workflow names it, and sh in a container.
func TestScriptsRunInTheJobsShell(t *testing.T) {
	const script = "    steps:\n      - run: |\n          false | true\n"
	for _, test := range []struct {
		name, job string
		status    int
	}{
		{"of the runner", "", 0},
		{"of a container", "    container: ko\n", 0},
		{"bash, by name", "    container: ko\n    defaults:\n      run:\n        shell: bash\n", 1},
	} {
		w, err := workflow.Parse([]byte("on: push\njobs:\n  a:\n    runs-on: x\n" + test.job + script))
		if err != nil {
			t.Fatal(err)
		}
		steps, err := w.Run(t.Context(), workflow.Run{Folder: t.TempDir()})
		if err != nil || len(steps) != 1 || steps[0].Status != test.status {
			t.Errorf("shell %s: got %+v and error %v, want exit status %d", test.name, steps, err, test.status)
		}
	}
	w, err := workflow.Parse([]byte("on: push\njobs:\n  a:\n    runs-on: x\n    defaults:\n      run:\n        shell: pwsh\n" + script))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Run(t.Context(), workflow.Run{Folder: t.TempDir()}); err == nil || err.Error() != `step 1: shell "pwsh" is not one that a rendered workflow uses` {
		t.Errorf("got error %v", err)
	}
}
