package initial

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/preflight/source"
	"keyless-runners/secrets"
)

// podSpec has the fields that a RunnerSpec and Kubernetes' PodSpec share and a pool can declare.
type podSpec struct {
	NodeSelector                  map[string]string
	Tolerations                   []corev1.Toleration
	Affinity                      *corev1.Affinity
	TopologySpreadConstraints     []corev1.TopologySpreadConstraint
	PriorityClassName             string
	ImagePullSecrets              []corev1.LocalObjectReference
	HostAliases                   []corev1.HostAlias
	Volumes                       []corev1.Volume
	SecurityContext               *corev1.PodSecurityContext
	TerminationGracePeriodSeconds *int64
}

// podMetadata is the metadata of a Pod template.
type podMetadata struct{ Labels, Annotations map[string]string }

// addPod declares what the runner's Pod has that every pool's does not have anyway.
func (r *runner) addPod(metadata podMetadata, spec podSpec) {
	p := &r.pool
	p.Pod = fleet.Pod{
		Labels:                        orNil(metadata.Labels),
		NodeSelector:                  orNil(spec.NodeSelector),
		Tolerations:                   spec.Tolerations,
		Affinity:                      spec.Affinity,
		TopologySpreadConstraints:     spec.TopologySpreadConstraints,
		PriorityClassName:             spec.PriorityClassName,
		ImagePullSecrets:              spec.ImagePullSecrets,
		HostAliases:                   spec.HostAliases,
		Volumes:                       spec.Volumes,
		SecurityContext:               withoutGroup(spec.SecurityContext),
		TerminationGracePeriodSeconds: spec.TerminationGracePeriodSeconds,
	}
	p.Pod.Annotations = ownAnnotations(*p, metadata.Annotations)
}

// ownAnnotations returns the annotations that the pool would not have without declaring them. What EKS reads is
// rendered from the pool, whatever it was.
func ownAnnotations(pool fleet.Pool, annotations map[string]string) map[string]string {
	all, own := pool.AllAnnotations(), map[string]string{}
	for key, value := range annotations {
		if all[key] != value && !strings.HasPrefix(key, "eks.amazonaws.com/") {
			own[key] = value
		}
	}
	return orNil(own)
}

// withoutGroup is the security context but for the group, which the pool decides; nil if it has
// nothing else.
func withoutGroup(context *corev1.PodSecurityContext) *corev1.PodSecurityContext {
	if context == nil {
		return nil
	}
	own := *context
	own.FSGroup = nil
	if reflect.ValueOf(own).IsZero() {
		return nil
	}
	return &own
}

// withoutVolumes takes out the volumes of the names.
func withoutVolumes(volumes []corev1.Volume, names ...string) []corev1.Volume {
	return slices.DeleteFunc(volumes, func(volume corev1.Volume) bool { return slices.Contains(names, volume.Name) })
}

// withoutMounts takes out the mounts of the volumes.
func withoutMounts(mounts []corev1.VolumeMount, volumes ...string) []corev1.VolumeMount {
	return slices.DeleteFunc(mounts, func(mount corev1.VolumeMount) bool { return slices.Contains(volumes, mount.Name) })
}

// addEnv declares the runner's proxy and variables, but for what every pool sets.
func (a *declaration) addEnv(r *runner, env []corev1.EnvVar) {
	proxy, rest := proxyIn(env)
	if r.pool.Proxy == nil {
		r.pool.Proxy = proxy
	}
	r.pool.Env = a.public(r, withoutSame(rest, r.pool.AllEnv()))
}

// sidecarEnv are the variables of the container that builds, but for the proxy's.
func (a *declaration) sidecarEnv(r *runner, env []corev1.EnvVar) []corev1.EnvVar {
	_, rest := proxyIn(env)
	return a.public(r, rest)
}

// withoutSame takes out variables that are set to the same value anyway.
func withoutSame(env, set []corev1.EnvVar) []corev1.EnvVar {
	return slices.DeleteFunc(env, func(variable corev1.EnvVar) bool {
		return slices.ContainsFunc(set, func(other corev1.EnvVar) bool { return reflect.DeepEqual(other, variable) })
	})
}

// public leaves out variables that hold a secret or are of a stored key, and asks about them: the fleet's files are
// committed.
func (a *declaration) public(r *runner, env []corev1.EnvVar) []corev1.EnvVar {
	var kept []corev1.EnvVar
	for _, variable := range env {
		if slices.Contains(identity.KeyVariables, variable.Name) {
			a.result.ask(Question{Place: r.Place, About: r.about(), Text: fmt.Sprintf("variable %q is of a stored key, which would win over the role, and is left out", variable.Name), Next: "delete the key when jobs push with the role"})
			continue
		}
		what := secrets.In(variable.Name, variable.Value)
		if secrets.HasPasswordInURL(variable.Value) {
			what = append(what, "a URL with a password")
		}
		if len(what) == 0 {
			kept = append(kept, variable)
			continue
		}
		a.result.ask(Question{Place: r.Place, About: r.about(), Text: fmt.Sprintf("variable %q holds what looks like %s, and is left out", variable.Name, strings.Join(what, " and ")), Next: "take it from a Secret with ValueFrom, or do without: the runner has a role"})
	}
	return kept
}

// proxyVariables are the variables that tools read, each in either case.
var proxyVariables = []string{"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"}

// proxyIn is the proxy that variables set, nil if they set none or contradict each other, and the
// other variables.
func proxyIn(env []corev1.EnvVar) (*fleet.Proxy, []corev1.EnvVar) {
	values := map[string]string{}
	var rest []corev1.EnvVar
	for _, variable := range env {
		name := strings.ToUpper(variable.Name)
		before, twice := values[name]
		switch {
		case !slices.Contains(proxyVariables, name):
			rest = append(rest, variable)
		case variable.ValueFrom != nil || secrets.HasPasswordInURL(variable.Value) || twice && before != variable.Value:
			return nil, env
		default:
			values[name] = variable.Value
		}
	}
	if values["HTTP_PROXY"] == "" && values["HTTPS_PROXY"] == "" {
		return nil, env
	}
	return newProxy(values["HTTP_PROXY"], values["HTTPS_PROXY"], strings.Split(values["NO_PROXY"], ",")), rest
}

// newProxy leaves out of the exceptions what a pool has anyway.
func newProxy(http, https string, except []string) *fleet.Proxy {
	proxy := &fleet.Proxy{HTTP: http, HTTPS: https}
	always := proxy.AllNoProxy()
	for _, host := range except {
		if host != "" && !slices.Contains(always, host) {
			proxy.NoProxy = append(proxy.NoProxy, host)
		}
	}
	return proxy
}

// askFields asks about fields of an object that a pool cannot declare.
func (a *declaration) askFields(r *runner, path string, members []source.Member) {
	for _, member := range members {
		a.result.ask(Question{Place: member.Place, About: r.about(), Text: fmt.Sprintf("%s.%s is not a field of a pool, and is not rendered", path, member.Name), Next: "do without it, or add it with kustomize over dist/manifests"})
	}
}
