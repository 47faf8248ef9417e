package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
)

// Role → image repository.
var (
	actionMissing     = kind("KR050", finding.Error, "role may not push")
	cacheUnreadable   = kind("KR051", finding.Note, "layers cannot be read back")
	loginOnRepository = kind("KR052", finding.Error, "GetAuthorizationToken on a resource")
	pushesNowhere     = kind("KR053", finding.Error, "role may push nowhere")
	requestDenied     = kind("KR227", finding.Error, "request of a step that the role may not make")
	notLookedAt       = kind("KR059", finding.Note, "who else can push is not all known")
)

// logins reports roles of runners that push and may not log in.
func logins(v View, report reporter) {
	roles := once{}
	for _, r := range v.Runners {
		for _, push := range r.Pushes {
			if !push.Assumed.There && roles.first(push.Role) {
				login(v, push.Role, report)
			}
		}
	}
}

// publicLogins reports roles of runners whose jobs log in to Amazon ECR Public and that may not
// (https://docs.aws.amazon.com/AmazonECR/latest/public/public-registry-auth.html).
func publicLogins(v View, report reporter) {
	withRole(v, func(job *chain.Job, r *chain.Runner) {
		for _, action := range []string{"ecr-public:GetAuthorizationToken", "sts:GetServiceBearerToken"} {
			if verdict := v.May(r.Role(), action, access.AnyResource); job.PublicLogin.There && !verdict.Possible() {
				report(actionMissing, job.PublicLogin.Place, fmt.Sprintf("role %q may not %s: the login of %s to Amazon ECR Public fails", r.Role().Title(), action, job.Title()),
					fmt.Sprintf("allow %q on %q, or log in to the private registry: leave registry-type out", action, access.AnyResource))
			}
		}
	})
}

func login(v View, role *facts.Role, report reporter) {
	switch verdict := v.PermissionsOf(role).May(v.LoginRequest(role), nil); {
	case verdict.Allowed():
	case verdict.Denied:
		report(actionMissing, verdict.Place, fmt.Sprintf("role %q is denied %s", role.Title(), chain.Login), "take the action out of what the statement denies")
	case verdict.Possible():
		open(role, chain.Login, verdict, report)
	default:
		noLoginOf(v, role, report)
	}
}

// open reports what is not known about what a role may do.
func open(role *facts.Role, what string, verdict access.Decision, report reporter) {
	problem := fmt.Sprintf("whether role %q may %s is not known: %s", role.Title(), what, verdict.Why)
	if verdict.Undenied {
		problem = fmt.Sprintf("role %q may %s unless something that is not known denies it: %s", role.Title(), what, verdict.Why)
	}
	fix := decidedBy(verdict.Why)
	if verdict.Why == access.PolicyElsewhere {
		fix = `add the output of "aws ecr get-repository-policy": the image repository has to let the role push, too`
	}
	report(permissionUnknown, cmp.Or(verdict.Open, role.Place), problem, fix)
}

func noLoginOf(v View, role *facts.Role, report reporter) {
	permissions := v.PermissionsOf(role)
	own := access.Decide(v.LoginRequest(role), permissions.Identity...)
	if own.Allowed() && permissions.Boundary != nil {
		report(actionMissing, permissions.Boundary.Place, fmt.Sprintf("role %q may not %s, the permissions boundary does not allow it: docker login fails", role.Title(), chain.Login), "allow it in the boundary")
		return
	}
	document, n := loginStatement(permissions)
	switch {
	case document == nil:
		of, unless := lack(v, role, actionMissing)
		report(of, role.Place, fmt.Sprintf("role %q may not %s: docker login fails%s", role.Title(), chain.Login, unless), fmt.Sprintf("allow %q on %q", chain.Login, "*"))
	case slices.Contains(document.Policy.Statement[n].Resource, access.AnyResource):
		report(actionMissing, document.InStatement(n, "Condition"), fmt.Sprintf("role %q may not %s, the condition of the statement that allows it is never met: docker login fails", role.Title(), chain.Login),
			fmt.Sprintf("allow %q on %q without the condition", chain.Login, access.AnyResource))
	default:
		report(loginOnRepository, document.InStatement(n, "Resource"),
			fmt.Sprintf("%s is allowed on %s, and has no resource but %q: docker login would be denied", chain.Login, facts.Quoted(document.Policy.Statement[n].Resource), "*"),
			fmt.Sprintf("allow it in a separate statement with Resource %q", "*"))
	}
}

