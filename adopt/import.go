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
	// Details is what "aws iam get-account-authorization-details" prints. Zero: nothing, which
	// suffices where neither a role nor a policy is taken over.
	Details []byte
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
// the name that it has in AWS: of a role, a policy or an image repository, or the URL of a
// provider.
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
		errs = append(errs, i.add(s, resourcesOf(rendered), name))
	}
	slices.SortFunc(i.resources, func(a, b resource) int { return strings.Compare(a.id, b.id) })
	return i, errors.Join(errs...)
}

// add adds a resource by its name.
func (i *Import) add(s Stack, rendered map[string]any, name string) error {
	id, err := find(rendered, name)
	if err != nil {
		return err
	}
	definition, _ := rendered[id].(map[string]any)
	properties, _ := definition["Properties"].(map[string]any)
	kindName := text(definition, "Type")
	how := kinds[kindName]
	resources := resourcesOf(i.template)
	if _, has := resources[id]; has {
		return fmt.Errorf("%q is in the stack already, or named twice", name)
	}
	stated := map[string]any{}
	if how.is != nil {
		if s.Details == nil {
			return fmt.Errorf("%q is a role or policy: give what aws iam get-account-authorization-details prints of it, with --iam", name)
		}
		d, err := readDetails(s.Details)
		if err != nil {
			return err
		}
		if stated, err = how.is(s, d, properties); err != nil {
			return err
		}
	}
	// Recorded as they are to be, or the next deployment would replace what is imported.
	for _, property := range identity.ReplacedFor(kindName) {
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

// find is the logical id of a resource by that or by its name in AWS. Its error lists what can
// be imported.
func find(rendered map[string]any, name string) (id string, err error) {
	var known []string
	for _, id := range slices.Sorted(maps.Keys(rendered)) {
		definition, _ := rendered[id].(map[string]any)
		properties, _ := definition["Properties"].(map[string]any)
		how, can := kinds[text(definition, "Type")]
		switch {
		case id == name && text(definition, "Type") == associationType:
			return "", fmt.Errorf("%q is an EKS Pod Identity association, which AWS identifies by an ARN that no file has: delete the association, and deploy the stack right after it", name)
		case !can:
			continue
		case id == name || text(properties, how.name) == name:
			return id, nil
		}
		known = append(known, fmt.Sprintf("%q", text(properties, how.name)))
	}
	return "", fmt.Errorf("%q is no resource of the template that can be imported: want one of %s", name, strings.Join(known, ", "))
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
