package agreement_test

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"testing"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/cluster"
	"keyless-runners/rehearsal/rendered"
	"keyless-runners/rehearsal/stage"
)

// valid has the API server judge every example's manifests under strict validation, with the
// controllers' definitions and webhooks.
func valid(t *testing.T, w *world) {
	defineExternalSecrets(t, w.cluster)
	must(t, w.cluster.Clear(t.Context()))
	folders, err := filepath.Glob("../../examples/*/infra")
	if err != nil || len(folders) != 17 {
		t.Fatalf("got %d examples, error %v, want 17", len(folders), err)
	}
	for _, folder := range folders {
		fleet, err := rendered.Read(filepath.Dir(folder))
		must(t, err)
		for _, of := range fleet.Clusters {
			for _, pool := range of.Pools {
				// A namespace that is only tried is not there for what is in it.
				appear(t, w.cluster.Cluster, identity.Subject{Namespace: pool.Subject.Namespace, ServiceAccount: "default"})
			}
			if err := w.cluster.Try(t.Context(), of.Folder); err != nil {
				t.Errorf("%s: %v", of.Folder, err)
			}
		}
	}
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
