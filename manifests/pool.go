package manifests

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// NewPool defines the chart of a pool: all of its objects, in a namespace that is there.
func NewPool(scope constructs.Construct, pool fleet.Pool) cdk8s.Chart {
	chart := newChart(scope, pool.ManifestPath())
	newServiceAccount(chart, pool)
	if pool.ScaleSet != nil {
		newManagerRole(chart, pool)
		newScaleSet(chart, pool)
		return chart
	}
	newRunnerDeployment(chart, pool)
	if pool.Autoscaling != nil {
		newAutoscaler(chart, pool)
	}
	return chart
}

// metadata is that of an object of the pool.
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
