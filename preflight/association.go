package preflight

import (
	"cmp"
	"fmt"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// podIdentity is EKS Pod Identity as a way to a role: the associations of a ServiceAccount,
// one for each cluster that has one.
type podIdentity struct {
	associations []*facts.PodIdentityAssociation
}

func (e podIdentity) roleARN() facts.Text { return last(e.associations[0]).ARN }

func (e podIdentity) is(other way) bool {
	theirs, ok := other.(podIdentity)
	return ok && slices.Equal(e.associations, theirs.associations)
}

// last is the role that the Pods have in the end.
func last(a *facts.PodIdentityAssociation) facts.RoleReference {
	if a.TargetRole.ARN.There {
		return a.TargetRole
	}
	return a.Role
}

// follow goes from the associations to their role. If those of several clusters lead to
// different roles, the files do not determine which one it is: no manifest names its cluster.
func (e podIdentity) follow(p *proof, account *facts.ServiceAccount, found *identities) {
	for i, a := range e.associations {
		role, links := p.followAssociation(account, a)
		found.links = append(found.links, links...)
		found.regions = append(found.regions, a.Region)
		if i > 0 && (role != found.role || !sameSession(a, e.associations[0])) {
			found.links = append(found.links, p.severalRoles(account, e.associations[0], a))
		}
		if i == 0 {
			found.role = role
		}
	}
	if found.role != nil {
		p.noteOverridden(account, e.associations[0])
		found.links = append(found.links, p.elsewhere(account, e.associations)...)
	}
}

// sameSession reports whether two associations limit their Pods alike.
func sameSession(a, b *facts.PodIdentityAssociation) bool {
	return a.SessionPolicy.There == b.SessionPolicy.There && string(a.SessionPolicy.Policy.JSON()) == string(b.SessionPolicy.Policy.JSON())
}

// followAssociation follows one association to its role, and to its target role if it has
// one. The role is nil if that is not among the files.
func (p *proof) followAssociation(account *facts.ServiceAccount, a *facts.PodIdentityAssociation) (*facts.Role, []Link) {
	who := "ServiceAccount " + name(account.Namespace, account.Name)
	role := p.referenced(a.Role, a.Place)
	if role == nil {
		state, text := Broken, "the association names no role of the files"
		if a.Role.ARN.Unknown != "" {
			state, text = Unknown, "the association's role is not known: "+a.Role.ARN.Unknown
		}
		return nil, []Link{{LinkRole, state, text, a.Place, who, "role"}}
	}
	p.take(role, account)
	text := fmt.Sprintf("its association in cluster %q names role %q", spell(a.Cluster), title(role))
	links := []Link{
		{LinkRole, Proved, text, written(a.Role.ARN.Place, a.Place), who, "role " + title(role)},
		p.agentLink(account, a),
		p.podTrust(account, a, role),
	}
	if !a.TargetRole.ARN.There {
		return role, links
	}
	target, link := p.targetLink(account, a, role)
	return target, append(links, link)
}

// take writes down that a ServiceAccount of the files has the role.
func (p *proof) take(role *facts.Role, account *facts.ServiceAccount) {
	if ours := p.takers[role]; !slices.Contains(ours, account) {
		p.takers[role] = append(ours, account)
	}
}

func (p *proof) severalRoles(account *facts.ServiceAccount, a, b *facts.PodIdentityAssociation) Link {
	text := fmt.Sprintf("associations give ServiceAccount %q different roles or session policies in clusters %q and %q, and which cluster it is in is not known",
		name(account.Namespace, account.Name), spell(a.Cluster), spell(b.Cluster))
	p.find(notKnown, b.Place, text, "check one cluster's files at a time", Related{a.Place, "the other association"})
	return Link{LinkRole, Unknown, text, b.Place, "ServiceAccount " + name(account.Namespace, account.Name), "role"}
}

// elsewhere reports a ServiceAccount that may be in a cluster in which it has no association.
func (p *proof) elsewhere(account *facts.ServiceAccount, associations []*facts.PodIdentityAssociation) []Link {
	why := p.otherClusters(account, associations)
	if why == "" {
		return nil
	}
	text := fmt.Sprintf("whether ServiceAccount %q is in cluster %q, where it has an association, is not known: %s", name(account.Namespace, account.Name), spell(associations[0].Cluster), why)
	p.find(notKnown, account.Place, text, "add the association in the other cluster, or check one cluster's files at a time", Related{associations[0].Place, "the association"})
	return []Link{{LinkRole, Unknown, text, account.Place, "ServiceAccount " + name(account.Namespace, account.Name), "role"}}
}

// otherClusters says why the ServiceAccount may be in another cluster than its associations;
// "" if nothing in the files says so.
func (p *proof) otherClusters(account *facts.ServiceAccount, associations []*facts.PodIdentityAssociation) string {
	folders := map[string]bool{}
	for _, same := range p.serviceAccounts[accountKey(account.Namespace, account.Name.Value)] {
		folders[folder(same.Place)] = true
	}
	if len(folders) > len(associations) {
		return fmt.Sprintf("the files have it in %d folders, and %s", len(folders), clusters(associations))
	}
	for i := range p.Clusters {
		cluster := p.Clusters[i].Name
		if cluster.Known() && !slices.ContainsFunc(associations, func(a *facts.PodIdentityAssociation) bool { return a.Cluster.MayBe(cluster.Value) }) && p.mayBeIn(account, &p.Clusters[i]) {
			return fmt.Sprintf("the files describe cluster %q too", cluster.Value)
		}
	}
	return ""
}

// mayBeIn reports whether a ServiceAccount without an association in a cluster may be there:
// it has an annotation that counts there, or the cluster is the only one that is described.
func (p *proof) mayBeIn(account *facts.ServiceAccount, cluster *facts.Cluster) bool {
	return len(p.Clusters) == 1 || annotationOf(account.Annotations, annotationRoleARN) != nil
}

func clusters(associations []*facts.PodIdentityAssociation) string {
	if len(associations) == 1 {
		return "one cluster has an association"
	}
	return fmt.Sprintf("%d clusters have associations", len(associations))
}

// noteOverridden notes an annotation that counts for nothing beside an association.
func (p *proof) noteOverridden(account *facts.ServiceAccount, a *facts.PodIdentityAssociation) {
	if annotation := annotationOf(account.Annotations, annotationRoleARN); annotation != nil {
		p.find(twoWays, annotation.Place,
			fmt.Sprintf("ServiceAccount %q has an EKS Pod Identity association in cluster %q too: each new Pod there gets the association's role, and the annotation counts for nothing", name(account.Namespace, account.Name), spell(a.Cluster)),
			"remove the annotation when no Pod from before the association runs any more", Related{a.Place, "the association"})
	}
}

// wayOf is how new Pods of a ServiceAccount come to a role.
func (p *proof) wayOf(account *facts.ServiceAccount) way {
	if associations := p.associationsOf(account); len(associations) > 0 {
		return podIdentity{associations}
	}
	return annotated(account)
}

// associationsOf are the associations of a ServiceAccount, one for each cluster.
func (p *proof) associationsOf(account *facts.ServiceAccount) []*facts.PodIdentityAssociation {
	if account == nil || !account.Namespace.Known() || !account.Name.Known() {
		return nil
	}
	var found []*facts.PodIdentityAssociation
	for _, a := range p.associations[accountKey(account.Namespace, account.Name.Value)] {
		i := slices.IndexFunc(found, func(other *facts.PodIdentityAssociation) bool { return sameCluster(a, other) })
		switch {
		case i < 0:
			found = append(found, a)
		case isListed(found[i]):
			found[i] = a
		case !isListed(a) && !sameReference(a.Role, found[i].Role):
			found = append(found, a)
		}
	}
	return found
}

// isListed reports whether all that is known of an association is that it is there.
func isListed(a *facts.PodIdentityAssociation) bool {
	return a.Role.ARN.Unknown != "" && a.Role.LogicalID == ""
}

func sameCluster(a, b *facts.PodIdentityAssociation) bool {
	return a.Cluster.Value == b.Cluster.Value && a.Cluster.Unknown == b.Cluster.Unknown && mayBeOne(a.Region, b.Region) && mayBeOne(a.Account, b.Account)
}

func mayBeOne(a, b facts.Text) bool { return !a.Known() || !b.Known() || a.Value == b.Value }

func sameReference(a, b facts.RoleReference) bool {
	return a.ARN.Known() && a.ARN.Value == b.ARN.Value || a.LogicalID != "" && a.LogicalID == b.LogicalID
}

// openAssociation is an association of which the files do not determine whether it is the
// ServiceAccount's; nil if there is none.
func (p *proof) openAssociation(account *facts.ServiceAccount) *facts.PodIdentityAssociation {
	for _, a := range p.openAssociations {
		if account.Namespace.Known() && a.Namespace.MayBe(account.Namespace.Value) && a.ServiceAccount.MayBe(account.Name.Value) {
			return a
		}
	}
	return nil
}

func (p *proof) reportOpenAssociation(r *runner, a *facts.PodIdentityAssociation) {
	problem := fmt.Sprintf("whether ServiceAccount %q has the EKS Pod Identity association of %q in cluster %q is not known: %s", name(r.account.Namespace, r.account.Name), name(a.Namespace, a.ServiceAccount), spell(a.Cluster), cmp.Or(a.Namespace.Unknown, a.ServiceAccount.Unknown))
	r.podLink = &Link{State: Unknown, Text: problem, Place: a.Place}
	p.find(notKnown, a.Place, problem, "write out the association's namespace and ServiceAccount, or tell what decides them")
}

// referenced finds a role that an association names, and reports what is wrong on the way. It
// returns nil if there is none.
func (p *proof) referenced(reference facts.RoleReference, at source.Place) *facts.Role {
	if role := p.inTemplate(reference, at); role != nil {
		return role
	}
	if reference.ARN.Unknown != "" {
		p.find(notKnown, written(reference.ARN.Place, at), "the association's role is not known: "+reference.ARN.Unknown, "write the role's ARN, or add what tells it")
		return nil
	}
	arn, err := identity.ParseRoleARN(reference.ARN.Value)
	if err != nil {
		p.find(badRoleARN, reference.ARN.Place, err.Error(), "write the ARN as IAM shows it")
		return nil
	}
	return p.roleByARN(arn, reference.ARN)
}

// roleAt is the role that an association names, without a finding if there is none.
func (p *proof) roleAt(reference facts.RoleReference, at source.Place) *facts.Role {
	if role := p.inTemplate(reference, at); role != nil {
		return role
	}
	arn, err := identity.ParseRoleARN(reference.ARN.Value)
	if err != nil {
		return nil
	}
	return p.exact(arn)
}

// inTemplate is the role of the same template, nil if the association names none by its
// logical id.
func (p *proof) inTemplate(reference facts.RoleReference, at source.Place) *facts.Role {
	if reference.LogicalID == "" {
		return nil
	}
	return p.rolesByID[at.File+" "+reference.LogicalID]
}

// associatedRole is the role that the Pods of a ServiceAccount have by an association, nil if
// there is none among the files.
func (p *proof) associatedRole(account *facts.ServiceAccount) *facts.Role {
	for _, a := range p.associationsOf(account) {
		if role := p.roleAt(last(a), a.Place); role != nil {
			return role
		}
	}
	return nil
}

// checkAssociations looks at each association by itself.
func (p *proof) checkAssociations() {
	first := map[string]*facts.PodIdentityAssociation{}
	for i := range p.PodIdentityAssociations {
		a := &p.PodIdentityAssociations[i]
		p.checkDocument(&a.SessionPolicy, useIdentity)
		p.checkAccepted(a)
		key := fmt.Sprint(a.Place.File, a.Cluster.Value, a.Cluster.Unknown, a.Region.Value, a.Account.Value, accountKey(a.Namespace, a.ServiceAccount.Value))
		if before := first[key]; before != nil && a.Namespace.Known() && a.ServiceAccount.Known() {
			p.find(definedTwice, a.Place, fmt.Sprintf("a ServiceAccount has one association in a cluster, and the file defines two of %q in %q", name(a.Namespace, a.ServiceAccount), spell(a.Cluster)),
				"keep one", Related{before.Place, "the other"})
		}
		first[key] = a
		p.noteUnknownRole(a)
	}
}

// checkAccepted reports an association that EKS does not make.
func (p *proof) checkAccepted(a *facts.PodIdentityAssociation) {
	if arn, err := identity.ParseRoleARN(a.Role.ARN.Value); err == nil && contradicts(a.Account, string(arn.Account)) {
		p.find(associationRefused, a.Role.ARN.Place, fmt.Sprintf("the association's role is in account %q, the cluster in %q: EKS takes roles of the cluster's account alone", arn.Account, a.Account.Value),
			"name a role of the cluster's account as RoleArn, and the other as TargetRoleArn")
	}
	disabled := a.DisableSessionTags
	if a.SessionPolicy.There && a.SessionPolicy.Unknown == "" && disabled.Unknown == "" && disabled.Value != "true" {
		p.find(associationRefused, a.SessionPolicy.Place, "the association has a session policy, and EKS takes one only where session tags are disabled", "set DisableSessionTags to true")
	}
}

// noteUnknownRole notes an association whose role is not among the files, so that what its
// Pods can push to is not known.
func (p *proof) noteUnknownRole(a *facts.PodIdentityAssociation) {
	twin := func(other *facts.PodIdentityAssociation) bool { return !isListed(other) && sameCluster(a, other) }
	if p.roleAt(last(a), a.Place) != nil || isListed(a) && slices.ContainsFunc(p.associations[accountKey(a.Namespace, a.ServiceAccount.Value)], twin) {
		return
	}
	what := fmt.Sprintf("the EKS Pod Identity association of %q in cluster %q", name(a.Namespace, a.ServiceAccount), spell(a.Cluster))
	p.find(notLookedAt, a.Place, what+" may let others push, and its role is not among the files", "add the role")
	p.report.Access = append(p.report.Access, Access{ImageRepository: "(not known)", Who: what, Role: "(not looked at)", Place: a.Place})
}

// nearAssociation is an association that may have been meant for the ServiceAccount, nil if
// there is none.
func (p *proof) nearAssociation(account *facts.ServiceAccount) *facts.PodIdentityAssociation {
	key := accountKey(account.Namespace, account.Name.Value)
	if near := identity.Closest(key, candidates(p.associations)); near != "" {
		return p.associations[near][0]
	}
	return nil
}
