package adopt

import (
	"cmp"

	"keyless-runners/identity"
)

// kind is how CloudFormation imports a type of resource.
type kind struct {
	// identifier is the property that identifies a resource of the type in AWS, the
	// primaryIdentifier of its schema, and of its value.
	identifier string
	of         func(s Stack, properties map[string]any) string
	// name is the property by which people know the resource.
	name string
	// is returns what AWS shows of the resource. Nil: nothing of it is needed.
	is func(s Stack, d details, properties map[string]any) (map[string]any, error)
}

const associationType = "AWS::EKS::PodIdentityAssociation"

var kinds = map[string]kind{
	"AWS::IAM::OIDCProvider":  {identifier: "Arn", of: providerARN, name: "Url"},
	"AWS::IAM::Role":          {identifier: "RoleName", of: roleName, name: "RoleName", is: roleAsItIs},
	"AWS::IAM::ManagedPolicy": {identifier: "PolicyArn", of: policyARN, name: "ManagedPolicyName", is: policyAsItIs},
	"AWS::ECR::Repository":    {identifier: "RepositoryName", of: repositoryName, name: "RepositoryName"},
}

func providerARN(s Stack, properties map[string]any) string {
	return identity.ProviderARN{Partition: s.Partition, Account: s.Account, Issuer: identity.Issuer(text(properties, "Url"))}.String()
}

func roleName(_ Stack, properties map[string]any) string { return text(properties, "RoleName") }

func repositoryName(_ Stack, properties map[string]any) string {
	return text(properties, "RepositoryName")
}

func policyARN(s Stack, properties map[string]any) string {
	return identity.ManagedPolicyARN{Partition: s.Partition, Account: s.Account,
		Path: identity.PolicyPath(cmp.Or(text(properties, "Path"), "/")), Name: identity.PolicyName(text(properties, "ManagedPolicyName"))}.String()
}

func roleARN(s Stack, properties map[string]any) string {
	return identity.RoleARN{Partition: s.Partition, Account: s.Account,
		Path: identity.RolePath(cmp.Or(text(properties, "Path"), "/")), Name: identity.RoleName(text(properties, "RoleName"))}.String()
}

// text is a property that is written out; "" if it isn't.
func text(properties map[string]any, name string) string {
	written, _ := properties[name].(string)
	return written
}
