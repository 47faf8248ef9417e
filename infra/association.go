package infra

import (
	"maps"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
)

// newAssociation has EKS Pod Identity give the role to the pool's ServiceAccount in one
// cluster, by whose name it is known: it stays what it is when the pool leaves another. It
// is made after a role of the stack, whose trust has to be there when the first Pod asks, and has the
// stack's tags and the pool's. The cluster's ARN is put out: it alone says in the template which
// region's cluster of that name is meant.
//
// CDK's own class for it is in a package that takes the program longer to load than all
// others together (docs/decisions.md), and it is the one that would put in the tags.
func newAssociation(scope constructs.Construct, pool fleet.Pool, roleARN *string, tags map[string]string) {
	properties := map[string]any{
		"ClusterName":    string(pool.Cluster.ARN().Name),
		"Namespace":      string(pool.Namespace),
		"ServiceAccount": string(pool.ServiceAccount),
		"RoleArn":        roleARN,
		"Tags":           tagList(tags, pool.Tags),
	}
	if pool.TargetRole != nil {
		properties["TargetRoleArn"] = pool.PushingRole().String()
	}
	if pool.SessionPolicy {
		properties["DisableSessionTags"] = true // EKS takes a session policy only then
		properties["Policy"] = string(pool.PermissionsPolicy().JSON())
	}
	association := awscdk.NewCfnResource(scope, jsii.String("Association-"+string(pool.Cluster.Name)), &awscdk.CfnResourceProps{
		Type:       jsii.String("AWS::EKS::PodIdentityAssociation"),
		Properties: &properties,
	})
	waive(association, pool.Waivers.Association)
	newOutput(scope, "Association-"+string(pool.Cluster.Name)+"-Cluster", "EKS cluster of the association of pool "+string(pool.Name), pool.Cluster.ARN().String())
}

// tagList is the property Tags of a resource, in the order of keys. Where both have a key,
// the second's value counts.
func tagList(first, second map[string]string) []map[string]string {
	tags := map[string]string{}
	maps.Copy(tags, first)
	maps.Copy(tags, second)
	var list []map[string]string
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		list = append(list, map[string]string{"Key": key, "Value": tags[key]})
	}
	return list
}
