package rendered

import (
	"fmt"
	"strings"

	awsarn "github.com/aws/aws-sdk-go-v2/aws/arn"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// associationOf is the association of a ServiceAccount of the cluster whose manifests lie in a
// folder of the name; nil if there is none. A folder may have another name than the cluster in
// EKS, as long as that is the only one with such a ServiceAccount.
func associationOf(subject identity.Subject, folder string, all []facts.PodIdentityAssociation) *facts.PodIdentityAssociation {
	var found []*facts.PodIdentityAssociation
	for i, a := range all {
		if !a.Namespace.Is(string(subject.Namespace)) || !a.ServiceAccount.Is(string(subject.ServiceAccount)) {
			continue
		}
		if a.Cluster.Is(folder) {
			return &all[i]
		}
		found = append(found, &all[i])
	}
	if len(found) == 1 {
		return found[0]
	}
	return nil
}

// requestedCluster is the condition key by which a role trusts the associations of a cluster.
const requestedCluster = "aws:RequestTag/eks-cluster-arn"

// roleOfAssociation is the role of an association, and the association's cluster, which the
// role's trust policy names.
func roleOfAssociation(a *facts.PodIdentityAssociation, roles []facts.Role) (arn identity.RoleARN, cluster identity.ClusterARN, err error) {
	if arn, err = identity.ParseRoleARN(a.Role.ARN.Value); err != nil {
		return arn, cluster, err
	}
	for _, statement := range trustOf(arn, roles) {
		for _, keys := range statement.Condition {
			for _, value := range keys[requestedCluster] {
				if cluster, ok := parseClusterARN(value); ok && a.Cluster.Is(string(cluster.Name)) {
					return arn, cluster, nil
				}
			}
		}
	}
	return arn, cluster, fmt.Errorf("no role %q that trusts EKS cluster %q is among the templates", arn, a.Cluster.Value)
}

func parseClusterARN(text string) (identity.ClusterARN, bool) {
	parsed, err := awsarn.Parse(text)
	name, ok := strings.CutPrefix(parsed.Resource, "cluster/")
	return identity.ClusterARN{
		Partition: identity.Partition(parsed.Partition), Region: identity.Region(parsed.Region),
		Account: identity.AccountID(parsed.AccountID), Name: identity.ClusterName(name),
	}, ok && err == nil
}
