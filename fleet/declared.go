package fleet

import "keyless-runners/identity"

// This is the file to edit. Change the constants to your account, region and
// issuer ("aws eks describe-cluster --name NAME --query
// cluster.identity.oidc.issuer"), then add clusters, image repositories and pools
// as further values in Declared.

const (
	account = identity.AccountID("111122223333")
	region  = identity.Region("us-east-1")
	issuer  = identity.Issuer("https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF")
	stack   = identity.StackName("keyless-runners")
)

var cluster = Cluster{
	Name:    "example",
	Account: account,
	Region:  region,
	Issuer:  issuer,
	Stack:   stack,
}

var app = ImageRepository{
	Name:         "my-app",
	Account:      account,
	Region:       region,
	Stack:        stack,
	KeepUntagged: 10,
}

// Declared returns the fleet that this copy of the project renders. It may read it
// from anywhere; an error stops every command before anything is written.
func Declared() (Fleet, error) {
	return Fleet{
		Clusters:          []Cluster{cluster},
		ImageRepositories: []ImageRepository{app},
		Pools: []Pool{
			{
				Name:             "build",
				Cluster:          cluster,
				Scope:            Scope{SourceRepository: "octo-org/my-app"},
				Labels:           []identity.RunnerLabel{"push-my-app"},
				Namespace:        "self-hosted-runners",
				ServiceAccount:   "self-hosted-runner-service-account",
				RunnerDeployment: "runner-deployment",
				Role:             "self_hosted_runner_role",
				Policy:           "self_hosted_runner_policy",
				PushesTo:         []ImageRepository{app},
				Replicas:         1,
				Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
			},
		},
	}, nil
}
