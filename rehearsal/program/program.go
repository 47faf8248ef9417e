// Package program builds the programs of a rehearsal from the Go modules that the
// project depends on: etcd, kube-apiserver and kubectl as the rehearsal's go.mod
// pins them, and the manager of actions-runner-controller as the project's does. A
// program is built once; its file's name says of what.
package program

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Programs are the paths of the programs.
type Programs struct {
	Etcd, APIServer, Kubectl, Manager string
	// ManagerSource is the folder of actions-runner-controller's module, which also
	// holds its CustomResourceDefinitions, webhooks and roles.
	ManagerSource string
}

// Step is a program that is being built.
type Step struct {
	// Program is its name and version, such as "etcd v3.6.5".
	Program string
	// Number counts from 1 to Of, the number of programs that have to be built.
	Number, Of int
	// Elapsed is how long it has been building.
	Elapsed time.Duration
}

// tick is how often progress is told of a step.
const tick = time.Second

// Build builds what the folder does not hold yet. The module is the folder of the
// rehearsal's go.mod. Progress is told of each program when its build begins and then
// every second; it is not called if everything is there. Two calls at once, of one
// process or of several, build one after the other.
func Build(ctx context.Context, module, folder string, progress func(Step)) (Programs, error) {
	s, err := find(ctx, module)
	if err != nil {
		return Programs{}, err
	}
	if folder, err = filepath.Abs(folder); err != nil {
		return Programs{}, err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return Programs{}, err
	}
	unlock, err := lock(ctx, filepath.Join(folder, "lock"))
	if err != nil {
		return Programs{}, err
	}
	defer unlock()
	recipes := []recipe{s.etcd(), s.apiServer(), s.kubectl(), s.manager()}
	if err := build(ctx, folder, missing(folder, recipes), progress); err != nil {
		return Programs{}, err
	}
	path := func(i int) string { return filepath.Join(folder, recipes[i].file()) }
	return Programs{path(0), path(1), path(2), path(3), s.controller.Dir}, nil
}

func missing(folder string, recipes []recipe) []recipe {
	var missing []recipe
	for _, r := range recipes {
		if _, err := os.Stat(filepath.Join(folder, r.file())); err != nil {
			missing = append(missing, r)
		}
	}
	return missing
}

func build(ctx context.Context, folder string, recipes []recipe, progress func(Step)) error {
	for i, r := range recipes {
		stop := report(Step{Program: r.name + " " + r.version, Number: i + 1, Of: len(recipes)}, progress)
		err := r.build(ctx, folder)
		stop()
		if err != nil {
			return fmt.Errorf("build %s %s: %w", r.name, r.version, err)
		}
	}
	return nil
}

// report reports a step, at once and then at every tick, until it is stopped.
func report(step Step, progress func(Step)) (stop func()) {
	progress(step)
	started, done, told := time.Now(), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(told)
		for {
			select {
			case <-done:
				return
			case <-time.After(tick):
				step.Elapsed = time.Since(started)
				progress(step)
			}
		}
	}()
	return func() {
		close(done)
		<-told
	}
}
