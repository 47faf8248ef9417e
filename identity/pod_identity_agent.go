package identity

// What EKS Pod Identity is called where IAM, the webhook and the agent meet (Amazon EKS user
// guide, "EKS Pod Identity"; aws/amazon-eks-pod-identity-webhook, pkg/handler;
// aws/eks-pod-identity-agent).
const (
	// ServicePodIdentity is the principal that takes a role for a Pod.
	ServicePodIdentity = "pods.eks.amazonaws.com"
	// AudiencePodIdentity is the audience of the token that a Pod shows to the agent.
	AudiencePodIdentity = "pods.eks.amazonaws.com"
	// AddonPodIdentityAgent is the add-on that runs the agent on each node.
	AddonPodIdentityAgent = "eks-pod-identity-agent"
)

// What the webhook puts into a Pod whose ServiceAccount has an association.
const (
	AgentTokenVolume = "eks-pod-identity-token"
	AgentTokenFolder = "/var/run/secrets/pods.eks.amazonaws.com/serviceaccount"
	AgentTokenPath   = "eks-pod-identity-token"
	// AgentIPv4 is the address of the agent; AgentIPv6 in clusters of IPv6 (Amazon EKS user guide,
	// "EKS Pod Identity considerations").
	AgentIPv4 = "169.254.170.23"
	AgentIPv6 = "fd00:ec2::23"
	// AgentURI is where the agent answers; AgentURIv6 in clusters of IPv6.
	AgentURI   = "http://" + AgentIPv4 + "/v1/credentials"
	AgentURIv6 = "http://[" + AgentIPv6 + "]/v1/credentials"

	EnvCredentialsURI         = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
	EnvAuthorizationTokenFile = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
)

// The session tags that EKS Pod Identity gives a role's session, all of them transitive.
const (
	TagClusterARN     = "eks-cluster-arn"
	TagClusterName    = "eks-cluster-name"
	TagNamespace      = "kubernetes-namespace"
	TagServiceAccount = "kubernetes-service-account"
	TagPodName        = "kubernetes-pod-name"
	TagPodUID         = "kubernetes-pod-uid"
)
