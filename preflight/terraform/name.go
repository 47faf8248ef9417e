package terraform

import (
	"strings"

	"keyless-runners/preflight/facts"
)

// named is how others name a resource: by its kind and a text, such as its name, that is
// unique in one region of one account.
type named struct{ kind, text, provider, region string }

func (r *reader) nameOf(of *resource, kind, text string) named {
	return named{strings.TrimPrefix(kind, "data."), text, r.providerOf(of), word(of.values, "region")}
}

// put notes where in the facts of its kind a resource is, and how others name it.
func (r *reader) put(of *resource, i int, text facts.Text) {
	r.index[of] = i
	if text.Known() {
		key := r.nameOf(of, of.kind, text.Value)
		r.byName[key] = append(r.byName[key], of)
	}
}

// find are the resources of a kind that an attribute names: one, or those that share a name.
func (r *reader) find(of *resource, name, kind string) []*resource {
	if target, _ := r.target(of, name); target != nil && strings.TrimPrefix(target.kind, "data.") == kind {
		if _, there := r.index[target]; there {
			return []*resource{target}
		}
	}
	if text := r.text(of, name); text.Known() {
		return r.byName[r.nameOf(of, kind, text.Value)]
	}
	return nil
}
