package identity

import (
	"fmt"
	"strings"
)

// wrapped is a name and what people give around it, such as the rest of an ARN.
type wrapped struct{ before, name, after string }

// report returns nil if nothing stands around the name. Its error shows what to leave out,
// and the name if the check accepts it.
func (w wrapped) report(kind string, check func(string) error) error {
	var around []string
	for _, text := range []string{w.before, w.after} {
		if text != "" {
			around = append(around, fmt.Sprintf("%q", text))
		}
	}
	if around == nil {
		return nil
	}
	alone := "the name alone"
	if check(w.name) == nil {
		alone += fmt.Sprintf(", %q", w.name)
	}
	return fmt.Errorf("%s %q: want %s, without %s", kind, w.before+w.name+w.after, alone, strings.Join(around, " and "))
}

// unwrapARN takes what names the resource out of an ARN, "arn:...:TYPE/NAME". It
// returns the zero value for a text that is no ARN of such a resource.
func unwrapARN(text, resource string) wrapped {
	start := strings.Index(text, ":"+resource+"/")
	if !strings.HasPrefix(text, "arn:") || start < 0 {
		return wrapped{}
	}
	end := start + len(resource) + 2
	return wrapped{before: text[:end], name: text[end:]}
}

// withoutPath leaves out the path of an IAM name, up to the last slash.
func (w wrapped) withoutPath() wrapped {
	end := strings.LastIndex(w.name, "/") + 1
	return wrapped{w.before + w.name[:end], w.name[end:], w.after}
}

// unwrapURL takes what is named out of a page's address on GitHub, where it may stand
// behind a folder such as "orgs/". It returns the zero value for any other text.
func unwrapURL(text, folder string) wrapped {
	const site = "github.com/"
	start := strings.Index(text, site)
	if start < 0 {
		return wrapped{}
	}
	if start += len(site); strings.HasPrefix(text[start:], folder) {
		start += len(folder)
	}
	name, _, _ := strings.Cut(text[start:], "/")
	return wrapped{text[:start], name, text[start+len(name):]}
}

// unwrapNamespace takes the name out of "NAMESPACE/NAME", as controllers log it, and
// out of the subject of a ServiceAccount. It returns the zero value for any other text.
func unwrapNamespace(text string) wrapped {
	separator := "/"
	if strings.HasPrefix(text, subjectPrefix) {
		separator = ":"
	}
	if strings.HasPrefix(text, "arn:") {
		return wrapped{}
	}
	end := strings.LastIndex(text, separator) + 1
	return wrapped{before: text[:end], name: text[end:]}
}
