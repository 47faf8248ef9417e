package account

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

// versions is how many a managed policy may have (IAM user guide, "IAM and AWS STS
// quotas").
const versions = 5

// SetPolicy makes the document the one that counts of a managed policy of the
// account. The oldest version gives way if there are too many.
func (a *Account) SetPolicy(ctx context.Context, arn identity.ManagedPolicyARN, document policy.Document) error {
	name := aws.String(arn.String())
	if err := a.makeRoom(ctx, name); err != nil {
		return reason(err)
	}
	_, err := a.iam.CreatePolicyVersion(ctx, &iam.CreatePolicyVersionInput{
		PolicyArn:      name,
		PolicyDocument: aws.String(string(document.JSON())),
		SetAsDefault:   true,
	})
	return reason(err)
}

func (a *Account) makeRoom(ctx context.Context, policy *string) error {
	list, err := a.iam.ListPolicyVersions(ctx, &iam.ListPolicyVersionsInput{PolicyArn: policy})
	if err != nil || len(list.Versions) < versions {
		return err
	}
	others := slices.DeleteFunc(list.Versions, func(v types.PolicyVersion) bool { return v.IsDefaultVersion })
	oldest := slices.MinFunc(others, func(a, b types.PolicyVersion) int { return a.CreateDate.Compare(*b.CreateDate) })
	_, err = a.iam.DeletePolicyVersion(ctx, &iam.DeletePolicyVersionInput{PolicyArn: policy, VersionId: oldest.VersionId})
	return err
}

// SetTrust makes the document the trust policy of a role.
func (a *Account) SetTrust(ctx context.Context, role identity.RoleName, document policy.Document) error {
	_, err := a.iam.UpdateAssumeRolePolicy(ctx, &iam.UpdateAssumeRolePolicyInput{
		RoleName:       aws.String(string(role)),
		PolicyDocument: aws.String(string(document.JSON())),
	})
	return reason(err)
}
