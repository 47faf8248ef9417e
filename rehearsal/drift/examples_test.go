package drift_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"keyless-runners/doctor"
	"keyless-runners/identity"
	"keyless-runners/live"
	"keyless-runners/preflight"
	"keyless-runners/rehearsal/program/programtest"
)

// definitions are of the kinds of which no module here brings one: the scale sets' there is older
// than sidecars that are init containers.
var definitions = definition("external-secrets.io", "v1", "ExternalSecret") + definition("actions.github.com", "v1alpha1", "AutoscalingRunnerSet")

func definition(group, version, kind string) string {
	plural := strings.ToLower(kind) + "s"
	return fmt.Sprintf(`---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: %[1]s.%[2]s}
spec:
  group: %[2]s
  scope: Namespaced
  names: {kind: %[4]s, plural: %[1]s}
  versions:
    - {name: %[3]s, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
`, plural, group, version, kind)
}

// kinds are the kinds of objects in examples besides namespaces, which no one deletes here.
const kinds = "serviceaccounts,roles,rolebindings,resourcequotas,limitranges,networkpolicies,externalsecrets,runnerdeployments,horizontalrunnerautoscalers,autoscalingrunnersets"

// What the API server makes of the examples, with its defaults, is no drift from them.
func TestExamplesThatAreAppliedHaveNoDrift(t *testing.T) {
	w := &world{}
	w.start(t, programtest.Built(t))
	w.controller.Stop()
	w.kubectl(t, "", "delete", "validatingwebhookconfigurations,mutatingwebhookconfigurations", "--all")
	w.kubectl(t, definitions, "apply", "-f", "-")
	w.kubectl(t, "", "wait", "--for=condition=Established", "crd", "--all", "--timeout=60s")
	for name, value := range map[string]string{"KUBECONFIG": w.Kubeconfig, "AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull, "AWS_ACCESS_KEY_ID": "", "AWS_PROFILE": "", "AWS_EC2_METADATA_DISABLED": "true"} {
		t.Setenv(name, value)
	}
	folders, err := filepath.Glob("../../examples/*/manifests/*")
	if err != nil || len(folders) < 15 {
		t.Fatalf("got %d clusters of examples, %v, want at least 15", len(folders), err)
	}
	for _, folder := range folders {
		t.Run(folder, func(t *testing.T) {
			w.kubectl(t, "", "apply", "--server-side", "--force-conflicts", "--recursive", "-f", folder)
			found := w.examineFolder(t, folder)
			for _, drift := range found.Drift {
				t.Errorf("%s: %s", drift.Name, drift.Text)
			}
			w.kubectl(t, "", "delete", "--all", "--all-namespaces", "--wait=false", kinds)
		})
	}
}

// examineFolder examines the cluster alone, as the one that the folder is of.
func (w *world) examineFolder(t *testing.T, folder string) doctor.Diagnosis {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	reading := live.Read(ctx, live.Request{Clusters: []live.Cluster{{Name: identity.ClusterName(filepath.Base(folder)), Region: region, Context: "rehearsal"}}})
	if text := reading.Documents; len(text) == 0 {
		t.Fatalf("nothing was read: %+v", reading.Unread)
	}
	for _, unread := range reading.Unread {
		if strings.HasPrefix(unread.Permission, "list ") {
			t.Errorf("not read: %+v", unread)
		}
	}
	found, err := doctor.Examine(reading, preflight.Input{Paths: []string{folder}})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
