package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"keyless-runners/diagnose"
	"keyless-runners/preflight"
)

// Failures writes what the text of a failed job means. Chains are those of the
// files, for the lines to look at; none: no lines are named.
func Failures(out io.Writer, diagnoses []diagnose.Diagnosis, chains []preflight.Chain) error {
	var text bytes.Buffer
	for i, diagnosis := range diagnoses {
		if i > 0 {
			text.WriteByte('\n')
		}
		printDiagnosis(&text, diagnosis, chains)
	}
	_, err := out.Write(text.Bytes())
	return err
}

func printDiagnosis(text *bytes.Buffer, d diagnose.Diagnosis, chains []preflight.Chain) {
	fmt.Fprintf(text, "%s: %s\n  %s\n", d.Link, Plain(d.Title), Plain(d.Meaning))
	for _, value := range d.Values {
		fmt.Fprintf(text, "    %s: %s\n", value.Name, Plain(value.Text))
	}
	for i, cause := range d.Causes {
		fmt.Fprintf(text, "  %d. %s\n     look at %s\n     fix: %s\n", i+1, Plain(cause.What), Plain(cause.Look), Plain(cause.Fix))
		for _, place := range placesOf(cause.Subject, d, chains) {
			fmt.Fprintf(text, "     see %s\n", Plain(place))
		}
	}
	if len(d.Rules) > 0 {
		fmt.Fprintf(text, "  keyless check, before the job: %s\n", strings.Join(d.Rules, ", "))
	}
	fmt.Fprintf(text, "  source: %s\n", d.Source)
}

var linkOf = map[diagnose.Subject]string{
	diagnose.ServiceAccount:           preflight.LinkRole,
	diagnose.ServiceAccountAnnotation: preflight.LinkRole,
	diagnose.Provider:                 preflight.LinkProvider,
	diagnose.Role:                     preflight.LinkTrust,
	diagnose.TrustPolicy:              preflight.LinkTrust,
	diagnose.Policy:                   preflight.LinkPush,
	diagnose.ImageRepository:          preflight.LinkPush,
	diagnose.Workload:                 preflight.LinkServiceAccount,
	diagnose.Workflow:                 preflight.LinkJob,
}

// maxPlaces is how many places are named: with more, the text did not say whose
// chain it was.
const maxPlaces = 3

// placesOf are the places of a subject in the chains that the text is about: those
// of the role that it names, or all.
func placesOf(subject diagnose.Subject, d diagnose.Diagnosis, chains []preflight.Chain) []string {
	var places []string
	seen := map[string]bool{}
	for _, chain := range chains {
		if !namesRole(chain, d.Value("role")) {
			continue
		}
		for _, link := range chain.Links {
			place := link.Place.String()
			if link.Name == linkOf[subject] && !seen[place] {
				seen[place] = true
				places = append(places, place)
			}
		}
	}
	if len(places) > maxPlaces {
		return nil
	}
	return places
}

// namesRole reports whether the chain is that of the role with the name, or of any for "".
func namesRole(chain preflight.Chain, role string) bool {
	if role == "" {
		return true
	}
	role = role[strings.LastIndex(role, "/")+1:]
	return slices.ContainsFunc(chain.Links, func(link preflight.Link) bool { return link.To == "role "+role || link.From == "role "+role })
}
