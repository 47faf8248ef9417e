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
	"keyless-runners/preflight/source"
)

// What a role may do beyond pushing.
var (
	allPowerful     = kind("KR076", finding.Error, "role may do everything")
	moreThanPush    = kind("KR077", finding.Warning, "role may do more than push")
	everyRepository = kind("KR078", finding.Warning, "role may push to image repositories by pattern")
)

// maxAsked is how many resources of a statement are asked one by one.
const maxAsked = 50

// needed are the actions of pushing, in lower case.
var needed = func() []string {
	actions := []string{strings.ToLower(chain.Login), strings.ToLower(chain.CacheNeed.Action)}
	for _, need := range chain.PushNeeds {
		actions = append(actions, strings.ToLower(need.Action))
	}
	return actions
}()

// privileges reports what a runner's role may do beyond pushing.
func privileges(v View, report reporter) {
	errands := errandsOf(v)
	for _, held := range v.Held {
		if len(held.Holders) == 0 {
			continue
		}
		for _, document := range v.PermissionsOf(held.Role).Identity {
			for n, statement := range document.Policy.Statement {
				if statement.Effect == policy.EffectAllow {
					privilege(v, held.Role, document, n, errands, report)
				}
			}
		}
	}
}

func privilege(v View, role *facts.Role, document *facts.Document, n int, errands map[chain.Errand]bool, report reporter) {
	statement := document.Policy.Statement[n]
	at, related := grantedAt(v, role, document, n, "Action")
	if isAllPowerful(statement) {
		kind, problem := everything(role, statement)
		report(kind, at, problem, "allow the actions of docker push alone", related...)
		return
	}
	if more := beyond(v, role, statement, errands); len(more) > 0 {
		report(moreThanPush, at, fmt.Sprintf("role %q may do more than push: %s", role.Title(), facts.Listed(more)),
			"allow the actions of docker push alone", related...)
	}
}

// grantedAt is where a role is given what a statement allows: where it is written, or where the
// role names the policy, if that is in another file. That may be what AWS shows, which takes no
// waiver.
func grantedAt(v View, role *facts.Role, document *facts.Document, n int, name string) (source.Place, []finding.Related) {
	written := document.InStatement(n, name)
	if named := v.AttachedAt(role, document); named.File != "" && named.File != written.File {
		return named, []finding.Related{{Place: written, What: "the statement"}}
	}
	return written, nil
}

// isAllPowerful reports whether a statement is about more than it names.
func isAllPowerful(statement policy.Statement) bool {
	return statement.NotAction != nil || slices.Contains(statement.Action, "*")
}

func everything(role *facts.Role, statement policy.Statement) (finding.Kind, string) {
	on := statement.Resource
	if statement.NotResource != nil {
		on = policy.Values{"*"}
	}
	if slices.Contains(on, "*") {
		return allPowerful, fmt.Sprintf("role %q may do everything in its account", role.Title())
	}
	return moreThanPush, fmt.Sprintf("role %q may do everything on %s", role.Title(), facts.Quoted(on))
}

// beyond are the actions of a statement that neither pushing nor an errand of a job needs, and that no
// statement denies. Of ECR's, a pattern is written out.
func beyond(v View, role *facts.Role, statement policy.Statement, errands map[chain.Errand]bool) []string {
	var more []string
	for _, action := range statement.Action {
		names := []string{action}
		if service, operation, _ := strings.Cut(strings.ToLower(action), ":"); service == "ecr" && strings.ContainsAny(operation, "*?") {
			names = writtenOut(action)
		}
		for _, name := range names {
			if !slices.Contains(needed, strings.ToLower(name)) && !harmless(name) && actionProblem(name) == "" && !assumesTarget(v, role, name, statement) && !onErrand(v, role, name, statement, errands) && notDenied(v, role, name, statement) {
				more = append(more, name)
			}
		}
	}
	return more
}

// writtenOut are the actions of ECR that a pattern matches.
func writtenOut(pattern string) []string {
	var actions []string
	for _, operation := range ecrActions {
		if action := "ecr:" + operation; access.Includes(policy.Statement{Action: policy.Values{pattern}}, action) {
			actions = append(actions, action)
		}
	}
	return actions
}

// harmless are the actions of ECR and ECR Public that only read or log in, and the one that shows who asks.
func harmless(action string) bool {
	service, operation, _ := strings.Cut(action, ":")
	switch strings.ToLower(action) {
	case "sts:getcalleridentity", "sts:getservicebearertoken": // everyone may, and a login to ECR Public needs it
		return true
	case "ecr:batchimportupstreamimage": // what is fetched is the rule's to say
		return true
	}
	return (strings.EqualFold(service, "ecr") || strings.EqualFold(service, "ecr-public")) &&
		(strings.HasPrefix(operation, "Describe") || strings.HasPrefix(operation, "List") || strings.HasPrefix(operation, "Get") || strings.HasPrefix(operation, "BatchGet"))
}

