package manifests

import (
	"cmp"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"

	"keyless-runners/fleet"
)

// externalSecretSpec has the fields of an ExternalSecret that this project sets
// (https://external-secrets.io/latest/api/externalsecret/).
type externalSecretSpec struct {
	RefreshInterval string              `json:"refreshInterval"`
	SecretStoreRef  storeRef            `json:"secretStoreRef"`
	Target          map[string]string   `json:"target"`
	DataFrom        []map[string]secret `json:"dataFrom"`
}

type storeRef struct {
	Name string          `json:"name"`
	Kind fleet.StoreKind `json:"kind"`
}

type secret struct {
	Key string `json:"key"`
}

// newExternalSecret makes the Secret by which the controller signs in to GitHub. The Secret
// goes with it, and follows the store within an hour.
func newExternalSecret(scope constructs.Construct, pool fleet.Pool) {
	declared := pool.ExternalSecret
	object := cdk8s.NewApiObject(scope, jsii.String("ExternalSecret"), &cdk8s.ApiObjectProps{
		ApiVersion: jsii.String("external-secrets.io/v1"),
		Kind:       jsii.String("ExternalSecret"),
		Metadata:   metadata(pool, pool.GitHubSecret()),
	})
	object.AddJsonPatch(add("/spec", externalSecretSpec{
		RefreshInterval: "1h",
		SecretStoreRef:  storeRef{declared.Store, cmp.Or(declared.StoreKind, fleet.SecretStore)},
		Target:          map[string]string{"name": pool.GitHubSecret(), "creationPolicy": "Owner"},
		DataFrom:        []map[string]secret{{"extract": {declared.Key}}},
	}))
}
