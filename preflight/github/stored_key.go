package github

import (
	"regexp"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/github/shell"
	"keyless-runners/preflight/source"
)

// profileNames are the variables that point AWS tools at a file.
var profileNames = append(slices.Clone(identity.ProfileVariables), identity.EnvTokenFile)

// sameAsEver are the values of profileNames that change nothing: the profile that AWS tools use
// anyway, and the file of EKS.
var sameAsEver = []string{"", "default", identity.WebIdentityTokenFile}

// keyInputs are inputs of aws-actions/configure-aws-credentials.
var keyInputs = []string{"aws-access-key-id", "aws-secret-access-key", "aws-session-token"}

// once reports whether no job has anything to report at the place yet.
func (r *reader) once(at source.Place) bool {
	seen := r.keys[at]
	r.keys[at] = true
	return !seen
}

// stored adds a use of a stored key, unless a job has one at the same place
// already.
func (j *job) stored(what string, at source.Place) {
	if j.once(at) {
		j.fact.StoredKeys = append(j.fact.StoredKeys, facts.StoredKey{What: what, Place: at})
	}
}

// profile adds a variable or an option that sends AWS tools to a file, once for a place.
func (j *job) profile(what string, v value, at source.Place) {
	name, known := v.literal()
	if !(known && slices.Contains(sameAsEver, name)) && j.once(at) {
		j.fact.Profiles = append(j.fact.Profiles, facts.Text{Value: what, Place: at, There: true})
	}
}

// keeps reports whether a key with the value is stored anywhere: one that a step of
// the run makes is not.
func keeps(v value) bool {
	return !v.empty() && !v.has(kindFresh) && !v.has(kindContent)
}

// storedSetting looks at a variable or a setting of the AWS CLI that a script sets.
func (j *job) storedSetting(name string, v value, at source.Place) {
	for _, key := range identity.KeyVariables {
		if strings.EqualFold(name, key) && keeps(v) {
			j.stored(name, at)
		}
	}
	if slices.Contains(profileNames, name) {
		j.profile(name, v, at)
	}
}

// storedKeys finds the keys that the workflow and the job name, whether or not a
// step with them runs.
func (j *job) storedKeys() {
	j.storedIn(j.root.Get("env"))
	j.storedWithin(j.node)
	j.storedSecrets(j.root.Get("env"))
	j.storedSecrets(j.node)
	j.everySecret(j.root.Get("env"), "a variable")
	j.everySecret(j.node, "a variable")
}

// storedInCall finds the keys that a job gives to the workflow that it calls, by their
// names there or here.
func (j *job) storedInCall() {
	j.storedGiven(j.node.Get("secrets"), namesKey)
	j.storedGiven(j.node.Get("with"), func(input string) bool {
		return slices.Contains(identity.KeyVariables, strings.ToUpper(strings.ReplaceAll(input, "-", "_")))
	})
	j.storedSecrets(j.node)
	j.everySecret(j.node, "the workflow "+j.node.Get("uses").Text)
}

func (j *job) storedGiven(given *source.Node, names func(string) bool) {
	for _, member := range given.Entries() {
		if names(member.Name) && keeps(j.scope.value(member.Value)) {
			j.stored(member.Name, member.Value.Place)
		}
	}
}

func (j *job) storedWithin(root *source.Node) {
	root.Walk(func(n *source.Node) bool {
		j.storedIn(n.Get("env"))
		if with := n.Get("with"); with != nil && n.Has("uses") {
			j.storedInputs(n.Get("uses").Text, with)
		}
		return true
	})
}

func (j *job) storedIn(env *source.Node) {
	for _, key := range identity.KeyVariables {
		if v := env.Get(key); v != nil && keeps(j.scope.value(v)) {
			j.stored(key, v.Place)
		}
	}
	for _, name := range profileNames {
		if v := env.Get(name); v != nil {
			j.profile(name, j.scope.value(v), v.Place)
		}
	}
}

func (j *job) storedInputs(uses string, with *source.Node) {
	name, _, _ := strings.Cut(strings.ToLower(uses), "@")
	for _, member := range with.Members {
		input := strings.ToLower(member.Name)
		for _, key := range keyInputs {
			if name == "aws-actions/configure-aws-credentials" && input == key && keeps(j.scope.value(member.Value)) {
				j.stored(input, member.Value.Place)
			}
		}
		if name == "docker/login-action" && (input == "username" || input == "password") &&
			j.mayBeECR(with.Get("registry")) && strings.Contains(member.Value.Text, "secrets") {
			j.stored(input+" of docker/login-action", member.Value.Place)
		}
	}
}

func (j *job) mayBeECR(registry *source.Node) bool {
	return slices.ContainsFunc(j.scope.value(registry), func(a alternative) bool {
		return slices.ContainsFunc(a.text, func(p piece) bool { return p.kind == kindKnown && isECR(p.text) })
	})
}

// secretName matches the name of a secret in an expression.
var secretName = regexp.MustCompile(`(?i)\bsecrets\s*(?:\.\s*|\[\s*')([A-Z0-9_-]+)`)

// storedSecrets looks for secrets whose name is that of an AWS key.
func (j *job) storedSecrets(root *source.Node) {
	root.Walk(func(n *source.Node) bool {
		if n.Kind == source.String && strings.Contains(strings.ToLower(n.Text), "secrets") {
			j.storedSecret(n)
		}
		return true
	})
}

// namesKey reports whether a secret is a key of AWS by its name.
func namesKey(secret string) bool {
	secret = strings.ToUpper(secret)
	return slices.ContainsFunc([]string{"AWS_ACCESS_KEY", "AWS_SECRET", "AWS_KEY"}, func(part string) bool { return strings.Contains(secret, part) })
}

func (j *job) storedSecret(n *source.Node) {
	for line, text := range strings.Split(n.Text, "\n") {
		for expression := range shell.Expressions(text) {
			for _, match := range secretName.FindAllStringSubmatch(expression, -1) {
				if namesKey(match[1]) {
					j.stored("secrets."+match[1], j.line(n, line))
				}
			}
		}
	}
}
