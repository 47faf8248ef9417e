package cloudformation

import (
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// template has the parts of a template by their names.
type template struct {
	place source.Place
	// resources are in the order of the file. A Fn::ForEach is a resource without a kind;
	// the resources that it makes are missing.
	resources  []*resource
	byID       map[string]*resource
	parameters map[string]*source.Node
	conditions map[string]*source.Node
	mappings   map[string]map[string]map[string]*source.Node
	outputs    []source.Member
	// names has the parameters and then the resources.
	names, conditionNames []string
	// transformed reports that a macro may add to the template; generated are the macros and
	// loops that add resources.
	transformed bool
	generated   []facts.Text
}

type resource struct {
	id, kind string
	place    source.Place
	node     *source.Node
	// condition is the name of the condition under which the resource is made, "" if none.
	condition string
}

// newTemplate leaves a part empty that does not have the right form.
func newTemplate(root *source.Node) *template {
	if root == nil {
		root = &source.Node{}
	}
	t := &template{
		place:       root.Place,
		byID:        map[string]*resource{},
		parameters:  root.Get("Parameters").ByName(),
		conditions:  root.Get("Conditions").ByName(),
		mappings:    map[string]map[string]map[string]*source.Node{},
		outputs:     root.Get("Outputs").Entries(),
		transformed: root.Has("Transform"),
	}
	for _, member := range root.Get("Parameters").Entries() {
		t.names = append(t.names, member.Name)
	}
	for _, member := range root.Get("Conditions").Entries() {
		t.conditionNames = append(t.conditionNames, member.Name)
	}
	for _, member := range root.Get("Resources").Entries() {
		t.addResource(member)
		if strings.HasPrefix(member.Name, forEach) || member.Name == "Fn::Transform" {
			t.generated = append(t.generated, facts.Known(member.Name, member.Place))
		}
		if kind := member.Value.Get("Type"); strings.HasSuffix(member.Value.Word("Type"), "::MODULE") {
			t.generated = append(t.generated, facts.Known(kind.Text, kind.Place))
		}
	}
	for _, macro := range facts.TextsOf(root.Get("Transform")) {
		// The language extensions add functions, and no resources. SAM rewrites its own resources alone.
		if !macro.Is("AWS::LanguageExtensions") && !macro.Is(serverlessTransform) {
			t.generated = append(t.generated, macro)
		}
	}
	for _, mapping := range root.Get("Mappings").Entries() {
		keys := map[string]map[string]*source.Node{}
		for _, key := range mapping.Value.Entries() {
			keys[key.Name] = key.Value.ByName()
		}
		t.mappings[mapping.Name] = keys
	}
	return t
}

func (t *template) addResource(member source.Member) {
	r := &resource{id: member.Name, kind: member.Value.Word("Type"), place: member.Place, node: member.Value, condition: member.Value.Word("Condition")}
	t.resources = append(t.resources, r)
	t.byID[r.id] = r
	t.names = append(t.names, r.id)
}

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
