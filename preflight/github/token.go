package github

import (
	"slices"
	"strings"

	"keyless-runners/preflight/source"
)

// tokenContexts are the ends of the subjects that GitHub's token of the job can have, such as
// "ref:refs/heads/main": that of its environment, or else one for each branch and event that starts the
// workflow; nil if they are not all known (GitHub, "OpenID Connect reference", "Example subject claims").
func (j *job) tokenContexts() (contexts []string) {
	if environment := j.node.Get("environment"); environment != nil {
		if environment.Has("name") {
			environment = environment.Get("name")
		}
		return contextsOf("environment:", []*source.Node{environment})
	}
	on := trigger(j.root)
	for _, event := range eventsOf(on) {
		switch filters := on.Get(event); {
		case event == "pull_request":
			contexts = append(contexts, event)
		case event == "push" && filters.Has("branches") && !filters.Has("tags") && !filters.Has("tags-ignore"):
			branches := contextsOf("ref:refs/heads/", filters.Get("branches").Elements())
			if branches == nil {
				return nil
			}
			contexts = append(contexts, branches...)
		default:
			return nil
		}
	}
	return contexts
}

// contextsOf puts the prefix in front of each name; nil if one is a pattern or is not known.
func contextsOf(prefix string, names []*source.Node) (contexts []string) {
	if slices.ContainsFunc(names, func(name *source.Node) bool { return !name.Scalar() || strings.ContainsAny(name.Text, "*?+[]!${}:") }) {
		return nil
	}
	for _, name := range names {
		contexts = append(contexts, prefix+name.Text)
	}
	return contexts
}
