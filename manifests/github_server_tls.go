package manifests

import (
	corev1 "k8s.io/api/core/v1"

	"keyless-runners/fleet"
)

// gitHubServerTLS is the controller's GitHubServerTLSConfig, without runnerMountPath, which
// the chart alone reads: the Pod has the volume.
type gitHubServerTLS struct {
	CertificateFrom struct {
		ConfigMapKeyRef corev1.ConfigMapKeySelector `json:"configMapKeyRef"`
	} `json:"certificateFrom"`
}

func serverTLS(pool fleet.Pool) *gitHubServerTLS {
	if pool.ScaleSet.GitHubServerTLS == nil {
		return nil
	}
	var config gitHubServerTLS
	config.CertificateFrom.ConfigMapKeyRef = pool.ScaleSet.GitHubServerTLS.CertificateFrom
	return &config
}

func certificateVolumes(pool fleet.Pool) []corev1.Volume {
	tls := pool.ScaleSet.GitHubServerTLS
	if tls == nil {
		return nil
	}
	from := tls.CertificateFrom
	return []corev1.Volume{{Name: fleet.ServerCertificateVolume, VolumeSource: corev1.VolumeSource{ConfigMap: &corev1.ConfigMapVolumeSource{
		LocalObjectReference: from.LocalObjectReference,
		Items:                []corev1.KeyToPath{{Key: from.Key, Path: from.Key}},
	}}}}
}

func certificateMounts(pool fleet.Pool) []corev1.VolumeMount {
	tls := pool.ScaleSet.GitHubServerTLS
	if tls == nil {
		return nil
	}
	return []corev1.VolumeMount{{Name: fleet.ServerCertificateVolume, MountPath: tls.File(), SubPath: tls.CertificateFrom.Key}}
}
