package cloudformation

import (
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// template is a template whose parts can be found by their names.
type template struct {
	place source.Place
	// resources are in their order. A Fn::ForEach is one without a kind, and what
	// it makes is not among them.
	resources  []*resource
	byID       map[string]*resource
	parameters map[string]*source.Node
	conditions map[string]*source.Node
	mappings   map[string]map[string]map[string]*source.Node
	outputs    []source.Member
	// names are those of the parameters and then of the resources.
	names, conditionNames []string
	// transformed says that a macro may add to what the file has; generated are the
	// macros and the loops that do.
	transformed bool
	generated   []facts.Text
}

// resource is a resource as it is written.
type resource struct {
	id, kind string
	place    source.Place
	node     *source.Node
	// condition is the name of the one under which the resource is made; "" if it
	// always is.
	condition string
}

// newTemplate takes the tree apart. A part that has not the form that it should
// have is empty.
func newTemplate(root *source.Node) *template {
	if root == nil {
		root = &source.Node{}
	}
	t := &template{
		place:       root.Place,
		byID:        map[string]*resource{},
		parameters:  byName(root.Get("Parameters")),
		conditions:  byName(root.Get("Conditions")),
		mappings:    map[string]map[string]map[string]*source.Node{},
		outputs:     members(root.Get("Outputs")),
		transformed: root.Has("Transform"),
	}
	for _, member := range members(root.Get("Parameters")) {
		t.names = append(t.names, member.Name)
	}
	for _, member := range members(root.Get("Conditions")) {
		t.conditionNames = append(t.conditionNames, member.Name)
	}
	for _, member := range members(root.Get("Resources")) {
		t.addResource(member)
		if strings.HasPrefix(member.Name, "Fn::ForEach::") || member.Name == "Fn::Transform" {
			t.generated = append(t.generated, facts.Text{Value: member.Name, Place: member.Place, There: true})
		}
	}
	for _, macro := range facts.TextsOf(root.Get("Transform")) {
		// The language extensions alone add functions, and no resources.
		if !macro.Is("AWS::LanguageExtensions") {
			t.generated = append(t.generated, macro)
		}
	}
	for _, mapping := range members(root.Get("Mappings")) {
		keys := map[string]map[string]*source.Node{}
		for _, key := range members(mapping.Value) {
			keys[key.Name] = byName(key.Value)
		}
		t.mappings[mapping.Name] = keys
	}
	return t
}

func (t *template) addResource(member source.Member) {
	r := &resource{id: member.Name, kind: kindOf(member.Value), place: member.Place, node: member.Value}
	if condition := member.Value.Get("Condition"); condition.Scalar() {
		r.condition = condition.Text
	}
	t.resources = append(t.resources, r)
	t.byID[r.id] = r
	t.names = append(t.names, r.id)
}

// fact is the template as a whole.
func (t *template) fact(size int, where deployment) facts.Template {
	return facts.Template{
		Place:      t.place,
		Size:       size,
		Resources:  len(t.resources),
		Outputs:    len(t.outputs),
		Parameters: len(t.parameters),
		Account:    where.account,
		Region:     where.region,
		Conflicts:  where.conflicts,
		Generated:  t.generated,
	}
}

func members(node *source.Node) []source.Member {
	if node == nil {
		return nil
	}
	return node.Members
}

func byName(node *source.Node) map[string]*source.Node {
	named := map[string]*source.Node{}
	for _, member := range members(node) {
		named[member.Name] = member.Value
	}
	return named
}
