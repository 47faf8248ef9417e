package adopt

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// role is the role that a runner's Pods have, or have first, and how they get it.
type role struct {
	// arn is the zero value if nothing names a role.
	arn identity.RoleARN
	way fleet.Way
	// guessed reports that nothing names it, and that it trusts the ServiceAccount.
	guessed bool
	// fact is the role of the files, nil if none has it.
	fact         *facts.Role
	associations []*facts.PodIdentityAssociation
	// resource is the role's in a template that this project rendered, nil if it is in none;
	// stack is that template.
	resource *source.Node
	stack    stack
}

// roleOf finds the role of a runner. Where an association and the annotation name different
// roles, the association wins, as it does in EKS.
func (a *adoption) roleOf(r *chain.Runner) role {
	var found role
	var annotation *facts.Annotation
	if r.SA != nil {
		annotation = facts.AnnotationOf(r.SA.Annotations, identity.AnnotationRoleARN)
		found.associations = a.chains.AssociationsOf(r.SA)
	}
	switch {
	case len(found.associations) > 0:
		first := found.associations[0]
		found.way, found.fact = fleet.WayPodIdentity, a.chains.Referenced(first.Role, first.Place)
		found.arn = arnOf(found.fact, first.Role.ARN)
		if annotation != nil && annotation.Value.Is(found.arn.String()) {
			found.way = fleet.WayBoth
		}
	case annotation != nil:
		found.fact = a.chains.AnnotatedRole(r.SA)
		found.arn = arnOf(found.fact, annotation.Value)
	}
	if !found.named() {
		found.fact = a.trusting(r)
		found.arn = arnOf(found.fact, facts.Text{})
		found.guessed = found.named() && annotation == nil
	}
	for n := range a.facts().Roles {
		twin := &a.facts().Roles[n]
		if resource, stack := a.resourceAt(twin.Place); resource != nil && found.named() && twin.ARN() == found.arn.String() {
			found.fact, found.resource, found.stack = twin, resource, stack
		}
	}
	return found
}

// trusting is the one role of the files that trusts the runner's ServiceAccount and no other, nil
// if there is none or several: eksctl's annotation, for one, is known when it has made the role.
func (a *adoption) trusting(r *chain.Runner) *facts.Role {
	subject := identity.Subject{Namespace: identity.Namespace(r.Namespace.Value), ServiceAccount: identity.ServiceAccount(r.ServiceAccount.Value)}
	var found *facts.Role
	for n := range a.facts().Roles {
		role := &a.facts().Roles[n]
		if role.ARN() == "" || !slices.Equal(subjectsIn(role), []identity.Subject{subject}) {
			continue
		}
		if found != nil {
			return nil
		}
		found = role
	}
	return found
}

// arnOf is the ARN of a role of the files, or the one that is written.
func arnOf(role *facts.Role, written facts.Text) identity.RoleARN {
	text := written.Value
	if role != nil && role.ARN() != "" {
		text = role.ARN()
	}
	arn, err := identity.ParseRoleARN(text)
	if err != nil {
		return identity.RoleARN{}
	}
	return arn
}

// named reports whether anything names the role.
func (r role) named() bool { return r.arn != identity.RoleARN{} }

// namedAt is where the role is named, or would be.
func (r *runner) namedAt() source.Place {
	if r.SA == nil {
		return r.Place
	}
	if annotation := facts.AnnotationOf(r.SA.Annotations, identity.AnnotationRoleARN); annotation != nil {
		return annotation.Place
	}
	return r.SA.Place
}

// addRole declares the role: created if a rendered template has it, else existing; one to be
// created if there is none.
func (a *adoption) addRole(r *runner) {
	p := &r.pool
	p.Role, p.RolePath, p.Way = r.role.arn.Name, r.role.arn.Path, r.role.way
	if p.RolePath == "/" {
		p.RolePath = ""
	}
	if r.role.guessed {
		a.result.ask(Question{Place: r.namedAt(), About: r.about(), Text: fmt.Sprintf("no file shows that its ServiceAccount has role %q, the one that trusts it by name; it is declared", r.role.arn), Next: "keep it if the runner is to have the role, or name another"})
	}
	if account := r.cluster.Account; r.role.named() && r.role.arn.Account != account {
		a.result.ask(Question{Place: r.namedAt(), About: r.about(), Text: fmt.Sprintf("role %q is in another account than the cluster, %q, and a pool's role is in its cluster's", r.role.arn, account), Next: "name a role of the cluster's account, which may push to image repositories of the other"})
	}
	switch {
	case !r.role.named():
		a.nameRole(r)
	case r.role.resource != nil:
		a.addCreated(r)
	default:
		p.ExistingRole = true
		a.askExisting(r)
	}
	resource, s := a.associationResource(r)
	switch {
	case resource != nil:
		p.Stack, p.Waivers.Association = s.name, reasonsIn(resource)
		a.askAssociations(r)
	case len(r.role.associations) > 0:
		p.ExistingAssociation = true
	}
	a.askTargets(r)
}

