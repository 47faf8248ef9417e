package manifests

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// newServiceAccount defines the ServiceAccount that takes the pool's role, which only
// IRSA names in an annotation: EKS Pod Identity knows it by its association. No Pod of it
// talks to the Kubernetes API. The token for AWS is another than the one for that, and the
// webhook mounts it.
//
// Which cluster's association it has, keyless check takes from the name of its folder, or
// from an annotation where EKS has another name for the cluster.
func newServiceAccount(scope constructs.Construct, pool fleet.Pool) {
	props := metadata(pool, string(pool.ServiceAccount))
	annotations := fleet.WaiverAnnotations(pool.Waivers.ServiceAccount)
	if pool.UsesIRSA() {
		annotations[identity.AnnotationRoleARN] = pool.RoleARN().String()
	}
	if cluster := pool.Cluster.ARN(); pool.UsesPodIdentity() && cluster.Name != pool.Cluster.Name {
		annotations[identity.AnnotationCluster] = cluster.String()
	}
	props.Annotations = pointers(annotations)
	newServiceAccountObject(scope, "ServiceAccount", props)
}

// newServiceAccountObject defines a ServiceAccount whose Kubernetes API token is in no Pod that
// does not ask for it.
func newServiceAccountObject(scope constructs.Construct, id string, props *cdk8s.ApiObjectMetadata) {
	object := cdk8s.NewApiObject(scope, jsii.String(id), &cdk8s.ApiObjectProps{
		ApiVersion: jsii.String("v1"),
		Kind:       jsii.String("ServiceAccount"),
		Metadata:   props,
	})
	object.AddJsonPatch(cdk8s.JsonPatch_Add(jsii.String("/automountServiceAccountToken"), false))
}
