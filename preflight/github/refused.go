package github

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/rhysd/actionlint"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/github/shell"
	"keyless-runners/preflight/source"
)

// idForm matches the ids of jobs and steps.
var idForm = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)

// functions are the functions that every expression may call.
var functions = []string{"case", "contains", "endsWith", "format", "fromJSON", "join", "startsWith", "toJSON"}

// nouns are what messages call the values of some definitions.
var nouns = map[string]string{"workflow-root": "a workflow", "job": "a job", "steps-item": "a step"}

// refusals are why GitHub starts no job of a workflow, each at what it refuses.
type refusals []facts.Text

func (r *refusals) add(at source.Place, format string, values ...any) {
	*r = append(*r, facts.Known(fmt.Sprintf(format, values...), at))
}

// refusalsOf returns the refusals of the workflow.
func refusalsOf(root *source.Node) []facts.Text {
	var r refusals
	r.value(root, "workflow-root", "", root.Place, nil)
	r.events(trigger(root))
	jobs := root.Get("jobs")
	for _, job := range jobs.Entries() {
		if !idForm.MatchString(job.Name) {
			r.add(job.Place, "%q is no id of a job: letters, digits, - and _, and no digit or - first", facts.Short(job.Name))
		}
		r.job(jobs, job)
	}
	return r
}

// events refuses filters that do not go together.
func (r *refusals) events(on *source.Node) {
	for _, event := range on.Entries() {
		for _, filter := range []string{"branches", "paths", "tags"} {
			if ignored := event.Value.Member(filter + "-ignore"); ignored != nil && event.Value.Has(filter) {
				r.add(ignored.Place, "%q has %s and %s", event.Name, filter, ignored.Name)
			}
		}
	}
}

func (r *refusals) job(jobs *source.Node, job source.Member) {
	for _, name := range job.Value.Get("needs").Values() {
		if name.Scalar() && !strings.Contains(name.Text, "${{") && !slices.ContainsFunc(jobs.Entries(), func(other source.Member) bool { return strings.EqualFold(other.Name, name.Text) }) {
			r.add(name.Place, "job %q needs job %q, which does not exist", job.Name, facts.Short(name.Text))
		}
	}
	if waitsFor(jobs, job.Value, job.Name, map[string]bool{}) {
		r.add(job.Place, "job %q waits for itself", job.Name)
	}
	ids := map[string]bool{}
	for _, step := range job.Value.Get("steps").Elements() {
		name := step.Get("id")
		if name.Scalar() && ids[strings.ToLower(name.Text)] {
			r.add(name.Place, "%q is the id of two steps", facts.Short(name.Text))
		}
		ids[strings.ToLower(step.Word("id"))] = true
		uses := step.Get("uses")
		if uses.Scalar() && !strings.HasPrefix(uses.Text, local) && !strings.HasPrefix(uses.Text, "docker://") && !strings.Contains(uses.Text, "@") {
			r.add(uses.Place, "%q names no version of the action, such as @v4", facts.Short(uses.Text))
		}
	}
}

// waitsFor reports whether a job needs the one with the name, or a job that does.
func waitsFor(jobs, job *source.Node, name string, seen map[string]bool) bool {
	return slices.ContainsFunc(needs(job), func(needed string) bool {
		if seen[needed] {
			return false
		}
		seen[needed] = true
		return needed == name || waitsFor(jobs, jobs.Get(needed), name, seen)
	})
}

// value refuses what is not as the definition with the name says. The noun is what the value is
// to GitHub, and the contexts are those that the definitions around it let expressions use.
func (r *refusals) value(node *source.Node, name, noun string, at source.Place, contexts []string) {
	d := definitions()[name]
	all := d.alternatives
	if len(d.Context) > 0 {
		contexts = slices.Concat(contexts, d.Context)
	}
	noun = cmp.Or(nouns[name], noun)
	isList := func(d *definition) bool { return d.Sequence != nil }
	accepts := func(d *definition) bool { return d.Mapping == nil && !isList(d) && d.accepts(node) }
	list := slices.IndexFunc(all, isList)
	switch {
	case node.Kind == source.Map && len(d.objects) > 0:
		r.members(node, d.objects, noun, at, contexts)
	case node.Kind == source.List && list >= 0:
		for _, item := range node.Items {
			r.value(item, all[list].Sequence.ItemType, noun, item.Place, contexts)
		}
	case node.Kind == source.Map, node.Kind == source.List:
		r.add(at, "%s is %s; GitHub accepts %s", noun, node.Kind, listed(all))
	case strings.Contains(node.Text, "${{"):
		r.template(node.Text, noun, node.Place, contexts)
	case strings.HasSuffix(name, "-if") && node.Text != "":
		r.expression(node.Text, noun, node.Place, contexts)
	case node.Text == "" && !slices.ContainsFunc(all, accepts):
		r.add(at, "%s is empty; GitHub accepts %s", noun, listed(all))
	case !slices.ContainsFunc(all, accepts):
		r.add(node.Place, "%s is %q; GitHub accepts %s", noun, facts.Short(node.Text), listed(all))
	}
}

