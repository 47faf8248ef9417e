package keyless_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "keyless-runners/"

// ownModule is as a user's module: what it may import is all that others may use.
const ownModule = "examples/own-module"

// mayImport is the law of the house: which room may import which. Rooms stand at
// the top of the repository; docs/decisions.md says why each arrow is there.
var mayImport = map[string][]string{
	"live":      {"identity", "policy"},
	"doctor":    {"live", "preflight", "policy", "identity"},
	"identity":  {},
	"secrets":   {},
	"policy":    {"identity"},
	"fleet":     {"identity", "policy", "secrets"},
	"infra":     {"fleet", "policy", "identity"},
	"manifests": {"fleet", "identity", "imports"},
	"workflows": {"fleet", "identity"},
	"imports":   {},
	"internal":  {},
	"render":    {"fleet", "workflows", "identity"},
	"diagnose":  {"identity"},
	"preflight": {"policy", "identity", "diagnose", "secrets"},
	"migrate":   {"fleet", "policy", "identity", "preflight"},
	"rehearsal": {"preflight", "diagnose", "policy", "identity"},
	"bench":     {"fleet", "policy", "identity"},
	"examples":  {"fleet", "policy", "identity"},
	"diff":      {"preflight", "policy", "identity"},
	"adopt":     {"identity"},
	"initial":   {"fleet", "policy", "identity", "preflight", "secrets"},
	ownModule:   {"cmd", "infra", "fleet", "identity"},
	"cmd":       {"fleet", "infra", "manifests", "render", "preflight", "diff", "diagnose", "migrate", "adopt", "initial", "live", "doctor", "identity", "internal"},
}

// mayImportInPreflight is the law of the rooms inside preflight: readers yield facts, and
// index → access → chain → rule → preflight judge them. Only rules make findings; the
// kubernetes reader also knows what a Pod becomes, and the github reader what a command does,
// which chain asks.
var mayImportInPreflight = map[string][]string{
	"source":         {},
	"facts":          {"source"},
	"account":        {"facts", "source"},
	"cloudformation": {"facts", "source", "kubernetes", "unrendered"},
	"eksctl":         {"facts", "source"},
	"github/shell":   {},
	"github":         {"facts", "source", "github/shell"},
	"kubernetes":     {"facts", "source"},
	"secrets":        {"facts", "source"},
	"terraform":      {"facts", "source", "kubernetes", "secrets", "unrendered"},
	"unrendered":     {"facts", "source"},
	"index":          {"facts", "source"},
	"access":         {"facts", "source", "index"},
	"chain":          {"facts", "source", "index", "access", "kubernetes", "github"},
	"change":         {"access", "chain", "facts"},
	"finding":        {"source"},
	"rule":           {"facts", "source", "index", "access", "chain", "finding"},
	"": {"facts", "source", "account", "cloudformation", "eksctl", "github", "kubernetes", "secrets", "terraform", "unrendered",
		"index", "access", "chain", "change", "finding", "rule"},
	"report": {"", "source"},
}

// jsii starts a process; the rooms that everything else is built on do without.
var mayUseJsii = []string{"infra", "manifests", "imports", "internal", "cmd", ownModule}

// roomOf is the room that a file is in, "" for one at the top.
func roomOf(file string) string {
	if strings.HasPrefix(file, ownModule+"/") {
		return ownModule
	}
	room, _, inRoom := strings.Cut(file, "/")
	if !inRoom {
		return ""
	}
	return room
}

// sources calls visit for every Go file of every room that is not a test.
func sources(t *testing.T, visit func(room, file string, syntax *ast.File)) {
	t.Helper()
	files := token.NewFileSet()
	for room := range mayImport {
		err := filepath.WalkDir(room, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") || roomOf(filepath.ToSlash(file)) != room {
				return err
			}
			syntax, err := parser.ParseFile(files, file, nil, parser.SkipObjectResolution)
			if err == nil {
				visit(room, file, syntax)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	sources(t, func(room, file string, syntax *ast.File) {
		for _, spec := range syntax.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			other, ours := strings.CutPrefix(path, module)
			other, _, _ = strings.Cut(other, "/")
			switch {
			case ours && other != room && !slices.Contains(mayImport[room], other):
				t.Errorf("%s imports %s; room %s may import %q", file, path, room, mayImport[room])
			case strings.Contains(path, "jsii-runtime") && !slices.Contains(mayUseJsii, room):
				t.Errorf("%s imports %s; only %q may", file, path, mayUseJsii)
			case room == "identity" && strings.Contains(path, "."):
				t.Errorf("%s imports %s; identity has no dependency", file, path)
			}
		}
	})
}

func TestRoomsOfPreflightImportOnlyWhatTheyMay(t *testing.T) {
	inside := func(path string) string {
		room, _ := strings.CutPrefix(path, "preflight")
		return strings.TrimPrefix(room, "/")
	}
	seen := map[string]bool{}
	sources(t, func(room, file string, syntax *ast.File) {
		if room != "preflight" {
			return
		}
		own := inside(filepath.ToSlash(filepath.Dir(file)))
		may, known := mayImportInPreflight[own]
		if !known {
			t.Errorf("%s: room %q of preflight is not in the law", file, own)
		}
		seen[own] = true
		for _, spec := range syntax.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			other, ours := strings.CutPrefix(path, module)
			if ours && strings.HasPrefix(other, "preflight") && !slices.Contains(may, inside(other)) {
				t.Errorf("%s imports %s; room %q of preflight may import %q", file, path, own, may)
			}
		}
	})
	for room := range mayImportInPreflight {
		if !seen[room] {
			t.Errorf("the law has room %q of preflight, which is not there", room)
		}
	}
}

