package kubernetes

import (
	"errors"
	"fmt"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// HookTemplate returns the template of a Pod that the value of a ConfigMap's key is to the
// container hooks. The error says why they cannot read it.
func HookTemplate(value facts.KeyValue) (*source.Node, error) {
	at, text := value.Value.Place, value.Value.Value
	if value.Block {
		text = strings.Repeat("\n", at.Line) + text
	}
	documents, err := source.Parse(at.File, []byte(text))
	var refused *source.Error
	switch {
	case errors.As(err, &refused):
		return nil, errors.New(refused.Problem)
	case len(documents) != 1:
		return nil, fmt.Errorf("it has %d documents; want one", len(documents))
	case documents[0].Kind != source.Map:
		return nil, fmt.Errorf("it is %s; want an object", documents[0].Kind)
	}
	place := func(within *source.Place) {
		if within.Column = 0; !value.Block { // where a line begins in the file is known of a block alone
			*within = at
		}
	}
	documents[0].Walk(func(node *source.Node) bool {
		place(&node.Place)
		for i := range node.Members {
			place(&node.Members[i].Place)
		}
		return true
	})
	return documents[0], nil
}
