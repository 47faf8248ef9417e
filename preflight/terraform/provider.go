package terraform

import (
	"strings"

	"keyless-runners/preflight/facts"
)

func (r *reader) addProvider(of *resource) {
	r.facts.Providers = append(r.facts.Providers, facts.Provider{
		Place:          of.place,
		URL:            r.url(of),
		Account:        r.where(of).account,
		ClientIDs:      facts.TextsOf(r.value(of, "client_id_list")),
		ClientIDsKnown: true,
		Listed:         of.isData(),
	})
}

// url is that of an OIDC provider. IAM leaves the scheme out when it shows it, and so does
// the state.
func (r *reader) url(of *resource) facts.Text {
	url := r.required(of, "url")
	if url.Known() && !strings.Contains(url.Value, "://") {
		url.Value = "https://" + url.Value
	}
	return url
}
