package rule

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// Job → runner.
var (
	refusedWorkflow  = kind("KR213", finding.Error, "workflow that GitHub refuses")
	noRunner         = kind("KR060", finding.Error, "no runner has the job's labels")
	ambiguousRunner  = kind("KR061", finding.Error, "runners with different roles have the job's labels")
	jobContainer     = kind("KR066", finding.Warning, "steps run in a container without the role")
	unreadAction     = kind("KR107", finding.Note, "action or workflow that is not read")
	brokenStep       = kind("KR192", finding.Error, "step that fails in every run")
	partialPush      = kind("KR225", finding.Warning, "push that not every run makes")
	unreadableSource = kind("KR229", finding.Note, "checkout without the permission to read")
	neverPush        = kind("KR228", finding.Warning, "push or login that no run comes to")
)

// refusedWorkflows reports what keeps GitHub from starting any job of a workflow.
func refusedWorkflows(v View, report reporter) {
	for n := range v.Index.Jobs {
		for _, refusal := range v.Index.Jobs[n].Refusals {
			report(refusedWorkflow, refusal.Place, "GitHub starts no job of the workflow: "+refusal.Value, "correct it, or take it out; actionlint finds more of the kind")
		}
	}
}

// unreadActions notes actions that may log in and push and that are not read, unless GitHub
// hosts their runner, and called workflows that are not.
func unreadActions(v View, report reporter) {
	for n := range v.Index.Jobs {
		job := &v.Index.Jobs[n]
		if !chain.OnHosted(job) {
			for _, action := range job.Unread {
				report(unreadAction, action.Place, fmt.Sprintf("job %q uses the action %q, which is not read: no composite action of the files", job.ID, action.Value), "add its action.yml, or look at what it pushes yourself")
			}
		}
		if job.UnreadCall.Uses.There {
			unreadCall(job, report)
		}
	}
}

func unreadCall(job *facts.Job, report reporter) {
	call, gets := job.UnreadCall, ""
	switch {
	case call.Inherits:
		gets = ` and gets every secret that the job has ("secrets: inherit")`
	case len(call.Secrets) > 0:
		gets = " and gets these secrets: " + facts.Quoted(call.Secrets)
	}
	fix := "look in it for stored keys and for what it pushes"
	if strings.HasPrefix(call.Uses.Value, "./") {
		fix = "add its file, or " + fix
	}
	report(unreadAction, call.Uses.Place, fmt.Sprintf("job %q calls the workflow %q, which is not read%s", job.ID, call.Uses.Value, gets), fix)
}

// jobRunners reports jobs that no runner gets, and those that runners of different roles may get.
func jobRunners(v View, report reporter) {
	for _, job := range v.Jobs {
		switch unknown := job.RunsOnUnknown; {
		case unknown.There && v.StartsNone(unknown.Place): // which is reported
		case unknown.There:
			report(runnerUnknown, unknown.Place, fmt.Sprintf("which runners job %q runs on is not known: %s", job.ID, unknown.Unknown), "write the labels out")
		case len(job.Runners) > 0:
			ambiguous(job, report)
		case len(v.Runners) > 0 && !v.MayLackObjects():
			withoutRunner(job.Job, v.RunnersByLabel, report)
		}
	}
}

// hasUnknownRole reports whether the runner's role is not known, because its ServiceAccount is not.
func hasUnknownRole(r *chain.Runner) bool {
	return r.SA == nil && len(r.Causes) > 0 && r.Causes[0].State == chain.Unknown
}

// ambiguous reports a job that GitHub may give to runners of different roles, not all of which certainly may
// push what it pushes.
func ambiguous(job *chain.Job, report reporter) {
	first := job.Runners[0]
	if len(job.Pushes) > 0 && !slices.ContainsFunc(job.Runners, func(r *chain.Runner) bool { return !r.CertainlyPushes() }) {
		return
	}
	for _, r := range job.Runners {
		if r.Role() != first.Role() && !hasUnknownRole(r) && !hasUnknownRole(first) {
			report(ambiguousRunner, runsOn(job.Job),
				fmt.Sprintf("job %q can be given to %s and to %s, which have different roles", job.ID, first.Quoted(), r.Quoted()),
				"ask for a label that one of them has alone", finding.Related{Place: first.Place, What: "the first"}, finding.Related{Place: r.Place, What: "the second"})
			return
		}
	}
}

// runsOn is where a job names its runners.
func runsOn(job *facts.Job) source.Place {
	if len(job.RunsOn) > 0 {
		return job.RunsOn[0].Place
	}
	return job.Group.Place
}

