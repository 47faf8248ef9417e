package initial_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/examples"
	"keyless-runners/fleet"
	"keyless-runners/initial"
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
	var calls strings.Builder
	for i, source := range sources {
		found := fmt.Sprintf("found%d()", i)
		text := strings.Replace(string(source), "package fleet\n", "package main\n\nimport . \"keyless-runners/fleet\"\n", 1)
		write(fmt.Sprintf("found%d.go", i), strings.Replace(text, "func Declared() ", "func "+found+" ", 1))
		fmt.Fprintf(&calls, "add(%s)\n", found)
	}
	write("main.go", `package main

import (
	"encoding/json"
	"os"

	"keyless-runners/fleet"
)

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

// results holds what is found in what is rendered, in what is deployed by others, and in what
// others wrote, by names.
func results(t *testing.T) map[string]initial.Result {
	t.Helper()
	all := map[string]initial.Result{}
	for _, example := range fleets(t) {
		all[example.Name] = initial.Result{Fleet: example.Fleet}
		all[example.Name+" of others"] = foundIn(t, deployed(t, example.Fleet, "../examples/"+example.Name, false))
	}
	for name, archive := range foreign(t) {
		t.Run(name, func(t *testing.T) { all[name] = foundInArchive(t, archive) })
	}
	return all
}

func TestSourceDeclaresTheFleet(t *testing.T) {
	all := results(t)
	names := slices.Sorted(maps.Keys(all))
	var sources [][]byte
	for _, name := range names {
		sources = append(sources, all[name].Source())
	}
	for i, got := range evaluated(t, sources) {
		if diff := cmp.Diff(all[names[i]].Fleet, got, same); diff != "" {
			t.Errorf("%s (-declared +evaluated):\n%s\n%s", names[i], diff, sources[i])
		}
	}
}

// The source stands among the other files of package fleet.
func TestSourceIsOfPackageFleet(t *testing.T) {
	folder := t.TempDir()
	declared, overlay := filepath.Join(folder, "declared.go"), filepath.Join(folder, "overlay.json")
	replaced, err := filepath.Abs("../fleet/declared.go")
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(map[string]map[string]string{"Replace": {replaced: declared}})
	if err != nil {
		t.Fatal(err)
	}
	for file, content := range map[string][]byte{declared: initial.Result{Fleet: examples.Pod()}.Source(), overlay: text} {
		if err := os.WriteFile(file, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if output, err := exec.Command("go", "vet", "-overlay", overlay, "keyless-runners/fleet").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}

func TestSourceIsTheSameEachTime(t *testing.T) {
	for name, archive := range foreign(t) {
		t.Run(name, func(t *testing.T) {
			first := foundInArchive(t, archive)
			for range 5 {
				if again := foundIn(t, "existing"); string(first.Source()) != string(again.Source()) {
					t.Errorf("got\n%s\nand\n%s", first.Source(), again.Source())
				}
			}
		})
	}
}
