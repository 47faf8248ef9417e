package infra

import (
	"crypto/sha256"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"testing"
)

func TestReleaseArchive(t *testing.T) {
	want := sha256.Sum256(archive)
	before := fileMemory(t)
	if err := releaseArchive(); err != nil {
		t.Fatal(err)
	}
	if after := fileMemory(t); runtime.GOOS == "linux" && before-after < 30<<10 {
		t.Errorf("the program's files take %d kB of memory, before %d kB: want 30,720 kB less", after, before)
	}
	if sha256.Sum256(archive) != want {
		t.Error("the archive is another one now")
	}
}

// fileMemory is the memory for files of this process, in kB (proc_pid_status(5)), zero where the
// system does not say it.
func fileMemory(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if os.IsNotExist(err) {
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`RssFile:\s+(\d+) kB`).FindSubmatch(status)
	if found == nil {
		return 0
	}
	kilobytes, err := strconv.Atoi(string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	return kilobytes
}
