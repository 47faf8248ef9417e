package kernel_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// An engine that starts from the file is the one that its constructor makes. A file that is not
// whole is not read, and is whole after that.
func TestAnEngineIsTheSameWhateverBecameOfTheFile(t *testing.T) {
	const made, read = "first true", "first false"
	const engine = " 4711 196608 f4b02a9c a text true\n"
	cache := t.TempDir()
	module := filepath.Join(cache, "unpacked/cloudformation-validate")
	write(t, filepath.Join(module, "bindings_wasm.js"), "")
	if err := os.Symlink("unpacked", filepath.Join(cache, "linked")); err != nil { // as jsii links packages
		t.Fatal(err)
	}
	start := func() string { return started(t, cache) }
	if got, want := start(), made+engine+"second false"+engine; got != want {
		t.Fatalf("no file yet: got\n%swant\n%s", got, want)
	}
	files, err := filepath.Glob(filepath.Join(module, ".keyless-runners-*.memory"))
	if err != nil || len(files) != 1 {
		t.Fatalf("got prepared files %q, %v, want one", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	whole := string(text)
	for _, test := range []struct{ name, file, want string }{
		{"whole", whole, read},
		{"cut off in its first line", whole[:20], made},
		{"cut off behind its first line", whole[:strings.Index(whole, "\n")+1], made},
		{"cut off at its end", whole[:len(whole)-1], made},
		{"longer", whole + "\x00", made},
		{"empty", "", made},
		{"of another form", `{"engine":1,"bytes":65536}` + "\n", made},
		{"of a memory that was used", strings.Replace(whole, `"initial":65536`, `"initial":65537`, 1), made},
		{"another one", "something else\n", made},
	} {
		write(t, files[0], test.file)
		if got, want := start(), test.want+engine+"second false"+engine; got != want {
			t.Errorf("%s: got\n%swant\n%s", test.name, got, want)
		}
		if after, err := os.ReadFile(files[0]); err != nil || string(after) != whole {
			t.Errorf("%s: the file is not whole after that, %v", test.name, err)
		}
	}
}

// started returns what testdata/engine.cjs prints.
func started(t *testing.T, cache string) string {
	t.Helper()
	validator, err := filepath.Abs("validator.cjs")
	if err != nil {
		t.Fatal(err)
	}
	output, err := exec.Command(nodeHere(t), "testdata/engine.cjs", validator, cache).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return string(output)
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