// assumesTarget reports whether a statement lets a role do nothing with the action but what its
// associations need to go on to their target roles, and jobs to go on to others.
func assumesTarget(v View, role *facts.Role, action string, statement policy.Statement) bool {
	if action != access.AssumeRole && action != access.TagSession || len(statement.Resource) == 0 {
		return false
	}
	return !slices.ContainsFunc(statement.Resource, func(resource string) bool {
		return !slices.Contains(v.TargetsOf(role), resource) && !v.GoesOnTo(role, resource)
	})
}

// alsoNeeded are the actions that go with those of other services.
var alsoNeeded = map[string][]string{
	"codeartifact:getauthorizationtoken": {"codeartifact:getrepositoryendpoint", "codeartifact:readfromrepository"},
	"s3:getobject":                       {"s3:listbucket"},
	"secretsmanager:getsecretvalue":      {"kms:decrypt"},
	"ssm:getparameter":                   {"kms:decrypt"},
	"ssm:getparameters":                  {"kms:decrypt"},
	"ssm:getparametersbypath":            {"kms:decrypt"},
}

// errandsOf are what roles need beside pushing.
func errandsOf(v View) map[chain.Errand]bool {
	found := map[chain.Errand]bool{}
	note := func(errands []chain.Errand) {
		for _, errand := range errands {
			action := strings.ToLower(errand.Action)
			for _, also := range append([]string{action}, alsoNeeded[action]...) {
				found[chain.Errand{Role: errand.Role, Action: also, ARN: errand.ARN}] = true
			}
		}
	}
	withRole(v, func(job *chain.Job, r *chain.Runner) { note(v.ErrandsOf(job.Job, r)) })
	for _, r := range v.Runners {
		note(v.FirstPushes(r))
	}
	return found
}

// errandActions are the actions on an image repository that change no image, and not who may push.
var errandActions = []string{strings.ToLower(createRepository), "ecr:startimagescan"}

const createRepository = "ecr:CreateRepository"

// onErrand reports whether jobs with the role need the action on each resource of a statement. Image repositories of a
// pull through cache are made by who pulls first.
func onErrand(v View, role *facts.Role, action string, statement policy.Statement, errands map[chain.Errand]bool) bool {
	if errands[chain.Errand{Role: role, Action: strings.ToLower(action)}] {
		return !slices.Contains(statement.Resource, "*")
	}
	return slices.Contains(errandActions, strings.ToLower(action)) && len(statement.Resource) > 0 && !slices.ContainsFunc(statement.Resource, func(resource string) bool {
		target, err := identity.ParseImageRepositoryARN(strings.TrimSuffix(resource, "*") + "x")
		cached := err == nil && v.PullThroughCache(target) != nil && !strings.Contains(strings.TrimSuffix(resource, "*"), "*")
		return !cached && !errands[chain.Errand{Role: role, Action: strings.ToLower(action), ARN: resource}]
	})
}

// notDenied reports whether the role can do the action on one of the resources, or may.
func notDenied(v View, role *facts.Role, action string, statement policy.Statement) bool {
	resources := statement.Resource[:min(len(statement.Resource), maxAsked)]
	if len(resources) == 0 {
		resources = policy.Values{access.AnyResource}
	}
	return slices.ContainsFunc(resources, func(resource string) bool {
		return v.PermissionsOf(role).MayBeyond(action, resource).Possible()
	})
}

// reaches reports a push to every image repository of a class, and one to what is not known.
func reaches(v View, report reporter) {
	for _, held := range v.Held {
		if len(held.Holders) > 0 {
			classes(v, held.Role, report)
		}
		if why := v.PermissionsOf(held.Role).UnknownResource(access.Push); why != "" {
			report(notLookedAt, held.Role.Place, fmt.Sprintf("what else role %q may push to is not known: %s", held.Role.Title(), why), whereFrom(why))
		}
	}
	for _, idle := range v.Idle {
		report(notLookedAt, idle.Role.Place, fmt.Sprintf("whether role %q may push, which no runner has, is not known: %s", idle.Role.Title(), idle.Why), whereFrom(idle.Why))
	}
	if v.Repositories.Exhausted() {
		report(permissionUnknown, v.Start(), "which image repositories of the files each role can push to is not all listed by name: roles with patterns and image repositories are too many", "check fewer files at once")
	}
}

func classes(v View, role *facts.Role, report reporter) {
	for _, reach := range v.PermissionsOf(role).Reaches {
		if reach.Single || reach.Document != nil && isAllPowerful(reach.Document.Policy.Statement[reach.Statement]) {
			continue
		}
		const byName = "name the image repositories"
		if !reach.Allowed() {
			fix := decidedBy(reach.Why)
			if isTag(reach.Why) {
				fix = byName
			}
			report(permissionUnknown, cmp.Or(reach.Open, role.Place), fmt.Sprintf("whether role %q may push to %s is not known: %s", role.Title(), reach.Name, reach.Why), fix)
			continue
		}
		at := role.Place
		var related []finding.Related
		if reach.Document != nil {
			at, related = grantedAt(v, role, reach.Document, reach.Statement, "Resource")
		}
		report(everyRepository, at, fmt.Sprintf("role %q may push to %s, those to come too", role.Title(), reach.Name), byName, related...)
	}
}
