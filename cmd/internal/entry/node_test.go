package entry_test

import (
	"os"
	"path/filepath"
	"testing"

	"keyless-runners/cmd/internal/entry"
)

// Each is a program in the folder bin that JSII_NODE names, or that "make setup" installed.
func TestNodeThatJsiiCannotRunOn(t *testing.T) {
	bin := t.TempDir()
	for name, script := range map[string]string{
		"good":    "echo v18.0.0",
		"newer":   "echo v104.1.22",
		"old":     "echo v16.20.2",
		"python":  "echo Python 3.11.2",
		"silent":  "",
		"fails":   "exit 3",
		"refuses": "echo node: --bogus is not allowed in NODE_OPTIONS >&2; exit 9",
	} {
		write(t, filepath.Join(bin, name), "#!/bin/sh\n"+script+"\n", 0o755)
	}
	write(t, filepath.Join(bin, "damaged"), "\x7fELF", 0o755)
	write(t, filepath.Join(bin, "plain"), "", 0o644)
	t.Chdir(t.TempDir())
	const fix = `; want the path of Node.js 18 or newer: correct JSII_NODE, or unset it for the Node.js that "make setup" installs`
	for name, want := range map[string]string{
		"good":    "",
		"newer":   "",
		"old":     "Node.js 16.20.2 is too old",
		"python":  `not Node.js: --version printed "Python 3.11.2"`,
		"silent":  `not Node.js: --version printed ""`,
		"fails":   "--version failed: exit status 3",
		"refuses": "--version failed: exit status 9: node: --bogus is not allowed in NODE_OPTIONS",
		"damaged": "--version failed: exec format error",
		"plain":   "permission denied",
		"missing": "no such file or directory",
		".":       "is a directory",
	} {
		program := bin + "/" + name
		if want != "" {
			want = `JSII_NODE "` + program + `": ` + want + fix
		}
		t.Setenv("JSII_NODE", program)
		if got := text(check()); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, want)
		}
	}

	t.Setenv("JSII_NODE", "no-such-node")
	if got, want := text(check()), `JSII_NODE "no-such-node": executable file not found in $PATH`+fix; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}

	t.Setenv("JSII_NODE", "")
	if got, want := text(check()), `Node.js is not installed here: at the top of the repository, run "make setup" and then this command; in your own module, set JSII_NODE to the path of a Node.js`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	here, err := filepath.Abs("node_modules/.bin/node")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(here), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, here, "\x7fELF", 0o755)
	if got, want := text(check()), `the installed Node.js, "`+here+`": --version failed: exec format error; want Node.js 18 or newer: remove node_modules and run "make setup"`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// check finds the Node.js and looks at it, as Prepare does.
func check() error {
	node, err := entry.Node()
	if err != nil {
		return err
	}
	return entry.CheckNode(node)
}

func write(t *testing.T, file, text string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

// text returns an error's text, "" for none.
func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
