package fleet_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
)

func TestCertificatesOfAServerThatAreWrong(t *testing.T) {
	for want, change := range map[string]func(*fleet.Pool, *corev1.ConfigMapKeySelector){
		`<nil>`: func(*fleet.Pool, *corev1.ConfigMapKeySelector) {},
		`pools["build"].scaleSet.gitHubServerTLS.certificateFrom.key: key "ca.pem": want one that ends in ".crt", such as "ca.crt"; the runner ignores others`: func(_ *fleet.Pool, from *corev1.ConfigMapKeySelector) { from.Key = "ca.pem" },
		`pools["build"].scaleSet.gitHubServerTLS.certificateFrom.name: name of the ConfigMap is missing`:                                                       func(_ *fleet.Pool, from *corev1.ConfigMapKeySelector) { from.Name = "" },
		`pools["build"].scaleSet.gitHubServerTLS.certificateFrom.optional: no runner starts without the certificate; leave it out`:                             func(_ *fleet.Pool, from *corev1.ConfigMapKeySelector) { from.Optional = new(bool) },
		`pools["build"].scaleSet.gitHubServerTLS: it sets environment variable "NODE_EXTRA_CA_CERTS", which env has too; leave it out there`: func(p *fleet.Pool, _ *corev1.ConfigMapKeySelector) {
			p.Env = []corev1.EnvVar{{Name: "NODE_EXTRA_CA_CERTS", Value: "/etc/ssl/own.crt"}}
		},
		"pools[\"build\"].scaleSet.gitHubServerTLS: it sets environment variable \"NODE_EXTRA_CA_CERTS\", which env has too; leave it out there\n" +
			`pools["build"].scaleSet.gitHubServerTLS: it sets environment variable "GIT_SSL_CAINFO", which env has too; leave it out there`: func(p *fleet.Pool, _ *corev1.ConfigMapKeySelector) {
			p.Env = []corev1.EnvVar{{Name: "NODE_EXTRA_CA_CERTS", Value: "/etc/ssl/own.crt"}, {Name: "GIT_SSL_CAINFO", Value: "/etc/ssl/own.crt"}}
			p.ScaleSet.ContainerMode, p.Builder.Script = &fleet.ContainerMode{RunnerServiceAccount: "starter"}, `ko build "$IMAGE"`
		},
		`pools["build"].pod.volumes[0]: volume "github-server-tls-cert": the controller or EKS has one of this name in the Pod; want another`: func(p *fleet.Pool, _ *corev1.ConfigMapKeySelector) {
			p.Pod.Volumes = []corev1.Volume{{Name: "github-server-tls-cert", VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}}}
		},
	} {
		f := fleettest.Article()
		f.Clusters[0].Controller = fleet.Controller{Version: "0.14.2", Namespace: "arc-systems", ServiceAccount: "arc-gha-rs-controller"}
		p := &f.Pools[0]
		p.Cluster, p.RunnerDeployment, p.Labels, p.Replicas = f.Clusters[0], "", nil, 0
		p.Scope = fleet.Scope{Host: "github.example.com", Organization: "octo-org"}
		p.Image = "ghcr.io/actions/actions-runner:2.337.0"
		tls := &fleet.GitHubServerTLS{CertificateFrom: corev1.ConfigMapKeySelector{LocalObjectReference: corev1.LocalObjectReference{Name: "server"}, Key: "ca.crt"}}
		p.ScaleSet = &fleet.ScaleSet{Name: "build", MaxRunners: 1, GitHubConfigSecret: "github-app", GitHubServerTLS: tls}
		change(p, &tls.CertificateFrom)
		if diff := cmp.Diff(want, fmt.Sprint(f.Check())); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}
