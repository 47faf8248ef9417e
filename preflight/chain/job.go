package chain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// maxRunners is how many of the runners that one job can be given to are followed from it.
const maxRunners = 20

// Job is a job that logs in to Amazon ECR or pushes to it.
type Job struct {
	*facts.Job
	// Runners are the runners that have all of its labels; RunsOnUnknown is a label that is not
	// known, so that they are not known either.
	Runners       []*Runner
	RunsOnUnknown facts.Text
}

// ImageJob is a job that pulls images, or may push to what is not known, on runners with a
// role, whether or not it logs in to Amazon ECR.
type ImageJob struct {
	*facts.Job
	Runners []*Runner
}

// Followed are the runners that the job is followed to.
func (j *Job) Followed() []*Runner { return j.Runners[:min(len(j.Runners), maxRunners)] }

// followJobs follows each job that has to do with AWS to its runners.
func (c *Chains) followJobs() {
	for n := range c.Index.Jobs {
		job := &Job{Job: &c.Index.Jobs[n]}
		if len(job.Logins) == 0 && len(job.Pushes) == 0 && !job.PublicLogin.There || hasOtherIdentity(job.Job) {
			continue
		}
		c.Jobs = append(c.Jobs, job)
		job.Runners, job.RunsOnUnknown = c.runnersOf(job.Job)
		for _, r := range job.Followed() {
			runs := Said(fmt.Sprintf("job %q of %q runs on it", job.ID, job.Workflow))
			r.Jobs = append(r.Jobs, Link{Cause{Proved, job.Place, runs}, LinkJob, "job " + job.ID, r.Title()})
			if job.Container.There {
				r.containerJobs++
			}
		}
	}
}

// followImages follows jobs to runners with a role if something may be wrong with their images.
func (c *Chains) followImages() {
	for n := range c.Index.Jobs {
		job := &c.Index.Jobs[n]
		if OnHosted(job) || len(job.Refused)+len(job.MayPush)+len(job.StartImages)+len(job.Pulls) == 0 {
			continue
		}
		runners, _ := c.runnersOf(job)
		if runners = slices.DeleteFunc(runners, func(r *Runner) bool { return r.Role() == nil }); len(runners) > 0 {
			c.ImageJobs = append(c.ImageJobs, &ImageJob{job, runners})
		}
	}
}

// followCommands takes what the commands of containers push for jobs of their Pods alone.
func (c *Chains) followCommands() {
	for _, r := range c.Runners {
		for _, does := range r.Commands {
			if len(does.Logins)+len(does.Pushes) > 0 {
				c.Jobs = append(c.Jobs, &Job{Job: does, Runners: []*Runner{r}})
			}
			if len(does.Refused)+len(does.Pulls) > 0 && r.Role() != nil {
				c.ImageJobs = append(c.ImageJobs, &ImageJob{does, []*Runner{r}})
			}
		}
	}
}

// hasOtherIdentity reports whether the job runs on a runner of GitHub's with an identity of
// its own: a role that it assumes with GitHub's token, or a stored key. That is another chain.
func hasOtherIdentity(job *facts.Job) bool {
	return OnHosted(job) && (job.AssumesRole.There || len(job.StoredKeys) > 0 || len(job.Pushes) == 0)
}

// OnHosted reports whether GitHub hosts the job's runner.
func OnHosted(job *facts.Job) bool {
	return len(job.RunsOn) > 0 && IsHosted(job.RunsOn[0].Value)
}

// IsHosted reports whether a label is of runners that GitHub hosts.
func IsHosted(label string) bool {
	return slices.ContainsFunc([]string{"ubuntu-", "windows-", "macos-"}, func(prefix string) bool { return strings.HasPrefix(strings.ToLower(label), prefix) })
}

func (c *Chains) runnersByLabel() map[string][]*Runner {
	index := map[string][]*Runner{}
	for _, r := range c.Runners {
		for _, label := range r.Labels() {
			index[strings.ToLower(label)] = append(index[strings.ToLower(label)], r)
		}
	}
	return index
}

