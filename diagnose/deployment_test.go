package diagnose_test

import "keyless-runners/diagnose"

var deploymentSamples = []sample{
	{"provider", "EntityAlreadyExistsException: " + noStack, "the account already has a provider for the issuer", diagnose.Deployment, "issuer=" + oidc + "; region=us-east-1"},
	{"role", "EntityAlreadyExists: Role with name gha-pusher already exists.", "the account already has a role of that name", diagnose.Deployment, "role=gha-pusher"},
	{"principal's form", "MalformedPolicyDocument: Federated principals must be valid domain names or SAML metadata ARNs", "the trust policy's principal is no ARN of a provider", diagnose.Deployment, ""},
	{"principal", `Resource handler returned message: "Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/gone" (Service: Iam, Status Code: 400)" (HandlerErrorCode: InvalidRequest)`, "a policy names a principal that does not exist", diagnose.Deployment, "kind=AWS; principal=arn:aws:iam::111122223333:role/gone"},
	{"malformed", "MalformedPolicyDocument: Policy document should not specify a principal.", "IAM takes a policy for malformed", diagnose.Deployment, ""},
	{"capability", "An error occurred (InsufficientCapabilitiesException) when calling the CreateStack operation: Requires capabilities : [CAPABILITY_NAMED_IAM]", "CloudFormation was not told that it may create IAM resources", diagnose.Deployment, "capability=CAPABILITY_NAMED_IAM"},
	{"trust policy's size", "LimitExceeded: Cannot exceed quota for ACLSizePerRole: 2048", "the trust policy is too long", diagnose.Deployment, "limit=2048"},
	{"managed policy's size", "LimitExceeded: Cannot exceed the quota for PolicySize: 6144.", "a managed policy is too long", diagnose.Deployment, "limit=6144"},
	{"number of policies", `Resource handler returned message: "Cannot exceed quota for PoliciesPerRole: 10 (Service: Iam, Status Code: 409)`, "the role has too many managed policies", diagnose.Deployment, "limit=10"},
	{"inline policies' size", "Maximum policy size of 10240 bytes exceeded for role gha-pusher", "the role's inline policies are too long", diagnose.Deployment, "limit=10240; role=gha-pusher"},
	{"definitions", `The CustomResourceDefinition "runnerdeployments.actions.summerwind.dev" is invalid: metadata.annotations: Too long: must have at most 262144 bytes`, "kubectl apply wants to copy an object into its own annotations", diagnose.Deployment, "CustomResourceDefinition=runnerdeployments.actions.summerwind.dev"},
	{"definitions, since Kubernetes 1.33", `CustomResourceDefinition.apiextensions.k8s.io "runners.actions.summerwind.dev" is invalid: metadata.annotations: Too long: may not be more than 262144 bytes`, "kubectl apply wants to copy an object into its own annotations", diagnose.Deployment, "CustomResourceDefinition=runners.actions.summerwind.dev"},
}
