package diagnose

import (
	"regexp"

	"keyless-runners/identity"
)

// irsaErrors is where Amazon lists what STS says to a Pod.
const irsaErrors = "https://repost.aws/knowledge-center/eks-troubleshoot-irsa-errors"

// stsAPI is where Amazon lists the errors of the request that SDKs make for a Pod.
const stsAPI = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html"

// stsFailures are what STS answers to a Pod's token, and what SDKs say of it.
var stsFailures = []failure{
	// aws-actions/configure-aws-credentials#961 and #403: the action, on a runner
	// with a role of its own. Before the next two, whose words it has too.
	{
		marker: "sts:assumerolewithwebidentity",
		expr:   lazily(`with OIDC: Not authorized to perform:? sts:AssumeRoleWithWebIdentity`),
		diagnosis: githubToken("The step configure-aws-credentials asked for a role with a token of GitHub's, and the role's trust policy does not take it. A runner on EKS has a token of its own.",
			"https://github.com/aws-actions/configure-aws-credentials/issues/403"),
	},
	// aws-actions/configure-aws-credentials#721.
	{
		marker: "no openidconnect provider found",
		expr:   lazily(`No OpenIDConnect provider found in your account for (?P<issuer>https://token\.actions\.githubusercontent\.com[^\s"'<,]*)`),
		diagnosis: githubToken("The step configure-aws-credentials asked for a role with a token of GitHub's, for which the account has no provider. A runner on EKS has a token of its own.",
			"https://github.com/aws-actions/configure-aws-credentials/issues/721"),
	},
	// The same page of re:Post; kubernetes-sigs/aws-load-balancer-controller#1935 (Go
	// SDK), aws/aws-sdk-net#1522 (.NET), aws/aws-sdk-java-v2#1470 (Java).
	{
		marker: "not authorized to perform",
		expr:   lazily(`(?i:not authorized to perform:? sts:AssumeRoleWithWebIdentity)`),
		diagnosis: Diagnosis{
			Title:   "the role's trust policy refuses the token",
			Link:    TokenToTrust,
			Meaning: "STS knows the provider and took the token for genuine, but no statement of the role's trust policy allows its subject and audience.",
			Causes: []Cause{
				{
					Subject: TrustPolicy,
					What:    "the subject in the trust policy is not that of the Pod: another namespace, another ServiceAccount, a blank",
					Look:    "the trust policy's condition key ISSUER:sub, against system:serviceaccount:NAMESPACE:NAME of the Pod",
					Fix:     "write the Pod's namespace and serviceAccountName there, to the letter",
				},
				{ // crossplane/crossplane#5578
					Subject: TrustPolicy,
					What:    "a value with * is compared by StringEquals, for which it is a plain character",
					Look:    "the trust policy's condition operators over ISSUER:sub and ISSUER:aud",
					Fix:     "write the subject in full; StringLike is for patterns",
				},
				{
					Subject: TrustPolicy,
					What:    "the trust policy names another issuer, such as an older cluster's, or one with https:// before it",
					Look:    "the trust policy's Principal.Federated and its condition keys, against the cluster's issuer",
					Fix:     "write the cluster's issuer in both, without https://",
				},
				{ // external-secrets/kubernetes-external-secrets#287
					Subject: TrustPolicy,
					What:    "the audience is not sts.amazonaws.com, or the subject stands under the key of the audience",
					Look:    "the trust policy's condition key ISSUER:aud",
					Fix:     "want sts.amazonaws.com under ISSUER:aud, the subject under ISSUER:sub",
				},
				{ // uswitch/kiam#33: STS says the same of a role that is not there
					Subject: ServiceAccountAnnotation,
					What:    "the annotation names another role, one that does not exist, or one without its path",
					Look:    "the ServiceAccount's annotation eks.amazonaws.com/role-arn, against the role's ARN",
					Fix:     "write the role's whole ARN, with its path",
				},
				{ // actions/actions-runner-controller#2754
					Subject: Workload,
					What:    "the job runs in another Pod than the runner's, under another ServiceAccount",
					Look:    "containerMode and the hook template's serviceAccountName",
					Fix:     "give that Pod the ServiceAccount that the trust policy names",
				},
			},
			Source: irsaErrors,
		},
	},
	// The same page; awslabs/amazon-eks-irsa-cfn#18, blogs.kartikeytripathi.in.
	{
		marker: "incorrect token audience",
		expr:   lazily(`(?i:incorrect token audience)`),
		diagnosis: Diagnosis{
			Title:   "the provider does not take the token's audience",
			Link:    TokenToProvider,
			Meaning: "The account has a provider for the issuer, but the token's audience is not in its list of client ids.",
			Causes: []Cause{
				{
					Subject: Provider,
					What:    "sts.amazonaws.com is not in the list, is spelled otherwise (sts.amazon.com), or has a character more that does not show",
					Look:    "the provider's ClientIdList",
					Fix:     "want exactly sts.amazonaws.com there, in China too",
				},
				{
					Subject: ServiceAccountAnnotation,
					What:    "the token is made for another audience",
					Look:    "the ServiceAccount's annotation eks.amazonaws.com/audience, and audience in a volume that the Pod defines itself",
					Fix:     "leave the annotation out, or name the same audience in the provider and in the trust policy",
				},
			},
			Source: irsaErrors,
		},
	},
	// aws/aws-sdk-ruby#2698.
	{
		marker: "missing a required claim: aud",
		expr:   lazily(`Missing a required claim: aud`),
		diagnosis: Diagnosis{
			Title:   "the token has no audience",
			Link:    TokenToPod,
			Meaning: "STS was sent a token for the Kubernetes API, not the one that the webhook mounts for AWS.",
			Causes: []Cause{{
				Subject: Workload,
				What:    "AWS_WEB_IDENTITY_TOKEN_FILE names Kubernetes' own token",
				Look:    "AWS_WEB_IDENTITY_TOKEN_FILE in the env of the runner's container and of the job",
				Fix:     "leave the variable to the webhook, which sets /var/run/secrets/eks.amazonaws.com/serviceaccount/token",
			}},
			Source: "https://github.com/aws/aws-sdk-ruby/issues/2698",
		},
	},
	// STS says so of a text of another form, without a signature, or signed by another
	// algorithm than the provider may use.
	{
		marker: "is not a valid jwt",
		expr:   lazily(`The ID Token provided is not a valid JWT`),
		diagnosis: Diagnosis{
			Title:   "what the job shows STS is no token of a cluster",
			Link:    TokenToPod,
			Meaning: "STS looks at the form of a token before it looks at whose it is, and this has not the form of a signed one.",
			Causes: []Cause{
				{
					Subject: Workload,
					What:    "AWS_WEB_IDENTITY_TOKEN_FILE names another file than the webhook's",
					Look:    "AWS_WEB_IDENTITY_TOKEN_FILE in the env of the runner's container and of the job",
					Fix:     "leave the variable to the webhook, which sets /var/run/secrets/eks.amazonaws.com/serviceaccount/token",
				},
				{
					Subject: Workflow,
					What:    "a step copied the token and lost a part of it, or wrote the file",
					Look:    "steps that read or write AWS_WEB_IDENTITY_TOKEN_FILE",
					Fix:     "let the SDK read the file",
				},
			},
			Source: stsAPI,
		},
	},
	// The same page of re:Post; kubernetes-sigs/aws-load-balancer-controller#2315.
	{
		marker: "no openidconnect provider found",
		expr:   lazily(`No OpenIDConnect provider found in your account(?: for (?P<issuer>https://[^\s"'<,]+))?`),
		diagnosis: Diagnosis{
			Title:   "the role's account has no provider for the cluster's issuer",
			Link:    TokenToProvider,
			Meaning: "STS looked for an IAM OIDC provider in the account of the role's ARN, by the issuer in the token, and found none.",
			Causes: []Cause{
				{
					Subject: Provider,
					What:    "no provider was created in that account, or it is of another cluster: a new cluster has a new issuer",
					Look:    "the provider's Url, against the issuer of the text",
					Fix:     "create a provider with this very issuer, in the account of the role",
				},
				{ // mozilla-iam/mozilla-aws-cli#127
					Subject: ServiceAccountAnnotation,
					What:    "the annotation names a role of another account",
					Look:    "the account in the ServiceAccount's annotation eks.amazonaws.com/role-arn",
					Fix:     "write the account that has the provider",
				},
				{ // fluxcd/source-controller#1552
					Subject: Account,
					What:    "STS is asked in a region that the account has not activated",
					Look:    "AWS_REGION of the runner, and the account's list of STS endpoints",
					Fix:     "activate STS in that region, or use a region where it is",
				},
			},
			Source: irsaErrors,
		},
		detail: addRegionOfIssuer,
	},
	// aws/aws-cli#7194, awslabs/aws-sdk-rust#827.
	{
		marker: "retrieve verification key",
		expr:   lazily(`(?i:couldn't retrieve verification key from your identity provider)`),
		diagnosis: Diagnosis{
			Title:   "STS could not fetch the issuer's keys",
			Link:    TokenToProvider,
			Meaning: "The provider exists, but STS got no keys from the issuer to check the token's signature.",
			Causes: []Cause{
				{
					Subject: Provider,
					What:    "nobody answers at the provider's URL: the cluster was deleted, or the URL is mistyped",
					Look:    "the provider's Url, and ISSUER/.well-known/openid-configuration",
					Fix:     "write the issuer as aws eks describe-cluster prints it",
				},
				{
					Subject: Network,
					What:    "the issuer or STS was out of reach for a moment",
					Look:    "whether the next try succeeds",
					Fix:     "run the job again",
				},
			},
			Source: "https://github.com/aws/aws-cli/issues/7194",
		},
	},
	// terraform-aws-modules/terraform-aws-eks#2542, re:Post eks-error-invalid-identity-token.
	{
		marker: "https certificate doesn't match configured thumbprint",
		expr:   lazily(`(?i:OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint)`),
		diagnosis: Diagnosis{
			Title:   "the provider's thumbprint is not that of the issuer's certificate",
			Link:    TokenToProvider,
			Meaning: "The provider lists thumbprints of certificates, and none is of the certificate authority that signed the issuer's.",
			Causes: []Cause{{
				Subject: Provider,
				What:    "the thumbprint is of another certificate than that of the root authority, or the issuer changed its own",
				Look:    "the provider's ThumbprintList",
				Fix:     "leave the list out, so that IAM fetches it, or write the thumbprint of the root authority",
			}},
			Source: "https://repost.aws/knowledge-center/eks-error-invalid-identity-token",
		},
	},
	// awslabs/aws-orbit-workbench#771, mozilla-iam/mozilla-aws-cli#146.
	{
		marker: "token",
		expr:   lazily(`Token expired: current date/time|ExpiredTokenException\) when calling the AssumeRoleWithWebIdentity|Token too old: \d+|web identity token that was passed is expired`),
		diagnosis: Diagnosis{
			Title:   "the token is expired",
			Link:    TokenToProvider,
			Meaning: "STS was sent a token that is too old. The kubelet renews the file in the Pod in time; a copy of it is not renewed.",
			Causes: []Cause{
				{
					Subject: Workflow,
					What:    "the step uses a copy of the token, or a tool read the file once and kept it",
					Look:    "steps that copy AWS_WEB_IDENTITY_TOKEN_FILE into a container, a variable or a file",
					Fix:     "read the file anew for each request, or mount the token's folder instead of the file",
				},
				{
					Subject: Cluster,
					What:    "the clock of the node is wrong",
					Look:    "the two times of the text, against the real time",
					Fix:     "set the node's clock by a time server",
				},
			},
			Source: "https://github.com/awslabs/aws-orbit-workbench/issues/771",
		},
	},
	{ // The names are those of the API and of SDKs.
		marker: "idp",
		expr:   lazily(`(?P<error>IDPCommunicationError|IdpCommunicationErrorException|IDPRejectedClaim|IdpRejectedClaimException)`),
		diagnosis: Diagnosis{
			Title:   "STS and the issuer did not come together",
			Link:    TokenToProvider,
			Meaning: "STS asked the issuer about the token and got no answer (IDPCommunicationError), or a refusal (IDPRejectedClaim).",
			Causes: []Cause{
				{
					Subject: Network,
					What:    "the issuer was out of reach for a moment",
					Look:    "whether the next try succeeds",
					Fix:     "run the job again",
				},
				{
					Subject: Provider,
					What:    "the provider's URL is not that of the cluster's issuer",
					Look:    "the provider's Url, against the cluster's issuer",
					Fix:     "write the issuer as aws eks describe-cluster prints it",
				},
			},
			Source: stsAPI,
		},
	},
	{
		// jenkinsci/pipeline-aws-plugin, WithAWSStepTest, has STS say so to
		// AssumeRoleWithSAML.
		marker: "specified provider doesn't exist",
		expr:   lazily(`Specified provider doesn't exist`),
		diagnosis: Diagnosis{
			Title:   "STS was asked with a provider that does not exist",
			Link:    TokenToProvider,
			Meaning: "The request itself names a provider, as those for SAML do, and the account has none of that name. A Pod's token names no provider.",
			Causes: []Cause{
				{
					Subject: Workflow,
					What:    "the job logs in to AWS by SAML, not with its Pod's token",
					Look:    "steps and profiles with a SAML provider or an assertion",
					Fix:     "remove them, so that the Pod's own role is used",
				},
				{
					Subject: Provider,
					What:    "the provider is in another account, or was deleted",
					Look:    "the provider's ARN in the request, against the account",
					Fix:     "name a provider of the role's account",
				},
			},
			Source: "https://github.com/jenkinsci/pipeline-aws-plugin/blob/master/src/test/java/de/taimos/pipeline/aws/WithAWSStepTest.java",
		},
	},
	// The same page of re:Post; mmmorris1975/aws-runas#80 for the second form.
	{
		marker: "arn",
		expr:   lazily(`Request ARN is invalid|Value '(?P<role_ARN>[^']*)' at 'roleArn' failed to satisfy constraint`),
		diagnosis: Diagnosis{
			Title:   "what the Pod was given as its role is no ARN of a role",
			Link:    ServiceAccountToRole,
			Meaning: "The SDK sent STS the value of AWS_ROLE_ARN, and it has not the form of a role's ARN. The webhook injects whatever the annotation says.",
			Causes: []Cause{
				{
					Subject: ServiceAccountAnnotation,
					What:    "the annotation has a colon too many, a placeholder, an account without 12 digits, a blank, or the ARN of something else",
					Look:    "the ServiceAccount's annotation eks.amazonaws.com/role-arn",
					Fix:     "write the role's ARN as IAM prints it, with its path, and recreate the Pod",
				},
				{
					Subject: Workflow,
					What:    "the job sets a role of its own that is no ARN",
					Look:    "role-to-assume of configure-aws-credentials, AWS_ROLE_ARN in env",
					Fix:     "remove it, so that the Pod's own role is used",
				},
			},
			Source: irsaErrors,
		},
	},
	// aws-azure-login#93, kreuzwerker/awsu#27.
	{
		marker: "durationseconds exceeds the maxsessionduration",
		expr:   lazily(`The requested DurationSeconds exceeds the MaxSessionDuration`),
		diagnosis: Diagnosis{
			Title:   "the job asks for a longer session than the role allows",
			Link:    JobToSettings,
			Meaning: "A role has a longest session, one hour if nothing else is set, and the job asked for more.",
			Causes: []Cause{
				{
					Subject: Workflow,
					What:    "the job sets a duration",
					Look:    "role-duration-seconds of configure-aws-credentials, duration_seconds in AWS profiles",
					Fix:     "leave it out: SDKs renew the Pod's session by themselves",
				},
				{
					Subject: Role,
					What:    "the role's longest session is shorter",
					Look:    "the role's MaxSessionDuration",
					Fix:     "raise it, up to 43200",
				},
			},
			Source: "https://github.com/kreuzwerker/awsu/issues/27",
		},
	},
	// Netflix/security_monkey#1026.
	{
		marker: "may not be assumed by root accounts",
		expr:   lazily(`Roles may not be assumed by root accounts`),
		diagnosis: Diagnosis{
			Title:   "the job holds a key of the account's root user",
			Link:    JobToSettings,
			Meaning: "The request was signed with an access key of the root user, which no role lets in. That key may do everything in the account.",
			Causes: []Cause{{
				Subject: Workflow,
				What:    "a root key is stored where the job or the runner finds it",
				Look:    "AWS_ACCESS_KEY_ID in the workflow's secrets and env, in the runner's env and in ~/.aws/credentials of its image",
				Fix:     "delete the key in IAM at once, and its copies; the Pod's own role needs none",
			}},
			Source: "https://github.com/Netflix/security_monkey/issues/1026",
		},
	},
	// turbot/steampipe-plugin-aws#1510.
	{
		marker: "sts is not activated in this region",
		expr:   lazily(`STS is not activated in this region(?: for account: ?(?P<account>\d{12}))?`),
		diagnosis: Diagnosis{
			Title:   "STS is not activated in the region for the account",
			Link:    TokenToProvider,
			Meaning: "The SDK asked STS in its own region, where the account has switched it off (RegionDisabledException).",
			Causes: []Cause{
				{
					Subject: Account,
					What:    "the account's administrators deactivated STS there, or the region was never enabled",
					Look:    "the account settings in IAM, list of STS endpoints",
					Fix:     "activate STS in the region",
				},
				{
					Subject: Workflow,
					What:    "the job works in a region by mistake",
					Look:    "AWS_REGION and AWS_DEFAULT_REGION of the job and the runner, aws-region of its steps",
					Fix:     "write the cluster's region",
				},
			},
			Source: "https://github.com/turbot/steampipe-plugin-aws/issues/1510",
		},
	},
	// fluxcd/source-controller#938; the forms of botocore and of Go's SDK, as in
	// crossplane/crossplane#5578 and namespacelabs/foundation#801.
	{
		marker: "assumerolewithwebidentity",
		expr:   lazily(`\(Throttling(?:Exception)?\) when calling the AssumeRoleWithWebIdentity operation|AssumeRoleWithWebIdentity, (?:exceeded maximum number of attempts, \d+, )?https response error StatusCode: \d+, RequestID: [^, ]*, (?:api error )?Throttling`),
		diagnosis: Diagnosis{
			Title:   "STS throttles the requests for the role",
			Link:    TokenToProvider,
			Meaning: "Too many processes asked STS in the account and region at once, and this one gave up. Nothing is wrong with the role.",
			Causes: []Cause{
				{
					Subject: Workflow,
					What:    "each step, or each tool in a loop, asks for a session of its own",
					Look:    "loops of aws commands, matrix jobs and retries in the workflow",
					Fix:     "log in once for each job, and set AWS_MAX_ATTEMPTS higher",
				},
				{
					Subject: Workload,
					What:    "very many runners start at once",
					Look:    "replicas and maxReplicas of the runners",
					Fix:     "start them more slowly",
				},
			},
			Source: "https://github.com/fluxcd/source-controller/issues/938",
		},
	},
	// fluxcd/source-controller#1552 (Go), aws/amazon-vpc-cni-k8s#1796 (Python),
	// aws/containers-roadmap#586 (private clusters).
	{
		marker: "sts.",
		expr:   lazily(`(?:endpoint URL: "?https://|lookup |ENOTFOUND |EAI_AGAIN |Post "https://)(?P<endpoint>sts\.(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?)`),
		diagnosis: Diagnosis{
			Title:   "STS is out of the Pod's reach",
			Link:    TokenToProvider,
			Meaning: "The Pod has its token but no connection to STS, or asks a host that does not exist.",
			Causes: []Cause{
				{
					Subject: Network,
					What:    "the VPC has no way to STS: no NAT gateway and no VPC endpoint for STS, or a security group or NetworkPolicy in between",
					Look:    "the VPC's endpoint com.amazonaws.REGION.sts, NetworkPolicies of the runner's namespace",
					Fix:     "add the endpoint, or allow port 443 to it",
				},
				{
					Subject: Workflow,
					What:    "the region in the host's name is mistyped, or none is set so that sts.amazonaws.com is asked",
					Look:    "AWS_REGION and AWS_STS_REGIONAL_ENDPOINTS of the runner, aws-region of the steps",
					Fix:     "write the cluster's region, and regional",
				},
			},
			Source: "https://github.com/aws/containers-roadmap/issues/586",
		},
		detail: func(d *Diagnosis) {
			host := stsHost.FindStringSubmatch(d.Value("endpoint"))
			if host != nil {
				d.addRegion(host[1])
			}
		},
	},
}

