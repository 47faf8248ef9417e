package github

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

var (
	// forFailures matches a condition for runs that don't go well, which are not looked at.
	forFailures = regexp.MustCompile(`(?i)\b(cancelled|failure)\s*\(`)
	// ofRun matches a condition on what a run decides, and not on a switch that the workflow has.
	ofRun = regexp.MustCompile(`(?i)\b(github|needs|runner|steps)\s*[.\[]`)
	// ofCaller matches a condition on what those that use the workflow or the action may give it.
	ofCaller = regexp.MustCompile(`(?i)\b(env|inputs|matrix|needs|secrets|steps|vars)\s*[.\[]`)
	// ofEvent matches a condition on what starts the workflow.
	ofEvent = regexp.MustCompile(`(?i)\bgithub\.(ref|event|base_ref|head_ref)`)
	// ofTypes matches a comparison of a variable or an input with a boolean, or with one as a text.
	ofTypes = regexp.MustCompile(`(?i)\b(env|inputs)\.[\w-]+\s*[=!]=\s*'?(true|false)\b`)
	// ofInput matches a condition on an input and a boolean, or the text of one.
	ofInput = regexp.MustCompile(`(?i)^inputs\.([\w-]+)\s*==\s*('?)true'?$`)
	// ofStep matches what a condition asks of a step, by its id.
	ofStep = regexp.MustCompile(`(?i)\bsteps\.([\w-]+)`)
)

// isNever notes that a condition of a job or step never holds, if no run pushes there or logs in for that.
func (j *job) isNever(node, condition *source.Node) {
	text := strings.TrimSpace(strings.NewReplacer("${{", "", "}}", "").Replace(condition.Text))
	byOthers := (j.depth > 0 || j.composites > 0) && !j.comparesTypes(text)
	ofRunner := strings.Contains(text, "matrix") && strings.Contains(j.node.Word("runs-on"), "matrix")
	does := j.mayDo(node)
	if does == "" || forFailures.MatchString(text) || byOthers && ofCaller.MatchString(text) || ofRunner || !j.once(condition.Place) {
		return
	}
	why := fmt.Sprintf("%s in no run: the condition %q never holds", does, facts.Short(text))
	step := ofStep.FindStringSubmatch(text)
	switch {
	case ofTypes.MatchString(text):
		why += ": GitHub compares a string and a boolean as numbers"
	case step != nil && !slices.ContainsFunc(j.scope.steps.Elements(), func(one *source.Node) bool { return strings.EqualFold(one.Word("id"), step[1]) }):
		why += ": no step has the id " + facts.Quoted(step[1:])
	case ofEvent.MatchString(text):
		why += j.ofStart()
	}
	found := facts.BrokenStep{Place: condition.Place, Why: why, Fix: whereToPush}
	if ofRun.MatchString(text) || ofTypes.MatchString(text) {
		j.fact.Never = append(j.fact.Never, found)
	} else {
		j.fact.Off = append(j.fact.Off, found)
	}
}

// comparesTypes reports whether a condition asks for a boolean of an action's input, which is a text, or for a text of a
// called workflow's that is a boolean, whatever is given.
func (j *job) comparesTypes(condition string) bool {
	input := ofInput.FindStringSubmatch(condition)
	switch {
	case input == nil:
		return false
	case j.composites > 0:
		return input[2] == ""
	}
	return input[2] != "" && declaredBy(trigger(j.root), "workflow_call")[strings.ToLower(input[1])].Word("type") == "boolean"
}

const whereToPush = "write a condition that holds in the runs that are to push, or take it out"

// ofStart is what a condition has to be about, as a part of a sentence; "" if it is not known.
func (j *job) ofStart() string {
	if len(j.scope.events) == 0 {
		return ""
	}
	return " for what starts the workflow (" + facts.Listed(j.scope.events) + ")"
}

// isSkipped notes that a job is skipped with one that it needs, if it would push.
func (j *job) isSkipped(needed *source.Node) {
	if j.mayDo(j.node) == "pushes" && j.once(needed.Place) {
		j.fact.Never = append(j.fact.Never, facts.BrokenStep{Place: needed.Place, Why: fmt.Sprintf("pushes in no run: it needs job %q, which is skipped in every run", facts.Short(needed.Text)),
			Fix: "leave the job out of needs, or write if: always() with a condition on its result"})
	}
}

// skippedNeed is a job that a job needs and without which GitHub skips it, if that never runs; nil if there is none.
func (r *reader) skippedNeed(job *source.Node) *source.Node {
	for _, needed := range job.Get("needs").Values() {
		if r.skipped[strings.ToLower(needed.Text)] && !statusFunction.MatchString(job.Word("if")) {
			return needed
		}
	}
	return nil
}

// mayDo is what a job or a step does at Amazon ECR, as far as its words show: "pushes", "logs in" or nothing.
func (j *job) mayDo(node *source.Node) (does string) {
	steps := slices.Clone(node.Get("steps").Elements())
	if len(steps) == 0 {
		steps = []*source.Node{node}
	}
	for _, step := range steps {
		name, _, _ := strings.Cut(strings.ToLower(step.Word("uses")), "@")
		told, run := step.Word("with", "push"), step.Word("run")
		switch {
		case toldBuilds.MatchString(name) && (told != "" && told != "false" || strings.Contains(step.Word("with", "outputs"), "push=true")),
			pushingActions.MatchString(name), pushers.MatchString(run) && pushWord.MatchString(run):
			if j.namesECR() {
				return "pushes"
			}
		case name == "aws-actions/amazon-ecr-login", strings.Contains(run, "ecr get-login"):
			does = "logs in"
		}
	}
	return does
}

// namesECR reports whether the job logs in to Amazon ECR, or the workflow has anything of it.
func (j *job) namesECR() (found bool) {
	if len(j.logins.found) > 0 {
		return true
	}
	j.root.Walk(func(n *source.Node) bool {
		found = found || strings.Contains(strings.ToLower(n.Text), "ecr")
		return !found
	})
	return found
}

var (
	// toldBuilds matches the actions that push if they are told to.
	toldBuilds = regexp.MustCompile(`^docker/(bake|build-push)-action$`)
	pushWord   = regexp.MustCompile(`\b(push|copy)\b`)
)
