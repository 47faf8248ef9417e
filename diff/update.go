package diff

// update is how CloudFormation updates a type of resource.
type update struct {
	// noun is what people call it.
	noun string
	// name are the properties that together are its name.
	name []string
	// replace are those that it is replaced for: "Update requires: Replacement".
	replace []string
	// regional reports that another region may have one of the same name.
	regional bool
}

// updates are the types that a fleet renders to. The source is CloudFormation's resource
// reference, with which a test compares it as the CDK's command line has it.
var updates = map[string]update{
	"AWS::IAM::Role": {
		noun: "role", name: []string{"RoleName"}, replace: []string{"Path", "RoleName"},
	},
	"AWS::IAM::ManagedPolicy": {
		noun: "policy", name: []string{"ManagedPolicyName"}, replace: []string{"Description", "ManagedPolicyName", "Path"},
	},
	"AWS::IAM::OIDCProvider": {
		noun: "provider", name: []string{"Url"}, replace: []string{"Url"},
	},
	"AWS::ECR::Repository": {
		noun: "image repository", name: []string{"RepositoryName"}, replace: []string{"EncryptionConfiguration", "RepositoryName"}, regional: true,
	},
	"AWS::ECR::PullThroughCacheRule": {
		noun: "pull through cache rule", name: []string{"EcrRepositoryPrefix"}, replace: []string{"CredentialArn", "CustomRoleArn", "EcrRepositoryPrefix", "UpstreamRegistry", "UpstreamRegistryUrl", "UpstreamRepositoryPrefix"}, regional: true,
	},
	"AWS::ECR::RepositoryCreationTemplate": {
		noun: "creation template", name: []string{"Prefix"}, replace: []string{"Prefix"}, regional: true,
	},
	"AWS::EKS::PodIdentityAssociation": {
		noun: "association", name: []string{"ClusterName", "Namespace", "ServiceAccount"}, replace: []string{"ClusterName", "Namespace", "ServiceAccount"}, regional: true,
	},
}

const imageRepositoryType, roleType = "AWS::ECR::Repository", "AWS::IAM::Role"