// members refuses what an object has and what it lacks: each member leaves those of the definitions that have it.
func (r *refusals) members(node *source.Node, all []*definition, noun string, at source.Place, contexts []string) {
	left, known := all, true
	for _, member := range node.Members {
		name := member.Name
		if name == "true" && noun == "a workflow" { // YAML 1.1's on
			name = "on"
		}
		having := func(all []*definition) []*definition {
			lacks := func(d *definition) bool { return d.member(name) == "" }
			if !slices.ContainsFunc(all, lacks) {
				return all
			}
			return slices.DeleteFunc(slices.Clone(all), lacks)
		}
		switch fit := having(left); {
		case len(fit) > 0:
			left = fit
			r.value(member.Value, fit[0].member(name), strconv.Quote(member.Name), member.Place, contexts)
		case len(having(all)) > 0:
			names := append(slices.Clone(left[0].required), name)
			slices.Sort(names)
			r.add(member.Place, "%s has %s", noun, strings.Join(names, " and "))
		default:
			known = false
			r.unknown(member, noun, left)
		}
	}
	if len(left) > 1 {
		r.add(at, "%s has neither %s nor %s", noun, left[0].required[0], left[1].required[0])
		return
	}
	for _, name := range left[0].required {
		if known && !slices.ContainsFunc(node.Members, func(member source.Member) bool { return strings.EqualFold(member.Name, name) }) {
			r.add(at, "%s has no %s", noun, name)
		}
	}
}

// unknown refuses a member that no definition has. GitHub adds to the permissions now and then, so of those it
// refuses what is misspelt.
func (r *refusals) unknown(member source.Member, noun string, left []*definition) {
	near := identity.Closest(strings.ToLower(member.Name), slices.Sorted(maps.Keys(left[0].Mapping.Properties)))
	switch {
	case noun != `"permissions"`:
		r.add(member.Place, "%q is no key of %s%s", facts.Short(member.Name), noun, identity.DidYouMean(near))
	case near != "":
		r.add(member.Place, "%q is no permission%s", facts.Short(member.Name), identity.DidYouMean(near))
	}
}

// template refuses what is wrong in the expressions of a text.
func (r *refusals) template(text, noun string, at source.Place, contexts []string) {
	for {
		_, rest, more := strings.Cut(text, "${{")
		if !more {
			return
		}
		length := shell.ExpressionEnd("${{" + rest)
		if length < 0 {
			r.add(at, `%s has "${{" without "}}"`, noun)
			return
		}
		length -= len("${{")
		r.expression(rest[:length-len("}}")], noun, at, contexts)
		text = rest[length:]
	}
}

// expression refuses one that cannot be read, or that uses what GitHub does not have there.
func (r *refusals) expression(text, noun string, at source.Place, contexts []string) {
	root := parsedExpressions.of(text)
	if root == nil {
		r.add(at, "%s has an expression that cannot be read: %q", noun, facts.Short(strings.TrimSpace(text)))
		return
	}
	has := func(all []string, name string) bool {
		return slices.ContainsFunc(all, func(other string) bool {
			other, _, _ = strings.Cut(other, "(")
			return strings.EqualFold(other, name)
		})
	}
	actionlint.VisitExprNode(root, func(node, _ actionlint.ExprNode, entering bool) {
		switch n := node.(type) {
		case *actionlint.VariableNode:
			if entering && !has(contexts, n.Name) {
				r.add(at, "%s uses %q, and GitHub does not have that there", noun, n.Name)
			}
		case *actionlint.FuncCallNode:
			if entering && !has(contexts, n.Callee) && !has(functions, n.Callee) {
				r.add(at, "%s calls %q, and GitHub has no such function there", noun, n.Callee)
			}
		}
	})
}
