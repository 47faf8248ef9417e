package preflight

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
)

// writeAccess writes down what the role can push to, and who can through it.
func (p *proof) writeAccess(role *facts.Role, who []principals) {
	for _, reach := range p.permissionsOf(role).reaches {
		for _, one := range who {
			row := Access{
				ImageRepository: reach.Name,
				Who:             one.who,
				SuchAs:          one.such,
				Possibly:        cmp.Or(one.possibly, reach.Why),
				Role:            title(role),
				Place:           role.Place,
				Runner:          one.subject != "",
			}
			if !reach.Single {
				row.ImageRepositorySuchAs = registryName(reach.ARN)
			}
			if !row.Runner {
				p.report.Access = append(p.report.Access, row)
				continue
			}
			for _, row.Jobs = range p.jobsOf(role, one.subject) {
				p.report.Access = append(p.report.Access, row)
			}
		}
	}
}

// registryName is an image repository as docker push is given it.
func registryName(arn string) string {
	if target, err := identity.ParseImageRepositoryARN(arn); err == nil {
		return target.String()
	}
	return arn
}

// sortAccess puts rows in order and drops those that say the same: of a role that a
// template and the account have, the ServiceAccount may be known of one alone.
func sortAccess(access []Access) []Access {
	who := func(a, b Access) int {
		return cmp.Or(cmp.Compare(a.ImageRepository, b.ImageRepository), cmp.Compare(a.Who, b.Who), cmp.Compare(a.Role, b.Role))
	}
	runnerFirst := func(row Access) int {
		if row.Runner {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(access, func(a, b Access) int {
		return cmp.Or(who(a, b), cmp.Compare(runnerFirst(a), runnerFirst(b)), a.Jobs.compare(b.Jobs))
	})
	return slices.CompactFunc(access, func(row, before Access) bool {
		return who(row, before) == 0 && (!row.Runner || row.Jobs.compare(before.Jobs) == 0)
	})
}

// checkImageRepositories looks at each image repository by itself, and for two of one
// name.
func (p *proof) checkImageRepositories() {
	first := map[string]*facts.ImageRepository{}
	for i := range p.ImageRepositories {
		repository := &p.ImageRepositories[i]
		key := strings.Join([]string{repository.Place.File, repository.Account.Value, repository.Region.Value, repository.Name.Value}, "\n")
		if before := first[key]; before != nil && repository.Name.Known() {
			p.find(definedTwice, repository.Place, fmt.Sprintf("the file defines image repository %q twice", repository.Name.Value), "rename one", Related{before.Place, "the other"})
		}
		first[key] = repository
		if repository.Name.Known() {
			p.checkName(repository.Name, identity.ImageRepositoryName(repository.Name.Value).Check())
		}
		for s, statement := range repository.Policy.Policy.Statement {
			if statement.Effect == policy.EffectAllow && access.Includes(statement, putImage) {
				p.checkOpen(repository, s, statement)
			}
		}
	}
}

// noteUnread writes down what may let somebody push and is not judged.
func (p *proof) noteUnread() {
	for _, unread := range p.Unread {
		p.find(notLookedAt, unread.Place, fmt.Sprintf("%s may let others push and is not looked at", unread.What), "look at it yourself")
		p.report.Access = append(p.report.Access, Access{ImageRepository: "(not known)", Who: unread.What, Role: "(not looked at)", Place: unread.Place})
	}
}

func (p *proof) checkOpen(repository *facts.ImageRepository, s int, statement policy.Statement) {
	everybody := statement.Principal == nil || slices.Contains(statement.Principal.AWS, "*")
	switch {
	case everybody && len(statement.Condition) == 0:
		p.find(openRepository, repository.Policy.InStatement(s, "Principal"),
			fmt.Sprintf("the image repository's policy lets everybody push to %q", spell(repository.Name)), "name the roles that may")
		p.letIn(repository, "everybody")
	case everybody:
		p.find(sharedRepository, repository.Policy.InStatement(s, "Principal"),
			fmt.Sprintf("the policy of image repository %q lets everybody push who meets a condition", spell(repository.Name)), "name the roles that may")
		p.letIn(repository, "everybody who meets a condition")
	default:
		for _, name := range slices.Concat(statement.Principal.AWS, statement.Principal.Service, statement.Principal.CanonicalUser, statement.Principal.Federated) {
			if p.isRunnersRole(name) || facts.IsUnknown(name) {
				continue
			}
			p.find(sharedRepository, repository.Policy.InStatement(s, "Principal"),
				fmt.Sprintf("the policy of image repository %q lets %q push, which is no runner's role", spell(repository.Name), name), "take it out, or waive this with the reason")
			p.letIn(repository, name)
		}
	}
}

// letIn writes down whom an image repository's own policy lets push.
func (p *proof) letIn(repository *facts.ImageRepository, who string) {
	p.report.Access = append(p.report.Access, Access{ImageRepository: spell(repository.Name), Who: who, Role: "(the image repository's policy)", Place: repository.Place})
}

// isRunnersRole says whether the ARN is of a role that a ServiceAccount of the files
// has: who takes that is judged by itself.
func (p *proof) isRunnersRole(name string) bool {
	arn, err := identity.ParseRoleARN(name)
	if err != nil {
		return false
	}
	role := p.exact(arn)
	return role != nil && len(p.takers[role]) > 0
}
