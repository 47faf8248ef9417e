package fleet

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"keyless-runners/identity"
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

// ports returns the ports of the proxies; what is not a URL has none.
func (p *Proxy) ports() []int {
	if p == nil {
		return nil
	}
	return portsOf(p.HTTP, p.HTTPS)
}

// portsOf returns the ports of URLs, each once.
func portsOf(urls ...string) []int {
	var ports []int
	for _, text := range urls {
		u, err := url.Parse(text)
		if err != nil || u.Host == "" {
			continue
		}
		number := cmp.Or(u.Port(), map[string]string{"http": "80", "https": "443"}[u.Scheme])
		if port, err := strconv.Atoi(number); err == nil && !slices.Contains(ports, port) {
			ports = append(ports, port)
		}
	}
	return ports
}

// podIdentityAgents are the agent's addresses as NO_PROXY has them.
var podIdentityAgents = []string{identity.AgentIPv4, "[" + identity.AgentIPv6 + "]"}

// AllNoProxy are NoProxy and the agent of EKS Pod Identity.
func (p *Proxy) AllNoProxy() []string {
	return slices.Concat(podIdentityAgents, p.NoProxy)
}

// upper are the variables that tools read.
func (p *Proxy) upper() []corev1.EnvVar {
	if p == nil {
		return nil
	}
	var env []corev1.EnvVar
	for _, variable := range []corev1.EnvVar{
		{Name: "HTTP_PROXY", Value: p.HTTP},
		{Name: "HTTPS_PROXY", Value: p.HTTPS},
		{Name: "NO_PROXY", Value: strings.Join(p.AllNoProxy(), ",")},
	} {
		if variable.Value != "" {
			env = append(env, variable)
		}
	}
	return env
}

// env has each variable in both cases, because some tools read only one. The
// controller of scale sets gives the runner those in lower case.
func (p *Proxy) env() []corev1.EnvVar {
	var env []corev1.EnvVar
	for _, variable := range p.upper() {
		env = append(env, variable, corev1.EnvVar{Name: strings.ToLower(variable.Name), Value: variable.Value})
	}
	return env
}

// Variables are the names of those that the runner has for the proxy. Docker knows each as a build
// argument that no Dockerfile declares, and that is in no image (Docker documentation, "Predefined
// ARGs").
func (p *Proxy) Variables() []string {
	var names []string
	for _, variable := range p.env() {
		names = append(names, variable.Name)
	}
	return names
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
		if host == "" || strings.ContainsAny(host, ", \t\n") || strings.Contains(host, "://") {
			problems.add(at.field("noProxy").index(i), fmt.Errorf("host %q: want one host, domain or address range, without a scheme, blanks and commas", host))
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
