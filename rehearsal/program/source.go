package program

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"keyless-runners/rehearsal/process"
)

// sources are the modules that the programs are built from.
type sources struct {
	// module is the folder whose go.mod pins etcd and Kubernetes.
	module                         string
	server, kubernetes, controller goModule
	// toolchain decides the outcome besides the sources.
	toolchain string
	// pins is the content of the go.mod and go.sum that pin them.
	pins string
}

type goModule struct {
	Path, Version, Dir string
}

const (
	etcdPath       = "go.etcd.io/etcd/server/v3"
	kubernetesPath = "k8s.io/kubernetes"
	projectPath    = "keyless-runners"
	controllerPath = "github.com/actions/actions-runner-controller"
)

// find asks Go where the modules are; they are downloaded first if need be.
func find(ctx context.Context, module string) (*sources, error) {
	modules, err := list(ctx, module, etcdPath, kubernetesPath, projectPath)
	if err != nil {
		return nil, err
	}
	s := &sources{module: module, server: modules[0], kubernetes: modules[1]}
	project := modules[2].Dir
	if modules, err = download(ctx, project, controllerPath); err != nil {
		return nil, err
	}
	s.controller = modules[0]
	toolchain, err := goCommand(ctx, module, "env", "GOVERSION", "GOOS", "GOARCH", "CGO_ENABLED", "GOFLAGS", "GOEXPERIMENT")
	if err != nil {
		return nil, err
	}
	s.toolchain = string(toolchain)
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(module, name))
		if err != nil {
			return nil, err
		}
		s.pins += string(text)
	}
	return s, nil
}

// list describes modules of a go.mod, in the order of their paths as given.
func list(ctx context.Context, dir string, paths ...string) ([]goModule, error) {
	return modules(ctx, dir, append([]string{"list", "-m", "-json"}, paths...))
}

// download is list for modules whose content is needed.
func download(ctx context.Context, dir string, paths ...string) ([]goModule, error) {
	return modules(ctx, dir, append([]string{"mod", "download", "-json"}, paths...))
}

func modules(ctx context.Context, dir string, args []string) ([]goModule, error) {
	out, err := goCommand(ctx, dir, args...)
	if err != nil {
		return nil, err
	}
	var found []goModule
	decoder := json.NewDecoder(bytes.NewReader(out))
	for {
		var m goModule
		if err := decoder.Decode(&m); errors.Is(err, io.EOF) {
			return found, nil
		} else if err != nil {
			return nil, fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
		}
		found = append(found, m)
	}
}

// goCommand runs the user's Go, and ends it with all that it started when ctx ends. The
// error ends with what Go says.
func goCommand(ctx context.Context, dir string, args ...string) ([]byte, error) {
	command := process.Command{Name: "go", Path: "go", Args: args, Dir: dir}
	command.Env = append(os.Environ(), "GOWORK=off") // only go.mod decides
	result, err := process.Run(ctx, command, nil)
	if err != nil {
		return nil, err
	}
	if result.Status != 0 {
		return nil, fmt.Errorf("go %s: exit status %d\n%s", args[0], result.Status, bytes.TrimSpace(result.Stderr))
	}
	return result.Stdout, nil
}
