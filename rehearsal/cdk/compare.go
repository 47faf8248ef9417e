package cdk

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
)

// Compare wants the templates in a folder, such as dist/infra, to be those of the
// assembly, byte by byte and no more: what is rehearsed is what was reviewed.
func (a *Assembly) Compare(folder string) error {
	names := map[string]bool{}
	for _, stack := range a.Stacks {
		name := filepath.Base(stack.Template)
		names[name] = true
		if err := same(stack.Template, filepath.Join(folder, name)); err != nil {
			return err
		}
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, file := range files {
		if !names[file.Name()] {
			return fmt.Errorf(`%s is of no stack of the app: run "make synth"`, filepath.Join(folder, file.Name()))
		}
	}
	return nil
}

func same(rendered, reviewed string) error {
	want, err := os.ReadFile(rendered)
	if err != nil {
		return err
	}
	got, err := os.ReadFile(reviewed)
	if err != nil {
		return err
	}
	if !bytes.Equal(got, want) {
		return fmt.Errorf(`%s is not what the app renders: run "make synth"`, reviewed)
	}
	return nil
}
