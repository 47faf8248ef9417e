package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// fresh measures the way from a clone, without any cache of Go, npm or jsii, to the
// first artefacts.
type fresh struct {
	Date  string
	Steps []step
	Sizes []size
}

// step is one part of it. Downloading says that it mostly waits for the network.
type step struct {
	What        string
	Seconds     float64
	Downloading bool
}

// size is how much a part of it takes on disk, in bytes.
type size struct {
	What  string
	Bytes int64
}

func (b bench) fresh(ctx context.Context) (*fresh, error) {
	home, clone := filepath.Join(b.folder, "home"), filepath.Join(b.folder, "clone")
	if output, err := exec.CommandContext(ctx, "git", "clone", "--quiet", b.repository, clone).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("git clone: %w\n%s", err, output)
	}
	// Go's caches are read-only, and have to be writable to be removed.
	defer exec.Command("chmod", "-R", "u+w", home).Run()
	env, err := freshEnvironment(home)
	if err != nil {
		return nil, err
	}
	took := &fresh{Date: time.Now().UTC().Format(time.DateOnly)}
	for _, one := range []struct {
		what        string
		downloading bool
		args        []string
	}{
		{"install Node.js and the command lines (npm ci)", true, []string{"make", "node_modules/.installed"}},
		{"download the Go modules", true, []string{"make", ".build/modules"}},
		{"build keyless", false, []string{"make", "bin/keyless"}},
		{"keyless synth, which unpacks the libraries", false, []string{"bin/keyless", "synth"}},
	} {
		cost, err := command{dir: clone, env: env, processes: [][]string{one.args}}.run(ctx, nil)
		if err != nil {
			return nil, err
		}
		fmt.Printf("fresh machine, %s: %.1f s\n", one.what, cost.Wall)
		took.Steps = append(took.Steps, step{one.what, cost.Wall, one.downloading})
	}
	for _, part := range []struct{ what, path string }{
		{"bin/keyless", filepath.Join(clone, "bin/keyless")},
		{"node_modules (Node.js, cdk, cdk8s)", filepath.Join(clone, "node_modules")},
		{"npm's downloads", filepath.Join(home, ".npm")},
		{"Go modules, as downloaded", filepath.Join(home, "go/pkg/mod/cache/download")},
		{"Go modules, unpacked with their downloads", filepath.Join(home, "go")},
		{"jsii's cache, with the prepared validation", filepath.Join(home, ".cache/aws/jsii")},
	} {
		bytes, err := sizeOf(part.path)
		if err != nil {
			return nil, err
		}
		took.Sizes = append(took.Sizes, size{part.what, bytes})
	}
	return took, nil
}

// freshEnvironment is the environment of a user with an empty home folder. Where packages
// come from stays as it is here.
func freshEnvironment(home string) ([]string, error) {
	goenv, err := exec.Command("go", "env", "GOENV", "GOPROXY", "GOSUMDB", "GONOSUMDB").Output()
	if err != nil {
		return nil, err
	}
	settings := strings.Split(strings.TrimSpace(string(goenv)), "\n")
	npmrc := os.Getenv("npm_config_userconfig")
	if npmrc == "" {
		npmrc = filepath.Join(os.Getenv("HOME"), ".npmrc")
	}
	return []string{
		"HOME=" + home, "GOPATH=" + filepath.Join(home, "go"), "GOMODCACHE=", "GOCACHE=" + filepath.Join(home, ".cache/go-build"),
		"GOENV=" + settings[0], "GOPROXY=" + settings[1], "GOSUMDB=" + settings[2],
		"npm_config_cache=" + filepath.Join(home, ".npm"), "npm_config_userconfig=" + npmrc,
	}, os.Mkdir(home, 0o755)
}

func sizeOf(path string) (bytes int64, err error) {
	err = filepath.WalkDir(path, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			bytes += info.Size()
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return 0, fmt.Errorf("there is no %s to measure: %w", filepath.Base(path), err)
	}
	return bytes, err
}
