package fleet

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

func (p Pool) checkRole(known references, at place, problems *Problems) {
	if p.ExistingRole {
		p.checkExistingRole(at, problems)
	} else {
		problems.add(at.field("policy"), p.Policy.Check())
	}
	p.checkPushesTo(known, at.field("pushesTo"), problems)
	p.checkPullsFrom(known, at.field("pullsFrom"), problems)
	p.checkPullsThrough(known, at.field("pullsThrough"), problems)
	p.checkCachesTo(known, at.field("cachesTo"), problems)
	p.checkTarget(at.field("targetRole"), problems)
	checkStatements(p.Statements, at.field("statements"), problems)
	p.checkSessionPolicy(at.field("sessionPolicy"), problems)
	if p.ExistingRole {
		return
	}
	p.checkAlsoTrusts(at.field("alsoTrusts"), problems)
	p.checkManagedPolicies(at.field("managedPolicies"), problems)
	p.checkSize(at.field("pushesTo"), problems)
	problems.add(at.field("permissionsBoundary"), p.checkBoundary())
	problems.add(at.field("maxSessionDuration"), checkSession(p.MaxSessionDuration))
	checkTags(p.Tags, at.field("tags"), problems)
}

// checkExistingRole reports what only a role that is created has.
func (p Pool) checkExistingRole(at place, problems *Problems) {
	if p.Policy != "" {
		problems.add(at.field("policy"), errors.New("an existing role has its own policies; leave it out"))
	}
	if len(p.AlsoTrusts) > 0 {
		problems.add(at.field("alsoTrusts"), errors.New("an existing role has its own trust; leave them out"))
	}
	if len(p.Statements) > 0 && !p.SessionPolicy || len(p.ManagedPolicies) > 0 || p.PermissionsBoundary != (identity.ManagedPolicyARN{}) || p.MaxSessionDuration != 0 {
		problems.add(at, errors.New("an existing role has its own statements, managedPolicies, permissionsBoundary and maxSessionDuration; leave them out"))
	}
	if len(p.Waivers.Role)+len(p.Waivers.Policy) > 0 {
		problems.add(at.field("waivers"), errors.New("an existing role is in no file that is rendered; leave the waivers of role and policy out"))
	}
	if len(p.Tags) > 0 && !p.CreatesAssociation() {
		problems.add(at.field("tags"), errors.New("an existing role has its own tags; leave them out"))
	}
}

func (p Pool) checkPushesTo(known references, at place, problems *Problems) {
	if len(p.PushesTo) == 0 {
		problems.add(at, fmt.Errorf("the pool pushes nowhere; declared: %s", known.repositoryNames))
		return
	}
	p.checkRepositories(known, p.PushesTo, at, problems)
	for i, repository := range p.PushesTo {
		id, at := repository.ID(), at.index(i)
		problems.add(at, p.checkPush(known.repositories[id]))
		switch {
		case known.repositories[id].CacheDays != 0:
			problems.add(at, fmt.Errorf("image repository %q is a cache, in which images expire; want it in cachesTo", id))
		case known.repositories[id].ID() == id && id.Registry != p.Registry():
			problems.add(at, fmt.Errorf("image repository %q is not in registry %q, like the first; the workflow pushes to one registry, so split the pool", id, p.Registry()))
		}
	}
}

// checkPush reports an image repository of another account that does not let the role push.
func (p Pool) checkPush(repository ImageRepository) error {
	if p.isAbroad(repository) && !slices.Contains(repository.PushedBy, p.PushingRole()) {
		return fmt.Errorf("image repository %q is in another account than the role, and does not let it push; add %q to its pushedBy", repository.ID(), p.PushingRole())
	}
	return nil
}

// checkCachesTo reports an image repository that is no cache for the pool's builds.
func (p Pool) checkCachesTo(known references, at place, problems *Problems) {
	if p.CachesTo == nil {
		return
	}
	id := p.CachesTo.ID()
	cache := known.repositories[id]
	problems.add(at, p.checkRepository(known, *p.CachesTo))
	problems.add(at, p.checkPush(cache))
	switch {
	case slices.ContainsFunc(slices.Concat(p.PushesTo, p.PullsFrom), func(r ImageRepository) bool { return r.ID() == id }):
		problems.add(at, fmt.Errorf("image repository %q is in pushesTo or pullsFrom; want one for the cache alone", id))
	case cache.ID() == id && !cache.Existing && cache.CacheDays == 0:
		problems.add(at, fmt.Errorf("image repository %q keeps its tags, and a cache moves them; set its cacheDays", id))
	case p.BuildKit() == "":
		problems.add(at, errors.New("neither the Docker sidecar nor a script writes a cache to a registry; want rootlessBuildKit or sharedBuildKit as builder, or leave it out"))
	}
}

