package chain

import (
	"slices"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
)

// Where a Pod has its token for the Kubernetes API, and the variable by which a client reads
// another file (Kubernetes documentation, "Accessing the Kubernetes API from a Pod";
// @kubernetes/client-node, config.ts, loadFromDefault).
const (
	apiTokenFile  = "/var/run/secrets/kubernetes.io/serviceaccount/token"
	envKubeconfig = "KUBECONFIG"
)

// KeptFromAPI returns what keeps the runner from the Kubernetes API: the field by which it gets no
// token for it. Not there: nothing of the files does.
func (c *Chains) KeptFromAPI(r *Runner) facts.Text {
	token := r.APIToken
	if !token.There && r.SA != nil {
		token = r.SA.APIToken
	}
	main := &r.Containers[0]
	if !token.Is("false") || kubernetes.FileAt(c.PodOf(r), main, apiTokenFile).Mount != nil ||
		slices.ContainsFunc(main.Env, func(e facts.EnvVar) bool { return e.Name == envKubeconfig }) {
		return facts.Text{Place: token.Place}
	}
	return token
}
