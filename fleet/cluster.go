package fleet

import (
	"cmp"
	"errors"
	"fmt"

	"keyless-runners/identity"
)

// Cluster is an EKS cluster that runs pools.
type Cluster struct {
	// Name identifies the cluster in the fleet and names its folder of manifests. It is
	// this project's label: two clusters that share a name in EKS have two here.
	Name identity.ClusterName
	// EKSName is the cluster's name in EKS, which EKS Pod Identity goes by. Zero: Name.
	EKSName identity.ClusterName
	// Account is the cluster's account. It holds the provider and the roles of the pools.
	Account identity.AccountID
	Region  identity.Region
	// Issuer is the cluster's OIDC issuer, in the cluster's region. Zero: the cluster
	// has no provider, and none of its pools uses IRSA.
	Issuer identity.Issuer
	// Stack holds the provider, and the roles of pools that name no other.
	Stack identity.StackName
	// ExistingProvider means that the account already has a provider for the issuer,
	// made by eksctl or Terraform for example. Zero: the stack creates it. An account
	// holds one provider for an issuer.
	ExistingProvider bool
	// Controller is the controller of scale sets. Zero: the cluster runs no scale sets.
	Controller Controller
}

// ProviderARN identifies the provider of the cluster's issuer.
func (c Cluster) ProviderARN() identity.ProviderARN {
	return identity.ProviderARN{Partition: c.Region.Partition(), Account: c.Account, Issuer: c.Issuer}
}

// ARN identifies the cluster in EKS.
func (c Cluster) ARN() identity.ClusterARN {
	return identity.ClusterARN{Partition: c.Region.Partition(), Region: c.Region, Account: c.Account, Name: cmp.Or(c.EKSName, c.Name)}
}

// CreatesProvider reports whether the cluster's stack holds the provider.
func (c Cluster) CreatesProvider() bool {
	return c.Issuer != "" && !c.ExistingProvider
}

func (c Cluster) check(needsIssuer bool, at place, problems *Problems) {
	problems.add(at.field("name"), c.Name.Check())
	if c.EKSName != "" {
		problems.add(at.field("eksName"), c.EKSName.Check())
	}
	problems.add(at.field("account"), c.Account.Check())
	problems.add(at.field("region"), c.Region.Check())
	if c.Issuer != "" || needsIssuer {
		problems.add(at.field("issuer"), c.Issuer.Check())
	} else if c.ExistingProvider {
		problems.add(at.field("existingProvider"), errors.New("a cluster without an issuer has no provider; leave it out"))
	}
	problems.add(at.field("stack"), c.Stack.Check())
	c.Controller.check(at.field("controller"), problems)
	if other := c.Issuer.Region(); other != "" && other != c.Region {
		problems.add(at.field("issuer"), fmt.Errorf("the issuer is in region %q, its cluster in %q", other, c.Region))
	}
}
