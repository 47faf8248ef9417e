package diagnose

// iamQuotas is where Amazon lists the quotas of IAM.
const iamQuotas = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"

// deploymentFailures are what CloudFormation and kubectl say before there is a role
// or a runner.
var deploymentFailures = []failure{
	// DrFaust92/terraform-kubernetes-ebs-csi-driver#107, daohoangson/bubby#9.
	{
		marker: "provider with url",
		expr:   lazily(`Provider with url (?P<issuer>https?://[^\s"'<,]+) already exists`),
		diagnosis: Diagnosis{
			Title:   "the account already has a provider for the issuer",
			Link:    Deployment,
			Meaning: "An account holds one provider for an issuer, and the template wants to create a second.",
			Causes: []Cause{
				{
					Subject: Provider,
					What:    "eksctl, Terraform or another stack created it",
					Look:    "aws iam list-open-id-connect-providers, and the template's AWS::IAM::OIDCProvider",
					Fix:     "declare the cluster's provider as an existing one; its list of client ids needs sts.amazonaws.com",
				},
				{
					Subject: Template,
					What:    "the provider was kept as its stack was deleted",
					Look:    "DeletionPolicy of the provider",
					Fix:     "import the provider into the stack, or declare it as an existing one",
				},
			},
			Source: "https://github.com/DrFaust92/terraform-kubernetes-ebs-csi-driver/issues/107",
		},
		detail: addRegionOfIssuer,
	},
	// milliHQ/terraform-aws-next-js#326.
	{
		marker: "already exists",
		expr:   lazily(`Role with name (?P<role>[\w+=,.@-]{1,64}) already exists`),
		diagnosis: Diagnosis{
			Title:   "the account already has a role of that name",
			Link:    Deployment,
			Meaning: "Names of roles are unique in an account, in all regions and without regard to case.",
			Causes: []Cause{
				{
					Subject: Role,
					What:    "another stack, or the same in another region, made it",
					Look:    "RoleName in the templates",
					Fix:     "give each role a name of its own",
				},
				{
					Subject: Role,
					What:    "it was made by hand before",
					Look:    "the role's tags: those of a stack name it",
					Fix:     "delete it, or import it into the stack",
				},
			},
			Source: "https://github.com/milliHQ/terraform-aws-next-js/issues/326",
		},
	},
	// terraform-aws-modules/terraform-aws-iam#202 and terraform-aws-eks#2594.
	{
		marker: "federated principals must be valid",
		expr:   lazily(`Federated principals must be valid domain names or SAML metadata ARNs`),
		diagnosis: Diagnosis{
			Title:   "the trust policy's principal is no ARN of a provider",
			Link:    Deployment,
			Meaning: "IAM refused the trust policy (MalformedPolicyDocument): Principal.Federated is not the ARN of an OIDC provider.",
			Causes: []Cause{{
				Subject: TrustPolicy,
				What:    "Principal.Federated has https://, is empty, or is of another partition than the account",
				Look:    "Principal.Federated in AssumeRolePolicyDocument",
				Fix:     "write the provider's ARN: oidc-provider/ and the issuer without https://",
			}},
			Source: "https://github.com/terraform-aws-modules/terraform-aws-iam/issues/202",
		},
	},
	// aws-samples/aws-cdk-examples#801, aws-samples/sample-host-openclaw-on-amazon-bedrock-agentcore#39.
	{
		marker: "invalid principal",
		expr:   lazily(`(?:Invalid principal in policy|policy contained an invalid principal): "(?P<kind>\w+)":"(?P<principal>[^"]+)"`),
		diagnosis: Diagnosis{
			Title:   "a policy names a principal that does not exist",
			Link:    Deployment,
			Meaning: "IAM looks up the principals of a policy as it is saved, and refuses those that are not there (MalformedPolicyDocument).",
			Causes: []Cause{{
				Subject: TrustPolicy,
				What:    "the role or user in Principal is mistyped, of another account, or created only later",
				Look:    "Principal in AssumeRolePolicyDocument and in policies of resources",
				Fix:     "write an ARN that exists, or let the template create it first (DependsOn)",
			}},
			Source: "https://github.com/aws-samples/aws-cdk-examples/issues/801",
		},
	},
	// aws/aws-cdk#5732, hashicorp/terraform-provider-aws#10419.
	{
		marker: "malformedpolicydocument",
		expr:   lazily(`MalformedPolicyDocument(?:Exception)?\b`),
		vague:  []Link{Deployment},
		diagnosis: Diagnosis{
			Title:   "IAM takes a policy for malformed",
			Link:    Deployment,
			Meaning: "The document is JSON, but no policy as IAM's grammar has it; the text before or behind says what is wrong.",
			Causes: []Cause{
				{
					Subject: TrustPolicy,
					What:    "a trust policy has a Resource or no Principal, or an action that is not of STS",
					Look:    "AssumeRolePolicyDocument of the role",
					Fix:     "leave Effect, Principal, Action and Condition alone in it",
				},
				{
					Subject: Policy,
					What:    "a policy has a Principal, an unknown element, or a Resource that is no ARN",
					Look:    "PolicyDocument of the policies in the template",
					Fix:     "write Effect, Action, Resource and Condition as IAM's grammar has them",
				},
			},
			Source: "https://github.com/aws/aws-cdk/issues/5732",
		},
	},
	// envato/stack_master#138, aws/serverless-application-model#51.
	{
		marker: "requires capabilities",
		expr:   lazily(`Requires capabilities ?: ?\[(?P<capability>CAPABILITY_[A-Z_]+)`),
		diagnosis: Diagnosis{
			Title:   "CloudFormation was not told that it may create IAM resources",
			Link:    Deployment,
			Meaning: "A template with roles, and more so with roles of fixed names, is deployed only by somebody who says so.",
			Causes: []Cause{{
				Subject: Template,
				What:    "the deployment names no capability, or CAPABILITY_IAM where roles have names",
				Look:    "the command that deploys the template",
				Fix:     "add --capabilities CAPABILITY_NAMED_IAM",
			}},
			Source: "https://github.com/envato/stack_master/issues/138",
		},
	},
	// kubeflow/kubeflow#6687.
	{
		marker: "quota for aclsizeperrole",
		expr:   lazily(`Cannot exceed (?:the )?quota for ACLSizePerRole: (?P<limit>\d+)`),
		diagnosis: Diagnosis{
			Title:   "the trust policy is too long",
			Link:    Deployment,
			Meaning: "A role's trust policy may hold 2048 characters unless the account's quota was raised.",
			Causes: []Cause{{
				Subject: TrustPolicy,
				What:    "one role is trusted by too many clusters or ServiceAccounts",
				Look:    "the statements and subjects of AssumeRolePolicyDocument",
				Fix:     "put all subjects of an issuer into one statement, or make a role for each pool",
			}},
			Source: "https://github.com/kubeflow/kubeflow/issues/6687",
		},
	},
	// ministryofjustice/cloud-platform-environments#14473.
	{
		marker: "quota for policysize",
		expr:   lazily(`Cannot exceed (?:the )?quota for PolicySize: (?P<limit>\d+)`),
		diagnosis: Diagnosis{
			Title:   "a managed policy is too long",
			Link:    Deployment,
			Meaning: "A managed policy may hold 6144 characters, white space not counted. That limit is not raised.",
			Causes: []Cause{{
				Subject: Policy,
				What:    "the policy names too many image repositories",
				Look:    "the Resource lists of the policy",
				Fix:     "split it into several policies, or give the image repositories a common prefix and allow that",
			}},
			Source: iamQuotas,
		},
	},
	// aws/eks-hybrid#741.
	{
		marker: "quota for policiesperrole",
		expr:   lazily(`Cannot exceed (?:the )?quota for PoliciesPerRole: (?P<limit>\d+)`),
		diagnosis: Diagnosis{
			Title:   "the role has too many managed policies",
			Link:    Deployment,
			Meaning: "Ten managed policies may be attached to a role unless the account's quota was raised.",
			Causes: []Cause{{
				Subject: Role,
				What:    "each image repository or stack attaches a policy of its own",
				Look:    "ManagedPolicyArns of the role, and Roles of the managed policies",
				Fix:     "merge policies, or have the quota L-0DA4ABF3 raised",
			}},
			Source: "https://github.com/aws/eks-hybrid/pull/741",
		},
	},
	// aws/copilot-cli#5917, ministryofjustice/cloud-platform-environments#5303.
	{
		marker: "maximum policy size of",
		expr:   lazily(`Maximum policy size of (?P<limit>\d+) bytes exceeded for (?:IAM )?role(?: (?P<role>[\w+=,.@-]{1,64}))?`),
		diagnosis: Diagnosis{
			Title:   "the role's inline policies are too long",
			Link:    Deployment,
			Meaning: "All inline policies of a role together may hold 10240 characters, white space not counted. That limit is not raised.",
			Causes: []Cause{{
				Subject: Policy,
				What:    "the inline policies name too many image repositories",
				Look:    "Policies of the role",
				Fix:     "move them into managed policies",
			}},
			Source: iamQuotas,
		},
	},
	// actions/actions-runner-controller#2565; arkmq-org/arkmq-org-broker-operator#1392
	// has the newer words.
	{
		marker: "metadata.annotations: too long",
		expr:   lazily(`(?:CustomResourceDefinition(?:\.apiextensions\.k8s\.io)? "(?P<CustomResourceDefinition>` + name + `)" is invalid: )?metadata\.annotations: Too long: (?:must have at most|may not be more than) 262144 byte`),
		diagnosis: Diagnosis{
			Title:   "kubectl apply wants to copy an object into its own annotations",
			Link:    Deployment,
			Meaning: "kubectl apply keeps what it applied in an annotation, for which the runner kinds' definitions are too long.",
			Causes: []Cause{{
				Subject: Cluster,
				What:    "the definitions were applied on the client's side",
				Look:    "the command that applies actions-runner-controller's definitions",
				Fix:     "use kubectl apply --server-side, or kubectl create",
			}},
			Source: "https://github.com/actions/actions-runner-controller/issues/2565",
		},
	},
}
