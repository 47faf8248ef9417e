package infra

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// NewProvider defines the OIDC provider of a cluster and puts out its ARN. It is
// kept when the stack is deleted: other roles of the account may trust it.
//
// It has no thumbprint: IAM trusts the certificate authority of EKS's issuers
// itself (CreateOpenIDConnectProvider, ThumbprintList).
func NewProvider(scope constructs.Construct, cluster fleet.Cluster) constructs.Construct {
	construct := constructs.NewConstruct(scope, jsii.String("Cluster-"+string(cluster.Name)))
	provider := awsiam.NewCfnOIDCProvider(construct, jsii.String("Provider"), &awsiam.CfnOIDCProviderProps{
		Url:          jsii.String(string(cluster.Issuer)),
		ClientIdList: jsii.Strings(string(identity.AudienceSTS)),
	})
	provider.ApplyRemovalPolicy(awscdk.RemovalPolicy_RETAIN, nil)
	newOutput(construct, "Arn", "OIDC provider of cluster "+string(cluster.Name), cluster.ProviderARN().String())
	return construct
}
