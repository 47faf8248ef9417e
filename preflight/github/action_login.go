package github

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// loginToECR reads aws-actions/amazon-ecr-login. It takes the region from AWS_REGION
// alone, as the AWS SDK for JavaScript does. Its output is not set if it logs in to
// several registries.
func (a *action) loginToECR() {
	if kind, _ := a.given("registry-type").literal(); strings.EqualFold(kind, "public") {
		a.loginToPublic()
		return
	}
	var registries value
	var numbers []int
	for _, alternative := range a.given("registries") {
		accounts := alternative.string().split(",\n")
		if len(accounts) == 0 {
			accounts = []pieces{nil} // the role's
		}
		for i, account := range accounts {
			if i == len(numbers) {
				numbers = append(numbers, a.logins.next())
			}
			logins := a.loginTo(account, numbers[i], alternative.world)
			if len(accounts) == 1 {
				registries = append(registries, logins...)
			}
		}
		if len(accounts) > 1 {
			registries = append(registries, alternative.as(textUnknown("the login is to several registries")))
		}
	}
	a.outputs("registry", a.scope.capped(registries))
}

// loginToPublic reads a login to Amazon ECR Public, which gives passwords in two regions alone
// (https://docs.aws.amazon.com/general/latest/gr/ecr-public.html).
func (a *action) loginToPublic() {
	a.outputs("registry", valueOf("public.ecr.aws"))
	if a.logins.as == nil {
		a.fact.PublicLogin = facts.Text{Place: a.node.Place, There: true}
	}
	region := a.scope.regionIn("AWS_REGION", a.node.Place)
	if name, ok := region.literal(); ok && identity.Region(name).Check() == nil && name != "us-east-1" && name != "us-west-2" {
		a.breaks(region.at, fmt.Sprintf("logs in to Amazon ECR Public in region %q, where it is not", name), "set AWS_REGION to us-east-1 in the step that does")
	}
}

// loginTo adds a login to an account's registry, and returns which that may be.
func (a *action) loginTo(account pieces, number int, w world) (registries value) {
	at := a.node.Place
	if input := a.input("registries"); input != nil {
		at = input.Place
	}
	one := facts.Login{Place: a.node.Place, Action: a.uses(), Number: number, Host: facts.Text{Place: at}, Account: facts.Text{Place: at}, Config: a.scope.dockerConfig(false, a.node.Place)}
	if len(account) > 0 {
		one.Account = account.fact(at)
	}
	p := password{region: a.scope.regionIn("AWS_REGION", a.node.Place), emptied: a.scope.emptied()}
	if why := a.scope.otherEndpoint(); why != "" {
		p.region.value = unknownValue(kindUnknown, why)
	}
	first, end := a.logins.logIn(a.scope, w, one, p)
	for place := first; place < end; place++ {
		registries = append(registries, alternative{text: a.logins.registry(place), world: a.logins.found[place].world})
	}
	return registries
}

// registry returns the registry of the login at the place, written out if the workflow determines it.
func (l *logins) registry(place int) pieces {
	login := l.found[place].Login
	if !login.Account.Known() || !login.Region.Known() {
		return pieces{{kindRegistryOfLogin, strconv.Itoa(place)}}
	}
	registry := identity.Registry{Account: identity.AccountID(login.Account.Value), Region: identity.Region(login.Region.Value)}
	return textStanding(registry.String())
}

// dockerLogin reads docker/login-action, which uses the runner's role if it is given
// no name. It asks for the password in the registry's region, unless it is told not to
// ask.
func (a *action) dockerLogin() {
	number, at := a.logins.next(), a.node.Place
	if input := a.input("registry"); input != nil {
		at = input.Place
	} else {
		a.atHub = true
		a.loginToHub(a.given("username"))
	}
	a.loginWithoutPassword()
	asks, _ := a.given("ecr").literal()
	key := facts.Text{Place: at}
	if name := a.input("username"); name != nil && a.input("password") != nil && asks != "false" {
		key = a.given("username").fact(name.Place)
	}
	for _, alternative := range a.given("registry") {
		host := hostOf(alternative.string())
		if _, certain, ok := registryOf(host, at); !ok || !certain {
			a.atHub = a.atHub || isHub(host)
			continue
		}
		p := passwordOf(host, at)
		p.emptied = a.scope.emptied()
		if asks == "false" {
			p = a.logins.password(a.logins.asked, at)
		}
		a.logins.logIn(a.scope, alternative.world, facts.Login{Place: at, Action: a.uses(), Number: number, Host: host.hostFact(at), Account: facts.Text{Place: at}, KeyID: key, Config: a.scope.dockerConfig(false, at)}, p)
	}
}

// loginWithoutPassword looks for a login with an empty user or password: the action takes an AWS key for
// Amazon ECR alone, or looks for one.
func (a *action) loginWithoutPassword() {
	isNotECR := func(of alternative) bool {
		host := hostOf(of.string())
		_, known := host.known()
		_, _, ok := registryOf(host, a.node.Place)
		return known && !ok
	}
	if a.input("registry-auth") != nil || slices.ContainsFunc(a.given("registry"), func(of alternative) bool { return !isNotECR(of) }) {
		return
	}
	for _, name := range []string{"username", "password"} {
		if input := a.input(name); input != nil && a.given(name).empty() {
			a.fails(input.Place, "logs in with an empty "+name, "give it one; a workflow that is called has the secrets alone that its caller hands over (secrets: inherit)")
		}
	}
}

// hostOf is the registry of an address that "docker login" takes.
func hostOf(address pieces) pieces {
	address = address.trim()
	for _, scheme := range []string{"https://", "http://"} {
		address, _ = address.cutPrefix(scheme)
	}
	host, _, _ := address.cut("/")
	return host
}
