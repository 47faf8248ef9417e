package moto

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"keyless-runners/rehearsal/process"
)

// requirements are moto and all that it needs, with their hashes. They are made from
// requirements.in: see there.
//
//go:embed requirements.txt
var requirements string

// tick is how often progress is told.
const tick = time.Second

// Install puts moto into a virtual environment below the folder, unless it is there,
// and returns the path of its interpreter. Progress is told when it begins and then
// every second. What is there is whole: it is made beside its place, so two calls at
// once, of one process or of several, do not meet.
func Install(ctx context.Context, folder string, progress func(elapsed time.Duration)) (string, error) {
	p, err := findPython(ctx)
	if err != nil {
		return "", err
	}
	if folder, err = filepath.Abs(folder); err != nil {
		return "", err
	}
	environment := filepath.Join(folder, p.environment())
	interpreter := filepath.Join(environment, "bin", "python")
	if _, err := os.Stat(interpreter); err == nil {
		return interpreter, nil
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	if err := during(progress, func() error { return p.install(ctx, environment) }); err != nil {
		return "", fmt.Errorf("install moto: %w", err)
	}
	return interpreter, nil
}

// environment is the name of the folder: a hash of everything that decides about it.
func (p python) environment() string {
	hash := sha256.Sum256([]byte(p.path + "\n" + p.version + "\n" + requirements))
	return "moto-" + hex.EncodeToString(hash[:])[:12]
}

// install makes the environment, or nothing. Another process may have been faster.
func (p python) install(ctx context.Context, environment string) error {
	work, err := os.MkdirTemp(filepath.Dir(environment), filepath.Base(environment)+"-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if err := p.venv(ctx, work); err != nil {
		return err
	}
	if err := p.pip(ctx, work); err != nil {
		return err
	}
	err = os.Rename(work, environment)
	if _, made := os.Stat(filepath.Join(environment, "bin", "python")); made == nil {
		return nil
	}
	return err
}

func (p python) venv(ctx context.Context, folder string) error {
	result, err := process.Run(ctx, process.Command{
		Name: "python3 -m venv",
		Path: p.path,
		Args: []string{"-m", "venv", folder},
		Env:  os.Environ(),
	}, nil)
	if err != nil {
		return err
	}
	if err := result.Failure(); err != nil {
		return fmt.Errorf("%s -m venv: %w\n  (on Debian and Ubuntu, venv is in the package python3-venv)", p.path, err)
	}
	return nil
}

// pip has the user's environment: an index or a proxy may be configured there.
func (p python) pip(ctx context.Context, folder string) error {
	result, err := process.Run(ctx, process.Command{
		Name: "pip",
		Path: filepath.Join(folder, "bin", "python"),
		Args: []string{"-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--retries", "2",
			"--require-hashes", "--requirement", "/dev/stdin"},
		Env: os.Environ(),
	}, strings.NewReader(requirements))
	if err != nil {
		return err
	}
	if err := result.Failure(); err != nil {
		return fmt.Errorf("pip, which needs a network for it: %w", err)
	}
	return nil
}

// during reports progress, at once and then at every tick, until act returns.
func during(progress func(time.Duration), act func() error) error {
	started, done := time.Now(), make(chan error, 1)
	go func() { done <- act() }()
	for {
		progress(time.Since(started))
		select {
		case err := <-done:
			return err
		case <-time.After(tick):
		}
	}
}
