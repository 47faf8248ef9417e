package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// peak runs the command and returns the most memory that its processes held at once.
// What several share counts once (proportional set size, proc(5)).
func (c command) peak(ctx context.Context) (int64, error) {
	var peak int64
	_, err := c.run(ctx, func(pids []int) {
		for {
			held := int64(0)
			for _, pid := range pids {
				held += treeMemory(pid)
			}
			if held == 0 {
				return
			}
			peak = max(peak, held)
			time.Sleep(10 * time.Millisecond)
		}
	})
	return peak, err
}

// treeMemory is the memory of a process and its descendants, in bytes; zero for one that
// has ended.
func treeMemory(pid int) int64 {
	held := proportional(pid)
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, task := range tasks {
		children, _ := os.ReadFile(task)
		for _, child := range strings.Fields(string(children)) {
			if id, err := strconv.Atoi(child); err == nil {
				held += treeMemory(id)
			}
		}
	}
	return held
}

func proportional(pid int) int64 {
	file, err := os.Open(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		return 0
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if fields := strings.Fields(lines.Text()); len(fields) > 1 && fields[0] == "Pss:" {
			kilobytes, _ := strconv.ParseInt(fields[1], 10, 64)
			return kilobytes << 10
		}
	}
	return 0
}