// nameRole names a role for a runner that has none.
func (a *adoption) nameRole(r *runner) {
	r.pool.Role = identity.RoleName(r.pool.Name + "-runner")
	r.pool.Policy = identity.PolicyName(r.pool.Name + "-runner-push")
	a.result.ask(Question{Place: r.namedAt(), About: r.about(), Text: "nothing gives the runner's ServiceAccount a role that the files name; role " + quoted(r.pool.Role) + " is declared, which the stack creates", Next: "keep it, or name the role that exists and set ExistingRole"})
}

// addCreated reads what this project rendered of the role and its policy.
func (a *adoption) addCreated(r *runner) {
	p, properties := &r.pool, r.role.resource.Get("Properties")
	p.Stack = r.role.stack.name
	p.PermissionsBoundary, _ = identity.ParseManagedPolicyARN(r.role.fact.Boundary.Value)
	if seconds, err := time.ParseDuration(properties.Word("MaxSessionDuration") + "s"); err == nil {
		p.MaxSessionDuration = seconds
	}
	p.Waivers.Role = reasonsIn(r.role.resource)
	for _, managed := range a.facts().ManagedPolicies {
		resource, _ := a.resourceAt(managed.Place)
		attached := slices.ContainsFunc(r.role.fact.Attached, func(arn facts.Text) bool { return arn.Is(managed.ARN.Value) })
		if resource != nil && attached {
			p.Policy, p.Waivers.Policy = identity.PolicyName(managed.Name.Value), reasonsIn(resource)
		}
	}
	for _, document := range a.chains.Policies(r.role.fact) {
		for _, statement := range document.Policy.Statement {
			if !slices.Contains([]string{policy.SidLogin, policy.SidPush, policy.SidPull}, statement.Sid) {
				p.Statements = append(p.Statements, statement)
			}
		}
	}
}

// reasonsIn are the waivers in the metadata of a rendered resource, but for those that follow
// from what the fleet declares.
func reasonsIn(resource *source.Node) map[string]string {
	reasons := map[string]string{}
	for _, waiver := range resource.Get("Metadata", fleet.ManagedBy, "waive").Entries() {
		if !strings.HasPrefix(waiver.Value.Text, "the fleet declares ") {
			reasons[waiver.Name] = waiver.Value.Text
		}
	}
	return orNil(reasons)
}

// orNil is nil for no members, as fields of a fleet have it that are not set.
func orNil(of map[string]string) map[string]string {
	if len(of) == 0 {
		return nil
	}
	return of
}

// tagsOf are the tags of a rendered resource, but for the one that every resource has.
func tagsOf(resource *source.Node) map[string]string {
	tags := map[string]string{}
	for _, tag := range resource.Get("Properties", "Tags").Objects() {
		tags[tag.Word("Key")] = tag.Word("Value")
	}
	delete(tags, "managed-by")
	return tags
}

// findTags finds the tags that all rendered resources have which are no pool's, or, if there is
// none, all roles; and those that each pool has besides.
func (a *adoption) findTags() {
	var shared []map[string]string
	add := func(resource *source.Node) {
		if resource != nil {
			shared = append(shared, tagsOf(resource))
		}
	}
	for _, provider := range a.facts().Providers {
		resource, _ := a.resourceAt(provider.Place)
		add(resource)
	}
	for _, repository := range a.facts().ImageRepositories {
		resource, _ := a.resourceAt(repository.Place)
		add(resource)
	}
	if shared == nil {
		for _, r := range a.runners {
			add(a.taggedResource(r))
		}
	}
	a.tags = common(shared)
	for _, r := range a.runners {
		own := tagsOf(a.taggedResource(r))
		maps.DeleteFunc(own, func(key, value string) bool { return a.tags[key] == value })
		r.pool.Tags = orNil(own)
	}
}

// common are the members that all have with the same value; nil for none.
func common(all []map[string]string) map[string]string {
	if len(all) == 0 {
		return nil
	}
	same := maps.Clone(all[0])
	for _, other := range all[1:] {
		maps.DeleteFunc(same, func(key, value string) bool { return other[key] != value })
	}
	return orNil(same)
}

