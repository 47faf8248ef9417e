package account

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// isCluster recognizes "aws eks describe-cluster".
func isCluster(root *source.Node) bool {
	cluster := root.Get("cluster")
	if !cluster.Get("arn").Is(source.String) {
		return false
	}
	arn := arnOf(cluster, "arn")
	return arn.parts != nil && arn.parts[service] == "eks"
}

func readCluster(all *facts.Facts, root *source.Node) {
	cluster := root.Get("cluster")
	all.Clusters = append(all.Clusters, facts.Cluster{
		Place:  cluster.Place,
		Name:   stated(cluster, "name"),
		Issuer: stated(cluster, "identity", "oidc", "issuer"),
	})
}
