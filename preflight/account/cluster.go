package account

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

func readCluster(all *facts.Facts, root *source.Node) {
	cluster := root.Get("cluster")
	all.Clusters = append(all.Clusters, facts.Cluster{
		Place:  cluster.Place,
		Name:   stated(cluster, "name"),
		Issuer: stated(cluster, "identity", "oidc", "issuer"),
		ARN:    facts.TextOf(cluster.Get("arn"), cluster.Place),
	})
}
