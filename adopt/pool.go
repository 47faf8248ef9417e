package adopt

import (
	"net/url"
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// makePool declares a runner as a pool.
func (a *adoption) makePool(r *runner) {
	p := &r.pool
	p.Cluster = r.cluster.Cluster
	p.Scope = scopeOf(r.Scope)
	p.Group = identity.RunnerGroup(r.Scope.Group.Value)
	p.Namespace = identity.Namespace(r.Namespace.Value)
	p.ServiceAccount = identity.ServiceAccount(r.ServiceAccount.Value)
	if p.ServiceAccount == "" || p.ServiceAccount == "default" {
		p.ServiceAccount = identity.ServiceAccount(p.Name)
		a.result.ask(Question{Place: r.Place, About: r.about(), Text: "its Pods have the ServiceAccount \"default\", which a pool cannot share; " + quoted(p.ServiceAccount) + " is declared", Next: "keep it, or name another"})
	}
	if r.SA != nil {
		p.Waivers.ServiceAccount = waiversIn(r.SA.Annotations)
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
func (a *adoption) askObject(r *runner) {
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

// scopeOf is whose jobs a runner takes, as it names them.
func scopeOf(s facts.Scope) fleet.Scope {
	if s.URL.Known() {
		return scopeAt(s.URL.Value)
	}
	return fleet.Scope{
		SourceRepository: identity.SourceRepository(s.SourceRepository.Value),
		Organization:     identity.Organization(s.Organization.Value),
		Enterprise:       identity.Enterprise(s.Enterprise.Value),
	}
}

// scopeAt reads a githubConfigUrl as the controller does (actions-runner-controller,
// github/actions/config.go, ParseGitHubConfigFromURL).
func scopeAt(address string) fleet.Scope {
	parsed, err := url.Parse(strings.Trim(address, "/"))
	if err != nil {
		return fleet.Scope{}
	}
	scope := fleet.Scope{Host: strings.TrimPrefix(parsed.Host, "www.")}
	if scope.Host == "github.com" {
		scope.Host = ""
	}
	switch parts := strings.Split(strings.Trim(parsed.Path, "/"), "/"); {
	case len(parts) == 1:
		scope.Organization = identity.Organization(parts[0])
	case len(parts) == 2 && strings.EqualFold(parts[0], "enterprises"):
		scope.Enterprise = identity.Enterprise(parts[1])
	case len(parts) == 2:
		scope.SourceRepository = identity.SourceRepository(strings.Join(parts, "/"))
	}
	return scope
}

// waiversIn are the findings that annotations waive.
func waiversIn(annotations []facts.Annotation) map[string]string {
	reasons := map[string]string{}
	for _, annotation := range annotations {
		if id, is := strings.CutPrefix(annotation.Key, fleet.ManagedBy+"/waive."); is {
			reasons[id] = annotation.Value.Value
		}
	}
	return orNil(reasons)
}

// runnerWaivers are those of the object that makes the runners, but for the one that every pool
// with a BuildKit sidecar has.
func runnerWaivers(object *source.Node, builder fleet.Builder) map[string]string {
	reasons := map[string]string{}
	for _, annotation := range object.Get("metadata", "annotations").Entries() {
		if id, is := strings.CutPrefix(annotation.Name, fleet.ManagedBy+"/waive."); is {
			reasons[id] = annotation.Value.Text
		}
	}
	if strings.HasPrefix(reasons["KR080"], "BuildKit could not give files of images their owners;") && builder.RootlessBuildKit != nil {
		delete(reasons, "KR080")
	}
	return orNil(reasons)
}
