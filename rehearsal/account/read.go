package account

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/iam"

	"keyless-runners/rehearsal/deployed"
)

// Read is everything that the account has, of whichever stack: what "cdk bootstrap"
// made is there too. A policy that package policy does not take is an error that
// names it.
func (a *Account) Read(ctx context.Context) (deployed.Account, error) {
	account := deployed.Account{ID: a.id}
	var err error
	if account.Providers, err = a.providers(ctx); err != nil {
		return deployed.Account{}, err
	}
	if account.Roles, err = a.roles(ctx); err != nil {
		return deployed.Account{}, err
	}
	for _, r := range a.regions {
		repositories, err := r.imageRepositories(ctx)
		if err != nil {
			return deployed.Account{}, err
		}
		account.ImageRepositories = append(account.ImageRepositories, repositories...)
		associations, err := r.associations(ctx, a.id)
		if err != nil {
			return deployed.Account{}, err
		}
		account.Associations = append(account.Associations, associations...)
	}
	return account, nil
}

func (a *Account) providers(ctx context.Context) ([]deployed.Provider, error) {
	list, err := a.iam.ListOpenIDConnectProviders(ctx, &iam.ListOpenIDConnectProvidersInput{})
	if err != nil {
		return nil, err
	}
	var providers []deployed.Provider
	for _, entry := range list.OpenIDConnectProviderList {
		found, err := a.iam.GetOpenIDConnectProvider(ctx, &iam.GetOpenIDConnectProviderInput{OpenIDConnectProviderArn: entry.Arn})
		if err != nil {
			return nil, err
		}
		providers = append(providers, deployed.Provider{ARN: *entry.Arn, URL: *found.Url, Audiences: found.ClientIDList})
	}
	return providers, nil
}
