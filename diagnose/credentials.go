package diagnose

// identified are the links at which the text says why a Pod has no credentials.
var identified = []Link{PodToServiceAccount, ServiceAccountToRole, TokenToPod, TokenToProvider, TokenToTrust}

// tokenFile is where the webhook mounts the token
// (aws/amazon-eks-pod-identity-webhook, README).
const tokenFile = `/var/run/secrets/eks\.amazonaws\.com/serviceaccount/token`

// credentialFailures are what SDKs, the AWS CLI and GitHub's actions say before they
// ask AWS for anything.
var credentialFailures = []failure{
	// aws/amazon-eks-pod-identity-webhook#8 (Go), ansible/awx#8966 (Python),
	// Soluto/kamus#588 (.NET); EACCES is Node.js' word for it.
	{
		marker: "/serviceaccount/token",
		expr:   lazily(`(?i:(?:permission denied(?:, open|:)|EACCES:?|access to the path) '?"?)` + tokenFile + `|` + tokenFile + `(?i:['"]?:? (?:permission denied|is denied))`),
		diagnosis: Diagnosis{
			Title:   "the job may not read the token",
			Link:    TokenToPod,
			Meaning: "The webhook did its part and the token is in the Pod, but its file is readable by root and the Pod's fsGroup only.",
			Causes: []Cause{
				{ // actions-runner-controller, docs/authenticating-to-the-github-api.md
					Subject: Workload,
					What:    "the Pod has no fsGroup, or another than the runner's group",
					Look:    "securityContext.fsGroup of the runner's Pod, and its image",
					Fix:     "set fsGroup to 1001 for images of Ubuntu 22.04 and 24.04, to 1000 for those of 20.04",
				},
				{
					Subject: Workflow,
					What:    "the step runs as another user than the runner's, in a container or by sudo -u",
					Look:    "the job's container options and the user of the image that the step uses",
					Fix:     "run the step as a user of the fsGroup",
				},
			},
			Source: "https://github.com/aws/amazon-eks-pod-identity-webhook/issues/8",
		},
	},
	// actions/actions-runner-controller#246, elotl/kip#184; the forms are those of
	// Go, Node.js, Python and ls.
	{
		marker: "/serviceaccount/token",
		expr:   lazily(`(?i:(?:no such file or directory(?:, open|:)|ENOENT:?) '?"?)` + tokenFile + `|` + tokenFile + `(?i:['"]?:? no such file or directory)`),
		diagnosis: Diagnosis{
			Title:   "the token is not where the job looks for it",
			Link:    TokenToPod,
			Meaning: "AWS_WEB_IDENTITY_TOKEN_FILE reached the process, the file did not: it runs where the token is not mounted.",
			Causes: []Cause{
				{
					Subject: Workflow,
					What:    "the step runs in a container of its own: GitHub passes the variables on, not the mount",
					Look:    "the job's container, uses: docker:// and docker run or docker build in its steps",
					Fix:     "log in and push on the runner itself, or mount the token's folder into that container",
				},
				{
					Subject: Workload,
					What:    "the job runs in another Pod than the runner's, under a ServiceAccount without a role",
					Look:    "containerMode kubernetes and the hook template",
					Fix:     "give that Pod the annotated ServiceAccount, so that the webhook mounts a token there as well",
				},
				{
					Subject: Workload,
					What:    "the variables are set by hand and the webhook therefore mounts nothing",
					Look:    "AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE in the env of the runner's kind",
					Fix:     "remove them, the webhook sets both",
				},
			},
			Source: "https://github.com/actions/actions-runner-controller/issues/246",
		},
	},
	// aws/amazon-eks-pod-identity-webhook#67 (Go SDK v1); aws-sdk-go-v2,
	// config/resolve_credentials.go.
	{
		marker: "role arn is not set",
		expr:   lazily(`(?:WebIdentityErr: )?role ARN is not set`),
		diagnosis: Diagnosis{
			Title:   "the Pod has a token, but no role",
			Link:    ServiceAccountToRole,
			Meaning: "AWS_WEB_IDENTITY_TOKEN_FILE is set and AWS_ROLE_ARN is not, so the SDK does not know which role to ask for.",
			Causes: []Cause{{
				Subject: Workload,
				What:    "one of the two variables was set by hand, so that the webhook sets neither",
				Look:    "env of the runner's container",
				Fix:     "remove it, the webhook sets both",
			}},
			Source: "https://github.com/aws/amazon-eks-pod-identity-webhook/issues/67",
		},
	},
	// aws-actions/amazon-ecr-login#620, awslabs/amazon-ecr-credential-helper#219,
	// aws/eks-anywhere#3919 (the CLI), configure-aws-credentials, src/index.ts,
	// cert-manager/cert-manager#7102 (Go SDK v2, which has no credentials either then).
	{
		marker: "region",
		expr:   lazily(`Input required and not supplied: aws-region|Region is missing|MissingRegion: could not find region configuration|You must specify a region|Region is not valid: (?P<region>\S*)|(?:failed to refresh cached credentials, failed to retrieve credentials, operation error STS: AssumeRoleWithWebIdentity, failed to resolve service endpoint, endpoint rule error, )?Invalid Configuration: Missing Region`),
		diagnosis: Diagnosis{
			Title:   "nobody told the job its region",
			Link:    JobToSettings,
			Meaning: "An AWS tool needs a region and found none that it takes. The webhook sets AWS_REGION only where the cluster's administrator told it to.",
			Causes: []Cause{
				{
					Subject: Workflow,
					What:    "the step has no region, or an expression for it is empty",
					Look:    "aws-region of configure-aws-credentials, AWS_REGION in the env of the workflow, the job and the step",
					Fix:     "set AWS_REGION to the region of the image repository, once for the workflow",
				},
				{
					Subject: Workload,
					What:    "the runner has no region that jobs could fall back to",
					Look:    "AWS_REGION in the env of the runner's container",
					Fix:     "set it to the cluster's region",
				},
			},
			Source: "https://github.com/aws-actions/amazon-ecr-login/issues/620",
		},
	},
	// botocore, exceptions.py, ProfileNotFound; aws-actions/configure-aws-credentials#962.
	{
		marker: "could not be found",
		expr:   lazily(`The config profile \((?P<profile>[^)]{1,128})\) could not be found`),
		diagnosis: Diagnosis{
			Title:   "the job asks for an AWS profile that the runner does not have",
			Link:    JobToSettings,
			Meaning: "A profile stands before the Pod's web identity, and there is no file with this one.",
			Causes: []Cause{{
				Subject: Workflow,
				What:    "AWS_PROFILE or --profile is left from another machine",
				Look:    "AWS_PROFILE and AWS_DEFAULT_PROFILE in the env of the workflow and the runner, --profile in its steps",
				Fix:     "remove it: the Pod's own role needs no profile",
			}},
			Source: "https://github.com/aws-actions/configure-aws-credentials/issues/962",
		},
	},
	// kciter/aws-ecr-action#15, aws/aws-toolkit-azure-devops#465.
	{
		marker: "security token included in the request is invalid",
		expr:   lazily(`(?i:the security token included in the request is invalid)`),
		diagnosis: Diagnosis{
			Title:   "AWS does not know the key that the job uses",
			Link:    JobToSettings,
			Meaning: "The request was signed with a key that does not exist, any more or in that partition. A session of the Pod's role is always known.",
			Causes: []Cause{
				{
					Subject: Workflow,
					What:    "a stored key, deleted or mistyped, stands before the Pod's role",
					Look:    "aws-access-key-id of configure-aws-credentials, AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN in env",
					Fix:     "remove them, so that the Pod's own role is used",
				},
				{ // boto/boto3#3975
					Subject: Account,
					What:    "the session is of the global STS endpoint, which regions that have to be enabled first do not take",
					Look:    "AWS_STS_REGIONAL_ENDPOINTS of the runner, the version of its SDKs",
					Fix:     "set AWS_STS_REGIONAL_ENDPOINTS to regional",
				},
			},
			Source: "https://github.com/kciter/aws-ecr-action/issues/15",
		},
	},
	// aws-actions/configure-aws-credentials#488.
	{
		marker: "security token included in the request is expired",
		expr:   lazily(`(?i:the security token included in the request is expired)`),
		diagnosis: Diagnosis{
			Title:   "the job outlived its AWS session",
			Link:    JobToSettings,
			Meaning: "The session's keys stand in the job's environment and are older than the session may be. SDKs renew only the session that they made from the Pod's token.",
			Causes: []Cause{{
				Subject: Workflow,
				What:    "configure-aws-credentials put a session into the environment, and the job took longer",
				Look:    "role-to-assume and role-duration-seconds of configure-aws-credentials, time of the steps before",
				Fix:     "leave the step out, so that the Pod's own role is used, or put it right before the push",
			}},
			Source: "https://github.com/aws-actions/configure-aws-credentials/issues/488",
		},
	},
	// hashicorp/terraform-provider-aws#26074 (Go SDK v2). Vague like the next.
	{
		marker: "no ec2 imds role found",
		expr:   lazily(`(?:failed to refresh cached credentials, )?no EC2 IMDS role found`),
		vague:  identified,
		diagnosis: Diagnosis{
			Title:   "the job found no AWS credentials",
			Link:    TokenToPod,
			Meaning: "The SDK found no web identity in the container, and no role of the node behind it. The node's role was out of its reach, as it should be.",
			Causes:  nodeCauses[:len(nodeCauses)-1],
			Source:  "https://github.com/hashicorp/terraform-provider-aws/issues/26074",
		},
	},
	// Vague, as it only tells that each way was tried: botocore, exceptions.py,
	// NoCredentialsError; aws-sdk-js-v3, credential-provider-node, defaultProvider.ts;
	// aws/copilot-cli#187 (Go SDK v1); aws/aws-sdk-js#3665 (v2).
	{
		marker: "credential",
		expr:   lazily(`Unable to locate credentials|[Cc]ould not load credentials from any providers|Credentials could not be loaded|NoCredentialProviders: no valid providers in chain|failed to refresh cached credentials|Missing credentials in config`),
		vague:  identified,
		diagnosis: Diagnosis{
			Title:   "the job found no AWS credentials",
			Link:    TokenToPod,
			Meaning: "The SDK tried every way it knows, the Pod's web identity among them, and found nothing. The node's role was out of its reach, as it should be.",
			Causes:  nodeCauses[:len(nodeCauses)-1],
			Source:  "https://repost.aws/knowledge-center/eks-troubleshoot-oidc-and-irsa",
		},
	},
}
