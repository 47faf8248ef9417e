package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// describeMachine says what the figures were taken on.
func describeMachine() string {
	node, _ := exec.Command("node_modules/.bin/node", "--version").Output()
	return fmt.Sprintf("%d cores (%s), %s of memory, %s/%s, %s, Node.js %s",
		runtime.NumCPU(), field("/proc/cpuinfo", "model name"), memorySize(), runtime.GOOS, runtime.GOARCH,
		runtime.Version(), strings.TrimSpace(string(node)))
}

func memorySize() string {
	var kilobytes int64
	fmt.Sscan(field("/proc/meminfo", "MemTotal"), &kilobytes)
	return fmt.Sprintf("%.0f GB", float64(kilobytes)/(1<<20))
}

// field is the value of the first line of a file that begins with a name and a colon.
func field(file, name string) string {
	content, _ := os.ReadFile(file)
	for line := range strings.Lines(string(content)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}