// associationResource is the runner's association in a rendered template, nil if there is none.
func (a *adoption) associationResource(r *runner) (*source.Node, stack) {
	for _, association := range r.role.associations {
		if resource, s := a.renderedTwin(association); resource != nil {
			return resource, s
		}
	}
	return nil, stack{}
}

// renderedTwin is the association as a rendered template has it, nil if none has it: the output of
// a command may show it too.
func (a *adoption) renderedTwin(association *facts.PodIdentityAssociation) (*source.Node, stack) {
	for n := range a.facts().PodIdentityAssociations {
		twin := &a.facts().PodIdentityAssociations[n]
		one := index.SameCluster(twin, association) && twin.Namespace.Same(association.Namespace) && twin.ServiceAccount.Same(association.ServiceAccount)
		if resource, s := a.resourceAt(twin.Place); one && resource != nil {
			return resource, s
		}
	}
	return nil, stack{}
}

// taggedResource is the runner's role in a rendered template, or else its association; nil if
// there is neither.
func (a *adoption) taggedResource(r *runner) *source.Node {
	if r.role.resource != nil {
		return r.role.resource
	}
	resource, _ := a.associationResource(r)
	return resource
}

// askExisting asks about a role that others made.
func (a *adoption) askExisting(r *runner) {
	if r.role.fact == nil {
		a.result.ask(Question{Place: r.namedAt(), About: r.about(), Text: "role " + quoted(r.role.arn) + " is not among the files, so what it may do is not known", Next: "add what \"aws iam get-account-authorization-details\" prints, and run keyless init again"})
	}
}

// askAssociations asks about associations that others made beside those that are rendered.
func (a *adoption) askAssociations(r *runner) {
	for _, association := range r.role.associations {
		if resource, _ := a.renderedTwin(association); resource == nil {
			a.result.ask(Question{Place: association.Place, About: r.about(), Text: "its EKS Pod Identity association in cluster " + quoted(association.Cluster) + " is in no stack of the fleet, as those in its other clusters are; the stack would create it again, which EKS refuses", Next: "delete the association right before the stack is deployed, or import it into the stack"})
		}
	}
}

// askTargets asks about roles that associations go on to.
func (a *adoption) askTargets(r *runner) {
	for _, association := range r.role.associations {
		if association.TargetRole.ARN.There && association.TargetRole.ARN.Unknown == "" {
			a.result.ask(Question{Place: association.Place, About: r.about(), Text: "its association goes on to target role " + quoted(association.TargetRole.ARN.Value) + ", which a fleet cannot declare", Next: "let the first role push itself, or keep the association where it is"})
		}
	}
}

// addGrants declares the image repositories that the role may push to and pull from.
func (a *adoption) addGrants(r *runner) {
	pushes := a.pushesOf(r)
	for _, id := range pushes {
		repository := a.repository(id)
		if repository.CacheDays > 0 || a.isCache(r, id) {
			r.pool.CachesTo = &repository
			continue
		}
		r.pool.PushesTo = append(r.pool.PushesTo, repository)
	}
	for _, id := range a.pullsOf(r) {
		if !slices.Contains(pushes, id) {
			r.pool.PullsFrom = append(r.pool.PullsFrom, a.repository(id))
		}
	}
	if len(r.pool.PushesTo) == 0 {
		a.result.ask(Question{Place: r.Place, About: r.about(), field: "pushesTo", Text: "where its jobs push is not known from the files", Next: "name the image repositories in PushesTo"})
	}
}

// pushesOf are the image repositories that the role may push to. Of a role that may push by a
// pattern, and of no role, they are those that jobs for the runner push to.
func (a *adoption) pushesOf(r *runner) []identity.ImageRepository {
	if r.role.fact == nil {
		return a.pushedByJobs(r)
	}
	var found []identity.ImageRepository
	pattern := false
	for _, reach := range a.chains.PermissionsOf(r.role.fact).Reaches {
		if target, single := reach.Target(); single && reach.Possible() {
			found = append(found, target)
		} else {
			pattern = true
		}
	}
	if !pattern {
		return found
	}
	if pushed := a.pushedByJobs(r); pushed != nil {
		found = pushed
	}
	a.result.ask(Question{Place: r.role.fact.Place, About: r.about(), Text: "role " + quoted(r.role.fact.Title()) + " may push to image repositories by a pattern; PushesTo has those that the files name", Next: "take out of PushesTo what the pool's jobs do not push to, and name no pattern in the role's policy"})
	return found
}

