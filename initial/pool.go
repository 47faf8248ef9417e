package initial

import (
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// makePool declares a runner as a pool.
func (a *declaration) makePool(r *runner) {
	p := &r.pool
	p.Cluster = r.cluster.Cluster
	p.Scope = scopeOf(r.Scope)
	p.Group = identity.RunnerGroup(r.Scope.Group.Value)
	p.Namespace = identity.Namespace(r.Namespace.Value)
	p.ServiceAccount = identity.ServiceAccount(r.jobs.ServiceAccount.Value)
	if p.ServiceAccount == "" || p.ServiceAccount == "default" {
		p.ServiceAccount = identity.ServiceAccount(p.Name)
		a.result.ask(Question{Place: r.Place, About: r.about(), Text: "its Pods have the ServiceAccount \"default\", which a pool cannot share; " + quoted(p.ServiceAccount) + " is declared", Next: "keep it, or name another"})
	}
	if r.jobs.SA != nil {
		p.Waivers.ServiceAccount = waiversIn(r.jobs.SA.Annotations)
	}
	a.addRole(r)
	a.addGrants(r)
	if r.object == nil {
		a.askObject(r)
		return
	}
	if r.ScaleSetSpec != nil {
		a.addScaleSet(r)
	} else {
		a.addRunnerDeployment(r)
	}
	a.addExternalSecret(r)
	a.addWorkflow(r)
}

// askObject asks for the object of a runner that is in a template or a plan, of which the facts
// alone are known.
func (a *declaration) askObject(r *runner) {
	for _, label := range r.RunnerLabels {
		r.pool.Labels = append(r.pool.Labels, identity.RunnerLabel(label.Value))
	}
	if r.pool.RunnerDeployment = identity.RunnerDeployment(r.Name.Value); r.ScaleSetSpec != nil {
		r.pool.RunnerDeployment, r.pool.Labels = "", nil
		r.pool.ScaleSet = &fleet.ScaleSet{Name: identity.ScaleSet(r.Name.Value), GitHubConfigSecret: r.ScaleSetSpec.Secret.Value, MaxRunners: 1}
	}
	if len(r.Containers) > 0 {
		r.pool.Image = fleet.RunnerImage(r.Containers[0].Image.Value)
	}
	a.result.ask(Question{Place: r.Place, About: r.about(), Text: "what its Pods have beside the image is not read from a file of this kind", Next: `add what "kubectl get ` + strings.ToLower(r.Kind) + `s -A -o yaml" prints, and run keyless init again`})
}