func TestEveryRoomIsInTheLaw(t *testing.T) {
	err := filepath.WalkDir(".", func(file string, entry fs.DirEntry, err error) error {
		if entry.IsDir() && (entry.Name() == "node_modules" || strings.HasPrefix(file, ".") && file != ".") {
			return filepath.SkipDir
		}
		room := roomOf(filepath.ToSlash(file))
		if _, known := mayImport[room]; room != "" && strings.HasSuffix(file, ".go") && !known {
			t.Errorf("%s: room %s is not in mayImport", file, room)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestARNsAreSpelledInIdentityAlone(t *testing.T) {
	sources(t, func(room, file string, syntax *ast.File) {
		// Examples are written as users write, also about services that identity does not know.
		if room == "identity" || room == "imports" || room == "examples" {
			return
		}
		ast.Inspect(syntax, func(node ast.Node) bool {
			if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING && strings.Contains(literal.Value, "arn:") {
				t.Errorf("%s writes an ARN: %s", file, literal.Value)
			}
			return true
		})
	})
	for _, pattern := range []string{"*/*.tmpl", "*.json", "*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.Contains(read(t, file), "arn:") {
				t.Errorf("%s writes an ARN", file)
			}
		}
	}
}

// keyless synth compares the values of the declared fleet, and the code of everything
// but fleet/declared.go. So nothing else may depend on what is declared there.
func TestNothingButTheFleetDependsOnItsDeclaration(t *testing.T) {
	const file = "fleet/declared.go"
	declared := map[string]bool{}
	syntax := parse(t, file)
	for name := range syntax.Scope.Objects {
		declared[name] = true
	}
	if !declared["Declared"] {
		t.Fatalf("%s does not declare Declared", file)
	}
	delete(declared, "Declared")
	for _, declaration := range syntax.Decls {
		if function, ok := declaration.(*ast.FuncDecl); ok && (function.Recv != nil || function.Name.Name == "init") {
			t.Errorf("%s declares %s, which other code can feel; give it a separate file", file, function.Name)
		}
	}
	files, err := filepath.Glob("fleet/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, other := range files {
		if other == file || strings.HasSuffix(other, "_test.go") {
			continue
		}
		syntax := parse(t, other)
		fields := fieldNames(syntax)
		for _, name := range syntax.Unresolved {
			if declared[name.Name] && !fields[name] {
				t.Errorf("%s uses %s, which %s declares", other, name.Name, file)
			}
		}
	}
	sources(t, func(_, other string, syntax *ast.File) {
		ast.Inspect(syntax, func(node ast.Node) bool {
			if selector, ok := node.(*ast.SelectorExpr); ok && declared[selector.Sel.Name] {
				if room, ok := selector.X.(*ast.Ident); ok && room.Name == "fleet" {
					t.Errorf("%s uses fleet.%s, which %s declares", other, selector.Sel.Name, file)
				}
			}
			return true
		})
	})
}

// parse has the parser find out which names a file does not declare itself.
func parse(t *testing.T, file string) *ast.File {
	t.Helper()
	syntax, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return syntax
}

// fieldNames are the names of fields in struct literals, which the parser cannot tell
// from others.
func fieldNames(syntax *ast.File) map[*ast.Ident]bool {
	fields := map[*ast.Ident]bool{}
	ast.Inspect(syntax, func(node ast.Node) bool {
		literal, ok := node.(*ast.CompositeLit)
		if !ok {
			return true
		}
		if _, isMap := literal.Type.(*ast.MapType); isMap {
			return true
		}
		for _, element := range literal.Elts {
			if pair, ok := element.(*ast.KeyValueExpr); ok {
				if name, ok := pair.Key.(*ast.Ident); ok {
					fields[name] = true
				}
			}
		}
		return true
	})
	return fields
}
