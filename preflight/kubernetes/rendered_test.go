package kubernetes_test

import (
	"path/filepath"
	"testing"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/source"
)

// readFiles is what the files that match the pattern say.
func readFiles(t *testing.T, pattern string) facts.Facts {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no file %s: %v", pattern, err)
	}
	var all facts.Facts
	for _, file := range files {
		text, err := source.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		roots, err := source.Parse(file, text)
		if err != nil {
			t.Fatal(err)
		}
		for _, root := range roots {
			if !kubernetes.Recognize(root) {
				t.Errorf("%s: not recognized", root.Place)
			}
			read := kubernetes.Read(root)
			all.Add(&read)
		}
	}
	return all
}

func TestTheLargeFleet(t *testing.T) {
	all := readFiles(t, "../../render/testdata/large/manifests/*/*.k8s.yaml")
	if len(all.Workloads) == 0 || len(all.Workloads) != len(all.ServiceAccounts) {
		t.Fatalf("got %d workloads and %d ServiceAccounts, want one of each for a pool", len(all.Workloads), len(all.ServiceAccounts))
	}
	for i, w := range all.Workloads {
		s := all.ServiceAccounts[i]
		scopes := 0
		for _, scope := range []facts.Text{w.Scope.SourceRepository, w.Scope.Organization, w.Scope.Enterprise} {
			if scope.There {
				scopes++
			}
		}
		switch {
		case !w.Runner || w.Kind != "RunnerDeployment" || w.ServiceAccount.Value != s.Name.Value || w.Namespace.Value != s.Namespace.Value:
			t.Errorf("%s: got %s %q of ServiceAccount %q, want a RunnerDeployment of %q", w.Place, w.Kind, w.Name.Value, w.ServiceAccount.Value, s.Name.Value)
		case scopes != 1 || len(w.RunnerLabels) == 0 || !w.FSGroup.There || w.Containers[0].Name.Value != "runner" || !w.Containers[0].Image.There || len(w.Containers[0].Env) == 0:
			t.Errorf("%s: got %+v", w.Place, w)
		case len(s.Annotations) == 0 || s.Annotations[0].Key != "eks.amazonaws.com/role-arn":
			t.Errorf("%s: got annotations %+v", s.Place, s.Annotations)
		}
	}
}

func TestTheDefaultFleet(t *testing.T) {
	all := readFiles(t, "../../render/testdata/article/manifests/*/*.k8s.yaml")
	wantShown(t, `
Namespace@2:1 -@8:9/self-hosted-runners@8:9
ServiceAccount@2:1 self-hosted-runners@11:14/self-hosted-runner-service-account@10:9
actions.summerwind.dev RunnerDeployment@14:1 self-hosted-runners@21:14/runner-deployment@20:9
`, showObjects(all.Objects))
	wantShown(t, `
RunnerDeployment@14:1 self-hosted-runners@21:14/runner-deployment@20:9 runner=true legacy=true scaleset=false
scope octo-org/my-app@41:19 -@30:7 -@30:7 group -@30:7 url -@30:7
labels push-my-app@40:11
mode -@30:7 within false@32:37
account self-hosted-runner-service-account@44:27 fsGroup 1001@43:18
volumes runner work var-run
annotations eks.amazonaws.com/skip-containers@27:9=docker@27:44 karpenter.sh/do-not-disrupt@28:9=true@28:38
container@30:7 runner@30:7 image summerwind/actions-runner:v2.337.0-ubuntu-22.04@37:14 privileged -@30:7 AWS_EC2_METADATA_DISABLED@34:11=true@35:18 mounts runner:/runner work:/runner/_work var-run:/run
container@30:7 docker@30:7 image @30:7 privileged true@30:7 mounts runner:/runner work:/runner/_work var-run:/run
`, showWorkloads(all.Workloads))
}
