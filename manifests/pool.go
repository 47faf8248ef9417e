package manifests

import (
	"maps"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// newPool defines the chart of a pool: all of its objects, in a namespace that is there.
func newPool(scope constructs.Construct, pool fleet.Pool) {
	chart := newChart(scope, pool.ManifestPath())
	newServiceAccount(chart, pool)
	if pool.ExternalSecret != nil {
		newExternalSecret(chart, pool)
	}
	if pool.ScaleSet != nil {
		newManagerRole(chart, pool)
		if pool.ContainerMode() != nil {
			newContainerMode(chart, pool)
		}
		newScaleSet(chart, pool)
		return
	}
	newRunnerDeployment(chart, pool)
	if pool.Autoscaling != nil {
		newAutoscaler(chart, pool)
	}
}

// runnerMetadata returns the metadata of the object that makes the pool's runners. It answers
// what keyless check finds in a Pod without a file system group.
func runnerMetadata(pool fleet.Pool, name string) *cdk8s.ApiObjectMetadata {
	meta := metadata(pool, name)
	waived := map[string]string{}
	if pool.Builder.RootlessBuildKit != nil {
		waived[tokenUnreadable] = "BuildKit could not give files of images their owners; from Kubernetes 1.19 on the runner reads its token without"
	}
	maps.Copy(waived, pool.Waivers.Runner)
	meta.Annotations = pointers(fleet.WaiverAnnotations(waived))
	return meta
}

// tokenUnreadable is a finding of keyless check (docs/checks.md).
const tokenUnreadable = "KR080"

// metadata returns the metadata of an object of the pool.
func metadata(pool fleet.Pool, name string) *cdk8s.ApiObjectMetadata {
	return &cdk8s.ApiObjectMetadata{
		Name:      jsii.String(name),
		Namespace: jsii.String(string(pool.Namespace)),
		Labels: &map[string]*string{
			"app.kubernetes.io/managed-by": jsii.String(fleet.ManagedBy),
			identity.InstanceLabel:         jsii.String(string(pool.Name)),
		},
	}
}
