package stage

import (
	"context"
	"os"
	"path/filepath"

	"keyless-runners/rehearsal/docker"
	"keyless-runners/rehearsal/job"
)

// What the program Self is called with when it plays a part. As docker and ko, it is
// called by that name.
const (
	partJob   = "play-job"
	partLogin = "play-amazon-ecr-login"
)

// Play plays the part that the process was started for, and returns its exit status.
// Played is false if it was started for none. A program that makes a stage calls it
// first, so that one file is all there is to build.
func Play(ctx context.Context, args []string) (status int, played bool) {
	switch filepath.Base(args[0]) {
	case docker.Name:
		return docker.Main(args[1:]), true
	case docker.KoName:
		return docker.Ko(args[1:]), true
	}
	if len(args) < 2 {
		return 0, false
	}
	switch args[1] {
	case partJob:
		return job.Main(ctx, os.Stdin, os.Stdout), true
	case partLogin:
		return docker.LoginAction(ctx, args[2:]), true
	}
	return 0, false
}
