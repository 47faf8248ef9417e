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

func (w webIdentity) roleARN() facts.Text { return w.role }

func (w webIdentity) is(other way) bool {
	theirs, ok := other.(webIdentity)
	return ok && sameText(w.role, theirs.role) && w.audience.Value == theirs.audience.Value
}

// follow goes from the annotation, or the variable, to the role, and from the token by its
// provider to the role's trust policy.
func (w webIdentity) follow(p *proof, account *facts.ServiceAccount, found *identities) {
	who := "ServiceAccount " + name(account.Namespace, account.Name)
	found.role = p.roleOf(w.role)
	if found.role == nil {
		found.links = []Link{{Name: LinkRole, State: Broken, Text: "it names no role of the files", Place: account.Place, From: who, To: "role"}}
		return
	}
	p.take(found.role, account)
	text, at := fmt.Sprintf("AWS_ROLE_ARN of its Pods is the ARN of role %q", spell(found.role.Name)), w.role.Place
	if annotation := annotationOf(account.Annotations, annotationRoleARN); annotation != nil && annotation.Value == w.role {
		text, at = fmt.Sprintf("its annotation is the ARN of role %q", spell(found.role.Name)), annotation.Place
	}
	found.links = append(found.links, Link{LinkRole, Proved, text, at, who, "role " + spell(found.role.Name)})
	issuers, links := p.trusted(account, w.audience, found.role)
	found.issuers, found.regions = issuers, regionsOf(issuers)
	found.links = append(found.links, links...)
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
	if open := p.openAssociation(r.account); open != nil {
		p.reportOpenAssociation(r, open)
	}
	main := &pod.Containers[0]
	role, file := p.variable(r.Workload, main, identity.EnvRoleARN), p.variable(r.Workload, main, identity.EnvTokenFile)
	associated := len(p.associationsOf(r.account)) > 0
	switch {
	case associated && !file.There:
		p.askAgent(r, pod, main)
	case associated && !role.There:
		p.podUnknown(r, file.Place, fmt.Sprintf("it sets %s and not %s, and which AWS SDKs go on to the agent then is not documented", identity.EnvTokenFile, identity.EnvRoleARN))
	case !role.There && !file.There:
		p.reportNotInjected(r, main)
	case !role.There || !file.There:
		p.reportHalf(r, main, identity.EnvRoleARN, identity.EnvTokenFile)
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
		p.reportNoToken(r, main, file, found, identity.TokenVolume)
		return
	}
	if found.Unknown != "" {
		p.podUnknown(r, found.Place, found.Unknown)
	}
	if associations := p.associationsOf(r.account); len(associations) > 0 {
		p.find(twoWays, written(role.Place, r.Place), fmt.Sprintf("container %q sets %s itself, and its ServiceAccount has an EKS Pod Identity association: AWS SDKs take the variable's role", spell(main.Name), identity.EnvRoleARN),
			fmt.Sprintf("take %s and %s out, so that the association counts", identity.EnvRoleARN, identity.EnvTokenFile), Related{associations[0].Place, "the association"})
	}
	r.identity = p.identitiesOf(r.account, webIdentity{role, audienceOf(found.Token)})
}

// reportNotInjected reports a runner to which EKS' webhook gives no role.
func (p *proof) reportNotInjected(r *runner, main *facts.Container) {
	annotation := annotationOf(r.account.Annotations, annotationRoleARN)
	switch {
	case annotation == nil && p.openAssociation(r.account) != nil: // it may have a role
	case annotation == nil:
		r.noRole = append(r.noRole, p.noAnnotation(r.account))
	case annotation.Value.Value == "" && annotation.Value.Unknown == "":
		r.identity = p.identitiesOf(r.account, annotated(r.account))
	default:
		p.reportKeptAway(r, main)
	}
}

// reportKeptAway reports a runner that EKS' webhook is told to pass over.
func (p *proof) reportKeptAway(r *runner, main *facts.Container) {
	switch {
	case r.SkipLabel.There:
		p.keptFromToken(r, r.SkipLabel.Place, fmt.Sprintf("the Pod template's label %s keeps EKS' webhook away, whatever its value: no container gets the role", identity.LabelSkipWebhook),
			"remove the label")
	case kubernetes.Skips(r.Workload, main):
		p.keptFromToken(r, annotationOf(r.PodAnnotations, annotationSkip).Place,
			fmt.Sprintf("annotation %s keeps the token from container %q, in which jobs run", annotationSkip, main.Name.Value),
			"name the sidecars only, such as "+dockerContainer)
	}
}

// reportHalf reports a runner that sets one of two variables.
func (p *proof) reportHalf(r *runner, main *facts.Container, set, missing string) {
	if !p.variable(r.Workload, main, set).There {
		set, missing = missing, set
	}
	problem := fmt.Sprintf("container %q sets %s itself and not %s, so EKS sets neither", spell(main.Name), set, missing)
	at := p.variable(r.Workload, main, set).Place
	for _, variable := range p.environment(r.Workload, main) {
		if variable.Name == set {
			at = variable.Place
		}
	}
	r.breakPod(at, problem)
	p.find(roleOverridden, at, problem, "take it out; EKS sets both")
}

// reportNoToken reports a runner whose file of the token is none.
func (p *proof) reportNoToken(r *runner, main *facts.Container, file facts.Text, found kubernetes.File, volume string) {
	at, why := file.Place, "no volume is mounted there"
	if mount := found.Mount; mount != nil {
		at = found.Place
		why = fmt.Sprintf("volume %q, which is mounted at %q, has no token of the ServiceAccount in that file", spell(mount.Volume), mount.Path.Value)
	} else if mount := mountOf(main, volume); mount != nil && mount.Place != (source.Place{}) {
		at = mount.Place
		why += fmt.Sprintf(": the container mounts volume %q at %q, so EKS does not mount it", volume, mount.Path.Value)
	}
	p.keptFromToken(r, written(at, r.Place), fmt.Sprintf("container %q is told to read the token at %q, and %s", spell(main.Name), file.Value, why),
		fmt.Sprintf("leave volume, mount and variables of the token out: EKS adds volume %q itself", volume))
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
