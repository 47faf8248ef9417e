package scene

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/cdk"
	"keyless-runners/rehearsal/rendered"
	"keyless-runners/rehearsal/stage"
)

// deploy brings what is in infra/ to AWS accounts.
func (r *Rehearsal) deploy(ctx context.Context) error {
	r.Story.Chapter("AWS: the accounts that " + r.Fleet.Folder + "/infra/ is deployed to")
	deploy := r.deployTemplates
	if r.Declared {
		deploy = r.deployApp
	}
	if err := deploy(ctx); err != nil {
		return err
	}
	if err := r.Refresh(ctx); err != nil {
		return err
	}
	return r.complete(ctx)
}

// deployTemplates deploys the templates as they are.
func (r *Rehearsal) deployTemplates(ctx context.Context) error {
	stacks, err := r.Fleet.Stacks()
	if err != nil {
		return err
	}
	for _, stack := range stacks {
		if err := r.Story.Step("aws cloudformation deploy --template-file "+stack.File, func() (string, error) {
			if err := r.opened(ctx, stack.Account, stack.Region); err != nil {
				return "", err
			}
			text, err := os.ReadFile(stack.File)
			if err != nil {
				return "", err
			}
			account := r.Accounts[stack.Account]
			return fmt.Sprintf("stack %s in account %s, region %s", stack.Name, stack.Account, stack.Region), account.Deploy(ctx, stack.Region, stack.Name, text)
		}); err != nil {
			return err
		}
	}
	return nil
}

// opened has an account be used in a region, with the clusters that exist there.
func (r *Rehearsal) opened(ctx context.Context, id identity.AccountID, region identity.Region) error {
	account := r.Accounts[id]
	if account == nil {
		var err error
		if account, err = r.OpenAccount(ctx, id, region); err != nil {
			return err
		}
		if err := r.existClusters(ctx, account, id); err != nil {
			return err
		}
	}
	if err := account.Use(region); err != nil {
		return err
	}
	return r.OpenRegion(region)
}

// deployApp deploys the app as "npx cdk deploy" does.
func (r *Rehearsal) deployApp(ctx context.Context) error {
	cli, assembly, err := r.synth(ctx)
	if err != nil {
		return err
	}
	regions := map[identity.AccountID][]identity.Region{}
	for _, s := range assembly.Stacks {
		regions[s.Account] = append(regions[s.Account], s.Region)
	}
	for _, id := range sorted(regions) {
		slices.Sort(regions[id])
		if err := r.deployTo(ctx, cli, assembly, id, slices.Compact(regions[id])); err != nil {
			return err
		}
	}
	return nil
}

// synth renders the app as "npx cdk deploy" would, which has to be what was reviewed.
func (r *Rehearsal) synth(ctx context.Context) (*cdk.CLI, *cdk.Assembly, error) {
	folder := r.folder("cdk")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, nil, err
	}
	cli, err := cdk.New(r.Top, folder)
	if err != nil {
		return nil, nil, err
	}
	var assembly *cdk.Assembly
	err = r.Story.Step("npx cdk synth", func() (string, error) {
		if assembly, err = cli.Synth(ctx); err != nil {
			return "", err
		}
		infra := filepath.Join(r.Fleet.Folder, "infra")
		return "the same as " + infra, assembly.Compare(infra)
	})
	return cli, assembly, err
}

func (r *Rehearsal) deployTo(ctx context.Context, cli *cdk.CLI, assembly *cdk.Assembly, id identity.AccountID, regions []identity.Region) error {
	var account *stage.Account
	if err := r.Story.Step("account "+string(id), func() (came string, err error) {
		if account, err = r.OpenAccount(ctx, id, regions...); err != nil {
			return "", err
		}
		return "emulated by moto", r.existClusters(ctx, account, id)
	}); err != nil {
		return err
	}
	if err := r.Story.Step("npx cdk bootstrap", func() (string, error) {
		return "region " + join(regions), cli.Bootstrap(ctx, account.Server, assembly)
	}); err != nil {
		return err
	}
	if err := r.Story.Step("npx cdk deploy", func() (string, error) {
		changed, err := cli.Deploy(ctx, account.Server, assembly)
		return "stack " + join(changed), err
	}); err != nil {
		return err
	}
	return r.Story.Step("npx cdk deploy, again", func() (string, error) {
		changed, err := cli.Deploy(ctx, account.Server, assembly)
		if err == nil && len(changed) > 0 {
			err = fmt.Errorf("it changed stack %s", join(changed))
		}
		return "no changes", err
	})
}

// inventory lists what concerns runners of what the accounts hold.
func (r *Rehearsal) inventory() string {
	var lines strings.Builder
	for _, id := range sorted(r.Accounts) {
		account := r.Cloud.State.Account(id)
		for _, provider := range account.Providers {
			fmt.Fprintf(&lines, "\nprovider          https://%s, for %s", provider.URL, strings.Join(provider.Audiences, ", "))
		}
		for _, repository := range account.ImageRepositories {
			fmt.Fprintf(&lines, "\nimage repository  %s", repository.URI)
		}
	}
	_ = r.pools(func(pool rendered.Pool) error {
		fmt.Fprintf(&lines, "\nrole              %s, for %s", pool.Role, pool.Subject)
		return nil
	})
	return lines.String()
}
