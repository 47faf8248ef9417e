package chain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Need is an action that pushing needs, and what it is for.
type Need struct {
	Action, Purpose string
}

// PushNeeds are the actions that docker push needs on an image repository (Amazon ECR user guide, "IAM
// permissions for pushing an image"). A client that pushes an index of several architectures
// asks the same, more than once.
var PushNeeds = []Need{
	{"ecr:BatchCheckLayerAvailability", "it looks which layers are there"},
	{"ecr:BatchGetImage", "it looks whether the image is there"},
	{"ecr:InitiateLayerUpload", "it begins to send a layer"},
	{"ecr:UploadLayerPart", "it sends a layer"},
	{"ecr:CompleteLayerUpload", "it ends a layer"},
	{access.PutImage, "it puts the image's manifest"},
}

// CacheNeed is the action that reading layers back needs: docker pull, and a build cache in the registry.
var CacheNeed = Need{"ecr:GetDownloadUrlForLayer", "it reads a layer"}

// needsOf returns the actions that a use needs on an image repository, except to read layers back.
func needsOf(use facts.Use) []Need {
	switch use {
	case facts.CachesFrom:
		return []Need{{"ecr:BatchGetImage", "it reads the build cache's manifest"}}
	case facts.Pulls:
		return []Need{{"ecr:BatchGetImage", "it reads the image's manifest"}, CacheNeed}
	}
	return PushNeeds
}

// Push is whether a role may push to an image repository, or to a class of them, as a runner
// does.
type Push struct {
	Role *facts.Role
	// Target is the image repository; of a class it is the zero value.
	Target identity.ImageRepository
	// Name is the image repository as docker push is given it, or describes the class; ARN is
	// its ARN, or that of one of the class.
	Name, ARN string
	Use       facts.Use
	// Place is the statement that allows it, or the nearest to one.
	Place source.Place
	// Job is the title of a job that pushes there, "" if none of the files does, at Asked. Assumed is the
	// role that it assumes first, if that is not known to be Role.
	Job     string
	Asked   source.Place
	Assumed facts.Text
	// Denied are the needs that are not met, and Obstacle is in the way of the first.
	Denied   []Need
	Obstacle Obstacle
	// Open is the first answer that is not certain; nil: all are.
	Open *access.Decision
	// Unreadable reports that layers cannot be read back.
	Unreadable bool
	// Session is the job's session, and Limits are the needs that session policies do not certainly
	// allow.
	Session Session
	Limits  []SessionLimit
}

func (p *Push) state() State {
	switch {
	case p.Assumed.There:
		return Unknown
	case len(p.Denied) > 0 || slices.ContainsFunc(p.Limits, func(limit SessionLimit) bool { return !limit.Decision.Possible() }):
		return Broken
	case p.Open != nil || len(p.Limits) > 0:
		return Unknown
	}
	return Proved
}

// Text implements Reason.
func (p *Push) Text() string {
	name := p.Name
	if p.Target != (identity.ImageRepository{}) {
		name = fmt.Sprintf("%q", p.Name)
	}
	switch {
	case p.Assumed.There:
		return fmt.Sprintf("whether role %q of %s may push to %s is not looked at", p.Assumed, p.Job, name)
	case len(p.Denied) > 0:
		return fmt.Sprintf("role %q may not push to %s", p.Role.Name, name)
	case len(p.Limits) > 0:
		return p.Limits[len(p.Limits)-1].Text()
	case p.Open != nil:
		return "whether the role may push is not known: " + p.Open.Why
	}
	return fmt.Sprintf("role %q may push to %s", p.Role.Name, name)
}

// Link is the push as the last link of a chain.
func (p *Push) Link() Link {
	to := p.Name
	if p.Target != (identity.ImageRepository{}) {
		to = "image repository " + p.Name
	}
	from := p.Assumed
	if !from.There {
		from = p.Role.Name
	}
	return Link{Cause{p.state(), p.Place, p}, LinkPush, "role " + from.String(), to}
}

