package preflight

import (
	"fmt"
	"path"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
)

// podOf is the Pod that EKS' webhook makes of a workload's.
func (p *proof) podOf(r *runner) facts.Pod {
	if associations := p.associationsOf(r.account); len(associations) > 0 {
		return kubernetes.InjectAssociated(r.Workload, r.account, associations[0].Place)
	}
	return kubernetes.Inject(r.Workload, r.account)
}

// askAgent finds out whether AWS SDKs in the Pod's main container get the role of the
// ServiceAccount's associations from the agent, and reports why not.
func (p *proof) askAgent(r *runner, pod facts.Pod, main *facts.Container) {
	address, file := p.variable(r.Workload, main, identity.EnvCredentialsURI), p.variable(r.Workload, main, identity.EnvAuthorizationTokenFile)
	switch {
	case !address.There && !file.There:
		p.reportKeptAway(r, main)
	case !address.There || !file.There:
		p.reportHalf(r, main, identity.EnvCredentialsURI, identity.EnvAuthorizationTokenFile)
	case address.Unknown != "":
		p.podUnknown(r, address.Place, address.Unknown)
	case file.Unknown != "":
		p.podUnknown(r, file.Place, file.Unknown)
	case address.Value != identity.AgentURI && address.Value != identity.AgentURIv6:
		problem := fmt.Sprintf("container %q sets %s to %q, where the EKS Pod Identity agent does not answer: want %q", spell(main.Name), identity.EnvCredentialsURI, address.Value, identity.AgentURI)
		r.breakPod(address.Place, problem)
		p.find(roleOverridden, address.Place, problem, "take it out; EKS sets it")
	default:
		p.readAgentToken(r, pod, main, file)
	}
}

// readAgentToken looks into the file that AWS SDKs show to the agent.
func (p *proof) readAgentToken(r *runner, pod facts.Pod, main *facts.Container, file facts.Text) {
	found := kubernetes.FileAt(pod, main, file.Value)
	if found.Token == nil {
		p.reportNoToken(r, main, file, found, identity.AgentTokenVolume)
		return
	}
	if found.Unknown != "" {
		p.podUnknown(r, found.Place, found.Unknown)
	}
	if audience := audienceOf(found.Token); audience.Unknown != "" {
		p.podUnknown(r, audience.Place, audience.Unknown)
	} else if audience.Value != identity.AudiencePodIdentity {
		p.keptFromToken(r, written(found.Place, r.Place), fmt.Sprintf("container %q is told to show the agent a token for %q, and EKS takes one for %q", spell(main.Name), audience.Value, identity.AudiencePodIdentity),
			fmt.Sprintf("leave volume %q out: EKS adds it itself", identity.AgentTokenVolume))
		return
	}
	r.identity = p.identitiesOf(r.account, p.wayOf(r.account))
}

// agentLink reports where EKS Pod Identity does not reach the Pods: there is no agent on
// Fargate (Amazon EKS user guide, "EKS Pod Identity": "Restrictions").
func (p *proof) agentLink(account *facts.ServiceAccount, a *facts.PodIdentityAssociation) Link {
	link := Link{LinkAgent, Proved, fmt.Sprintf("the agent is an add-on of cluster %q", spell(a.Cluster)), a.Place, "ServiceAccount " + name(account.Namespace, account.Name), "EKS Pod Identity"}
	if profile, selector := p.fargate(account, a); profile != nil {
		link.Place = selector.Place
		if selector.Labels || selector.Namespace.Unknown != "" {
			link.State, link.Text = Unknown, fmt.Sprintf("whether Pods of ServiceAccount %q run on Fargate, where there is no EKS Pod Identity agent, depends on what the profile selects", name(account.Namespace, account.Name))
			p.find(notKnown, link.Place, link.Text, "waive this with the reason why they do not, or use IRSA")
			return link
		}
		link.State, link.Text = Broken, fmt.Sprintf("the Pods of namespace %q run on Fargate, where there is no EKS Pod Identity agent", spell(account.Namespace))
		p.find(noAgent, link.Place, link.Text, "run them on EC2, or use IRSA: remove the association and annotate the ServiceAccount", Related{a.Place, "the association"})
		return link
	}
	if !slices.ContainsFunc(p.Addons, func(addon facts.Addon) bool {
		return addon.Name.Is(identity.AddonPodIdentityAgent) && sameText(addon.Cluster, a.Cluster)
	}) {
		link.Text = fmt.Sprintf("the files do not show the EKS Pod Identity agent in cluster %q; it is assumed to exist", spell(a.Cluster))
		p.find(agentAssumed, p.firstIn(a).Place, link.Text, fmt.Sprintf("add the add-on %s, or what \"aws eks describe-addon\" shows of it; no action is needed in EKS Auto Mode, which has the agent built in", identity.AddonPodIdentityAgent))
	}
	return link
}

// firstIn is the first association in the cluster of another, so that what is said of a
// cluster is said once.
func (p *proof) firstIn(a *facts.PodIdentityAssociation) *facts.PodIdentityAssociation {
	for i := range p.PodIdentityAssociations {
		if sameCluster(&p.PodIdentityAssociations[i], a) {
			return &p.PodIdentityAssociations[i]
		}
	}
	return a
}

// fargate is a profile that puts Pods of the ServiceAccount on Fargate, or may, and its
// selector; nil if there is none. One that certainly does comes first.
func (p *proof) fargate(account *facts.ServiceAccount, a *facts.PodIdentityAssociation) (found *facts.FargateProfile, by facts.FargateSelector) {
	for i := range p.FargateProfiles {
		profile := &p.FargateProfiles[i]
		if !sameText(profile.Cluster, a.Cluster) {
			continue
		}
		for _, selector := range profile.Selectors {
			matches, _ := path.Match(selector.Namespace.Value, account.Namespace.Value)
			if !matches && selector.Namespace.Unknown == "" {
				continue
			}
			found, by = profile, selector
			if matches && !selector.Labels {
				return found, by
			}
		}
	}
	return found, by
}

// sameText reports whether two texts are one value, or unknown for one reason.
func sameText(a, b facts.Text) bool { return a.Value == b.Value && a.Unknown == b.Unknown }
