package manifests

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	arc "keyless-runners/imports/actionssummerwinddev"
)

// tokenReaders is the group that may read the token that EKS mounts. It is the
// runner's own in the images for Ubuntu 22.04 and 24.04
// (actions-runner-controller, docs/authenticating-to-the-github-api.md).
const tokenReaders = 1001

// dockerSidecar is how ARC names the container that builds images.
const dockerSidecar = "docker"

// newRunnerDeployment defines the runners of the pool: each takes one job and
// goes, reads its token, and keeps it from the privileged Docker sidecar.
func newRunnerDeployment(scope constructs.Construct, pool fleet.Pool) {
	arc.NewRunnerDeployment(scope, jsii.String("RunnerDeployment"), &arc.RunnerDeploymentProps{
		Metadata: metadata(pool, string(pool.RunnerDeployment)),
		Spec: &arc.RunnerDeploymentSpec{
			Replicas: replicas(pool),
			Template: &arc.RunnerDeploymentSpecTemplate{
				Metadata: &arc.RunnerDeploymentSpecTemplateMetadata{
					Annotations: &map[string]*string{
						skipContainersAnnotation: jsii.String(dockerSidecar),
					},
				},
				Spec: runner(pool),
			},
		},
	})
}

// replicas is not set where an autoscaler sets it.
func replicas(pool fleet.Pool) *float64 {
	if pool.Autoscaling != nil {
		return nil
	}
	return jsii.Number(pool.Replicas)
}

func runner(pool fleet.Pool) *arc.RunnerDeploymentSpecTemplateSpec {
	return &arc.RunnerDeploymentSpecTemplateSpec{
		Enterprise:   optional(pool.Scope.Enterprise),
		Organization: optional(pool.Scope.Organization),
		Repository:   optional(pool.Scope.SourceRepository),
		Group:        optional(pool.Group),
		Labels:       labels(pool),
		Ephemeral:    jsii.Bool(true),

		ServiceAccountName:           jsii.String(string(pool.ServiceAccount)),
		AutomountServiceAccountToken: jsii.Bool(false),
		SecurityContext: &arc.RunnerDeploymentSpecTemplateSpecSecurityContext{
			FsGroup: jsii.Number(tokenReaders),
		},

		Image:           jsii.String(string(pool.Image)),
		ImagePullPolicy: jsii.String("Always"),
		Env:             env(pool),
		Resources:       resources(pool.Resources),

		DockerEnabled:                jsii.Bool(true),
		DockerdWithinRunnerContainer: jsii.Bool(false),
		DockerdContainerResources:    dockerResources(pool.DockerResources),
	}
}

// optional leaves out what is not set.
func optional[S ~string](value S) *string {
	if value == "" {
		return nil
	}
	return jsii.String(string(value))
}

func labels(pool fleet.Pool) *[]*string {
	list := make([]*string, len(pool.Labels))
	for i, label := range pool.Labels {
		list[i] = jsii.String(string(label))
	}
	return &list
}

func env(pool fleet.Pool) *[]*arc.RunnerDeploymentSpecTemplateSpecEnv {
	var list []*arc.RunnerDeploymentSpecTemplateSpecEnv
	for _, variable := range pool.AllEnv() {
		list = append(list, &arc.RunnerDeploymentSpecTemplateSpecEnv{
			Name:  jsii.String(variable.Name),
			Value: jsii.String(variable.Value),
		})
	}
	return &list
}