// checkRepositories reports image repositories that the role cannot be granted.
func (p Pool) checkRepositories(known references, repositories []ImageRepository, at place, problems *Problems) {
	for i, repository := range repositories {
		id, at := repository.ID(), at.index(i)
		err := p.checkRepository(known, repository)
		if err == nil && slices.ContainsFunc(repositories[:i], func(r ImageRepository) bool { return r.ID() == id }) {
			err = fmt.Errorf("image repository %q is listed twice", id)
		}
		problems.add(at, err)
	}
}

func (p Pool) checkRepository(known references, repository ImageRepository) error {
	id := repository.ID()
	_, declared := known.repositories[id]
	switch {
	case !declared:
		return fmt.Errorf("image repository %q is not declared; declared: %s", id, known.repositoryNames)
	case repository.Region.Partition() != p.Cluster.Region.Partition() && repository.Region.Check() == nil && p.Cluster.Region.Check() == nil:
		return fmt.Errorf("image repository %q is in partition %q, the pool's cluster in %q; a role works in its own", id, repository.Region.Partition(), p.Cluster.Region.Partition())
	}
	return nil
}

func (p Pool) checkPullsFrom(known references, at place, problems *Problems) {
	p.checkRepositories(known, p.PullsFrom, at, problems)
	for i, repository := range p.PullsFrom {
		if slices.ContainsFunc(p.PushesTo, func(r ImageRepository) bool { return r.ID() == repository.ID() }) {
			problems.add(at.index(i), fmt.Errorf("image repository %q is in pushesTo, which includes pulling; leave it out", repository.ID()))
		}
		if repository := known.repositories[repository.ID()]; p.isAbroad(repository) && repository.PulledByOrganization == "" && !slices.Contains(repository.PulledBy, p.PushingRole().Account) {
			problems.add(at.index(i), fmt.Errorf("image repository %q is in another account than the role, and does not let it pull; add %q to its pulledBy", repository.ID(), p.PushingRole().Account))
		}
	}
}

// isAbroad reports whether the image repository's own policy has to allow the push, because
// it is in another account than the role that pushes.
func (p Pool) isAbroad(repository ImageRepository) bool {
	own := p.PushingRole().Account
	return repository.Account != own && repository.Account != "" && own != "" && !repository.Existing
}

func (p Pool) checkSize(at place, problems *Problems) {
	name := p.Policy
	if p.TargetRole != nil {
		name = p.TargetRole.Policy
	}
	if size := p.PermissionsPolicy().Size(); size > policy.MaxManagedSize {
		problems.add(at, fmt.Errorf("policy %q would hold %d characters, limit %d (white space not counted); the largest statement is AllowPush with %d image repositories: spread them over several pools",
			name, size, policy.MaxManagedSize, len(p.PushesTo)))
	}
}

// checkStatements reports statements that a role's policy cannot have, or whose KR077 the
// template could not answer.
func checkStatements(statements []policy.Statement, at place, problems *Problems) {
	taken := claims{}
	for _, own := range []string{policy.SidLogin, policy.SidPush, policy.SidPull, policy.SidPullThrough} {
		taken.claim(problems, place{path: "the pool's own statements"}, "Sid %q", own)
	}
	for i, statement := range statements {
		at := at.index(i)
		problems.add(at, checkStatement(statement))
		taken.claim(problems, at, "Sid %q", statement.Sid)
	}
}