func withoutRunner(job *facts.Job, runners map[string][]*chain.Runner, report reporter) {
	switch {
	case len(job.RunsOn) == 0 && job.Group.There:
		report(noRunner, job.Group.Place, fmt.Sprintf("no runner of the files is of group %q of job %q", job.Group, job.ID), "name a group of the runners")
		return
	case len(job.RunsOn) == 0:
		report(noRunner, job.Place, fmt.Sprintf("job %q has no runs-on", job.ID), "name the labels of the runners")
		return
	}
	var labels []string
	near, of, known := "", "", index.Names(runners)
	if job.Group.There {
		of = fmt.Sprintf(" in group %q", job.Group)
	}
	for _, label := range job.RunsOn {
		labels = append(labels, label.Value)
		if runners[strings.ToLower(label.Value)] == nil {
			if closest := identity.Closest(strings.ToLower(label.Value), known); closest != "" {
				near = identity.DidYouMean(closest)
			}
		}
	}
	if chain.IsHosted(labels[0]) {
		near = "; GitHub's own runners have no role"
	}
	fix := "give the labels to a runner, or the job a runner's"
	if near == "" && len(known) > 0 {
		fix += ": " + facts.Quoted(known)
	}
	report(noRunner, job.RunsOn[0].Place, fmt.Sprintf("no runner of the files%s has the labels %s of job %q%s", of, facts.Quoted(labels), job.ID, near), fix)
}

// brokenSteps reports steps that fail in every run of a job that logs in to Amazon ECR or pushes
// there.
func brokenSteps(v View, report reporter) {
	for _, job := range v.Jobs {
		for _, step := range job.Broken {
			kind := brokenStep
			if step.Local && mayKeepImages(v, job) {
				kind = partialPush
			}
			report(kind, step.Place, job.Title()+" "+step.Why, step.Fix)
		}
	}
	onRunners(v, func(job *chain.Job, r *chain.Runner) {
		for _, login := range job.Logins {
			if why := v.KeepsNoPassword(r.Workload, login); why != "" && !job.Container.There {
				report(brokenStep, login.Place, fmt.Sprintf("%s can't keep the password of its login on %s: %s", job.Title(), r.Quoted(), why),
					"copy the file into an emptyDir at that folder by an init container, or leave the mount out", finding.Related{Place: r.Place, What: "the runner"})
			}
		}
	})
}

// mayKeepImages reports whether Docker may have images of other jobs where the job runs.
func mayKeepImages(v View, job *chain.Job) bool {
	return !chain.OnHosted(job.Job) && slices.ContainsFunc(job.Followed(), func(r *chain.Runner) bool { return !v.StartsEmpty(r.Workload) })
}

// partialPushes reports pushes that some runs don't make.
func partialPushes(v View, report reporter) {
	for _, job := range v.Jobs {
		for _, push := range job.Partial {
			report(partialPush, push.Place, job.Title()+" "+push.Why, push.Fix)
		}
	}
}

// unreadableSources notes jobs whose token may not read a private source repository.
func unreadableSources(v View, report reporter) {
	for _, job := range v.Jobs {
		if job.Checkout != (source.Place{}) && !chain.OnHosted(job.Job) {
			report(unreadableSource, job.Checkout, job.Title()+` checks the source repository out, and its permissions leave out "contents: read": that fails unless the source repository is public, which it is assumed to be`, `add "contents: read" to the permissions`)
		}
	}
}

// neverPushes reports pushes that no run comes to; those that are turned off only where the workflow makes no other.
func neverPushes(v View, report reporter) {
	pushes := map[string]bool{}
	for n := range v.Index.Jobs {
		job := &v.Index.Jobs[n]
		pushes[job.Place.File] = pushes[job.Place.File] || len(job.Pushes) > 0
	}
	for n := range v.Index.Jobs {
		job := &v.Index.Jobs[n]
		all := job.Never
		if !pushes[job.Place.File] {
			all = append(slices.Clip(all), job.Off...)
		}
		for _, push := range all {
			if !chain.OnHosted(job) {
				report(neverPush, push.Place, job.Title()+" "+push.Why, push.Fix)
			}
		}
	}
}

// jobsInContainers reports jobs whose steps run in a container without the role. A Pod that
// runners start is judged by itself.
func jobsInContainers(v View, report reporter) {
	for _, job := range v.Jobs {
		elsewhere := func(r *chain.Runner) bool { return r.StartedBy == nil }
		if job.Container.There && (len(job.Runners) == 0 || slices.ContainsFunc(job.Runners, elsewhere)) {
			report(jobContainer, job.Container.Place, fmt.Sprintf("the steps of job %q run in a separate container, which gets neither the role nor the token", job.ID),
				"run the steps on the runner itself")
		}
	}
}

// onRunners calls visit for each runner that a job is followed to.
func onRunners(v View, visit func(job *chain.Job, r *chain.Runner)) {
	for _, job := range v.Jobs {
		for _, r := range job.Followed() {
			visit(job, r)
		}
	}
}

// withRole calls visit for each runner with a role that a job is followed to.
func withRole(v View, visit func(job *chain.Job, r *chain.Runner)) {
	onRunners(v, func(job *chain.Job, r *chain.Runner) {
		if r.Role() != nil {
			visit(job, r)
		}
	})
}
