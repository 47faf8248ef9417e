package index

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// awsPolicies are AWS's own managed policies that runners are given, and those of the roles beside
// them, by path and name, as github.com/zoph-io/MAMIP had them in November 2026: it records each version that
// AWS publishes. The content of others is not known.
var awsPolicies = map[string]policy.Document{
	"AmazonEC2ContainerRegistryReadOnly":  only(policy.Statement{Effect: policy.EffectAllow, Action: registryRead, Resource: policy.Values{"*"}}),
	"AmazonEC2ContainerRegistryPullOnly":  only(policy.Statement{Effect: policy.EffectAllow, Action: registryPull, Resource: policy.Values{"*"}}),
	"AmazonEC2ContainerRegistryPowerUser": only(policy.Statement{Effect: policy.EffectAllow, Action: slices.Concat(registryWrite, registryRead), Resource: policy.Values{"*"}}),
	"AmazonEC2ContainerRegistryFullAccess": {Version: policy.Version, Statement: []policy.Statement{
		{Effect: policy.EffectAllow, Action: policy.Values{"ecr:*", "cloudtrail:LookupEvents"}, Resource: policy.Values{"*"}},
		{Effect: policy.EffectAllow, Action: policy.Values{"iam:CreateServiceLinkedRole"}, Resource: policy.Values{"*"},
			Condition: policy.Condition{policy.StringEquals: {"iam:AWSServiceName": {"replication.ecr.amazonaws.com"}}}},
	}},
	"AdministratorAccess": only(policy.Statement{Effect: policy.EffectAllow, Action: policy.Values{"*"}, Resource: policy.Values{"*"}}),
	"PowerUserAccess":     only(policy.Statement{Effect: policy.EffectAllow, NotAction: policy.Values{"iam:*", "organizations:*", "account:*"}, Resource: policy.Values{"*"}}),

	"AmazonS3FullAccess":     only(policy.Statement{Effect: policy.EffectAllow, Action: policy.Values{"s3:*", "s3-object-lambda:*"}, Resource: policy.Values{"*"}}),
	"AmazonS3ReadOnlyAccess": only(policy.Statement{Effect: policy.EffectAllow, Action: policy.Values{"s3:Get*", "s3:List*", "s3:Describe*", "s3-object-lambda:Get*", "s3-object-lambda:List*"}, Resource: policy.Values{"*"}}),

	"AWSDenyAll": only(policy.Statement{Effect: policy.EffectDeny, Action: policy.Values{"*"}, Resource: policy.Values{"*"}}),
}

// registryParts are those of which what is about Amazon ECR is here.
var registryParts = map[string]policy.Document{
	"EC2InstanceProfileForImageBuilderECRContainerBuilds": only(policy.Statement{Effect: policy.EffectAllow, Action: slices.Concat(registryWrite, taskPull), Resource: policy.Values{"*"}}),
	"service-role/AmazonECSTaskExecutionRolePolicy":       only(policy.Statement{Effect: policy.EffectAllow, Action: taskPull, Resource: policy.Values{"*"}}),
	"ReadOnlyAccess": only(policy.Statement{Effect: policy.EffectAllow, Action: policy.Values{"ecr:BatchCheck*", "ecr:BatchGet*", "ecr:Describe*", "ecr:Get*", "ecr:List*"}, Resource: policy.Values{"*"}}),
	"service-role/AmazonEC2ContainerServiceforEC2Role":   only(policy.Statement{Effect: policy.EffectAllow, Action: taskPull, Resource: policy.Values{"*"}}),
	"service-role/AWSAppRunnerServicePolicyForECRAccess": only(policy.Statement{Effect: policy.EffectAllow, Action: taskPull, Resource: policy.Values{"*"}}),
	"AmazonEKSFargatePodExecutionRolePolicy":             only(policy.Statement{Effect: policy.EffectAllow, Action: taskPull, Resource: policy.Values{"*"}}),
}

// notOfRegistries are policies that allow nothing in Amazon ECR that a pull or a push needs, and that clusters,
// nodes, add-ons, functions and auditors are given, by the same source (AmazonEKSLoadBalancingPolicy by its name alone).
var notOfRegistries = strings.Fields(`
	AmazonEKSBlockStoragePolicy AmazonEKSClusterPolicy AmazonEKSComputePolicy AmazonEKSLoadBalancingPolicy
	AmazonEKSNetworkingPolicy AmazonEKSServicePolicy AmazonEKSVPCResourceController
	AmazonEKSWorkerNodeMinimalPolicy AmazonEKSWorkerNodePolicy AmazonEKS_CNI_Policy
	AmazonSSMManagedInstanceCore CloudWatchAgentServerPolicy
	AmazonEBSCSIDriverPolicy AmazonEFSCSIDriverPolicy AmazonPrometheusRemoteWriteAccess AWSXRayDaemonWriteAccess
	AWSLambdaBasicExecutionRole AWSLambdaVPCAccessExecutionRole
	AWSLambdaSQSQueueExecutionRole AWSLambdaDynamoDBExecutionRole AmazonRDSEnhancedMonitoringRole
	SecurityAudit ViewOnlyAccess IAMReadOnlyAccess AWSSupportAccess`)

