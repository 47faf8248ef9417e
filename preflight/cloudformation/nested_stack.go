package cloudformation

import (
	"path"
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
	parameters, known := r.handedOn(of)
	if own.Is(source.String) && known {
		last := &r.facts.Unread[len(r.facts.Unread)-1]
		last.Template = path.Join(path.Dir(strings.ReplaceAll(of.place.File, `\`, "/")), own.Text)
		last.Parameters = parameters
	}
}

// handedOn are the parameters of a nested stack; not known: one of them is not.
func (r *reader) handedOn(of *resource) (parameters map[string]string, known bool) {
	for _, given := range r.property(of, "Parameters").Entries() {
		switch value := r.resolve(given.Value); {
		case strings.HasPrefix(given.Name, cdkReference):
		case !value.Scalar():
			return nil, false
		case parameters == nil:
			parameters = map[string]string{given.Name: value.Text}
		default:
			parameters[given.Name] = value.Text
		}
	}
	return parameters, true
}

// cdkReference begins the names of the parameters by which the CDK hands on what another stack has. They have no
// default, so that the nested template by itself is the one of the stack, with less that is known.
const cdkReference = "referenceto"
