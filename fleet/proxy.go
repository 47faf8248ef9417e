package fleet

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// Proxy is the way out of the cluster for runners and for the Docker sidecar.
type Proxy struct {
	// HTTP and HTTPS are the proxies' URLs, "http://HOST:PORT", for requests by each.
	// They are public: they hold no password. Zero: none.
	HTTP, HTTPS string
	// NoProxy are the hosts, domains and address ranges that are reached without it. The
	// agent of EKS Pod Identity is always one of them.
	NoProxy []string
}

// podIdentityAgents are the agent's addresses (Amazon EKS user guide, "Configure Pods to
// access AWS services with service accounts").
var podIdentityAgents = []string{"169.254.170.23", "[fd00:ec2::23]"}

// env are the variables that tools read, in the spelling that most of them read.
func (p *Proxy) env() []corev1.EnvVar {
	if p == nil {
		return nil
	}
	var env []corev1.EnvVar
	for _, variable := range []corev1.EnvVar{
		{Name: "HTTP_PROXY", Value: p.HTTP}, {Name: "http_proxy", Value: p.HTTP},
		{Name: "HTTPS_PROXY", Value: p.HTTPS}, {Name: "https_proxy", Value: p.HTTPS},
	} {
		if variable.Value != "" {
			env = append(env, variable)
		}
	}
	none := strings.Join(append(podIdentityAgents[:2:2], p.NoProxy...), ",")
	return append(env, corev1.EnvVar{Name: "NO_PROXY", Value: none}, corev1.EnvVar{Name: "no_proxy", Value: none})
}

func (p *Proxy) check(at place, problems *Problems) {
	if p == nil {
		return
	}
	if p.HTTP == "" && p.HTTPS == "" {
		problems.add(at, errors.New("neither http nor https is set; want one of them, or no proxy"))
	}
	checkProxyURL("http", p.HTTP, at.field("http"), problems)
	checkProxyURL("https", p.HTTPS, at.field("https"), problems)
	for i, host := range p.NoProxy {
		if host == "" || strings.ContainsAny(host, ", \t\n") {
			problems.add(at.field("noProxy").index(i), fmt.Errorf("host %q: want one host, domain or address range, without blanks and commas", host))
		}
	}
}

func checkProxyURL(scheme, text string, at place, problems *Problems) {
	if text == "" {
		return
	}
	if err := checkPublic("proxy for", scheme, text); err != nil {
		problems.add(at, err)
		return
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		problems.add(at, fmt.Errorf("proxy %q: want http://HOST:PORT", text))
	}
}
