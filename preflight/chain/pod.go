package chain

import (
	"cmp"
	"fmt"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/source"
)

// identify finds out as what the runner's Pod meets AWS: which role the variables of its main
// container name, and whether the file that they name holds a token.
func (c *Chains) identify(r *Runner, pod facts.Pod) {
	r.clusterRegions = slices.ContainsFunc(pod.Containers[0].Env, func(v facts.EnvVar) bool { return v.From == kubernetes.FromCluster })
	if open := c.OpenAssociation(r.SA); open != nil {
		r.add(Unknown, open.Place, AssociationOpen{r.SA, open})
	}
	main := &pod.Containers[0]
	role, file := c.Variable(r.Workload, main, identity.EnvRoleARN), c.Variable(r.Workload, main, identity.EnvTokenFile)
	associated := len(c.AssociationsOf(r.SA)) > 0
	annotation := facts.AnnotationOf(r.SA.Annotations, identity.AnnotationRoleARN)
	annotated := annotation != nil && annotation.Value == role
	switch {
	case associated && !file.There:
		c.askAgent(r, pod, main)
	case associated && !role.There:
		r.unknown(file.Place, fmt.Sprintf("it sets %s and not %s, and which AWS SDKs go on to the agent then is not documented", identity.EnvTokenFile, identity.EnvRoleARN))
	case !role.There && !file.There:
		c.notInjected(r, main)
	case !role.There || !file.There:
		c.half(r, main, identity.EnvRoleARN, identity.EnvTokenFile)
	case role.Unknown != "" && !(annotated && c.AnnotatedRole(r.SA) != nil):
		r.add(Unknown, cmp.Or(role.Place, r.Place), TokenUnknown{r.Quoted(), role.Unknown, annotated})
	case file.Unknown != "":
		r.unknown(file.Place, file.Unknown)
	default:
		if token := r.token(pod, main, file, identity.TokenVolume); token != nil {
			r.Identity = c.identityOf(r.SA, IRSA{role, AudienceOf(token)})
		}
	}
}

// askAgent finds out whether AWS SDKs in the main container get the role of the
// ServiceAccount's associations from the agent.
func (c *Chains) askAgent(r *Runner, pod facts.Pod, main *facts.Container) {
	address, file := c.Variable(r.Workload, main, identity.EnvCredentialsURI), c.Variable(r.Workload, main, identity.EnvAuthorizationTokenFile)
	switch {
	case !address.There && !file.There:
		r.keptAway(main)
	case !address.There || !file.There:
		c.half(r, main, identity.EnvCredentialsURI, identity.EnvAuthorizationTokenFile)
	case address.Unknown != "":
		r.unknown(address.Place, address.Unknown)
	case file.Unknown != "":
		r.unknown(file.Place, file.Unknown)
	case address.Value != identity.AgentURI && address.Value != identity.AgentURIv6:
		r.add(Broken, address.Place, OtherAddress{main.Name, address.Value})
	default:
		token := r.token(pod, main, file, identity.AgentTokenVolume)
		if token == nil {
			return
		}
		if audience := AudienceOf(token); audience.Unknown != "" {
			r.unknown(audience.Place, audience.Unknown)
		} else if audience.Value != identity.AudiencePodIdentity {
			r.add(Broken, cmp.Or(kubernetes.FileAt(pod, main, file.Value).Place, r.Place), OtherAudience{main.Name, audience.Value})
			return
		}
		r.Identity = c.identityOf(r.SA, c.wayOf(r.SA))
	}
}

