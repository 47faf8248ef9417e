package diff

import (
	"cmp"
	"fmt"
	"slices"

	"keyless-runners/identity"
)

// Action is an action of CloudFormation on a resource, or of kubectl on an object.
type Action string

const (
	Create  Action = "create"
	Change  Action = "change"
	Replace Action = "replace"
	Delete  Action = "delete"
	// Retain means that it is taken out of its stack, and stays.
	Retain Action = "retain"
	// Leave means that nothing is done, though it is not among the files any more.
	Leave Action = "leave"
	// Move means that another folder has it.
	Move Action = "move"
)

// Stack says what CloudFormation does when a template is deployed.
type Stack struct {
	// Template is the file's name, below the folder that is compared.
	Template string
	// Note says what is special about the stack, such as that it is new; "" if nothing is.
	Note      string
	Resources []Resource
}

// Resource says what CloudFormation does to a resource.
type Resource struct {
	Action Action
	// Title names it by type and name.
	Title     string
	LogicalID string
	// Because names the properties that differ.
	Because []string
}

// stackNames is by which name files of one stack are shown.
func stackName(name string) string { return cmp.Or(name, "the template") }

// stacks compares the templates of both states, each with that of the same name.
func (c *comparison) stacks() []Stack {
	var found []Stack
	for _, after := range c.now.templates {
		stack := Stack{Template: stackName(after.name)}
		before := c.base.stays(after)
		if before == nil {
			stack.Note, before = "a new stack", &template{}
			if moved := c.base.named(after.name); moved != nil {
				from, to := elsewhere(*moved, after)
				stack.Note += " in " + to + ", instead of " + from
			}
		}
		stack.Resources = updatesOf(*before, after)
		if len(stack.Resources) > 0 {
			found = append(found, stack)
		}
	}
	return found
}

// elsewhere is from where to where a template has moved, such as "region us-east-1"; "" if it is
// deployed where it was, as far as the files determine it.
func elsewhere(before, after template) (from, to string) {
	switch {
	case after.account.Known() && before.account.Contradicts(after.account.Value):
		return "account " + before.account.Value, "account " + after.account.Value
	case after.region.Known() && before.region.Contradicts(after.region.Value):
		return "region " + before.region.Value, "region " + after.region.Value
	}
	return "", ""
}

// stays returns the template of the same stack in the other state, nil if there is none.
func (s State) stays(t template) *template {
	other := s.named(t.name)
	if other == nil {
		return nil
	}
	if from, _ := elsewhere(*other, t); from != "" {
		return nil
	}
	return other
}

// updatesOf returns what CloudFormation does to the resources of a stack, in its order: deletions
// come last.
func updatesOf(before, after template) []Resource {
	var found []Resource
	for _, r := range after.resources {
		old := before.resource(r.id)
		switch {
		case old == nil || old.kind != r.kind:
			found = append(found, r.does(Create, nil))
		case len(differences(*old, r)) > 0:
			found = append(found, r.does(actionOn(*old, r), differences(*old, r)))
		}
	}
	for _, r := range before.resources {
		if kept := after.resource(r.id); kept == nil || kept.kind != r.kind {
			action := Delete
			if r.retained {
				action = Retain
			}
			found = append(found, r.does(action, nil))
		}
	}
	return found
}

func (t template) resource(id string) *resource {
	for i := range t.resources {
		if t.resources[i].id == id {
			return &t.resources[i]
		}
	}
	return nil
}

func (r resource) does(action Action, because []string) Resource {
	return Resource{action, r.title(), r.id, because}
}

// differences are the names of the properties that differ, in order.
func differences(before, after resource) []string {
	var found []string
	for name, value := range after.properties {
		if before.properties[name] != value {
			found = append(found, name)
		}
	}
	for name := range before.properties {
		if _, kept := after.properties[name]; !kept {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return found
}

// actionOn returns CloudFormation's action on a resource that differs.
func actionOn(before, after resource) Action {
	if len(replacing(before, after)) > 0 {
		return Replace
	}
	return Change
}

// replacing are the properties for which a resource is replaced.
func replacing(before, after resource) []string {
	return slices.DeleteFunc(differences(before, after), func(property string) bool {
		return !slices.Contains(identity.ReplacedFor(after.kind), property)
	})
}

// noun returns the word that people have for the resource, and its name.
func (r resource) noun() string {
	if r.name == "" {
		return r.title()
	}
	return fmt.Sprintf("%s %q", cmp.Or(updates[r.kind].noun, r.kind), r.name)
}

// nouns name resources.
func nouns(resources []resource) []string {
	var words []string
	for _, r := range resources {
		words = append(words, r.noun())
	}
	return words
}

// logicalIDs returns the logical ids of resources.
func logicalIDs(resources []resource) []string {
	var ids []string
	for _, r := range resources {
		ids = append(ids, r.id)
	}
	return ids
}
