package chain

import (
	"fmt"
	"path"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
)

// PodIdentity is EKS Pod Identity: the associations of a ServiceAccount, one for each cluster
// that has one.
type PodIdentity struct {
	Associations []*facts.PodIdentityAssociation
}

// RoleARN implements Way.
func (w PodIdentity) RoleARN() facts.Text { return index.LastRole(w.Associations[0]).ARN }

func (w PodIdentity) is(other Way) bool {
	theirs, ok := other.(PodIdentity)
	return ok && slices.Equal(w.Associations, theirs.Associations)
}

// follow goes from the associations to their role. If those of several clusters lead to
// different roles, the files do not determine which one it is: no manifest names its cluster.
func (w PodIdentity) follow(c *Chains, found *Identity) {
	first := w.Associations[0]
	role, one := c.followAssociation(found, first), true
	found.Regions = append(found.Regions, first.Region)
	for _, a := range w.Associations[1:] {
		other := c.followAssociation(found, a)
		found.Regions = append(found.Regions, a.Region)
		if other != role || !sameSession(a, first) {
			found.add(LinkRole, Unknown, a.Place, SeveralRoles{found.ServiceAccount, first, a}, found.title(), "role")
		}
		one = one && other == role
	}
	if one {
		found.Role = role
	}
	if why := c.otherClusters(found.ServiceAccount, w.Associations); found.Role != nil && why != "" {
		found.add(LinkRole, Unknown, found.ServiceAccount.Place, OtherCluster{found.ServiceAccount, first, why}, found.title(), "role")
	}
}

// sameSession reports whether two associations limit their Pods alike.
func sameSession(a, b *facts.PodIdentityAssociation) bool {
	return a.SessionPolicy.There == b.SessionPolicy.There && string(a.SessionPolicy.Policy.JSON()) == string(b.SessionPolicy.Policy.JSON())
}

// associated is a role as Pods have it by associations: with the session tags that all of them give
// (Amazon EKS user guide, "Grant Pods access to AWS resources based on tags").
func (c *Chains) associated(role *facts.Role, associations ...*facts.PodIdentityAssociation) access.Role {
	tags := access.PodTags(associations[0])
	for _, a := range associations[1:] {
		others := access.PodTags(a)
		if len(others) != len(tags) {
			tags = access.UnknownPodTags()
			break
		}
		for n := range tags {
			if !tags[n].Value.Same(others[n].Value) {
				tags[n].Value = facts.Text{}
			}
		}
	}
	as := c.permissions[role].Role
	as.Tags = role.Tags.With(tags...)
	return as
}

// followAssociation follows one association to its role, and to its target role if it has one.
func (c *Chains) followAssociation(found *Identity, a *facts.PodIdentityAssociation) *facts.Role {
	named := c.findReferenced(a.Role, a.Place)
	found.Found = append(found.Found, named)
	role := named.Role
	if role == nil {
		state, why := Broken, "the association names no role of the files"
		if unknown := a.Role.ARN.Unknown; unknown != "" {
			state, why = Unknown, "the association's role is not known: "+unknown
		}
		found.add(LinkRole, state, a.Place, Said(why), found.title(), "role")
		return nil
	}
	found.add(LinkRole, Proved, named.Place, Said(fmt.Sprintf("its association in %s names role %q", facts.InCluster(a.Cluster), role.Title())), found.title(), "role "+role.Title())
	agent := c.agent(found.ServiceAccount, a)
	at := a.Place
	if agent.Profile != nil {
		at = agent.Selector.Place
	}
	found.add(LinkAgent, agent.state(), at, agent, found.title(), "EKS Pod Identity")
	c.assume(found, Assumption{
		Who:         fmt.Sprintf("EKS Pod Identity for ServiceAccount %q in %s", facts.Named(found.ServiceAccount.Namespace, found.ServiceAccount.Name), facts.InCluster(a.Cluster)),
		Role:        role,
		Association: a,
		ask: func(action string) (policy.Request, access.Decision) {
			request := access.PodRequest(a, action)
			return request, access.Decide(request, c.trustOf(role))
		},
	}, LinkTrust, "EKS Pod Identity")
	if !a.TargetRole.ARN.There {
		return role
	}
	return c.followTarget(found, a, role)
}

