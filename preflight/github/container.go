package github

import (
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// entrypoints are the tools that images start if nothing else is said, by a part of the
// image's name.
var entrypoints = []struct{ image, tool string }{{"kaniko", "executor"}, {"crane", "crane"}, {"skopeo", "skopeo"}, {"oras", "oras"}}

// ReadContainer returns what the command of a Pod's container does. The variables are the
// container's, in their order and with their values.
func ReadContainer(c *facts.Container, variables []facts.EnvVar) facts.Job {
	r := newReader(nil)
	j := newJob(r, r.scope, facts.Job{Place: c.Place, ID: c.Name.Value})
	j.image, j.mountsConfig = c.Image.Value, mountsKanikosConfig(c.Mounts)
	x := &script{job: j, step: j.scope, variables: newVariables(j.scope.env), node: &source.Node{Place: c.Place},
		functions: map[string]*shellFunction{}, changing: map[string]bool{}, wrote: map[string]bool{}, always: true}
	for _, v := range variables {
		whole := x.referring(v.Value)
		if v.From != "" {
			whole = valueOfFact(v.Value) // only what the Pod writes out refers to other variables
		}
		x.set(v.Name, whole)
	}
	x.command(x.wordsOf(c), c.Place)
	j.fact.Logins = j.logins.facts()
	j.fact.Pushes, _ = j.images.pushes(true)
	return j.fact
}

// wordsOf are the words of a container's command.
func (x *script) wordsOf(c *facts.Container) (words []value) {
	if len(c.Command) == 0 {
		for _, entrypoint := range entrypoints {
			if strings.Contains(c.Image.Value, entrypoint.image) {
				words = append(words, valueOf(entrypoint.tool))
				break
			}
		}
	}
	for _, word := range slices.Concat(c.Command, c.Args) {
		words = append(words, x.referring(word))
	}
	return words
}

// referring is a text with $(NAME) replaced by the variable, as Kubernetes does where it is set
// already; "$$" stands for "$".
func (x *script) referring(written facts.Text) value {
	whole, rest := valueOf(""), written.Value
	if written.Unknown != "" {
		return valueOfFact(written)
	}
	for {
		literal, behind, found := strings.Cut(rest, "$")
		whole = x.step.join(whole, valueOf(literal))
		name, after, closed := strings.Cut(strings.TrimPrefix(behind, "("), ")")
		switch {
		case !found:
			return whole
		case strings.HasPrefix(behind, "$"):
			whole, rest = x.step.join(whole, valueOf("$")), behind[1:]
			continue
		case strings.HasPrefix(behind, "(") && closed && x.before(name) != nil:
			whole, rest = x.step.join(whole, x.before(name)), after
			continue
		}
		whole, rest = x.step.join(whole, valueOf("$")), behind
	}
}

func valueOfFact(t facts.Text) value {
	if t.Unknown != "" {
		return unknownValue(kindUnknown, t.Unknown)
	}
	return valueOf(t.Value)
}
