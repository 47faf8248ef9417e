package account

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

// Node is the role that AddNode makes.
const Node identity.RoleName = "node"

// ofNode are the policies of AWS that the role of a node has (Amazon EKS user guide, "Amazon
// EKS node IAM role").
var ofNode = []identity.PolicyName{"AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"}

// trustOfNode lets EC2 instances take a node's role.
var trustOfNode = policy.Document{Version: policy.Version, Statement: []policy.Statement{{
	Effect:    policy.EffectAllow,
	Principal: &policy.Principal{Service: policy.Values{"ec2.amazonaws.com"}},
	Action:    policy.Values{"sts:AssumeRole"},
}}}

// AddNode makes the role that nodes of clusters have.
func (a *Account) AddNode(ctx context.Context) error {
	name := aws.String(string(Node))
	if _, err := a.iam.CreateRole(ctx, &iam.CreateRoleInput{RoleName: name, AssumeRolePolicyDocument: aws.String(string(trustOfNode.JSON()))}); err != nil {
		return err
	}
	for _, policy := range ofNode {
		arn := identity.ManagedPolicyARN{Partition: a.regions[0].name.Partition(), Account: "aws", Path: "/", Name: policy}
		if _, err := a.iam.AttachRolePolicy(ctx, &iam.AttachRolePolicyInput{RoleName: name, PolicyArn: aws.String(arn.String())}); err != nil {
			return err
		}
	}
	return nil
}
