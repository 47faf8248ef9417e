package commandline

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/aws/jsii-runtime-go"

	"keyless-runners/cmd/internal/asleep"
	"keyless-runners/cmd/internal/command"
	"keyless-runners/cmd/internal/entry"
	"keyless-runners/cmd/internal/terminal"
	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/identity"
	"keyless-runners/infra"
	"keyless-runners/manifests"
	"keyless-runners/render"
)

// The checks of docs/moves.md print what it says, in its order: every step of a move is a
// state of the fleet, and what the step before left is on main.
func TestMoves(t *testing.T) {
	document, err := os.ReadFile("../../docs/moves.md")
	if err != nil {
		t.Fatal(err)
	}
	useJsii(t)
	sections := strings.Split(string(document), "\n## ")
	seen := 0
	for _, section := range sections[1:] {
		title, text, _ := strings.Cut(section, "\n")
		states, ok := moves[title]
		if !ok {
			t.Errorf("no move is %q", title)
			continue
		}
		seen++
		t.Run(title, func(t *testing.T) { follow(t, states, text) })
	}
	if seen != len(moves) {
		t.Errorf("docs/moves.md has %d of %d moves", seen, len(moves))
	}
}

// follow makes the steps of a move, and compares what its commands print.
func follow(t *testing.T, states []fleet.Fleet, text string) {
	steps := strings.Split(text, "\n### ")[1:]
	if len(steps) != len(states)-1 {
		t.Fatalf("got %d steps, want %d", len(steps), len(states)-1)
	}
	w := newWorld(t)
	w.render(states[0])
	for i, step := range steps {
		w.commit()
		w.render(states[i+1])
		blocks := strings.Split(step, "```console\n$ ")[1:]
		if len(blocks) == 0 {
			t.Errorf("step %d has no check", i+1)
		}
		for _, block := range blocks {
			session, _, _ := strings.Cut(block, "```\n")
			for _, command := range strings.Split(session, "\n$ ") {
				line, want, _ := strings.Cut(command, "\n")
				if got := w.run(line); !printed(got, want) {
					t.Errorf("step %d: %s\ngot\n%s\nwant\n%s", i+1, line, got, want)
				}
			}
		}
	}
}

// printed reports whether a command printed what is wanted, in which a line "..." stands for any
// lines.
func printed(got, want string) bool {
	pattern := strings.ReplaceAll(regexp.QuoteMeta("\n"+strings.TrimSpace(want)), "\n\\.\\.\\.", "(\n.*)*")
	return regexp.MustCompile("^" + pattern + "$").MatchString("\n" + strings.TrimSpace(got))
}

// world is a copy of the project with a git repository, and the source repository beside it.
type world struct {
	t    *testing.T
	copy string
	// fleet is the one that is declared now.
	fleet fleet.Fleet
}

func newWorld(t *testing.T) *world {
	t.Helper()
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		t.Setenv("GIT_"+who+"_NAME", "A user")
		t.Setenv("GIT_"+who+"_EMAIL", "user@example.com")
	}
	folder := t.TempDir()
	w := &world{t: t, copy: folder + "/copy"}
	for file, content := range map[string]string{"copy/account.json": account, "web/.github/workflows/push.yaml": withKey} {
		w.write(filepath.Join(folder, file), content)
	}
	t.Chdir(w.copy)
	w.shell("git init --quiet --initial-branch=main")
	w.shell("cd ../web && git init --quiet --initial-branch=main && git remote add origin https://github.com/octo-org/web && git add --all && git commit --quiet --message Before")
	return w
}

// useJsii readies jsii, which this program starts without.
func useJsii(t *testing.T) {
	t.Helper()
	node, err := filepath.Abs("../../node_modules/.bin/node")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("JSII_NODE", node)
	t.Setenv("CDK_VALIDATION", "false") // the examples have it
	jsii.Close()
	asleep.Wake()
	t.Cleanup(jsii.Close)
}

// render puts into dist what the fleet renders to. Without pools there is nothing yet.
func (w *world) render(f fleet.Fleet) {
	w.t.Helper()
	if w.fleet = f; len(f.Pools) == 0 {
		return
	}
	checked := fleettest.Checked(w.t, f)
	var kernel sync.Mutex // of jsii, which takes one call at a time
	app := func(synth func(fleet.Checked, string)) render.App {
		return func(_ context.Context, outdir string, _ []string) error {
			kernel.Lock()
			defer kernel.Unlock()
			synth(checked, outdir)
			return nil
		}
	}
	outdir := w.t.TempDir()
	files, err := render.Render(w.t.Context(), checked, nil, outdir, app(infra.Synth), app(manifests.Synth))
	if err != nil {
		w.t.Fatal(err)
	}
	before, err := render.ReadFiles(command.Dist)
	if err == nil {
		err = render.Compare(before, files).Apply(outdir, command.Dist)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// commit has the pull request of a step on main.
func (w *world) commit() {
	w.t.Helper()
	w.shell("git add --all && git commit --quiet --allow-empty --message Step")
}

// run returns what a command prints.
func (w *world) run(line string) string {
	w.t.Helper()
	arguments, ours := strings.CutPrefix(line, "bin/keyless ")
	if !ours {
		return w.shell(line)
	}
	d := entry.Own()
	d.Declare = func() (fleet.Fleet, error) { return w.fleet, nil }
	root := newRoot(d)
	var out bytes.Buffer
	root.SetArgs(strings.Fields(arguments))
	root.SetOut(&out)
	root.SetErr(&out)
	var status terminal.Status
	if err := command.Execute(w.t.Context(), root); err != nil && (!errors.As(err, &status) || status.Err != nil) {
		w.t.Errorf("%s: %v", line, err)
	}
	return out.String()
}

func (w *world) shell(line string) string {
	w.t.Helper()
	output, err := exec.Command("sh", "-c", line).CombinedOutput()
	if err != nil {
		w.t.Fatalf("%s: %v\n%s", line, err, output)
	}
	return string(output)
}

func (w *world) write(file, content string) {
	w.t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(content), 0o644)); err != nil {
		w.t.Fatal(err)
	}
}

