package github

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// context returns the value of a path such as "inputs.name".
func (s scope) context(path []string) value {
	name := strings.ToLower(path[0])
	switch {
	case name == "inputs" && len(path) == 2:
		return s.input(path[1])
	case name == "github" && len(path) == 4 && strings.EqualFold(path[1], "event") && strings.EqualFold(path[2], "inputs"):
		return asStrings(s.input(path[3]))
	case name == "github" && s.isOfNoEvent(path):
		return value{{plain: true}} // null
	case name == "github" && len(path) == 2 && strings.EqualFold(path[1], "ref_name") && s.merges:
		return s.join(s.unknownContext(name, strings.Join(path, ".")), valueOf("/merge"))
	case name == "secrets" && len(path) == 2 && s.secrets != nil && !slices.Contains(s.secrets, strings.ToLower(path[1])):
		return value{{plain: true}} // null
	case name == "matrix" && s.matrix != nil && len(path) > 1:
		return s.properties(s.here(s.matrix), path[1:])
	case name == "env" && len(path) == 2:
		return s.variable(path[1], "env.")
	case name == "steps" && len(path) == 4 && strings.EqualFold(path[2], "outputs"):
		isStep := func(step *source.Node) bool { return strings.EqualFold(step.Word("id"), path[1]) }
		if slices.ContainsFunc(s.ahead, isStep) {
			return unknownValue(kindFresh, fmt.Sprintf(noStep+"%q before it", facts.Short(path[1])))
		}
		if output, ok := s.outputs[strings.ToLower(path[1]+"."+path[3])]; ok {
			return output
		}
		if s.steps != nil && !slices.ContainsFunc(s.steps.Elements(), isStep) {
			return unknownValue(kindFresh, fmt.Sprintf(noStep+"%q", facts.Short(path[1])))
		}
	case name == "needs" && len(path) > 1 && !slices.ContainsFunc(s.needed, func(job string) bool { return strings.EqualFold(job, path[1]) }):
		return unknownValue(kindFresh, facts.Short(strings.Join(path, "."))+notNeeded)
	case (name == "needs" || name == "jobs") && len(path) == 4 && strings.EqualFold(path[2], "outputs"):
		if output, ok := s.needs[strings.ToLower(path[1]+"."+path[3])]; ok {
			return output
		}
		if _, read := s.needs[strings.ToLower(path[1])]; read {
			return unknownValue(kindFresh, facts.Short(strings.Join(path, "."))+notDeclared)
		}
	}
	return s.unknownContext(name, facts.Short(strings.Join(path, ".")))
}

// refContexts are the paths that name the branch, or the tag, of a run.
var refContexts = []string{"github.ref", "github.ref_name", "github.head_ref", "github.base_ref"}

// fullRefs are the reasons of those that begin with "refs/".
var fullRefs = []string{"github.ref" + onlyThen, "$GITHUB_REF" + onlyThen}

// unknownContext says why what is written so is not known.
func (s scope) unknownContext(name, written string) value {
	switch name {
	case "vars", "secrets":
		return unknownValue(kindFixed, written+" is not in the files")
	case "github":
		if slices.Contains(refContexts, strings.ToLower(written)) {
			return unknownValue(s.ofRef(), written+onlyThen)
		}
		return unknownValue(kindFixed, written+" is known only when the job runs")
	case "steps", "needs", "jobs":
		return unknownValue(kindFresh, written+" is known only when the job runs")
	case "runner", "job", "strategy":
		return unknownValue(kindUnknown, written+" is known only when the job runs")
	case "matrix":
		return unknownValue(kindUnknown, written+" is not in the job's matrix")
	}
	return unknownValue(kindUnknown, written+" is not one of the contexts that can be known")
}

// ofRef returns what is known of the branch, or the tag, of a run: a tag of git has one run.
func (s scope) ofRef() pieceKind {
	if s.tagged {
		return kindFixed
	}
	return kindBranch
}

