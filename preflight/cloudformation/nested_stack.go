package cloudformation

import (
	"path"
	"slices"
	"strings"

	"keyless-runners/preflight/source"
)

// addNestedStack records a stack that may let others push and is not judged here.
func (r *reader) addNestedStack(of *resource) {
	r.addUnread(of, "nested stack ", "check its template alone, with its parameters by --parameter NAME=VALUE")
	own := of.node.Get("Metadata", "aws:asset:path")
	for _, property := range []string{"TemplateURL", "Location"} {
		if url := r.property(of, property); !own.Is(source.String) && url.Is(source.String) && !strings.Contains(url.Text, ":") {
			own = url
		}
	}
	overrides := slices.ContainsFunc(r.property(of, "Parameters").Entries(), func(given source.Member) bool { return !strings.HasPrefix(given.Name, cdkReference) })
	if own.Is(source.String) && !overrides {
		r.facts.Unread[len(r.facts.Unread)-1].Template = path.Join(path.Dir(strings.ReplaceAll(of.place.File, `\`, "/")), own.Text)
	}
}

// cdkReference begins the names of the parameters by which the CDK hands on what another stack has. They have no
// default, so that the nested template by itself is the one of the stack, with less that is known.
const cdkReference = "referenceto"
