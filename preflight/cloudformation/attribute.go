package cloudformation

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// The types of resources that are read.
const (
	roleKind          = "AWS::IAM::Role"
	policyKind        = "AWS::IAM::Policy"
	rolePolicyKind    = "AWS::IAM::RolePolicy"
	managedPolicyKind = "AWS::IAM::ManagedPolicy"
	providerKind      = "AWS::IAM::OIDCProvider"
	cdkProviderKind   = "Custom::AWSCDKOpenIdConnectProvider"
	repositoryKind    = "AWS::ECR::Repository"

	creationTemplateKind = "AWS::ECR::RepositoryCreationTemplate"
	pullThroughCacheKind = "AWS::ECR::PullThroughCacheRule"

	clusterKind      = "AWS::EKS::Cluster"
	organizationKind = "AWS::Organizations::Policy"
	stackSetKind     = "AWS::CloudFormation::StackSet"

	associationKind    = "AWS::EKS::PodIdentityAssociation"
	addonKind          = "AWS::EKS::Addon"
	fargateProfileKind = "AWS::EKS::FargateProfile"

	cdkClusterKind   = "Custom::AWSCDK-EKS-Cluster"
	cdkJSONKind      = "Custom::AWSCDKCfnJson"
	cdkManifestKind  = "Custom::AWSCDK-EKS-KubernetesResource"
	cdkHelmChartKind = "Custom::AWSCDK-EKS-HelmChart"
)

const tooDeep = "too many references follow one another"

// attribute is an attribute as Fn::GetAtt names it, or "Ref".
type attribute struct {
	of   *resource
	name string
}

// attribute resolves each attribute once.
func (r *resolver) attribute(of *resource, name string) facts.Text {
	key := attribute{of, name}
	if known, ok := r.attributes[key]; ok {
		if known == nil {
			return of.unknown("the name of %q refers to itself", facts.Short(of.id))
		}
		return *known
	}
	if r.depth == maxDepth {
		return of.unknown(tooDeep)
	}
	r.attributes[key] = nil
	r.depth++
	text := r.resolveAttribute(of, name)
	r.depth--
	r.attributes[key] = &text
	return text
}

// resolveAttribute follows the AWS CloudFormation template reference, "Return values" of each
// type.
func (r *resolver) resolveAttribute(of *resource, name string) facts.Text {
	switch of.kind + "." + name {
	case roleKind + "." + ref:
		return r.name(of, "role", "RoleName")
	case roleKind + ".Arn":
		return r.roleARN(of)
	case managedPolicyKind + "." + ref, managedPolicyKind + ".PolicyArn":
		return r.managedPolicyARN(of)
	case providerKind + "." + ref, providerKind + ".Arn", cdkProviderKind + "." + ref:
		return r.providerARN(of)
	case repositoryKind + "." + ref:
		return r.name(of, "image repository", "RepositoryName")
	case repositoryKind + ".Arn":
		return r.repository(of, identity.ImageRepository.ARN)
	case repositoryKind + ".RepositoryUri":
		return r.repository(of, identity.ImageRepository.String)
	case cdkJSONKind + ".Value":
		return r.stated(of, "Value")
	case clusterKind + "." + ref:
		return r.name(of, "cluster", "Name")
	case cdkClusterKind + "." + ref:
		if name := r.property(of, "Config").Get("name"); name != nil {
			return facts.TextOf(name, of.place)
		}
		return of.unknown("the name of cluster %q is made at deployment; state clusterName", facts.Short(of.id))
	}
	if name == ref {
		return of.unknown("Ref %q is known only at deployment", facts.Short(of.id))
	}
	return of.unknown("Fn::GetAtt %q is known only at deployment", facts.Short(of.id+"."+name))
}

func (of *resource) unknown(format string, args ...any) facts.Text {
	return facts.Unknown(fmt.Sprintf(format, args...), of.place)
}

// property returns a resolved property, nil if it is missing or null.
func (r *resolver) property(of *resource, name string) *source.Node {
	properties := of.node.Get("Properties")
	if properties == nil {
		return nil
	}
	_, made := callOf(properties)
	if made || slices.ContainsFunc(properties.Members, func(m source.Member) bool { return strings.HasPrefix(m.Name, "Fn::") }) {
		return unknownNode(fmt.Sprintf("a function makes the properties of %q at deployment", facts.Short(of.id)), properties.Place)
	}
	if value := r.resolve(properties.Get(name)); !value.Is(source.Null) {
		return value
	}
	return nil
}

// stated returns a property that is a scalar, not there if the template does not state it. A
// list or an object is unknown.
func (r *resolver) stated(of *resource, property string) facts.Text {
	value := r.property(of, property)
	text := facts.TextOf(value, of.place)
	if value != nil && !text.There {
		return of.unknown("%s of %q: want a string, got %s", property, facts.Short(of.id), value.Kind)
	}
	return text
}

// name returns a name that CloudFormation makes if the template does not state it.
func (r *resolver) name(of *resource, what, property string) facts.Text {
	name := r.stated(of, property)
	if !name.There {
		return of.unknown("CloudFormation makes the name of %s %q at deployment; state %s", what, facts.Short(of.id), property)
	}
	return name
}

// whole returns what build makes of the parts, unknown for the reason of the first unknown part.
func (of *resource) whole(build func() string, parts ...facts.Text) facts.Text {
	for _, part := range parts {
		if !part.Known() {
			return of.unknown("%s", part.Unknown)
		}
	}
	return facts.Known(build(), of.place)
}

func (r *resolver) roleARN(of *resource) facts.Text {
	role := facts.Role{Name: r.attribute(of, ref), Path: r.stated(of, "Path").Or("/"), Account: r.account, Partition: r.partition}
	return of.whole(role.ARN, role.Name, role.Path, role.Account, role.Partition)
}

func (r *resolver) managedPolicyARN(of *resource) facts.Text {
	name, path := r.managedPolicyName(of), r.stated(of, "Path").Or("/")
	return of.whole(func() string {
		return identity.ManagedPolicyARN{
			Partition: identity.Partition(r.partition.Value),
			Account:   identity.AccountID(r.account.Value),
			Path:      identity.PolicyPath(path.Value),
			Name:      identity.PolicyName(name.Value),
		}.String()
	}, name, path, r.account, r.partition)
}

func (r *resolver) managedPolicyName(of *resource) facts.Text {
	return r.name(of, "managed policy", "ManagedPolicyName")
}

func (r *resolver) providerARN(of *resource) facts.Text {
	url := r.stated(of, "Url")
	if !url.There {
		return of.unknown("Url of %q is missing", facts.Short(of.id))
	}
	return of.whole(func() string {
		return identity.ProviderARN{
			Partition: identity.Partition(r.partition.Value),
			Account:   identity.AccountID(r.account.Value),
			Issuer:    identity.Issuer(url.Value),
		}.String()
	}, url, r.account, r.partition)
}

func (r *resolver) repository(of *resource, format func(identity.ImageRepository) string) facts.Text {
	name := r.attribute(of, ref)
	region := identity.Region(r.region.Value)
	if r.region.Known() && region.Partition() == "" {
		return of.unknown("region %q is of no known partition", region)
	}
	return of.whole(func() string {
		return format(identity.ImageRepository{
			Registry: identity.Registry{Account: identity.AccountID(r.account.Value), Region: region},
			Name:     identity.ImageRepositoryName(name.Value),
		})
	}, name, r.account, r.region)
}
