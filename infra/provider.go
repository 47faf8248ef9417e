package infra

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// ProviderProps name the cluster of a fleet that NewProvider defines the provider of.
type ProviderProps struct {
	Fleet   fleet.Checked
	Cluster identity.ClusterName
}

// Provider is the OIDC provider of a cluster.
type Provider struct {
	construct constructs.Construct
	provider  awsiam.CfnOIDCProvider
}

// NewProvider defines the OIDC provider of a cluster and puts out its ARN, with the fleet's
// tags. It is kept when the stack is deleted: other roles of the account may trust it. It
// panics, as constructs of the CDK do, if the fleet has no such cluster, or declares that its
// provider exists.
func NewProvider(scope constructs.Construct, id *string, props *ProviderProps) Provider {
	cluster, ok := props.Fleet.Cluster(props.Cluster)
	what := fmt.Sprintf("cluster %q", props.Cluster)
	if ok && !cluster.CreatesProvider() {
		panic(fmt.Sprintf("infra.NewProvider: %s has no provider to create: the fleet declares that it exists, or no issuer", what))
	}
	mustCreate(scope, "NewProvider", what, ok, true, cluster.Account, cluster.Region)
	provider := newProvider(scope, id, cluster)
	addTags(provider.construct, props.Fleet.Fleet().AllTags())
	return provider
}

// Construct returns the construct of the provider.
func (p Provider) Construct() constructs.Construct { return p.construct }

// Provider is the resource.
func (p Provider) Provider() awsiam.CfnOIDCProvider { return p.provider }

// newProvider sets no thumbprint: IAM trusts the certificate authority of EKS's issuers
// itself (CreateOpenIDConnectProvider, ThumbprintList).
func newProvider(scope constructs.Construct, id *string, cluster fleet.Cluster) Provider {
	construct := constructs.NewConstruct(scope, id)
	provider := awsiam.NewCfnOIDCProvider(construct, jsii.String("Provider"), &awsiam.CfnOIDCProviderProps{
		Url:          jsii.String(string(cluster.Issuer)),
		ClientIdList: jsii.Strings(string(identity.AudienceSTS)),
	})
	provider.ApplyRemovalPolicy(awscdk.RemovalPolicy_RETAIN, nil)
	newOutput(construct, "Arn", "OIDC provider of cluster "+string(cluster.Name), cluster.ProviderARN().String())
	return Provider{construct, provider}
}
