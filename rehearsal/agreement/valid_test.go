package agreement_test

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/cluster"
	"keyless-runners/rehearsal/stage"
)

// valid has the API server judge every example's manifests under strict validation, with the
// controllers' definitions and webhooks.
func valid(t *testing.T, w *world) {
	must(t, w.cluster.Clear(t.Context()))
	folders, err := filepath.Glob("../../examples/*/infra")
	if err != nil || len(folders) != 25 {
		t.Fatalf("got %d examples, error %v, want 25", len(folders), err)
	}
	for _, folder := range folders {
		clusters, err := filepath.Glob(filepath.Join(filepath.Dir(folder), "manifests/*"))
		must(t, err)
		for _, manifests := range clusters {
			// A namespace that is only tried is not there for what is in it.
			for _, namespace := range namespacesIn(t, manifests) {
				appear(t, w.cluster.Cluster, identity.Subject{Namespace: namespace, ServiceAccount: "default"})
			}
			if err := w.cluster.Try(t.Context(), manifests); err != nil {
				t.Errorf("%s: %v", manifests, err)
			}
		}
	}
}

var namespaced = regexp.MustCompile(`(?m)^  namespace: (.+)$`)

// namespacesIn returns the namespaces of the objects in a folder's manifests.
func namespacesIn(t *testing.T, folder string) []identity.Namespace {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	must(t, err)
	found := map[identity.Namespace]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		must(t, err)
		for _, match := range namespaced.FindAllStringSubmatch(string(text), -1) {
			found[identity.Namespace(match[1])] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// The module of the External Secrets Operator that has the definition of an ExternalSecret, and
// its checksum.
const (
	externalSecrets    = "github.com/external-secrets/external-secrets@v0.20.4"
	externalSecretsSum = "h1:HhNAjWfFEshhItphr28SGsHzf2bUP7uDAOVLg76uNAg="
)

// defineExternalSecrets puts the definition there. The module is no dependency of the rehearsal:
// it would have a say about the versions of all others.
func defineExternalSecrets(t *testing.T, c *stage.Cluster) {
	t.Helper()
	said, err := exec.CommandContext(t.Context(), "go", "mod", "download", "-json", externalSecrets).Output()
	must(t, err)
	var module struct{ Dir, Sum string }
	must(t, json.Unmarshal(said, &module))
	if module.Sum != externalSecretsSum {
		t.Fatalf("%s has the checksum %q, want %q", externalSecrets, module.Sum, externalSecretsSum)
	}
	definition, err := cluster.Read(filepath.Join(module.Dir, "config/crds/bases/external-secrets.io_externalsecrets.yaml"))
	must(t, err)
	must(t, c.Define(t.Context(), "external-secrets", definition))
}
