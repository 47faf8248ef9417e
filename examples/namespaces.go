package examples

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// Namespaces has one namespace with a quota, default resources and a NetworkPolicy, and one
// that another team makes, which has to admit privileged Pods.
func Namespaces() fleet.Fleet {
	cluster := fleet.Cluster{
		Name:    "platform",
		Account: "111122223333",
		Region:  "us-east-1",
		Issuer:  "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:   "runners",
	}
	f := fleet.Fleet{
		Clusters: []fleet.Cluster{cluster},
		NamespaceSettings: []fleet.NamespaceSettings{
			{
				Cluster: cluster,
				Name:    "web-runners",
				ResourceQuota: &corev1.ResourceQuotaSpec{Hard: corev1.ResourceList{
					"pods":            resource.MustParse("20"),
					"requests.cpu":    resource.MustParse("40"),
					"requests.memory": resource.MustParse("80Gi"),
				}},
				LimitRange: &corev1.LimitRangeSpec{Limits: []corev1.LimitRangeItem{{
					Type:           corev1.LimitTypeContainer,
					DefaultRequest: corev1.ResourceList{"cpu": resource.MustParse("500m"), "memory": resource.MustParse("1Gi")},
					Default:        corev1.ResourceList{"memory": resource.MustParse("4Gi")},
				}}},
				NetworkPolicy: &fleet.NetworkPolicy{Ports: []int{443, 80}},
			},
			{Cluster: cluster, Name: "api-runners", Existing: true},
		},
	}
	for _, name := range []string{"web", "api"} {
		app := fleet.ImageRepository{
			Name:    identity.ImageRepositoryName(name),
			Account: "111122223333", Region: "us-east-1", Stack: "runners",
			KeepUntagged: 10,
		}
		f.ImageRepositories = append(f.ImageRepositories, app)
		f.Pools = append(f.Pools, fleet.Pool{
			Name:             identity.PoolName(name),
			Cluster:          cluster,
			Scope:            fleet.Scope{SourceRepository: identity.SourceRepository("octo-org/" + name)},
			Labels:           []identity.RunnerLabel{identity.RunnerLabel("push-" + name)},
			Namespace:        identity.Namespace(name + "-runners"),
			ServiceAccount:   "runner",
			RunnerDeployment: identity.RunnerDeployment(name),
			Role:             identity.RoleName(name + "-runner"),
			Policy:           identity.PolicyName(name + "-runner-push"),
			PushesTo:         []fleet.ImageRepository{app},
			Replicas:         1,
			Image:            "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
		})
	}
	return f
}
