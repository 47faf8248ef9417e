package github

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

type action struct {
	*job
	scope scope
	node  *source.Node
}

// action reads a step of one of the actions that push, log in or take a role.
func (j *job) action(s scope, node *source.Node, uses string) {
	a := &action{j, s, node}
	name, _, _ := strings.Cut(uses, "@")
	name = strings.ToLower(strings.TrimSpace(name))
	a.usesDocker(name)
	a.dockerImage(strings.TrimSpace(uses), a.node.Get("uses").Place)
	if strings.HasPrefix(name, local) && !a.hasFile(strings.TrimSpace(uses)) {
		why, fix := a.missing()
		a.breaks(a.node.Get("uses").Place, "uses the action "+facts.Quoted([]string{strings.TrimSpace(uses)})+", "+why, fix)
	}
	if strings.HasPrefix(name, local) && a.composite(strings.TrimSpace(uses)) {
		return
	}
	a.mayBring(name)
	switch name {
	case "actions/checkout":
		a.checkout()
	case "aws-actions/amazon-ecr-login":
		a.loginToECR()
	case "aws-actions/configure-aws-credentials":
		a.configureCredentials()
	case "docker/login-action":
		a.dockerLogin()
	case "docker/build-push-action":
		a.buildAndPush()
	case "docker/metadata-action":
		a.metadata()
	case "docker/bake-action":
		a.bake()
	default:
		a.sets = a.sets || !setsNothing.MatchString(name)
		a.choosesBuilder = a.choosesBuilder || !strings.HasPrefix(name, "actions/") && choosingActions.MatchString(name) && !strings.HasPrefix(name, "docker/setup-")
		if pushingActions.MatchString(name) {
			a.push(s, alternative{text: textUnknown("the action " + facts.Short(name) + " is not read")}, node.Place, facts.Pushes, s.dockerConfig(false, node.Place))
		}
		for _, input := range scriptInputs {
			if script := a.input(input); script.Scalar() {
				a.otherScript(s, script, "the action "+facts.Short(name))
			}
		}
	}
}

// setsNothing are actions that set no variables of the user's for the steps behind them.
var setsNothing = regexp.MustCompile(`^(actions/(cache|checkout|download-artifact|setup-.*|upload-artifact)|docker/.*)$`)

// pushingActions are actions of others that push images by their names.
var pushingActions = regexp.MustCompile(`kaniko|docker-build-with-cache|(docker|image|container|registry|ecr).*(push|publish)|(push|publish).*(docker|image|container|registry|ecr)`)

// scriptInputs are the inputs by which actions take a script that they run.
var scriptInputs = []string{"command", "run", "script"}

// uses names the action as the step does.
func (a *action) uses() facts.Text {
	return facts.TextOf(a.node.Get("uses"), a.node.Place)
}

// input returns an input of the action; nil if it is not given. Names of inputs have no case.
func (a *action) input(name string) *source.Node {
	for _, member := range a.node.Get("with").Entries() {
		if strings.EqualFold(member.Name, name) {
			return member.Value
		}
	}
	return nil
}

// given returns the value of an input, "" if it is not there.
func (a *action) given(name string) value {
	return a.scope.here(a.scope.value(a.input(name)))
}

// pushing is the scope in the runs in which the input "push" is true; ok is false if
// there is none.
func (a *action) pushing() (s scope, ok bool) {
	push := a.input("push")
	if push == nil {
		return a.scope, false
	}
	s, ok = a.scope.where(push.Text, a.given("push"), func(a alternative) (is, sure bool) {
		text, known := a.text.known()
		return strings.EqualFold(strings.TrimSpace(text), "true"), known
	})
	if !ok && strings.Contains(push.Text, "${{") {
		a.isNever(a.node, push)
	}
	return s, ok
}

// outputs says what an output of the step is.
func (a *action) outputs(name string, v value) {
	if id := a.node.Get("id"); id.Scalar() {
		a.output(id.Text, name, v, true)
	}
}

// masksAccount matches the versions of aws-actions/configure-aws-credentials that mask the account
// unless they are told not to (CHANGELOG.md, 3.0.0).
var masksAccount = regexp.MustCompile(`@v[12](\.|$)`)

// configureCredentials reads aws-actions/configure-aws-credentials, which sets the
// region for the steps behind it.
func (a *action) configureCredentials() {
	if region := a.input("aws-region"); region != nil {
		v := a.given("aws-region")
		a.write("AWS_REGION", v, region.Place, !a.node.Has("if"))
		a.write("AWS_DEFAULT_REGION", v, region.Place, !a.node.Has("if"))
	}
	if a.given("role-to-assume").empty() && a.given("aws-access-key-id").empty() && !a.fact.Configures.There {
		a.fact.Configures = a.uses()
	}
	masks, known := a.given("mask-aws-account-id").literal()
	a.masked = a.masked || !known || masks == "true" || masks == "" && masksAccount.MatchString(a.uses().Value)
	a.assume()
	a.outputs("aws-account-id", accountOf(a.logins.as))
}

