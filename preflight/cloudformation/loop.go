package cloudformation

import (
	"regexp"
	"slices"
	"strings"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

const forEach = "Fn::ForEach::"

// maxLooped is how many nodes the loops of a template make at most.
const maxLooped = 50_000

// loops write out Fn::ForEach, which repeats a fragment for each value of a collection and puts the value in place of
// the loop's identifier (CloudFormation template reference, "Fn::ForEach").
type loops struct {
	parameters *source.Node
	given      map[string]string
	left       int
}

// looped returns a template whose loops are written out. One whose collection is not known stays as it is.
func looped(root *source.Node, given map[string]string) *source.Node {
	extended := slices.ContainsFunc(facts.TextsOf(root.Get("Transform")), func(macro facts.Text) bool { return macro.Is("AWS::LanguageExtensions") })
	if !extended || !hasLoop(root) {
		return root
	}
	l := &loops{parameters: root.Get("Parameters"), given: given, left: maxLooped}
	body := *root
	body.Members = slices.Clone(root.Members)
	for i, member := range body.Members {
		if slices.Contains([]string{"Conditions", "Outputs", "Resources"}, member.Name) {
			body.Members[i].Value = l.writtenOut(member.Value)
		}
	}
	return &body
}

func hasLoop(root *source.Node) (found bool) {
	root.Walk(func(node *source.Node) bool {
		found = found || slices.ContainsFunc(node.Members, func(member source.Member) bool { return strings.HasPrefix(member.Name, forEach) })
		return !found
	})
	return found
}

func (l *loops) writtenOut(node *source.Node) *source.Node {
	if node == nil || len(node.Members)+len(node.Items) == 0 {
		return node
	}
	out := *node
	out.Members, out.Items = nil, nil
	for _, item := range node.Items {
		out.Items = append(out.Items, l.writtenOut(item))
	}
	for _, member := range node.Members {
		made, ok := l.repeated(member)
		if !ok || slices.ContainsFunc(made, func(m source.Member) bool { return out.Member(m.Name) != nil || node.Member(m.Name) != nil }) {
			member.Value = l.writtenOut(member.Value)
			made = []source.Member{member}
		}
		out.Members = append(out.Members, made...)
	}
	return &out
}

// repeated returns what a loop makes; not ok: the member is none, or what it makes is not known.
func (l *loops) repeated(loop source.Member) (made []source.Member, ok bool) {
	items := loop.Value.Values()
	if !strings.HasPrefix(loop.Name, forEach) || len(items) != 3 || items[0].Kind != source.String {
		return nil, false
	}
	values, known := l.collection(items[1])
	names := map[string]bool{}
	for _, value := range values {
		for _, member := range l.writtenOut(l.with(items[2], items[0].Text, value)).Members {
			known = known && !names[member.Name]
			names[member.Name] = true
			made = append(made, member)
		}
	}
	return made, known && l.left > 0
}

// collection returns the values of a literal list, or of a parameter that is one.
func (l *loops) collection(node *source.Node) (values []string, known bool) {
	if name, ok := referred(node); ok {
		value, has := l.given[name]
		if byDefault := l.parameters.Get(name, "Default"); !has && byDefault.Scalar() {
			value, has = byDefault.Text, true
		}
		for _, one := range strings.Split(value, ",") {
			values = append(values, strings.TrimSpace(one))
		}
		return values, has
	}
	for _, item := range node.Values() {
		if !item.Scalar() || item.Tag != "" {
			return nil, false
		}
		values = append(values, item.Text)
	}
	return values, node.Is(source.List)
}

// referred returns the name in a reference.
func referred(node *source.Node) (string, bool) {
	if node.Is(source.Map) && len(node.Members) == 1 && node.Has(ref) {
		return node.Get(ref).Text, true
	}
	return node.Word(), node.Is(source.String) && node.Tag == "!Ref"
}

var notAlphanumeric = regexp.MustCompile(`[^A-Za-z0-9]`)

// with copies a fragment with a value in place of the loop's identifier.
func (l *loops) with(node *source.Node, identifier, value string) *source.Node {
	if l.left--; node == nil || l.left <= 0 {
		return &source.Node{}
	}
	if name, ok := referred(node); ok && name == identifier {
		return &source.Node{Kind: source.String, Text: value, Place: node.Place}
	}
	put := strings.NewReplacer("${"+identifier+"}", value, "&{"+identifier+"}", notAlphanumeric.ReplaceAllString(value, "")).Replace
	out := *node
	out.Items, out.Members = nil, nil
	if node.Kind == source.String {
		out.Text = put(node.Text)
	}
	for _, item := range node.Items {
		out.Items = append(out.Items, l.with(item, identifier, value))
	}
	for _, member := range node.Members {
		out.Members = append(out.Members, source.Member{Name: put(member.Name), Place: member.Place, Value: l.with(member.Value, identifier, value)})
	}
	return &out
}
