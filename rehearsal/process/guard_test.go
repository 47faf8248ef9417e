package process

import (
	"fmt"
	"os/exec"
	"syscall"
	"testing"
)

// A group that has ended is struck off the guard's list: its number may be another's.
func TestGuardKillsWhatIsOnItsList(t *testing.T) {
	pipe, err := startGuard()
	if err != nil {
		t.Fatal(err)
	}
	var groups []*exec.Cmd
	for range 3 {
		cmd := exec.Command("/bin/sleep", "60")
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { cmd.Process.Kill() })
		fmt.Fprintln(pipe, "started", cmd.Process.Pid)
		groups = append(groups, cmd)
	}
	fmt.Fprintln(pipe, "ended", groups[1].Process.Pid)
	pipe.Close()
	for _, i := range []int{0, 2} {
		if err := groups[i].Wait(); err == nil || err.Error() != "signal: killed" {
			t.Errorf("group %d: got %v, want signal: killed", i, err)
		}
	}
	if err := groups[1].Process.Signal(syscall.Signal(0)); err != nil {
		t.Errorf("the group that has ended: got %v, want it left alone", err)
	}
}
