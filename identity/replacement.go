package identity

// replacedFor is by type of resource, of those that a fleet renders to.
var replacedFor = map[string][]string{
	"AWS::ECR::PullThroughCacheRule":       {"CredentialArn", "CustomRoleArn", "EcrRepositoryPrefix", "UpstreamRegistry", "UpstreamRegistryUrl", "UpstreamRepositoryPrefix"},
	"AWS::ECR::Repository":                 {"EncryptionConfiguration", "RepositoryName"},
	"AWS::ECR::RepositoryCreationTemplate": {"Prefix"},
	"AWS::EKS::PodIdentityAssociation":     {"ClusterName", "Namespace", "ServiceAccount"},
	"AWS::IAM::ManagedPolicy":              {"Description", "ManagedPolicyName", "Path"},
	"AWS::IAM::OIDCProvider":               {"Url"},
	"AWS::IAM::Role":                       {"Path", "RoleName"},
}

// ReplacedFor are the properties for whose change CloudFormation replaces a resource of the type,
// sorted; none of a type that no fleet renders to. The source is CloudFormation's resource
// reference, "Update requires: Replacement"; a test in package adopt compares them with what the
// CDK's command line knows of it.
func ReplacedFor(resourceType string) []string { return replacedFor[resourceType] }
