package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"keyless-runners/preflight"
)

// Mermaid writes chains as a flowchart that GitHub draws. A proved link is a line, an
// unknown one is dotted, a broken one ends in a cross.
func Mermaid(out io.Writer, chains []preflight.Chain) error {
	m := mermaid{nodes: map[string]string{}, links: map[string]bool{}}
	m.text.WriteString("flowchart LR\n")
	for _, chain := range chains {
		for _, link := range chain.Links {
			m.link(link)
		}
	}
	_, err := out.Write(m.text.Bytes())
	return err
}

// mermaid is a flowchart that is being written: what two chains share is drawn once.
type mermaid struct {
	text  bytes.Buffer
	nodes map[string]string
	links map[string]bool
}

// arrows are how mermaid writes a link of each state.
var arrows = map[preflight.State]string{preflight.Proved: "-->", preflight.Unknown: "-.->", preflight.Broken: "--x"}

func (m *mermaid) link(link preflight.Link) {
	line := fmt.Sprintf("  %s %s|%s| %s\n", m.node(link.From), arrows[link.State], mermaidText(link.Name), m.node(link.To))
	if !m.links[line] {
		m.links[line] = true
		m.text.WriteString(line)
	}
}

// node returns the id of a node, which is defined when it comes first.
func (m *mermaid) node(name string) string {
	id, known := m.nodes[name]
	if !known {
		id = fmt.Sprintf("n%d", len(m.nodes))
		m.nodes[name] = id
		fmt.Fprintf(&m.text, "  %s[%s]\n", id, mermaidText(name))
	}
	return id
}

// maxNode is how many characters of a value a box shows.
const maxNode = 160

// mermaidText is a text in quotes, with entities for what would end them
// (mermaid's documentation, "Entity codes to escape characters").
func mermaidText(text string) string {
	return `"` + strings.NewReplacer("#", "#35;", `"`, "#quot;", "<", "#lt;", ">", "#gt;", "`", "#96;").Replace(shorten(printable(text), maxNode)) + `"`
}