// token looks into the file that AWS SDKs are told to read, nil if it holds no token.
func (r *Runner) token(pod facts.Pod, main *facts.Container, file facts.Text, volume string) *facts.Token {
	found := kubernetes.FileAt(pod, main, file.Value)
	if found.Token == nil {
		reason := NoToken{Container: main.Name, File: file.Value, Volume: volume, Mount: found.Mount}
		at := file.Place
		if found.Mount != nil {
			at = found.Place
		} else if mount := mountOf(main, volume); mount != nil && mount.Place != (source.Place{}) {
			at, reason.Elsewhere = mount.Place, mount
		}
		r.add(Broken, cmp.Or(at, r.Place), reason)
		return nil
	}
	if found.Unknown != "" {
		r.unknown(found.Place, found.Unknown)
	}
	return found.Token
}

// mountOf is the first mount of the volume with the name, nil if there is none.
func mountOf(c *facts.Container, volume string) *facts.Mount {
	for n := range c.Mounts {
		if c.Mounts[n].Volume.Is(volume) {
			return &c.Mounts[n]
		}
	}
	return nil
}

// apiServer is the audience of a token that asks for none on EKS (--api-audiences).
const apiServer = "https://kubernetes.default.svc"

// AudienceOf is the audience of a token.
func AudienceOf(token *facts.Token) facts.Text {
	if token.Audience.There && !token.Audience.Is("") {
		return token.Audience
	}
	return facts.Text{Value: apiServer, Place: token.Place, There: true}
}

// IsForAWS reports whether a token may be one that STS accepts: one for the API server is not.
func IsForAWS(token facts.Token) bool { return AudienceOf(&token).Value != apiServer }

// Tokens are those of its ServiceAccount that a container of a Pod can read.
func Tokens(pod facts.Pod, c *facts.Container) []facts.Token { return kubernetes.Tokens(pod, c) }

// Skips reports whether the Pod's annotation keeps EKS' webhook from a container.
func (r *Runner) Skips(c *facts.Container) bool { return kubernetes.Skips(r.Workload, c) }

// notInjected finds why EKS' webhook gives the runner no role.
func (c *Chains) notInjected(r *Runner, main *facts.Container) {
	annotation := facts.AnnotationOf(r.SA.Annotations, identity.AnnotationRoleARN)
	switch {
	case annotation == nil && c.OpenAssociation(r.SA) != nil: // it may have a role
	case annotation == nil:
		r.NoRole = NamesNoRole{}
	case annotation.Value.Value == "" && annotation.Value.Unknown == "":
		r.Identity = c.identityOf(r.SA, annotated(r.SA))
	default:
		r.keptAway(main)
	}
}

// keptAway finds what tells EKS' webhook to pass the runner over.
func (r *Runner) keptAway(main *facts.Container) {
	switch {
	case r.SkipLabel.There:
		r.add(Broken, r.SkipLabel.Place, SkippedByLabel{})
	case kubernetes.Skips(r.Workload, main):
		r.add(Broken, facts.AnnotationOf(r.PodAnnotations, identity.AnnotationSkipContainers).Place, SkippedByAnnotation{main.Name.Value})
	}
}

// half finds the one of two variables that the runner sets.
func (c *Chains) half(r *Runner, main *facts.Container, set, missing string) {
	if !c.Variable(r.Workload, main, set).There {
		set, missing = missing, set
	}
	at := c.Variable(r.Workload, main, set).Place
	for _, variable := range c.Environment(r.Workload, main) {
		if variable.Name == set {
			at = variable.Place
		}
	}
	r.add(Broken, at, HalfSet{main.Name, set, missing})
}

// unknown writes down that the files do not determine whether the runner has a token.
func (r *Runner) unknown(at source.Place, why string) {
	r.add(Unknown, cmp.Or(at, r.Place), TokenUnknown{r.Quoted(), why, false})
}

