package preflight

import (
	"fmt"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// takeLooseDocuments makes a role of the documents that stand in files of their
// own, if it can be one role only: the one that a ServiceAccount names and that no
// file defines.
func (p *proof) takeLooseDocuments() {
	role := facts.Role{Path: facts.Text{Value: "/", There: true}}
	trusts := 0
	for _, loose := range p.Documents {
		if loose.Trust && !isTrust(loose) {
			continue // an image repository's policy, nobody says whose
		}
		if loose.Trust {
			role.Trust, role.Place = loose.Document, loose.Document.Place
			trusts++
			continue
		}
		role.Inline = append(role.Inline, facts.Policy{Document: loose.Document})
	}
	missing := p.missingRoles()
	if trusts != 1 || len(missing) != 1 {
		p.noteLoose()
		return
	}
	arn := missing[0]
	at := role.Place
	role.Name = facts.Text{Value: string(arn.Name), There: true, Place: at}
	role.Path.Value = string(arn.Path)
	role.Account = facts.Text{Value: string(arn.Account), There: true, Place: at}
	role.Partition = facts.Text{Value: string(arn.Partition), There: true, Place: at}
	add(p.roles, strings.ToLower(string(arn.Name)), &role)
	p.loose = &role
	p.find(looseDocument, at, fmt.Sprintf("taken as the trust policy of role %q, and the other policies as what that may do", arn),
		"nothing, if they are")
}

// noteLoose notes the documents that belong to nothing among the files, but for those that
// are reported as refused.
func (p *proof) noteLoose() {
	for _, loose := range p.Documents {
		if loose.Document.Problem == nil {
			p.find(notLookedAt, loose.Document.Place, "no file shows what this policy document belongs to, so it is not judged", "add the file of what it belongs to")
		}
	}
}

// isTrust tells a trust policy from the policy of an image repository, which names
// principals and no resources too.
func isTrust(loose facts.LooseDocument) bool {
	for _, statement := range loose.Document.Policy.Statement {
		for _, action := range statement.Action {
			if service, _, _ := strings.Cut(action, ":"); strings.EqualFold(service, "ecr") {
				return false
			}
		}
	}
	return true
}

// missingRoles are the ARNs that ServiceAccounts name and no file defines, each
// once.
func (p *proof) missingRoles() []identity.RoleARN {
	var missing []identity.RoleARN
	seen := map[identity.RoleARN]bool{}
	for _, account := range p.ServiceAccounts {
		annotation := annotationOf(account.Annotations, annotationRoleARN)
		if annotation == nil {
			continue
		}
		arn, err := identity.ParseRoleARN(annotation.Value.Value)
		if err == nil && !seen[arn] && len(p.roles[strings.ToLower(string(arn.Name))]) == 0 {
			seen[arn] = true
			missing = append(missing, arn)
		}
	}
	return missing
}
