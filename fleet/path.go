package fleet

import (
	"fmt"
	"strings"

	"keyless-runners/identity"
)

// Mark is the sentence by which a file below dist/ is known to be rendered, where path
// is the file's own path there. A copy under another name, which may be someone's own
// file, does not have the mark of its path.
func Mark(path string) string {
	return "Rendered by " + ManagedBy + " to dist/" + path + ". Change the fleet, not this file."
}

// Paths are below dist/, with slashes.

// TemplatePath is where the stack's template is.
func (s Stack) TemplatePath() string {
	return "infra/" + string(s.Name) + ".template.json"
}

// ManifestPath is where the pool's Kubernetes objects are.
func (p Pool) ManifestPath() string {
	return ManifestFolder(p.Cluster.Name) + string(p.Name) + ".k8s.yaml"
}

// WorkflowPath is where the pool's workflow is.
func (p Pool) WorkflowPath() string {
	return "workflows/push-" + string(p.Name) + ".yaml"
}

// DeployWorkflowPath is where the workflow is that deploys, and DiffWorkflowPath where the one
// is that shows in pull requests what deploying would change.
func (d Deployment) DeployWorkflowPath() string {
	return "workflows/deploy-" + string(d.Stack) + ".yaml"
}

// DiffWorkflowPath is beside DeployWorkflowPath.
func (d Deployment) DiffWorkflowPath() string {
	return "workflows/diff-" + string(d.Stack) + ".yaml"
}

// ManifestPath is where the Namespace object is. "kubectl apply -f" reads a folder in
// the order of names, and the object has to be there before those in the namespace.
func (n Namespace) ManifestPath() string {
	return ManifestFolder(n.Cluster) + namespaceFile + string(n.Name) + ".k8s.yaml"
}

// namespaceFile begins the names of the files of namespaces, and of no pool.
const namespaceFile = "00-"

// checkFileName reports a pool whose file would be taken for a namespace's.
func checkFileName(n identity.PoolName) error {
	if strings.HasPrefix(string(n), namespaceFile) {
		return fmt.Errorf("pool name %q: names of files that begin with %q are those of namespaces; want another beginning", n, namespaceFile)
	}
	return nil
}

// ManifestFolder is where all that is applied to a cluster is.
func ManifestFolder(cluster identity.ClusterName) string {
	return "manifests/" + string(cluster) + "/"
}

// ActionlintPath is where the configuration of actionlint is: beside the workflows, in
// the folder that it has in a source repository.
const ActionlintPath = "workflows/.github/actionlint.yaml"
