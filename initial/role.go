package initial

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// runnerRole is the role that a runner's Pods have, or have first, and how they get it.
type runnerRole struct {
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
	stack    renderedStack
	// target is the role that EKS Pod Identity goes on to, nil if there is none.
	target *runnerRole
}

// pushing is the role as which jobs push.
func (r runnerRole) pushing() runnerRole {
	if r.target != nil {
		return *r.target
	}
	return r
}

// session is the session policy of the role's associations, nil if there is none.
func (r runnerRole) session() *facts.Document {
	if len(r.associations) == 0 || !r.associations[0].SessionPolicy.There {
		return nil
	}
	return &r.associations[0].SessionPolicy
}

// roleOf finds the role of a runner. Where an association and the annotation name different
// roles, the association wins, as it does in EKS.
func (a *declaration) roleOf(r *chain.Runner) runnerRole {
	var found runnerRole
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
		if target := first.TargetRole; target.ARN.Known() {
			found.target = &runnerRole{fact: a.chains.Referenced(target, first.Place)}
			found.target.arn = arnOf(found.target.fact, target.ARN)
			a.addRendered(found.target)
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
	a.addRendered(&found)
	return found
}

// addRendered takes the role as a rendered template has it, if one does: the output of a command
// may show it too.
func (a *declaration) addRendered(found *runnerRole) {
	for n := range a.facts().Roles {
		twin := &a.facts().Roles[n]
		if resource, stack := a.resourceAt(twin.Place); resource != nil && found.named() && twin.ARN() == found.arn.String() {
			found.fact, found.resource, found.stack = twin, resource, stack
		}
	}
}

// trusting is the one role of the files that trusts the runner's ServiceAccount and no other, nil
// if there is none or several: eksctl's annotation, for one, is known when it has made the role.
func (a *declaration) trusting(r *chain.Runner) *facts.Role {
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

// dropGuesses takes a role that nothing names from runners of clusters that it does not trust: it
// trusts a ServiceAccount of the same name in another.
func (a *declaration) dropGuesses() {
	for _, r := range a.runners {
		trusted := trusting(r)
		isTrusted := func(c foundCluster) bool {
			c.Account = "" // that of the provider, which may be another than the cluster's
			return r.cluster.Issuer == "" && c.Issuer != "" || r.cluster.is(c)
		}
		if r.role.guessed && len(trusted) > 0 && !slices.ContainsFunc(trusted, isTrusted) {
			r.role = runnerRole{}
		}
	}
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
func (r runnerRole) named() bool { return r.arn != identity.RoleARN{} }

// namedAt is where the role is named, or would be.
func (r *runner) namedAt() source.Place {
	if r.jobs.SA == nil {
		return r.Place
	}
	if annotation := facts.AnnotationOf(r.jobs.SA.Annotations, identity.AnnotationRoleARN); annotation != nil {
		return annotation.Place
	}
	return r.jobs.SA.Place
}

// addRole declares the role: created if a rendered template has it, else existing; one to be
// created if there is none.
func (a *declaration) addRole(r *runner) {
	p := &r.pool
	p.Role, p.RolePath, p.Way = r.role.arn.Name, r.role.arn.Path, r.role.way
	if p.RolePath == "/" {
		p.RolePath = ""
	}
	a.askNamed(r)
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
		if session := r.role.session(); session != nil {
			p.SessionPolicy, p.Statements = true, furtherStatements(session)
		}
		a.askAssociations(r)
	case len(r.role.associations) > 0:
		p.ExistingAssociation = true
	}
	a.addTarget(r)
}

// askNamed asks about a role that nothing names, and about one of another account.
func (a *declaration) askNamed(r *runner) {
	if r.role.guessed {
		a.result.ask(Question{Place: r.namedAt(), About: r.about(), Text: fmt.Sprintf("no file shows that its ServiceAccount has role %q, the one that trusts it by name; it is declared", r.role.arn), Next: "keep it if the runner is to have the role, or name another"})
	}
	if account := r.cluster.Account; r.role.named() && r.role.arn.Account != account {
		a.result.ask(Question{Place: r.namedAt(), About: r.about(), Text: fmt.Sprintf("role %q is in another account than the cluster, %q, and a pool's role is in its cluster's", r.role.arn, account), Next: "name a role of the cluster's account, which may push to image repositories of the other"})
	}
}

// nameRole names a role for a runner that has none.
func (a *declaration) nameRole(r *runner) {
	r.pool.Role = identity.RoleName(r.pool.Name + "-runner")
	r.pool.Policy = identity.PolicyName(r.pool.Name + "-runner-push")
	a.result.ask(Question{Place: r.namedAt(), About: r.about(), Text: "nothing gives the runner's ServiceAccount a role that the files name; role " + quoted(r.pool.Role) + " is declared, which the stack creates", Next: "keep it, or name the role that exists and set ExistingRole"})
}

// addCreated reads what this project rendered of the role and its policy.
func (a *declaration) addCreated(r *runner) {
	p, properties := &r.pool, r.role.resource.Get("Properties")
	p.Stack = r.role.stack.name
	p.PermissionsBoundary, _ = identity.ParseAttachedPolicyARN(r.role.fact.Boundary.Value)
	p.ManagedPolicies = a.furtherPolicies(r.role.fact)
	if seconds, err := time.ParseDuration(properties.Word("MaxSessionDuration") + "s"); err == nil {
		p.MaxSessionDuration = seconds
	}
	p.Waivers.Role = reasonsIn(r.role.resource)
	if managed, resource := a.policyOf(r.role.fact); managed != nil {
		p.Policy, p.Waivers.Policy = identity.PolicyName(managed.Name.Value), reasonsIn(resource)
	}
	if pushing := r.role.pushing(); pushing.resource != nil {
		p.Statements = a.statementsOf(pushing.fact)
	}
}

// policyOf is the policy of a role that a rendered template has, and its resource there; nil if there
// is none.
func (a *declaration) policyOf(role *facts.Role) (*facts.ManagedPolicy, *source.Node) {
	policies := a.facts().ManagedPolicies
	for n := range policies {
		resource, _ := a.resourceAt(policies[n].Place)
		attached := slices.ContainsFunc(role.Attached, func(arn facts.Text) bool { return arn.Is(policies[n].ARN.Value) })
		if resource != nil && attached {
			return &policies[n], resource
		}
	}
	return nil, nil
}

// furtherPolicies returns the policies of a rendered role that no rendered template has.
func (a *declaration) furtherPolicies(role *facts.Role) []identity.ManagedPolicyARN {
	var further []identity.ManagedPolicyARN
	own, _ := a.policyOf(role)
	for _, attached := range role.Attached {
		arn, err := identity.ParseAttachedPolicyARN(attached.Value)
		if err == nil && (own == nil || !attached.Is(own.ARN.Value)) {
			further = append(further, arn)
		}
	}
	return further
}

// statementsOf returns the further statements of a rendered role's policy.
func (a *declaration) statementsOf(role *facts.Role) []policy.Statement {
	managed, _ := a.policyOf(role)
	if managed == nil {
		return nil
	}
	return furtherStatements(&managed.Document)
}

// furtherStatements are the statements of a rendered policy that not every pool has.
func furtherStatements(document *facts.Document) (own []policy.Statement) {
	for _, statement := range document.Policy.Statement {
		if !slices.Contains([]string{policy.SidLogin, policy.SidPush, policy.SidPull, policy.SidPullThrough, policy.SidAssume}, statement.Sid) {
			own = append(own, statement)
		}
	}
	return own
}

// addTarget declares the role that EKS Pod Identity goes on to.
func (a *declaration) addTarget(r *runner) {
	target := r.role.target
	if target == nil {
		return
	}
	declared := &fleet.TargetRole{Account: target.arn.Account, Role: target.arn.Name, RolePath: target.arn.Path, Existing: target.resource == nil}
	if declared.RolePath == "/" {
		declared.RolePath = ""
	}
	if target.resource != nil {
		declared.Stack = target.stack.name
		if managed, _ := a.policyOf(target.fact); managed != nil {
			declared.Policy = identity.PolicyName(managed.Name.Value)
		}
	}
	r.pool.TargetRole = declared
}

// askExisting asks about a role that others made.
func (a *declaration) askExisting(r *runner) {
	if r.role.fact == nil {
		a.result.ask(Question{Place: r.namedAt(), About: r.about(), Text: "role " + quoted(r.role.arn) + " is not among the files, so what it may do is not known", Next: "add what \"aws iam get-account-authorization-details\" prints, and run keyless init again"})
	}
}

// share makes of a role that several pools have and the fleet creates the role of one, whose
// ServiceAccount it was made for, and an existing role of the others.
func (a *declaration) share() {
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
			r.pool.ManagedPolicies, r.pool.PermissionsBoundary = nil, identity.ManagedPolicyARN{}
			r.pool.Waivers.Role, r.pool.Waivers.Policy = nil, nil
			continue
		}
		if len(subjects) > 1 {
			r.pool.AlsoTrusts = subjects[1:]
		}
	}
}

// subjectsIn returns the subjects that a role trusts by name, each once.
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
	equals := statement.Condition[policy.StringEquals]
	for _, key := range slices.Sorted(maps.Keys(equals)) {
		values := equals[key]
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
