package preflight

import (
	"fmt"
	"slices"

	"keyless-runners/preflight/facts"
)

// checkLoggedIn reports a push to a registry that no login before it is to, or not in
// every run.
func (p *proof) checkLoggedIn(job *facts.Job, push *facts.Push, host facts.Text, r *runner) {
	var sometimes int
	var elsewhere []string
	unknown, does := "", "pushes to"
	switch push.Use {
	case facts.CachesFrom:
		does = "reads a build cache of"
	case facts.Pulls:
		does = "pulls from"
	}
	for _, login := range p.loginsBefore(job, push, r) {
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
	case sometimes > 1: // taken to be there in turns
	case unknown != "":
		p.find(loginUnknown, push.Place, fmt.Sprintf("whether job %q is logged in to %q is not known: %s", job.ID, host.Value, unknown), "write out what the login depends on")
	case sometimes > 0:
		p.find(loginOnCondition, push.Place, fmt.Sprintf("job %q %s %q in some runs in which it does not log in there", job.ID, does, host.Value), "log in on the condition on which it pushes, or on none")
	case elsewhere != nil:
		p.find(wrongRegistry, push.Place, fmt.Sprintf("job %q logs in to %s and %s %q", job.ID, quoted(elsewhere), does, host.Value), "log in to that registry: in its region (AWS_REGION), for its account")
	case othersLogIn(job, push):
		p.find(otherUser, push.Place, fmt.Sprintf("job %q %s %q as %s and logs in as %s, whose Docker configuration is another", job.ID, does, host.Value, user(push.Root), user(!push.Root)), "do both with sudo, or both without")
	case len(job.Logins) > 0:
		p.find(lateLogin, push.Place, fmt.Sprintf("job %q %s %q before it logs in", job.ID, does, host.Value), "log in first", Related{job.Logins[0].Place, "the login"})
	}
}

// othersLogIn says whether the logins before a push are of another user.
func othersLogIn(job *facts.Job, push *facts.Push) bool {
	return slices.ContainsFunc(push.Before, func(before facts.Before) bool {
		login := &job.Logins[before.Login]
		return !login.Out && login.Root != push.Root
	})
}

func user(root bool) string {
	if root {
		return "root"
	}
	return "the runner"
}

// loginBefore is a login before a push.
type loginBefore struct {
	// hosts are the registries that it may be to, in the runs that push; unknown says
	// why one is not known.
	hosts   []string
	unknown string
	// always says that every run that pushes logs in.
	always bool
}

// loginsBefore are the logins before a push by who pushes, in their order.
func (p *proof) loginsBefore(job *facts.Job, push *facts.Push, r *runner) []loginBefore {
	var all []loginBefore
	number := 0
	for _, before := range push.Before {
		login := &job.Logins[before.Login]
		if login.Root != push.Root {
			continue
		}
		if login.Out {
			out := r.spelled(login.Host)
			all = slices.DeleteFunc(all, func(earlier loginBefore) bool {
				return before.Always && slices.Equal(earlier.hosts, []string{out.Value})
			})
			continue
		}
		if login.Number != number {
			number = login.Number
			all = append(all, loginBefore{always: before.Always})
		}
		last := &all[len(all)-1]
		host := p.hostOf(login, r)
		if host.Unknown != "" {
			last.unknown = host.Unknown
		} else if !slices.Contains(last.hosts, host.Value) {
			last.hosts = append(last.hosts, host.Value)
		}
	}
	return all
}
