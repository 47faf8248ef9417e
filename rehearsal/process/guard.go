package process

import (
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
)

// guard is a shell that ends what was started here even if this process is killed: it
// gets the name of every group, and once its input is closed it kills those that
// are still on its list. It cannot know of one that this process had no time to name.
var guard = sync.OnceValues(startGuard)

const guardScript = `running=
while read -r what group; do
  others=
  for one in $running; do [ "$one" = "$group" ] || others="$others $one"; done
  if [ "$what" = started ]; then running="$others $group"; else running=$others; fi
done
for one in $running; do kill -9 "-$one"; done 2> /dev/null`

func startGuard() (*os.File, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer read.Close()
	cmd := exec.Command("/bin/sh", "-c", guardScript)
	cmd.Stdin = read
	cmd.Env = []string{}
	// Killing the group of this process does not kill the guard.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return write, cmd.Start()
}

// start starts a command under guard, in the command's own group.
func start(cmd *exec.Cmd) error {
	if _, err := guard(); err != nil {
		return fmt.Errorf("guard: %w", err)
	}
	err := cmd.Start()
	if err == nil {
		tell("started", cmd)
	}
	return err
}

// wait waits for a command, and ends what it has left running.
func wait(cmd *exec.Cmd) error {
	err := cmd.Wait()
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	tell("ended", cmd)
	return err
}

// tell gives the guard a command's name. A guard that was killed guards nothing, and
// what it would have guarded runs as well without it.
func tell(what string, cmd *exec.Cmd) {
	pipe, _ := guard()
	fmt.Fprintln(pipe, what, cmd.Process.Pid)
}
