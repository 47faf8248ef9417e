package preflight

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
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
	verdict := p.may(role, login, anyResource, nil)
	switch {
	case verdict.allowed():
	case verdict.Outcome == policy.ExplicitDeny:
		p.find(actionMissing, verdict.Place, fmt.Sprintf("role %q is denied %s", title(role), login), "take the action out of what the statement denies")
	case verdict.Unknown != "":
		p.reportOpen(role, login, verdict)
	default:
		p.reportNoLogin(role)
	}
}

// reportOpen reports what the files do not tell of what a role may do.
func (p *proof) reportOpen(role *facts.Role, what string, verdict decision) {
	problem := fmt.Sprintf("whether role %q may %s is not known: %s", title(role), what, verdict.Unknown)
	if verdict.Outcome == policy.Allowed {
		problem = fmt.Sprintf("role %q may %s unless something that is not known denies it: %s", title(role), what, verdict.Unknown)
	}
	at := verdict.Open
	if at == (source.Place{}) {
		at = role.Place
	}
	p.find(notKnown, at, problem, "write it out, or add the file that tells")
}

func (p *proof) reportNoLogin(role *facts.Role) {
	if boundary := p.permissionsOf(role).boundary; boundary != nil && decide(p.requestOf(role, login, anyResource), p.permissionsOf(role).identity).allowed() {
		p.find(actionMissing, boundary.Place, fmt.Sprintf("role %q may not %s, the permissions boundary does not allow it: docker login fails", title(role), login), "allow it in the boundary")
		return
	}
	for _, document := range p.permissionsOf(role).identity {
		for i, statement := range document.Policy.Statement {
			if statement.Effect == policy.EffectAllow && speaksOf(statement, login) {
				p.find(loginOnRepository, document.InStatement(i, "Resource"),
					fmt.Sprintf("%s is allowed on %s, and knows no resource but %q: docker login would be denied", login, quoted(statement.Resource), "*"),
					fmt.Sprintf("allow it in a statement of its own with Resource %q", "*"))
				return
			}
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
	repository := p.imageRepository(target)
	at := p.pushPlace(role, arn)
	link.Place = at
	if repository == nil {
		p.reportNoRepository(target, at)
	}
	denied := p.missing(role, arn, repository, needsOf(use), &link)
	if denied != nil {
		link.State = Broken
		p.reportMissing(role, arn, denied, at, related)
	}
	if read := p.may(role, cacheNeed.action, arn, repository); denied == nil && !read.allowed() && read.Unknown == "" {
		p.reportUnreadable(role, arn, use, at, related)
	}
	if link.Text == "" {
		link.Text = fmt.Sprintf("role %q %s to %q", spell(role.Name), map[State]string{Proved: "may push", Broken: "may not push"}[link.State], target)
	}
	return link
}

// missing are the actions that the role lacks. What the files do not tell is
// reported here.
func (p *proof) missing(role *facts.Role, arn string, repository *facts.ImageRepository, needs []need, link *Link) []need {
	var denied []need
	for _, need := range needs {
		verdict := p.may(role, need.action, arn, repository)
		switch {
		case verdict.allowed():
		case verdict.Outcome != policy.ExplicitDeny && verdict.Unknown != "":
			if link.State != Unknown {
				link.State, link.Text = Unknown, "whether the role may push is not known: "+verdict.Unknown
				p.reportOpen(role, fmt.Sprintf("push to %q", arn), verdict)
			}
		default:
			denied = append(denied, need)
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
	request := p.requestOf(role, action, arn)
	permissions := p.permissionsOf(role)
	own := decide(request, permissions.identity)
	switch {
	case own.Outcome == policy.ExplicitDeny:
		return obstacle{", " + own.Name + " denies it", "take it out of what the statement denies", own.Place}
	case own.allowed() && permissions.boundary != nil && !decide(request, []*facts.Document{permissions.boundary}).allowed():
		return obstacle{", the permissions boundary does not allow it", "allow it in the boundary", permissions.boundary.Place}
	case own.allowed() && foreign(role, arn):
		return obstacle{what: ", the image repository is in another account and its own policy has to allow it too"}
	case own.allowed():
		return obstacle{", the image repository's own policy denies it", "take it out of what the image repository's policy denies", p.repositoryDenial(request)}
	}
	return obstacle{what: p.pushesElsewhere(permissions, arn)}
}

// repositoryDenial is the statement of an image repository's policy that denies the
// request.
func (p *proof) repositoryDenial(request policy.Request) source.Place {
	target, err := identity.ParseImageRepositoryARN(request.Resource)
	if err != nil {
		return source.Place{}
	}
	repository := p.imageRepository(target)
	if repository == nil {
		return source.Place{}
	}
	return decide(request, []*facts.Document{&repository.Policy}).Place
}

// pushesElsewhere says to what the role may push instead, or which policy would allow
// it and is attached to no role.
func (p *proof) pushesElsewhere(permissions *permissions, arn string) string {
	switch {
	case len(permissions.pushes) == 0:
		return p.unattached
	case !slices.Contains(permissions.pushes, arn):
		return fmt.Sprintf(" (it may push to %s)", quoted(permissions.pushes))
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
	if verdict := decide(policy.Request{Action: putImage, Resource: arn}, permissions.identity); verdict.Place != (source.Place{}) {
		return verdict.Place
	}
	for _, document := range permissions.identity {
		for i, statement := range document.Policy.Statement {
			if speaksOf(statement, pushNeeds[0].action) || speaksOf(statement, putImage) {
				return document.InStatement(i, "Resource")
			}
		}
	}
	return role.Place
}

// imageRepository finds the image repository among the files; nil if it is not. Of
// several facts of one, that with its policy is taken.
func (p *proof) imageRepository(target identity.ImageRepository) *facts.ImageRepository {
	var found *facts.ImageRepository
	for _, repository := range p.repositories[string(target.Name)] {
		if contradicts(repository.Account, string(target.Registry.Account)) || contradicts(repository.Region, string(target.Registry.Region)) {
			continue
		}
		if found == nil || found.Policy.Unknown != "" {
			found = repository
		}
	}
	return found
}

func (p *proof) reportNoRepository(target identity.ImageRepository, at source.Place) {
	if len(p.Templates) == 0 && len(p.ImageRepositories) == 0 {
		p.find(repositoryAssumed, at, fmt.Sprintf("the files cannot tell of image repositories; %q is taken as there", target),
			`add the output of "aws ecr describe-repositories" to prove it`)
		return
	}
	near := ""
	if unnamed := p.repositories[""]; len(unnamed) > 0 {
		near = "; CloudFormation makes the name of one that is, so whether it is that is not known"
	}
	if others := p.repositories[string(target.Name)]; len(others) > 0 {
		near = fmt.Sprintf("; there is one of account %q in region %q", spell(others[0].Account), spell(others[0].Region))
	} else if closest := identity.Closest(string(target.Name), candidates(p.repositories)); closest != "" {
		near = fmt.Sprintf("; there is %q", closest)
	}
	p.find(noImageRepository, at, fmt.Sprintf("image repository %q is not among the files%s", target, near),
		`define it, or add the output of "aws ecr describe-repositories"`)
}

// candidates are names to suggest. Of very many none is suggested: looking for the
// nearest of thousands for each of thousands takes too long.
func candidates[V any](index map[string]V) []string {
	const most = 500
	if len(index) > most {
		return nil
	}
	names := make([]string, 0, len(index))
	for name := range index {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// targetsOf are the image repositories that the role's policies name, and those of
// the files that a pattern in them speaks of.
func (p *proof) targetsOf(role *facts.Role) []identity.ImageRepository {
	var targets []identity.ImageRepository
	for _, resource := range p.permissionsOf(role).pushes {
		if strings.ContainsAny(resource, "*?") {
			targets = append(targets, p.matching(resource)...)
			continue
		}
		if target, err := identity.ParseImageRepositoryARN(resource); err == nil {
			targets = append(targets, target)
		}
	}
	return targets
}

// matching are the first image repositories of the files that a pattern speaks of.
func (p *proof) matching(pattern string) []identity.ImageRepository {
	var targets []identity.ImageRepository
	any := one(policy.Statement{Effect: policy.EffectAllow, Action: policy.Values{"*"}, Resource: policy.Values{pattern}})
	for _, repository := range p.ImageRepositories {
		if p.comparisons++; p.comparisons > maxComparisons || len(targets) == maxAsked {
			break
		}
		target := identity.ImageRepository{
			Registry: identity.Registry{Account: identity.AccountID(repository.Account.Value), Region: identity.Region(repository.Region.Value)},
			Name:     identity.ImageRepositoryName(repository.Name.Value),
		}
		if target.Check() == nil && policy.Evaluate(policy.Request{Action: putImage, Resource: target.ARN()}, any).Outcome == policy.Allowed {
			targets = append(targets, target)
		}
	}
	return targets
}
