package moto_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"keyless-runners/rehearsal/moto"
)

// fakePython puts a python3 on the PATH that is of the version, makes environments that
// hold nothing but itself, and does what is said for pip.
func fakePython(t *testing.T, version, venv, pip string) string {
	t.Helper()
	folder := t.TempDir()
	script := `#!/bin/sh
case "$*" in
"-c "*) echo ` + version + ` ;;
"-m venv "*) ` + venv + ` ;;
"-m pip "*) ` + pip + ` ;;
*) echo "unexpected: $*" >&2; exit 9 ;;
esac
`
	path := filepath.Join(folder, "python3")
	if err := os.WriteFile(path, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+":/usr/bin:/bin")
	return path
}

// makes is a venv that works.
const makes = `mkdir "$3/bin" && cp "$0" "$3/bin/python"`

func TestInstallSaysWhatIsMissing(t *testing.T) {
	for _, c := range []struct{ promise, version, venv, pip, want string }{
		{"Python 3.10", "3.10.14", makes, "exit 0",
			`PYTHON is Python "3.10.14": want 3.11 or newer (https://www.python.org/downloads)`},
		{"Python 2", "2.7.18", makes, "exit 0",
			`PYTHON is Python "2.7.18": want 3.11 or newer (https://www.python.org/downloads)`},
		{"no venv", "3.12.1", "echo ensurepip is not available >&2; exit 1", "exit 0",
			"install moto: PYTHON -m venv: exit status 1\n  ensurepip is not available\n  (on Debian and Ubuntu, venv is in the package python3-venv)"},
		{"no network", "3.12.1", makes, "echo No matching distribution found >&2; exit 1",
			"install moto: pip, which needs a network for it: exit status 1\n  No matching distribution found"},
	} {
		t.Run(c.promise, func(t *testing.T) {
			python, folder := fakePython(t, c.version, c.venv, c.pip), t.TempDir()
			_, err := moto.Install(t.Context(), folder, func(time.Duration) {})
			if want := strings.ReplaceAll(c.want, "PYTHON", python); err == nil || err.Error() != want {
				t.Errorf("got  %v\nwant %s", err, want)
			}
			wantFiles(t, folder)
		})
	}
}

func TestInstallSaysThatThereIsNoPython(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := moto.Install(t.Context(), t.TempDir(), func(time.Duration) {})
	const want = "python3 is missing: install Python 3.11 or newer (https://www.python.org/downloads)"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestInstallIsDoneOnce(t *testing.T) {
	fakePython(t, "3.12.1", makes, "cat > /dev/null")
	folder, told := t.TempDir(), 0
	install := func() string {
		python, err := moto.Install(t.Context(), folder, func(time.Duration) { told++ })
		if err != nil {
			t.Fatal(err)
		}
		return python
	}
	first := install()
	if told == 0 {
		t.Error("no progress was told of the first")
	}
	told = 0
	if again := install(); again != first || told != 0 {
		t.Errorf("again: got %q and progress %d times, want %q and none", again, told, first)
	}
	if filepath.Dir(filepath.Dir(filepath.Dir(first))) != folder {
		t.Errorf("got %q, want it in a folder of %q", first, folder)
	}
}

// Eight at once: each has a whole environment, and there is one.
func TestInstallationsDoNotMeet(t *testing.T) {
	fakePython(t, "3.12.1", makes, "cat > /dev/null; sleep 0.2")
	folder := t.TempDir()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			python, err := moto.Install(t.Context(), folder, func(time.Duration) {})
			if err != nil {
				t.Error(err)
			}
			if _, err := os.Stat(python); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if files, _ := os.ReadDir(folder); len(files) != 1 {
		t.Errorf("got %v, want one environment", files)
	}
}

func TestInstallLeavesNothingWhenItIsInterrupted(t *testing.T) {
	began := filepath.Join(t.TempDir(), "began")
	fakePython(t, "3.12.1", makes, "touch "+began+"; sleep 60")
	ctx, cancel := context.WithCancel(t.Context())
	folder := t.TempDir()
	go func() {
		defer cancel()
		for ctx.Err() == nil {
			if _, err := os.Stat(began); err == nil {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	}()
	_, err := moto.Install(ctx, folder, func(time.Duration) {})
	if err == nil || err.Error() != "install moto: pip: context canceled" {
		t.Errorf("got %v", err)
	}
	wantFiles(t, folder)
}

func wantFiles(t *testing.T, folder string, want ...string) {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != len(want) {
		t.Errorf("%s: got %v and error %v, want %q", folder, files, err, want)
	}
}