// loginStatement is the first statement that allows a login on something; nil: none does.
func loginStatement(permissions *chain.Permissions) (*facts.Document, int) {
	for _, document := range permissions.Identity {
		for n, statement := range document.Policy.Statement {
			if statement.Effect == policy.EffectAllow && access.Includes(statement, chain.Login) {
				return document, n
			}
		}
	}
	return nil, 0
}

// pushes reports what a runner's role lacks to push to where its jobs push.
func pushes(v View, report reporter) {
	for _, r := range v.Runners {
		for _, push := range r.Pushes {
			if !push.Assumed.There {
				onePush(v, push, report)
			}
		}
	}
}

// requests reports steps before a push that ask Amazon ECR for what the role may not, or for what is there already.
func requests(v View, report reporter) {
	withRole(v, func(job *chain.Job, r *chain.Runner) {
		for n := range job.Requests {
			request := &job.Requests[n]
			if !request.Before || !request.Needed {
				continue
			}
			if !request.Name.There {
				serviceRequest(v, job, request, v.AskingRole(job.Job, request, r), report)
				continue
			}
			asked := v.RequestOf(job.Job, request, r)
			switch related := (finding.Related{Place: request.Place, What: job.Title() + " asks for it"}); {
			case asked == nil:
			case asked.Denied != nil:
				missingActions(v, asked, requestDenied, "the step", []finding.Related{related}, report)
			case asked.Open != nil:
				open(asked.Role, request.Action+" on "+fmt.Sprintf("%q", asked.ARN), *asked.Open, report)
			case request.Action == createRepository && v.Repositories.Find(asked.Target) != nil:
				report(requestDenied, request.Place, fmt.Sprintf("%s makes image repository %q, which is there already: the step fails", job.Title(), asked.Name),
					"take the command out", finding.Related{Place: v.Repositories.Find(asked.Target).Place, What: "the image repository"})
			}
		}
	})
}

// ownPolicies are the services of which what is asked for can have a policy that lets the role do it.
var ownPolicies = []string{"codeartifact", "s3", "secretsmanager"}

// serviceRequest reports a request of another service than Amazon ECR that no policy of the role allows on anything.
func serviceRequest(v View, job *chain.Job, request *facts.Request, role *facts.Role, report reporter) {
	if role == nil || slices.ContainsFunc(v.PermissionsOf(role).Identity, func(document *facts.Document) bool { return mayAllow(document, request.Action) }) {
		return
	}
	related := finding.Related{Place: role.Place, What: "the role"}
	fix := fmt.Sprintf("allow %q, or take the command out", request.Action)
	if service, _, _ := strings.Cut(request.Action, ":"); slices.Contains(ownPolicies, service) {
		report(permissionUnknown, request.Place, fmt.Sprintf("whether role %q may %s, as %s asks, is not known: no policy of the role allows it, and only a policy of what it asks for may", role.Title(), request.Action, job.Title()), fix, related)
		return
	}
	report(requestDenied, request.Place, fmt.Sprintf("role %q may %s on nothing: the step of %s fails when it runs", role.Title(), request.Action, job.Title()), fix, related)
}

// mayAllow reports whether a document may allow an action on something.
func mayAllow(document *facts.Document, action string) bool {
	return document.Unknown != "" || document.Partial || len(document.Maybe) > 0 || slices.ContainsFunc(document.Policy.Statement, func(statement policy.Statement) bool {
		return statement.Effect == policy.EffectAllow && access.Includes(statement, action)
	})
}

func onePush(v View, push *chain.Push, report reporter) {
	var related []finding.Related
	if push.Job != "" {
		related = []finding.Related{{Place: push.Asked, What: push.Job + " pushes there"}}
	}
	what := push.Name
	if push.Target != (identity.ImageRepository{}) {
		what = fmt.Sprintf("%q", push.ARN)
	}
	if push.Open != nil {
		open(push.Role, "push to "+what, *push.Open, report)
	}
	if push.Denied != nil {
		missingActions(v, push, actionMissing, "docker push", related, report)
	}
	if push.Unreadable {
		unreadable(push, related, report)
	}
}

func missingActions(v View, push *chain.Push, of finding.Kind, command string, related []finding.Related, report reporter) {
	var actions []string
	for _, need := range push.Denied {
		actions = append(actions, need.Action)
	}
	what, fix := obstacle(v, push)
	if fix == "" {
		fix = fmt.Sprintf("allow %s on %q", facts.Quoted(actions), push.ARN)
	}
	of, unless := lack(v, push.Role, of)
	report(of, cmp.Or(push.Obstacle.Place, push.Place),
		fmt.Sprintf("role %q may not %s on %q%s: %s fails when %s%s", push.Role.Title(), facts.Listed(actions), push.ARN, what, command, push.Denied[0].Purpose, unless),
		fix, related...)
}

