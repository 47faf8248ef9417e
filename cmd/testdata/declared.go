package fleet

import (
	"cmp"
	"errors"
	"os"
	"strconv"

	"keyless-runners/identity"
)

// Declared is the fleet of the scripts. What they change of it is in their environment, so
// that one program serves them all.
func Declared() (Fleet, error) {
	how := os.Getenv("FLEET")
	switch how {
	case "fails":
		return Fleet{}, errors.New("teams.csv: line 3: want 4 columns, got 3")
	case "panics":
		var pools []Pool
		return Fleet{Pools: []Pool{pools[len(how)]}}, nil
	case "shop":
		return another(), nil
	}
	replicas, err := strconv.Atoi(cmp.Or(os.Getenv("REPLICAS"), "1"))
	if err != nil {
		return Fleet{}, err
	}
	stack := identity.StackName(cmp.Or(os.Getenv("STACK"), "keyless-runners"))
	cluster := Cluster{
		Name: identity.ClusterName(cmp.Or(os.Getenv("CLUSTER"), "example")), Account: "111122223333", Region: "us-east-1", Stack: stack,
		Issuer: "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
	}
	app := ImageRepository{Name: "my-app", Account: "111122223333", Region: "us-east-1", Stack: stack, KeepUntagged: 10}
	pool := Pool{
		Name:             identity.PoolName(cmp.Or(os.Getenv("POOL"), "build")),
		Cluster:          cluster,
		Scope:            Scope{SourceRepository: "octo-org/my-app"},
		Labels:           []identity.RunnerLabel{"push-my-app"},
		Namespace:        "self-hosted-runners",
		ServiceAccount:   "self-hosted-runner-service-account",
		RunnerDeployment: identity.RunnerDeployment(cmp.Or(os.Getenv("RUNNERS"), "runner-deployment")),
		RolePath:         identity.RolePath(cmp.Or(os.Getenv("ROLE_PATH"), "/")),
		Role:             "self_hosted_runner_role",
		Policy:           "self_hosted_runner_policy",
		PushesTo:         []ImageRepository{app},
		Replicas:         replicas,
		Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
	}
	var tags map[string]string
	switch how {
	case "bad":
		pool.Role, pool.PushesTo, pool.Replicas = "self hosted runner role", nil, -1
	case "tags":
		tags = map[string]string{"aa": "1", "team": "2", "z": "3", "zone": "4"}
	}
	return Fleet{Tags: tags, Clusters: []Cluster{cluster}, ImageRepositories: []ImageRepository{app}, Pools: []Pool{pool}}, nil
}

// another is a user's fleet with other names than the project's own.
func another() Fleet {
	prod := Cluster{
		Name: "prod", Account: "444455556666", Region: "eu-central-1", Stack: "keyless-runners",
		Issuer: "https://oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDE3",
	}
	shop := ImageRepository{Name: "shop", Account: "444455556666", Region: "eu-central-1", Stack: "keyless-runners", KeepUntagged: 10}
	return Fleet{
		Clusters:          []Cluster{prod},
		ImageRepositories: []ImageRepository{shop},
		Pools: []Pool{{
			Name:             "shop",
			Cluster:          prod,
			Scope:            Scope{SourceRepository: "octo-org/shop"},
			Labels:           []identity.RunnerLabel{"push-shop"},
			Namespace:        "shop-runners",
			ServiceAccount:   "runner",
			RunnerDeployment: "shop",
			Role:             "shop-runner",
			Policy:           "shop-runner-push",
			PushesTo:         []ImageRepository{shop},
			Replicas:         1,
			Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
		}},
	}
}
