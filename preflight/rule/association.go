package rule

import (
	"cmp"
	"fmt"

	"keyless-runners/identity"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/index"
)

// ServiceAccount → EKS Pod Identity association.
var (
	agentAssumed       = kind("KR120", finding.Note, "EKS Pod Identity agent is assumed to exist")
	noAgent            = kind("KR121", finding.Error, "EKS Pod Identity where there is no agent")
	twoWays            = kind("KR122", finding.Note, "association beside IRSA")
	associationRefused = kind("KR123", finding.Error, "association that EKS refuses")
	oldAction          = kind("KR124", finding.Error, "action that cannot use EKS Pod Identity")
	preferredRole      = kind("KR125", finding.Warning, "login with the Pod's role in place of the configured one")
	otherAssociations  = kind("KR126", finding.Note, "other associations can have the role")
	unknownVersion     = kind("KR127", finding.Note, "action whose version is not known")
)

// associationsRefused reports associations that EKS does not make.
func associationsRefused(v View, report reporter) {
	for n := range v.PodIdentityAssociations {
		a := &v.PodIdentityAssociations[n]
		of := termsAt(a.Place)
		if arn, err := identity.ParseRoleARN(a.Role.ARN.Value); err == nil && a.Account.Contradicts(string(arn.Account)) {
			report(associationRefused, a.Role.ARN.Place, fmt.Sprintf("the association's role is in account %q, the cluster in %q: EKS takes roles of the cluster's account alone", arn.Account, a.Account.Value),
				fmt.Sprintf("name a role of the cluster's account as %s, and the other as %s", of.Role, of.TargetRole))
		}
		disabled := a.DisableSessionTags
		if a.SessionPolicy.There && a.SessionPolicy.Unknown == "" && disabled.Unknown == "" && disabled.Value != "true" {
			report(associationRefused, a.SessionPolicy.Place, "the association has a session policy, and EKS takes one only where session tags are disabled", of.Tags)
		}
	}
}

// clustersOfAssociations reports ServiceAccounts of which the files do not determine in which
// cluster, and so with which role, they are: no manifest names its cluster.
func clustersOfAssociations(v View, report reporter) {
	becauseOf(v, func(_ *chain.Identity, link chain.Link, several chain.SeveralRoles) {
		report(roleUnknown, link.Place, several.Text(), "put each cluster's manifests into a folder of the cluster's name, or check one cluster's files at a time",
			finding.Related{Place: several.First.Place, What: "the other association"})
	})
	becauseOf(v, func(_ *chain.Identity, link chain.Link, other chain.OtherCluster) {
		report(roleUnknown, link.Place, other.Text(), "add the association in the other cluster, or check one cluster's files at a time",
			finding.Related{Place: other.Association.Place, What: "the association"})
	})
}

// agents reports where EKS Pod Identity does not certainly reach the Pods.
func agents(v View, report reporter) {
	becauseOf(v, func(_ *chain.Identity, link chain.Link, agent chain.Agent) {
		switch {
		case link.State == chain.Unknown:
			report(podUnknown, link.Place, agent.Text(), "waive this with the reason why they do not, or use IRSA")
		case link.State == chain.Broken:
			report(noAgent, link.Place, agent.Text(), "run them on EC2, or use IRSA: remove the association and annotate the ServiceAccount",
				finding.Related{Place: agent.Association.Place, What: "the association"})
		case !agent.Shown:
			report(agentAssumed, firstInCluster(v, agent.Association).Place, agent.Text(),
				fmt.Sprintf("add the add-on %s, or what \"aws eks describe-addon\" shows of it; no action is needed in EKS Auto Mode, which has the agent built in", identity.AddonPodIdentityAgent))
		}
	})
}

// firstInCluster is the first association in the cluster of another, so that what is said of a
// cluster is said once.
func firstInCluster(v View, a *facts.PodIdentityAssociation) *facts.PodIdentityAssociation {
	for n := range v.PodIdentityAssociations {
		if first := &v.PodIdentityAssociations[n]; index.SameCluster(first, a) {
			return first
		}
	}
	return a
}

// overriddenWays reports ServiceAccounts with both an association and IRSA, of which one counts
// for nothing.
func overriddenWays(v View, report reporter) {
	for _, r := range v.Runners {
		overriddenAssociation(v, r, report)
	}
	for _, found := range v.Identities {
		overriddenAnnotation(found, report)
	}
}

// overriddenAssociation reports a container that sets the variables of IRSA itself.
func overriddenAssociation(v View, r *chain.Runner, report reporter) {
	if r.Identity == nil {
		return
	}
	associations := v.AssociationsOf(r.SA)
	if by, ok := r.Identity.By.(chain.IRSA); ok && len(associations) > 0 {
		report(twoWays, cmp.Or(by.Role.Place, r.Place), fmt.Sprintf("container %q sets %s itself, and its ServiceAccount has an EKS Pod Identity association: AWS SDKs take the variable's role", r.Containers[0].Name, identity.EnvRoleARN),
			fmt.Sprintf("take %s and %s out, so that the association counts", identity.EnvRoleARN, identity.EnvTokenFile), finding.Related{Place: associations[0].Place, What: "the association"})
	}
}

// overriddenAnnotation notes an annotation beside an association.
func overriddenAnnotation(found *chain.Identity, report reporter) {
	sa := found.ServiceAccount
	annotation := facts.AnnotationOf(sa.Annotations, identity.AnnotationRoleARN)
	if by, ok := found.By.(chain.PodIdentity); ok && found.Role != nil && annotation != nil {
		first := by.Associations[0]
		report(twoWays, annotation.Place,
			fmt.Sprintf("ServiceAccount %q has an EKS Pod Identity association in %s too: each new Pod there gets the association's role, and the annotation counts for nothing", facts.Named(sa.Namespace, sa.Name), facts.InCluster(first.Cluster)),
			"remove the annotation when no Pod from before the association runs any more", finding.Related{Place: first.Place, What: "the association"})
	}
}
