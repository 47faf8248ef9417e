package fleet

import (
	"fmt"

	"keyless-runners/identity"
)

// Cluster is an EKS cluster that runs pools.
type Cluster struct {
	// Name tells clusters of a fleet apart and names their folder of manifests.
	// It is a label of this project's: two clusters that have one name in EKS have
	// two here.
	Name identity.ClusterName
	// Account holds the provider and the roles of the cluster's pools. It is
	// the cluster's own.
	Account identity.AccountID
	Region  identity.Region
	// Issuer is the cluster's OIDC issuer. It is of the cluster's region.
	Issuer identity.Issuer
	// Stack holds the provider, and the roles of pools that name no other.
	Stack identity.StackName
	// ExistingProvider says that the account has a provider for the issuer
	// already, made by eksctl or Terraform for example. Zero: the stack creates
	// it. An account holds one provider for an issuer.
	ExistingProvider bool
}

// ProviderARN identifies the provider of the cluster's issuer.
func (c Cluster) ProviderARN() identity.ProviderARN {
	return identity.ProviderARN{Partition: c.Region.Partition(), Account: c.Account, Issuer: c.Issuer}
}

func (c Cluster) check(at place, problems *Problems) {
	problems.add(at.field("name"), c.Name.Check())
	problems.add(at.field("account"), c.Account.Check())
	problems.add(at.field("region"), c.Region.Check())
	problems.add(at.field("issuer"), c.Issuer.Check())
	problems.add(at.field("stack"), c.Stack.Check())
	if other := c.Issuer.Region(); other != "" && other != c.Region {
		problems.add(at.field("issuer"), fmt.Errorf("the issuer is in region %q, its cluster in %q", other, c.Region))
	}
}
