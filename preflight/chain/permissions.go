package chain

import (
	"fmt"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
)

// Login is the action that asks for the password of docker login.
const Login = access.GetAuthorizationToken

// Permissions are where a role has a grant.
type Permissions struct {
	access.Role
	// Written are the resources on which the role's own policies allow it, as they are
	// written.
	Written []string
	// Reaches are the image repositories on which it has it, or may have.
	Reaches []access.Reach
}

// PermissionsOf are where a role of the files can push.
func (c *Chains) PermissionsOf(role *facts.Role) *Permissions { return c.permissions[role] }

// PermissionsFor are where a role of the files has a grant. Where roles can pull is found when
// it is asked, because a check does not ask.
func (c *Chains) PermissionsFor(grant access.Grant, role *facts.Role) *Permissions {
	if grant == access.Push {
		return c.permissions[role]
	}
	found := c.pulls[role]
	if found == nil {
		found = c.permissionsOf(access.Pull, c.permissions[role].Role, c.podRoles[role])
		c.pulls[role] = found
	}
	return found
}

// PermissionsIn are where a role has a grant as far as a session policy leaves it, if there is one.
func (c *Chains) PermissionsIn(grant access.Grant, role *facts.Role, session *facts.Document) *Permissions {
	all := c.PermissionsFor(grant, role)
	if session == nil {
		return all
	}
	limited := all.Role
	limited.Session = session
	return c.permissionsOf(grant, limited, c.podRoles[role])
}

func (c *Chains) permissionsOf(grant access.Grant, role access.Role, named bool) *Permissions {
	return &Permissions{role, role.Written(grant), c.Repositories.Reaches(role, grant, named)}
}

// findPermissions finds where each role can push. Image repositories that let everyone in are
// asked about for the roles that something in the cluster names.
func (c *Chains) findPermissions() {
	for n := range c.ServiceAccounts {
		c.podRoles[c.AnnotatedRole(&c.ServiceAccounts[n])], c.podRoles[c.AssociatedRole(&c.ServiceAccounts[n])] = true, true
	}
	for n := range c.Workloads {
		c.podRoles[c.OwnRole(&c.Workloads[n])] = true
	}
	for _, role := range c.EveryRole() {
		c.permissions[role] = c.permissionsOf(access.Push, access.Role{
			ARN: role.ARN(), Account: role.Account.Value, Tags: c.tagsOf(role),
			Identity: c.Policies(role), Boundary: c.Boundary(role), Organization: append(c.organizationOf(role.Account), c.endpointsOf(role.Account)...),
		}, c.podRoles[role])
	}
}

// tagsOf are the tags of every session of a role: its own, but for session tags that any may be given. EKS
// Pod Identity gives the same ones to all if the role trusts it alone, and for one ServiceAccount of one cluster.
func (c *Chains) tagsOf(role *facts.Role) facts.Tags {
	switch {
	case !access.MayTag(&role.Trust):
		return role.Tags
	case !trustsPodsAlone(&role.Trust):
		return facts.Tags{}
	}
	tags := role.Tags.With(access.UnknownPodTags()...)
	groups := access.Principals(&c.budget, &role.Trust, role.Account.Value)
	if len(groups) != 1 || !groups[0].Associations || !groups[0].Single {
		return tags
	}
	subject, _ := identity.ParseSubject(groups[0].Representative)
	written := func(key, value string) facts.Tag {
		return facts.Tag{Key: key, Value: facts.Known(value, role.Trust.Place)}
	}
	return tags.With(written(identity.TagClusterARN, groups[0].Cluster), written(identity.TagNamespace, string(subject.Namespace)),
		written(identity.TagServiceAccount, string(subject.ServiceAccount)))
}

// organizationOf are the organization's policies that limit an account's principals, or may: those that are
// attached to it, and those of which that is not known. Resource control policies go by the account of
// what is acted on.
func (c *Chains) organizationOf(account facts.Text) []access.OrganizationPolicy {
	var found []access.OrganizationPolicy
	for n := range c.Organization {
		limit := &c.Organization[n]
		if !limit.Limits() {
			continue
		}
		one := access.OrganizationPolicy{Document: &limit.Document, Name: limit.Name.String()}
		if attached, possible := limit.On(account); limit.Type.Is("RESOURCE_CONTROL_POLICY") {
			one.Control = limit
		} else if one.Attached = attached; !possible {
			continue
		}
		found = append(found, one)
	}
	return found
}

// endpointsOf are the policies of an account's VPC endpoints, or of all if it is not known.
func (c *Chains) endpointsOf(account facts.Text) []access.OrganizationPolicy {
	var found []access.OrganizationPolicy
	for n := range c.EndpointPolicies {
		endpoint := &c.EndpointPolicies[n]
		if !account.Known() || !endpoint.Account.Contradicts(account.Value) {
			found = append(found, access.OrganizationPolicy{Document: &endpoint.Document, Name: endpoint.Name, Endpoint: endpoint})
		}
	}
	return found
}

// throughEndpoint is a Pod's request to assume a role, as the policies of VPC endpoints for STS judge it:
// those of every account, because the Pod's may not be the role's.
func (c *Chains) throughEndpoint(request policy.Request, role *facts.Role) (policy.Request, []access.OrganizationPolicy) {
	request.Resource = role.ARN()
	return request, c.endpointsOf(facts.Text{})
}

// namesPush reports whether a policy of the role allows pushing to anything.
func (c *Chains) namesPush(role *facts.Role) bool {
	permissions := c.permissions[role]
	return len(permissions.Written)+len(permissions.Reaches) > 0
}

// Somewhere decides whether the role's own policies allow a grant on some image repository that
// none of them names.
func (c *Chains) Somewhere(grant access.Grant, role *facts.Role) access.Decision {
	permissions := c.permissions[role]
	return access.Decide(permissions.Request(grant.Actions()[0], access.AnyResource), permissions.Identity...)
}

// somewhereUnknown says why it is not known whether a role that has the grant on nothing that is
// known has it on something else; "" if it is.
func (c *Chains) somewhereUnknown(grant access.Grant, role *facts.Role) string {
	if len(c.PermissionsFor(grant, role).Reaches) > 0 {
		return ""
	}
	return c.Somewhere(grant, role).Why
}

// May decides whether the role may act on an image repository.
func (c *Chains) May(role *facts.Role, action, arn string) access.Decision {
	return c.Repositories.Ask(c.permissions[role].Role, action, arn)
}

// LoginRequest is a login in the region that the role pushes to, if that is one.
func (c *Chains) LoginRequest(role *facts.Role) policy.Request {
	permissions := c.permissions[role]
	request := permissions.Request(Login, access.AnyResource)
	var regions []string
	for _, reach := range permissions.Reaches {
		if target, err := identity.ParseImageRepositoryARN(reach.ARN); err == nil {
			regions = append(regions, string(target.Registry.Region))
		}
	}
	slices.Sort(regions)
	if regions = slices.Compact(regions); len(regions) == 1 {
		return access.InRegion(request, regions[0])
	}
	return request
}

// nameUnattached finds a policy that would allow pushing and that no role has.
func (c *Chains) nameUnattached() string {
	for _, managed := range c.Index.Unattached() {
		if len(access.Role{Identity: []*facts.Document{&managed.Document}}.Written(access.Push)) > 0 {
			return fmt.Sprintf(" (policy %q is attached to no role)", managed.Name)
		}
	}
	return ""
}
