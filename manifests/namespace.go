package manifests

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"

	"keyless-runners/fleet"
)

// NewNamespace defines the chart of a namespace, which is no pool's: kustomize refuses
// an object that two files bring along. It admits privileged Pods, because the Docker
// sidecar is one.
func NewNamespace(scope constructs.Construct, namespace fleet.Namespace) cdk8s.Chart {
	chart := newChart(scope, namespace.ManifestPath())
	cdk8s.NewApiObject(chart, jsii.String("Namespace"), &cdk8s.ApiObjectProps{
		ApiVersion: jsii.String("v1"),
		Kind:       jsii.String("Namespace"),
		Metadata: &cdk8s.ApiObjectMetadata{
			Name: jsii.String(string(namespace.Name)),
			Labels: &map[string]*string{
				"app.kubernetes.io/managed-by":       jsii.String(fleet.ManagedBy),
				"pod-security.kubernetes.io/enforce": jsii.String("privileged"),
			},
		},
	})
	return chart
}
