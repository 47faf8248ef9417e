package adopt_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/adopt"
	"keyless-runners/fleet"
)

// evaluated are the fleets that sources declare, by compiling all of them to one program.
func evaluated(t *testing.T, sources [][]byte) []fleet.Fleet {
	t.Helper()
	top, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	module := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(module, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var imports, calls strings.Builder
	for i, source := range sources {
		// In a package of its own, because a program has one package fleet.
		text := strings.Replace(string(source), "package fleet\n", "package declared\n\nimport . \"keyless-runners/fleet\"\n", 1)
		text = strings.Replace(text, "func Declared() ", "func Found() ", 1)
		write(fmt.Sprintf("declared%d/declared.go", i), text)
		fmt.Fprintf(&imports, "declared%d \"evaluated/declared%d\"\n", i, i)
		fmt.Fprintf(&calls, "add(declared%d.Found())\n", i)
	}
	write("main.go", `package main

import (
	"encoding/json"
	"os"

	"keyless-runners/fleet"
`+imports.String()+`)

func main() {
	var all []fleet.Fleet
	add := func(f fleet.Fleet, err error) {
		if err != nil {
			panic(err)
		}
		all = append(all, f)
	}
`+calls.String()+`
	if err := json.NewEncoder(os.Stdout).Encode(all); err != nil {
		panic(err)
	}
}
`)
	text, err := os.ReadFile(filepath.Join(top, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	write("go.mod", strings.Replace(string(text), "module keyless-runners\n", "module evaluated\n", 1)+
		"\nrequire keyless-runners v0.0.0\n\nreplace keyless-runners => "+top+"\n")
	sums, err := os.ReadFile(filepath.Join(top, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	write("go.sum", string(sums))
	program := exec.Command("go", "run", "-mod=mod", ".")
	program.Dir = module
	var said strings.Builder
	program.Stderr = &said
	output, err := program.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, said.String())
	}
	var fleets []fleet.Fleet
	if err := json.Unmarshal(output, &fleets); err != nil {
		t.Fatal(err)
	}
	return fleets
}

func TestSourceDeclaresTheFleet(t *testing.T) {
	var sources [][]byte
	for _, example := range fleets(t) {
		sources = append(sources, adopt.Result{Fleet: example.Fleet}.Source())
	}
	for i, got := range evaluated(t, sources) {
		example := fleets(t)[i]
		if diff := cmp.Diff(example.Fleet, got, same); diff != "" {
			t.Errorf("%s (-declared +evaluated):\n%s\n%s", example.Name, diff, sources[i])
		}
	}
}