// followPushes follows the runners that have a role, or whose jobs take one with GitHub's token, to the image
// repositories that their jobs push to; those of which no job names one, to all that the role's policies name.
func (c *Chains) followPushes() {
	for _, job := range c.Jobs {
		for _, r := range job.Followed() {
			if r.Role() != nil || r.NoRole != nil && job.IDToken && len(job.Assumed) > 0 {
				c.followPushesOf(job, r)
			}
		}
	}
	for _, r := range c.Runners {
		if r.Role() == nil || r.NamesPush {
			continue
		}
		for _, target := range c.targetsOf(r.Role()) {
			r.Pushes = append(r.Pushes, c.push(r, target, facts.Pushes))
		}
		for _, reach := range c.permissions[r.Role()].Reaches {
			if _, one := reach.Target(); !one {
				r.Pushes = append(r.Pushes, c.pushBeyond(r.Role(), reach))
			}
		}
	}
}

// followPushesOf asks once for each image repository that the job names whether the runner may
// push there.
func (c *Chains) followPushesOf(job *Job, r *Runner) {
	for n := range job.Logins {
		if login := &job.Logins[n]; login.As != nil {
			c.hop(job.Job, r, login.As)
		} else if r.Role() == nil && !login.Out && !login.KeyID.There {
			r.PushesAlone = true
		}
	}
	if last := len(job.Assumed) - 1; (len(job.Pushes) == 0 || r.Role() == nil) && last >= 0 {
		c.hop(job.Job, r, job.Assumed[last]) // what it pushes, if anything, may not be known
	}
	for n := range job.Pushes {
		push := &job.Pushes[n]
		target, problem := c.TargetOf(job.Job, push, r)
		if problem != nil {
			continue
		}
		r.NamesPush = true
		role, assumed := c.pushesAs(job, push, target, r)
		if role == nil && !assumed.There {
			r.PushesAlone = true
			continue
		}
		session := c.sessionOf(job, push, target, r)
		if slices.ContainsFunc(r.Pushes, func(before *Push) bool {
			return before.Role == role && before.Target == target && before.Use == push.Use && before.Assumed.Same(assumed) && before.Session.is(session)
		}) {
			continue
		}
		asked := &Push{Role: role, Target: target, Name: target.String(), Use: push.Use, Place: push.Place, Assumed: assumed}
		switch {
		case assumed.There:
		case role == r.Role():
			asked = c.push(r, target, push.Use)
		default:
			asked = c.pushAs(role, c.permissions[role].Role, target, push.Use)
		}
		if !assumed.There {
			c.within(session, asked)
		}
		asked.Job, asked.Asked, asked.Session = job.Title(), push.Place, session
		r.Pushes = append(r.Pushes, asked)
	}
}

// CertainlyPushes reports whether the runner's role certainly may push whatever its jobs do, which is known.
func (r *Runner) CertainlyPushes() bool {
	return r.NamesPush && !slices.ContainsFunc(r.Pushes, func(push *Push) bool { return push.state() != Proved })
}

// TargetProblem is why the image repository of a push is not known, or cannot exist.
type TargetProblem struct {
	// Unknown says why it is not known; "" if it is.
	Unknown string
	// Registry is what is wrong with the host name and Name with the name; nil: nothing is.
	Registry, Name error
}

// TargetOf is the image repository that a job pushes to from a runner.
func (c *Chains) TargetOf(job *facts.Job, push *facts.Push, r *Runner) (identity.ImageRepository, *TargetProblem) {
	host, name := c.RegistryOf(job, push, r), nameOn(r, push)
	if why := cmp.Or(name.Unknown, host.Unknown); why != "" {
		return identity.ImageRepository{}, &TargetProblem{Unknown: why}
	}
	registry, err := identity.ParseRegistryHost(host.Value)
	if err != nil {
		return identity.ImageRepository{}, &TargetProblem{Registry: err}
	}
	target := identity.ImageRepository{Registry: registry, Name: identity.ImageRepositoryName(name.Value)}
	if err := target.Name.Check(); err != nil {
		return target, &TargetProblem{Name: err}
	}
	return target, nil
}

