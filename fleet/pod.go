package fleet

import (
	"maps"

	corev1 "k8s.io/api/core/v1"

	"keyless-runners/identity"
)

// Pod declares what a pool's Pods have besides their containers. Its fields are those of
// Kubernetes' Pod; a zero field is left to the cluster.
type Pod struct {
	// Labels are set on each Pod. The labels of EKS and of the controller are refused.
	Labels map[string]string
	// Annotations are set on each Pod, besides what every pool's Pods have
	// (AllAnnotations). The annotations of EKS are refused.
	Annotations map[string]string

	NodeSelector              map[string]string
	Tolerations               []corev1.Toleration
	Affinity                  *corev1.Affinity
	TopologySpreadConstraints []corev1.TopologySpreadConstraint
	PriorityClassName         string

	ImagePullSecrets []corev1.LocalObjectReference
	HostAliases      []corev1.HostAlias
	// Volumes are for the pool's VolumeMounts. Folders of the node (hostPath) are refused.
	Volumes []corev1.Volume
	// SecurityContext is the Pod's. Its FSGroup is not set: the pool decides it
	// (PodSecurityContext).
	SecurityContext *corev1.PodSecurityContext
	// TerminationGracePeriodSeconds is how long a Pod that is deleted may still run. A
	// runner waits for its job no longer than RUNNER_GRACEFUL_STOP_TIMEOUT, in seconds,
	// which Env sets (actions-runner-controller, runner/graceful-stop.sh).
	TerminationGracePeriodSeconds *int64
}

// doNotDisrupt keeps Karpenter, and EKS Auto Mode with it, from removing the node of a
// runner, which may have a job (https://karpenter.sh/docs/concepts/disruption/).
const doNotDisrupt = "karpenter.sh/do-not-disrupt"

// AllAnnotations returns the annotations of the pool's Pods: what keeps the token from the
// sidecar that builds, and the node from being removed while a job runs, then Pod.Annotations,
// which may set "karpenter.sh/do-not-disrupt" to "false".
func (p Pool) AllAnnotations() map[string]string {
	annotations := map[string]string{doNotDisrupt: "true"}
	if sidecar := p.Sidecar(); sidecar != "" {
		annotations[identity.AnnotationSkipContainers] = sidecar
	}
	if p.Builder.RootlessBuildKit != nil && p.ScaleSet == nil {
		annotations[corev1.AppArmorBetaContainerAnnotationKeyPrefix+buildKitSidecar] = corev1.AppArmorBetaProfileNameUnconfined
	}
	maps.Copy(annotations, p.Pod.Annotations)
	return annotations
}

// TokenReaders is the group that may read the token that EKS mounts. It is the
// runner's own in the images for Ubuntu 22.04 and 24.04
// (actions-runner-controller, docs/authenticating-to-the-github-api.md).
const TokenReaders = 1001

// PodSecurityContext returns the security context of the pool's Pods. It has the group of
// TokenReaders, except with a BuildKit sidecar: a Pod's group is inherited by what is made in its
// folders, the files of images too, and the sidecar's user namespace has no such group. The
// token is then readable in the containers that have it (Kubernetes 1.19 and later).
func (p Pool) PodSecurityContext() *corev1.PodSecurityContext {
	if p.Builder.RootlessBuildKit != nil {
		return p.Pod.SecurityContext
	}
	context := p.Pod.SecurityContext.DeepCopy()
	if context == nil {
		context = &corev1.PodSecurityContext{}
	}
	group := int64(TokenReaders)
	context.FSGroup = &group
	return context
}
