package github

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/source"
)

// write sets a variable for the steps behind; sure says that it happens in every
// run.
func (j *job) write(name string, v value, at source.Place, sure bool) {
	before, isSet := j.next[name]
	if !isSet {
		before, isSet = j.written.get(name)
	}
	if isSet && !sure {
		v = append(append(value{}, before.value...), v...)
	}
	j.next[name] = variable{j.scope.capped(v), at}
}

// ended makes what a step wrote known to those behind.
func (j *job) ended() {
	for name, v := range j.next {
		j.written.values[name] = v
	}
	clear(j.next)
}

func (j *job) output(step, name string, v value, sure bool) {
	key := strings.ToLower(step + "." + name)
	if before, isSet := j.scope.outputs[key]; isSet && !sure {
		v = append(append(value{}, before...), v...)
	}
	j.scope.outputs[key] = j.scope.capped(v)
}

// handOver makes the outputs of the job known to those that need it.
func (j *job) handOver(member source.Member) {
	j.reader.scope.hand(member, j.node.Get("outputs"), func(output *source.Node) value {
		return j.scope.capped(j.scope.value(output)).each(j.writtenOut)
	})
}

// hand adds the outputs of a job to those that it may have otherwise.
func (s scope) hand(member source.Member, outputs *source.Node, of func(*source.Node) value) {
	s.needs[strings.ToLower(member.Name)] = nil // read
	for _, output := range outputs.Entries() {
		key := strings.ToLower(member.Name + "." + output.Name)
		s.needs[key] = s.capped(append(slices.Clip(s.needs[key]), of(output.Value)...))
	}
}

// writtenOut is a text for other jobs, which know nothing of this one's logins.
func (j *job) writtenOut(t pieces) (whole pieces) {
	for _, p := range t {
		if why := j.hides(p); why != "" {
			return registryUnknown(why + ", so no other job gets the output")
		}
		if place, isLogin := loginOf(pieces{p}); isLogin {
			whole = whole.and(j.writtenOutHost(place))
		} else {
			whole = whole.and(pieces{p})
		}
	}
	return whole
}

// hides says why the runner hands over no output with the piece in it, "" if it does
// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax,
// "jobs.<job_id>.outputs").
func (j *job) hides(p piece) string {
	switch {
	case j.masked && (p.kind == kindRegistryOfLogin || p.kind == kindKnown && isECR(p.text)):
		return "the account is masked (mask-aws-account-id)"
	case p.kind == kindFixed && strings.HasPrefix(p.text, "secrets."):
		return "a secret is in it"
	case p.kind == kindKnown && slices.ContainsFunc(j.masks, func(mask string) bool { return strings.Contains(p.text, mask) }):
		return "what a step masks (add-mask) is in it"
	}
	return ""
}

// writtenOutHost is the registry of the login at the place: one of Amazon ECR, whatever of it
// is not known.
func (j *job) writtenOutHost(place int) pieces {
	login := j.logins.found[place].Login
	account := login.Account
	if !account.There {
		account = accountOf(login.As)[0].text.hostFact(login.Place)
	}
	if account.Known() && login.Region.Known() {
		return textStanding(identity.Registry{Account: identity.AccountID(account.Value), Region: identity.Region(login.Region.Value)}.String())
	}
	return registryUnknown(cmp.Or(account.Unknown, login.Region.Unknown, "the login has no region"))
}

// registryUnknown is a registry of Amazon ECR of which nothing is known.
func registryUnknown(why string) pieces {
	return pieces{{kindUnknown, why}, {kindKnown, ".dkr.ecr."}, {kindUnknown, why}}
}

// writes are the names that a script may write to the file GITHUB_ENV.
var writes = regexp.MustCompile(`([A-Za-z_][A-Za-z0-9_]*)(?:=|<<)`)

// environmentFile is that file, and printsNamed a line that prints for a name which is in it.
var (
	environmentFile = regexp.MustCompile(`GITHUB_ENV\b|\bgithub\.env\b`)
	printsNamed     = regexp.MustCompile(`\b(echo|printf) +["']?[A-Za-z_][A-Za-z0-9_]*(=|<<)`)
)

// namesEnvironmentFile reports whether the text has the name of that file. Most have not, which takes
// the expression longer to find.
func namesEnvironmentFile(text string) bool {
	return (strings.Contains(text, "GITHUB_ENV") || strings.Contains(text, "github.env")) && environmentFile.MatchString(text)
}

// otherWrites makes unknown what a script may set for the steps behind it in a way
// that is not followed.
func (x *script) otherWrites() {
	if !namesEnvironmentFile(x.node.Text) {
		return
	}
	for line := range strings.Lines(x.node.Text) {
		x.sets = x.sets || namesEnvironmentFile(line) && !printsNamed.MatchString(line)
	}
	for _, match := range writes.FindAllStringSubmatch(x.node.Text, -1) {
		if name := match[1]; !x.wrote[name] {
			x.wrote[name] = true
			x.write(name, unknownValue(kindFresh, name+" may be written to GITHUB_ENV by a step"), x.node.Place, false)
		}
	}
}
