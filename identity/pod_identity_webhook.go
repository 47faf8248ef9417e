package identity

// What EKS' pod identity webhook reads for IRSA (aws/amazon-eks-pod-identity-webhook,
// pkg/constants.go and README; the label is in EKS' configuration of it). Annotations of a
// Pod win over those of its ServiceAccount.
const (
	webhookPrefix = "eks.amazonaws.com/"

	// Of a ServiceAccount.
	AnnotationRoleARN           = webhookPrefix + "role-arn"
	AnnotationAudience          = webhookPrefix + "audience"
	AnnotationRegionalEndpoints = webhookPrefix + "sts-regional-endpoints"
	// Of a ServiceAccount or a Pod: seconds.
	AnnotationTokenExpiration = webhookPrefix + "token-expiration"
	// Of a Pod: names, as one line of CSV.
	AnnotationSkipContainers = webhookPrefix + "skip-containers"
	// LabelSkipWebhook keeps the webhook away from a Pod, whatever its value.
	LabelSkipWebhook = webhookPrefix + "skip-pod-identity-webhook"
)

// What the webhook puts into a Pod for IRSA (pkg/handler).
const (
	TokenVolume = "aws-iam-token"
	TokenFolder = "/var/run/secrets/eks.amazonaws.com/serviceaccount"
	TokenPath   = "token"

	EnvRoleARN           = "AWS_ROLE_ARN"
	EnvTokenFile         = "AWS_WEB_IDENTITY_TOKEN_FILE"
	EnvRegion            = "AWS_REGION"
	EnvDefaultRegion     = "AWS_DEFAULT_REGION"
	EnvRegionalEndpoints = "AWS_STS_REGIONAL_ENDPOINTS"
)

// How long a token may be valid, in seconds: the API server issues none for less than
// MinTokenSeconds or more than MaxTokenSeconds (k8s.io/kubernetes, ValidatePodCreate), and
// EKS shortens one to DefaultTokenSeconds, which the webhook asks for.
const (
	MinTokenSeconds     = 600
	DefaultTokenSeconds = 86400
	MaxTokenSeconds     = 1 << 32
)
