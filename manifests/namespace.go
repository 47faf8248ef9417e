package manifests

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"

	"keyless-runners/fleet"
)

// newNamespace defines the pool's namespace. It admits privileged Pods, because
// the Docker sidecar is one, and says nothing of the pool, because others may
// share it.
func newNamespace(scope constructs.Construct, pool fleet.Pool) {
	cdk8s.NewApiObject(scope, jsii.String("Namespace"), &cdk8s.ApiObjectProps{
		ApiVersion: jsii.String("v1"),
		Kind:       jsii.String("Namespace"),
		Metadata: &cdk8s.ApiObjectMetadata{
			Name: jsii.String(string(pool.Namespace)),
			Labels: &map[string]*string{
				"app.kubernetes.io/managed-by":       jsii.String(fleet.ManagedBy),
				"pod-security.kubernetes.io/enforce": jsii.String("privileged"),
			},
		},
	})
}
