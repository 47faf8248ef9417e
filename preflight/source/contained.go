package source

// Contained returns the value that a text contains, in YAML or JSON, all of it at the text's
// place; nil for what is no text, or does not contain one value.
func (n *Node) Contained() *Node {
	if n == nil || n.Kind != String {
		return nil
	}
	roots, err := Parse(n.Place.File, []byte(n.Text))
	if err != nil || len(roots) != 1 {
		return nil
	}
	roots[0].PutAt(n.Place)
	return roots[0]
}

// PutAt gives a value, and all within it, one place.
func (n *Node) PutAt(at Place) {
	n.Walk(func(within *Node) bool {
		within.Place = at
		for i := range within.Members {
			within.Members[i].Place = at
		}
		return true
	})
}
