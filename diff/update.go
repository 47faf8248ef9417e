package diff

// update is how CloudFormation updates a type of resource.
type update struct {
	// noun is the word that people have for it.
	noun string
	// name are the properties that together are its name.
	name []string
	// regional reports that another region may have one of the same name.
	regional bool
}

// updates are the types that a fleet renders to.
var updates = map[string]update{
	"AWS::IAM::Role":                       {noun: "role", name: []string{"RoleName"}},
	"AWS::IAM::ManagedPolicy":              {noun: "policy", name: []string{"ManagedPolicyName"}},
	"AWS::IAM::OIDCProvider":               {noun: "provider", name: []string{"Url"}},
	"AWS::ECR::Repository":                 {noun: "image repository", name: []string{"RepositoryName"}, regional: true},
	"AWS::EKS::PodIdentityAssociation":     {noun: "association", name: []string{"ClusterName", "Namespace", "ServiceAccount"}, regional: true},
	"AWS::ECR::PullThroughCacheRule":       {noun: "pull through cache rule", name: []string{"EcrRepositoryPrefix"}, regional: true},
	"AWS::ECR::RepositoryCreationTemplate": {noun: "creation template", name: []string{"Prefix"}, regional: true},
}

const imageRepositoryType, roleType = "AWS::ECR::Repository", "AWS::IAM::Role"
