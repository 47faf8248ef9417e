package kubernetes_test

import (
	"testing"
)

func TestVolumesOfPods(t *testing.T) {
	testWorkloads(t, []workloadCase{
		{"with tokens", `
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  volumes:
    - name: both
      projected:
        sources:
          - configMap: {name: c}
          - serviceAccountToken: {audience: vault, expirationSeconds: 600, path: a/b}
          - serviceAccountToken: {path: token}
          - serviceAccountToken:
  containers:
    - name: c
      volumeMounts:
        - {name: both, mountPath: /a, subPath: b}
        - {name: both, mountPath: /b, subPathExpr: $(C)}
`, `
Pod@1:1 -@3:18/p@3:18 runner=false legacy=false scaleset=false
account -@5:3 fsGroup -@5:3
volumes both@6:13 (token a/b@10:82 for vault@10:45, 600@10:71 s) (token token@11:41 for -@11:34, -@11:34 s)
annotations
container@14:7 c@14:13 image -@14:7 privileged -@14:7 mounts both@16:18:/a@16:35/b@16:48 both@17:18:/b@17:35/@17:52subPathExpr depends on the container's variables
`},
		{"of a StatefulSet, whose claims come first", `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: s}
spec:
  volumeClaimTemplates: [{metadata: {name: data}}]
  template: {spec: {volumes: [{name: data}, {name: other}]}}
`, `
StatefulSet@1:1 -@3:18/s@3:18 runner=false legacy=false scaleset=false
account -@6:20 fsGroup -@6:20
volumes other@6:52 data@5:44
annotations
`},
		{"with the label that keeps EKS' webhook away, without a value", `
apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec: {template: {metadata: {labels: {eks.amazonaws.com/skip-pod-identity-webhook: ""}}, spec: {}}}
`, `
Deployment@1:1 -@3:18/d@3:18 runner=false legacy=false scaleset=false
account -@4:96 fsGroup -@4:96
skipped @4:84
annotations
`},
	})
}

// The controller appends the spec's mounts to the Pod's first container, and adds its own
// volumes, of which the one for the work may be the Pod's.
func TestVolumesOfLegacyRunners(t *testing.T) {
	const legacy = "apiVersion: actions.summerwind.dev/v1alpha1\nkind: RunnerDeployment\nspec: {template: {spec: "
	for _, c := range []struct{ name, spec, volumes, first, second string }{
		{"mounts of the spec", `{volumes: [{name: v}], volumeMounts: [{name: v, mountPath: /v}]}`,
			" v@3:43 runner work var-run", " mounts runner:/runner work:/runner/_work var-run:/run v@3:70:/v@3:84", " mounts runner:/runner work:/runner/_work var-run:/run"},
		{"work of the spec", `{volumes: [{name: work}], volumeMounts: [{name: work, mountPath: /w}]}`,
			" work@3:43 runner var-run", " mounts runner:/runner var-run:/run work@3:73:/w@3:90", " mounts runner:/runner work:/runner/_work var-run:/run"},
		{"work elsewhere", `{workDir: /w}`,
			" runner work var-run", " mounts runner:/runner work:/w@3:35 var-run:/run", " mounts runner:/runner work:/w@3:35 var-run:/run"},
		{"mounts of the sidecar", `{dockerVolumeMounts: [{name: var-run, mountPath: /r}]}`,
			" runner work var-run", " mounts runner:/runner work:/runner/_work var-run:/run", " mounts var-run@3:54:/r@3:74 runner:/runner work:/runner/_work"},
		{"no sidecar", `{dockerEnabled: false, sidecarContainers: [{name: s}]}`,
			" runner", " mounts runner:/runner", ""},
		{"no runner's folder", `{dockerEnabled: false, volumeSizeLimit: 0Gi, sidecarContainers: [{name: s}]}`,
			"", "", ""},
		{"container mode kubernetes", `{containerMode: kubernetes, sidecarContainers: [{name: s}]}`,
			" runner work", " mounts runner:/runner work:/runner/_work", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := read(t, legacy+c.spec+"}}").Workloads[0]
			if got := showVolumes(w.Volumes); got != c.volumes {
				t.Errorf("volumes: got %q, want %q", got, c.volumes)
			}
			if got := showMounts(w.Containers[0].Mounts); got != c.first {
				t.Errorf("%s: got %q, want %q", w.Containers[0].Name.Value, got, c.first)
			}
			if got := showMounts(w.Containers[1].Mounts); got != c.second {
				t.Errorf("%s: got %q, want %q", w.Containers[1].Name.Value, got, c.second)
			}
		})
	}
	again := read(t, legacy+"{}}}").Workloads[0]
	if got, want := showMounts(again.Containers[0].Mounts), " mounts runner:/runner work:/runner/_work var-run:/run"; got != want {
		t.Errorf("a Pod changed what Pods have in common: got %q, want %q", got, want)
	}
}
