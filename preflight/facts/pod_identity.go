package facts

import (
	"path"

	"keyless-runners/identity"
	"keyless-runners/preflight/source"
)

// PodIdentityAssociation is an EKS Pod Identity association: it gives the Pods of one
// ServiceAccount in one cluster a role.
type PodIdentityAssociation struct {
	Place source.Place
	// Cluster is the cluster's name. Account and Region are the cluster's, unknown where a
	// template does not determine them.
	Cluster, Account, Region  Text
	Namespace, ServiceAccount Text
	// Role is the role that EKS assumes for the Pods. A list of associations has no roles.
	Role RoleReference
	// TargetRole is the role that EKS assumes after that, and that the Pods then have. Its ARN is not
	// there if the association has none.
	TargetRole RoleReference
	// DisableSessionTags is "true" or "false". Not there: false.
	DisableSessionTags Text
	// SessionPolicy limits what the Pods may do with the role, or with the target role if
	// there is one. Not There: none.
	SessionPolicy Document
}

// ClusterARN is the ARN of the association's cluster, not there if the files do not determine
// it.
func (a *PodIdentityAssociation) ClusterARN() Text {
	partition := identity.Region(a.Region.Value).Partition()
	if !a.Account.Known() || !a.Cluster.Known() || partition == "" {
		return Text{}
	}
	arn := identity.ClusterARN{Partition: partition, Region: identity.Region(a.Region.Value), Account: identity.AccountID(a.Account.Value), Name: identity.ClusterName(a.Cluster.Value)}
	return Known(arn.String(), a.Place)
}

// RoleReference names a role.
type RoleReference struct {
	ARN Text
	// LogicalID is the logical id of a role in the same template; "" for others. The ARN may be unknown
	// then, because CloudFormation makes the name.
	LogicalID string
}

// Addon is an add-on of an EKS cluster.
type Addon struct {
	Place source.Place
	// Cluster and Name are names, such as "eks-pod-identity-agent".
	Cluster, Name Text
}

// FargateProfile says which Pods of an EKS cluster run on Fargate: those that one of its
// selectors matches.
type FargateProfile struct {
	Place     source.Place
	Cluster   Text
	Selectors []FargateSelector
}

// FargateSelector matches Pods by namespace and labels.
type FargateSelector struct {
	Place source.Place
	// Namespace is a name, in which "*" stands for any text and "?" for any character.
	Namespace Text
	// Labels says that a Pod needs labels too. Which is not read.
	Labels bool
}

// Selects reports whether Pods of a namespace may be among those that the selector matches.
func (s FargateSelector) Selects(namespace Text) bool {
	matches, _ := path.Match(s.Namespace.Value, namespace.Value)
	return matches || s.Namespace.Unknown != ""
}
