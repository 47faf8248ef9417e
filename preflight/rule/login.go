package rule

import (
	"cmp"
	"fmt"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
)

// Job → login.
var (
	noLogin          = kind("KR056", finding.Warning, "job does not log in")
	idleLogin        = kind("KR058", finding.Note, "job logs in and pushes to no image repository")
	wrongRegistry    = kind("KR062", finding.Error, "registry that the job is not logged in to")
	lateLogin        = kind("KR100", finding.Error, "push before the login")
	otherPassword    = kind("KR101", finding.Error, "login with the password of another region")
	loginOnCondition = kind("KR102", finding.Warning, "the login is conditional, the push is not")
	loginUnknown     = kind("KR103", finding.Warning, "whether the job is logged in is not known")
	noRegion         = kind("KR104", finding.Error, "login without a region")
	nameForKey       = kind("KR108", finding.Error, "name that is taken for an AWS key")
	otherConfig      = kind("KR109", finding.Error, "login in another Docker configuration")
	hubPush          = kind("KR190", finding.Warning, "push to Docker Hub without a login")
	emptied          = kind("KR191", finding.Error, "login without the variables of the Pod's role")
	badAccount       = kind("KR143", finding.Error, "login for what is no account")
)

// jobLoginSteps reports jobs that push and do not log in, or the other way round.
func jobLoginSteps(v View, report reporter) {
	for _, job := range v.Jobs {
		if len(job.Pushes) == 0 && job.HubPush.There {
			report(hubPush, job.HubPush.Place, fmt.Sprintf("%s logs in to Amazon ECR, and pushes %q to Docker Hub, where no step logs in: the name has no registry", job.Title(), job.HubPush.Value),
				"write the registry of Amazon ECR before the name, or log in to Docker Hub")
		} else if len(job.Pushes) == 0 {
			report(idleLogin, job.Place, fmt.Sprintf("%s logs in to Amazon ECR, and no image that it pushes is of a registry there", job.Title()),
				"nothing, if it only pulls; otherwise look at the image names that it pushes")
		} else if len(job.Logins) == 0 && job.OfContainer() {
			report(noLogin, job.Pushes[0].Place, job.Title()+" pushes, and its command does not log in to Amazon ECR",
				`log in first ("aws ecr get-login-password"), or waive this if the image has Amazon's credential helper`)
		} else if len(job.Logins) == 0 {
			report(noLogin, job.Pushes[0].Place, fmt.Sprintf("%s pushes, and no step of it logs in to Amazon ECR", job.Title()),
				"add a step with aws-actions/amazon-ecr-login, or waive this if something else logs in")
		}
	}
}

// jobLogins reports logins that fail on a runner, and those that may.
func jobLogins(v View, report reporter) {
	withRole(v, func(job *chain.Job, r *chain.Runner) {
		for n := range job.Logins {
			if login := &job.Logins[n]; !login.Out {
				jobLogin(v, job, login, r, report)
			}
		}
	})
}

func jobLogin(v View, job *chain.Job, login *facts.Login, r *chain.Runner, report reporter) {
	if err := identity.AccountID(login.Account.Value).Check(); login.Account.Known() && err != nil {
		report(badAccount, login.Account.Place, fmt.Sprintf("%s logs in for the registry of %s", job.Title(), err), "write the 12 digits of the account, in quotes: without them GitHub reads a number, which has no leading zeros")
	}
	withoutVariables(job, login, r, report)
	if login.GetLogin {
		report(loginUnknown, login.Place, fmt.Sprintf("whether %s logs in is not known: version 2 of the AWS CLI has no command get-login", job.Title()), `use "aws ecr get-login-password", which both versions have`)
	}
	region, host := v.RegionOf(login, r), v.OnRunner(login.Host, r)
	registry, err := identity.ParseRegistryHost(host.Value)
	switch names := host.Known() && err == nil; {
	case login.KeyID.Is("AWS"):
		report(nameForKey, login.KeyID.Place, fmt.Sprintf("%s gives docker/login-action a name and a password, which it takes for an AWS key", job.Title()),
			"leave username and password out: the action has the role of the runner's Pod")
	case !region.There:
		report(noRegion, login.Place, fmt.Sprintf("%s logs in to Amazon ECR and has no AWS_REGION, nor has the Pod of its runner", job.Title()), "set AWS_REGION in the job")
	case region.Unknown != "" && names:
		report(loginUnknown, region.Place, fmt.Sprintf("whether %s has the password for %q is not known: %s", job.Title(), host.Value, region.Unknown), "write the region out")
	case region.Unknown != "":
	case identity.Region(region.Value).Check() != nil:
		report(unknownRegion, region.Place, identity.Region(region.Value).Check().Error(), "write the registry's region")
	case names && string(registry.Region) != region.Value:
		report(otherPassword, login.Place, fmt.Sprintf("%s logs in to %q with a password for region %q", job.Title(), host.Value, region.Value),
			fmt.Sprintf("ask for the password in region %q", registry.Region), finding.Related{Place: region.Place, What: "the password's region"})
	}
}

// withoutVariables reports a login for which the job empties a variable that EKS gives the Pod.
func withoutVariables(job *chain.Job, login *facts.Login, r *chain.Runner, report reporter) {
	names := []string{identity.EnvRoleARN, identity.EnvTokenFile}
	if hasPodIdentity(r) {
		names = []string{identity.EnvCredentialsURI, identity.EnvAuthorizationTokenFile}
	}
	for _, variable := range login.Emptied {
		if login.As == nil && slices.Contains(names, variable.Value) {
			report(emptied, variable.Place, fmt.Sprintf("%s logs in to Amazon ECR with an empty %s, so AWS tools do not find the role of the runner's Pod", job.Title(), variable.Value),
				"leave the variable as EKS gives it to the Pod: set it nowhere, and give sudo -E", finding.Related{Place: login.Place, What: "the login"})
			return
		}
	}
}

