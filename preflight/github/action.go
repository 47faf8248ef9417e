package github

import (
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// action is a step that uses an action.
type action struct {
	*job
	scope scope
	node  *source.Node
}

// action reads a step of one of the actions that push, log in or take a role.
func (j *job) action(s scope, node *source.Node, uses string) {
	a := &action{j, s, node}
	name, _, _ := strings.Cut(uses, "@")
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "aws-actions/amazon-ecr-login":
		a.loginToECR()
	case "aws-actions/configure-aws-credentials":
		a.configureCredentials()
	case "docker/login-action":
		a.login()
	case "docker/build-push-action":
		a.buildAndPush()
	case "docker/metadata-action":
		a.metadata()
	case "docker/bake-action":
		if a.mayBe("push", "true") {
			a.images.push(textUnknown("the file that docker/bake-action reads says where to push"), node.Place, facts.Pushes)
		}
	}
}

// input is what the action is given; nil if nothing. Names of inputs have no case.
func (a *action) input(name string) *source.Node {
	with := a.node.Get("with")
	if with == nil {
		return nil
	}
	for _, member := range with.Members {
		if strings.EqualFold(member.Name, name) {
			return member.Value
		}
	}
	return nil
}

// given is what an input is, "" if it is not there.
func (a *action) given(name string) value {
	return a.scope.here(a.scope.value(a.input(name)))
}

// mayBe says whether an input is the text in some run.
func (a *action) mayBe(name, text string) bool {
	for _, alternative := range a.given(name) {
		is, ok := alternative.text.known()
		if !ok || strings.EqualFold(strings.TrimSpace(is), text) {
			return true
		}
	}
	return false
}

// outputs says what an output of the step is.
func (a *action) outputs(name string, v value) {
	if id := a.node.Get("id"); id.Scalar() {
		a.output(id.Text, name, v, true)
	}
}

// loginToECR reads aws-actions/amazon-ecr-login. Its output is not set if it logs
// in to several registries.
func (a *action) loginToECR() {
	if kind, _ := a.given("registry-type").literal(); strings.EqualFold(kind, "public") {
		a.outputs("registry", valueOf("public.ecr.aws"))
		return
	}
	a.fact.LogsIn = true
	a.regionsOf(a.scope)
	accounts := a.given("registries")
	if accounts.empty() {
		a.outputs("registry", unknownValue(login, "the login decides the registry"))
		return
	}
	for _, line := range a.lines("registries") {
		for _, alternative := range a.alternatives(line) {
			for _, account := range alternative.string().split(",\n") {
				a.fact.LoginAccounts = append(a.fact.LoginAccounts, account.trim().fact(line.at))
			}
		}
	}
	a.outputs("registry", a.hosts(accounts, a.scope.regionOf()))
}

// hosts are the registries of the accounts in the regions.
func (a *action) hosts(accounts, regions value) value {
	var hosts value
	for _, account := range accounts {
		for _, region := range regions {
			world, ok := account.world.and(region.world)
			if !ok || !a.scope.spend(len(world)+1) {
				continue
			}
			hosts = append(hosts, alternative{text: host(account.string().trim(), region.string()), world: world})
		}
	}
	return a.scope.capped(hosts)
}

// host is one registry.
func host(account, region text) text {
	id, idKnown := account.known()
	code, codeKnown := region.known()
	switch {
	case !idKnown:
		return textUnknown(account.why())
	case strings.Contains(id, ","):
		return textUnknown("the login is to several registries")
	case !codeKnown:
		return textUnknown(region.why())
	}
	registry := identity.Registry{Account: identity.AccountID(id), Region: identity.Region(code)}
	return textOf(registry.String())
}

// configureCredentials reads aws-actions/configure-aws-credentials, which sets the
// region for the steps behind it.
func (a *action) configureCredentials() {
	if region := a.input("aws-region"); region != nil {
		v := a.given("aws-region")
		a.regions(v, region.Place)
		a.write("AWS_REGION", v, region.Place, !a.node.Has("if"))
		a.write("AWS_DEFAULT_REGION", v, region.Place, !a.node.Has("if"))
	}
	if role := a.input("role-to-assume"); role != nil && !a.fact.AssumesRole.There {
		if v := a.given("role-to-assume"); !v.empty() {
			a.fact.AssumesRole = v.fact(role.Place)
		}
	}
}

// login reads docker/login-action, which uses the runner's role if it is given no
// name.
func (a *action) login() {
	for _, registry := range a.given("registry") {
		if host, ok := registry.text.known(); ok && isECR(host) {
			a.fact.LogsIn = true
		}
	}
}

// metadata reads docker/metadata-action: it makes tags for the images that it is
// given.
func (a *action) metadata() {
	tags := valueOf("")
	for _, line := range a.lines("images") {
		var named value
		for _, alternative := range a.alternatives(line) {
			for _, ref := range attributesOf(alternative.string()).named("name") {
				named = append(named, alternative.as(ref))
			}
		}
		tags = a.scope.join(tags, named)
		tags = a.scope.join(tags, value{{text: text{{known, ":"}, {fresh, "docker/metadata-action makes the tag"}, {known, "\n"}}}})
	}
	a.outputs("tags", tags)
}

// buildAndPush reads docker/build-push-action.
func (a *action) buildAndPush() {
	pushes := a.input("push") != nil && a.mayBe("push", "true")
	for _, line := range a.lines("outputs") {
		for _, alternative := range a.alternatives(line) {
			output := attributesOf(alternative.string())
			if output.pushes() {
				pushes = true
				a.each(output.named("name"), line.at, facts.Pushes)
			}
		}
	}
	if pushes {
		for _, line := range a.lines("tags") {
			for _, alternative := range a.alternatives(line) {
				a.each(alternative.string().split(",\n"), line.at, facts.Pushes)
			}
		}
	}
	for _, cache := range []struct {
		input string
		use   facts.Use
	}{{"cache-to", facts.CachesTo}, {"cache-from", facts.CachesFrom}} {
		for _, line := range a.lines(cache.input) {
			for _, alternative := range a.alternatives(line) {
				a.each(attributesOf(alternative.string()).cache(), line.at, cache.use)
			}
		}
	}
}

func (a *action) each(refs []text, at source.Place, use facts.Use) {
	for _, ref := range refs {
		a.images.push(ref, at, use)
	}
}

// inputLine is a line of an input, and where it is.
type inputLine struct {
	text string
	at   source.Place
}

// lines are those of an input that takes several values.
func (a *action) lines(name string) []inputLine {
	node := a.input(name)
	if !node.Scalar() {
		return nil
	}
	var lines []inputLine
	for i, text := range strings.Split(node.Text, "\n") {
		if text = strings.TrimSpace(text); text != "" {
			lines = append(lines, inputLine{text, a.line(node, i)})
		}
	}
	return lines
}

// alternatives are what a line may be.
func (a *action) alternatives(line inputLine) value {
	return a.scope.capped(a.scope.here(a.scope.interpolate(line.text)))
}
