package fleet_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	. "keyless-runners/fleet" // README.md shows code of this package
	"keyless-runners/identity"
)

// These stand for what fleet/declared.go declares, which is the user's.
const (
	account = identity.AccountID("111122223333")
	region  = identity.Region("us-east-1")
	stack   = identity.StackName("keyless-runners")
)

var (
	cluster = Cluster{
		Name: "example", Account: account, Region: region, Stack: stack,
		Issuer: "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
	}
	app = ImageRepository{Name: "my-app", Account: account, Region: region, Stack: stack, KeepUntagged: 10}
)

// environments is the fleet of README.md, "Several environments".
func environments() (Fleet, error) {
	var f Fleet
	for _, env := range []struct {
		name    string
		account identity.AccountID
		issuer  identity.Issuer
	}{
		{"dev", "111111111111", "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDE1"},
		{"stage", "222222222222", "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDE2"},
		{"prod", "333333333333", "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDE3"},
	} {
		stack := identity.StackName(env.name + "-runners")
		cluster := Cluster{Name: identity.ClusterName(env.name), Account: env.account, Region: region, Issuer: env.issuer, Stack: stack}
		app := ImageRepository{Name: "my-app", Account: env.account, Region: region, Stack: stack, KeepUntagged: 10}
		f.Clusters = append(f.Clusters, cluster)
		f.ImageRepositories = append(f.ImageRepositories, app)
		f.Pools = append(f.Pools, Pool{
			Name:             identity.PoolName(env.name + "-my-app"),
			Cluster:          cluster,
			Scope:            Scope{SourceRepository: "octo-org/my-app"},
			Labels:           []identity.RunnerLabel{identity.RunnerLabel("push-" + env.name)},
			Namespace:        "my-app-runners",
			ServiceAccount:   "runner",
			RunnerDeployment: "my-app",
			Role:             "my-app-runner",
			Policy:           "my-app-runner-push",
			PushesTo:         []ImageRepository{app},
			Replicas:         1,
			Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
		})
	}
	return f, nil
}

// web and withWeb are what README.md adds, "Add a pool".
var web = ImageRepository{Name: "web", Account: account, Region: region, Stack: stack, KeepUntagged: 10}

func withWeb() Fleet {
	return Fleet{
		Clusters:          []Cluster{cluster},
		ImageRepositories: []ImageRepository{app, web},
		Pools: []Pool{
			{
				Name:             "web",
				Cluster:          cluster,
				Scope:            Scope{Organization: "octo-org"},
				Labels:           []identity.RunnerLabel{"push-web"},
				Namespace:        "web-runners",
				ServiceAccount:   "web-runner",
				RunnerDeployment: "web",
				RolePath:         "/runners/",
				Role:             "web-runner",
				Policy:           "web-runner-push",
				PushesTo:         []ImageRepository{app, web},
				Autoscaling:      &Autoscaling{MinReplicas: 1, MaxReplicas: 10},
				Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
			},
		},
	}
}

func TestFleetsOfTheREADMEHaveNoProblems(t *testing.T) {
	f, err := environments()
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]Fleet{"several environments": f, "add a pool": withWeb()} {
		if err := f.Check(); err != nil {
			t.Errorf("%s: got problems, want none:\n%v", name, err)
		}
	}
	var stacks, files []string
	for _, s := range f.Stacks() {
		stacks = append(stacks, string(s.Name))
	}
	for _, p := range f.Pools {
		files = append(files, p.ManifestPath())
	}
	if diff := cmp.Diff([]string{"dev-runners", "prod-runners", "stage-runners"}, stacks); diff != "" {
		t.Errorf("stacks (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"manifests/dev/dev-my-app.k8s.yaml", "manifests/stage/stage-my-app.k8s.yaml", "manifests/prod/prod-my-app.k8s.yaml"}, files); diff != "" {
		t.Errorf("manifests (-want +got):\n%s", diff)
	}
}

// What the README shows is what stands above, but for its indentation.
func TestREADMEShowsTheseFleets(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("readme_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	for _, block := range strings.Split(string(readme), "```go\n")[1:] {
		code, _, _ := strings.Cut(block, "```")
		shown = append(shown, code)
	}
	if len(shown) != 3 {
		t.Fatalf("README.md has %d blocks of Go, want 3", len(shown))
	}
	for _, code := range shown {
		code = strings.ReplaceAll(code, "func Declared()", "func environments()")
		if !strings.Contains(unindented(string(source)), unindented(code)) {
			t.Errorf("this code of README.md is not in readme_test.go:\n%s", code)
		}
	}
}

func unindented(code string) string {
	lines := strings.Split(strings.TrimSpace(code), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return strings.Join(lines, "\n")
}