// lack returns the kind of a finding about what a role lacks, which is not certain where something not looked at may add
// to its template, and then the end of the sentence.
func lack(v View, role *facts.Role, of finding.Kind) (kind finding.Kind, unless string) {
	for n := range v.Templates {
		if generated := v.Templates[n].Generated; len(generated) > 0 && v.Templates[n].Place.File == role.Place.File {
			return permissionUnknown, fmt.Sprintf(", unless what %q makes of the template allows it", generated[0].Value)
		}
	}
	return of, ""
}

// obstacle returns what is in the way of a push, as a part of a sentence, and what to do about it;
// "": to allow the actions.
func obstacle(v View, push *chain.Push) (what, fix string) {
	switch push.Obstacle.By {
	case chain.DeniedByRole:
		return ", " + push.Obstacle.Name + " denies it", "take it out of what the statement denies"
	case chain.BeyondBoundary:
		return ", the permissions boundary does not allow it", "allow it in the boundary"
	case chain.DeniedByImageRepository:
		return ", the image repository's own policy denies it", "take it out of what the image repository's policy denies"
	case chain.OtherAccount:
		at := push.Role.Place
		if repository := v.Repositories.Find(push.Target); repository != nil {
			at = repository.Place
		}
		return ", the image repository is in another account and its own policy has to allow it too",
			fmt.Sprintf("allow the actions in the image repository's own policy (%s of %q), for principal %q", termsAt(at).Repository, push.Name, push.Role.Title())
	case chain.DeniedByOrganization:
		return fmt.Sprintf(", policy %q of the organization denies it", push.Obstacle.Name), "take it out of what the policy denies"
	}
	host, name, within := strings.Cut(string(push.Target.Name), "/")
	_, err := identity.ParseRegistryHost(host)
	switch written := v.PermissionsOf(push.Role).Written; {
	case within && err == nil:
		return ", because the image's name has a registry twice", fmt.Sprintf("take one of them out, so that the name of the image repository is %q", name)
	case len(written) == 0:
		return v.Unattached, ""
	case !slices.Contains(written, push.ARN):
		return fmt.Sprintf(" (it may push to %s)", facts.Quoted(written)), ""
	}
	return "", ""
}

func unreadable(push *chain.Push, related []finding.Related, report reporter) {
	problem := fmt.Sprintf("role %q may not %s on %q", push.Role.Title(), chain.CacheNeed.Action, push.ARN)
	fix := fmt.Sprintf("allow %q on %q", chain.CacheNeed.Action, push.ARN)
	if push.Use != facts.Pushes {
		report(actionMissing, push.Place, problem+": the job's build cache cannot be read", fix, related...)
		return
	}
	report(cacheUnreadable, push.Place, problem+": a build cache in it, or a base image, could not be read", fix, related...)
}

// pushesNowhereAtAll reports a runner's role that may push to no image repository.
func pushesNowhereAtAll(v View, report reporter) {
	for _, r := range v.Runners {
		if r.Role() != nil && !pushesSomewhere(v, r) {
			nowhere(v, r, report)
		}
	}
}

// pushesSomewhere reports whether a runner's role may push to something, or another rule
// reports why not.
func pushesSomewhere(v View, r *chain.Runner) bool {
	if !r.NamesPush {
		return len(r.Pushes) > 0
	}
	return len(v.PermissionsOf(r.Role()).Reaches) > 0 ||
		slices.ContainsFunc(r.Pushes, func(push *chain.Push) bool { return push.Role != r.Role() || push.Link().State != chain.Proved })
}

func nowhere(v View, r *chain.Runner, report reporter) {
	role := r.Role()
	if !r.NamesPush {
		if why := v.Somewhere(access.Push, role).Why; why != "" {
			report(permissionUnknown, role.Place, fmt.Sprintf("whether role %q may push is not known: %s", role.Title(), why), whereFrom(why))
			return
		}
	}
	of, unless := lack(v, role, pushesNowhere)
	report(of, role.Place, fmt.Sprintf("role %q may push to no image repository%s%s", role.Title(), v.Unattached, unless),
		fmt.Sprintf("allow %s on an image repository's ARN", access.PutImage))
}

// notLookedAtAll notes what may let others push and is not judged.
func notLookedAtAll(v View, report reporter) {
	for _, a := range v.Unfollowed() {
		report(notLookedAt, a.Place, chain.AssociationTitle(a)+" may let others push, and its role is not among the files", "add the role")
	}
	for _, unread := range v.Unread {
		report(notLookedAt, unread.Place, fmt.Sprintf("%s may let others push and is not looked at", unread.What), unread.Fix)
	}
}