// SeveralRoles means that the associations of two clusters give a ServiceAccount different
// roles or session policies.
type SeveralRoles struct {
	SA            *facts.ServiceAccount
	First, Second *facts.PodIdentityAssociation
}

// Text implements Reason.
func (s SeveralRoles) Text() string {
	return fmt.Sprintf("associations give ServiceAccount %q different roles or session policies in clusters %q and %q, and which cluster it is in is not known",
		facts.Named(s.SA.Namespace, s.SA.Name), s.First.Cluster, s.Second.Cluster)
}

// OtherCluster means that a ServiceAccount may be in a cluster in which it has no association.
type OtherCluster struct {
	SA          *facts.ServiceAccount
	Association *facts.PodIdentityAssociation
	Why         string
}

// Text implements Reason.
func (o OtherCluster) Text() string {
	return fmt.Sprintf("whether ServiceAccount %q is in %s, where it has an association, is not known: %s", facts.Named(o.SA.Namespace, o.SA.Name), facts.InCluster(o.Association.Cluster), o.Why)
}

// otherClusters is why the ServiceAccount may be in another cluster than its associations; ""
// if nothing in the files says so, or it is in the cluster of the one that it has.
func (c *Chains) otherClusters(sa *facts.ServiceAccount, associations []*facts.PodIdentityAssociation) string {
	if len(associations) == 1 && c.IsInClusterOf(sa, associations[0]) {
		return ""
	}
	folders := map[string]bool{}
	for _, same := range c.Alike(sa) {
		folders[index.Folder(same.Place)] = true
	}
	if len(folders) > len(associations) {
		have := fmt.Sprintf("%d clusters have associations", len(associations))
		if len(associations) == 1 {
			have = "one cluster has an association"
		}
		return fmt.Sprintf("the files have it in %d folders, and %s", len(folders), have)
	}
	// An annotation counts there, or the cluster is the only one that is described.
	mayBeThere := len(c.Clusters) == 1 || facts.AnnotationOf(sa.Annotations, identity.AnnotationRoleARN) != nil
	for _, cluster := range c.Clusters {
		switch {
		case !cluster.Name.Known() || slices.ContainsFunc(associations, func(a *facts.PodIdentityAssociation) bool { return a.Cluster.MayBe(cluster.Name.Value) }):
		case index.InFolderOf(sa, cluster.Name):
			return fmt.Sprintf("its folder is named after cluster %q", cluster.Name.Value)
		case mayBeThere:
			return fmt.Sprintf("the files describe cluster %q too", cluster.Name.Value)
		}
	}
	return ""
}

// Agent says whether the EKS Pod Identity agent answers where the Pods run: there is none on
// Fargate (Amazon EKS user guide, "EKS Pod Identity": "Restrictions").
type Agent struct {
	SA          *facts.ServiceAccount
	Association *facts.PodIdentityAssociation
	// Profile puts the Pods on Fargate, or may, by the Selector; nil: none does.
	Profile  *facts.FargateProfile
	Selector facts.FargateSelector
	// Shown reports that the files show the agent in the cluster.
	Shown bool
}

func (c *Chains) agent(sa *facts.ServiceAccount, a *facts.PodIdentityAssociation) Agent {
	found := Agent{SA: sa, Association: a, Shown: slices.ContainsFunc(c.Addons, func(addon facts.Addon) bool {
		return addon.Name.Is(identity.AddonPodIdentityAgent) && addon.Cluster.Same(a.Cluster)
	})}
	for n := range c.FargateProfiles {
		profile := &c.FargateProfiles[n]
		if !profile.Cluster.Same(a.Cluster) {
			continue
		}
		for _, selector := range profile.Selectors {
			matches, _ := path.Match(selector.Namespace.Value, sa.Namespace.Value)
			if !matches && selector.Namespace.Unknown == "" {
				continue
			}
			found.Profile, found.Selector = profile, selector
			if matches && !selector.Labels {
				return found
			}
		}
	}
	return found
}

