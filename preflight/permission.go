package preflight

import (
	"fmt"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
)

// permissions are what a role may do.
type permissions struct {
	access.Role
	// written are the resources on which the role's own policies allow a push, as they are
	// written.
	written []string
	// reaches are what it can push to, or may.
	reaches []access.Reach
}

func (p *proof) permissionsOf(role *facts.Role) *permissions {
	if known := p.permissions[role]; known != nil {
		return known
	}
	found := &permissions{Role: access.Role{ARN: knownARN(role), Account: role.Account.Value}}
	p.permissions[role] = found
	for i := range role.Inline {
		found.Identity = append(found.Identity, &role.Inline[i].Document)
	}
	for _, arn := range role.Attached {
		found.Identity = append(found.Identity, p.managedPolicy(arn))
	}
	for _, attached := range p.attachedByName[role.Name.Value] {
		if !slices.ContainsFunc(role.Attached, func(arn facts.Text) bool { return arn.Is(attached.ARN.Value) }) {
			found.Identity = append(found.Identity, &attached.Document)
		}
	}
	switch {
	case role.BoundaryDocument.There:
		found.Boundary = &role.BoundaryDocument
	case role.Boundary.There:
		found.Boundary = p.managedPolicy(role.Boundary)
	}
	if n := len(found.Identity); n > maxPolicies {
		found.Identity = []*facts.Document{{Place: role.Place, There: true, Unknown: fmt.Sprintf("it has %d policies, more than IAM takes", n)}}
	}
	found.Organization = p.organizationOf(role)
	found.written = found.Written()
	found.reaches = p.repositories.Reaches(found.Role, len(p.takers[role]) > 0)
	return found
}

// organizationOf are the organization's policies that limit a role, or may: those that are
// attached to its account, and those of which that is not known.
func (p *proof) organizationOf(role *facts.Role) []access.OrganizationPolicy {
	var found []access.OrganizationPolicy
	for i := range p.Organization {
		limit := &p.Organization[i]
		if limit.Type.Known() && !slices.Contains([]string{"SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"}, limit.Type.Value) {
			continue
		}
		attached, elsewhere := false, limit.TargetsKnown
		for _, target := range limit.Targets {
			attached = attached || role.Account.Known() && target.Is(role.Account.Value)
			isOther := target.Known() && role.Account.Known() && identity.AccountID(target.Value).Check() == nil
			elsewhere = elsewhere && isOther
		}
		if attached || !elsewhere {
			found = append(found, access.OrganizationPolicy{Document: &limit.Document, Name: spell(limit.Name), Attached: attached})
		}
	}
	return found
}

// knownARN is the ARN of a role whose name and account are known, "" of another.
func knownARN(role *facts.Role) string {
	if !role.Account.Known() || !role.Name.Known() {
		return ""
	}
	return roleARN(role)
}

// namesPush says whether a policy of the role allows pushing to anything.
func (p *proof) namesPush(role *facts.Role) bool {
	permissions := p.permissionsOf(role)
	return len(permissions.written)+len(permissions.reaches) > 0
}

// findUnattached names a policy that would allow pushing and that no role has.
func (p *proof) findUnattached() {
	attached := map[string]bool{}
	for _, role := range p.Roles {
		for _, arn := range role.Attached {
			attached[arn.Value] = true
		}
	}
	for i := range p.ManagedPolicies {
		managed := &p.ManagedPolicies[i]
		if !managed.ARN.Known() || attached[managed.ARN.Value] || len(managed.Roles) > 0 {
			continue
		}
		if len(access.Role{Identity: []*facts.Document{&managed.Document}}.Written()) > 0 {
			p.unattached = fmt.Sprintf(" (policy %q is attached to no role)", spell(managed.Name))
			return
		}
	}
}

// may decides whether the role may act on an image repository.
func (p *proof) may(role *facts.Role, action, arn string) access.Decision {
	return p.repositories.Ask(p.permissionsOf(role).Role, action, arn)
}

// mayLogin decides whether the role may log in, in the region that it pushes to.
func (p *proof) mayLogin(role *facts.Role) access.Decision {
	permissions := p.permissionsOf(role)
	return permissions.May(p.loginRequest(permissions), nil)
}

// loginRequest is a login in the region that the role pushes to, if that is one.
func (p *proof) loginRequest(permissions *permissions) policy.Request {
	request := permissions.Request(login, access.AnyResource)
	var regions []string
	for _, reach := range permissions.reaches {
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
