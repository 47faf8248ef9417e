package chain

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
)

// Replacement takes the place of a job's stored key.
type Replacement struct {
	Runner *Runner
	// Here reports that the job runs there already.
	Here bool
	// Example is a job that pushes from the runner without a key; nil: there is none.
	Example *facts.Job
}

// RunsOn returns the runs-on by which a job gets the runner, as YAML.
func (r Replacement) RunsOn() string {
	labels := r.Runner.Takes().Labels
	if len(labels) == 1 {
		return labels[0]
	}
	return "[" + strings.Join(labels, ", ") + "]"
}

// Replace finds a runner whose role can take the place of a job's stored key: the one that the
// job runs on, or one that can push wherever the job does. It is nil if there is none.
func (c *Chains) Replace(job *facts.Job) *Replacement {
	on, _ := c.runnersOf(job)
	for _, r := range c.Runners {
		here := slices.Contains(on, r)
		if r.Role() == nil || !r.IsRunner() || len(r.Takes().Labels) == 0 || !here && !c.pushesAll(job, r) {
			continue
		}
		found := &Replacement{Runner: r, Here: here}
		for _, other := range c.Jobs {
			if found.Example == nil && slices.Contains(other.Followed(), r) && len(other.Pushes) > 0 && len(other.StoredKeys) == 0 {
				found.Example = other.Job
			}
		}
		return found
	}
	return nil
}

// pushesAll reports whether a runner can push to every image repository that a job pushes to,
// of which there is one.
func (c *Chains) pushesAll(job *facts.Job, r *Runner) bool {
	for n := range job.Pushes {
		target, problem := c.TargetOf(job, &job.Pushes[n], r)
		if problem != nil || !c.May(r.Role(), access.PutImage, target.ARN()).Allowed() {
			return false
		}
	}
	return len(job.Pushes) > 0
}

// Text states the runner and its role, and the job that shows how.
func (r Replacement) Text() string {
	text := fmt.Sprintf("the Pods of %s have role %q", r.Runner.Quoted(), r.Runner.Role().Title())
	if r.Example != nil {
		text += fmt.Sprintf(", with which job %q of %q pushes", r.Example.ID, r.Example.Workflow)
	}
	return text
}
