package examples

import (
	corev1 "k8s.io/api/core/v1"

	"keyless-runners/fleet"
)

// EnterpriseServer has runners for an organization of GitHub Enterprise Server. The GitHub
// App's key is in AWS Secrets Manager, from where the External Secrets Operator makes the
// Secret; neither is in the fleet. The server's certificate is signed by an authority of the
// company's own, whose certificate is in a ConfigMap.
func EnterpriseServer() fleet.Fleet {
	cluster := fleet.Cluster{
		Name:       "platform",
		Account:    "111122223333",
		Region:     "us-east-1",
		Issuer:     "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:      "runners",
		Controller: fleet.Controller{Version: "0.14.2", Namespace: "arc-systems", ServiceAccount: "arc-gha-rs-controller"},
	}
	app := fleet.ImageRepository{Name: "web", Account: "111122223333", Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
	return fleet.Fleet{
		Clusters:          []fleet.Cluster{cluster},
		ImageRepositories: []fleet.ImageRepository{app},
		Pools: []fleet.Pool{{
			Name:           "web",
			Cluster:        cluster,
			Scope:          fleet.Scope{Host: "github.example.com", Organization: "octo-org"},
			ExternalSecret: &fleet.ExternalSecret{Store: "aws-secrets-manager", StoreKind: fleet.ClusterSecretStore, Key: "platform/github-app"},
			Namespace:      "web-runners",
			ServiceAccount: "runner",
			ScaleSet: &fleet.ScaleSet{Name: "push-web", MaxRunners: 10, GitHubConfigSecret: "github-app", GitHubServerTLS: &fleet.GitHubServerTLS{
				CertificateFrom: corev1.ConfigMapKeySelector{LocalObjectReference: corev1.LocalObjectReference{Name: "github-server"}, Key: "ca.crt"},
			}},
			Role:     "web-runner",
			Policy:   "web-runner-push",
			PushesTo: []fleet.ImageRepository{app},
			Image:    "ghcr.io/actions/actions-runner:2.337.0",
		}},
	}
}
