package manifests

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"

	"keyless-runners/fleet"
)

// newNamespace defines the chart of a namespace, which is no pool's: kustomize refuses
// an object that two files bring along.
func newNamespace(scope constructs.Construct, namespace fleet.Namespace) {
	chart, settings := newChart(scope, namespace.ManifestPath()), namespace.Settings
	if !settings.Existing {
		newNamespaceObject(chart, namespace)
	}
	if settings.ResourceQuota != nil {
		newObject(chart, namespace, "v1", "ResourceQuota", settings.ResourceQuota)
	}
	if settings.LimitRange != nil {
		newObject(chart, namespace, "v1", "LimitRange", settings.LimitRange)
	}
	if settings.NetworkPolicy != nil {
		newObject(chart, namespace, "networking.k8s.io/v1", "NetworkPolicy", networkPolicy(*settings.NetworkPolicy))
	}
}

// newNamespaceObject defines a namespace that admits the Pods of its pools, and no others.
func newNamespaceObject(scope constructs.Construct, namespace fleet.Namespace) {
	cdk8s.NewApiObject(scope, jsii.String("Namespace"), &cdk8s.ApiObjectProps{
		ApiVersion: jsii.String("v1"),
		Kind:       jsii.String("Namespace"),
		Metadata: &cdk8s.ApiObjectMetadata{
			Name: jsii.String(string(namespace.Name)),
			Labels: &map[string]*string{
				"app.kubernetes.io/managed-by":       jsii.String(fleet.ManagedBy),
				"pod-security.kubernetes.io/enforce": jsii.String(string(namespace.PodSecurity())),
			},
		},
	})
}

// newObject defines what is for all Pods of the namespace, under the name "runners".
func newObject(scope constructs.Construct, namespace fleet.Namespace, version, kind string, spec any) {
	object := cdk8s.NewApiObject(scope, jsii.String(kind), &cdk8s.ApiObjectProps{
		ApiVersion: jsii.String(version),
		Kind:       jsii.String(kind),
		Metadata: &cdk8s.ApiObjectMetadata{
			Name:      jsii.String("runners"),
			Namespace: jsii.String(string(namespace.Name)),
			Labels:    &map[string]*string{"app.kubernetes.io/managed-by": jsii.String(fleet.ManagedBy)},
		},
	})
	object.AddJsonPatch(add("/spec", spec))
}