// moves are the states of the fleet in each move: before its first step, and after each.
var moves = map[string][]fleet.Fleet{
	"A stored key to a pool's role":        {{}, web(), web(), web()},
	"IRSA to EKS Pod Identity":             {web(), web(by(fleet.WayBoth)), web(by(fleet.WayPodIdentity))},
	"A RunnerDeployment to a scale set":    {web(), web(scaleSet), web(scaleSet)},
	"One cluster to two, and to the other": {web(), web(alsoInGreen), web(inGreen), web(inGreen, withoutBlue)},
}

// web is a fleet with one pool, whose role is in no cluster's stack.
func web(changes ...func(f *fleet.Fleet, pool *fleet.Pool)) fleet.Fleet {
	image := fleet.ImageRepository{Name: "web", Account: "111122223333", Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
	f := fleet.Fleet{
		Clusters:          []fleet.Cluster{blue},
		ImageRepositories: []fleet.ImageRepository{image},
		Pools: []fleet.Pool{{
			Name:             "web",
			Cluster:          blue,
			Stack:            "runners",
			Scope:            fleet.Scope{SourceRepository: "octo-org/web"},
			Labels:           []identity.RunnerLabel{"push-web"},
			Namespace:        "web-runners",
			ServiceAccount:   "runner",
			RunnerDeployment: "web",
			Role:             "web-runner",
			Policy:           "web-runner-push",
			PushesTo:         []fleet.ImageRepository{image},
			Replicas:         2,
			Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
		}},
	}
	for _, change := range changes {
		change(&f, &f.Pools[0])
	}
	return f
}

var blue = fleet.Cluster{
	Name: "blue", Account: "111122223333", Region: "us-east-1", Stack: "blue",
	Issuer: "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
}

var green = fleet.Cluster{
	Name: "green", Account: "111122223333", Region: "us-east-1", Stack: "green",
	Issuer: "https://oidc.eks.us-east-1.amazonaws.com/id/FEDCBA9876543210FEDCBA9876543210",
}

func by(way fleet.Way) func(*fleet.Fleet, *fleet.Pool) {
	return func(_ *fleet.Fleet, pool *fleet.Pool) { pool.Way = way }
}

func scaleSet(f *fleet.Fleet, pool *fleet.Pool) {
	f.Clusters[0].Controller = fleet.Controller{Version: "0.14.2", Namespace: "arc-systems", ServiceAccount: "arc-gha-rs-controller"}
	pool.Cluster = f.Clusters[0]
	pool.RunnerDeployment, pool.Labels, pool.Replicas = "", nil, 0
	pool.ScaleSet = &fleet.ScaleSet{Name: "push-web", MinRunners: 1, MaxRunners: 10, GitHubConfigSecret: "github-app"}
	pool.Image = "ghcr.io/actions/actions-runner:2.337.0"
}

func alsoInGreen(f *fleet.Fleet, pool *fleet.Pool) {
	f.Clusters = append(f.Clusters, green)
	pool.AlsoIn = []fleet.Cluster{green}
}

func inGreen(f *fleet.Fleet, pool *fleet.Pool) {
	f.Clusters = append(f.Clusters, green)
	pool.Cluster = green
}

func withoutBlue(f *fleet.Fleet, _ *fleet.Pool) { f.Clusters = []fleet.Cluster{green} }

// withKey is the workflow of octo-org/web before it has a pool.
const withKey = `name: Push
on: push
jobs:
  push:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v6
      - uses: aws-actions/configure-aws-credentials@v6
        with:
          aws-access-key-id: ${{ secrets.AWS_ACCESS_KEY_ID }}
          aws-secret-access-key: ${{ secrets.AWS_SECRET_ACCESS_KEY }}
          aws-region: us-east-1
      - uses: aws-actions/amazon-ecr-login@v2
        id: ecr
      - env:
          IMAGE: ${{ steps.ecr.outputs.registry }}/web:${{ github.sha }}
        run: |
          docker build --tag "$IMAGE" .
          docker push "$IMAGE"
`

// account is the output of "aws iam get-account-authorization-details" before the last step.
const account = `{"RoleDetailList": [], "GroupDetailList": [], "Policies": [], "UserDetailList": [{
  "UserName": "ci-push", "Arn": "arn:aws:iam::111122223333:user/ci-push", "GroupList": [], "AttachedManagedPolicies": [],
  "UserPolicyList": [{"PolicyName": "push", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:*", "Resource": "*"}]}}]
}]}
`
