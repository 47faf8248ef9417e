package cloudformation

import (
	"fmt"
	"slices"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Exports returns what the outputs of a template export, by the names under which others import it: those of
// which name and value are known.
func Exports(root *source.Node, size int, settings Settings) map[string]string {
	body, _ := bodyOf(root, size)
	exporting := slices.DeleteFunc(slices.Clone(body.Get("Outputs").Entries()), func(output source.Member) bool { return !output.Value.Has("Export", "Name") })
	if len(exporting) == 0 {
		return nil
	}
	t, where, _ := deployed(root, size, settings)
	r := newResolver(t, where, settings)
	exports := map[string]string{}
	for _, output := range exporting {
		name, value := r.resolve(output.Value.Get("Export", "Name")), r.resolve(output.Value.Get("Value"))
		condition := output.Value.Word("Condition")
		if name.Scalar() && value.Scalar() && (condition == "" || r.condition(condition).is(true)) {
			exports[name.Text] = value.Text
		}
	}
	return exports
}

// Imports reports whether the template has values that other stacks export.
func Imports(root *source.Node) (imports bool) {
	body, _ := bodyOf(root, 0)
	body.Walk(func(n *source.Node) bool {
		imports = imports || n.Tag == "!ImportValue" || n.Member("Fn::ImportValue") != nil
		return !imports
	})
	return imports
}

func (r *resolver) importValue(c call) *source.Node {
	name, why := r.scalar(c, c.argument)
	if why != "" {
		return c.unknown("Fn::ImportValue is another stack's output")
	}
	if value, known := r.exports[name]; known {
		return r.text(c, value)
	}
	return c.unknown(fmt.Sprintf("Fn::ImportValue %q is another stack's output", facts.Short(name)))
}
