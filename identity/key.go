package identity

// KeyVariables are the environment variables of a stored key, which AWS SDKs prefer to the role's token
// (https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html).
var KeyVariables = []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"}

// ProfileVariables are the environment variables that point AWS tools at a file, in which a key may be.
var ProfileVariables = []string{"AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"}

// EndpointVariables are the environment variables that point AWS tools at another address for the role or Amazon ECR
// (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
var EndpointVariables = []string{"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_ECR", "AWS_ENDPOINT_URL_STS"}
