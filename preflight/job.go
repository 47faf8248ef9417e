package preflight

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// checkJobs follows each job that has to do with AWS to its runners, and from
// there to the image repositories that it pushes to.
func (p *proof) checkJobs() {
	labels := p.runnersByLabel()
	keys := map[source.Place]bool{}
	for i := range p.Jobs {
		job := &p.Jobs[i]
		p.checkKeys(job, keys)
		p.noteUnreadActions(job)
		p.noteUnreadCall(job)
		p.checkImages(job, labels)
		if (len(job.Logins) > 0 || len(job.Pushes) > 0) && !hasOtherIdentity(job) {
			p.checkLoginStep(job)
			p.checkProfiles(job)
			p.checkJob(job, p.runnersOf(job, labels))
		}
	}
}

// checkKeys reports the stored keys of a job, each place once: a workflow that others call
// has a job for each call.
func (p *proof) checkKeys(job *facts.Job, reported map[source.Place]bool) {
	for _, key := range job.StoredKeys {
		if reported[key.Place] {
			continue
		}
		reported[key.Place] = true
		if onHosted(job) {
			p.find(hostedKey, key.Place, fmt.Sprintf("job %q uses a stored AWS key on a runner that GitHub hosts: %s", job.ID, key.What),
				"let configure-aws-credentials assume a role with GitHub's token (permissions: id-token: write), or run the job on the runners of the files; then delete the secret")
			continue
		}
		p.find(storedKey, key.Place, fmt.Sprintf("job %q uses a stored AWS key: %s", job.ID, key.What),
			"take it out, and the secret with it: the runner's Pod has the role")
	}
}

// noteUnreadActions notes the actions of a job that may log in and push and that are not
// read, unless GitHub hosts its runner.
func (p *proof) noteUnreadActions(job *facts.Job) {
	if onHosted(job) {
		return
	}
	for _, action := range job.Unread {
		p.find(unreadAction, action.Place, fmt.Sprintf("job %q uses the action %q, which is not read: no composite action of the files", job.ID, action.Value), "add its action.yml, or look yourself at what it pushes")
	}
}

// noteUnreadCall notes a workflow that may push, and with a stored key, and that is not
// read.
func (p *proof) noteUnreadCall(job *facts.Job) {
	call := job.UnreadCall
	if !call.Uses.There {
		return
	}
	gets := ""
	switch {
	case call.Inherits:
		gets = ` and gets every secret that the job has ("secrets: inherit")`
	case len(call.Secrets) > 0:
		gets = " and gets these secrets: " + quoted(call.Secrets)
	}
	fix := "look in it for stored keys and for what it pushes"
	if strings.HasPrefix(call.Uses.Value, "./") {
		fix = "add its file, or " + fix
	}
	p.find(unreadAction, call.Uses.Place, fmt.Sprintf("job %q calls the workflow %q, which is not read%s", job.ID, call.Uses.Value, gets), fix)
}

// checkProfiles reports what sends the AWS tools of a job to a file.
func (p *proof) checkProfiles(job *facts.Job) {
	for _, profile := range job.Profiles {
		p.find(profileInJob, profile.Place, fmt.Sprintf("job %q sets %s, and what AWS tools find there is not known", job.ID, profile.Value),
			"take it out, so that they take the role of the runner's Pod")
	}
}

// hasOtherIdentity says whether the job runs on a runner of GitHub's with an identity of
// its own: a role that it takes with GitHub's token. That is another chain.
func hasOtherIdentity(job *facts.Job) bool {
	return onHosted(job) && (job.AssumesRole.There || len(job.Pushes) == 0)
}

// onHosted says whether GitHub hosts the job's runner.
func onHosted(job *facts.Job) bool {
	return len(job.RunsOn) > 0 && isHosted(job.RunsOn[0].Value)
}

// isHosted says whether a label is of runners that GitHub hosts.
func isHosted(label string) bool {
	return slices.ContainsFunc([]string{"ubuntu-", "windows-", "macos-"}, func(prefix string) bool { return strings.HasPrefix(label, prefix) })
}

// checkLoginStep reports a job that pushes and does not log in, or the other way round.
func (p *proof) checkLoginStep(job *facts.Job) {
	if len(job.Pushes) == 0 {
		p.find(idleLogin, job.Place, fmt.Sprintf("job %q logs in to Amazon ECR, and no image that it pushes is of a registry there", job.ID),
			"nothing, if it only pulls; otherwise look at the image names that it pushes")
	} else if len(job.Logins) == 0 {
		p.find(noLogin, job.Pushes[0].Place, fmt.Sprintf("job %q pushes, and no step of it logs in to Amazon ECR", job.ID),
			"add a step with aws-actions/amazon-ecr-login, or waive this if something else logs in")
	}
}

func (p *proof) checkJob(job *facts.Job, runners []*runner) {
	if job.Container.There {
		p.find(jobContainer, job.Container.Place, fmt.Sprintf("the steps of job %q run in a container of their own, which gets neither the role nor the token", job.ID),
			"run the steps on the runner itself")
	}
	if job.AssumesRole.There {
		p.checkAssumed(job, runners)
	}
	p.checkRoleARNs(job, runners)
	p.checkAmbiguity(job, runners)
	for _, r := range runners[:min(len(runners), maxRunners)] {
		r.jobs = append(r.jobs, Link{LinkJob, Proved, fmt.Sprintf("job %q of %q runs on it", job.ID, job.Workflow), job.Place, "job " + job.ID, r.Kind + " " + name(r.Namespace, r.Name)})
		r.containerJobs = r.containerJobs || job.Container.There
		p.checkContainerRequired(job, r)
		p.checkDocker(job, r)
		p.checkBuilder(job, r.Workload)
		if r.role() != nil {
			p.checkLogins(job, r)
			p.checkPushes(job, r)
		}
	}
}

