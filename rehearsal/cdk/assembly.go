package cdk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/moto"
	"keyless-runners/rehearsal/process"
)

// Assembly is a rendered app, with all that "cdk deploy" needs.
type Assembly struct {
	folder string
	// Stacks are in alphabetical order.
	Stacks []Stack
}

// Stack is a stack of an assembly and where it goes.
type Stack struct {
	Name    identity.StackName
	Account identity.AccountID
	Region  identity.Region
	// Template is the path of its template.
	Template string
}

// Synth renders the app once, for every deployment, with a program in the folder that
// goes with the rehearsal: the command in cdk.json would leave one in Go's cache.
func (c *CLI) Synth(ctx context.Context) (*Assembly, error) {
	app := filepath.Join(c.folder, "infra")
	if err := c.build(ctx, app); err != nil {
		return nil, err
	}
	folder := filepath.Join(c.folder, "assembly")
	if _, err := c.run(ctx, c.renderer(), "synth", "--quiet", "--app", app, "--output", folder); err != nil {
		return nil, err
	}
	return Open(folder)
}

func (c *CLI) build(ctx context.Context, app string) error {
	command := process.Command{Name: "go build ./cmd/infra", Path: "go", Args: []string{"build", "-o", app, "./cmd/infra"}, Env: os.Environ(), Dir: c.top}
	result, err := process.Run(ctx, command, nil)
	if err != nil {
		return err
	}
	if err := result.Failure(); err != nil {
		return fmt.Errorf("%s: %w", command.Name, err)
	}
	return nil
}

// manifest has the members of an assembly's manifest.json that are read (cloud assembly schema).
type manifest struct {
	Artifacts map[string]struct {
		Type        string
		Environment string
		Properties  struct{ TemplateFile string }
	}
}

// Open reads an assembly. The folder is an absolute path.
func Open(folder string) (*Assembly, error) {
	text, err := os.ReadFile(filepath.Join(folder, "manifest.json"))
	if err != nil {
		return nil, err
	}
	var m manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, fmt.Errorf("manifest.json of the assembly: %w", err)
	}
	a := &Assembly{folder: folder}
	for name, artifact := range m.Artifacts {
		if artifact.Type != "aws:cloudformation:stack" {
			continue
		}
		stack := Stack{Name: identity.StackName(name), Template: filepath.Join(folder, artifact.Properties.TemplateFile)}
		if err := stack.place(artifact.Environment); err != nil {
			return nil, fmt.Errorf("stack %s: %w", name, err)
		}
		a.Stacks = append(a.Stacks, stack)
	}
	slices.SortFunc(a.Stacks, func(a, b Stack) int { return strings.Compare(string(a.Name), string(b.Name)) })
	return a, nil
}

// of lists the stacks of an account.
func (a *Assembly) of(account *moto.Server) []Stack {
	return slices.DeleteFunc(slices.Clone(a.Stacks), func(s Stack) bool { return s.Account != account.Account })
}

// place reads where a stack goes: aws://ACCOUNT/REGION.
func (s *Stack) place(environment string) error {
	account, region, _ := strings.Cut(strings.TrimPrefix(environment, "aws://"), "/")
	s.Account, s.Region = identity.AccountID(account), identity.Region(region)
	return errors.Join(s.Account.Check(), s.Region.Check())
}
