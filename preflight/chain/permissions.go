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
const Login = "ecr:GetAuthorizationToken"

// Permissions are what a role may do.
type Permissions struct {
	access.Role
	// Written are the resources on which the role's own policies allow a push, as they are
	// written.
	Written []string
	// Reaches are what it can push to, or may.
	Reaches []access.Reach
}

// PermissionsOf are those of a role of the files.
func (c *Chains) PermissionsOf(role *facts.Role) *Permissions { return c.permissions[role] }

// findPermissions finds what each role may do. Image repositories that let everyone push are
// asked about for the roles that something in the cluster names.
func (c *Chains) findPermissions() {
	named := map[*facts.Role]bool{}
	for n := range c.ServiceAccounts {
		named[c.AnnotatedRole(&c.ServiceAccounts[n])], named[c.AssociatedRole(&c.ServiceAccounts[n])] = true, true
	}
	for n := range c.Workloads {
		named[c.OwnRole(&c.Workloads[n])] = true
	}
	for _, role := range c.EveryRole() {
		found := &Permissions{Role: access.Role{
			ARN: role.ARN(), Account: role.Account.Value,
			Identity: c.Policies(role), Boundary: c.Boundary(role), Organization: c.organizationOf(role.Account),
		}}
		found.Written = found.Role.Written()
		found.Reaches = c.Repositories.Reaches(found.Role, named[role])
		c.permissions[role] = found
	}
}

// organizationOf are the organization's policies that limit an account, or may: those that are
// attached to it, and those of which that is not known.
func (c *Chains) organizationOf(account facts.Text) []access.OrganizationPolicy {
	var found []access.OrganizationPolicy
	for n := range c.Organization {
		limit := &c.Organization[n]
		if limit.Type.Known() && !slices.Contains([]string{"SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"}, limit.Type.Value) {
			continue
		}
		attached, elsewhere := false, limit.TargetsKnown
		for _, target := range limit.Targets {
			attached = attached || account.Known() && target.Is(account.Value)
			isOther := target.Known() && account.Known() && identity.AccountID(target.Value).Check() == nil
			elsewhere = elsewhere && isOther
		}
		if attached || !elsewhere {
			found = append(found, access.OrganizationPolicy{Document: &limit.Document, Name: limit.Name.String(), Attached: attached, Control: limit.Type.Is("RESOURCE_CONTROL_POLICY")})
		}
	}
	return found
}

// namesPush reports whether a policy of the role allows pushing to anything.
func (c *Chains) namesPush(role *facts.Role) bool {
	permissions := c.permissions[role]
	return len(permissions.Written)+len(permissions.Reaches) > 0
}

// PushesSomewhere decides whether the role's own policies allow a push to some image
// repository that none of them names.
func (c *Chains) PushesSomewhere(role *facts.Role) access.Decision {
	permissions := c.permissions[role]
	return access.Decide(permissions.Request(access.PutImage, access.AnyResource), permissions.Identity...)
}

// May decides whether the role may act on an image repository.
func (c *Chains) May(role *facts.Role, action, arn string) access.Decision {
	return c.Repositories.Ask(c.permissions[role].Role, action, arn)
}

// MayLogin decides whether the role may log in.
func (c *Chains) MayLogin(role *facts.Role) access.Decision {
	return c.permissions[role].May(c.LoginRequest(role), nil)
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
		if len(access.Role{Identity: []*facts.Document{&managed.Document}}.Written()) > 0 {
			return fmt.Sprintf(" (policy %q is attached to no role)", managed.Name)
		}
	}
	return ""
}
