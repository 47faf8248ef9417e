package diagnose

import (
	"fmt"
	"slices"
)

// accessDenied is where Amazon explains the sentence of every denial.
const accessDenied = "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html"

// ofNode is for a denial of the node's role: that the Pod got no role of its own
// matters more than what the node's role lacks.
func (d denial) ofNode() Diagnosis {
	meaning := fmt.Sprintf("By its name, role %q is that of the cluster's nodes.", d.by.name)
	if instance.MatchString(d.by.session) {
		meaning = fmt.Sprintf("Session %s is that of an EC2 instance, so role %q is the node's.", d.by.session, d.by.name)
	}
	return Diagnosis{
		Title:   fmt.Sprintf("the node's role %q was used, not the Pod's own", d.by.name),
		Link:    TokenToPod,
		Meaning: meaning + " The SDK found no web identity where the job ran and fell back to the node's metadata; what the node's role lacks does not matter.",
		Causes:  slices.Clone(nodeCauses),
		Source:  "https://github.com/aws/amazon-eks-pod-identity-webhook/issues/228",
	}
}

// nodeCauses is why a Pod gets no web identity: re:Post
// "eks-troubleshoot-oidc-and-irsa", external-secrets/kubernetes-external-secrets#290
// (Pod older than the annotation), actions/actions-runner-controller#2754, #2966 and
// #246 (kinds and modes without the ServiceAccount), and the webhook's README.
var nodeCauses = []Cause{
	{
		Subject: Workload,
		What:    "the Pod is older than its ServiceAccount's annotation: the webhook changes a Pod only as it is created",
		Look:    "the running Pod: AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE are missing from its containers",
		Fix:     "apply the ServiceAccount first, then delete the Pod",
	},
	{
		Subject: ServiceAccount,
		What:    "the job runs under another ServiceAccount, as Pods of jobs do in container mode kubernetes (default), and those of a RunnerSet",
		Look:    "serviceAccountName and containerMode of the runner's kind, and of the hook template",
		Fix:     "name the annotated ServiceAccount where the job's Pod is made, or use a RunnerDeployment with a Docker sidecar",
	},
	{
		Subject: ServiceAccountAnnotation,
		What:    "the ServiceAccount has no role, or its annotation's key is not exactly eks.amazonaws.com/role-arn",
		Look:    "the ServiceAccount's annotations, in the Pod's namespace",
		Fix:     "write eks.amazonaws.com/role-arn and the role's ARN",
	},
	{
		Subject: Workload,
		What:    "the webhook was told to leave out the container that runs the job",
		Look:    "the Pod's annotation eks.amazonaws.com/skip-containers",
		Fix:     "name only the Docker sidecar there",
	},
	{
		Subject: Workflow,
		What:    "the step runs in a container of its own, which has neither the variables nor the token",
		Look:    "the job's container, uses: docker:// and docker run or docker build in its steps",
		Fix:     "log in and push on the runner itself, or pass the variables and mount the token's folder",
	},
	{
		Subject: Workload,
		What:    "the node's role is within reach of the Pod, which hides that its own is missing",
		Look:    "AWS_EC2_METADATA_DISABLED in the env of the runner's container, and the node's hop limit",
		Fix:     `set AWS_EC2_METADATA_DISABLED to "true", so that a broken chain fails aloud`,
	},
}

// ofStoredKey is for a denial of a user: whoever is one has a key that somebody
// stored.
func (d denial) ofStoredKey() Diagnosis {
	return Diagnosis{
		Title:   fmt.Sprintf("a stored key of %s was used, not the Pod's role", d.by),
		Link:    JobToSettings,
		Meaning: "Only a stored access key belongs to an IAM user. SDKs prefer keys in the environment to the Pod's web identity.",
		Causes: []Cause{
			{
				Subject: Workflow,
				What:    "the job hands a stored key to AWS tools",
				Look:    "aws-access-key-id of configure-aws-credentials and AWS_ACCESS_KEY_ID in the env of the workflow, the job and its steps",
				Fix:     "remove them, and the secrets that they name",
			},
			{
				Subject: Workload,
				What:    "the runner's Pod has a stored key",
				Look:    "AWS_ACCESS_KEY_ID in env and envFrom of the runner's container, and ~/.aws/credentials in its image",
				Fix:     "remove it",
			},
		},
		Source: "https://github.com/aws/aws-sdk-js-v3/blob/main/packages/credential-provider-node/src/defaultProvider.ts",
	}
}

