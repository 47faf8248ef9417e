package scene

import (
	"context"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/rendered"
	"keyless-runners/rehearsal/stage"
)

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
		for _, repository := range namedBy(role) {
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

// existClusters makes the clusters, as EKS' API shows them, which associations name.
func (r *Rehearsal) existClusters(ctx context.Context, account *stage.Account, id identity.AccountID) error {
	for _, c := range r.Fleet.Clusters {
		if c.EKS.Account != id {
			continue
		}
		if err := account.AddCluster(ctx, c.EKS); err != nil {
			return err
		}
	}
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

// pushesTo are the image repositories that a role's policies let it push to.
func pushesTo(role *deployed.Role) []identity.ImageRepository {
	return repositories(role, func(statement policy.Statement) bool { return slices.Contains(statement.Action, "ecr:PutImage") })
}

// namedBy are the image repositories that a role's policies name.
func namedBy(role *deployed.Role) []identity.ImageRepository {
	return repositories(role, func(policy.Statement) bool { return true })
}

func repositories(role *deployed.Role, of func(policy.Statement) bool) []identity.ImageRepository {
	var repositories []identity.ImageRepository
	for _, attached := range role.Policies {
		for _, statement := range attached.Document.Statement {
			if !of(statement) {
				continue
			}
			for _, resource := range statement.Resource {
				if repository, err := identity.ParseImageRepositoryARN(resource); err == nil {
					repositories = append(repositories, repository)
				}
			}
		}
	}
	return repositories
}
