package render

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// Where dist/ has what is rendered of a stack and of a pool.

func templatePath(stack identity.StackName) string {
	return "infra/" + string(stack) + kinds["infra"]
}

func manifestPath(pool fleet.Pool) string {
	return "manifests/" + string(pool.Cluster.Name) + "/" + string(pool.Name) + kinds["manifests"]
}

func workflowPath(pool fleet.Pool) string {
	return "workflows/push-" + string(pool.Name) + kinds["workflows"]
}