// ofSecondRole is for a denial of sts:AssumeRole and its like.
func (d denial) ofSecondRole() Diagnosis {
	return Diagnosis{
		Title:   fmt.Sprintf("%s may not %s on the role that the job asks for", d.by, d.action),
		Link:    JobToSettings,
		Meaning: fmt.Sprintf("The job already ran as %s and asked STS for a second role; %s.", d.by, d.why()),
		Causes: []Cause{
			{
				Subject: Workflow,
				What:    "the job asks for a role although its Pod has one",
				Look:    "role-to-assume of configure-aws-credentials, role_arn in AWS profiles",
				Fix:     "leave it out, so that the Pod's own role is used",
			},
			{
				Subject: Workflow,
				What:    "configure-aws-credentials tags the second session, which takes sts:TagSession on both sides",
				Look:    "role-skip-session-tagging of configure-aws-credentials",
				Fix:     "set role-chaining and role-skip-session-tagging to true",
			},
			{
				Subject: TrustPolicy,
				What:    "the second role's trust policy does not name the Pod's role, or the Pod's role has no policy that allows the action",
				Look:    fmt.Sprintf("the trust policy of the second role, and the policies of %s", d.by),
				Fix:     "allow " + d.action + " in both",
			},
		},
		Source: "https://github.com/aws-actions/configure-aws-credentials/issues/600",
	}
}

// ofService is for a denial that is about no image repository.
func (d denial) ofService(link Link) Diagnosis {
	causes := d.layer()
	if link == RoleToService {
		causes = append(causes, d.more())
	}
	return Diagnosis{
		Title:   fmt.Sprintf("%s may not %s", d.by, d.action),
		Link:    link,
		Meaning: fmt.Sprintf("The request was made as %s; %s.", d.by, d.why()),
		Causes:  causes,
		Source:  accessDenied,
	}
}

// purposes say what a push needs the actions for (ECR user guide, "IAM permissions
// for pushing an image", and bazel-contrib/rules_oci#648 for BatchGetImage).
var purposes = map[string]string{
	"ecr:GetAuthorizationToken":       "fetches the password of docker login",
	"ecr:BatchCheckLayerAvailability": "asks which layers are there already, before each push",
	"ecr:InitiateLayerUpload":         "begins the upload of a layer",
	"ecr:UploadLayerPart":             "uploads a part of a layer",
	"ecr:CompleteLayerUpload":         "ends the upload of a layer",
	"ecr:PutImage":                    "writes manifest and tag, the end of a push",
	"ecr:BatchGetImage":               "reads a manifest, as Docker and BuildKit do before a push and for a build cache",
	"ecr:GetDownloadUrlForLayer":      "reads a layer, for a build cache or a base image",
}

// ofImageRepository is for a denial of an action of ECR.
func (d denial) ofImageRepository() Diagnosis {
	title := fmt.Sprintf("%s may not %s", d.by, d.action)
	if name := d.resource.imageRepository(); name != "" {
		title += fmt.Sprintf(" on image repository %q", name)
	}
	purpose, push := purposes[d.action]
	if !push {
		purpose = "is no part of a push"
	}
	causes := d.layer()
	switch {
	case !push:
		causes = append([]Cause{d.more()}, causes...)
	default:
		causes = append(causes, d.elsewhere()...)
	}
	return Diagnosis{
		Title:   title,
		Link:    RoleToRepository,
		Meaning: fmt.Sprintf("The job ran as %s of account %s. %s %s; %s.", d.by, d.by.account, d.action, purpose, d.why()),
		Causes:  causes,
		Source:  accessDenied,
	}
}

