package preflight

import (
	"cmp"
	"fmt"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// roleARN is the ARN of a role whose name and account are known.
func roleARN(role *facts.Role) string {
	return identity.RoleARN{
		Partition: partitionOf(role),
		Account:   identity.AccountID(role.Account.Value),
		Path:      identity.RolePath(role.Path.Value),
		Name:      identity.RoleName(role.Name.Value),
	}.String()
}

func partitionOf(role *facts.Role) identity.Partition {
	if role.Partition.Known() {
		return identity.Partition(role.Partition.Value)
	}
	return identity.PartitionAWS
}

// title names a role to the user.
func title(role *facts.Role) string {
	switch {
	case role.Name.Known() && role.Account.Known():
		return roleARN(role)
	case role.Name.Known():
		return role.Name.Value
	}
	return role.LogicalID
}

// checkLogin reports a role that may not log in, once.
func (p *proof) checkLogin(role *facts.Role) {
	if p.loggedIn[role] {
		return
	}
	p.loggedIn[role] = true
	switch verdict := p.mayLogin(role); {
	case verdict.Allowed():
	case verdict.Denied:
		p.find(actionMissing, verdict.Place, fmt.Sprintf("role %q is denied %s", title(role), login), "take the action out of what the statement denies")
	case verdict.Possible():
		p.reportOpen(role, login, verdict)
	default:
		p.reportNoLogin(role)
	}
}

// reportOpen reports what is not known about what a role may do.
func (p *proof) reportOpen(role *facts.Role, what string, verdict access.Decision) {
	problem := fmt.Sprintf("whether role %q may %s is not known: %s", title(role), what, verdict.Why)
	if verdict.Undenied {
		problem = fmt.Sprintf("role %q may %s unless something that is not known denies it: %s", title(role), what, verdict.Why)
	}
	p.find(notKnown, cmp.Or(verdict.Open, role.Place), problem, "write it out, or add the file that tells")
}

func (p *proof) reportNoLogin(role *facts.Role) {
	permissions := p.permissionsOf(role)
	request := p.loginRequest(permissions)
	if own := access.Decide(request, permissions.Identity...); own.Allowed() && permissions.Boundary != nil {
		p.find(actionMissing, permissions.Boundary.Place, fmt.Sprintf("role %q may not %s, the permissions boundary does not allow it: docker login fails", title(role), login), "allow it in the boundary")
		return
	}
	for _, document := range permissions.Identity {
		for i, statement := range document.Policy.Statement {
			if statement.Effect != policy.EffectAllow || !access.Includes(statement, login) {
				continue
			}
			if slices.Contains(statement.Resource, access.AnyResource) {
				p.find(actionMissing, document.InStatement(i, "Condition"), fmt.Sprintf("role %q may not %s, the condition of the statement that allows it is never met: docker login fails", title(role), login),
					fmt.Sprintf("allow %q on %q without the condition", login, access.AnyResource))
				return
			}
			p.find(loginOnRepository, document.InStatement(i, "Resource"),
				fmt.Sprintf("%s is allowed on %s, and knows no resource but %q: docker login would be denied", login, quoted(statement.Resource), "*"),
				fmt.Sprintf("allow it in a statement of its own with Resource %q", "*"))
			return
		}
	}
	p.find(actionMissing, role.Place, fmt.Sprintf("role %q may not %s: docker login fails", title(role), login),
		fmt.Sprintf("allow %q on %q", login, "*"))
}

// checkPush asks whether the role may push to an image repository, and reports
// each action that is missing. related is where the push is asked for.
func (p *proof) checkPush(role *facts.Role, target identity.ImageRepository, use facts.Use, related ...Related) Link {
	p.checkLogin(role)
	arn := target.ARN()
	link := Link{Name: LinkPush, State: Proved, Place: role.Place, From: "role " + spell(role.Name), To: "image repository " + target.String()}
	at := p.pushPlace(role, arn)
	link.Place = at
	if p.repositories.Find(target) == nil {
		p.reportNoRepository(target, at)
	}
	denied := p.missing(role, fmt.Sprintf("%q", arn), needsOf(use), &link, func(action string) access.Decision { return p.may(role, action, arn) })
	if denied != nil {
		link.State = Broken
		p.reportMissing(role, arn, denied, at, related)
	}
	if denied == nil && !p.may(role, cacheNeed.action, arn).Possible() {
		p.reportUnreadable(role, arn, use, at, related)
	}
	if link.Text == "" {
		link.Text = fmt.Sprintf("role %q %s to %q", spell(role.Name), map[State]string{Proved: "may push", Broken: "may not push"}[link.State], target)
	}
	return link
}

// missing are the actions that the role lacks. What the files leave unknown is
// reported here.
func (p *proof) missing(role *facts.Role, what string, needs []need, link *Link, ask func(action string) access.Decision) []need {
	var denied []need
	for _, need := range needs {
		switch verdict := ask(need.action); verdict.Truth {
		case policy.No:
			denied = append(denied, need)
		case policy.Possibly:
			if link.State != Unknown {
				link.State, link.Text = Unknown, "whether the role may push is not known: "+verdict.Why
				p.reportOpen(role, "push to "+what, verdict)
			}
		}
	}
	return denied
}

func (p *proof) reportMissing(role *facts.Role, arn string, denied []need, at source.Place, related []Related) {
	var actions []string
	for _, need := range denied {
		actions = append(actions, need.action)
	}
	obstacle := p.obstacle(role, denied[0].action, arn)
	if obstacle.place == (source.Place{}) {
		obstacle.place, obstacle.fix = at, fmt.Sprintf("allow %s on %q", quoted(actions), arn)
	}
	p.find(actionMissing, obstacle.place,
		fmt.Sprintf("role %q may not %s on %q%s: docker push fails when %s", title(role), list(actions), arn, obstacle.what, denied[0].purpose),
		obstacle.fix, related...)
}

// obstacle is what stands in the way of an action. Without a place it is that no
// policy of the role allows it.
type obstacle struct {
	what, fix string
	place     source.Place
}

// obstacle finds what stands in the way: a statement that denies the action, the
// boundary, the image repository's own policy, or none of them.
func (p *proof) obstacle(role *facts.Role, action, arn string) obstacle {
	permissions := p.permissionsOf(role)
	request := permissions.Request(action, arn)
	own := access.Decide(request, permissions.Identity...)
	foreign := permissions.Foreign(arn)
	switch theirs := p.repositoryDenial(request); {
	case own.Denied:
		return obstacle{", " + own.Name + " denies it", "take it out of what the statement denies", own.Place}
	case own.Possible() && permissions.Boundary != nil && !access.Decide(request, permissions.Boundary).Possible():
		return obstacle{", the permissions boundary does not allow it", "allow it in the boundary", permissions.Boundary.Place}
	case own.Possible() && theirs != (source.Place{}):
		return obstacle{", the image repository's own policy denies it", "take it out of what the image repository's policy denies", theirs}
	case own.Possible() && foreign:
		return obstacle{what: ", the image repository is in another account and its own policy has to allow it too"}
	}
	for _, limit := range permissions.Organization {
		if denial := access.Decide(request, limit.Document); limit.Attached && denial.Denied {
			return obstacle{fmt.Sprintf(", policy %q of the organization denies it", limit.Name), "take it out of what the policy denies", denial.Place}
		}
	}
	return obstacle{what: p.pushesElsewhere(permissions, arn)}
}

// repositoryDenial is the statement of an image repository's policy that denies the
// request, the zero value if none does.
func (p *proof) repositoryDenial(request policy.Request) source.Place {
	target, err := identity.ParseImageRepositoryARN(request.Resource)
	if err != nil {
		return source.Place{}
	}
	if repository := p.repositories.Find(target); repository != nil {
		if verdict := access.Decide(request, &repository.Policy); verdict.Denied {
			return verdict.Place
		}
	}
	return source.Place{}
}

// pushesElsewhere says to what the role may push instead, or which policy would allow
// it and is attached to no role.
func (p *proof) pushesElsewhere(permissions *permissions, arn string) string {
	switch {
	case len(permissions.written) == 0:
		return p.unattached
	case !slices.Contains(permissions.written, arn):
		return fmt.Sprintf(" (it may push to %s)", quoted(permissions.written))
	}
	return ""
}

func (p *proof) reportUnreadable(role *facts.Role, arn string, use facts.Use, at source.Place, related []Related) {
	problem := fmt.Sprintf("role %q may not %s on %q", title(role), cacheNeed.action, arn)
	fix := fmt.Sprintf("allow %q on %q", cacheNeed.action, arn)
	if use != facts.Pushes {
		p.find(actionMissing, at, problem+": the job's build cache cannot be read", fix, related...)
		return
	}
	p.find(cacheUnreadable, at, problem+": a build cache in it, or a base image, could not be read", fix, related...)
}

// pushPlace is the statement by which the role pushes to the ARN, or one by which
// it pushes elsewhere, or the role.
func (p *proof) pushPlace(role *facts.Role, arn string) source.Place {
	permissions := p.permissionsOf(role)
	if verdict := access.Decide(policy.Request{Action: putImage, Resource: arn}, permissions.Identity...); verdict.Place != (source.Place{}) {
		return verdict.Place
	}
	for _, document := range permissions.Identity {
		for i, statement := range document.Policy.Statement {
			if access.Includes(statement, pushNeeds[0].action) || access.Includes(statement, putImage) {
				return document.InStatement(i, "Resource")
			}
		}
	}
	return role.Place
}

func (p *proof) reportNoRepository(target identity.ImageRepository, at source.Place) {
	if len(p.Templates) == 0 && len(p.ImageRepositories) == 0 {
		p.find(repositoryAssumed, at, fmt.Sprintf("the files cannot tell of image repositories; %q is taken as there", target),
			`add the output of "aws ecr describe-repositories" to prove it`)
		return
	}
	near := ""
	if unnamed := p.repositories.ByName(""); len(unnamed) > 0 {
		near = "; CloudFormation makes the name of one that is, so whether it is that is not known"
	}
	if others := p.repositories.ByName(string(target.Name)); len(others) > 0 {
		near = fmt.Sprintf("; there is one of account %q in region %q", spell(others[0].Account), spell(others[0].Region))
	} else if closest := identity.Closest(string(target.Name), p.repositories.Names(maxCandidates)); closest != "" {
		near = fmt.Sprintf("; there is %q", closest)
	}
	p.find(noImageRepository, at, fmt.Sprintf("image repository %q is not among the files%s", target, near),
		`define it, or add the output of "aws ecr describe-repositories"`)
}

// maxCandidates is how many names are looked at for one to suggest.
const maxCandidates = 500

// candidates are names to suggest. Of very many none is suggested: looking for the
// nearest of thousands for each of thousands takes too long.
func candidates[V any](index map[string]V) []string {
	if len(index) > maxCandidates {
		return nil
	}
	names := make([]string, 0, len(index))
	for name := range index {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// targetsOf are the image repositories that the role's policies name, whether it can push
// to them or not, and those of the files that it can push to.
func (p *proof) targetsOf(role *facts.Role) []identity.ImageRepository {
	var targets []identity.ImageRepository
	permissions := p.permissionsOf(role)
	for _, resource := range permissions.written {
		if target, err := identity.ParseImageRepositoryARN(resource); err == nil {
			targets = append(targets, target)
		}
	}
	for _, reach := range permissions.reaches {
		if target, ok := reach.Target(); ok && !slices.Contains(targets, target) {
			targets = append(targets, target)
		}
	}
	return targets
}