// loggedIn reports pushes to a registry that no login before them is to, or not in every run.
func loggedIn(v View, report reporter) {
	withRole(v, func(job *chain.Job, r *chain.Runner) {
		for n := range job.Pushes {
			push := &job.Pushes[n]
			if _, problem := v.TargetOf(job.Job, push, r); problem == nil || problem.Name != nil {
				loginBefore(v, job.Job, push, v.RegistryOf(job.Job, push, r), r, report)
			}
		}
	})
}

// loginBefore looks for the login that a push, or a pull, needs before it.
func loginBefore(v View, job *facts.Job, push *facts.Push, host facts.Text, r *chain.Runner, report reporter) {
	var sometimes int
	var elsewhere []string
	unknown, does := "", "pushes to"
	switch push.Use {
	case facts.CachesFrom:
		does = "reads a build cache of"
	case facts.Pulls:
		does = "pulls from"
	}
	for _, login := range loginsBefore(v, job, push, r) {
		switch {
		case login.unknown != "":
			unknown = login.unknown
		case slices.ContainsFunc(login.hosts, func(other string) bool { return other != host.Value }):
			elsewhere = append(elsewhere, login.hosts...)
		case login.always:
			return
		default:
			sometimes++
		}
	}
	switch {
	case sometimes > 1: // assumed to be there in turns
	case unknown != "":
		report(loginUnknown, push.Place, fmt.Sprintf("whether %s is logged in to %q is not known: %s", job.Title(), host.Value, unknown), "write out what the login depends on")
	case sometimes > 0:
		report(loginOnCondition, push.Place, fmt.Sprintf("%s %s %q in some runs in which it does not log in there", job.Title(), does, host.Value), "log in on the condition on which it pushes, or on none")
	case elsewhere != nil:
		report(wrongRegistry, push.Place, fmt.Sprintf("%s logs in to %s and %s %q", job.Title(), facts.Quoted(elsewhere), does, host.Value), "log in to that registry: in its region (AWS_REGION), for its account")
	case otherConfigs(job, push) != nil:
		report(otherConfig, push.Place, fmt.Sprintf("%s %s %q with the Docker configuration in %s, and its login keeps the password in %s", job.Title(), does, host.Value, folderOf(push.Config), folderOf(*otherConfigs(job, push))),
			"do both with sudo or both without, with one HOME and one DOCKER_CONFIG")
	case logoutBefore(job, push) != nil:
		report(lateLogin, push.Place, fmt.Sprintf("%s %s %q after its password is taken away", job.Title(), does, host.Value), "log out afterwards", finding.Related{Place: logoutBefore(job, push).Place, What: "the logout"})
	case len(job.Logins) > 0:
		report(lateLogin, push.Place, fmt.Sprintf("%s %s %q before it logs in", job.Title(), does, host.Value), "log in first", finding.Related{Place: job.Logins[0].Place, What: "the login"})
	}
}

// otherConfigs is the Docker configuration of a login before a push that has another one; nil
// if there is none.
func otherConfigs(job *facts.Job, push *facts.Push) *facts.Text {
	for _, before := range push.Before {
		if login := &job.Logins[before.Login]; !login.Out && !sameConfig(login.Config, push.Config) {
			return &login.Config
		}
	}
	return nil
}

// sameConfig reports whether two folders of a Docker configuration are written alike.
func sameConfig(a, b facts.Text) bool {
	return a.Value == b.Value && a.Unknown == b.Unknown
}

// folderOf is a folder of a Docker configuration as messages have it.
func folderOf(config facts.Text) string {
	if !config.There {
		return "the runner's home"
	}
	return fmt.Sprintf("%q", config.Value)
}

// earlier is a login before a push.
type earlier struct {
	// hosts are the registries that it may be to, in the runs that push; unknown says
	// why one is not known.
	hosts   []string
	unknown string
	// always reports that every run that pushes logs in.
	always bool
}

// loginsBefore are the logins before a push with the Docker configuration that it has, in their
// order.
func loginsBefore(v View, job *facts.Job, push *facts.Push, r *chain.Runner) []earlier {
	var all []earlier
	number := 0
	for _, before := range push.Before {
		login := &job.Logins[before.Login]
		if !sameConfig(login.Config, push.Config) {
			if why := cmp.Or(push.Config.Unknown, login.Config.Unknown); why != "" {
				all, number = append(all, earlier{unknown: why}), 0
			}
			continue
		}
		if login.Out {
			all = without(all, v.HostOf(login, r), login, before.Always)
			continue
		}
		if login.Number != number {
			number = login.Number
			all = append(all, earlier{always: before.Always})
		}
		last := &all[len(all)-1]
		host := v.HostOf(login, r)
		if host.Unknown != "" {
			last.unknown = host.Unknown
		} else if !slices.Contains(last.hosts, host.Value) {
			last.hosts = append(last.hosts, host.Value)
		}
	}
	return all
}

// logoutBefore is a logout before a push that has the Docker configuration of that; nil if there is none.
func logoutBefore(job *facts.Job, push *facts.Push) *facts.Login {
	for _, before := range push.Before {
		if login := &job.Logins[before.Login]; login.Out && sameConfig(login.Config, push.Config) {
			return login
		}
	}
	return nil
}

// without is what is left of logins behind a logout from a registry, which some runs may pass over.
func without(all []earlier, host facts.Text, out *facts.Login, always bool) (left []earlier) {
	for _, in := range all {
		if gone := out.Everywhere || slices.Equal(in.hosts, []string{host.Value}); gone && always {
			continue
		} else if gone {
			in.always = false
		}
		left = append(left, in)
	}
	return left
}
