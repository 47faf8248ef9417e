package entry

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"keyless-runners/internal/kernel"
)

const (
	// installedNode is the Node.js that "make setup" installs, below the top of the repository.
	installedNode = "node_modules/.bin/node"
	// oldestNode is the first major version on which the fleet renders: 16 does not know
	// a flag that the kernel sets.
	oldestNode = 18
	// nodeTimeout is long for printing a version, which takes Node.js 5 ms.
	nodeTimeout = 10 * time.Second
)

// Node is the Node.js that jsii runs on: the one that "make setup" installs, whatever
// other one the user has, unless the environment names one. It is a file that can be
// executed; whether it is Node.js, CheckNode finds out.
func Node() (string, error) {
	if named := os.Getenv(kernel.NodeVariable); named != "" {
		if _, err := exec.LookPath(named); err != nil {
			return "", unusable(named, reason(err))
		}
		return named, nil
	}
	installed, err := filepath.Abs(installedNode)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(installed); err != nil {
		return "", errors.New(`Node.js is not installed here: at the top of the repository, run "make setup" and then this command; in your own module, set ` + kernel.NodeVariable + ` to the path of a Node.js`)
	}
	return installed, nil
}

// CheckNode returns an error unless the program is a Node.js that jsii can run on.
func CheckNode(program string) error {
	ctx, cancel := context.WithTimeout(context.Background(), nodeTimeout)
	defer cancel()
	output, err := exec.CommandContext(ctx, program, "--version").CombinedOutput()
	line, _, _ := strings.Cut(strings.TrimSpace(string(output)), "\n")
	version := nodeVersion.FindStringSubmatch(line)
	switch {
	case ctx.Err() != nil:
		return unusable(program, fmt.Sprintf("--version took more than %s", nodeTimeout))
	case err != nil:
		return unusable(program, strings.TrimSuffix("--version failed: "+reason(err)+": "+line, ": "))
	case version == nil:
		return unusable(program, fmt.Sprintf("not Node.js: --version printed %q", line))
	}
	if major, err := strconv.Atoi(version[1]); err != nil || major < oldestNode {
		return unusable(program, "Node.js "+line[1:]+" is too old")
	}
	return nil
}

var nodeVersion = regexp.MustCompile(`^v([0-9]+)\.[0-9]+\.[0-9]+$`)

// unusable is the error about a Node.js, which says who chose it.
func unusable(program, problem string) error {
	if os.Getenv(kernel.NodeVariable) != "" {
		return fmt.Errorf(`%s %q: %s; want the path of Node.js %d or newer: correct %[1]s, or unset it for the Node.js that "make setup" installs`,
			kernel.NodeVariable, program, problem, oldestNode)
	}
	return fmt.Errorf(`the installed Node.js, %q: %s; want Node.js %d or newer: remove node_modules and run "make setup"`, program, problem, oldestNode)
}

// reason returns the operating system's reason, without the program's path.
func reason(err error) string {
	var lookup *exec.Error
	if errors.As(err, &lookup) {
		err = lookup.Err
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return err.Error()
}
