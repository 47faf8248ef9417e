package source

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// parseYAML reads the documents of a YAML text; those without content are left
// out.
func parseYAML(file string, text []byte) ([]*Node, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var roots []*Node
	for {
		var document yaml.Node
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return roots, nil
		}
		if err != nil {
			return nil, yamlError(file, err)
		}
		r := &yamlReader{file: file, anchors: map[*yaml.Node]bool{}}
		root, err := r.node(document.Content[0], 0)
		if err != nil {
			return nil, err
		}
		if root.Kind != Null {
			roots = append(roots, root)
		}
	}
}

var yamlLine = regexp.MustCompile(`^yaml: line (\d+): `)

func yamlError(file string, err error) error {
	text := err.Error()
	at := Place{File: file}
	if line := yamlLine.FindStringSubmatch(text); line != nil {
		at.Line, _ = strconv.Atoi(line[1])
		text = text[len(line[0]):]
	}
	return problem(at, "not YAML: %s", strings.TrimPrefix(text, "yaml: "))
}

// yamlReader turns the library's nodes of one document into ours.
type yamlReader struct {
	file string
	// aliased counts the values that aliases stand for, and their characters.
	aliased int
	// anchors are the values with one, so far: those of other documents are no one's.
	anchors map[*yaml.Node]bool
	// open are the aliases that are being read, the outermost first.
	open []*yaml.Node
}

func (r *yamlReader) place(n *yaml.Node) Place {
	return Place{File: r.file, Line: n.Line, Column: n.Column}
}

func (r *yamlReader) node(n *yaml.Node, depth int) (*Node, error) {
	if depth > maxDepth {
		return nil, tooDeep(r.place(n))
	}
	if len(r.open) > 0 {
		if r.aliased += 1 + len(n.Value); r.aliased > maxAliased {
			return nil, problem(r.place(r.open[0]), "aliases stand for more than %d characters and values; write them out", maxAliased)
		}
	}
	if n.Anchor != "" {
		r.anchors[n] = true
	}
	switch n.Kind {
	case yaml.AliasNode:
		return r.alias(n, depth)
	case yaml.SequenceNode:
		return r.list(n, depth)
	case yaml.MappingNode:
		return r.object(n, depth)
	}
	return &Node{Kind: scalarKind(n), Tag: localTag(n), Text: n.Value, Plain: n.Style == 0, Block: n.Style&yaml.LiteralStyle != 0, Place: r.place(n)}, nil
}

func (r *yamlReader) alias(n *yaml.Node, depth int) (*Node, error) {
	if !r.anchors[n.Alias] {
		return nil, problem(r.place(n), "alias *%s is of an anchor in another document; write the value out", n.Value)
	}
	for _, open := range r.open {
		if open.Alias == n.Alias {
			return nil, problem(r.place(n), "alias *%s is within what it stands for", n.Value)
		}
	}
	r.open = append(r.open, n)
	node, err := r.node(n.Alias, depth)
	r.open = r.open[:len(r.open)-1]
	return node, err
}

func (r *yamlReader) list(n *yaml.Node, depth int) (*Node, error) {
	list := &Node{Kind: List, Tag: localTag(n), Place: r.place(n), Items: make([]*Node, 0, len(n.Content))}
	for _, item := range n.Content {
		node, err := r.node(item, depth+1)
		if err != nil {
			return nil, err
		}
		list.Items = append(list.Items, node)
	}
	return list, nil
}

func (r *yamlReader) object(n *yaml.Node, depth int) (*Node, error) {
	object := object{Node: &Node{Kind: Map, Tag: localTag(n), Place: r.place(n), Members: make([]Member, 0, len(n.Content)/2)}}
	var merged []*Node
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		node, err := r.node(value, depth+1)
		if err != nil {
			return nil, err
		}
		if key.Value == "<<" && key.ShortTag() == "!!merge" {
			merged = append(merged, node)
			continue
		}
		if key.Kind != yaml.ScalarNode {
			return nil, problem(r.place(key), "a key is no plain name; want NAME: VALUE")
		}
		if err := object.add(Member{key.Value, r.place(key), node}); err != nil {
			return nil, err
		}
	}
	return object.Node, object.merge(merged)
}

// merge adds what "<<" stands for: an object, or a list of them, of which the
// earlier win. What the object has itself wins over all.
func (o *object) merge(merged []*Node) error {
	for _, from := range merged {
		switch from.Kind {
		case List:
			if err := o.merge(from.Items); err != nil {
				return err
			}
		case Map:
			for _, member := range from.Members {
				if _, there := o.placeOf(member.Name); !there {
					o.add(member) // the name is new
				}
			}
		default:
			return problem(from.Place, "<< takes an object or a list of objects, got %s", from.Kind)
		}
	}
	return nil
}

// localTag is the tag that the author of the file wrote and YAML does not know.
func localTag(n *yaml.Node) string {
	if strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!") && n.Tag != "!" {
		return n.Tag
	}
	return ""
}

func scalarKind(n *yaml.Node) Kind {
	switch n.ShortTag() {
	case "!!null":
		return Null
	case "!!bool":
		return Bool
	case "!!int", "!!float":
		return Number
	}
	return String
}
