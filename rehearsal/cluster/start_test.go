package cluster_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"keyless-runners/rehearsal/cluster"
	"keyless-runners/rehearsal/program/programtest"
)

func TestStartSaysWhatTheProgramSaid(t *testing.T) {
	folder, programs := filepath.Join(t.TempDir(), "cluster"), programtest.Built(t)
	programs.APIServer = filepath.Join(t.TempDir(), "kube-apiserver")
	if err := os.WriteFile(programs.APIServer, []byte("#!/bin/sh\necho no such flag >&2\nexit 2\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := cluster.Start(t.Context(), cluster.Options{Folder: folder, Programs: programs, Issuer: issuer})
	want := "kube-apiserver: ended before it was ready: exit status 2\n  no such flag"
	if err == nil || err.Error() != want {
		t.Errorf("got error %v, want %s", err, want)
	}
	nothingRuns(t, folder)
}

func TestStartIsInterrupted(t *testing.T) {
	folder, programs := filepath.Join(t.TempDir(), "cluster"), programtest.Built(t)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		defer cancel()
		for began := filepath.Join(folder, "kube-apiserver.log"); ctx.Err() == nil; time.Sleep(10 * time.Millisecond) {
			if _, err := os.Stat(began); err == nil {
				return
			}
		}
	}()
	_, err := cluster.Start(ctx, cluster.Options{Folder: folder, Programs: programs, Issuer: issuer})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v, want that it was interrupted", err)
	}
	nothingRuns(t, folder)
}

// nothingRuns says that no program is left that was started with the folder.
func nothingRuns(t *testing.T, folder string) {
	t.Helper()
	commands, err := exec.CommandContext(t.Context(), "ps", "-A", "-w", "-w", "-o", "command").Output()
	if err != nil {
		t.Fatal(err)
	}
	for command := range strings.Lines(string(commands)) {
		if strings.Contains(command, folder) {
			t.Errorf("left running: %s", command)
		}
	}
}
