package mutation_test

import (
	"maps"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"keyless-runners/preflight/source"
)

// form makes mutants of how a file is written: of what it says nothing changes.
func (g *generator) form(name string) {
	at := site{file: name}
	text := func(what, why string, change func(string) string) {
		g.add("form: "+what, at, harmless(why), func(f files) { f[name] = change(f[name]) })
	}
	text("trailing blank lines", "white space", func(text string) string { return text + "\n\n\n" })
	text("a byte order mark", "readers leave it out", func(text string) string { return "\ufeff" + text })
	text("lines that end as on Windows", "white space", func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") })
	if write(name, g.trees[name]) != g.texts[name] {
		text("written again", "it is the same", func(text string) string { return write(name, parse(name, text)) })
	}
	text("members in reverse order", "objects have none", func(text string) string {
		documents := parse(name, text)
		for _, document := range documents {
			reverse(document)
		}
		return write(name, documents)
	})
	if strings.HasSuffix(name, ".json") {
		g.formOfJSON(name, text)
	} else {
		g.formOfYAML(name, text)
	}
	for what, change := range map[string]func(string) string{
		"cut off":        func(text string) string { return text[:len(text)*2/3] + "\n\t\"" },
		"empty":          func(string) string { return "" },
		"blank":          func(string) string { return " \n\n" },
		"binary":         func(text string) string { return text + "\x00" },
		"not UTF-8":      func(text string) string { return text + "# \xff" },
		"deeply nested":  func(string) string { return strings.Repeat("[", 1000) },
		"a Helm chart's": func(text string) string { return "{{- if .Values.on }}\n" + text + "{{- end }}\n" },
	} {
		g.add("form: "+what, at, by(unreadable), func(f files) { f[name] = change(f[name]) })
	}
}

func reverse(n *source.Node) {
	n.Walk(func(n *source.Node) bool {
		slices.Reverse(n.Members)
		return true
	})
}

func (g *generator) formOfJSON(name string, text func(what, why string, change func(string) string)) {
	again := func(indent string) func(string) string {
		return func(text string) string { return writeJSON(parse(name, text)[0], indent) }
	}
	text("JSON on one line", "white space", func(text string) string { return string(appendJSON(nil, parse(name, text)[0])) })
	text("JSON with other indents", "white space", again("  "))
	text("JSON with tabs", "white space", again("\t"))
	text("JSON with escapes", "an escape is another way to write a character", func(text string) string { return strings.ReplaceAll(text, "/", `\/`) })
	text("JSON with code points", "an escape is another way to write a character", func(text string) string { return strings.ReplaceAll(text, "arn:", `\u0061rn:`) })
	move := func(what, why string, change func(*source.Node) string) {
		g.add("form: "+what, site{file: name}, harmless(why), func(f files) {
			document := parse(name, f[name])[0]
			delete(f, name)
			f[strings.TrimSuffix(name, ".json")+".yaml"] = change(document)
		})
	}
	move("a template in YAML", "it is the same template", func(n *source.Node) string { return writeYAML([]*source.Node{n}, 2, 0) })
	move("a template in YAML's flow style", "it is the same template", func(n *source.Node) string { return writeYAML([]*source.Node{n}, 2, yaml.FlowStyle) })
	g.add("form: a template with short forms", site{file: name}, harmless("they are the same functions"), inShortForm(name))
	move("JSON in a file of YAML", "JSON is YAML", func(n *source.Node) string { return writeJSON(n, " ") })
	text("what get-template prints", "the template is in it", func(text string) string {
		return `{"StagesAvailable": ["Original"], "TemplateBody": ` + text + `}`
	})
	text("what get-template prints, as text", "the template is in it", func(text string) string {
		return `{"StagesAvailable": ["Original"], "TemplateBody": ` + string(appendString(nil, text)) + `}`
	})
}

// inShortForm writes the template as YAML with its functions as tags.
func inShortForm(name string) edit {
	return func(f files) {
		document := parse(name, f[name])[0]
		delete(f, name)
		f[strings.TrimSuffix(name, ".json")+".yaml"] = writeYAML([]*source.Node{shortForms(document)}, 2, 0)
	}
}

// shortForms writes the functions of a template as YAML's tags.
func shortForms(n *source.Node) *source.Node {
	if len(n.Members) == 1 {
		function, long := strings.CutPrefix(n.Members[0].Name, "Fn::")
		if long || function == "Ref" {
			short := shortForms(n.Members[0].Value)
			if short.Tag != "" {
				return n // a tag cannot stand before another
			}
			short.Tag = "!" + function
			return short
		}
	}
	short := clone(n)
	for i := range short.Items {
		short.Items[i] = shortForms(short.Items[i])
	}
	for i := range short.Members {
		short.Members[i].Value = shortForms(short.Members[i].Value)
	}
	return short
}

func (g *generator) formOfYAML(name string, text func(what, why string, change func(string) string)) {
	styled := func(indent int, style yaml.Style) func(string) string {
		return func(text string) string { return writeYAML(parse(name, text), indent, style) }
	}
	text("YAML with other indents", "white space", styled(6, 0))
	text("YAML in double quotes", "quotes are another way to write a text", styled(2, yaml.DoubleQuotedStyle))
	text("YAML in single quotes", "quotes are another way to write a text", styled(2, yaml.SingleQuotedStyle))
	text("YAML in flow style", "it is another way to write objects and lists", styled(2, yaml.FlowStyle))
	text("YAML with comments", "readers leave them out", func(text string) string {
		return "# a comment\n" + strings.ReplaceAll(text, "\nmetadata:", "\n# another\nmetadata: # and one more")
	})
	text("YAML with a document's start and end", "they are marks", func(text string) string { return "---\n" + strings.TrimSuffix(text, "\n") + "\n...\n" })
	text("YAML with empty documents", "there is nothing in them", func(text string) string { return "---\n---\n# nothing\n---\n" + text + "\n---\n" })
	text("YAML with a version", "it is a mark", func(text string) string { return "%YAML 1.1\n---\n" + text })
	text("YAML with an alias", "it stands for the same value", func(text string) string {
		return aliased(parse(name, text))
	})
	g.add("form: a file of another ending", site{file: name}, harmless("both are YAML's"), func(f files) {
		f[strings.TrimSuffix(name, ".yaml")+".yml"] = f[name]
		delete(f, name)
	})
	if strings.HasPrefix(name, "workflows/") {
		g.add("form: a workflow in JSON", site{file: name}, harmless("JSON is YAML"), func(f files) { f[name] = writeJSON(parse(name, f[name])[0], "  ") })
		return
	}
	g.formOfObjects(name, text)
}

// aliased writes every object that comes twice in a document, and every text, as
// an alias of the first.
func aliased(documents []*source.Node) string {
	var text strings.Builder
	for _, document := range documents {
		node := yamlNode(document, 0)
		first := map[string]*yaml.Node{}
		alias(node, first)
		part, err := yaml.Marshal(node)
		if err != nil {
			panic(err)
		}
		text.WriteString("---\n" + string(part))
	}
	return text.String()
}

func alias(n *yaml.Node, first map[string]*yaml.Node) {
	for i, child := range n.Content {
		if isName := n.Kind == yaml.MappingNode && i%2 == 0; isName || child.Tag != "!!str" && child.Kind == yaml.ScalarNode {
			continue
		}
		alias(child, first)
		if child.Kind != yaml.ScalarNode || strings.Contains(child.Value, "\n") {
			continue
		}
		known := first[child.Value]
		if known == nil {
			first[child.Value] = child
			continue
		}
		known.Anchor = "a" + strings.Map(func(r rune) rune {
			if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
				return r
			}
			return -1
		}, known.Value)
		n.Content[i] = &yaml.Node{Kind: yaml.AliasNode, Alias: known, Value: known.Anchor}
	}
}

