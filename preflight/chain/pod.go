package chain

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

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
		r.fails(Unknown, open.Place, AssociationOpen, "whether ServiceAccount %q has the EKS Pod Identity association of %q in %s is not known: %s", facts.Named(r.SA.Namespace, r.SA.Name),
			facts.Named(open.Namespace, open.ServiceAccount), facts.InCluster(open.Cluster), cmp.Or(open.Namespace.Unknown, open.ServiceAccount.Unknown))
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
	case role.Unknown != "" && !annotated:
		r.unknown(role.Place, role.Unknown)
	case role.Unknown != "" && c.AnnotatedRole(r.SA) == nil:
		r.fails(Unknown, cmp.Or(role.Place, r.Place), AnnotatedRoleUnknown, tokenUnknown, r.Quoted(), role.Unknown)
	case file.Unknown != "":
		r.unknown(file.Place, file.Unknown)
	default:
		if token := r.token(pod, main, file, NoToken, identity.TokenVolume); token != nil {
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
		r.fails(Broken, address.Place, OtherAddress, "container %q sets %s to %q, where the EKS Pod Identity agent does not answer: want %q",
			main.Name, identity.EnvCredentialsURI, address.Value, identity.AgentURI)
	default:
		token := r.token(pod, main, file, NoAgentToken, identity.AgentTokenVolume)
		if token == nil {
			return
		}
		if audience := AudienceOf(token); audience.Unknown != "" {
			r.unknown(audience.Place, audience.Unknown)
		} else if audience.Value != identity.AudiencePodIdentity {
			r.fails(Broken, cmp.Or(kubernetes.FileAt(pod, main, file.Value).Place, r.Place), OtherAudience,
				"container %q shows the agent a token for %q, and EKS accepts one for %q", main.Name, audience.Value, identity.AudiencePodIdentity)
			return
		}
		c.askProxy(r, main)
		r.Identity = c.identityOf(r.SA, c.wayOf(r.SA))
	}
}

// askProxy finds a proxy between the main container and the agent, which no proxy reaches (Amazon EKS user guide,
// "EKS Pod Identity considerations"). Not every AWS SDK asks it.
func (c *Chains) askProxy(r *Runner, main *facts.Container) {
	one := func(names ...string) (value facts.Text) {
		for _, name := range names {
			if of := c.Variable(r.Workload, main, name); of.There && !of.Is("") {
				value = of
			}
		}
		return value
	}
	proxy, without := one("HTTP_PROXY", "http_proxy"), one("NO_PROXY", "no_proxy")
	if !proxy.There || without.Known() && slices.ContainsFunc(strings.Split(without.Value, ","), isAgents) {
		return
	}
	r.fails(Unknown, cmp.Or(proxy.Place, r.Place), AgentProxied, "whether container %q reaches the EKS Pod Identity agent is not known: it has a proxy for http, and NO_PROXY does not have %s", main.Name, kubernetes.Agents[0])
}

// isAgents reports whether an entry of NO_PROXY is for the address of the agent.
func isAgents(entry string) bool {
	entry = strings.Trim(strings.TrimSpace(entry), "[]")
	block, err := netip.ParsePrefix(entry)
	return entry == "*" || strings.HasPrefix(entry, "169.254.*") || slices.ContainsFunc(kubernetes.Agents, func(agent netip.Addr) bool {
		return entry == agent.String() || err == nil && block.Contains(agent)
	})
}

// token looks into the file that AWS SDKs are told to read, nil if it holds no token.
func (r *Runner) token(pod facts.Pod, main *facts.Container, file facts.Text, none Fault, volume string) *facts.Token {
	found := kubernetes.FileAt(pod, main, file.Value)
	if found.Token == nil {
		at, why := file.Place, "no volume is mounted there"
		if mount := found.Mount; mount != nil {
			at, why = found.Place, fmt.Sprintf("volume %q, which is mounted at %q, has no token of the ServiceAccount in that file", mount.Volume, mount.Path.Value)
		} else if mount := mountOf(main, volume); mount != nil && mount.Place != (source.Place{}) {
			at, why = mount.Place, fmt.Sprintf("%s: the container mounts volume %q at %q, so EKS does not mount it", why, volume, mount.Path.Value)
		}
		r.fails(Broken, cmp.Or(at, r.Place), none, "container %q reads the token at %q, and %s", main.Name, file.Value, why)
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

// Tokens returns the tokens of its ServiceAccount that a container of a Pod can read.
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
		r.Identity = c.identityOf(r.SA, annotatedWith(r.SA))
	default:
		r.keptAway(main)
	}
}

// keptAway finds what makes EKS' webhook pass the runner over.
func (r *Runner) keptAway(main *facts.Container) {
	switch {
	case r.SkipLabel.There:
		r.fails(Broken, r.SkipLabel.Place, SkippedByLabel, "the label %s of the Pods keeps EKS' webhook away, whatever its value: no container gets the role", identity.LabelSkipWebhook)
	case kubernetes.Skips(r.Workload, main):
		r.fails(Broken, facts.AnnotationOf(r.PodAnnotations, identity.AnnotationSkipContainers).Place, SkippedByAnnotation,
			"annotation %s keeps the token from container %q, in which jobs run", identity.AnnotationSkipContainers, main.Name.Value)
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
	r.fails(Broken, at, HalfSet, "container %q sets %s itself and not %s, so EKS sets neither", main.Name, set, missing)
}

const tokenUnknown = "whether the Pods of %s get a role and its token is not known: %s"

// unknown writes down that the files do not determine whether the runner has a token.
func (r *Runner) unknown(at source.Place, why string) {
	r.fails(Unknown, cmp.Or(at, r.Place), TokenUnknown, tokenUnknown, r.Quoted(), why)
}

// PodRefused means that the API server refuses the Pods.
type PodRefused struct{ Why string }

// Text implements Reason.
func (p PodRefused) Text() string { return "the API server refuses its Pods: " + p.Why }