func checkStatement(s policy.Statement) error {
	switch {
	case s.Sid == "":
		return errors.New("sid is missing; want a name of letters and digits that says what the statement is for")
	case !sid(s.Sid):
		return fmt.Errorf("sid %q: want letters and digits", s.Sid)
	case s.Effect != policy.EffectAllow && s.Effect != policy.EffectDeny:
		return fmt.Errorf("effect %q: want %q or %q", s.Effect, policy.EffectAllow, policy.EffectDeny)
	case s.Principal != nil || s.NotPrincipal != nil:
		return errors.New("a statement of a role's policy has no principal; leave it out")
	case (len(s.Action) == 0) == (len(s.NotAction) == 0):
		return errors.New("want one of action and notAction")
	case (len(s.Resource) == 0) == (len(s.NotResource) == 0):
		return errors.New("want one of resource and notResource")
	case s.Effect == policy.EffectAllow && s.NotAction != nil:
		return errors.New("notAction allows whatever AWS adds; name the actions")
	case s.Effect == policy.EffectAllow:
		return firstError(checkActions(s.Action), checkResourceNames(slices.Concat(s.Resource, s.NotResource)))
	}
	return checkResourceNames(slices.Concat(s.Resource, s.NotResource))
}

// checkResourceNames reports what IAM refuses as a resource (IAM user guide, "IAM JSON policy
// elements: Resource").
func checkResourceNames(resources policy.Values) error {
	for _, resource := range resources {
		if resource != "*" && !identity.IsARN(resource) {
			return fmt.Errorf("resource %q: want an ARN, or \"*\"", resource)
		}
	}
	return nil
}

// checkActions reports what a statement may not allow: image repositories are granted by
// PushesTo and PullsFrom, which the workflow and keyless check know of.
func checkActions(actions policy.Values) error {
	for _, action := range actions {
		service, operation, _ := strings.Cut(action, ":")
		switch {
		case operation == "" || service == "" || strings.ContainsAny(service, "*?"):
			return fmt.Errorf("action %q: want SERVICE:OPERATION, for example \"s3:GetObject\"", action)
		case strings.EqualFold(service, "ecr"):
			return fmt.Errorf("action %q: image repositories are granted by pushesTo and pullsFrom; leave it out", action)
		}
	}
	return nil
}

// sid reports whether IAM accepts the name of a statement (IAM user guide, "IAM JSON policy
// elements: Sid").
func sid(name string) bool {
	return !slices.ContainsFunc([]rune(name), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9')
	})
}

func (p Pool) checkBoundary() error {
	boundary := p.PermissionsBoundary
	if boundary == (identity.ManagedPolicyARN{}) {
		return nil
	}
	return checkManagedPolicy(boundary, p.RoleARN())
}

// checkManagedPolicy reports a policy that the role cannot have.
func checkManagedPolicy(arn identity.ManagedPolicyARN, role identity.RoleARN) error {
	written := arn
	if arn.Account == identity.AccountAWS {
		arn.Account = role.Account
	}
	if err := arn.Check(); err != nil {
		return err
	}
	if arn.Account != role.Account || arn.Partition != role.Partition {
		return fmt.Errorf("policy %q is not in the role's account %q", written, role.Account)
	}
	return nil
}

// maxManagedPolicies is how many managed policies a role may have, besides the pool's (IAM
// quotas, "Managed policies attached to an IAM role").
const maxManagedPolicies = 9

func (p Pool) checkManagedPolicies(at place, problems *Problems) {
	for i, arn := range p.ManagedPolicies {
		problems.add(at.index(i), checkManagedPolicy(arn, p.RoleARN()))
		if slices.Contains(p.ManagedPolicies[:i], arn) {
			problems.add(at.index(i), fmt.Errorf("policy %q is listed twice", arn))
		}
	}
	if p.TargetRole != nil && len(p.ManagedPolicies) > 0 {
		problems.add(at, errors.New("the pool's role does nothing but take the target role, which may do what statements say; leave them out"))
	}
	if n := len(p.ManagedPolicies); n > maxManagedPolicies {
		problems.add(at, fmt.Errorf("%d policies: IAM attaches 10 to a role, and the pool's own is one; want at most %d, or statements", n, maxManagedPolicies))
	}
}

// What IAM accepts as the longest session of a role (IAM API, CreateRole).
const (
	minSession = time.Hour
	maxSession = 12 * time.Hour
)

func checkSession(longest time.Duration) error {
	if longest != 0 && (longest < minSession || longest > maxSession || longest%time.Second != 0) {
		return fmt.Errorf("session of %v: want whole seconds from 1 to 12 hours, or none for 1 hour", longest)
	}
	return nil
}
