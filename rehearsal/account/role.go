package account

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"keyless-runners/rehearsal/deployed"
)

func (a *Account) roles(ctx context.Context) ([]deployed.Role, error) {
	var roles []deployed.Role
	managed := managedPolicies{client: a.iam, read: map[string]deployed.Policy{}}
	for pages := iam.NewListRolesPaginator(a.iam, &iam.ListRolesInput{}); pages.HasMorePages(); {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, entry := range page.Roles {
			role, err := a.role(ctx, entry, managed)
			if err != nil {
				return nil, fmt.Errorf("role %s: %w", *entry.Arn, err)
			}
			roles = append(roles, role)
		}
	}
	return roles, nil
}

// role asks for one role: a list leaves out the boundary.
func (a *Account) role(ctx context.Context, entry types.Role, managed managedPolicies) (deployed.Role, error) {
	found, err := a.iam.GetRole(ctx, &iam.GetRoleInput{RoleName: entry.RoleName})
	if err != nil {
		return deployed.Role{}, err
	}
	role := deployed.Role{ARN: *found.Role.Arn, MaxSession: time.Duration(*found.Role.MaxSessionDuration) * time.Second}
	if role.Trust, err = parse("trust policy", found.Role.AssumeRolePolicyDocument); err != nil {
		return deployed.Role{}, err
	}
	if boundary := found.Role.PermissionsBoundary; boundary != nil {
		policy, err := managed.get(ctx, *boundary.PermissionsBoundaryArn)
		if err != nil {
			return deployed.Role{}, err
		}
		role.Boundary = &policy
	}
	attached, err := a.attached(ctx, entry.RoleName, managed)
	if err != nil {
		return deployed.Role{}, err
	}
	inline, err := a.inline(ctx, entry.RoleName)
	role.Policies = append(attached, inline...)
	return role, err
}

func (a *Account) attached(ctx context.Context, role *string, managed managedPolicies) ([]deployed.Policy, error) {
	var policies []deployed.Policy
	for pages := iam.NewListAttachedRolePoliciesPaginator(a.iam, &iam.ListAttachedRolePoliciesInput{RoleName: role}); pages.HasMorePages(); {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, entry := range page.AttachedPolicies {
			policy, err := managed.get(ctx, *entry.PolicyArn)
			if err != nil {
				return nil, err
			}
			policies = append(policies, policy)
		}
	}
	return policies, nil
}

func (a *Account) inline(ctx context.Context, role *string) ([]deployed.Policy, error) {
	var policies []deployed.Policy
	for pages := iam.NewListRolePoliciesPaginator(a.iam, &iam.ListRolePoliciesInput{RoleName: role}); pages.HasMorePages(); {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, name := range page.PolicyNames {
			found, err := a.iam.GetRolePolicy(ctx, &iam.GetRolePolicyInput{RoleName: role, PolicyName: &name})
			if err != nil {
				return nil, err
			}
			document, err := parse("policy "+name, found.PolicyDocument)
			if err != nil {
				return nil, err
			}
			policies = append(policies, deployed.Policy{Name: name, Document: document})
		}
	}
	return policies, nil
}