// otherServices are policies that allow nothing in Amazon ECR either, by the same source, with the actions that each
// allows on every resource. Left out are those that only read in services beside the policy's own, and what it allows
// on a condition or on some resources alone.
var otherServices = func() map[string]policy.Document {
	documents := map[string]policy.Document{}
	for line := range strings.Lines(`
		AWSCertificateManagerFullAccess acm:*
		AWSCloudFormationFullAccess cloudformation:*
		AWSCloudFormationReadOnlyAccess cloudformation:Describe* cloudformation:BatchDescribe* cloudformation:EstimateTemplateCost cloudformation:Get* cloudformation:List* cloudformation:ValidateTemplate cloudformation:Detect*
		AWSCodeArtifactAdminAccess codeartifact:* sts:GetServiceBearerToken
		AWSCodeArtifactReadOnlyAccess codeartifact:Describe* codeartifact:Get* codeartifact:List* codeartifact:ReadFromRepository sts:GetServiceBearerToken
		AWSCodeCommitFullAccess codecommit:*
		AWSGlueConsoleFullAccess glue:*
		AWSLambdaRole lambda:InvokeFunction
		AWSLambda_FullAccess lambda:*
		AWSOrganizationsReadOnlyAccess organizations:Describe* organizations:List*
		AWSSecretsManagerClientReadOnlyAccess secretsmanager:BatchGetSecretValue secretsmanager:ListSecrets
		AWSStepFunctionsFullAccess states:*
		AmazonDynamoDBFullAccess dynamodb:* dax:*
		AmazonDynamoDBFullAccess_v2 dynamodb:* dax:*
		AmazonEC2FullAccess ec2:* elasticloadbalancing:* cloudwatch:* autoscaling:*
		AmazonEC2ReadOnlyAccess ec2:Describe* ec2:GetSecurityGroupsForVpc elasticloadbalancing:Describe* cloudwatch:ListMetrics cloudwatch:GetMetricStatistics cloudwatch:Describe* autoscaling:Describe*
		AmazonElasticContainerRegistryPublicFullAccess ecr-public:* sts:GetServiceBearerToken
		AmazonElasticContainerRegistryPublicReadOnly ecr-public:GetAuthorizationToken sts:GetServiceBearerToken ecr-public:BatchCheckLayerAvailability
		AmazonElasticFileSystemClientReadWriteAccess elasticfilesystem:ClientMount elasticfilesystem:ClientWrite elasticfilesystem:DescribeMountTargets
		AmazonEventBridgeFullAccess events:* schemas:* scheduler:* pipes:*
		AmazonKinesisFullAccess kinesis:*
		AmazonPrometheusFullAccess aps:*
		AmazonPrometheusQueryAccess aps:GetLabels aps:GetMetricMetadata aps:GetSeries aps:QueryMetrics
		AmazonRDSFullAccess rds:*
		AmazonRoute53FullAccess route53:* route53domains:*
		AmazonRoute53ReadOnlyAccess route53:Get* route53:List* route53:TestDNSAnswer
		AmazonSESFullAccess ses:*
		AmazonSNSFullAccess sns:*
		AmazonSQSFullAccess sqs:*
		AmazonSSMFullAccess ssm:* ec2messages:* logs:*
		AmazonSSMReadOnlyAccess ssm:Describe* ssm:Get* ssm:List*
		AutoScalingFullAccess autoscaling:*
		CloudFrontFullAccess cloudfront:* cloudfront-keyvaluestore:*
		CloudWatchFullAccess cloudwatch:* logs:* sns:*
		CloudWatchFullAccessV2 cloudwatch:* logs:* application-signals:*
		CloudWatchLogsFullAccess logs:*
		ElasticLoadBalancingFullAccess elasticloadbalancing:*
		IAMFullAccess iam:*
		SecretsManagerReadWrite secretsmanager:* cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet`) {
		if words := strings.Fields(line); len(words) > 0 {
			documents[words[0]] = only(policy.Statement{Effect: policy.EffectAllow, Action: words[1:], Resource: policy.Values{"*"}})
		}
	}
	return documents
}()

func only(statement policy.Statement) policy.Document {
	return policy.Document{Version: policy.Version, Statement: []policy.Statement{statement}}
}