// merged writes the metadata of each document as merged from an object.
func merged(documents []*source.Node) string {
	var text strings.Builder
	for _, document := range documents {
		node := yamlNode(document, 0)
		for i := 0; i < len(node.Content); i += 2 {
			if node.Content[i].Value == "metadata" {
				inner := *node.Content[i+1]
				*node.Content[i+1] = yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Tag: "!!merge", Value: "<<"}, &inner}}
			}
		}
		part, err := yaml.Marshal(node)
		if err != nil {
			panic(err)
		}
		text.WriteString("---\n" + string(part))
	}
	return text.String()
}

func (g *generator) formOfObjects(name string, text func(what, why string, change func(string) string)) {
	text("objects in reverse order", "kubectl applies them all", func(text string) string {
		documents := parse(name, text)
		slices.Reverse(documents)
		return write(name, documents)
	})
	text("objects in a List", "kubectl takes a list for what is in it", func(text string) string {
		whole := value(`{"apiVersion": "v1", "kind": "List", "metadata": {}}`)
		whole.Members = append(whole.Members, source.Member{Name: "items", Value: list(parse(name, text)...)})
		return writeYAML([]*source.Node{whole}, 2, 0)
	})
	text("YAML with merged members", "what << stands for is in the object", func(text string) string {
		return merged(parse(name, text))
	})
	g.add("form: objects in JSON", site{file: name}, harmless("kubectl takes both"), func(f files) {
		whole := value(`{"apiVersion": "v1", "kind": "List"}`)
		whole.Members = append(whole.Members, source.Member{Name: "items", Value: list(parse(name, f[name])...)})
		delete(f, name)
		f[strings.TrimSuffix(name, ".yaml")+".json"] = writeJSON(whole, "  ")
	})
	g.add("form: a file for each object", site{file: name}, harmless("kubectl applies them all"), func(f files) {
		for i, document := range parse(name, f[name]) {
			f[strings.TrimSuffix(name, ".yaml")+"-"+string(rune('a'+i))+".yaml"] = writeYAML([]*source.Node{document}, 2, 0)
		}
		delete(f, name)
	})
}

