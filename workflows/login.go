package workflows

import (
	"slices"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// signIn is a login to the registries of some accounts in one region: amazon-ecr-login asks
// the ECR of AWS_REGION.
type signIn struct {
	// Region is "" for that of the images.
	Region identity.Region
	// Accounts are their numbers, with commas between.
	Accounts string
}

// logins returns the logins that a job of the pool needs, the one to the images' registry first.
func logins(pool fleet.Pool) []signIn {
	var regions []identity.Region
	accounts := map[identity.Region]string{}
	for _, registry := range pool.Registries() {
		if !slices.Contains(regions, registry.Region) {
			regions = append(regions, registry.Region)
			accounts[registry.Region] = string(registry.Account)
			continue
		}
		accounts[registry.Region] += "," + string(registry.Account)
	}
	list := make([]signIn, len(regions))
	for i, region := range regions {
		if list[i].Accounts = accounts[region]; i > 0 {
			list[i].Region = region
		}
	}
	return list
}