var (
	registryPull = policy.Values{"ecr:GetAuthorizationToken", "ecr:BatchImportUpstreamImage", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"}
	taskPull     = policy.Values{"ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"}
	registryRead = policy.Values(strings.Fields(`
		ecr:GetAuthorizationToken ecr:BatchCheckLayerAvailability ecr:GetDownloadUrlForLayer ecr:GetRepositoryPolicy
		ecr:DescribeRepositories ecr:ListImages ecr:DescribeImages ecr:BatchGetImage ecr:GetLifecyclePolicy
		ecr:GetLifecyclePolicyPreview ecr:ListTagsForResource ecr:DescribeImageScanFindings`))
	registryWrite = policy.Values{"ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload", "ecr:PutImage"}
)

// Policies are the identity-based policies of a role, inline and attached.
func (i *Index) Policies(role *facts.Role) []*facts.Document {
	documents := i.documents(role.Inline, role.Attached)
	for _, attached := range i.attachedByName[role.Name.Value] {
		if !slices.ContainsFunc(role.Attached, func(arn facts.Text) bool { return arn.Is(attached.ARN.Value) }) {
			documents = append(documents, &attached.Document)
		}
	}
	if n := len(documents); n > maxPolicies {
		return []*facts.Document{{Place: role.Place, There: true, Unknown: fmt.Sprintf("it has %d policies, more than IAM takes", n)}}
	}
	return documents
}

// PoliciesOfUser are the identity-based policies of a user and its groups.
func (i *Index) PoliciesOfUser(user *facts.User) []*facts.Document {
	return i.documents(user.Inline, user.Attached)
}

func (i *Index) documents(inline []facts.Policy, attached []facts.Text) []*facts.Document {
	var documents []*facts.Document
	for n := range inline {
		documents = append(documents, &inline[n].Document)
	}
	for _, arn := range attached {
		documents = append(documents, i.managedPolicy(arn))
	}
	return documents
}

// BoundaryOfUser is the permissions boundary of a user, nil if it has none.
func (i *Index) BoundaryOfUser(user *facts.User) *facts.Document {
	if !user.Boundary.There {
		return nil
	}
	return i.managedPolicy(user.Boundary)
}

// Boundary is the permissions boundary of a role, nil if it has none.
func (i *Index) Boundary(role *facts.Role) *facts.Document {
	switch {
	case role.BoundaryDocument.There:
		return &role.BoundaryDocument
	case role.Boundary.There:
		return i.managedPolicy(role.Boundary)
	}
	return nil
}

// AttachedAt is where a role names the managed policy that the document is of; the zero place if it
// names none.
func (i *Index) AttachedAt(role *facts.Role, document *facts.Document) source.Place {
	for _, arn := range role.Attached {
		if known := i.managed[arn.Value]; known != nil && &known.Document == document {
			return arn.Place
		}
	}
	return source.Place{}
}

// Unattached are the managed policies that no role has.
func (i *Index) Unattached() []*facts.ManagedPolicy {
	attached := map[string]bool{}
	for _, role := range i.Roles {
		for _, arn := range role.Attached {
			attached[arn.Value] = true
		}
	}
	var found []*facts.ManagedPolicy
	for n := range i.ManagedPolicies {
		managed := &i.ManagedPolicies[n]
		if managed.ARN.Known() && !attached[managed.ARN.Value] && len(managed.Roles) == 0 {
			found = append(found, managed)
		}
	}
	return found
}

func (i *Index) managedPolicy(arn facts.Text) *facts.Document {
	if !arn.Known() {
		return new(facts.UnknownDocument(arn.Unknown, arn.Place))
	}
	if known := i.managed[arn.Value]; known != nil {
		return &known.Document
	}
	if IsOfAWS(arn.Value) {
		_, name, _ := strings.Cut(arn.Value, ":policy/")
		if document, whole := awsPolicies[name]; whole {
			return &facts.Document{Place: arn.Place, There: true, Policy: document}
		}
		document, known := registryParts[name]
		if !known {
			document, known = otherServices[path.Base(name)]
		}
		if known || slices.Contains(notOfRegistries, path.Base(name)) {
			return &facts.Document{Place: arn.Place, There: true, Policy: document, Partial: true}
		}
	}
	return new(facts.UnknownDocument("managed policy "+arn.Value+" is not among the files", arn.Place))
}

// IsOfAWS reports whether an ARN is that of a managed policy of AWS's own, which no one else
// can write.
func IsOfAWS(arn string) bool {
	parts := strings.SplitN(arn, ":", 6)
	return len(parts) == 6 && parts[2] == "iam" && parts[4] == "aws"
}