// runnersOf are the runners that have all of a job's labels; where its steps run in a Pod that
// one starts, that Pod.
func (c *Chains) runnersOf(job *facts.Job) (runners []*Runner, unknown facts.Text) {
	if job.Group.Unknown != "" {
		return nil, job.Group
	}
	candidates := c.Runners
	for _, label := range job.RunsOn {
		if label.Unknown != "" {
			return nil, label
		}
		if !identity.RunnerLabel(label.Value).Implied() {
			candidates = c.RunnersByLabel[strings.ToLower(label.Value)]
			break
		}
	}
	for _, r := range candidates {
		switch {
		case !r.Workload.Runner || r.StartedBy != nil || !r.hasLabels(job):
		case job.Container.There && r.JobPod != nil:
			runners = append(runners, r.JobPod)
		default:
			runners = append(runners, r)
		}
	}
	if len(runners) == 0 && !OnHosted(job) {
		unknown = c.unknownLabel()
	}
	return runners, unknown
}

// unknownLabel is a label of some runner that is not known: a job may ask for that.
func (c *Chains) unknownLabel() facts.Text {
	for _, r := range c.Runners {
		label := r.unknownLabel()
		if !r.Workload.Runner && r.IsRunner() {
			label = facts.Unknown(fmt.Sprintf("%s registers itself, and its labels are those that its image makes of its variables", r.Quoted()), r.Place)
		}
		if label.Unknown != "" && r.IsRunner() && r.StartedBy == nil {
			return label
		}
	}
	return facts.Text{}
}

// Labels returns the runner's labels on GitHub, as far as they are known: the controller joins
// them with commas, so one with a comma in it is two.
func (r *Runner) Labels() []string {
	var labels []string
	for _, label := range r.RunnerLabels {
		if label.Unknown == "" {
			labels = append(labels, strings.Split(label.Value, ",")...)
		}
	}
	return labels
}

// unknownLabel is a label of the runner that is not known. Not there: all are.
func (r *Runner) unknownLabel() facts.Text {
	for _, label := range r.RunnerLabels {
		if label.Unknown != "" {
			return label
		}
	}
	return facts.Text{}
}

// hasLabels reports whether GitHub would give the job to the runner. A scale set has the
// labels that it is given and no others.
func (r *Runner) hasLabels(job *facts.Job) bool {
	if len(job.RunsOn) == 0 && !job.Group.There {
		return false
	}
	if job.Group.Known() && !r.mayBeIn(job.Group.Value) {
		return false
	}
	return !slices.ContainsFunc(job.RunsOn, func(label facts.Text) bool {
		wanted := identity.RunnerLabel(label.Value)
		return (r.ScaleSet || !wanted.Implied()) && !slices.ContainsFunc(r.Labels(), func(has string) bool {
			return wanted.Equal(identity.RunnerLabel(has))
		})
	})
}

// StartsPods reports whether job containers are separate Pods, such as this one. The legacy
// controller has one such mode (runner_controller.go).
func (r *Runner) StartsPods() bool { return r.StartedBy != nil || StartsPods(r.Workload) }

// StartsPods is Runner.StartsPods of a workload.
func StartsPods(w *facts.Workload) bool {
	return w.ContainerMode.Is(identity.ModeKubernetes) || w.ContainerMode.There && !(w.Runner && w.Legacy)
}

// RequiresContainer reports whether the runner refuses jobs without a container, and the
// variable if it is not known. It reads the variable as the runner does (actions/runner,
// StringUtil.ConvertToBoolean).
func (c *Chains) RequiresContainer(w *facts.Workload) (required bool, unknown facts.Text) {
	if len(w.Containers) == 0 {
		return false, unknown
	}
	value := c.Variable(w, &w.Containers[0], identity.EnvRequireJobContainer)
	if value.Unknown != "" {
		unknown = value
	}
	return slices.Contains([]string{"1", "true", "$true"}, strings.ToLower(value.Value)), unknown
}

// HostOf is the registry that a login is to: that of the account in the password's region,
// unless the job names it.
func (c *Chains) HostOf(login *facts.Login, r *Runner) facts.Text {
	if login.Host.There {
		return c.OnRunner(login.Host, r)
	}
	account, region := login.Account, c.RegionOf(login, r)
	if !account.There {
		account = r.accountOf(login.As)
	}
	host := facts.Text{Place: login.Place, There: true}
	registry := identity.Registry{Account: identity.AccountID(account.Value), Region: identity.Region(region.Value)}
	switch err := registry.Check(); {
	case !region.There:
		host.Unknown = "the login has no region"
	case account.Unknown != "" || region.Unknown != "":
		host.Unknown = cmp.Or(account.Unknown, region.Unknown)
	case err != nil:
		host.Unknown = err.Error()
	default:
		host.Value = registry.String()
	}
	return host
}

