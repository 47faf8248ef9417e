package preflight

import (
	"cmp"
	"fmt"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// checkLogins reports logins of a job that fail on a runner, and those of which the
// files do not tell.
func (p *proof) checkLogins(job *facts.Job, r *runner) {
	p.checkVersions(job, r)
	for i := range job.Logins {
		login := &job.Logins[i]
		if login.Out {
			continue
		}
		if err := identity.AccountID(login.Account.Value).Check(); login.Account.There && login.Account.Known() && err != nil {
			p.find(badAccount, login.Account.Place, fmt.Sprintf("job %q logs in for the registry of %s", job.ID, err), "write the 12 digits of the account, in quotes: without them GitHub reads a number, which has no leading zeros")
		}
		region, host := p.regionOf(login, r), r.spelled(login.Host)
		registry, err := identity.ParseRegistryHost(host.Value)
		switch names := host.Known() && err == nil; {
		case login.KeyID.Is("AWS"):
			p.find(nameForKey, login.KeyID.Place, fmt.Sprintf("job %q gives docker/login-action a name and a password, which it takes for an AWS key", job.ID),
				"leave username and password out: the action has the role of the runner's Pod")
		case !region.There:
			p.find(noRegion, login.Place, fmt.Sprintf("job %q logs in to Amazon ECR and has no AWS_REGION, nor has the Pod of its runner", job.ID), "set AWS_REGION in the job")
		case region.Unknown != "" && names:
			p.find(loginUnknown, region.Place, fmt.Sprintf("whether job %q has the password for %q is not known: %s", job.ID, host.Value, region.Unknown), "write the region out")
		case region.Unknown != "":
		case identity.Region(region.Value).Check() != nil:
			p.find(unknownRegion, region.Place, identity.Region(region.Value).Check().Error(), "write the registry's region")
		case names && string(registry.Region) != region.Value:
			p.find(otherPassword, login.Place, fmt.Sprintf("job %q logs in to %q with a password for region %q", job.ID, host.Value, region.Value),
				fmt.Sprintf("ask for the password in region %q", registry.Region), Related{region.Place, "the password's region"})
		}
	}
}

// hostOf is the registry that a login is to: that of the account in the password's
// region, unless the job names it.
func (p *proof) hostOf(login *facts.Login, r *runner) facts.Text {
	if login.Host.There {
		return r.spelled(login.Host)
	}
	account, region := login.Account, p.regionOf(login, r)
	if !account.There {
		account = r.roleAccount()
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

// spelled is a host name with the account of the runner's role in its place.
func (r *runner) spelled(host facts.Text) facts.Text {
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

// roleAccount is the account of the runner's role: the ARN that its Pod has shows it
// where a template does not.
func (r *runner) roleAccount() facts.Text {
	account := r.role().Account
	if account.Known() {
		return account
	}
	if arn, err := identity.ParseRoleARN(r.identity.by.roleARN().Value); err == nil {
		account = facts.Text{Value: string(arn.Account), Place: r.account.Place, There: true}
	}
	return account
}

// regionOf is the region of a login's password: the job's, or else that of the Pod's
// variables. Not there: nothing says one.
func (p *proof) regionOf(login *facts.Login, r *runner) facts.Text {
	if login.Region.There {
		return login.Region
	}
	region, preset := p.podRegions(r)
	switch {
	case region.There || !login.CLI:
		return region
	case login.DefaultRegion.There:
		return login.DefaultRegion
	}
	return preset
}