// nameOn is the name of the image repository that a job pushes to from a runner, whose source repository may decide it.
// A name in capital letters stays unknown: Docker refuses it, and some actions make it small.
func nameOn(r *Runner, push *facts.Push) facts.Text {
	scope := r.Takes().Scope
	owner, name, whole := strings.Cut(scope.Name, "/")
	if push.Pattern == "" || scope.Kind != SourceRepository || !whole || strings.Contains(name, "/") {
		return push.Name
	}
	known := strings.NewReplacer(facts.SourceRepository, scope.Name, facts.LowerSourceRepository, strings.ToLower(scope.Name),
		facts.RepositoryOwner, owner, facts.RepositoryName, name).Replace(push.Pattern)
	if known != strings.ToLower(known) {
		return push.Name
	}
	return facts.Known(known, push.Name.Place)
}

// RegistryOf is the host that a push goes to. One that names none goes to that of a login.
func (c *Chains) RegistryOf(job *facts.Job, push *facts.Push, r *Runner) facts.Text {
	if push.Registry.There || push.Login >= len(job.Logins) {
		return c.OnRunner(push.Registry, r)
	}
	host := c.HostOf(&job.Logins[push.Login], r)
	host.Place = push.Place
	return host
}

// targetsOf are the image repositories that the role's policies name, whether it can push to
// them or not, and those of the files that it can push to.
func (c *Chains) targetsOf(role *facts.Role) []identity.ImageRepository {
	var targets []identity.ImageRepository
	for _, resource := range c.permissions[role].Written {
		if target, err := identity.ParseImageRepositoryARN(resource); err == nil {
			targets = append(targets, target)
		}
	}
	for _, reach := range c.permissions[role].Reaches {
		if target, ok := reach.Target(); ok && !slices.Contains(targets, target) {
			targets = append(targets, target)
		}
	}
	return targets
}

// pushAs asks whether a role, as a session has it, may push to an image repository, or use it otherwise.
func (c *Chains) pushAs(role *facts.Role, as access.Role, target identity.ImageRepository, use facts.Use) *Push {
	push := c.lacking(role, as, target, needsOf(use))
	push.Use = use
	push.Unreadable = push.Denied == nil && !c.Repositories.Ask(as, CacheNeed.Action, push.ARN).Possible()
	return push
}

// lacking finds which needs a role, as a session has it, lacks on an image repository.
func (c *Chains) lacking(role *facts.Role, as access.Role, target identity.ImageRepository, needs []Need) *Push {
	arn := target.ARN()
	push := &Push{Role: role, Target: target, Name: target.String(), ARN: arn, Place: c.pushPlace(role, arn)}
	push.ask(needs, func(action string) access.Decision { return c.Repositories.Ask(as, action, arn) })
	if push.Denied != nil {
		push.Obstacle = c.obstacle(push, as)
	}
	return push
}

// push asks whether a runner may push to an image repository: its role, and the session
// policies of the associations that gave it the role.
func (c *Chains) push(r *Runner, target identity.ImageRepository, use facts.Use) *Push {
	push := c.pushAs(r.Role(), c.sessionRole(r), target, use)
	if by, ok := r.Identity.By.(PodIdentity); ok {
		for _, a := range by.Associations {
			c.within(ofAssociation(a), push)
		}
	}
	return push
}

// sessionRole is the runner's role as its Pods have it.
func (c *Chains) sessionRole(r *Runner) access.Role {
	if by, ok := r.Identity.By.(PodIdentity); ok {
		return c.associated(r.Role(), by.Associations...)
	}
	return c.permissions[r.Role()].Role
}