// OnRunner is a host name or a region with the account of the runner's role, and the regions of its Pod, in
// their places.
func (c *Chains) OnRunner(host facts.Text, r *Runner) facts.Text {
	region, preset := c.podRegions(r)
	for _, variable := range []struct {
		name, standIn string
		value         facts.Text
	}{{identity.EnvRegion, facts.PodRegion, region}, {identity.EnvDefaultRegion, facts.PodDefaultRegion, preset}} {
		if !strings.Contains(host.Value, variable.standIn) {
			continue
		}
		if value := variable.value; !value.Known() {
			return facts.Text{Unknown: cmp.Or(value.Unknown, "neither the job nor the runner's Pod has an "+variable.name), Place: host.Place, There: true}
		}
		host.Value = strings.ReplaceAll(host.Value, variable.standIn, variable.value.Value)
	}
	if !strings.Contains(host.Value, facts.RoleAccount) {
		return host
	}
	account := r.roleAccount()
	if !account.Known() {
		return facts.Text{Unknown: account.Unknown, Place: host.Place, There: true}
	}
	host.Value = strings.ReplaceAll(host.Value, facts.RoleAccount, account.Value)
	return host
}

// accountOf is the account of a role that a job assumes on the runner; nil: of the runner's own.
func (r *Runner) accountOf(assumed *facts.AssumedRole) facts.Text {
	if assumed == nil {
		return r.roleAccount()
	}
	arn, err := identity.ParseRoleARN(r.assumedARN(assumed).Value)
	if err != nil {
		return facts.Text{Unknown: "the account of the role that the job assumes is not known", Place: assumed.ARN.Place, There: true}
	}
	return facts.Text{Value: string(arn.Account), Place: assumed.ARN.Place, There: true}
}

// roleAccount is the account of the runner's role: the ARN that its Pod has shows it where a
// template does not.
func (r *Runner) roleAccount() facts.Text {
	if r.Role() == nil {
		return facts.Text{Unknown: r.Quoted() + " has no role", Place: r.Place, There: true}
	}
	account := r.Role().Account
	if account.Known() {
		return account
	}
	if arn, err := identity.ParseRoleARN(r.Identity.By.RoleARN().Value); err == nil {
		account = facts.Text{Value: string(arn.Account), Place: r.SA.Place, There: true}
	}
	return account
}

// RegionOf is the region of a login's password: the job's, or else that of the Pod's
// variables. Not there: nothing names one.
func (c *Chains) RegionOf(login *facts.Login, r *Runner) facts.Text {
	if login.Region.There {
		return c.OnRunner(login.Region, r)
	}
	region, preset := c.podRegions(r)
	switch {
	case region.There || !login.CLI:
		return region
	case login.DefaultRegion.There:
		return login.DefaultRegion
	}
	return preset
}

// podRegions are AWS_REGION and AWS_DEFAULT_REGION where the runner's jobs run. EKS' webhook
// sets both to the cluster's region, unless the container sets one itself.
func (c *Chains) podRegions(r *Runner) (region, preset facts.Text) {
	if r.clusterRegions {
		return r.clusterRegion(), r.clusterRegion()
	}
	if len(r.Containers) == 0 {
		return region, preset
	}
	for _, variable := range r.Containers[0].Env {
		switch variable.Name {
		case identity.EnvRegion:
			region = c.Value(r.Workload, variable)
		case identity.EnvDefaultRegion:
			preset = c.Value(r.Workload, variable)
		}
	}
	return region, preset
}

// clusterRegion is the region of the clusters in which the runner may be.
func (r *Runner) clusterRegion() facts.Text {
	region := facts.Text{Place: r.Place, There: true}
	for _, of := range r.Identity.Regions {
		switch {
		case of.Unknown != "":
			return facts.Text{Unknown: of.Unknown, Place: r.Place, There: true}
		case region.Value != "" && region.Value != of.Value:
			return facts.Text{Unknown: fmt.Sprintf("the runner may be in region %q or %q", region.Value, of.Value), Place: r.Place, There: true}
		default:
			region.Value = of.Value
		}
	}
	if region.Value == "" {
		region.Unknown = "the cluster of the runner is not known"
	}
	return region
}
