package github

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Keys of a workflow, of its jobs and of their steps
// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax), and the
// scopes of permissions.
var (
	workflowKeys = []string{"name", "description", "run-name", "on", "true", "permissions", "env", "defaults", "concurrency", "jobs"}
	jobKeys      = []string{"name", "permissions", "needs", "if", "runs-on", "snapshot", "environment", "concurrency", "outputs", "env", "defaults", "steps",
		"timeout-minutes", "cancel-timeout-minutes", "strategy", "continue-on-error", "container", "services", "uses", "with", "secrets"}
	stepKeys = []string{"id", "if", "name", "uses", "run", "working-directory", "shell", "with", "env", "continue-on-error", "timeout-minutes"}
	scopes   = []string{"actions", "artifact-metadata", "attestations", "checks", "contents", "deployments", "discussions", "id-token", "issues", "models", "packages",
		"pages", "pull-requests", "repository-projects", "security-events", "statuses"}
)

// id matches the ids of jobs and steps.
var id = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)

// refusals are why GitHub starts no job of a workflow, each at what it refuses.
type refusals []facts.Text

func (r *refusals) add(at source.Place, format string, values ...any) {
	*r = append(*r, facts.Known(fmt.Sprintf(format, values...), at))
}

// refusalsOf returns the refusals of the workflow.
func refusalsOf(root *source.Node) []facts.Text {
	var r refusals
	r.keys(root, "workflow", workflowKeys)
	r.permissions(root)
	jobs := root.Get("jobs")
	for _, job := range jobs.Entries() {
		if !id.MatchString(job.Name) {
			r.add(job.Place, "%q is no id of a job: letters, digits, - and _, and no digit or - first", facts.Short(job.Name))
		}
		r.job(jobs, job)
	}
	return r
}

func (r *refusals) job(jobs *source.Node, job source.Member) {
	r.keys(job.Value, "job", jobKeys)
	r.permissions(job.Value)
	for _, name := range job.Value.Get("needs").Values() {
		if name.Scalar() && !strings.Contains(name.Text, "${{") && !slices.ContainsFunc(jobs.Entries(), func(other source.Member) bool { return strings.EqualFold(other.Name, name.Text) }) {
			r.add(name.Place, "job %q needs job %q, which does not exist", job.Name, facts.Short(name.Text))
		}
	}
	if job.Value.Kind != source.Map || job.Value.Has("uses") {
		return
	}
	if !job.Value.Has("runs-on") {
		r.add(job.Place, "job %q has no runs-on", job.Name)
	}
	for _, step := range job.Value.Get("steps").Elements() {
		r.step(step)
	}
}

func (r *refusals) step(step *source.Node) {
	r.keys(step, "step", stepKeys)
	run, uses := step.Get("run"), step.Get("uses")
	switch {
	case step.Kind != source.Map:
	case run == nil && uses == nil:
		r.add(step.Place, "a step has neither run nor uses")
	case run != nil && uses != nil:
		r.add(uses.Place, "a step has run and uses")
	case uses.Scalar() && !strings.HasPrefix(uses.Text, local) && !strings.HasPrefix(uses.Text, "docker://") && !strings.Contains(uses.Text, "@"):
		r.add(uses.Place, "%q names no version of the action, such as @v4", facts.Short(uses.Text))
	}
}

// keys refuses those that a value of the noun does not have.
func (r *refusals) keys(node *source.Node, noun string, known []string) {
	for _, member := range node.Entries() {
		if slices.ContainsFunc(known, func(key string) bool { return strings.EqualFold(key, member.Name) }) {
			continue
		}
		near := ""
		if closest := identity.Closest(member.Name, known); closest != "" {
			near = fmt.Sprintf("; did you mean %q?", closest)
		}
		r.add(member.Place, "%q is no key of a %s%s", facts.Short(member.Name), noun, near)
	}
}

// permissions refuses misspelt scopes; GitHub adds to them now and then.
func (r *refusals) permissions(of *source.Node) {
	for _, scope := range of.Get("permissions").Entries() {
		if closest := identity.Closest(scope.Name, scopes); closest != "" && !strings.EqualFold(closest, scope.Name) {
			r.add(scope.Place, "%q is no permission; did you mean %q?", facts.Short(scope.Name), closest)
		}
	}
}