func (a Agent) state() State {
	switch {
	case a.Profile == nil:
		return Proved
	case a.Selector.Labels || a.Selector.Namespace.Unknown != "":
		return Unknown
	}
	return Broken
}

// Text implements Reason.
func (a Agent) Text() string {
	switch {
	case a.state() == Unknown:
		return fmt.Sprintf("whether Pods of ServiceAccount %q run on Fargate, where there is no EKS Pod Identity agent, depends on what the profile selects", facts.Named(a.SA.Namespace, a.SA.Name))
	case a.state() == Broken:
		return fmt.Sprintf("the Pods of namespace %q run on Fargate, where there is no EKS Pod Identity agent", a.SA.Namespace)
	case !a.Shown:
		return fmt.Sprintf("the files do not show the EKS Pod Identity agent in %s; it is assumed to exist", facts.InCluster(a.Association.Cluster))
	}
	return fmt.Sprintf("the agent is an add-on of %s", facts.InCluster(a.Association.Cluster))
}

// Assumption is a step in which EKS assumes a role for a Pod, or a job does: with AssumeRole and
// TagSession, both in one request.
type Assumption struct {
	// Who assumes it, in words.
	Who  string
	Role *facts.Role
	// Association is the one for whose Pods EKS assumes it; nil: a job does.
	Association *facts.PodIdentityAssociation
	Problem     TrustProblem
	// Request is the one that is not certainly allowed, Decision the answer to it, and
	// Mismatches what the nearest statement of the trust policy lacks.
	Request    policy.Request
	Decision   access.Decision
	Mismatches []access.Mismatch

	// actions are the actions of the request; none: AssumeRole and TagSession.
	actions []string
	// ask puts an action to every policy that takes part.
	ask func(action string) (policy.Request, access.Decision)
}

// assume adds the link in which EKS assumes a role.
func (c *Chains) assume(found *Identity, a Assumption, name, from string) {
	a.decide(c.trustOf(a.Role))
	found.add(name, a.Problem.state(), a.Role.Trust.Place, a, from, "role "+a.Role.Title())
}

func (a *Assumption) decide(trust *facts.Document) {
	switch {
	case !trust.There:
		a.Problem = NoTrustPolicy
		return
	case trust.Problem != nil:
		a.Problem = TrustInvalid
		return
	}
	actions := a.actions
	if actions == nil {
		actions = []string{access.AssumeRole, access.TagSession}
	}
	for _, action := range actions {
		a.Request, a.Decision = a.ask(action)
		switch {
		case a.Decision.Allowed():
			continue
		case a.Decision.Possible():
			a.Problem = Undecided
		case action == access.TagSession && a.Association != nil && a.Association.DisableSessionTags.Is("true"):
			a.Problem = Untagged
		case access.Decide(a.Request, trust).Possible():
			a.Problem = NotAllowed
		default:
			a.Problem, a.Decision, a.Mismatches = nearest(a.Role, trust, a.Request, a.Decision)
		}
		return
	}
}

// Text implements Reason.
func (a Assumption) Text() string {
	switch {
	case a.Problem == Trusts:
		return fmt.Sprintf("%s may take role %q", a.Who, a.Role.Title())
	case a.Problem == Undecided:
		return fmt.Sprintf("whether %s may take role %q is not known: %s", a.Who, a.Role.Title(), a.Decision.Why)
	case a.Problem == Untagged:
		return fmt.Sprintf("whether %s may take role %q is not known: %s is not allowed, and whether EKS needs it where session tags are disabled is not documented", a.Who, a.Role.Title(), access.TagSession)
	}
	return fmt.Sprintf("%s may not take role %q", a.Who, a.Role.Title())
}
