package fleet

import (
	"maps"

	corev1 "k8s.io/api/core/v1"

	"keyless-runners/identity"
)

// Pod is what a pool's Pods have besides their containers. Its fields are those of
// Kubernetes' Pod; what is zero is left to the cluster.
type Pod struct {
	// Labels are those of each Pod. The ones of EKS and of the controller are not for it.
	Labels map[string]string
	// Annotations are those of each Pod, besides what every pool's Pods have
	// (AllAnnotations). Those of EKS are not for it.
	Annotations map[string]string

	NodeSelector              map[string]string
	Tolerations               []corev1.Toleration
	Affinity                  *corev1.Affinity
	TopologySpreadConstraints []corev1.TopologySpreadConstraint
	PriorityClassName         string

	ImagePullSecrets []corev1.LocalObjectReference
	HostAliases      []corev1.HostAlias
	// Volumes are for VolumeMounts of the pool. The node's folders are none of them.
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

// AllAnnotations are those of the pool's Pods: what keeps the token from the sidecar that
// builds, and the node from being removed while a job runs, then Pod.Annotations, of which
// "karpenter.sh/do-not-disrupt" may say "false".
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

// PodSecurityContext is that of the pool's Pods. It has the group of TokenReaders, but for a
// BuildKit sidecar: folders of a Pod with a group hand it down to what is made in them, also
// to the files of images, and in the sidecar's user namespace there is no such group. The
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
