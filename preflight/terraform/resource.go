package terraform

import (
	"fmt"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"

	"keyless-runners/preflight/source"
)

// resource is an instance of a resource or of a data source.
type resource struct {
	// address is the instance's, such as `module.a["x"].aws_iam_role.b[0]`, and module its
	// module's, "" for the root.
	address, module string
	// kind is the type, with "data." in front of a data source's.
	kind, name string
	place      source.Place
	// values are the values after apply; nil: the plan deletes the resource. before are those that
	// the plan found; nil in a state, and if the plan creates the resource.
	values, before *source.Node
	// config is the resource in the configuration; nil in a state.
	config *tfjson.ConfigResource
}

func (of *resource) isData() bool { return strings.HasPrefix(of.kind, "data.") }

// addChanges adds the resources of a plan. One that the plan forgets stays as it is.
func (r *reader) addChanges(changes *source.Node) {
	for _, node := range changes.Values() {
		change := node.Get("change")
		if node.Has("deposed") {
			continue
		}
		of := r.newResource(node, node.Word("module_address"))
		of.before = of.overlay(change.Get("before"), nil, change.Get("before_sensitive"), "")
		of.values = of.overlay(change.Get("after"), change.Get("after_unknown"), change.Get("after_sensitive"), "")
		if actions := change.Get("actions").Values(); len(actions) == 1 && actions[0].Text == "forget" {
			of.values = of.before
		}
		r.add(of)
	}
}

// hasChanges reports whether the file is a plan with its resources, changed or not. A plan
// that only refreshes the state has them in the prior state.
func (r *reader) hasChanges() bool { return len(r.plan.ResourceChanges) > 0 }

// addModule adds the resources of a module of a state and of the modules in it. A plan has
// all resources among its changes, but for the data sources that it does not read again.
func (r *reader) addModule(module *source.Node) {
	for _, node := range module.Get("resources").Values() {
		of := r.newResource(node, module.Word("address"))
		if r.hasChanges() && (!of.isData() || r.byAddress[of.address] != nil) || node.Has("deposed_key") {
			continue
		}
		of.values = of.overlay(node.Get("values"), nil, node.Get("sensitive_values"), "")
		r.add(of)
	}
	for _, child := range module.Get("child_modules").Values() {
		r.addModule(child)
	}
}

func (r *reader) newResource(node *source.Node, module string) *resource {
	of := &resource{address: node.Word("address"), module: module, kind: node.Word("type"), name: node.Word("name"), place: node.Place}
	of.place = of.place.Of(of.address)
	if node.Word("mode") == string(tfjson.DataResourceMode) {
		of.kind = "data." + of.kind
	}
	of.config = r.configOf(of)
	return of
}

func (r *reader) add(of *resource) {
	r.resources = append(r.resources, of)
	r.byAddress[of.address] = of
}

// removeRepeated removes data sources that show what a resource, or an earlier data source,
// shows.
func (r *reader) removeRepeated() {
	shown := map[string]bool{}
	for _, of := range r.resources {
		if !of.isData() {
			shown[of.values.Word("arn")] = true
		}
	}
	r.resources = slices.DeleteFunc(r.resources, func(of *resource) bool {
		arn := of.values.Word("arn")
		repeats := arn != "" && of.isData() && shown[arn]
		shown[arn] = true
		return repeats
	})
}

// overlay copies a value and gives it the resource's place. Where the tree of what is known
// only after apply, or the tree of what is sensitive, has true, the copy is unknown. Path is
// the attribute's.
func (of *resource) overlay(value, unknown, sensitive *source.Node, path string) *source.Node {
	absent := value == nil || value.Kind == source.Null
	switch {
	case unknown.IsTrue(), (absent || unknown.Item(len(value.Items)) != nil) && anyTrue(unknown):
		return of.unknown(value, path, "known after apply")
	case absent:
		return value
	case sensitive.IsTrue():
		return of.unknown(value, path, "sensitive, and not read")
	}
	copied := *value
	copied.Place = copied.Place.Of(of.address)
	copied.Items, copied.Members = nil, nil
	for i, item := range value.Items {
		copied.Items = append(copied.Items, of.overlay(item, unknown.Item(i), sensitive.Item(i), fmt.Sprintf("%s[%d]", path, i)))
	}
	present, unknowns, sensitives := value.ByName(), unknown.ByName(), sensitive.ByName()
	for _, member := range value.Members {
		member.Place = member.Place.Of(of.address)
		member.Value = of.overlay(member.Value, unknowns[member.Name], sensitives[member.Name], join(path, member.Name))
		copied.Members = append(copied.Members, member)
	}
	for _, member := range unknown.Entries() {
		if present[member.Name] == nil && anyTrue(member.Value) {
			copied.Members = append(copied.Members, source.Member{Name: member.Name, Place: copied.Place, Value: of.unknown(nil, join(path, member.Name), "known after apply")})
		}
	}
	return &copied
}

func (of *resource) unknown(value *source.Node, path, why string) *source.Node {
	at := of.place
	if value != nil {
		at = value.Place.Of(of.address)
	}
	return &source.Node{Kind: source.Unknown, Text: fmt.Sprintf("%q of %s is %s", path, of.address, why), Place: at}
}

func anyTrue(node *source.Node) (found bool) {
	node.Walk(func(n *source.Node) bool {
		found = found || n.IsTrue()
		return !found
	})
	return found
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