// RequestOf asks whether a job may make a request on a runner, and the image repository that it is for; nil: the
// role as which the job asks, or the image repository, is not known.
func (c *Chains) RequestOf(job *facts.Job, request *facts.Request, r *Runner) *Push {
	role, as, target := c.asksAs(job, request, r)
	if role == nil {
		return nil
	}
	ask := func(action string) *Push { return c.lacking(role, as, target, []Need{{action, "it runs"}}) }
	asked := ask(request.Action)
	if request.Otherwise != "" && asked.Denied != nil && c.Repositories.Find(target) == nil && ask(request.Otherwise).Denied == nil {
		return nil
	}
	return asked
}

// asksAs returns the role as which a job makes a request on a runner, nil if it or the image repository is not known.
func (c *Chains) asksAs(job *facts.Job, request *facts.Request, r *Runner) (*facts.Role, access.Role, identity.ImageRepository) {
	target, problem := c.TargetOf(job, &facts.Push{Registry: request.Registry, Name: request.Name, Login: len(job.Logins)}, r)
	role := c.AskingRole(job, request, r)
	switch {
	case problem != nil || role == nil:
		return nil, access.Role{}, target
	case request.As == nil:
		return role, c.sessionRole(r), target
	}
	return role, c.permissions[role].Role, target
}

// AskingRole is the role as which a job makes a request on a runner, nil if that is not known.
func (c *Chains) AskingRole(job *facts.Job, request *facts.Request, r *Runner) *facts.Role {
	switch {
	case len(job.StoredKeys)+len(job.Profiles) > 0:
		return nil
	case request.As == nil:
		return r.Role()
	}
	hop := c.hop(job, r, request.As)
	if request.Sometimes || hop.state() == Unknown {
		return nil
	}
	return hop.Role
}

// Errand is an action that a role needs beside pushing: on an image repository, or of another service.
type Errand struct {
	Role        *facts.Role
	Action, ARN string
	// Request is where a job asks for it; nil: the push itself does.
	Request *facts.Request
}

// ErrandsOf are what a job on a runner asks of Amazon ECR and other services.
func (c *Chains) ErrandsOf(job *facts.Job, r *Runner) []Errand {
	var errands []Errand
	for n := range job.Requests {
		request := &job.Requests[n]
		if request.As != nil && !(request.Before && request.Needed) {
			continue // the other role is nothing to the push
		}
		if role := c.AskingRole(job, request, r); role != nil && !request.Name.There {
			errands = append(errands, Errand{role, request.Action, "", request})
		} else if role, _, target := c.asksAs(job, request, r); role != nil {
			errands = append(errands, Errand{role, request.Action, target.ARN(), request}, Errand{role, request.Otherwise, target.ARN(), request})
		}
	}
	return errands
}

// FirstPushes are what a runner needs where a creation template makes the image repository.
func (c *Chains) FirstPushes(r *Runner) []Errand {
	var errands []Errand
	for _, push := range r.Pushes {
		if template := c.CreationTemplate(push.Target); template != nil && template.OnPush() && c.Repositories.Find(push.Target) == nil {
			errands = append(errands, Errand{push.Role, "ecr:CreateRepository", push.ARN, nil})
		}
	}
	return errands
}

// PullOf asks whether a job may pull an image on a runner; nil: the image, or the role as which the job
// pulls it, is not known.
func (c *Chains) PullOf(job *facts.Job, pull *facts.Push, r *Runner) *Push {
	target, problem := c.TargetOf(job, pull, r)
	if problem != nil {
		return nil
	}
	switch role, assumed := c.pushesAs(&Job{Job: job}, pull, target, r); {
	case assumed.There:
		return nil
	case role == r.Role():
		return c.push(r, target, facts.Pulls)
	default:
		return c.pushAs(role, c.permissions[role].Role, target, facts.Pulls)
	}
}

// pushBeyond asks whether a role may push to a class of image repositories, by one of it.
func (c *Chains) pushBeyond(role *facts.Role, reach access.Reach) *Push {
	push := &Push{Role: role, Name: reach.Name, ARN: reach.ARN, Place: reach.Place}
	push.ask(PushNeeds, func(action string) access.Decision { return c.permissions[role].MayBeyond(action, reach.ARN) })
	if push.Denied != nil {
		push.Obstacle = c.obstacle(push, c.permissions[role].Role)
	}
	return push
}

