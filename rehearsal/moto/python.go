package moto

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
)

// oldest is the oldest Python 3 that moto's requirements are pinned for.
const oldest = 11

// python is the interpreter that "python3" is on the PATH.
type python struct {
	path string
	// version is such as "3.11.7".
	version string
}

func findPython(ctx context.Context) (python, error) {
	path, err := exec.LookPath("python3")
	if err != nil {
		return python{}, fmt.Errorf("python3 is missing: install Python 3.%d or newer (https://www.python.org/downloads)", oldest)
	}
	said, err := exec.CommandContext(ctx, path, "-c", "import platform; print(platform.python_version())").Output()
	if err != nil {
		return python{}, fmt.Errorf("%s: %w", path, err)
	}
	p := python{path, strings.TrimSpace(string(said))}
	return p, p.check()
}

func (p python) check() error {
	parts := strings.Split(p.version, ".")
	if len(parts) < 2 || parts[0] != "3" {
		return p.unfit()
	}
	if minor, err := strconv.Atoi(parts[1]); err != nil || minor < oldest {
		return errors.Join(err, p.unfit())
	}
	return nil
}

func (p python) unfit() error {
	return fmt.Errorf("%s is Python %q: want 3.%d or newer (https://www.python.org/downloads)", p.path, p.version, oldest)
}
