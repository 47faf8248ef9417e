package manifests

import (
	"slices"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	corev1 "k8s.io/api/core/v1"

	"keyless-runners/fleet"
	arc "keyless-runners/imports/actionssummerwinddev"
)

// newRunnerDeployment defines the runners of the pool: each takes one job and
// goes, reads its token, and keeps it from the sidecar that builds.
func newRunnerDeployment(scope constructs.Construct, pool fleet.Pool) {
	arc.NewRunnerDeployment(scope, jsii.String("RunnerDeployment"), &arc.RunnerDeploymentProps{
		Metadata: runnerMetadata(pool, string(pool.RunnerDeployment)),
		Spec: &arc.RunnerDeploymentSpec{
			Replicas: replicas(pool),
			Template: &arc.RunnerDeploymentSpecTemplate{
				Metadata: &arc.RunnerDeploymentSpecTemplateMetadata{
					Annotations: pointers(pool.AllAnnotations()),
					Labels:      pointers(pool.Pod.Labels),
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
	pod, docker := pool.Pod, pool.Docker()
	return &arc.RunnerDeploymentSpecTemplateSpec{
		Enterprise:               optional(pool.Scope.Enterprise),
		Organization:             optional(pool.Scope.Organization),
		Repository:               optional(pool.Scope.SourceRepository),
		Group:                    optional(pool.Group),
		Labels:                   labels(pool),
		GithubApiCredentialsFrom: credentials(pool),
		Ephemeral:                jsii.Bool(true),

		ServiceAccountName:           jsii.String(string(pool.ServiceAccount)),
		AutomountServiceAccountToken: jsii.Bool(false),
		SecurityContext:              as[arc.RunnerDeploymentSpecTemplateSpecSecurityContext](pool.PodSecurityContext()),

		NodeSelector:                  pointers(pod.NodeSelector),
		Tolerations:                   listAs[arc.RunnerDeploymentSpecTemplateSpecTolerations](pod.Tolerations),
		Affinity:                      as[arc.RunnerDeploymentSpecTemplateSpecAffinity](pod.Affinity),
		TopologySpreadConstraints:     listAs[arc.RunnerDeploymentSpecTemplateSpecTopologySpreadConstraints](pod.TopologySpreadConstraints),
		PriorityClassName:             optional(pod.PriorityClassName),
		ImagePullSecrets:              listAs[arc.RunnerDeploymentSpecTemplateSpecImagePullSecrets](pod.ImagePullSecrets),
		Volumes:                       volumes(slices.Concat(builderVolumes(pool), pod.Volumes)),
		HostAliases:                   listAs[arc.RunnerDeploymentSpecTemplateSpecHostAliases](pod.HostAliases),
		TerminationGracePeriodSeconds: as[float64](pod.TerminationGracePeriodSeconds),

		Image:           jsii.String(string(pool.Image)),
		ImagePullPolicy: jsii.String(string(pullPolicy(pool))),
		Env:             listAs[arc.RunnerDeploymentSpecTemplateSpecEnv](pool.AllEnv()),
		Resources:       resources(pool.Resources),
		VolumeMounts:    listAs[arc.RunnerDeploymentSpecTemplateSpecVolumeMounts](slices.Concat(builderMounts(pool), pool.VolumeMounts)),

		DockerEnabled:                jsii.Bool(pool.UsesDocker()),
		DockerdWithinRunnerContainer: jsii.Bool(false),
		DockerdContainerResources:    dockerResources(docker.Resources),
		DockerEnv:                    listAs[arc.RunnerDeploymentSpecTemplateSpecDockerEnv](dockerEnv(pool)),
		DockerVolumeMounts:           listAs[arc.RunnerDeploymentSpecTemplateSpecDockerVolumeMounts](docker.VolumeMounts),
		DockerRegistryMirror:         optional(docker.RegistryMirror),
		DockerMtu:                    mtu(docker),
		SidecarContainers:            sidecars(pool),
	}
}

func dockerEnv(pool fleet.Pool) []corev1.EnvVar {
	if !pool.UsesDocker() {
		return nil
	}
	return pool.SidecarEnv()
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

func credentials(pool fleet.Pool) *arc.RunnerDeploymentSpecTemplateSpecGithubApiCredentialsFrom {
	if pool.GitHubAPICredentialsFrom == "" {
		return nil
	}
	return &arc.RunnerDeploymentSpecTemplateSpecGithubApiCredentialsFrom{
		SecretRef: &arc.RunnerDeploymentSpecTemplateSpecGithubApiCredentialsFromSecretRef{Name: jsii.String(pool.GitHubAPICredentialsFrom)},
	}
}

func mtu(docker fleet.Docker) *float64 {
	if docker.MTU == 0 {
		return nil
	}
	return jsii.Number(docker.MTU)
}
