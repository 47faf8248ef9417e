package manifests

import (
	"github.com/aws/jsii-runtime-go"
	corev1 "k8s.io/api/core/v1"

	arc "keyless-runners/imports/actionssummerwinddev"
)

func volumes(own []corev1.Volume) *[]*arc.RunnerDeploymentSpecTemplateSpecVolumes {
	if len(own) == 0 {
		return nil
	}
	list := make([]*arc.RunnerDeploymentSpecTemplateSpecVolumes, len(own))
	for i := range own {
		list[i] = volume(own[i].DeepCopy())
	}
	return &list
}

// volume makes the bindings' volume. Its quantities are put in by hand: the size of an
// emptyDir and what a claim asks for.
func volume(own *corev1.Volume) *arc.RunnerDeploymentSpecTemplateSpecVolumes {
	var size *string
	if own.EmptyDir != nil && own.EmptyDir.SizeLimit != nil {
		size = jsii.String(own.EmptyDir.SizeLimit.String())
		own.EmptyDir.SizeLimit = nil
	}
	var asked corev1.ResourceRequirements
	if own.Ephemeral != nil {
		claim := &own.Ephemeral.VolumeClaimTemplate.Spec
		asked, claim.Resources = claim.Resources, corev1.ResourceRequirements{}
	}
	binding := as[arc.RunnerDeploymentSpecTemplateSpecVolumes](own)
	if size != nil {
		binding.EmptyDir.SizeLimit = arc.RunnerDeploymentSpecTemplateSpecVolumesEmptyDirSizeLimit_FromString(size)
	}
	if own.Ephemeral != nil {
		claim := binding.Ephemeral.VolumeClaimTemplate
		claim.Metadata = metadataOfClaim(own.Ephemeral.VolumeClaimTemplate)
		claim.Spec.Resources = &arc.RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecResources{
			Requests: amounts(asked.Requests, arc.RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecResourcesRequests_FromString),
			Limits:   amounts(asked.Limits, arc.RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecResourcesLimits_FromString),
		}
	}
	return binding
}

// metadataOfClaim returns the part of a claim's metadata that a template may have.
func metadataOfClaim(claim *corev1.PersistentVolumeClaimTemplate) *arc.RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateMetadata {
	if len(claim.Labels)+len(claim.Annotations) == 0 {
		return nil
	}
	return &arc.RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateMetadata{
		Labels:      pointers(claim.Labels),
		Annotations: pointers(claim.Annotations),
	}
}
