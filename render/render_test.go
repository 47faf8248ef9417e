package render_test

import (
	"encoding/json"
	"flag"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/identity"
	"keyless-runners/infra"
	"keyless-runners/internal/kernel/kerneltest"
	"keyless-runners/manifests"
	"keyless-runners/render"
	"keyless-runners/render/rendertest"
)

var update = flag.Bool("update", false, "write testdata/ anew; read every line of the difference before you commit it")

func TestMain(m *testing.M) { kerneltest.Main(m) }

// known is what fleets rendered to before, by all that they declare and in its order.
var known = map[string]render.Files{}

func rendered(t *testing.T, f fleet.Fleet) render.Files {
	t.Helper()
	declared, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	files, ok := known[string(declared)]
	if !ok {
		files = renderedTo(t, f, t.TempDir())
		known[string(declared)] = files
	}
	return maps.Clone(files)
}

func renderedTo(t *testing.T, declared fleet.Fleet, outdir string) render.Files {
	t.Helper()
	return rendertest.Render(t, declared, outdir, infra.Synth, manifests.Synth)
}

func TestFleetsRenderToTheirGoldenFiles(t *testing.T) {
	for name, f := range map[string]fleet.Fleet{
		"article": fleettest.Article(),
		"large":   fleettest.Large(),
	} {
		golden := filepath.Join("testdata", name)
		before, err := render.ReadFiles(golden)
		if err != nil {
			t.Fatal(err)
		}
		outdir := t.TempDir()
		changes := render.Compare(before, renderedTo(t, f, outdir))
		if *update {
			if err := changes.Apply(outdir, golden); err != nil {
				t.Fatal(err)
			}
			continue
		}
		for _, change := range changes {
			t.Errorf("%s fleet:\n%s", name, change.Diff())
		}
	}
}

func TestOrderOfTheDeclarationDoesNotMatter(t *testing.T) {
	f := fleettest.Large()
	want := rendered(t, f)
	slices.Reverse(f.Clusters)
	slices.Reverse(f.ImageRepositories)
	slices.Reverse(f.Pools)
	if diff := cmp.Diff(texts(want), texts(rendered(t, f))); diff != "" {
		t.Errorf("files (-in order +in reverse):\n%s", diff)
	}
}

// lines lists the lines that changes remove and add, by file.
func lines(changes render.Changes) map[string][]string {
	list := map[string][]string{}
	for _, change := range changes {
		_, hunks, _ := strings.Cut(string(change.Diff()), "\n@@")
		for line := range strings.Lines(hunks) {
			if line[0] == '+' || line[0] == '-' {
				list[change.Path] = append(list[change.Path], line[:1]+" "+strings.TrimSpace(line[1:]))
			}
		}
	}
	return list
}

func TestRoleNameIsWrittenOnceInTheFleet(t *testing.T) {
	f := fleettest.Article()
	before := rendered(t, f)
	f.Pools[0].Role = "ecr_push"
	want := map[string][]string{
		"infra/keyless-runners.template.json": {
			`- "RoleName": "self_hosted_runner_role",`,
			`+ "RoleName": "ecr_push",`,
			`- "Value": "arn:aws:iam::111122223333:role/self_hosted_runner_role"`,
			`+ "Value": "arn:aws:iam::111122223333:role/ecr_push"`,
		},
		"manifests/example/build.k8s.yaml": {
			`- eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/self_hosted_runner_role`,
			`+ eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/ecr_push`,
		},
		"workflows/push-build.yaml": {
			`- WANT_ROLE_ARN: "arn:aws:iam::111122223333:role/self_hosted_runner_role"`,
			`+ WANT_ROLE_ARN: "arn:aws:iam::111122223333:role/ecr_push"`,
		},
	}
	if diff := cmp.Diff(want, lines(render.Compare(before, rendered(t, f)))); diff != "" {
		t.Errorf("changed lines (-want +got):\n%s", diff)
	}
}

func TestSubjectIsWrittenOnceInTheFleet(t *testing.T) {
	f := fleettest.Article()
	before := rendered(t, f)
	f.Pools[0].ServiceAccount = "pusher"
	want := map[string][]string{
		"infra/keyless-runners.template.json": {
			`- "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub": "system:serviceaccount:self-hosted-runners:self-hosted-runner-service-account"`,
			`+ "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub": "system:serviceaccount:self-hosted-runners:pusher"`,
			`- "Description": "Taken by the runners of pool build, as system:serviceaccount:self-hosted-runners:self-hosted-runner-service-account",`,
			`+ "Description": "Taken by the runners of pool build, as system:serviceaccount:self-hosted-runners:pusher",`,
		},
		"manifests/example/build.k8s.yaml": {
			`- name: self-hosted-runner-service-account`,
			`+ name: pusher`,
			`- serviceAccountName: self-hosted-runner-service-account`,
			`+ serviceAccountName: pusher`,
		},
	}
	if diff := cmp.Diff(want, lines(render.Compare(before, rendered(t, f)))); diff != "" {
		t.Errorf("changed lines (-want +got):\n%s", diff)
	}
}

func TestNewPoolChangesNoLineThatWasThere(t *testing.T) {
	f := fleettest.Article()
	before := rendered(t, f)
	pool := f.Pools[0]
	pool.Name, pool.Labels = "another", []identity.RunnerLabel{"another"}
	pool.ServiceAccount, pool.RunnerDeployment = "another", "another"
	pool.Role, pool.Policy = "another", "another"
	f.Pools = append(f.Pools, pool)

	hunks := map[string]int{}
	for _, change := range render.Compare(before, rendered(t, f)) {
		if _, removed := change.Lines(); removed > 0 {
			t.Errorf("lines that were there are gone:\n%s", change.Diff())
		}
		hunks[change.Path] = strings.Count(string(change.Diff()), "\n@@ ")
	}
	// The template's second hunk is the new role's ARN among the outputs.
	want := map[string]int{
		"infra/keyless-runners.template.json": 2,
		"manifests/example/Kustomization":     1,
		"manifests/example/another.k8s.yaml":  1,
		"workflows/.github/actionlint.yaml":   1,
		"workflows/push-another.yaml":         1,
	}
	if diff := cmp.Diff(want, hunks); diff != "" {
		t.Errorf("hunks by file (-want +got):\n%s", diff)
	}
}

func texts(files render.Files) map[string]string {
	list := map[string]string{}
	for path, content := range files {
		list[path] = string(content)
	}
	return list
}
