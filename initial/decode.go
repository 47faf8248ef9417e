package initial

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"keyless-runners/preflight/source"
)

// decode fills in a value of Kubernetes' types with what a file has. A value of another form than
// the type wants is an error.
func decode(node *source.Node, to any) error {
	text, err := json.Marshal(tree(node))
	if err != nil {
		return err
	}
	return json.Unmarshal(text, to)
}

// tree is a value as encoding/json has it. What is not known is null.
func tree(node *source.Node) any {
	switch {
	case node == nil:
		return nil
	case node.Kind == source.List:
		items := make([]any, len(node.Items))
		for i, item := range node.Items {
			items[i] = tree(item)
		}
		return items
	case node.Kind == source.Map:
		members := map[string]any{}
		for _, member := range node.Members {
			members[member.Name] = tree(member.Value)
		}
		return members
	case node.Kind == source.Bool:
		return node.Text == "true"
	case node.Kind == source.Number && json.Valid([]byte(node.Text)):
		return json.Number(node.Text)
	case node.Kind == source.Null || node.Kind == source.Unknown:
		return nil
	}
	return node.Text
}

// notIn are the members of an object that a struct has no field for, each with its place.
func notIn(node *source.Node, fields any) []source.Member {
	t := reflect.TypeOf(fields)
	return slices.DeleteFunc(slices.Clone(node.Entries()), func(member source.Member) bool {
		_, has := t.FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, member.Name) })
		return has || member.Value.Kind == source.Null
	})
}
