package initial

import (
	"slices"

	corev1 "k8s.io/api/core/v1"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/preflight/source"
)

// scaleSetSpec has the fields of an AutoscalingRunnerSet that a pool can declare
// (actions-runner-controller, apis/actions.github.com/v1alpha1).
type scaleSetSpec struct {
	// A pool decides these, or its scope does.
	GitHubConfigURL, RunnerGroup, RunnerScaleSetName string

	GitHubConfigSecret     string
	MinRunners, MaxRunners int
	Proxy                  *scaleSetProxy
	GitHubServerTLS        *struct {
		CertificateFrom struct{ ConfigMapKeyRef corev1.ConfigMapKeySelector }
	}
	Template         corev1.PodTemplateSpec
	ListenerTemplate *corev1.PodTemplateSpec
}

type scaleSetProxy struct {
	HTTP, HTTPS struct{ URL, CredentialSecretRef string }
	NoProxy     []string
}

// decidedByPool are the fields of a Pod's spec that a pool has no field of that name for.
var decidedByPool = []string{"containers", "initContainers", "restartPolicy", "serviceAccountName", "serviceAccount", "automountServiceAccountToken"}

// addScaleSet declares what an AutoscalingRunnerSet says beside its scope.
func (a *declaration) addScaleSet(r *runner) {
	p, node := &r.pool, r.object.Get("spec")
	var spec scaleSetSpec
	var pod podSpec
	a.decode(r, node, &spec)
	a.decode(r, node.Get("template", "spec"), &pod)
	p.ScaleSet = &fleet.ScaleSet{
		Name:               identity.ScaleSet(r.RunnerLabels[0].Value),
		MinRunners:         spec.MinRunners,
		MaxRunners:         spec.MaxRunners,
		GitHubConfigSecret: spec.GitHubConfigSecret,
		ListenerTemplate:   a.listener(r, spec.ListenerTemplate),
	}
	if tls := spec.GitHubServerTLS; tls != nil {
		p.ScaleSet.GitHubServerTLS = &fleet.GitHubServerTLS{CertificateFrom: tls.CertificateFrom.ConfigMapKeyRef}
	}
	if spec.Proxy != nil {
		p.Proxy = newProxy(spec.Proxy.HTTP.URL, spec.Proxy.HTTPS.URL, spec.Proxy.NoProxy)
	}
	a.addContainers(r, &spec.Template.Spec, &pod)
	p.Waivers.Runner = runnerWaivers(r.object, p.Builder)
	r.addPod(podMetadata{spec.Template.Labels, spec.Template.Annotations}, pod)
	a.askFields(r, "spec", notIn(node, spec))
	a.askFields(r, "spec.template.spec", slices.DeleteFunc(notIn(node.Get("template", "spec"), pod), func(member source.Member) bool {
		return slices.Contains(decidedByPool, member.Name)
	}))
	a.askScaleSet(r, spec)
}

// listener is the template of the Pod that waits for jobs, without variables that hold a secret.
func (a *declaration) listener(r *runner, template *corev1.PodTemplateSpec) *corev1.PodTemplateSpec {
	if template != nil {
		for i := range template.Spec.Containers {
			template.Spec.Containers[i].Env = a.public(r, template.Spec.Containers[i].Env)
		}
	}
	return template
}

// addContainers declares the runner, and what builds images beside it.
func (a *declaration) addContainers(r *runner, spec *corev1.PodSpec, pod *podSpec) {
	p := &r.pool
	all := slices.Concat(spec.Containers, spec.InitContainers)
	main := containerNamed(spec.Containers, "runner")
	if main == nil {
		main = &corev1.Container{}
	}
	p.Image, p.ImagePullPolicy = fleet.RunnerImage(main.Image), pullPolicy(main.ImagePullPolicy)
	p.Resources = main.Resources
	docker, buildKit := containerNamed(all, "dind"), containerNamed(all, buildKitSidecar)
	switch shared := sharedBuildKit(pod.Volumes); {
	case r.JobPod != nil:
		a.addContainerMode(r, spec, pod, main)
	case buildKit != nil:
		p.Builder = a.buildKit(r, buildKit)
		pod.Volumes = withoutVolumes(pod.Volumes, fleet.BuildKitVolume)
	case docker != nil:
		p.Builder = dockerBuilder(a.dind(r, docker))
	case shared != nil:
		p.Builder.SharedBuildKit = shared
	default:
		p.Builder = a.scriptBuilder(r)
	}
	own := append(slices.Clone(dindVolumes), fleet.BuildKitTLSVolume, fleet.ServerCertificateVolume)
	pod.Volumes = withoutVolumes(pod.Volumes, own...)
	p.VolumeMounts = withoutMounts(main.VolumeMounts, own...)
	a.addEnv(r, slices.DeleteFunc(main.Env, func(variable corev1.EnvVar) bool { return variable.Name == identity.EnvContainerHooks }))
	for _, c := range all {
		if !slices.Contains([]string{"runner", "dind", "init-dind-externals", buildKitSidecar}, c.Name) {
			a.result.ask(Question{Place: r.Place, About: r.about(), Text: "container " + quoted(c.Name) + " of its Pods is not rendered", Next: "do without it, or add it with kustomize over dist/manifests"})
		}
	}
}

// askScaleSet asks about what a pool's scale set does otherwise.
func (a *declaration) askScaleSet(r *runner, spec scaleSetSpec) {
	if name := r.pool.ScaleSet.Name; !r.Name.Is(string(name)) {
		a.result.ask(Question{Place: r.Place, About: r.about(), Text: "jobs choose the scale set as " + quoted(name) + ", and the object has another name, " + quoted(r.Name.Value) + "; the pool's object is named as jobs choose it", Next: "delete the other object before kubectl apply: GitHub has a scale set's name once"})
	}
	if r.ContainerMode.Known() && r.JobPod == nil {
		a.result.ask(Question{Place: r.ContainerMode.Place, About: r.about(), Text: "container mode " + quoted(r.ContainerMode.Value) + " starts Pods for jobs, and which ServiceAccount these have is not known from the files", Next: "add the ConfigMap with the template that its hooks read, and run keyless init again"})
	}
	if proxy := spec.Proxy; proxy != nil && proxy.HTTP.CredentialSecretRef+proxy.HTTPS.CredentialSecretRef != "" {
		a.result.ask(Question{Place: r.Place, About: r.about(), Text: "its proxy asks for a password, which a pool cannot declare", Next: "let the proxy accept the cluster's addresses"})
	}
}
