package live

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
)

// readAuthorizationDetails reads roles, policies and users. A page is a document, as one of all
// may be larger than is read; users and groups are in one, because they belong together.
func (r *reader) readAuthorizationDetails(ctx context.Context, config aws.Config, a accountRead) {
	r.try(authorizationDetails.in(inAccount(a.id)), func() error {
		var pages []*iam.GetAccountAuthorizationDetailsOutput
		left := iam.NewGetAccountAuthorizationDetailsPaginator(iam.NewFromConfig(config), &iam.GetAccountAuthorizationDetailsInput{})
		for left.HasMorePages() {
			page, err := left.NextPage(ctx)
			if err != nil {
				return err
			}
			pages = append(pages, page)
		}
		return r.addAuthorizationDetails(a, pages)
	})
}

func (r *reader) addAuthorizationDetails(a accountRead, pages []*iam.GetAccountAuthorizationDetailsOutput) error {
	var users []types.UserDetail
	var groups []types.GroupDetail
	name := fmt.Sprintf("live:iam/%s/", a.id)
	for i, page := range pages {
		users, groups = append(users, page.UserDetailList...), append(groups, page.GroupDetailList...)
		if err := r.add(numbered(name+"roles-and-policies", i+1), printed(asIs, map[string]any{"RoleDetailList": page.RoleDetailList, "Policies": page.Policies})); err != nil {
			return err
		}
	}
	return r.add(name+"users-and-groups", printed(asIs, map[string]any{"UserDetailList": users, "GroupDetailList": groups}))
}

// numbered is the name of the nth of several documents.
func numbered(name string, n int) string {
	if n == 1 {
		return name
	}
	return fmt.Sprintf("%s-%d", name, n)
}

// readProviders reads the OIDC providers, each with what its list does not show.
func (r *reader) readProviders(ctx context.Context, config aws.Config, a accountRead) {
	client := iam.NewFromConfig(config)
	r.try(listProviders.in(inAccount(a.id)), func() error {
		list, err := client.ListOpenIDConnectProviders(ctx, &iam.ListOpenIDConnectProvidersInput{})
		if err != nil {
			return err
		}
		providers := make([]map[string]any, len(list.OpenIDConnectProviderList))
		each(indices(providers), func(i int) {
			arn := list.OpenIDConnectProviderList[i].Arn
			providers[i] = map[string]any{"Arn": aws.ToString(arn)}
			r.try(getProvider.in(inAccount(a.id)), func() error {
				found, err := client.GetOpenIDConnectProvider(ctx, &iam.GetOpenIDConnectProviderInput{OpenIDConnectProviderArn: arn})
				if err == nil {
					providers[i]["Url"], providers[i]["ClientIDList"] = aws.ToString(found.Url), found.ClientIDList
				}
				return err
			})
		})
		return r.add(fmt.Sprintf("live:iam/%s/open-id-connect-providers", a.id), map[string]any{"OpenIDConnectProviderList": providers})
	})
}

func indices[T any](of []T) []int {
	all := make([]int, len(of))
	for i := range all {
		all[i] = i
	}
	return all
}

// readSummary reads how much there is of what IAM has quotas for.
func (r *reader) readSummary(ctx context.Context, config aws.Config, a accountRead) {
	r.try(accountSummary.in(inAccount(a.id)), func() error {
		found, err := iam.NewFromConfig(config).GetAccountSummary(ctx, &iam.GetAccountSummaryInput{})
		if err != nil {
			return err
		}
		return r.add(fmt.Sprintf("live:iam/%s/account-summary", a.id), map[string]any{"SummaryMap": found.SummaryMap})
	})
}