// runnersByLabel finds runners by each label that tells runners apart.
func (p *proof) runnersByLabel() map[string][]*runner {
	index := map[string][]*runner{}
	for _, r := range p.runners {
		for _, label := range r.labels() {
			add(index, strings.ToLower(label), r)
		}
	}
	return index
}

// runnersOf are the runners that have all of a job's labels, and reports a job
// that has none.
func (p *proof) runnersOf(job *facts.Job, index map[string][]*runner) []*runner {
	matching, unknown := p.matching(job, index)
	switch {
	case unknown.There:
		p.find(notKnown, unknown.Place, fmt.Sprintf("which runners job %q runs on is not known: %s", job.ID, unknown.Unknown), "write the labels out")
	case matching == nil:
		p.reportNoRunner(job, index)
	}
	return matching
}

// matching are the runners that have all of a job's labels, and a label that is not known.
func (p *proof) matching(job *facts.Job, index map[string][]*runner) (matching []*runner, unknown facts.Text) {
	candidates := p.runners
	for _, label := range job.RunsOn {
		if label.Unknown != "" {
			return nil, label
		}
		if !identity.RunnerLabel(label.Value).Implied() {
			candidates = index[strings.ToLower(label.Value)]
			break
		}
	}
	for _, r := range candidates {
		if r.Runner && hasLabels(r, job) {
			matching = append(matching, r)
		}
	}
	return matching, unknown
}

// labels are those that GitHub knows the runner by: the controller joins them with
// commas, so one with a comma in it is two.
func (r *runner) labels() []string {
	var labels []string
	for _, label := range r.RunnerLabels {
		labels = append(labels, strings.Split(label.Value, ",")...)
	}
	return labels
}

// hasLabels says whether GitHub would give the job to the runner. A scale set has the
// labels that it is given and no others.
func hasLabels(r *runner, job *facts.Job) bool {
	if len(job.RunsOn) == 0 && !job.Group.There {
		return false
	}
	if job.Group.Known() && r.Scope.Group.Known() && job.Group.Value != r.Scope.Group.Value {
		return false
	}
	scaleSet := strings.HasPrefix(r.APIVersion, "actions.github.com/")
	return !slices.ContainsFunc(job.RunsOn, func(label facts.Text) bool {
		wanted := identity.RunnerLabel(label.Value)
		return (scaleSet || !wanted.Implied()) && !slices.ContainsFunc(r.labels(), func(has string) bool {
			return wanted.Equal(identity.RunnerLabel(has))
		})
	})
}

func (p *proof) reportNoRunner(job *facts.Job, index map[string][]*runner) {
	if len(p.runners) == 0 || p.unrendered {
		return
	}
	switch {
	case len(job.RunsOn) == 0 && job.Group.There:
		p.find(noRunner, job.Group.Place, fmt.Sprintf("no runner of the files is of group %q of job %q", spell(job.Group), job.ID), "name a group of the runners")
		return
	case len(job.RunsOn) == 0:
		p.find(noRunner, job.Place, fmt.Sprintf("job %q has no runs-on", job.ID), "name the labels of the runners")
		return
	}
	var labels []string
	near := ""
	known := candidates(index)
	for _, label := range job.RunsOn {
		labels = append(labels, label.Value)
		if index[strings.ToLower(label.Value)] == nil {
			if closest := identity.Closest(strings.ToLower(label.Value), known); closest != "" {
				near = fmt.Sprintf("; did you mean %q?", closest)
			}
		}
	}
	if isHosted(labels[0]) {
		near = "; GitHub's own runners have no role"
	}
	fix := "give the labels to a runner, or the job a runner's"
	if near == "" && len(known) > 0 {
		fix += ": " + quoted(known)
	}
	p.find(noRunner, job.RunsOn[0].Place, fmt.Sprintf("no runner of the files has the labels %s of job %q%s", quoted(labels), job.ID, near), fix)
}

// runsOn is where a job names its runners.
func runsOn(job *facts.Job) source.Place {
	if len(job.RunsOn) > 0 {
		return job.RunsOn[0].Place
	}
	return job.Group.Place
}

// checkAmbiguity reports a job that GitHub may give to runners of different roles.
func (p *proof) checkAmbiguity(job *facts.Job, runners []*runner) {
	for _, r := range runners {
		if r.role() == runners[0].role() {
			continue
		}
		p.find(ambiguousRunner, runsOn(job),
			fmt.Sprintf("job %q can be given to %s %q and to %s %q, which have different roles", job.ID,
				runners[0].Kind, name(runners[0].Namespace, runners[0].Name), r.Kind, name(r.Namespace, r.Name)),
			"ask for a label that one of them has alone", Related{runners[0].Place, "the first"}, Related{r.Place, "the second"})
		return
	}
}

func (p *proof) checkRoleARNs(job *facts.Job, runners []*runner) {
	for _, arn := range job.RoleARNs {
		for _, r := range runners {
			if r.role() == nil || !r.role().Name.Known() {
				continue
			}
			own := r.identity.by.roleARN()
			if arn.Known() && own.Known() && !own.Is(arn.Value) && !job.AssumesRole.Is(arn.Value) {
				p.find(otherRoleWanted, arn.Place, fmt.Sprintf("job %q names role %q, its runners have %q", job.ID, arn.Value, own.Value),
					"name the runners' role", Related{own.Place, "the runners' role"})
				break
			}
		}
	}
}
