package fleet

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation"
)

// GitHubServerTLS has controller, listener and runners trust the authority that signed the
// certificate of a GitHub Enterprise Server.
type GitHubServerTLS struct {
	// CertificateFrom is the key of a ConfigMap in the pool's namespace, with the authority's
	// certificate as PEM. The key is a file's name to the runner, which reads those that end in
	// ".crt" alone.
	CertificateFrom corev1.ConfigMapKeySelector
}

const (
	// ServerCertificateVolume is the volume with the certificate, as the chart calls it
	// (charts/gha-runner-scale-set, _helpers.tpl).
	ServerCertificateVolume = "github-server-tls-cert"
	// serverCertificateFolder is where update-ca-certificates of the runner's image looks.
	serverCertificateFolder = "/usr/local/share/ca-certificates"
)

// File is where the runner has the certificate.
func (t GitHubServerTLS) File() string {
	return path.Join(serverCertificateFolder, t.CertificateFrom.Key)
}

// env makes Node.js and the runner read the certificate.
func (t *GitHubServerTLS) env() []corev1.EnvVar {
	if t == nil {
		return nil
	}
	return []corev1.EnvVar{{Name: "NODE_EXTRA_CA_CERTS", Value: t.File()}, {Name: "RUNNER_UPDATE_CA_CERTS", Value: "1"}}
}

// jobEnv makes Node.js and git of a job's own Pod read the certificate: no entrypoint adds it to the
// image's own there.
func (t *GitHubServerTLS) jobEnv() []corev1.EnvVar {
	if t == nil {
		return nil
	}
	return []corev1.EnvVar{{Name: "NODE_EXTRA_CA_CERTS", Value: t.File()}, {Name: "GIT_SSL_CAINFO", Value: t.File()}}
}

func (t *GitHubServerTLS) check(p Pool, at place, problems *Problems) {
	if t == nil {
		return
	}
	from := at.field("certificateFrom")
	problems.add(from.field("name"), checkObjectName("ConfigMap", t.CertificateFrom.Name))
	problems.add(from.field("key"), checkCertificateKey(t.CertificateFrom.Key))
	if t.CertificateFrom.Optional != nil {
		problems.add(from.field("optional"), errors.New("no runner starts without the certificate; leave it out"))
	}
	own := t.env()
	if p.ContainerMode() != nil {
		own = slices.Concat(own[1:], t.jobEnv())
	}
	for _, set := range own {
		if slices.ContainsFunc(p.Env, func(variable corev1.EnvVar) bool { return variable.Name == set.Name }) {
			problems.add(at, fmt.Errorf("it sets environment variable %q, which env has too; leave it out there", set.Name))
		}
	}
}

func checkCertificateKey(key string) error {
	if !strings.HasSuffix(key, ".crt") {
		return fmt.Errorf(`key %q: want one that ends in ".crt", such as "ca.crt"; the runner ignores others`, key)
	}
	return checkKubernetes("key", key, validation.IsConfigMapKey(key))
}