// ask finds the needs that the role lacks, and what is open.
func (p *Push) ask(needs []Need, ask func(action string) access.Decision) {
	for _, need := range needs {
		switch verdict := ask(need.Action); {
		case verdict.Allowed():
		case !verdict.Possible():
			p.Denied = append(p.Denied, need)
		case p.Open == nil:
			p.Open = &verdict
		}
	}
}

// pushPlace is the statement by which the role pushes to the ARN, or one by which it pushes
// elsewhere, or the role.
func (c *Chains) pushPlace(role *facts.Role, arn string) source.Place {
	permissions := c.permissions[role]
	if verdict := access.Decide(policy.Request{Action: access.PutImage, Resource: arn}, permissions.Identity...); verdict.Place != (source.Place{}) {
		return verdict.Place
	}
	for _, document := range permissions.Identity {
		for n, statement := range document.Policy.Statement {
			if access.Includes(statement, PushNeeds[0].Action) || access.Includes(statement, access.PutImage) {
				return document.InStatement(n, "Resource")
			}
		}
	}
	return role.Place
}

// Obstacle stands in the way of an action: the zero value if no policy of the role
// allows it.
type Obstacle struct {
	By ObstacleKind
	// Place is the place of the statement, the boundary or the policy.
	Place source.Place
	// Name names a statement or an organization's policy.
	Name string
}

// ObstacleKind is the kind of policy that is in the way.
type ObstacleKind int

const (
	// NothingAllows means that no policy of the role allows the action.
	NothingAllows ObstacleKind = iota
	// DeniedByRole means that a statement of the role denies it, and BeyondBoundary that the
	// permissions boundary does not allow it.
	DeniedByRole
	BeyondBoundary
	// DeniedByImageRepository means that the image repository's own policy denies it, and
	// OtherAccount that the policy would have to allow it.
	DeniedByImageRepository
	OtherAccount
	// DeniedByOrganization means that a policy of the organization denies it.
	DeniedByOrganization
)

// obstacle finds what stands in the way of the first need: a statement that denies the
// action, the boundary, the image repository's own policy, or none of them.
func (c *Chains) obstacle(push *Push, permissions access.Role) Obstacle {
	request := c.Repositories.Request(permissions, push.Denied[0].Action, push.ARN)
	own := access.Decide(request, permissions.Identity...)
	theirs := c.repositoryDenial(request)
	switch {
	case own.Denied:
		return Obstacle{DeniedByRole, own.Place, own.Name}
	case own.Possible() && permissions.Boundary != nil && !access.Decide(request, permissions.Boundary).Possible():
		return Obstacle{BeyondBoundary, permissions.Boundary.Place, ""}
	case own.Possible() && theirs != (source.Place{}):
		return Obstacle{DeniedByImageRepository, theirs, ""}
	case own.Possible() && permissions.Foreign(push.ARN):
		return Obstacle{By: OtherAccount}
	}
	for _, limit := range permissions.Organization {
		attached, _ := limit.On(request)
		if denial := access.Decide(request, limit.Document); attached && denial.Denied {
			return Obstacle{DeniedByOrganization, denial.Place, limit.Name}
		}
	}
	return Obstacle{}
}

// repositoryDenial is the statement of an image repository's policy that denies the request,
// the zero value if none does.
func (c *Chains) repositoryDenial(request policy.Request) source.Place {
	target, err := identity.ParseImageRepositoryARN(request.Resource)
	if err != nil {
		return source.Place{}
	}
	if repository := c.Repositories.Find(target); repository != nil {
		if verdict := access.Decide(request, c.Repositories.PolicyOf(repository)); verdict.Denied {
			return verdict.Place
		}
	}
	return source.Place{}
}