var stsHost = regexp.MustCompile(`^sts\.([a-z0-9-]+)\.amazonaws`)

// githubToken is for a job that shows AWS GitHub's token though its Pod has one.
func githubToken(meaning, source string) Diagnosis {
	return Diagnosis{
		Title:   "the job showed AWS GitHub's token, not the Pod's",
		Link:    JobToSettings,
		Meaning: meaning,
		Causes: []Cause{
			{
				Subject: Workflow,
				What:    "role-to-assume together with the permission id-token makes configure-aws-credentials use GitHub's token",
				Look:    "role-to-assume of configure-aws-credentials, and permissions: id-token in the workflow",
				Fix:     "leave the step out: tools find the Pod's own role without it",
			},
			{
				Subject: Workflow,
				What:    "a second role is really wanted",
				Look:    "role-chaining and web-identity-token-file of configure-aws-credentials",
				Fix:     "set role-chaining to true, so that the Pod's role asks for it",
			},
		},
		Source: source,
	}
}

// addRegionOfIssuer adds the region that the issuer names, if it is EKS's.
func addRegionOfIssuer(d *Diagnosis) {
	if region := identity.Issuer(d.Value("issuer")).Region(); region != "" {
		d.addRegion(string(region))
	}
}

// addRegion adds a region, and says so first if there is no such region.
func (d *Diagnosis) addRegion(region string) {
	d.Values = appendValue(d.Values, "region", region)
	if err := identity.Region(region).Check(); err != nil && region != "***" {
		d.Causes = append([]Cause{{
			Subject: Workflow,
			What:    err.Error(),
			Look:    "the region in the workflow's env, in aws-region of its steps and in the names of its images",
			Fix:     "write the region's right name",
		}}, d.Causes...)
	}
}
