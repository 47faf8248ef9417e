package preflight

import (
	"fmt"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/source"
)

// webIdentity is what AWS SDKs are told in a container: to take a role with a token of the
// Pod's ServiceAccount.
type webIdentity struct {
	// role is the role's ARN, audience the token's.
	role, audience facts.Text
}

// annotated is the web identity that EKS' webhook gives the Pods of an annotated
// ServiceAccount.
func annotated(sa *facts.ServiceAccount) webIdentity {
	token := kubernetes.Token(sa)
	return webIdentity{annotationOf(sa.Annotations, annotationRoleARN).Value, audienceOf(&token)}
}

// is reports whether two web identities make one request of STS.
func (w webIdentity) is(other webIdentity) bool {
	return w.role.Value == other.role.Value && w.role.Unknown == other.role.Unknown && w.audience.Value == other.audience.Value
}

// apiServer is the audience of a token that asks for none on EKS (--api-audiences).
const apiServer = "https://kubernetes.default.svc"

func audienceOf(token *facts.Token) facts.Text {
	if token.Audience.There && !token.Audience.Is("") {
		return token.Audience
	}
	return facts.Text{Value: apiServer, Place: token.Place, There: true}
}

// identify finds out as what the runner's Pod meets AWS, and reports why as nothing.
func (p *proof) identify(r *runner, pod facts.Pod) {
	if refusal := kubernetes.Validate(pod); refusal != nil {
		r.breakPod(written(refusal.Place, r.Place), "the API server refuses its Pods: "+refusal.Text)
		p.find(podRefused, r.podLink.Place, fmt.Sprintf("the API server refuses the Pods of %s %q: %s", r.Kind, name(r.Namespace, r.Name), refusal.Text),
			"mend the Pod template, so that it is valid with what the controller and EKS add to it")
		return
	}
	if r.account == nil || len(pod.Containers) == 0 {
		return
	}
	main := &pod.Containers[0]
	role, file := p.variable(r.Workload, main, identity.EnvRoleARN), p.variable(r.Workload, main, identity.EnvTokenFile)
	switch {
	case !role.There && !file.There:
		p.reportNotInjected(r, main)
	case !role.There || !file.There:
		p.reportHalf(r, main, role, file)
	case role.Unknown != "":
		p.podUnknown(r, role.Place, role.Unknown)
	case file.Unknown != "":
		p.podUnknown(r, file.Place, file.Unknown)
	default:
		p.readToken(r, pod, main, role, file)
	}
}

// readToken looks into the file that AWS SDKs are told of.
func (p *proof) readToken(r *runner, pod facts.Pod, main *facts.Container, role, file facts.Text) {
	found := kubernetes.FileAt(pod, main, file.Value)
	if found.Token == nil {
		p.reportNoToken(r, main, file, found)
		return
	}
	if found.Unknown != "" {
		p.podUnknown(r, found.Place, found.Unknown)
	}
	r.identity = p.identitiesOf(r.account, webIdentity{role, audienceOf(found.Token)})
}

// reportNotInjected reports a runner to which EKS' webhook gives no role.
func (p *proof) reportNotInjected(r *runner, main *facts.Container) {
	annotation := annotationOf(r.account.Annotations, annotationRoleARN)
	switch {
	case annotation == nil:
		r.noRole = append(r.noRole, noAnnotation(r.account))
	case annotation.Value.Value == "" && annotation.Value.Unknown == "":
		r.identity = p.identitiesOf(r.account, annotated(r.account))
	case r.SkipLabel.There:
		p.keptFromToken(r, r.SkipLabel.Place, fmt.Sprintf("the Pod template's label %s keeps EKS' webhook away, whatever its value: no container gets the role", identity.LabelSkipWebhook),
			"remove the label")
	case kubernetes.Skips(r.Workload, main):
		p.keptFromToken(r, annotationOf(r.PodAnnotations, annotationSkip).Place,
			fmt.Sprintf("annotation %s keeps the token from container %q, in which jobs run", annotationSkip, main.Name.Value),
			"name the sidecars only, such as "+dockerContainer)
	}
}

// reportHalf reports a runner that sets one of the two variables.
func (p *proof) reportHalf(r *runner, main *facts.Container, role, file facts.Text) {
	set, missing := identity.EnvRoleARN, identity.EnvTokenFile
	if file.There {
		set, missing = missing, set
	}
	problem := fmt.Sprintf("container %q sets %s itself and not %s, so EKS sets neither", spell(main.Name), set, missing)
	at := written(role.Place, file.Place)
	for _, variable := range p.environment(r.Workload, main) {
		if variable.Name == set {
			at = variable.Place
		}
	}
	r.breakPod(at, problem)
	p.find(roleOverridden, at, problem, "take it out; EKS sets both")
}

// reportNoToken reports a runner whose file of the token is none.
func (p *proof) reportNoToken(r *runner, main *facts.Container, file facts.Text, found kubernetes.File) {
	at, why := file.Place, "no volume is mounted there"
	if mount := found.Mount; mount != nil {
		at = found.Place
		why = fmt.Sprintf("volume %q, which is mounted at %q, has no token of the ServiceAccount in that file", spell(mount.Volume), mount.Path.Value)
	} else if mount := mountOf(main, identity.TokenVolume); mount != nil && mount.Place != (source.Place{}) {
		at = mount.Place
		why += fmt.Sprintf(": the container mounts volume %q at %q, so EKS does not mount it", identity.TokenVolume, mount.Path.Value)
	}
	p.keptFromToken(r, written(at, r.Place), fmt.Sprintf("container %q is told to read the token at %q, and %s", spell(main.Name), file.Value, why),
		fmt.Sprintf("leave volume, mount and variables of the token out: EKS adds volume %q itself", identity.TokenVolume))
}

// mountOf is the first mount of the volume with the name, nil if there is none.
func mountOf(c *facts.Container, volume string) *facts.Mount {
	for i := range c.Mounts {
		if c.Mounts[i].Volume.Is(volume) {
			return &c.Mounts[i]
		}
	}
	return nil
}

// keptFromToken reports why the runner has no token.
func (p *proof) keptFromToken(r *runner, at source.Place, problem, fix string) {
	r.breakPod(at, problem)
	p.find(tokenSkipped, at, problem, fix)
}

// podUnknown reports that the files do not determine whether the runner has a token.
func (p *proof) podUnknown(r *runner, at source.Place, why string) {
	problem := fmt.Sprintf("whether the Pods of %s %q get a role and its token is not known: %s", r.Kind, name(r.Namespace, r.Name), why)
	r.podLink = &Link{State: Unknown, Text: problem, Place: written(at, r.Place)}
	p.find(notKnown, r.podLink.Place, problem, "leave volume, mount and variables of the token out, so that EKS sets them")
}

// breakPod writes down that the runner's Pods have no token.
func (r *runner) breakPod(at source.Place, problem string) {
	r.podLink = &Link{State: Broken, Text: problem, Place: at}
}

// written is the first of two places that is in a file.
func written(a, b source.Place) source.Place {
	if a == (source.Place{}) {
		return b
	}
	return a
}

// variable is a variable of a container, not there if it has none.
func (p *proof) variable(w *facts.Workload, c *facts.Container, name string) (value facts.Text) {
	for _, variable := range p.environment(w, c) {
		if variable.Name == name {
			value = p.valueOf(w, variable)
		}
	}
	if strings.Contains(value.Value, "$(") {
		return facts.Text{Unknown: fmt.Sprintf("%s depends on other variables: %q", name, value.Value), Place: value.Place, There: true}
	}
	return value
}
