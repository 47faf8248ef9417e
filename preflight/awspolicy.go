package preflight

import (
	"slices"
	"strings"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// awsPolicies are AWS's own managed policies that runners are given, by name (AWS
// managed policy reference guide). The content of others is not known.
var awsPolicies = map[string]policy.Document{
	"AmazonEC2ContainerRegistryReadOnly":  one(policy.Statement{Effect: policy.EffectAllow, Action: registryRead, Resource: policy.Values{"*"}}),
	"AmazonEC2ContainerRegistryPullOnly":  one(policy.Statement{Effect: policy.EffectAllow, Action: registryPull, Resource: policy.Values{"*"}}),
	"AmazonEC2ContainerRegistryPowerUser": one(policy.Statement{Effect: policy.EffectAllow, Action: slices.Concat(registryWrite, registryRead), Resource: policy.Values{"*"}}),
	"AmazonEC2ContainerRegistryFullAccess": {Version: policy.Version, Statement: []policy.Statement{
		{Effect: policy.EffectAllow, Action: policy.Values{"ecr:*", "cloudtrail:LookupEvents"}, Resource: policy.Values{"*"}},
		{Effect: policy.EffectAllow, Action: policy.Values{"iam:CreateServiceLinkedRole"}, Resource: policy.Values{"*"},
			Condition: policy.Condition{policy.StringEquals: {"iam:AWSServiceName": {"replication.ecr.amazonaws.com"}}}},
	}},
	"AdministratorAccess": one(policy.Statement{Effect: policy.EffectAllow, Action: policy.Values{"*"}, Resource: policy.Values{"*"}}),
}

var (
	registryPull = policy.Values{
		"ecr:GetAuthorizationToken",
		"ecr:BatchImportUpstreamImage",
		"ecr:BatchGetImage",
		"ecr:GetDownloadUrlForLayer",
	}
	registryRead = policy.Values{
		"ecr:GetAuthorizationToken",
		"ecr:BatchCheckLayerAvailability",
		"ecr:GetDownloadUrlForLayer",
		"ecr:GetRepositoryPolicy",
		"ecr:DescribeRepositories",
		"ecr:ListImages",
		"ecr:DescribeImages",
		"ecr:BatchGetImage",
		"ecr:GetLifecyclePolicy",
		"ecr:GetLifecyclePolicyPreview",
		"ecr:ListTagsForResource",
		"ecr:DescribeImageScanFindings",
	}
	registryWrite = policy.Values{
		"ecr:InitiateLayerUpload",
		"ecr:UploadLayerPart",
		"ecr:CompleteLayerUpload",
		"ecr:PutImage",
	}
)

// managedPolicy is the document behind a managed policy's ARN.
func (p *proof) managedPolicy(arn facts.Text) *facts.Document {
	if !arn.Known() {
		return &facts.Document{Place: arn.Place, There: true, Unknown: arn.Unknown}
	}
	if known := p.managed[arn.Value]; known != nil {
		return &known.Document
	}
	if isOfAWS(arn.Value) {
		if document, known := awsPolicies[arn.Value[strings.LastIndex(arn.Value, "/")+1:]]; known {
			return &facts.Document{Place: arn.Place, There: true, Policy: document}
		}
	}
	return &facts.Document{Place: arn.Place, There: true, Unknown: "managed policy " + arn.Value + " is not among the files"}
}

// isOfAWS reports whether an ARN is that of a managed policy of AWS's own, which no one
// else can write.
func isOfAWS(arn string) bool {
	parts := strings.SplitN(arn, ":", 6)
	return len(parts) == 6 && parts[2] == "iam" && parts[4] == "aws"
}
