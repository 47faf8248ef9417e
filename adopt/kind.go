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
	// name is the name by which people call the resource.
	name func(properties map[string]any) string
	// is returns what AWS shows of the resource. Nil: nothing of it is needed.
	is func(s Stack, properties map[string]any) (map[string]any, error)
	// needs are further properties without which CloudFormation takes no resource of the type. They
	// are stated as they will be.
	needs []string
}

var kinds = map[string]kind{
	"AWS::IAM::OIDCProvider":               {identifier: "Arn", of: providerARN, name: byProperty("Url")},
	"AWS::IAM::Role":                       {identifier: "RoleName", of: named("RoleName"), name: byProperty("RoleName"), is: roleAsItIs},
	"AWS::IAM::ManagedPolicy":              {identifier: "PolicyArn", of: policyARN, name: byProperty("ManagedPolicyName"), is: policyAsItIs},
	"AWS::ECR::Repository":                 {identifier: "RepositoryName", of: named("RepositoryName"), name: byProperty("RepositoryName")},
	"AWS::ECR::PullThroughCacheRule":       {identifier: "EcrRepositoryPrefix", of: named("EcrRepositoryPrefix"), name: byProperty("EcrRepositoryPrefix")},
	"AWS::ECR::RepositoryCreationTemplate": {identifier: "Prefix", of: named("Prefix"), name: byProperty("Prefix"), needs: []string{"AppliedFor"}},
	"AWS::EKS::PodIdentityAssociation":     {identifier: "AssociationArn", of: associationARN, name: associationName, is: associationAsItIs},
}

func byProperty(name string) func(map[string]any) string {
	return func(properties map[string]any) string { return textOf(properties, name) }
}

func named(property string) func(Stack, map[string]any) string {
	return func(_ Stack, properties map[string]any) string { return textOf(properties, property) }
}

func providerARN(s Stack, properties map[string]any) string {
	return identity.ProviderARN{Partition: s.Partition, Account: s.Account, Issuer: identity.Issuer(textOf(properties, "Url"))}.String()
}

func policyARN(s Stack, properties map[string]any) string {
	return identity.ManagedPolicyARN{Partition: s.Partition, Account: s.Account,
		Path: identity.PolicyPath(cmp.Or(textOf(properties, "Path"), "/")), Name: identity.PolicyName(textOf(properties, "ManagedPolicyName"))}.String()
}

func roleARN(s Stack, properties map[string]any) string {
	return identity.RoleARN{Partition: s.Partition, Account: s.Account,
		Path: identity.RolePath(cmp.Or(textOf(properties, "Path"), "/")), Name: identity.RoleName(textOf(properties, "RoleName"))}.String()
}

// textOf is a property that is written out; "" if it isn't.
func textOf(properties map[string]any, name string) string {
	written, _ := properties[name].(string)
	return written
}