// layout makes mutants of the files: deleted, moved, joined, copied.
func (g *generator) layout(names []string) {
	for _, name := range names {
		at := site{file: name}
		gone := map[string]outcome{
			"infra": by("KR022"), "manifests": g.absentWith(name),
			"workflows": harmless("the role's policies say then where it pushes"),
		}
		folder, _, _ := strings.Cut(name, "/")
		g.add("file: of "+folder+" deleted", at, gone[folder], func(f files) { delete(f, name) })
		g.add("file: renamed", at, harmless("files are known by what is in them"), func(f files) {
			f[path.Dir(name)+"/renamed"+path.Ext(name)] = f[name]
			delete(f, name)
		})
		if folder == "manifests" {
			g.add("file: of manifests copied for another cluster", at, harmless("each cluster's objects are in its own folder"), func(f files) {
				f["manifests/copy/"+path.Base(name)] = f[name]
			})
		}
		g.add("file: moved", at, harmless("files are known by what is in them"), func(f files) {
			f["moved/"+strings.ReplaceAll(name, "/", "-")] = f[name]
			delete(f, name)
		})
	}
	g.layoutOfAll(site{file: "."})
}

// absentWith is what reports that a file of manifests is not there: a pool's, or a
// namespace's.
func (g *generator) absentWith(name string) outcome {
	for _, document := range g.trees[name] {
		if kind := document.Get("kind"); kind != nil && kind.Text == "RunnerDeployment" {
			return g.absent(kind.Text)
		}
	}
	return g.absent("Namespace")
}

// layoutOfAll makes mutants of many files together.
func (g *generator) layoutOfAll(all site) {
	g.add("files: all workflows deleted", all, harmless("the roles' policies say then where they push"), deleteAll("workflows/"))
	g.add("files: all manifests deleted", all, by("KR001"), deleteAll("manifests/"))
	g.add("files: all templates deleted", all, by("KR022"), deleteAll("infra/"))
	g.add("files: manifests of a folder in one", all, harmless("kubectl applies them all"), func(f files) {
		for _, name := range slices.Sorted(maps.Keys(f)) {
			if strings.HasPrefix(name, "manifests/") {
				f[path.Dir(name)+"/all.yaml"] += "---\n" + f[name]
				delete(f, name)
			}
		}
	})
	g.add("files: workflows where GitHub reads them", all, harmless("files are known by what is in them"), func(f files) {
		for _, name := range slices.Sorted(maps.Keys(f)) {
			if rest, ok := strings.CutPrefix(name, "workflows/"); ok {
				f[".github/workflows/"+rest] = f[name]
				delete(f, name)
			}
		}
	})
	for what, content := range map[string]string{
		"package.json": `{"name": "x", "version": "1.0.0"}`, "values.yaml": "image: x\n", "cdk.json": `{"app": "go run ./cmd/infra"}`, "list.yaml": "- a\n- b\n",
	} {
		g.add("files: beside them "+what, all, harmless("it is of no kind that is read"), func(f files) { f[what] = content })
	}
}

func deleteAll(folder string) edit {
	return func(f files) {
		for _, name := range slices.Sorted(maps.Keys(f)) {
			if strings.HasPrefix(name, folder) {
				delete(f, name)
			}
		}
	}
}
