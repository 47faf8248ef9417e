package doctor

import (
	"fmt"
	"slices"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
)

// isAssociation reports whether two facts are of one ServiceAccount in one cluster.
func isAssociation(a, b *facts.PodIdentityAssociation) bool {
	return index.SameCluster(a, b) && a.Namespace.Same(b.Namespace) && a.ServiceAccount.Same(b.ServiceAccount)
}

func associationTitle(a *facts.PodIdentityAssociation) string {
	return fmt.Sprintf("the EKS Pod Identity association of %q in cluster %q", facts.Named(a.Namespace, a.ServiceAccount), a.Cluster)
}

func (e *examination) compareAssociation(declared *facts.PodIdentityAssociation) {
	if !declared.Namespace.Known() || !declared.ServiceAccount.Known() || !e.readAssociations(declared.Cluster) {
		e.passOver("the EKS Pod Identity association of %s: its ServiceAccount is not known, or its cluster's associations were not read", declared.Place)
		return
	}
	i := slices.IndexFunc(e.live.PodIdentityAssociations, func(a facts.PodIdentityAssociation) bool { return isAssociation(&a, declared) })
	title := associationTitle(declared)
	if i < 0 {
		e.drifts("association-missing", "%s is not there; %s has it", title, declared.Place)
		return
	}
	deployed := &e.live.PodIdentityAssociations[i]
	e.compareText("association-role", title, "role", deployed.Role.ARN, e.roleARN(declared.Role, declared.Place.File))
	e.compareText("association-target-role", title, "target role", deployed.TargetRole.ARN, e.roleARN(declared.TargetRole, declared.Place.File))
	e.compareDocument("association-session-policy", title+" has another session policy", &deployed.SessionPolicy, &declared.SessionPolicy)
}

// roleARN returns the ARN that a reference stands for: a template may refer to a role in it.
func (e *examination) roleARN(reference facts.RoleReference, file string) facts.Text {
	for i := range e.declared.Roles {
		if role := &e.declared.Roles[i]; reference.LogicalID != "" && role.LogicalID == reference.LogicalID && role.Place.File == file && role.ARN() != "" {
			return facts.Text{Value: role.ARN(), There: true, Place: reference.ARN.Place}
		}
	}
	return reference.ARN
}

// readAssociations reports whether the associations of a cluster were read.
func (e *examination) readAssociations(cluster facts.Text) bool {
	read := slices.ContainsFunc(e.live.Clusters, func(c facts.Cluster) bool { return c.Name.Same(cluster) })
	for _, unread := range e.reading.Unread {
		if unread.Permission == "eks:ListPodIdentityAssociations" || unread.Permission == "eks:DescribePodIdentityAssociation" {
			return false
		}
	}
	return read
}

// findAssociations finds those that ServiceAccounts of the files have, and the files do not.
func (e *examination) findAssociations() {
	for i := range e.live.PodIdentityAssociations {
		deployed := &e.live.PodIdentityAssociations[i]
		ours := slices.ContainsFunc(e.declared.ServiceAccounts, func(sa facts.ServiceAccount) bool {
			return sa.Namespace.Same(deployed.Namespace) && sa.Name.Same(deployed.ServiceAccount)
		})
		declared := slices.ContainsFunc(e.declared.PodIdentityAssociations, func(a facts.PodIdentityAssociation) bool { return isAssociation(deployed, &a) })
		if ours && !declared {
			e.drifts("association-added", "%s gives role %q, and no file has it", associationTitle(deployed), deployed.Role.ARN)
		}
	}
}
