package infra

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awseks"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
)

// newAssociation has EKS Pod Identity give the role to the pool's ServiceAccount. It is
// made after the role, whose trust has to be there when the first Pod asks.
func newAssociation(scope constructs.Construct, pool fleet.Pool, role awsiam.CfnRole) {
	awseks.NewCfnPodIdentityAssociation(scope, jsii.String("Association"), &awseks.CfnPodIdentityAssociationProps{
		ClusterName:    jsii.String(string(pool.Cluster.ARN().Name)),
		Namespace:      jsii.String(string(pool.Namespace)),
		ServiceAccount: jsii.String(string(pool.ServiceAccount)),
		RoleArn:        role.AttrArn(),
	})
}
