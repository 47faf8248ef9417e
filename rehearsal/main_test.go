package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"keyless-runners/rehearsal/stage"
)

// asMain has the test's own program be the command.
const asMain = "REHEARSE_AS_MAIN"

func TestMain(m *testing.M) {
	if status, played := stage.Play(context.Background(), os.Args); played {
		os.Exit(status)
	}
	if os.Getenv(asMain) != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// rehearsal is a run of the command with its own folder for temporary files.
type rehearsal struct {
	*exec.Cmd
	temporary string
	stdout    io.Reader
	stderr    bytes.Buffer
}

func start(t *testing.T, args ...string) *rehearsal {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	r := &rehearsal{Cmd: exec.Command(self, args...), temporary: t.TempDir()}
	r.Env = append(os.Environ(), asMain+"=1", "TMPDIR="+r.temporary)
	r.Stderr = &r.stderr
	if r.stdout, err = r.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	if err := r.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Process.Kill() }) // it has ended if the test passes
	return r
}

// until reads what is told, up to a line with the text.
func (r *rehearsal) until(t *testing.T, text string) {
	t.Helper()
	var told strings.Builder
	for lines := bufio.NewScanner(r.stdout); lines.Scan(); {
		told.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), text) {
			go func() { _, _ = io.Copy(io.Discard, r.stdout) }() // so that it never waits for us
			return
		}
	}
	t.Fatalf("no line with %q:\n%s%s", text, &told, &r.stderr)
}

// processes returns the processes whose arguments or environment name the folder.
func processes(t *testing.T, folder string) []string {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*")
	if err != nil || len(all) == 0 {
		t.Fatalf("no process is to be seen in /proc: %v", err)
	}
	var found []string
	for _, process := range all {
		for _, of := range []string{"cmdline", "environ"} {
			// A process that is gone has none.
			if text, _ := os.ReadFile(filepath.Join(process, of)); bytes.Contains(text, []byte(folder)) {
				found = append(found, process+": "+string(bytes.ReplaceAll(text, []byte{0}, []byte{' '})))
			}
		}
	}
	return found
}

func (r *rehearsal) wantNothingLeft(t *testing.T) {
	t.Helper()
	if left := processes(t, r.temporary); left != nil {
		t.Errorf("still running:\n%s", strings.Join(left, "\n"))
	}
	if left, err := os.ReadDir(r.temporary); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, error %v", left, err)
	}
}

func TestRehearsalThatNobodyReadsLeavesNothing(t *testing.T) {
	r := start(t, "--top", "..")
	for lines := bufio.NewScanner(r.stdout); lines.Scan() && !strings.Contains(lines.Text(), "emulated by moto"); {
	}
	if err := r.stdout.(io.Closer).Close(); err != nil {
		t.Fatal(err)
	}
	if err := r.Wait(); r.ProcessState.ExitCode() != 130 {
		t.Errorf("got %v, want exit status 130:\n%s", err, &r.stderr)
	}
	r.wantNothingLeft(t)
}

func TestInterruptedRehearsalLeavesNothing(t *testing.T) {
	for name, line := range map[string]string{
		"while it is deployed":     "emulated by moto",
		"while actions are missed": "without ecr:GetAuthorizationToken",
	} {
		t.Run(name, func(t *testing.T) {
			r := start(t, "--top", "..")
			r.until(t, line)
			if len(processes(t, r.temporary)) < 2 {
				t.Fatal("nothing runs that could be left")
			}
			if err := r.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
			if err := r.Wait(); r.ProcessState.ExitCode() != 130 {
				t.Errorf("got %v, want exit status 130:\n%s", err, &r.stderr)
			}
			if got, want := r.stderr.String(), "interrupted; everything was stopped and removed\n"; got != want {
				t.Errorf("it said %q, want %q", got, want)
			}
			r.wantNothingLeft(t)
		})
	}
}

func TestExamplesAreRehearsed(t *testing.T) {
	for example, want := range map[string][]string{
		// Two clusters, each with a pool by IRSA and one by EKS Pod Identity, which others try to be.
		"blue-green": {
			"another ServiceAccount of the namespace, associated with it  get the pool's role                               refused  no role trust policy allows it",
			"the same name in another namespace, associated with it       get the pool's role                               refused  no role trust policy allows it",
			"the same names in another cluster, associated with it        get the pool's role                               refused  no role trust policy allows it",
			"the pool's runner                                            get the pool's role when its association is gone  refused  no association",
			"rehearsed: 4 pools push, 55 attempts are refused, each for the right reason",
		},
		"scale-set": {
			`the container "dind"                                        push to the pool's image repository             refused  it has no credentials`,
			"rehearsed: 1 pool pushes, 73 attempts are refused, each for the right reason",
		},
	} {
		t.Run(example, func(t *testing.T) {
			r := start(t, "--top", "..", filepath.Join("..", "examples", example))
			told, err := io.ReadAll(r.stdout)
			if err != nil {
				t.Fatal(err)
			}
			if err := r.Wait(); err != nil {
				t.Fatalf("%v: %s\n%s", err, &r.stderr, told)
			}
			for _, line := range want {
				if !strings.Contains(string(told), line+"\n") {
					t.Errorf("it does not say %q:\n%s", line, told)
				}
			}
			r.wantNothingLeft(t)
		})
	}
}

func TestWhatCannotBeRehearsedIsSaid(t *testing.T) {
	empty := t.TempDir()
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"--top", empty}, "error: no folder \"" + empty + "/dist\": run \"make synth\" at the top of the repository first\n"},
		{[]string{"--tpo", empty}, "error: unknown flag: --tpo\n"},
		{[]string{"nowhere"}, "error: no folder \"nowhere\": run \"make synth\" at the top of the repository first\n"},
		{[]string{"dist", "examples"}, "error: accepts at most 1 arg(s), received 2\n"},
	} {
		r := start(t, test.args...)
		_, _ = io.Copy(io.Discard, r.stdout) // it says nothing there
		if err := r.Wait(); r.ProcessState.ExitCode() != 1 {
			t.Errorf("%q: got %v, want exit status 1", test.args, err)
		}
		if got := r.stderr.String(); got != test.want {
			t.Errorf("%q: it said %q, want %q", test.args, got, test.want)
		}
	}
}
