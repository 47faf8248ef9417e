package rendered_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/rendered"
)

const article = "../../render/testdata/article"

func TestPoolOfTheArticle(t *testing.T) {
	got, err := rendered.Read(article)
	if err != nil {
		t.Fatal(err)
	}
	want := rendered.Fleet{Folder: article, Clusters: []rendered.Cluster{{
		Name:   "example",
		Folder: article + "/manifests/example",
		EKS:    identity.ClusterARN{Partition: "aws", Region: "us-east-1", Account: "111122223333", Name: "example"},
		Issuer: "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Pools: []rendered.Pool{{
			Cluster:  "example",
			Name:     "build",
			Subject:  identity.Subject{Namespace: "self-hosted-runners", ServiceAccount: "self-hosted-runner-service-account"},
			Runner:   identity.Subject{Namespace: "self-hosted-runners", ServiceAccount: "self-hosted-runner-service-account"},
			Role:     identity.RoleARN{Partition: "aws", Account: "111122223333", Path: "/", Name: "self_hosted_runner_role"},
			Workflow: article + "/workflows/push-build.yaml",
		}},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fleet (-want +got):\n%s", diff)
	}
}

func TestClustersOfTheLargeFleet(t *testing.T) {
	fleet, err := rendered.Read("../../render/testdata/large")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, cluster := range fleet.Clusters {
		got[cluster.Name+" "+string(cluster.Issuer)] = len(cluster.Pools)
	}
	want := map[string]int{
		"us https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF":        14,
		"china https://oidc.eks.cn-north-1.amazonaws.com.cn/id/FEDCBA9876543210FEDCBA9876543210": 1,
		"gov https://oidc.eks.us-gov-west-1.amazonaws.com/id/00112233445566778899AABBCCDDEEFF":   1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pools by cluster (-want +got):\n%s", diff)
	}
}

// A runner that makes a Pod for each job has its own ServiceAccount, without a role.
func TestPoolWhoseJobsHaveTheirOwnPods(t *testing.T) {
	fleet, err := rendered.Read("../../examples/container-modes")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][2]string{}
	for _, pool := range fleet.Clusters[0].Pools {
		got[pool.Name] = [2]string{pool.Subject.String(), pool.Runner.String()}
	}
	want := map[string][2]string{
		"tool": {"system:serviceaccount:tool-runners:job", "system:serviceaccount:tool-runners:runner"},
		"web":  {"system:serviceaccount:web-runners:job", "system:serviceaccount:web-runners:runner"},
	}
	if diff := cmp.Diff(want, got); diff != "" || len(fleet.Clusters) != 1 {
		t.Errorf("subjects of jobs and runners in %d clusters (-want +got):\n%s", len(fleet.Clusters), diff)
	}
}

func TestPoolOfAnAssociation(t *testing.T) {
	const example = "../../examples/pod-identity"
	got, err := rendered.Read(example)
	if err != nil {
		t.Fatal(err)
	}
	want := rendered.Fleet{Folder: example, Clusters: []rendered.Cluster{{
		Name:   "prod",
		Folder: example + "/manifests/prod",
		EKS:    identity.ClusterARN{Partition: "aws", Region: "eu-central-1", Account: "111122223333", Name: "platform-prod-1"},
		Issuer: "https://oidc.eks.eu-central-1.amazonaws.com/id/FD6D7DC096B9E320C1F9955F7139C318",
		Pools: []rendered.Pool{{
			Cluster:    "prod",
			Name:       "web",
			Subject:    identity.Subject{Namespace: "web-runners", ServiceAccount: "runner"},
			Runner:     identity.Subject{Namespace: "web-runners", ServiceAccount: "runner"},
			Role:       identity.RoleARN{Partition: "aws", Account: "111122223333", Path: "/", Name: "web-runner"},
			Associated: true,
			Workflow:   example + "/workflows/push-web.yaml",
		}},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fleet (-want +got):\n%s", diff)
	}
}

// Each of two clusters has the same two pools, one with a role by IRSA, one by EKS Pod
// Identity; each pool has one role for both.
func TestPoolsOfTwoClustersWithOneRole(t *testing.T) {
	fleet, err := rendered.Read("../../examples/blue-green")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, cluster := range fleet.Clusters {
		for _, pool := range cluster.Pools {
			got = append(got, fmt.Sprintf("%s %s %.62s %s %v", cluster.EKS.Name, pool.Name, cluster.Issuer, pool.Role.Name, pool.Associated))
		}
	}
	want := []string{
		"blue api https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF01 api-runner true",
		"blue web https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF01 web-runner false",
		"green api https://oidc.eks.us-east-1.amazonaws.com/id/FEDCBA9876543210FE api-runner true",
		"green web https://oidc.eks.us-east-1.amazonaws.com/id/FEDCBA9876543210FE web-runner false",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pools (-want +got):\n%s", diff)
	}
}

func TestControllerOfScaleSetsIsWhoMayMakeTheirRunners(t *testing.T) {
	const file = "manifests/platform/apps.k8s.yaml"
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS("../../examples/scale-set")); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(folder, file))
	if err != nil {
		t.Fatal(err)
	}
	other := strings.NewReplacer("arc-gha-rs-controller", "controller", "arc-systems", "github").Replace(string(text))
	if err := os.WriteFile(filepath.Join(folder, file), []byte(other), 0o644); err != nil {
		t.Fatal(err)
	}
	for folder, want := range map[string]identity.Subject{
		"../../examples/scale-set":    {Namespace: "arc-systems", ServiceAccount: "arc-gha-rs-controller"},
		folder:                        {Namespace: "github", ServiceAccount: "controller"},
		"../../examples/pod-identity": {},
	} {
		fleet, err := rendered.Read(folder)
		if err != nil {
			t.Fatal(err)
		}
		if len(fleet.Clusters) != 1 || fleet.Clusters[0].ScaleSets != want {
			t.Errorf("%s: got %+v, want one cluster with the controller %s", folder, fleet.Clusters, want)
		}
	}
}

func TestWhatIsMissingIsSaid(t *testing.T) {
	for _, test := range []struct{ file, old, new, want string }{
		{"manifests/example/build.k8s.yaml", "kind: ServiceAccount", "kind: Secret", `has no ServiceAccount: run "make synth" first`},
		{"manifests/example/build.k8s.yaml", "eks.amazonaws.com/role-arn", "role-arn", "build.k8s.yaml:2:1: no annotation eks.amazonaws.com/role-arn, and no association"},
		{"infra/keyless-runners.template.json", `"self_hosted_runner_role"`, `"another"`, `no role "arn:aws:iam::111122223333:role/self_hosted_runner_role" that trusts a provider is among the templates`},
	} {
		folder := t.TempDir()
		if err := os.CopyFS(folder, os.DirFS(article)); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(folder, test.file)
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(strings.Replace(string(text), test.old, test.new, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := rendered.Read(folder); err == nil || !strings.HasSuffix(err.Error(), test.want) {
			t.Errorf("%s for %s: got error %v, want %q", test.new, test.old, err, test.want)
		}
	}
}