// checkout notes that GitHub's token, with which the action reads the source repository, may not read a private one: a
// permission that is not named is none
// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions).
func (a *action) checkout() {
	permissions := a.permissions()
	ownToken := a.given("token").empty() && a.given("ssh-key").empty() && a.given("repository").empty()
	if permissions.Is(source.Map) && ownToken && !slices.Contains([]string{"read", "write"}, permissions.Word("contents")) && a.fact.Checkout == (source.Place{}) {
		a.fact.Checkout = a.node.Place
	}
}

// bake reads docker/bake-action, as bake reads the command.
func (a *action) bake() {
	s, pushes := a.pushing()
	if !pushes {
		return
	}
	var settings value
	for _, line := range a.lines("set") {
		settings = append(settings, a.alternatives(line)...)
	}
	targets := slices.DeleteFunc(strings.FieldsFunc(a.input("targets").Word(), func(sign rune) bool { return strings.ContainsRune(", \n", sign) }), func(target string) bool { return target == "default" })
	refs := bakedTags(settings, targets)
	if len(refs) == 0 {
		refs = value{{text: textUnknown("the file that docker/bake-action reads says where to push")}}
	}
	for _, ref := range refs {
		a.push(s, ref, a.node.Place, facts.Pushes, s.dockerConfig(false, a.node.Place))
	}
}

func (a *action) buildAndPush() {
	a.leaves()
	outer, b := a.scope, a.buildOf()
	s, pushes := a.pushing()
	if given := a.given("platforms"); !given.empty() {
		load, _ := a.given("load").literal()
		a.platforms(b, load == "true", given)
	}
	var output attributes
	for _, line := range a.lines("outputs") {
		for _, alternative := range a.alternatives(line) {
			one := attributesOf(alternative.string())
			if !one.pushes(pushes) {
				a.digestAlone(one, line.at)
				continue
			}
			a.byDigest(b, one)
			if output = one; one.pushes(false) {
				s, pushes = outer, true
			}
			a.scope = s
			a.each(alternative, one.pushed(one.named("name")...), line.at, facts.Pushes)
			a.scope = outer
		}
	}
	if pushes {
		a.scope = s
		for _, line := range a.lines("tags") {
			for _, alternative := range a.alternatives(line) {
				a.each(alternative, output.pushed(alternative.string().split(",\n")...), line.at, facts.Pushes)
			}
		}
		a.scope = outer
		a.noTag(output)
		a.pushesTagless()
	}
	a.noContext()
	for _, cache := range []struct {
		input string
		use   facts.Use
	}{{"cache-to", facts.CachesTo}, {"cache-from", facts.CachesFrom}} {
		for _, line := range a.lines(cache.input) {
			for _, alternative := range a.alternatives(line) {
				if cache.use == facts.CachesTo {
					a.exports(b, attributesOf(alternative.string()), line.at)
				}
				a.each(alternative, attributesOf(alternative.string()).cache(), line.at, cache.use)
			}
		}
	}
}

// noTag looks for a push of an image without a name, or with a tag and by digest.
func (a *action) noTag(output attributes) {
	lines, told := a.lines("tags"), a.given("push")
	if always, _ := told.literal(); always == "true" && a.input("outputs") == nil && !slices.ContainsFunc(lines, func(line inputLine) bool { return !a.alternatives(line).empty() }) {
		a.fails(a.node.Place, `pushes an image without a name: "tags" is empty in every run`, giveTag)
	}
	for _, line := range lines {
		for _, of := range a.alternatives(line) {
			a.taggedDigest(output, of.string(), line.at)
		}
	}
}

// taggedDigest looks for a push by digest of an image with a tag, which fails wherever a run comes to it.
func (j *job) taggedDigest(output attributes, ref pieces, at source.Place) {
	if output.literal("push-by-digest") == "true" && !slices.Equal(ref, untagged(ref)) {
		j.breaks(at, "pushes by digest, and BuildKit refuses that for an image with a tag", "take the tag out; docker buildx imagetools create gives it")
	}
}

// pathInWorkspace matches a build's context that is a folder of the runner's workspace.
var pathInWorkspace = regexp.MustCompile(`^(\.|[\w-]+(/[\w.-]+)*/?$)`)

// noContext looks for a build of files of the source repository that are not there. Without "context" it
// takes them from GitHub.
func (a *action) noContext() {
	context, known := a.given("context").literal()
	file, named := a.given("file").literal()
	if !known || !pathInWorkspace.MatchString(context) || !named || path.IsAbs(file) || strings.HasPrefix(path.Clean(file), "..") {
		return
	}
	for _, at := range []string{context, cmp.Or(file, path.Join(context, "Dockerfile"))} {
		if a.lacksFile(at) {
			why, fix := a.missing()
			a.fails(a.input("context").Place, "builds from "+facts.Quoted([]string{at})+", "+why, fix+`, or leave out "context"`)
			return
		}
	}
}

// each pushes to the images that an alternative names: each on a line, or behind a comma.
func (a *action) each(of alternative, refs []pieces, at source.Place, use facts.Use) {
	for _, ref := range refs {
		if _, sign, _ := ref.cut(" \t"); sign != 0 {
			a.refuse(ref, at)
			continue
		}
		a.push(a.scope, of.as(ref), at, use, a.scope.dockerConfig(false, at))
	}
}

type inputLine struct {
	text string
	at   source.Place
}

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

func (a *action) alternatives(line inputLine) value {
	return a.scope.capped(a.scope.here(a.scope.interpolate(line.text)))
}
