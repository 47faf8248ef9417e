package fleettest

import (
	"fmt"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// Growing is a fleet of so many pools with three image repositories for every ten
// of them, all in one account. What a pool is and the stack that holds it follow
// from its number alone: fleets of two sizes share all that is in the smaller.
func Growing(pools int) fleet.Fleet {
	cluster := fleet.Cluster{
		Name: "growing", Account: "111122223333", Region: "us-east-1", Stack: stackOf(0),
		Issuer: "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
	}
	f := fleet.Fleet{Clusters: []fleet.Cluster{cluster}}
	for i := range pools {
		app := fleet.ImageRepository{
			Name:    identity.ImageRepositoryName(fmt.Sprintf("app-%04d", i*3/10)),
			Account: cluster.Account, Region: cluster.Region,
			Stack:        stackOf(i / 10 * 10),
			KeepUntagged: 10,
		}
		if i*3/10 == len(f.ImageRepositories) {
			f.ImageRepositories = append(f.ImageRepositories, app)
		}
		p := pool(identity.PoolName(fmt.Sprintf("pool-%04d", i)), cluster, app)
		p.Stack = stackOf(i)
		f.Pools = append(f.Pools, p)
	}
	return f
}

// stackOf gives every 150 pools a stack: with 45 image repositories and a provider
// they have 196 of the 200 outputs that CloudFormation allows.
func stackOf(pool int) identity.StackName {
	return identity.StackName(fmt.Sprintf("runners-%02d", pool/150))
}