// Reasons why the Pods do not certainly get the token of their ServiceAccount.
type (
	// PodRefused means that the API server refuses the Pods.
	PodRefused struct{ Why string }
	// ControllerRefuses means that the legacy controller makes no Pods.
	ControllerRefuses struct{ Workload, Why string }
	// AssociationOpen means that the ServiceAccount may have an association.
	AssociationOpen struct {
		SA          *facts.ServiceAccount
		Association *facts.PodIdentityAssociation
	}
	// TokenUnknown means that whether they get it is not known.
	// Annotation reports that it is because the annotation's ARN is not.
	TokenUnknown struct {
		Workload, Why string
		Annotation    bool
	}
	// OtherAddress means that SDKs are sent to something that is not the agent.
	OtherAddress struct {
		Container facts.Text
		Address   string
	}
	// OtherAudience means that the agent is shown a token that is not for it.
	OtherAudience struct {
		Container facts.Text
		Audience  string
	}
	// HalfSet means that a container sets one variable of two, so that EKS sets neither.
	HalfSet struct {
		Container    facts.Text
		Set, Missing string
	}
	// SkippedByLabel and SkippedByAnnotation mean that EKS' webhook passes them over.
	SkippedByLabel      struct{}
	SkippedByAnnotation struct{ Container string }
	// NoToken means that the file that SDKs read holds no token. Mount is the one in which the
	// file is, Elsewhere one of the volume of EKS' name; nil: there is none.
	NoToken struct {
		Container        facts.Text
		File, Volume     string
		Mount, Elsewhere *facts.Mount
	}
	// JobsElsewhere means that jobs run in other Pods.
	JobsElsewhere struct{ Mode string }
)

func (p PodRefused) Text() string { return "the API server refuses its Pods: " + p.Why }
func (r ControllerRefuses) Text() string {
	return fmt.Sprintf("the controller makes no Pod of %s: %s", r.Workload, r.Why)
}
func (a AssociationOpen) Text() string {
	return fmt.Sprintf("whether ServiceAccount %q has the EKS Pod Identity association of %q in cluster %q is not known: %s", facts.Named(a.SA.Namespace, a.SA.Name),
		facts.Named(a.Association.Namespace, a.Association.ServiceAccount), a.Association.Cluster, cmp.Or(a.Association.Namespace.Unknown, a.Association.ServiceAccount.Unknown))
}
func (t TokenUnknown) Text() string {
	return fmt.Sprintf("whether the Pods of %s get a role and its token is not known: %s", t.Workload, t.Why)
}
func (o OtherAddress) Text() string {
	return fmt.Sprintf("container %q sets %s to %q, where the EKS Pod Identity agent does not answer: want %q", o.Container, identity.EnvCredentialsURI, o.Address, identity.AgentURI)
}
func (o OtherAudience) Text() string {
	return fmt.Sprintf("container %q is told to show the agent a token for %q, and EKS takes one for %q", o.Container, o.Audience, identity.AudiencePodIdentity)
}
func (h HalfSet) Text() string {
	return fmt.Sprintf("container %q sets %s itself and not %s, so EKS sets neither", h.Container, h.Set, h.Missing)
}
func (SkippedByLabel) Text() string {
	return fmt.Sprintf("the label %s of the Pods keeps EKS' webhook away, whatever its value: no container gets the role", identity.LabelSkipWebhook)
}
func (s SkippedByAnnotation) Text() string {
	return fmt.Sprintf("annotation %s keeps the token from container %q, in which jobs run", identity.AnnotationSkipContainers, s.Container)
}
func (n NoToken) Text() string {
	why := "no volume is mounted there"
	if n.Mount != nil {
		why = fmt.Sprintf("volume %q, which is mounted at %q, has no token of the ServiceAccount in that file", n.Mount.Volume, n.Mount.Path.Value)
	} else if n.Elsewhere != nil {
		why += fmt.Sprintf(": the container mounts volume %q at %q, so EKS does not mount it", n.Volume, n.Elsewhere.Path.Value)
	}
	return fmt.Sprintf("container %q is told to read the token at %q, and %s", n.Container, n.File, why)
}
func (j JobsElsewhere) Text() string {
	return fmt.Sprintf("in container mode %q jobs run in Pods of their own under the namespace's default ServiceAccount, without the role (actions-runner-controller issue 2754)", j.Mode)
}
