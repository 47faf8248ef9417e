package process_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"keyless-runners/rehearsal/process"
)

// shell is a program that runs a script and keeps what it prints in a log.
func shell(t *testing.T, script string) process.Command {
	t.Helper()
	return process.Command{
		Name: "script", Path: "/bin/sh", Args: []string{"-c", script},
		Env: []string{"PATH=" + os.Getenv("PATH")},
		Log: filepath.Join(t.TempDir(), "log"),
	}
}

// exists is a Ready that waits for a file.
func exists(file string) func(context.Context) error {
	return func(context.Context) error {
		_, err := os.Stat(file)
		return err
	}
}

func TestStartWaitsUntilTheProgramIsReady(t *testing.T) {
	ready := filepath.Join(t.TempDir(), "ready")
	command := shell(t, "sleep 0.2; touch "+ready+"; exec sleep 60")
	command.Ready = exists(ready)
	p, err := process.Start(t.Context(), command)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Kill()
	if _, err := os.Stat(ready); err != nil {
		t.Error("Start returned before the program was ready")
	}
}

func TestProgramThatEndsBeforeItIsReadySaysWhy(t *testing.T) {
	command := shell(t, "echo one; echo port 8080 is taken >&2; exit 3")
	command.Ready = func(context.Context) error { return errors.New("no answer") }
	_, err := process.Start(t.Context(), command)
	const want = "script: ended before it was ready: exit status 3\n  one\n  port 8080 is taken"
	if err == nil || err.Error() != want {
		t.Errorf("got error %q, want %q", err, want)
	}
}

func TestStopEndsWhatTheProgramStarted(t *testing.T) {
	pids := filepath.Join(t.TempDir(), "pids")
	command := shell(t, "trap '' TERM; "+twoProcesses(pids)+"exec sleep 0.1")
	command.Ready = exists(pids)
	p, err := process.Start(t.Context(), command)
	if err != nil {
		t.Fatal(err)
	}
	p.Stop()
	wantEnded(t, pids)
}

// alive gives a killed process, which its parent has to reap, the time that a busy machine takes.
func alive(pid int) bool {
	for range 3000 {
		status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
		if err != nil && syscall.Kill(pid, 0) != nil || strings.Contains(string(status), ") Z ") {
			return false
		}
		time.Sleep(10 * time.Millisecond)
	}
	return true
}

// pidsVariable names the file that startAndDie is to write.
const pidsVariable = "KEYLESS_TEST_PIDS"

// TestMain is the whole program of a process that is to be killed.
func TestMain(m *testing.M) {
	if pids := os.Getenv(pidsVariable); pids != "" {
		startAndDie(pids)
	}
	os.Exit(m.Run())
}

// startAndDie starts a program, which starts another, and is killed before it can stop
// them.
func startAndDie(pids string) {
	_, err := process.Start(context.Background(), process.Command{
		Name: "script", Path: "/bin/sh", Args: []string{"-c", twoProcesses(pids) + "exec sleep 60"},
		Env: []string{"PATH=" + os.Getenv("PATH")}, Log: pids + ".log", Ready: exists(pids),
	})
	if err != nil {
		panic(err)
	}
	syscall.Kill(os.Getpid(), syscall.SIGKILL)
}

func TestWhatAKilledProcessStartedEnds(t *testing.T) {
	pids := filepath.Join(t.TempDir(), "pids")
	parent := exec.Command(os.Args[0])
	parent.Env = append(os.Environ(), pidsVariable+"="+pids)
	if err := parent.Run(); err == nil || err.Error() != "signal: killed" {
		t.Fatalf("got %v, want signal: killed", err)
	}
	wantEnded(t, pids)
}

// twoProcesses is the start of a script that starts another process, and then writes
// the ids of both to a file.
func twoProcesses(pids string) string {
	return "sleep 60 & echo $! $$ > " + pids + ".new; mv " + pids + ".new " + pids + "; "
}

func wantEnded(t *testing.T, pids string) {
	t.Helper()
	text, err := os.ReadFile(pids)
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range strings.Fields(string(text)) {
		pid, err := strconv.Atoi(field)
		if err != nil {
			t.Fatal(err)
		}
		if alive(pid) {
			t.Errorf("process %d still runs", pid)
		}
	}
}

func TestContextEndsAStart(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	command := shell(t, "exec sleep 60")
	command.Ready = func(context.Context) error { return errors.New("no answer") }
	if _, err := process.Start(ctx, command); err == nil || !strings.HasPrefix(err.Error(), "script: not ready: no answer") {
		t.Errorf("got error %v", err)
	}
}

func TestRunEndsWhatTheProgramStarted(t *testing.T) {
	pids := filepath.Join(t.TempDir(), "pids")
	result, err := process.Run(t.Context(), shell(t, "exec > "+pids+".log 2>&1; "+twoProcesses(pids)), nil)
	if err != nil || result.Status != 0 {
		t.Fatalf("got %+v, %v, want status 0", result, err)
	}
	wantEnded(t, pids)
}

func TestRunKeepsOutputAndStatus(t *testing.T) {
	result, err := process.Run(t.Context(), shell(t, "cat; echo oops >&2; exit 4"), strings.NewReader("in"))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(result.Stdout); got != "in" {
		t.Errorf("got output %q, want %q", got, "in")
	}
	if got := string(result.Stderr); got != "oops\n" {
		t.Errorf("got errors %q, want %q", got, "oops\n")
	}
	if result.Status != 4 {
		t.Errorf("got status %d, want 4", result.Status)
	}
}

func TestProgramHasNoEnvironmentButItsOwn(t *testing.T) {
	t.Setenv("AWS_PROFILE", "of-the-user")
	command := shell(t, "echo ${AWS_PROFILE:-none}")
	result, err := process.Run(t.Context(), command, nil)
	if err != nil || string(result.Stdout) != "none\n" {
		t.Errorf("got %q and error %v, want none", result.Stdout, err)
	}
}

func TestPortsAreOfLoopback(t *testing.T) {
	port, err := process.Port()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := process.Address(port), "127.0.0.1:"+strconv.Itoa(port); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
