package program

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// recipe is how a program is built.
type recipe struct {
	name, version string
	// dir is the folder that Go builds in, pkg the package there.
	dir, pkg string
	ldflags  []string
	// change is made to the source while it is built; nil for none.
	change *change
	// pins is everything else that decides the outcome.
	pins string
}

// stripped leaves out what only a debugger reads.
var stripped = []string{"-s", "-w"}

func (s *sources) etcd() recipe {
	return recipe{name: "etcd", version: s.server.Version, dir: s.module, pkg: etcdPath, ldflags: stripped, pins: s.toolchain + s.pins}
}

func (s *sources) apiServer() recipe { return s.kubernetesCommand("kube-apiserver") }

func (s *sources) kubectl() recipe { return s.kubernetesCommand("kubectl") }

// kubernetesCommand gives the command its version, as Kubernetes' own build does;
// without it kube-apiserver says v0.0.0, which clients refuse to talk to.
func (s *sources) kubernetesCommand(name string) recipe {
	r := recipe{name: name, version: s.kubernetes.Version, dir: s.module, pkg: kubernetesPath + "/cmd/" + name, pins: s.toolchain + s.pins}
	r.ldflags = append(r.ldflags, stripped...)
	for _, variable := range []string{"k8s.io/component-base/version.gitVersion", "k8s.io/client-go/pkg/version.gitVersion"} {
		r.ldflags = append(r.ldflags, "-X", variable+"="+s.kubernetes.Version)
	}
	return r
}

// ScaleSetVersion is the manager's version of itself: the one that scale sets are rendered
// for. It deletes those that are labelled with another.
const ScaleSetVersion = "0.14.2"

// manager is built in its module's folder, where its own go.mod decides about its
// dependencies.
func (s *sources) manager() recipe {
	return recipe{
		name: "actions-runner-controller", version: s.controller.Version, dir: s.controller.Dir, pkg: ".",
		ldflags: append(slices.Clone(stripped), "-X", controllerPath+"/build.Version="+ScaleSetVersion), change: &loopback, pins: s.toolchain,
	}
}

// file is the program's file: under its own name, by which logs and API servers know
// it, in a folder of its version and a hash of everything that decides about it.
func (r recipe) file() string {
	hash := sha256.New()
	fmt.Fprintf(hash, "%q %q %q %q %q", r.version, r.pkg, r.ldflags, r.change, r.pins)
	return filepath.Join(r.version+"-"+hex.EncodeToString(hash.Sum(nil))[:12], r.name)
}

// build leaves the program in the folder, or nothing.
func (r recipe) build(ctx context.Context, folder string) error {
	work, err := os.MkdirTemp(folder, r.name+"-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	dir, program := r.dir, filepath.Join(work, "program")
	if r.change != nil {
		dir = filepath.Join(work, "source")
		if err := r.change.copy(r.dir, dir); err != nil {
			return err
		}
	}
	if _, err := goCommand(ctx, dir, "build", "-buildvcs=false", "-ldflags", strings.Join(r.ldflags, " "), "-o", program, r.pkg); err != nil {
		return err
	}
	file := filepath.Join(folder, r.file())
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	if err := os.Rename(program, file); err != nil {
		return err
	}
	return r.removeOthers(folder)
}

// removeOthers removes the same program of other versions: each takes up to 100 MB, and
// go.mod changes often. A program that runs is kept while it does.
func (r recipe) removeOthers(folder string) error {
	files, err := filepath.Glob(filepath.Join(folder, "*", r.name))
	if err != nil {
		return err
	}
	for _, file := range files {
		if file == filepath.Join(folder, r.file()) {
			continue
		}
		if err := os.RemoveAll(filepath.Dir(file)); err != nil {
			return err
		}
	}
	return nil
}
