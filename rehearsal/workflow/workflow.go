// Package workflow runs a rendered GitHub workflow as a runner would: the scripts in
// bash, as they are written, with the runner's environment. Of the actions it plays
// those that the rendered workflows use; another one fails the job.
package workflow

import (
	"errors"
	"fmt"
	"strings"

	"github.com/rhysd/actionlint"
)

// Workflow is a workflow of one job, which is all that is rendered.
type Workflow struct {
	env *actionlint.Env
	job *actionlint.Job
}

// Parse reads a workflow. It returns an error for one that GitHub would refuse, and
// for one with another number of jobs than one.
func Parse(text []byte) (*Workflow, error) {
	parsed, problems := actionlint.Parse(text)
	if len(problems) > 0 {
		return nil, problems[0]
	}
	if len(parsed.Jobs) != 1 {
		return nil, fmt.Errorf("%d jobs, want 1", len(parsed.Jobs))
	}
	for _, job := range parsed.Jobs {
		return &Workflow{parsed.Env, job}, nil
	}
	return nil, errors.New("no job")
}

// TakenBy reports whether GitHub would hand the job to a runner with the given
// labels: it must have all that the job asks for, whatever their case.
func (w *Workflow) TakenBy(labels []string) bool {
	for _, want := range w.job.RunsOn.Labels {
		if !contains(labels, want.Value) {
			return false
		}
	}
	return true
}

// Image returns the image of the job's container; "" if it runs in the runner's.
func (w *Workflow) Image() string {
	if w.job.Container == nil || w.job.Container.Image == nil {
		return ""
	}
	return w.job.Container.Image.Value
}

func contains(labels []string, want string) bool {
	for _, label := range labels {
		if strings.EqualFold(label, want) {
			return true
		}
	}
	return false
}
