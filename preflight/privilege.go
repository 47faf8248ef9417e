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

// needed are the actions of pushing, in lower case.
var needed = func() []string {
	actions := []string{strings.ToLower(login), strings.ToLower(cacheNeed.action)}
	for _, need := range pushNeeds {
		actions = append(actions, strings.ToLower(need.action))
	}
	return actions
}()

// checkPrivileges reports what a runner's role may do beyond pushing.
func (p *proof) checkPrivileges(role *facts.Role, ours []*facts.ServiceAccount) {
	if len(ours) == 0 {
		return
	}
	for _, document := range p.permissionsOf(role).Identity {
		for i, statement := range document.Policy.Statement {
			if statement.Effect != policy.EffectAllow {
				continue
			}
			at := document.InStatement(i, "Action")
			if isAllPowerful(statement) {
				p.reportAll(role, document, i, statement)
				continue
			}
			if more := p.beyond(role, statement); len(more) > 0 {
				p.find(moreThanPush, at, fmt.Sprintf("role %q may do more than push: %s", title(role), list(more)),
					"allow the actions of docker push alone")
			}
			p.checkNamed(document, i, statement)
		}
	}
	p.checkReaches(role)
}

// isAllPowerful reports whether a statement is about more than it names.
func isAllPowerful(statement policy.Statement) bool {
	return statement.NotAction != nil || slices.Contains(statement.Action, "*")
}

func (p *proof) reportAll(role *facts.Role, document *facts.Document, i int, statement policy.Statement) {
	on := statement.Resource
	if statement.NotResource != nil {
		on = policy.Values{"*"}
	}
	kind, problem := moreThanPush, fmt.Sprintf("role %q may do everything on %s", title(role), quoted(on))
	if slices.Contains(on, "*") {
		kind, problem = allPowerful, fmt.Sprintf("role %q may do everything in its account", title(role))
	}
	p.find(kind, document.InStatement(i, "Action"), problem, "allow the actions of docker push alone")
}

// beyond are the actions of a statement that pushing does not need and that no
// statement denies. Of ECR's, a pattern is spelled out.
func (p *proof) beyond(role *facts.Role, statement policy.Statement) []string {
	var more []string
	for _, action := range statement.Action {
		names := []string{action}
		if service, operation, _ := strings.Cut(strings.ToLower(action), ":"); service == "ecr" && strings.ContainsAny(operation, "*?") {
			names = spelledOut(action)
		}
		for _, name := range names {
			if !slices.Contains(needed, strings.ToLower(name)) && !harmless(name) && actionProblem(name) == "" && !p.takesTarget(role, name, statement) && p.notDenied(role, name, statement) {
				more = append(more, name)
			}
		}
	}
	return more
}

// spelledOut are the actions of ECR that a pattern speaks of.
func spelledOut(pattern string) []string {
	var actions []string
	for _, operation := range ecrActions {
		if action := "ecr:" + operation; access.Includes(policy.Statement{Action: policy.Values{pattern}}, action) {
			actions = append(actions, action)
		}
	}
	return actions
}

// harmless are ECR's actions that only read, and the one that tells who asks.
func harmless(action string) bool {
	service, operation, _ := strings.Cut(action, ":")
	if strings.EqualFold(action, "sts:GetCallerIdentity") {
		return true // everybody may
	}
	return strings.EqualFold(service, "ecr") &&
		(strings.HasPrefix(operation, "Describe") || strings.HasPrefix(operation, "List") || strings.HasPrefix(operation, "Get") || strings.HasPrefix(operation, "BatchGet"))
}

// notDenied reports whether the role can do the action on one of the resources, or may.
func (p *proof) notDenied(role *facts.Role, action string, statement policy.Statement) bool {
	resources := statement.Resource[:min(len(statement.Resource), maxAsked)]
	if len(resources) == 0 {
		resources = policy.Values{access.AnyResource}
	}
	permissions := p.permissionsOf(role)
	return slices.ContainsFunc(resources, func(resource string) bool {
		return permissions.MayBeyond(action, resource).Possible()
	})
}

// checkReaches reports a push to every image repository of a class.
func (p *proof) checkReaches(role *facts.Role) {
	for _, reach := range p.permissionsOf(role).reaches {
		if reach.Single || reach.Document != nil && isAllPowerful(reach.Document.Policy.Statement[reach.Statement]) {
			continue
		}
		if !reach.Allowed() {
			p.find(notKnown, cmp.Or(reach.Open, role.Place), fmt.Sprintf("whether role %q may push to %s is not known: %s", title(role), reach.Name, reach.Why), "write it out, or add the file that tells")
			continue
		}
		at := role.Place
		if reach.Document != nil {
			at = reach.Document.InStatement(reach.Statement, "Resource")
		}
		p.find(everyRepository, at, fmt.Sprintf("role %q may push to %s, those to come too", title(role), reach.Name), "name the image repositories")
	}
}

// checkNamed reports a push to image repositories that are not among the files.
func (p *proof) checkNamed(document *facts.Document, i int, statement policy.Statement) {
	if !access.Includes(statement, putImage) {
		return
	}
	for _, resource := range statement.Resource {
		if target, err := identity.ParseImageRepositoryARN(resource); err == nil && p.repositories.Find(target) == nil {
			p.reportNoRepository(target, document.Statement(i))
		}
	}
}
