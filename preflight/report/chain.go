package report

import (
	"bytes"
	"fmt"
	"io"

	"keyless-runners/preflight"
)

// Chains writes chains link by link, in words.
func Chains(out io.Writer, chains []preflight.Chain) error {
	var text bytes.Buffer
	for i, chain := range chains {
		if i > 0 {
			text.WriteByte('\n')
		}
		fmt.Fprintf(&text, "%s (%s)\n", Plain(chain.Workload), Plain(chain.Place.String()))
		for n, link := range chain.Links {
			fmt.Fprintf(&text, "  %d. %s: %s\n     %s, see %s\n", n+1, link.Name, link.State, Plain(link.Text), Plain(link.Place.String()))
		}
	}
	_, err := out.Write(text.Bytes())
	return err
}
