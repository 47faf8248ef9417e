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
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/rendered"
	"keyless-runners/rehearsal/stage"
)

// deploy brings what is in infra/ to AWS accounts, as "npx cdk deploy" does.
func (r *Rehearsal) deploy(ctx context.Context) error {
	r.Story.Chapter("AWS: the accounts that " + r.Fleet.Folder + "/infra/ is deployed to")
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
	if err := r.Refresh(ctx); err != nil {
		return err
	}
	return r.complete(ctx)
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
		account, err = r.OpenAccount(ctx, id, regions...)
		return "emulated by moto", err
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

// complete makes what the fleet says exists already and no template makes, then tells
// what the accounts hold, as their API shows it.
func (r *Rehearsal) complete(ctx context.Context) error {
	err := r.pools(func(pool rendered.Pool) error {
		role, err := r.role(pool)
		if err != nil {
			return err
		}
		for _, issuer := range trusted(role) {
			if err := r.exist(ctx, pool.Role.Account, issuer); err != nil {
				return err
			}
		}
		for _, repository := range pushesTo(role) {
			if err := r.existImages(ctx, repository); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	r.Story.Line("read back through the API:%s", r.inventory())
	return nil
}

func (r *Rehearsal) exist(ctx context.Context, id identity.AccountID, issuer identity.Issuer) error {
	if r.Cloud.State.Account(id).Provider(issuer.Host()) != nil {
		return nil
	}
	if err := r.Accounts[id].AddProvider(ctx, issuer); err != nil {
		return err
	}
	r.Story.Line("made by hand, because the fleet says that it exists: provider of %s", issuer)
	return r.Refresh(ctx)
}

func (r *Rehearsal) existImages(ctx context.Context, repository identity.ImageRepository) error {
	registry := repository.Registry
	if err := r.OpenRegion(registry.Region); err != nil {
		return err
	}
	if err := r.Cloud.OpenRegistry(registry); err != nil {
		return err
	}
	if r.Cloud.State.Account(registry.Account).ImageRepository(repository.ARN()) != nil {
		return nil
	}
	if err := r.Accounts[registry.Account].AddImageRepository(ctx, repository); err != nil {
		return err
	}
	r.Story.Line("made by hand, because the fleet says that it exists: image repository %s", repository)
	return r.Refresh(ctx)
}

// trusted are the issuers whose tokens a role takes.
func trusted(role *deployed.Role) []identity.Issuer {
	var issuers []identity.Issuer
	for _, statement := range role.Trust.Statement {
		if statement.Principal == nil {
			continue
		}
		for _, federated := range statement.Principal.Federated {
			if provider, err := identity.ParseProviderARN(federated); err == nil {
				issuers = append(issuers, provider.Issuer)
			}
		}
	}
	return issuers
}

// pushesTo are the image repositories that a role's policies name.
func pushesTo(role *deployed.Role) []identity.ImageRepository {
	var repositories []identity.ImageRepository
	for _, policy := range role.Policies {
		for _, statement := range policy.Document.Statement {
			for _, resource := range statement.Resource {
				if repository, err := identity.ParseImageRepositoryARN(resource); err == nil {
					repositories = append(repositories, repository)
				}
			}
		}
	}
	return repositories
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