// kindOf says what is known of a variable that the runner sets: what the job differs in from the
// run's other jobs, or what the context "github" has for all of them.
func (s scope) kindOf(name string) pieceKind {
	switch name {
	case "GITHUB_REF", "GITHUB_REF_NAME", "GITHUB_HEAD_REF", "GITHUB_BASE_REF":
		return s.ofRef()
	case "GITHUB_SHA", "GITHUB_RUN_ID", "GITHUB_RUN_NUMBER", "GITHUB_RUN_ATTEMPT", "GITHUB_ACTOR", "GITHUB_EVENT_NAME",
		"GITHUB_REPOSITORY", "GITHUB_REPOSITORY_OWNER", "GITHUB_WORKFLOW":
		return kindFixed
	}
	return kindUnknown
}

func (s scope) input(name string) value {
	if input, declared := s.inputs[strings.ToLower(name)]; declared {
		return input
	}
	return unknownValue(kindMissing, fmt.Sprintf("input %q is not declared", facts.Short(name)))
}

// The reasons for an output of a step that does not exist, before its id, and behind their names for one of a
// job that this one does not wait for and for one that its job does not list: GitHub makes nothing of them.
const (
	noStep      = "no step has the id "
	notNeeded   = " is of no job that this one needs"
	notDeclared = ` is not among the "outputs" of the job`
)

// notSet is the reason for a variable that nothing sets, behind its name.
const notSet = " is not set in the workflow"

// everySets matches the variables that bash, the runner, its image or a cluster sets in every job
// (https://www.gnu.org/software/bash/manual/html_node/Bash-Variables.html).
var everySets = regexp.MustCompile(`^(_|ACTIONS_.*|AGENT_TOOLSDIRECTORY|AWS_.*|BASH.*|CI|DEBIAN_FRONTEND|DIRSTACK|EPOCH(REALTIME|SECONDS)|E?UID|FUNCNAME|GROUPS|HOME|HOST(NAME|TYPE)|IFS` +
	`|Image(OS|Version)|KUBERNETES_.*|.*_SERVICE_(HOST|PORT)|LANG|LC_.*|LINENO|LOGNAME|MACHTYPE|OLDPWD|OPT(ARG|IND)|OSTYPE|PATH|PIPESTATUS|PPID|PWD|S?RANDOM|SECONDS|SHELL|SHELLOPTS|SHLVL|TERM|TZ|USER)$`)

// ofPod are the variables of the runner's Pod that the chain resolves, and what stands for each.
var ofPod = map[string]string{identity.EnvRegion: facts.PodRegion, identity.EnvDefaultRegion: facts.PodDefaultRegion}

// alwaysTrue are the variables that GitHub sets to "true" in every job
// (https://docs.github.com/en/actions/reference/workflows-and-actions/variables).
var alwaysTrue = map[string]bool{"CI": true, "GITHUB_ACTIONS": true}

// variable is an environment variable. One that no file sets may still be set on
// the runner.
func (s scope) variable(name, written string) value {
	if v, ok := s.env.get(name); ok {
		return s.here(v.value)
	}
	if (name == "GITHUB_HEAD_REF" || name == "GITHUB_BASE_REF") && s.isOfNoEvent([]string{"github", strings.ToLower(strings.TrimPrefix(name, "GITHUB_"))}) {
		return valueOf("")
	}
	if name == "GITHUB_REF_NAME" && s.merges {
		return s.join(unknownValue(s.ofRef(), written+name+onlyThen), valueOf("/merge"))
	}
	if written == "$" && alwaysTrue[name] {
		return valueOf("true")
	}
	if strings.HasPrefix(name, "GITHUB_") || strings.HasPrefix(name, "RUNNER_") || !syntax.ValidName(name) {
		return unknownValue(s.kindOf(name), written+facts.Short(name)+onlyThen)
	}
	if standIn := ofPod[name]; written == "$" && standIn != "" {
		return value{{text: textStanding(standIn)}}
	}
	if written == "$" && everySets.MatchString(name) || strings.HasPrefix(name, "DOCKER_METADATA_OUTPUT_") { // docker/metadata-action's
		return unknownValue(kindUnknown, written+facts.Short(name)+onlyThen)
	}
	return unknownValue(kindUnset, written+facts.Short(name)+notSet)
}
