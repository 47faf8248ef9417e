package diff

import (
	"fmt"
	"strings"
)

// Trouble is something that fails, or that stays behind.
type Trouble struct {
	// Fails reports that a deployment fails; otherwise something stays.
	Fails bool
	// Where is the template or the folder, and Things what it is about.
	Where  string
	Things []string
	// LogicalIDs are the logical ids of the resources, in order; empty for Kubernetes objects.
	LogicalIDs []string
	// Why says why, and Fix what to do.
	Why, Fix string
}

// troubles returns what fails and what stays, what fails first.
func (c *comparison) troubles() []Trouble {
	var fails, stays []Trouble
	for _, after := range c.now.templates {
		fails = append(fails, c.failures(after)...)
	}
	for _, before := range c.base.templates {
		stays = append(stays, c.remains(before)...)
	}
	return append(append(fails, stays...), c.objectsLeft()...)
}

// failures are why the deployment of a template fails.
func (c *comparison) failures(after template) []Trouble {
	var found []Trouble
	taken := map[string][]resource{}
	fixes := map[string]string{}
	var order []string
	before := c.base.stays(after)
	for _, r := range after.resources {
		var old *resource
		if before != nil {
			old = before.resource(r.id)
		}
		why, fix := "", ""
		switch {
		case r.name == "":
			continue
		case old == nil || old.kind != r.kind || old.name != r.name:
			why, fix = c.takenBy(after, r)
		case len(replacing(*old, r)) > 0:
			why = fmt.Sprintf("a change of %s replaces it, and CloudFormation creates the new one before it deletes the old one of that name", strings.Join(replacing(*old, r), " and "))
			fix = "give it another name too, or leave the property as it is"
		}
		if why == "" {
			continue
		}
		if taken[why] == nil {
			order = append(order, why)
		}
		taken[why], fixes[why] = append(taken[why], r), fix
	}
	for _, why := range order {
		found = append(found, Trouble{true, stackName(after.name), nouns(taken[why]), logicalIDs(taken[why]), why, fixes[why]})
	}
	return append(found, c.notEmpty(after)...)
}

// takenBy says which resource of the state before has the name that a new one wants, and what to
// do; "" if none has.
func (c *comparison) takenBy(after template, r resource) (why, fix string) {
	for _, before := range c.base.templates {
		from, _ := elsewhere(before, after)
		same := before.name == after.name && from == ""
		for _, old := range before.resources {
			if old.kind != r.kind || old.name != r.name || !same && !(old.literal && r.literal && mayMeet(before, after, updates[r.kind].regional)) {
				continue
			}
			switch now := c.now.named(before.name); {
			case same && old.retained:
				return "the name is taken: its logical id changes, and the old one is retained",
					"keep the logical id, or import the resource into the stack under its new one (aws cloudformation create-change-set --change-set-type IMPORT)"
			case same:
				return "the name is taken: its logical id changes, and CloudFormation creates the new one before it deletes the old one",
					"keep the logical id, or deploy once without the resource and then with it: jobs fail in between"
			case before.name == after.name:
				return fmt.Sprintf("the name is taken by the old stack, which stays in %s", from),
					"delete the old stack first, and what it retains, or give another name"
			case now == nil:
				return fmt.Sprintf("the name is taken by the stack of %s, which stays without a template", stackName(before.name)),
					"deploy the template to the old stack (its name is the stack's), or delete the old stack first, and what it retains"
			case now.has(old):
				return fmt.Sprintf("the name is taken by the stack of %s", stackName(before.name)), "give it another name"
			case old.retained:
				return fmt.Sprintf("the name is taken: the stack of %s gives the resource up, and retains it", stackName(before.name)),
					"import the resource into the new stack (aws cloudformation create-change-set --change-set-type IMPORT)"
			}
			return fmt.Sprintf("the name is taken until the stack of %s is deployed, which deletes it", stackName(before.name)),
				"deploy that stack first: jobs fail in between"
		}
	}
	return "", ""
}

// has reports whether a template has the resource still, with its name.
func (t template) has(old resource) bool {
	r := t.resource(old.id)
	return r != nil && r.kind == old.kind && r.name == old.name
}

// mayMeet reports whether resources of two templates may be in one account, and in one region
// where that counts.
func mayMeet(a, b template, regional bool) bool {
	if a.account.Known() && b.account.Contradicts(a.account.Value) {
		return false
	}
	return !regional || !a.region.Known() || !b.region.Contradicts(a.region.Value)
}

// notEmpty are image repositories that are deleted with their images, which Amazon ECR refuses.
func (c *comparison) notEmpty(after template) []Trouble {
	before := c.base.stays(after)
	if before == nil {
		return nil
	}
	var found []Trouble
	for _, r := range before.resources {
		if r.kind == imageRepositoryType && after.resource(r.id) == nil && !r.retained && !r.empties {
			found = append(found, Trouble{true, stackName(after.name), []string{r.noun()}, []string{r.id}, "Amazon ECR refuses to delete it while there are images in it",
				"retain it (DeletionPolicy: Retain), or delete its images first"})
		}
	}
	return found
}

// remains returns what stays of a template's stack.
func (c *comparison) remains(before template) []Trouble {
	name := stackName(before.name)
	after := c.now.named(before.name)
	if after == nil {
		return []Trouble{{false, name, nouns(before.resources), logicalIDs(before.resources), "the template is gone, and its stack stays until someone deletes it", "aws cloudformation delete-stack, after nothing uses it"}}
	}
	if from, to := elsewhere(before, *after); from != "" {
		return []Trouble{{false, name, nouns(before.resources), logicalIDs(before.resources), fmt.Sprintf("the old stack stays in %s with all images, because the template is for %s now", from, to),
			"copy the images that are needed, and delete the old stack after nothing uses it"}}
	}
	var kept []resource
	images := ""
	for _, r := range before.resources {
		now := after.resource(r.id)
		gone := now == nil || now.kind != r.kind
		if gone && r.retained || !gone && r.retainedIfReplaced && len(replacing(r, *now)) > 0 {
			kept = append(kept, r)
			if r.kind == imageRepositoryType {
				images = " with its images"
			}
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return []Trouble{{false, name, nouns(kept), logicalIDs(kept), "retained" + images + ", and in no stack any more", "delete them by hand when nothing uses them"}}
}
