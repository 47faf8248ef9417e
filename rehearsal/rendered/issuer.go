package rendered

import (
	"fmt"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// issuers are the issuers that each cluster may have, by the folder of its manifests: the roles of
// all its pools trust them.
type issuers map[string][]identity.Issuer

// narrow takes in which issuers a role of a pool of the cluster trusts.
func (s issuers) narrow(folder string, arn identity.RoleARN, roles []facts.Role) error {
	var trusted []identity.Issuer
	for _, statement := range trustOf(arn, roles) {
		if statement.Principal == nil {
			continue
		}
		for _, federated := range statement.Principal.Federated {
			provider, err := identity.ParseProviderARN(federated)
			if err != nil {
				return err
			}
			trusted = append(trusted, provider.Issuer)
		}
	}
	if len(trusted) == 0 {
		return fmt.Errorf("no role %q that trusts a provider is among the templates", arn)
	}
	before, narrowed := s[folder]
	if !narrowed {
		s[folder] = trusted
		return nil
	}
	both := slices.DeleteFunc(slices.Clone(before), func(issuer identity.Issuer) bool { return !slices.Contains(trusted, issuer) })
	if len(both) == 0 {
		return fmt.Errorf("its role trusts issuer %q, those of other pools of the cluster %q", trusted[0], before[0])
	}
	s[folder] = both
	return nil
}

// assign gives each cluster its own issuer. Where a role is shared by clusters, its
// trust policy does not say whose each issuer is, and each will do for each of them.
func (s issuers) assign(clusters []Cluster) {
	taken := map[identity.Issuer]bool{}
	for _, choice := range []bool{false, true} { // those come first that have none
		for i := range clusters {
			of := s[clusters[i].Folder]
			if clusters[i].Issuer != "" || len(of) > 1 && !choice {
				continue
			}
			free := slices.IndexFunc(of, func(issuer identity.Issuer) bool { return !taken[issuer] })
			if free >= 0 {
				clusters[i].Issuer, taken[of[free]] = of[free], true
			}
		}
	}
}
