package adopt

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"keyless-runners/identity"
)

// Stack is a stack that is to take over resources, and what is known of it.
type Stack struct {
	Account   identity.AccountID
	Partition identity.Partition
	// Template is the rendered template, in JSON.
	Template []byte
	// Deployed is the template that the stack has, as "aws cloudformation get-template" prints
	// it. Zero: there is no such stack yet, and the import makes it.
	Deployed []byte
	// Details is the output of "aws iam get-account-authorization-details". Zero: none, which
	// suffices where neither a role nor a policy is taken over.
	Details []byte
	// Associations are the outputs of "aws eks describe-pod-identity-association", one for each
	// association that is taken over.
	Associations [][]byte
}

// Import is a resource import.
type Import struct {
	resources []resource
	template  map[string]any
}

// resource is one that is imported.
type resource struct {
	id, kind          string
	identifier, value string
}

// New returns the import of the named resources of a stack's template, each by its logical id or
// the name that it has in AWS: of a role, a policy or an image repository, the URL of a provider, the
// prefix of a pull through cache, which has a rule and a template, or the cluster, namespace and
// ServiceAccount of an association.
func New(s Stack, names []string) (Import, error) {
	rendered, err := parse(s.Template)
	if err != nil {
		return Import{}, fmt.Errorf("the rendered template: %w", err)
	}
	i := Import{template: map[string]any{"Description": rendered["Description"], "Resources": map[string]any{}}}
	if s.Deployed != nil {
		if i.template, err = deployed(s.Deployed); err != nil {
			return Import{}, fmt.Errorf("the deployed template: %w", err)
		}
	}
	var errs []error
	for _, name := range names {
		ids, err := find(resourcesOf(rendered), name)
		errs = append(errs, err)
		for _, id := range ids {
			definition, _ := resourcesOf(rendered)[id].(map[string]any)
			errs = append(errs, i.add(s, name, id, definition))
		}
	}
	slices.SortFunc(i.resources, func(a, b resource) int { return strings.Compare(a.id, b.id) })
	return i, errors.Join(errs...)
}

// add adds the resource with the logical id.
func (i *Import) add(s Stack, name, id string, definition map[string]any) error {
	properties, _ := definition["Properties"].(map[string]any)
	kindName := textOf(definition, "Type")
	how := kinds[kindName]
	resources := resourcesOf(i.template)
	if _, has := resources[id]; has {
		return fmt.Errorf("%q is in the stack already, or named twice", name)
	}
	stated := map[string]any{}
	if how.is != nil {
		is, err := how.is(s, properties)
		if err != nil {
			return err
		}
		stated = is
	}
	// Recorded as they are to be, or the next deployment would replace what is imported.
	for _, property := range slices.Concat(identity.ReplacedFor(kindName), how.needs) {
		if value, ok := properties[property]; ok {
			stated[property] = value
		}
	}
	// CloudFormation imports nothing without a DeletionPolicy. That of the rendered template
	// counts from the next deployment.
	resources[id] = map[string]any{"Type": kindName, "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain", "Properties": stated}
	i.resources = append(i.resources, resource{id, kindName, how.identifier, how.of(s, properties)})
	return nil
}

// find are the logical ids of the resources by one of those or by the name in AWS. Its error lists
// what can be imported.
func find(rendered map[string]any, name string) (ids []string, err error) {
	var known []string
	for _, id := range slices.Sorted(maps.Keys(rendered)) {
		definition, _ := rendered[id].(map[string]any)
		properties, _ := definition["Properties"].(map[string]any)
		how, can := kinds[textOf(definition, "Type")]
		if !can {
			continue
		}
		if called := how.name(properties); id == name || called == name {
			ids = append(ids, id)
		} else if quoted := fmt.Sprintf("%q", called); !slices.Contains(known, quoted) {
			known = append(known, quoted)
		}
	}
	if ids == nil {
		err = fmt.Errorf("%q is no resource of the template that can be imported: want one of %s", name, strings.Join(known, ", "))
	}
	return ids, err
}

// deployed reads the template from what "aws cloudformation get-template" prints, or a template alone.
func deployed(printed []byte) (map[string]any, error) {
	template, err := parse(printed)
	if err != nil {
		return nil, err
	}
	switch body := template["TemplateBody"].(type) {
	case nil:
	case map[string]any:
		template = body
	default:
		return nil, errors.New("TemplateBody is a text: want a template in JSON, as it is rendered")
	}
	if resourcesOf(template) == nil {
		return nil, errors.New("it has no Resources")
	}
	return template, nil
}

func parse(template []byte) (map[string]any, error) {
	var tree map[string]any
	decoder := json.NewDecoder(bytes.NewReader(template))
	decoder.UseNumber()
	if err := decoder.Decode(&tree); err != nil {
		return nil, fmt.Errorf("it is not JSON: %w", err)
	}
	return tree, nil
}

func resourcesOf(template map[string]any) map[string]any {
	resources, _ := template["Resources"].(map[string]any)
	return resources
}
