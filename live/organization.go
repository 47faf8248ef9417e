package live

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"keyless-runners/identity"
)

// limiting are the types of policies that limit what principals and resources of an account may.
var limiting = []types.PolicyType{types.PolicyTypeServiceControlPolicy, types.PolicyTypeResourceControlPolicy}

// readOrganization reads the policies that limit an account. They limit no management account
// (AWS Organizations user guide, "Service control policies").
func (r *reader) readOrganization(ctx context.Context, config aws.Config, a accountRead) {
	client, where := organizations.NewFromConfig(config), inAccount(a.id)
	r.try(describeOrganization.in(where), func() error {
		found, err := client.DescribeOrganization(ctx, &organizations.DescribeOrganizationInput{})
		var none *types.AWSOrganizationsNotInUseException
		switch {
		case errors.As(err, &none):
			return nil
		case err != nil:
			return err
		case aws.ToString(found.Organization.MasterAccountId) == string(a.id):
			return nil
		}
		r.readLimits(ctx, client, a)
		return nil
	})
}

// readLimits reads the policies that are attached to the account or to what it is in.
func (r *reader) readLimits(ctx context.Context, client *organizations.Client, a accountRead) {
	where := inAccount(a.id)
	targets := []string{string(a.id)}
	r.try(listParents.in(where), func() error {
		for isRoot := false; !isRoot; {
			found, err := client.ListParents(ctx, &organizations.ListParentsInput{ChildId: aws.String(targets[len(targets)-1])})
			if err != nil || len(found.Parents) == 0 {
				return err
			}
			targets = append(targets, aws.ToString(found.Parents[0].Id))
			isRoot = found.Parents[0].Type == types.ParentTypeRoot
		}
		return nil
	})
	seen := map[string]bool{}
	r.try(listPolicies.in(where), func() error {
		for _, target := range targets {
			for _, kind := range limiting {
				ids, err := attachedTo(ctx, client, target, kind)
				if err != nil {
					return err
				}
				for _, id := range ids {
					if !seen[id] {
						seen[id] = true
						r.readLimit(ctx, client, a.id, id)
					}
				}
			}
		}
		return nil
	})
}

// attachedTo are the ids of the policies that are attached to a target.
func attachedTo(ctx context.Context, client *organizations.Client, target string, kind types.PolicyType) (ids []string, err error) {
	pages := organizations.NewListPoliciesForTargetPaginator(client, &organizations.ListPoliciesForTargetInput{TargetId: aws.String(target), Filter: kind})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		var disabled *types.PolicyTypeNotEnabledException
		if errors.As(err, &disabled) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		for _, policy := range page.Policies {
			ids = append(ids, aws.ToString(policy.Id))
		}
	}
	return ids, nil
}

// readLimit reads a policy that counts for the account.
func (r *reader) readLimit(ctx context.Context, client *organizations.Client, account identity.AccountID, id string) {
	r.try(describePolicy.in(inAccount(account)), func() error {
		found, err := client.DescribePolicy(ctx, &organizations.DescribePolicyInput{PolicyId: aws.String(id)})
		if err != nil {
			return err
		}
		return r.add(fmt.Sprintf("live:organizations/%s/%s", account, id), map[string]any{
			"Policy":  printed(asIs, found.Policy),
			"Targets": []map[string]string{{"TargetId": string(account), "Type": "ACCOUNT"}},
		})
	})
}
