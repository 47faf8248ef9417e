package index

import (
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// addAssociations finds the associations of each ServiceAccount and of each role, and the
// target roles that they go on to.
func (i *Index) addAssociations() {
	for n := range i.PodIdentityAssociations {
		a := &i.PodIdentityAssociations[n]
		if a.Namespace.Known() && a.ServiceAccount.Known() {
			of := namespacedKey(a.Namespace, a.ServiceAccount.Value)
			i.associations[of] = append(i.associations[of], a)
		} else {
			i.openAssociations = append(i.openAssociations, a)
		}
		role, target := i.Referenced(a.Role, a.Place), i.Referenced(a.TargetRole, a.Place)
		if role != nil {
			i.associationsFor[role] = append(i.associationsFor[role], a)
		}
		if role != nil && (target != nil || a.TargetRole.ARN.Known()) {
			i.targets[role] = append(i.targets[role], TargetARN(a, target))
		}
		if role != nil && target != nil && !slices.Contains(i.leadsTo[target], role) {
			i.leadsTo[target] = append(i.leadsTo[target], role)
		}
	}
}

// LastRole is the role that the Pods of an association have in the end.
func LastRole(a *facts.PodIdentityAssociation) facts.RoleReference {
	if a.TargetRole.ARN.There {
		return a.TargetRole
	}
	return a.Role
}

// TargetARN is the ARN of an association's target role; "*" if it is not known.
func TargetARN(a *facts.PodIdentityAssociation, target *facts.Role) string {
	if a.TargetRole.ARN.Known() {
		return a.TargetRole.ARN.Value
	}
	if arn := target.ARN(); arn != "" {
		return arn
	}
	return "*"
}

// AssociationsFor are the associations for whose Pods EKS assumes the role.
func (i *Index) AssociationsFor(role *facts.Role) []*facts.PodIdentityAssociation {
	return i.associationsFor[role]
}

// TargetsOf are the ARNs of the roles to which associations of a role go on, and LeadingTo
// the roles from which associations go on to a role.
func (i *Index) TargetsOf(role *facts.Role) []string        { return i.targets[role] }
func (i *Index) LeadingTo(target *facts.Role) []*facts.Role { return i.leadsTo[target] }

// AssociationsOf are the associations of a ServiceAccount, one for each cluster. Where a list
// shows one without its role, the fact with the role stands for both. If there are several, that
// counts which is in the ServiceAccount's cluster.
func (i *Index) AssociationsOf(sa *facts.ServiceAccount) []*facts.PodIdentityAssociation {
	if sa == nil || !sa.Namespace.Known() || !sa.Name.Known() {
		return nil
	}
	var found []*facts.PodIdentityAssociation
	for _, a := range i.associations[namespacedKey(sa.Namespace, sa.Name.Value)] {
		n := slices.IndexFunc(found, func(other *facts.PodIdentityAssociation) bool { return SameCluster(a, other) })
		switch {
		case n < 0:
			found = append(found, a)
		case isListed(found[n]):
			found[n] = a
		case !isListed(a) && !sameRole(a.Role, found[n].Role):
			found = append(found, a)
		}
	}
	if len(found) == 0 {
		return nil
	}
	own := slices.DeleteFunc(slices.Clone(found), func(a *facts.PodIdentityAssociation) bool { return !i.IsInClusterOf(sa, a) })
	if _, stated := clusterOf(sa); stated || len(own) == 1 {
		return own
	}
	return slices.DeleteFunc(found, func(a *facts.PodIdentityAssociation) bool { return i.isOfAnother(sa, a) })
}

// isOfAnother reports whether a ServiceAccount of the same name in another folder is in the
// association's cluster, and this one is not: a cluster has one.
func (i *Index) isOfAnother(sa *facts.ServiceAccount, a *facts.PodIdentityAssociation) bool {
	return !i.IsInClusterOf(sa, a) && slices.ContainsFunc(i.Alike(sa), func(other *facts.ServiceAccount) bool {
		return Folder(other.Place) != Folder(sa.Place) && i.IsInClusterOf(other, a)
	})
}

// IsInClusterOf reports whether the ServiceAccount says that it is in the association's cluster, or
// else a folder of its file has the cluster's name, and no other file with it is below such a
// folder: a cluster has one.
func (i *Index) IsInClusterOf(sa *facts.ServiceAccount, a *facts.PodIdentityAssociation) bool {
	if cluster, stated := clusterOf(sa); stated {
		return a.Cluster.MayBe(string(cluster.Name)) && a.Region.MayBe(string(cluster.Region)) && a.Account.MayBe(string(cluster.Account))
	}
	return InFolderOf(sa, a.Cluster) && !slices.ContainsFunc(i.Alike(sa), func(other *facts.ServiceAccount) bool {
		return Folder(other.Place) != Folder(sa.Place) && InFolderOf(other, a.Cluster)
	})
}

// clusterOf is the cluster that the ServiceAccount says it is in.
func clusterOf(sa *facts.ServiceAccount) (cluster identity.ClusterARN, stated bool) {
	cluster, err := identity.ParseClusterARN(facts.AnnotationValue(sa.Annotations, identity.AnnotationCluster).Value)
	return cluster, err == nil
}

// InFolderOf reports whether a folder of the ServiceAccount's file is named after the cluster. No
// field of a manifest names its cluster, and manifests of several clusters lie in folders that do.
func InFolderOf(sa *facts.ServiceAccount, cluster facts.Text) bool {
	return cluster.Known() && slices.Contains(strings.Split(Folder(sa.Place), "/"), cluster.Value)
}

// isListed reports whether all that is known of an association is that it exists.
func isListed(a *facts.PodIdentityAssociation) bool {
	return a.Role.ARN.Unknown != "" && a.Role.LogicalID == ""
}

// IsListedTwin reports whether an association is one that a list shows without its role, and
// another fact shows with it.
func (i *Index) IsListedTwin(a *facts.PodIdentityAssociation) bool {
	return isListed(a) && slices.ContainsFunc(i.associations[namespacedKey(a.Namespace, a.ServiceAccount.Value)], func(other *facts.PodIdentityAssociation) bool {
		return !isListed(other) && SameCluster(a, other)
	})
}

// SameCluster reports whether two associations are in one cluster, as far as is known.
func SameCluster(a, b *facts.PodIdentityAssociation) bool {
	mayBeOne := func(a, b facts.Text) bool { return !a.Known() || !b.Known() || a.Value == b.Value }
	return a.Cluster.Same(b.Cluster) && mayBeOne(a.Region, b.Region) && mayBeOne(a.Account, b.Account)
}

func sameRole(a, b facts.RoleReference) bool {
	return a.ARN.Known() && a.ARN.Value == b.ARN.Value || a.LogicalID != "" && a.LogicalID == b.LogicalID
}

// OpenAssociation is an association of which the files do not determine whether it is the
// ServiceAccount's; nil if there is none.
func (i *Index) OpenAssociation(sa *facts.ServiceAccount) *facts.PodIdentityAssociation {
	for _, a := range i.openAssociations {
		if sa.Namespace.Known() && a.Namespace.MayBe(sa.Namespace.Value) && a.ServiceAccount.MayBe(sa.Name.Value) {
			return a
		}
	}
	return nil
}

// NearAssociation is an association that may have been meant for the ServiceAccount, nil if
// there is none.
func (i *Index) NearAssociation(sa *facts.ServiceAccount) *facts.PodIdentityAssociation {
	if near := identity.Closest(namespacedKey(sa.Namespace, sa.Name.Value), Names(i.associations)); near != "" {
		return i.associations[near][0]
	}
	return nil
}

// AssociatedRole is the role that the Pods of a ServiceAccount have by an association, nil if
// there is none among the files.
func (i *Index) AssociatedRole(sa *facts.ServiceAccount) *facts.Role {
	for _, a := range i.AssociationsOf(sa) {
		if role := i.Referenced(LastRole(a), a.Place); role != nil {
			return role
		}
	}
	return nil
}