// layers are the kinds of policy, in IAM's words, and where they are written.
var layers = map[string]Cause{
	"":                        {Subject: Policy, Look: "the role's policies: inline ones and those that are attached; then the organization's"},
	"identity-based policy":   {Subject: Policy, Look: "the role's policies: inline ones and those that are attached"},
	"resource-based policy":   {Subject: ImageRepositoryPolicy, Look: "the image repository's own policy, RepositoryPolicyText"},
	"permissions boundary":    {Subject: Boundary, Look: "the policy that is the role's PermissionsBoundary"},
	"session policy":          {Subject: Workflow, Look: "inline-session-policy and managed-session-policies of configure-aws-credentials"},
	"VPC endpoint policy":     {Subject: Network, Look: "the policies of the VPC's endpoints for ECR"},
	"service control policy":  {Subject: Account, Look: "the organization's service control policies for the account"},
	"resource control policy": {Subject: Account, Look: "the organization's resource control policies for the account"},
	"role trust policy":       {Subject: TrustPolicy, Look: "the trust policy of the role that is asked for"},
}

// ofRole says whether it is the role's own policies that decided, as far as the text
// tells.
func (d denial) ofRole() bool {
	return d.reason == "" || d.reason == "identity-based policy"
}

// layer are the causes in the policy that decided.
func (d denial) layer() []Cause {
	cause := layers[d.reason]
	switch {
	case d.explicit:
		cause.What = "a statement with Effect Deny matches " + d.request()
		cause.Fix = "narrow the Deny: no Allow outweighs it"
	case d.action == "ecr:GetAuthorizationToken":
		cause.What = "the policy does not allow ecr:GetAuthorizationToken, or allows it on an image repository's ARN"
		cause.Fix = `allow ecr:GetAuthorizationToken on "*": it knows no other resource`
	case d.reason == "resource-based policy":
		cause.What = fmt.Sprintf("the image repository is of another account, and its own policy does not allow %s to account %s", d.action, d.by.account)
		cause.Fix = fmt.Sprintf("allow %s to the ARN of %s there", d.action, d.by)
	default:
		cause.What = fmt.Sprintf("the policy does not list %s, or does so for other resources: another name, region or account", d.action)
		cause.Fix = "allow " + d.request()
	}
	return []Cause{cause}
}

// request is the action, and what it is on where the text tells.
func (d denial) request() string {
	if d.resource == "" {
		return d.action
	}
	return fmt.Sprintf("%s on %s", d.action, d.resource)
}

// elsewhere are causes that are not in the policy that decided.
func (d denial) elsewhere() []Cause {
	var causes []Cause
	if d.resource.imageRepository() != "" {
		causes = append(causes, Cause{
			Subject: Workflow,
			What:    "the job pushes to an image repository that is not meant for this role",
			Look:    "the image names, cache-to and cache-from in the workflow, and its runs-on",
			Fix:     "push to an image repository of this role, or run the job on the pool whose role may push there",
		})
	}
	if d.ofRole() && !d.explicit {
		causes = append(causes, Cause{
			Subject: Role,
			What:    "the policy is not attached to this role, or the Pod's role is another than was thought",
			Look:    fmt.Sprintf("the policies of %s, and the ServiceAccount's annotation eks.amazonaws.com/role-arn", d.by),
			Fix:     "attach the policy to this role, or name the right role in the annotation",
		})
	}
	if d.by.session == "GitHubActions" {
		causes = append(causes, Cause{
			Subject: Workflow,
			What:    "configure-aws-credentials took this role: GitHubActions is how it names its sessions",
			Look:    "role-to-assume of configure-aws-credentials",
			Fix:     "leave the step out, so that the Pod's own role is used",
		})
	}
	if registry := d.resource.registry(); registry != "" && registry != d.by.account && d.ofRole() {
		causes = append(causes, Cause{
			Subject: ImageRepositoryPolicy,
			What:    fmt.Sprintf("the registry is that of account %s, the role's account is %s", registry, d.by.account),
			Look:    "the account in the image's name, and the image repository's own policy",
			Fix:     "if that is meant, the image repository's policy has to allow the role as well",
		})
	}
	return causes
}

// more is for an action that no push needs.
func (d denial) more() Cause {
	return Cause{
		Subject: Workflow,
		What:    "a step does more than push images, for which the role is made",
		Look:    "the step that calls " + d.action,
		Fix:     "leave that to the deployment, or give the job a role for it",
	}
}
