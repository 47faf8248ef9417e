package index

import (
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// EveryRole is the roles of the files, and the one of loose documents.
func (i *Index) EveryRole() []*facts.Role {
	roles := make([]*facts.Role, 0, len(i.Roles)+1)
	for n := range i.Roles {
		roles = append(roles, &i.Roles[n])
	}
	if i.Loose != nil {
		roles = append(roles, i.Loose)
	}
	return roles
}

// Role is the role with the ARN; of several that may be it, one whose account is known.
// Nil: none is.
func (i *Index) Role(arn identity.RoleARN) *facts.Role {
	var found *facts.Role
	for _, role := range i.RolesNamed(arn.Name) {
		if !role.Name.Is(string(arn.Name)) || !role.Path.Is(string(arn.Path)) || !role.Account.MayBe(string(arn.Account)) || role.Partition.Contradicts(string(arn.Partition)) {
			continue
		}
		if role.Account.Known() {
			return role
		}
		if found == nil {
			found = role
		}
	}
	return found
}

// roleOf returns the role with the ARN, nil if it is not one or there is none.
func (i *Index) roleOf(arn facts.Text) *facts.Role {
	parsed, err := identity.ParseRoleARN(arn.Value)
	if err != nil {
		return nil
	}
	return i.Role(parsed)
}

// RolesNamed are the roles of a name, in whichever case, account and path; those whose name
// CloudFormation makes have the name "".
func (i *Index) RolesNamed(name identity.RoleName) []*facts.Role {
	return i.roles[strings.ToLower(string(name))]
}

// NearRole is a role whose name is near, nil if there is none.
func (i *Index) NearRole(name identity.RoleName) *facts.Role {
	if near := identity.Closest(strings.ToLower(string(name)), Names(i.roles)); near != "" {
		return i.roles[near][0]
	}
	return nil
}

// AnnotatedRole is the role that a ServiceAccount's annotation names, nil if there is none.
func (i *Index) AnnotatedRole(sa *facts.ServiceAccount) *facts.Role {
	if role := i.InTemplate(facts.RoleReference{LogicalID: sa.RoleID}, sa.Place); role != nil {
		return role
	}
	return i.roleOf(facts.AnnotationValue(sa.Annotations, identity.AnnotationRoleARN))
}

// OwnRole is the role that a workload's Pods name by a variable, nil if there is none.
func (i *Index) OwnRole(w *facts.Workload) *facts.Role {
	if len(w.Containers) == 0 {
		return nil
	}
	return i.roleOf(i.Variable(w, &w.Containers[0], identity.EnvRoleARN))
}

// InTemplate is the role of the same template that a reference names by its logical id, nil
// if it names none.
func (i *Index) InTemplate(reference facts.RoleReference, at source.Place) *facts.Role {
	if reference.LogicalID == "" {
		return nil
	}
	return i.rolesByID[at.File+" "+reference.LogicalID]
}

// Referenced is the role that an association names, nil if it is not among the files.
func (i *Index) Referenced(reference facts.RoleReference, at source.Place) *facts.Role {
	if role := i.InTemplate(reference, at); role != nil {
		return role
	}
	return i.roleOf(reference.ARN)
}

// takeLooseDocuments makes a role of the documents that stand in separate files, if it
// can be one role only: the one that a ServiceAccount names and that no file defines.
func (i *Index) takeLooseDocuments() {
	role := facts.Role{Path: facts.Text{Value: "/", There: true}}
	trusts := 0
	for _, loose := range i.Documents {
		switch {
		case loose.Trust && !IsTrust(loose):
		case loose.Trust:
			role.Trust, role.Place = loose.Document, loose.Document.Place
			trusts++
		default:
			role.Inline = append(role.Inline, facts.Policy{Document: loose.Document})
		}
	}
	missing := i.missingRoles()
	if trusts != 1 || len(missing) != 1 {
		return
	}
	arn := missing[0]
	stated := func(value string) facts.Text { return facts.Known(value, role.Place) }
	role.Name, role.Account, role.Partition = stated(string(arn.Name)), stated(string(arn.Account)), stated(string(arn.Partition))
	role.Path.Value = string(arn.Path)
	name := strings.ToLower(string(arn.Name))
	i.roles[name] = append(i.roles[name], &role)
	i.Loose = &role
}

// IsTrust distinguishes a trust policy from the policy of an image repository, which names
// principals and no resources too.
func IsTrust(loose facts.LooseDocument) bool {
	for _, statement := range loose.Document.Policy.Statement {
		for _, action := range statement.Action {
			if service, _, _ := strings.Cut(action, ":"); strings.EqualFold(service, "ecr") {
				return false
			}
		}
	}
	return true
}

// missingRoles are the ARNs that ServiceAccounts name and no file defines, each once.
func (i *Index) missingRoles() []identity.RoleARN {
	var missing []identity.RoleARN
	for _, sa := range i.ServiceAccounts {
		arn, err := identity.ParseRoleARN(facts.AnnotationValue(sa.Annotations, identity.AnnotationRoleARN).Value)
		if err == nil && !slices.Contains(missing, arn) && len(i.RolesNamed(arn.Name)) == 0 {
			missing = append(missing, arn)
		}
	}
	return missing
}
