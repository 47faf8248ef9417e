package agreement_test

const (
	provider  = "arn:aws:iam::111122223333:oidc-provider/" + issuer
	issuer    = "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
	another   = "oidc.eks.us-east-1.amazonaws.com/id/FEDCBA9876543210FEDCBA9876543210"
	subject   = `"` + issuer + `:sub": "system:serviceaccount:self-hosted-runners:self-hosted-runner-service-account"`
	unknown   = "oidc.eks.us-east-1.amazonaws.com/id/00000000000000000000000000000000"
	named     = `"RepositoryName": "my-app",`
	path      = `"Path": "/"`
	grantedOn = `"Resource": "arn:aws:ecr:us-east-1:111122223333:repository/my-app"`
)

// What happens to jobs, in the words of those who refuse.
const (
	notTrusted = "Not authorized to perform sts:AssumeRoleWithWebIdentity"
	mayNot     = "is not authorized to perform: ecr:"
	forbidden  = "403 Forbidden" // HEAD has no body, so docker is told no more
	noLogin    = "401 Unauthorized"
	wrongRole  = "this runner has the role '"
	noToken    = "unable to read file at /var/run/secrets/eks.amazonaws.com/serviceaccount/token"
	noPod      = `RunnerDeployment "runner-deployment" in namespace "self-hosted-runners" has 0 Pods, want 1`
	noJob      = "no job for a runner with the labels"
)

// trusted is the statement of the trust policy, and anyOfTheNamespace one that trusts more.
const (
	trusted = `{
       "Action": "sts:AssumeRoleWithWebIdentity",
       "Condition": {
        "StringEquals": {
         "` + issuer + `:aud": "sts.amazonaws.com",
         ` + subject + `
        }
       },
       "Effect": "Allow",
       "Principal": {
        "Federated": "` + provider + `"
       }
      }`
	anyOfTheNamespace = `{
       "Action": "sts:AssumeRoleWithWebIdentity",
       "Condition": {
        "StringEquals": {"` + issuer + `:aud": "sts.amazonaws.com"},
        "StringLike": {"` + issuer + `:sub": "system:serviceaccount:self-hosted-runners:*"}
       },
       "Effect": "Allow",
       "Principal": {"Federated": "` + provider + `"}
      }`
)

// denying returns a role's path with an inline policy that denies before it.
func denying(what string) string {
	return `"Policies": [{"PolicyName": "deny", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", ` + what + `}]}}],
    ` + path
}

// letting returns an image repository's name with a policy that lets a principal push.
func letting(principal string) string {
	return named + `
    "RepositoryPolicyText": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": ` + principal + `, "Action": [
     "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer",
     "ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"]}]},`
}

