package mutation_test

import (
	"slices"
	"strconv"
	"testing"

	"keyless-runners/preflight/source"
)

// files are the texts of a fleet's files by their names.
type files map[string]string

// site is where a value stands: the steps lead from the root of a document to it,
// each a name or the number of an item.
type site struct {
	file     string
	document int
	steps    []string
}

// in is a value below the site.
func (s site) in(steps ...string) site {
	s.steps = slices.Concat(s.steps, steps)
	return s
}

// item is an item of the list at the site.
func (s site) item(i int) site {
	return s.in(strconv.Itoa(i))
}

// above is what the value is in, and the last step to it.
func (s site) above() (site, string) {
	last := len(s.steps) - 1
	name := s.steps[last]
	s.steps = s.steps[:last]
	return s, name
}

// parse reads a file, which has to be one that can be read.
func parse(file, text string) []*source.Node {
	documents, err := source.Parse(file, []byte(text))
	if err != nil {
		panic(err) // the files are rendered, and edits write what can be read
	}
	return documents
}

// trees are the documents of files that are changed again and again, by their texts.
var trees = map[string][]*source.Node{}

// parsed are the documents of a file, to be changed.
func parsed(file, text string) []*source.Node {
	known, ok := trees[text]
	if !ok {
		return parse(file, text)
	}
	var documents []*source.Node
	for _, document := range known {
		documents = append(documents, clone(document))
	}
	return documents
}

// find is the value at the site, nil if there is none.
func (s site) find(documents []*source.Node) *source.Node {
	node := documents[s.document]
	for _, step := range s.steps {
		if node == nil {
			return nil
		}
		if node.Kind != source.List {
			node = node.Get(step)
			continue
		}
		i, err := strconv.Atoi(step)
		if err != nil || i >= len(node.Items) {
			return nil
		}
		node = node.Items[i]
	}
	return node
}

// edit changes the files.
type edit func(files)

// change is an edit of the value at the site, in the form that the file is in.
func (s site) change(change func(*source.Node)) edit {
	return func(f files) {
		documents := parsed(s.file, f[s.file])
		change(s.find(documents))
		f[s.file] = write(s.file, documents)
	}
}

// put replaces the value at the site.
func (s site) put(value *source.Node) edit {
	return s.change(func(n *source.Node) { *n = *value })
}

// set makes it the text.
func (s site) set(text string) edit {
	return s.put(str(text))
}

// remove takes the value out of the object or list that it is in.
func (s site) remove() edit {
	above, name := s.above()
	return above.change(func(n *source.Node) {
		if n.Kind == source.List {
			i, _ := strconv.Atoi(name)
			n.Items = slices.Delete(n.Items, i, i+1)
			return
		}
		n.Members = slices.DeleteFunc(n.Members, func(m source.Member) bool { return m.Name == name })
	})
}

// rename gives the member another name.
func (s site) rename(to string) edit {
	above, name := s.above()
	return above.change(func(n *source.Node) { n.Member(name).Name = to })
}

// add gives the object at the site a member, in place of one of the name.
func (s site) add(name string, value *source.Node) edit {
	return s.change(func(n *source.Node) {
		if member := n.Member(name); member != nil {
			member.Value = value
			return
		}
		n.Members = append(n.Members, source.Member{Name: name, Value: value})
	})
}

// push gives the list at the site an item at its end.
func (s site) push(value *source.Node) edit {
	return s.change(func(n *source.Node) { n.Items = append(n.Items, value) })
}

// both is one edit after the other.
func both(edits ...edit) edit {
	return func(f files) {
		for _, edit := range edits {
			edit(f)
		}
	}
}

// str is a string.
func str(text string) *source.Node {
	return &source.Node{Kind: source.String, Text: text}
}

// list is a list of the values.
func list(values ...*source.Node) *source.Node {
	return &source.Node{Kind: source.List, Items: values}
}

// object is an object of one member.
func object(name string, value *source.Node) *source.Node {
	return &source.Node{Kind: source.Map, Members: []source.Member{{Name: name, Value: value}}}
}

// value is what a text in JSON or YAML says.
func value(text string) *source.Node {
	return parse("value", text)[0]
}

// clone is the same value again.
func clone(n *source.Node) *source.Node {
	again := *n
	again.Items, again.Members = nil, nil
	for _, item := range n.Items {
		again.Items = append(again.Items, clone(item))
	}
	for _, member := range n.Members {
		again.Members = append(again.Members, source.Member{Name: member.Name, Value: clone(member.Value)})
	}
	return &again
}

func TestEditsChangeOneThing(t *testing.T) {
	const text = "a:\n  b: x\n  c:\n    - 1\n    - \"2\"\n---\nd: true\n"
	top := site{file: "f.yaml"}
	for name, test := range map[string]struct {
		edit edit
		want string
	}{
		"nothing": {top.change(func(*source.Node) {}), text},
		"set":     {top.in("a", "b").set("y"), "a:\n  b: y\n  c:\n    - 1\n    - \"2\"\n---\nd: true\n"},
		"remove":  {top.in("a", "c", "0").remove(), "a:\n  b: x\n  c:\n    - \"2\"\n---\nd: true\n"},
		"member":  {top.in("a", "b").remove(), "a:\n  c:\n    - 1\n    - \"2\"\n---\nd: true\n"},
		"rename":  {top.in("a", "b").rename("e"), "a:\n  e: x\n  c:\n    - 1\n    - \"2\"\n---\nd: true\n"},
		"add":     {site{file: "f.yaml", document: 1}.add("on", str("true")), "a:\n  b: x\n  c:\n    - 1\n    - \"2\"\n---\nd: true\non: \"true\"\n"},
		"push":    {top.in("a", "c").push(list()), "a:\n  b: x\n  c:\n    - 1\n    - \"2\"\n    - []\n---\nd: true\n"},
	} {
		f := files{"f.yaml": text}
		test.edit(f)
		if f["f.yaml"] != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, f["f.yaml"], test.want)
		}
	}
}
