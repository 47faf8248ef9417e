package initial

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// foundCluster is a cluster as far as it is known.
type foundCluster struct {
	fleet.Cluster
	place source.Place
	// provided reports that a file shows the provider.
	provided bool
	// asked reports that which cluster it is has been asked.
	asked bool
}

// knownClusters returns the clusters that templates and the outputs of commands show.
func (a *declaration) knownClusters() []*foundCluster {
	var known []*foundCluster
	merge := func(c foundCluster) {
		for _, other := range known {
			if other.is(c) {
				other.add(c)
				return
			}
		}
		known = append(known, &c)
	}
	for _, fact := range a.facts().Clusters {
		merge(a.described(fact))
	}
	for _, provider := range a.facts().Providers {
		if c := a.provided(provider); c.Region != "" {
			merge(c)
		}
	}
	for _, association := range a.facts().PodIdentityAssociations {
		c := associated(association)
		c.Name = a.nameIn(association)
		merge(c)
	}
	for _, config := range a.configs {
		merge(foundCluster{place: config.Place, Cluster: fleet.Cluster{EKSName: identity.ClusterName(config.Word("metadata", "name")), Region: identity.Region(config.Word("metadata", "region"))}})
	}
	for _, r := range a.runners {
		for _, c := range trusting(r) {
			merge(c)
		}
	}
	return a.withNames(known)
}

// withNames takes the one cluster of which the issuer alone is known, and the one of which the
// name alone is, for the same.
func (a *declaration) withNames(known []*foundCluster) []*foundCluster {
	named := slices.DeleteFunc(slices.Clone(known), func(c *foundCluster) bool { return c.Issuer != "" || c.EKSName == "" })
	nameless := slices.DeleteFunc(slices.Clone(known), func(c *foundCluster) bool { return c.Issuer == "" || c.Name+c.EKSName != "" })
	if len(named) != 1 || len(nameless) != 1 || !mayBeOne(named[0].Region, nameless[0].Region) || !mayBeOne(named[0].Account, nameless[0].Account) {
		return known
	}
	nameless[0].add(*named[0])
	a.result.ask(Question{Place: named[0].place, About: aboutCluster(fleet.Cluster{Name: named[0].EKSName}), Text: fmt.Sprintf("no file shows that %q is its issuer; it is taken for it, because it is the only one", nameless[0].Issuer), Next: fmt.Sprintf("compare it with \"aws eks describe-cluster --name %s\"", named[0].EKSName)})
	return slices.DeleteFunc(known, func(c *foundCluster) bool { return c == named[0] })
}

// described is a cluster as "aws eks describe-cluster" shows it.
func (a *declaration) described(fact facts.Cluster) foundCluster {
	c := foundCluster{place: fact.Place, Cluster: fleet.Cluster{EKSName: identity.ClusterName(fact.Name.Value), Issuer: identity.Issuer(fact.Issuer.Value)}}
	if parts := strings.Split(a.objects[fact.Place].Word("arn"), ":"); len(parts) == 6 {
		c.Region, c.Account = identity.Region(parts[3]), identity.AccountID(parts[4])
	}
	return c
}

// provided is the cluster of a provider; its region is "" of what is no issuer of EKS.
func (a *declaration) provided(provider facts.Provider) foundCluster {
	issuer := identity.Issuer(provider.URL.Value)
	c := foundCluster{place: provider.Place, provided: true, Cluster: fleet.Cluster{
		Issuer: issuer, Region: issuer.Region(), Account: identity.AccountID(provider.Account.Value), ExistingProvider: true,
	}}
	if resource, s := a.resourceAt(provider.Place); resource != nil {
		c.Name, c.Stack, c.ExistingProvider = s.clusters[issuer], s.name, false
	}
	return c
}

func associated(association facts.PodIdentityAssociation) foundCluster {
	return foundCluster{place: association.Place, Cluster: fleet.Cluster{
		EKSName: identity.ClusterName(association.Cluster.Value),
		Region:  identity.Region(association.Region.Value),
		Account: identity.AccountID(association.Account.Value),
	}}
}

// nameIn is the cluster's name in the fleet that rendered an association, without its dashes: it
// is a part of the logical id. It is "" if that is the name in EKS, or no such template has it.
func (a *declaration) nameIn(association facts.PodIdentityAssociation) identity.ClusterName {
	_, s := a.resourceAt(association.Place)
	for _, member := range s.body.Get("Resources").Entries() {
		at := strings.LastIndex(member.Name, associationID) + len(associationID)
		if member.Place != association.Place || len(member.Name) <= at+hashed {
			continue
		}
		if name := member.Name[at : len(member.Name)-hashed]; name != strings.ReplaceAll(association.Cluster.Value, "-", "") {
			return identity.ClusterName(name)
		}
	}
	return ""
}

// The logical id of an association ends in associationID, the cluster's name and a hash of so
// many characters.
const (
	associationID = "Association"
	hashed        = 8
)

// trusting are the clusters whose tokens the runner's role trusts, in the order of its statements.
func trusting(r *runner) []foundCluster {
	var found []foundCluster
	if r.role.fact == nil {
		return nil
	}
	for _, provider := range index.ProvidersIn(&r.role.fact.Trust) {
		if arn, err := identity.ParseProviderARN(provider.ARN); err == nil && arn.Issuer.Region() != "" {
			found = append(found, foundCluster{place: provider.Place, Cluster: fleet.Cluster{Issuer: arn.Issuer, Region: arn.Issuer.Region(), Account: arn.Account}})
		}
	}
	for n, statement := range r.role.fact.Trust.Policy.Statement {
		equals := statement.Condition[policy.StringEquals]
		for _, key := range slices.Sorted(maps.Keys(equals)) {
			if !strings.HasSuffix(key, "/"+identity.TagClusterARN) {
				continue
			}
			for _, value := range equals[key] {
				if parts := strings.Split(value, ":"); len(parts) == 6 {
					found = append(found, foundCluster{place: r.role.fact.Trust.Statement(n), Cluster: fleet.Cluster{
						EKSName: identity.ClusterName(path.Base(parts[5])), Region: identity.Region(parts[3]), Account: identity.AccountID(parts[4]),
					}})
				}
			}
		}
	}
	return found
}

// is reports whether two are one cluster, as far as is known.
func (c *foundCluster) is(other foundCluster) bool {
	if c.Issuer != "" && other.Issuer != "" {
		return c.Issuer == other.Issuer && mayBeOne(c.Account, other.Account)
	}
	if !mayBeOne(c.Region, other.Region) || !mayBeOne(c.Account, other.Account) {
		return false
	}
	if c.Name != "" && other.Name != "" {
		return c.Name == other.Name
	}
	name, others := cmp.Or(c.EKSName, c.Name), cmp.Or(other.EKSName, other.Name)
	return name != "" && name == others
}

func mayBeOne[S ~string](a, b S) bool { return a == "" || b == "" || a == b }

// add takes over what the other shows.
func (c *foundCluster) add(other foundCluster) {
	c.Name, c.EKSName = cmp.Or(c.Name, other.Name), cmp.Or(c.EKSName, other.EKSName)
	c.Account, c.Region = cmp.Or(c.Account, other.Account), cmp.Or(c.Region, other.Region)
	c.Issuer, c.Stack = cmp.Or(c.Issuer, other.Issuer), cmp.Or(c.Stack, other.Stack)
	c.ExistingProvider = (c.ExistingProvider || other.ExistingProvider) && c.Stack == ""
	c.provided = c.provided || other.provided
}
