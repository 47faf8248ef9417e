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
			all.Add(kubernetes.Read(root))
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
v1 Namespace@1:1 -@7:9/self-hosted-runners@7:9
v1 ServiceAccount@9:1 self-hosted-runners@18:14/self-hosted-runner-service-account@17:9
actions.summerwind.dev/v1alpha1 RunnerDeployment@21:1 self-hosted-runners@28:14/runner-deployment@27:9
`, showObjects(all.Objects))
	wantShown(t, `
actions.summerwind.dev/v1alpha1 RunnerDeployment@21:1 self-hosted-runners@28:14/runner-deployment@27:9 runner=true
scope octo-org/my-app@47:19 -@36:7 -@36:7 group -@36:7 url -@36:7
labels push-my-app@46:11
mode -@36:7 within false@38:37
account self-hosted-runner-service-account@50:27 fsGroup 1001@49:18
volumes runner work var-run
annotations eks.amazonaws.com/skip-containers@34:9=docker@34:44
container@36:7 runner@36:7 image summerwind/actions-runner:v2.337.0-ubuntu-22.04@43:14 privileged -@36:7 AWS_EC2_METADATA_DISABLED@40:11=true@41:18 mounts runner:/runner work:/runner/_work var-run:/run
container@36:7 docker@36:7 image @36:7 privileged true@36:7 mounts runner:/runner work:/runner/_work var-run:/run
`, showWorkloads(all.Workloads))
}