// mutants are tried one by one.
var mutants = []mutant{
	{name: "nothing"},

	// The trust policy.
	{name: "trust: another ServiceAccount", file: template, old: "self-hosted-runner-service-account\"\n", new: "self-hosted-runner-serviceaccount\"\n", happens: notTrusted},
	{name: "trust: another namespace", file: template, old: subject, new: `"` + issuer + `:sub": "system:serviceaccount:runners:self-hosted-runner-service-account"`, happens: notTrusted},
	{name: "trust: a blank in the subject", file: template, old: subject, new: `"` + issuer + `:sub": "system:serviceaccount: self-hosted-runners:self-hosted-runner-service-account"`, happens: notTrusted},
	{name: "trust: the audience of another partition", file: template, old: `:aud": "sts.amazonaws.com"`, new: `:aud": "sts.amazonaws.com.cn"`, happens: notTrusted},
	{name: "trust: condition keys of another issuer", file: template, old: `"` + issuer + `:`, new: `"` + another + `:`, everywhere: true, happens: notTrusted},
	{name: "trust: https in a condition key", file: template, old: `"` + issuer + `:sub`, new: `"https://` + issuer + `:sub`, happens: notTrusted},
	{name: "trust: operator turned round", file: template, old: `"StringEquals"`, new: `"StringNotEquals"`, happens: notTrusted},
	{name: "trust: any ServiceAccount of the namespace", file: template, old: `"StringEquals": {
         "` + issuer + `:aud": "sts.amazonaws.com",
         ` + subject, new: `"StringLike": {
         "` + issuer + `:aud": "sts.amazonaws.com",
         "` + issuer + `:sub": "system:serviceaccount:self-hosted-runners:*"`, happens: "self-hosted-runners/intruder of https://" + issuer + " can take the role"},
	{name: "trust: any namespace", file: template, old: `"StringEquals": {
         "` + issuer + `:aud": "sts.amazonaws.com",
         ` + subject, new: `"StringLike": {
         "` + issuer + `:aud": "sts.amazonaws.com",
         "` + issuer + `:sub": "system:serviceaccount:*:self-hosted-runner-service-account"`, happens: "elsewhere/self-hosted-runner-service-account of https://" + issuer + " can take the role"},
	{name: "trust: a wildcard that is compared letter by letter", file: template, old: subject, new: `"` + issuer + `:sub": "system:serviceaccount:self-hosted-runners:*"`, happens: notTrusted},
	{name: "trust: no subject", file: template, old: `"sts.amazonaws.com",
         ` + subject, new: `"sts.amazonaws.com"`, happens: "self-hosted-runners/intruder of https://" + issuer + " can take the role"},
	{name: "trust: no audience", file: template, old: `"` + issuer + `:aud": "sts.amazonaws.com",
         `},
	{name: "trust: patterns without a wildcard", file: template, old: `"StringEquals"`, new: `"StringLike"`},
	{name: "trust: operator for keys that may be missing", file: template, old: `"StringEquals"`, new: `"StringEqualsIfExists"`},
	{name: "trust: operator for lists", file: template, old: `"StringEquals"`, new: `"ForAnyValue:StringEquals"`},
	{name: "trust: provider of another issuer", file: template, old: `oidc-provider/` + issuer + "\"\n       }", new: `oidc-provider/` + another + "\"\n       }", happens: notTrusted},
	{name: "trust: provider of another account", file: template, old: "arn:aws:iam::111122223333:oidc-provider/" + issuer + "\"\n       }", new: "arn:aws:iam::444455556666:oidc-provider/" + issuer + "\"\n       }", happens: notTrusted},
	{name: "trust: another action", file: template, old: `"sts:AssumeRoleWithWebIdentity"`, new: `"sts:AssumeRole"`, happens: notTrusted},
	{name: "trust: denied", file: template, old: `"Effect": "Allow",
       "Principal"`, new: `"Effect": "Deny",
       "Principal"`, happens: notTrusted},
	{name: "trust: any ServiceAccount of the namespace, all but the runner's and one other denied", file: template, old: trusted, new: anyOfTheNamespace + `,
      {
       "Action": "sts:AssumeRoleWithWebIdentity",
       "Condition": {"StringNotEquals": {"` + issuer + `:sub": ["system:serviceaccount:self-hosted-runners:self-hosted-runner-service-account", "system:serviceaccount:self-hosted-runners:spared"]}},
       "Effect": "Deny",
       "Principal": {"Federated": "` + provider + `"}
      }`, happens: "self-hosted-runners/spared of https://" + issuer + " can take the role"},
	{name: "trust: any ServiceAccount of the namespace, all but the runner's denied", file: template, old: trusted, new: anyOfTheNamespace + `,
      {
       "Action": "sts:AssumeRoleWithWebIdentity",
       "Condition": {"StringNotEquals": {"` + issuer + `:sub": "system:serviceaccount:self-hosted-runners:self-hosted-runner-service-account"}},
       "Effect": "Deny",
       "Principal": {"Federated": "` + provider + `"}
      }`},

	// The provider.
	{name: "provider: another issuer", file: template, old: `"Url": "https://` + issuer, new: `"Url": "https://` + unknown, happens: "No OpenIDConnect provider found in your account"},
	{name: "provider: another audience", file: template, old: `"ClientIdList": [
     "sts.amazonaws.com"`, new: `"ClientIdList": [
     "sts.amazonaws.com.cn"`, happens: "Incorrect token audience"},
	{name: "provider: two audiences", file: template, old: `"ClientIdList": [
     "sts.amazonaws.com"`, new: `"ClientIdList": [
     "sigstore",
     "sts.amazonaws.com"`},

	{name: "provider: no audience", file: template, old: `"ClientIdList": [
     "sts.amazonaws.com"
    ],`, new: ``, happens: "Incorrect token audience"},

	// The role.
	{name: "role: another name", file: template, old: `"RoleName": "self_hosted_runner_role"`, new: `"RoleName": "self_hosted_runner"`, happens: notTrusted},
	{name: "role: a path", file: template, old: `"Path": "/"`, new: `"Path": "/runners/"`, happens: notTrusted},
	{name: "role: no policy", file: template, old: `"ManagedPolicyArns": [
     {
      "Ref": "PoolbuildPolicy00B513EB"
     }
    ],`, new: ``, happens: mayNot + "GetAuthorizationToken"},
	{name: "role: another description", file: template, old: `"Taken by the runners of pool build, as`, new: `"Taken by the runners, as`},
	{name: "role: longer sessions", file: template, old: `"Path": "/"`, new: `"MaxSessionDuration": 7200,
    "Path": "/"`},

	{name: "role: its policy is its boundary, too", file: template, old: `"Path": "/"`, new: `"PermissionsBoundary": {"Ref": "PoolbuildPolicy00B513EB"},
    "Path": "/"`},
	{name: "role: a boundary without the push", file: template, old: path, new: `"PermissionsBoundary": "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly",
    ` + path, happens: mayNot + "InitiateLayerUpload"},
	{name: "role: a boundary beyond the push", file: template, old: path, new: `"PermissionsBoundary": "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser",
    ` + path},
	{name: "role: a wildcard within a boundary", file: template, old: path, new: `"PermissionsBoundary": {"Ref": "PoolbuildPolicy00B513EB"},
    "Policies": [{"PolicyName": "all", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:*", "Resource": "*"}]}}],
    ` + path},
	{name: "role: one action denied", file: template, old: path, new: denying(`"Action": "ecr:UploadLayerPart", "Resource": "*"`), happens: mayNot + "UploadLayerPart"},
	{name: "role: all but a login denied", file: template, old: path, new: denying(`"NotAction": "ecr:GetAuthorizationToken", "Resource": "*"`), happens: forbidden},
	{name: "role: what it does not do denied", file: template, old: path, new: denying(`"Action": ["s3:*", "ecr:Delete*"], "Resource": "*"`)},

	// The permissions policy.
	{name: "policy: no GetAuthorizationToken", file: template, old: `"Action": "ecr:GetAuthorizationToken"`, new: `"Action": "ecr:DescribeRegistry"`, happens: mayNot + "GetAuthorizationToken"},
	{name: "policy: no BatchCheckLayerAvailability", file: template, old: `"ecr:BatchCheckLayerAvailability",
        `, happens: forbidden},
	{name: "policy: no PutImage", file: template, old: `"ecr:PutImage",
        `, happens: mayNot + "PutImage"},
	{name: "policy: no InitiateLayerUpload", file: template, old: `"ecr:InitiateLayerUpload",
        `, happens: mayNot + "InitiateLayerUpload"},
	{name: "policy: no UploadLayerPart", file: template, old: `"ecr:UploadLayerPart",
        `, happens: mayNot + "UploadLayerPart"},
	{name: "policy: no CompleteLayerUpload", file: template, old: `"ecr:UploadLayerPart",
        "ecr:CompleteLayerUpload"`, new: `"ecr:UploadLayerPart"`, happens: mayNot + "CompleteLayerUpload"},
	{name: "policy: an action misspelt", file: template, old: `"ecr:PutImage"`, new: `"ecr:PutImag"`, happens: mayNot + "PutImage"},
	{name: "policy: actions in another order", file: template, old: `"ecr:GetDownloadUrlForLayer",
        "ecr:BatchGetImage",`, new: `"ecr:BatchGetImage",
        "ecr:GetDownloadUrlForLayer",`},
	{name: "policy: an action in another case", file: template, old: `"ecr:PutImage"`, new: `"ECR:putimage"`},
	{name: "policy: token for the image repository", file: template, old: `"Resource": "*"`, new: grantedOn, happens: mayNot + "GetAuthorizationToken"},
	{name: "policy: another image repository", file: template, old: grantedOn, new: `"Resource": "arn:aws:ecr:us-east-1:111122223333:repository/my-ap"`, happens: forbidden},
	{name: "policy: another region", file: template, old: grantedOn, new: `"Resource": "arn:aws:ecr:us-west-2:111122223333:repository/my-app"`, happens: forbidden},
	{name: "policy: another account", file: template, old: grantedOn, new: `"Resource": "arn:aws:ecr:us-east-1:444455556666:repository/my-app"`, happens: forbidden},
	{name: "policy: every image repository", file: template, old: grantedOn, new: `"Resource": "arn:aws:ecr:us-east-1:111122223333:repository/*"`, happens: "the runner can push to someone else's image repository"},
	{name: "policy: every action", file: template, old: `"ecr:PutImage"`, new: `"ecr:*"`, happens: "the runner can delete images"},
	{name: "policy: deleting images, too", file: template, old: `"ecr:PutImage"`, new: `"ecr:PutImage", "ecr:BatchDeleteImage"`, happens: "the runner can delete images"},
	{name: "policy: denied", file: template, old: `"Effect": "Allow",
       "Resource": "arn:aws:ecr`, new: `"Effect": "Deny",
       "Resource": "arn:aws:ecr`, happens: forbidden},

	{name: "policy: of the language's first version", file: template, old: `"Version": "2012-10-17"
    }
   },
   "Metadata": {
    "cdk_nag`, new: `"Version": "2008-10-17"
    }
   },
   "Metadata": {
    "cdk_nag`, happens: "Policy document must be version 2012-10-17 or greater"},

	// The image repository.
	{name: "image repository: its own policy denies", file: template, old: `"RepositoryName": "my-app",`, new: `"RepositoryName": "my-app",
    "RepositoryPolicyText": {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "ecr:PutImage"}]},`, happens: mayNot + "PutImage"},
	{name: "image repository: its own policy lets a neighbour push", file: template, old: named, new: letting(`{"AWS": "arn:aws:iam::111122223333:role/neighbour"}`), happens: "a neighbour can push to the image repository"},
	{name: "image repository: its own policy lets everyone push", file: template, old: named, new: letting(`"*"`), happens: "a neighbour can push to the image repository"},
	{name: "image repository: its own policy lets the runner push", file: template, old: named, new: letting(`{"AWS": "arn:aws:iam::111122223333:role/self_hosted_runner_role"}`)},
	{name: "image repository: another name", file: template, old: `"RepositoryName": "my-app"`, new: `"RepositoryName": "my-apps"`, happens: "The repository with name 'my-app' does not exist"},
	{name: "image repository: tags that can be moved", file: template, old: `"IMMUTABLE"`, new: `"MUTABLE"`},

	// Forms of the template that say the same.
	{name: "form: an ARN put together", file: template, old: grantedOn, new: `"Resource": {"Fn::Sub": "arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/my-app"}`},
	{name: "form: an ARN of a resource", file: template, old: grantedOn, new: `"Resource": {"Fn::GetAtt": ["ImageRepositorymyappRepositoryD4C30988", "Arn"]}`},

	// The ServiceAccount.
	{name: "ServiceAccount: another role", file: manifest, old: "role/self_hosted_runner_role", new: "role/self-hosted-runner-role", happens: wrongRole},
	{name: "ServiceAccount: a role of another account", file: manifest, old: "iam::111122223333", new: "iam::444455556666", happens: wrongRole},
	{name: "ServiceAccount: the role's name in another case", file: manifest, old: "role/self_hosted_runner_role", new: "role/Self_Hosted_Runner_Role", happens: wrongRole},
	{name: "ServiceAccount: annotation misspelt", file: manifest, old: "eks.amazonaws.com/role-arn", new: "eks.amazonaws.com/role_arn", happens: wrongRole},
	{name: "ServiceAccount: another audience", file: manifest, old: "    eks.amazonaws.com/role-arn", new: "    eks.amazonaws.com/audience: sts.amazonaws.com.cn\n    eks.amazonaws.com/role-arn", happens: "Incorrect token audience"},
	{name: "ServiceAccount: a shorter token", file: manifest, old: "    eks.amazonaws.com/role-arn", new: "    eks.amazonaws.com/token-expiration: \"3600\"\n    eks.amazonaws.com/role-arn"},
	{name: "ServiceAccount: another name", file: manifest, old: "  name: self-hosted-runner-service-account\n", new: "  name: self-hosted-runner\n", happens: noPod},
	{name: "ServiceAccount: gone", file: manifest, old: "kind: ServiceAccount", new: "kind: ConfigMap", happens: "field not declared in schema"},

	// The RunnerDeployment.
	{name: "namespace: another one everywhere", file: manifest, old: "self-hosted-runners\n", new: "runners\n", everywhere: true, happens: notTrusted},
	{name: "runner: no ServiceAccount", file: manifest, old: "      serviceAccountName: self-hosted-runner-service-account\n", happens: wrongRole},
	{name: "runner: another ServiceAccount", file: manifest, old: "serviceAccountName: self-hosted-runner-service-account", new: "serviceAccountName: self-hosted-runner", happens: noPod},
	{name: "runner: another label", file: manifest, old: "        - push-my-app", new: "        - push-my-ap", happens: noJob},
	{name: "runner: one more label", file: manifest, old: "        - push-my-app", new: "        - linux\n        - push-my-app"},
	{name: "runner: two scopes", file: manifest, old: "      repository: octo-org/my-app", new: "      organization: octo-org\n      repository: octo-org/my-app", happens: "Spec cannot have many fields defined enterprise, organization and repository"},
	{name: "runner: no scope", file: manifest, old: "      repository: octo-org/my-app\n", happens: "Spec needs enterprise, organization or repository"},
	{name: "runner: token for the sidecar alone", file: manifest, old: "skip-containers: docker", new: "skip-containers: runner", happens: wrongRole},
	{name: "runner: its own role", file: manifest, old: "        - name: AWS_EC2_METADATA_DISABLED\n", new: "        - name: AWS_ROLE_ARN\n          value: arn:aws:iam::111122223333:role/other\n        - name: AWS_EC2_METADATA_DISABLED\n", happens: wrongRole},
	{name: "runner: the label that keeps EKS' webhook away", file: manifest, old: "    metadata:\n      annotations:\n", new: "    metadata:\n      labels:\n        eks.amazonaws.com/skip-pod-identity-webhook: \"true\"\n      annotations:\n", happens: wrongRole},
	{name: "runner: that label without a value", file: manifest, old: "    metadata:\n      annotations:\n", new: "    metadata:\n      labels:\n        eks.amazonaws.com/skip-pod-identity-webhook: \"\"\n      annotations:\n", happens: wrongRole},
	{name: "runner: a volume of the token's name", file: manifest, old: "      ephemeral: true\n", new: "      volumes:\n        - name: aws-iam-token\n          emptyDir: {}\n      ephemeral: true\n", happens: noToken},
	{name: "runner: the token elsewhere", file: manifest, old: "      ephemeral: true\n", new: "      volumes:\n        - name: aws-iam-token\n          projected:\n            sources:\n              - serviceAccountToken: {audience: sts.amazonaws.com, path: token}\n      volumeMounts:\n        - {name: aws-iam-token, mountPath: /token}\n      ephemeral: true\n", happens: noToken},
	{name: "runner: another volume in the token's place", file: manifest, old: "      ephemeral: true\n", new: "      volumes:\n        - {name: cache, emptyDir: {}}\n      volumeMounts:\n        - {name: cache, mountPath: /var/run/secrets/eks.amazonaws.com/serviceaccount}\n      ephemeral: true\n", happens: noPod},
	{name: "runner: container mode kubernetes", file: manifest, old: "      ephemeral: true\n", new: "      containerMode: kubernetes\n      ephemeral: true\n", happens: "must have workVolumeClaimTemplate"},
	{name: "runner: two of them", file: manifest, old: "replicas: 1", new: "replicas: 2"},
	{name: "runner: another version", file: manifest, old: "v2.337.0-ubuntu-22.04", new: "v2.336.0-ubuntu-22.04"},
	{name: "runner: its own region, which the workflow's overrides", file: manifest, old: "        - name: AWS_EC2_METADATA_DISABLED\n", new: "        - name: AWS_REGION\n          value: us-west-2\n        - name: AWS_EC2_METADATA_DISABLED\n"},

	// The workflow.
	{name: "workflow: another label", file: workflow, old: `"push-my-app"]`, new: `"push-my-ap"]`, happens: noJob},
	{name: "workflow: another region", file: workflow, old: `AWS_REGION: "us-east-1"`, new: `AWS_REGION: "us-west-2"`, happens: noLogin},
	{name: "workflow: registry of another account", file: workflow, old: `"111122223333.dkr`, new: `"444455556666.dkr`, happens: noLogin},
	{name: "workflow: registry of another region", file: workflow, old: `"111122223333.dkr.ecr.us-east-1`, new: `"111122223333.dkr.ecr.us-west-2`, happens: noLogin},
	{name: "workflow: another image repository", file: workflow, old: `ECR_REPOSITORY: ${{ inputs.image-repository || 'my-app' }}`, new: `ECR_REPOSITORY: ${{ inputs.image-repository || 'my-ap' }}`, happens: "pool build does not push to 'my-ap'"},
	{name: "workflow: another role wanted", file: workflow, old: "role/self_hosted_runner_role", new: "role/self_hosted_runner", happens: wrongRole},
	{name: "workflow: login to another account", file: workflow, old: `registries: "111122223333"`, new: `registries: "444455556666"`, happens: noLogin},
	{name: "workflow: another name", file: workflow, old: "name: Push to Amazon ECR (build)", new: "name: Push"},
}