// pushedByJobs are the image repositories that jobs for the runner's labels push to.
func (a *adoption) pushedByJobs(r *runner) []identity.ImageRepository {
	var found []identity.ImageRepository
	for n := range a.facts().Jobs {
		job := &a.facts().Jobs[n]
		if !wants(job, r) {
			continue
		}
		for _, push := range job.Pushes {
			registry, err := identity.ParseRegistryHost(push.Registry.Value)
			id := identity.ImageRepository{Registry: registry, Name: identity.ImageRepositoryName(push.Name.Value)}
			if err == nil && push.Use == facts.Pushes && push.Name.Known() && !slices.Contains(found, id) {
				found = append(found, id)
			}
		}
	}
	return found
}

// wants reports whether GitHub may give the job to the runner, by its labels.
func wants(job *facts.Job, r *runner) bool {
	own := []string{string(identity.RunnerLabelSelfHosted)}
	for _, label := range r.RunnerLabels {
		own = append(own, strings.ToLower(label.Value))
	}
	return len(job.RunsOn) > 0 && !slices.ContainsFunc(job.RunsOn, func(label facts.Text) bool {
		return !slices.Contains(own, strings.ToLower(label.Value)) && !identity.RunnerLabel(label.Value).Implied()
	})
}

// isCache reports whether jobs for the runner keep their layers in the image repository.
func (a *adoption) isCache(r *runner, id identity.ImageRepository) bool {
	for n := range a.facts().Jobs {
		job := &a.facts().Jobs[n]
		if !wants(job, r) {
			continue
		}
		caches := func(use facts.Use) func(facts.Push) bool {
			return func(push facts.Push) bool {
				return push.Use == use && push.Name.Is(string(id.Name)) && push.Registry.Is(id.Registry.String())
			}
		}
		if slices.ContainsFunc(job.Pushes, caches(facts.CachesTo)) && !slices.ContainsFunc(job.Pushes, caches(facts.Pushes)) {
			return true
		}
	}
	return false
}

// pullsOf are the image repositories that statements of the role's policies name and let it pull
// from.
func (a *adoption) pullsOf(r *runner) []identity.ImageRepository {
	if r.role.fact == nil {
		return nil
	}
	var found []identity.ImageRepository
	for _, document := range a.chains.Policies(r.role.fact) {
		for _, statement := range document.Policy.Statement {
			if statement.Effect != policy.EffectAllow || !access.Includes(statement, "ecr:BatchGetImage") {
				continue
			}
			for _, resource := range statement.Resource {
				if id, err := identity.ParseImageRepositoryARN(resource); err == nil && !slices.Contains(found, id) {
					found = append(found, id)
				}
			}
		}
	}
	return found
}

// share makes of a role that several pools have and the fleet creates the role of one, whose
// ServiceAccount it was made for, and an existing role of the others.
func (a *adoption) share() {
	for _, r := range a.runners {
		if r.role.resource == nil {
			continue
		}
		subjects := subjectsIn(r.role.fact)
		if len(subjects) == 0 {
			continue
		}
		if r.pool.Subject() != subjects[0] {
			r.pool.ExistingRole = true
			r.pool.Policy, r.pool.Statements, r.pool.MaxSessionDuration = "", nil, 0
			r.pool.PermissionsBoundary = identity.ManagedPolicyARN{}
			r.pool.Waivers.Role, r.pool.Waivers.Policy = nil, nil
			continue
		}
		if len(subjects) > 1 {
			r.pool.AlsoTrusts = subjects[1:]
		}
	}
}

// subjectsIn are those that a role trusts by name, each once.
func subjectsIn(role *facts.Role) []identity.Subject {
	var found []identity.Subject
	for _, statement := range role.Trust.Policy.Statement {
		if subject, is := subjectOf(statement); is && !slices.Contains(found, subject) {
			found = append(found, subject)
		}
	}
	return found
}

// subjectOf is the ServiceAccount that a statement of a trust policy names; is is false if it
// names none, or several.
func subjectOf(statement policy.Statement) (subject identity.Subject, is bool) {
	for key, values := range statement.Condition[policy.StringEquals] {
		if len(values) != 1 {
			continue
		}
		switch _, name := index.CutKey(key); {
		case name == "sub":
			subject, err := identity.ParseSubject(values[0])
			return subject, err == nil
		case strings.HasSuffix(name, "/"+identity.TagNamespace):
			subject.Namespace = identity.Namespace(values[0])
		case strings.HasSuffix(name, "/"+identity.TagServiceAccount):
			subject.ServiceAccount = identity.ServiceAccount(values[0])
		}
	}
	return subject, subject.Namespace != "" && subject.ServiceAccount != ""
}
