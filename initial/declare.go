package initial

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/source"
)

// Result is a fleet that was found.
type Result struct {
	Fleet fleet.Fleet
	// Questions are left to a person: those about the whole first, the others in
	// the order of the fleet.
	Questions []Question
}

// ErrNoRunner means that nothing among the files would be a pool.
var ErrNoRunner = errors.New("no RunnerDeployment and no AutoscalingRunnerSet is among the files, so there is no pool; want for example what \"kubectl get runnerdeployments -A -o yaml\" prints")

// Declare makes a fleet of the runners that were found, with the clusters, roles and image
// repositories that they have. It returns ErrNoRunner if there is none.
func (f Found) Declare() (Result, error) {
	a := &declaration{Found: f, foldersOf: map[identity.ClusterName]string{}}
	a.findRunners()
	if len(a.runners) == 0 {
		return Result{}, ErrNoRunner
	}
	a.findClusters()
	a.dropGuesses()
	a.nameApart()
	a.findRepositories()
	for _, r := range a.runners {
		a.makePool(r)
	}
	a.join()
	a.share()
	a.findTags()
	a.settle()
	a.findNamespaces()
	a.findDeployments()
	a.fleet()
	a.askFindings()
	a.askProblems()
	a.result.sortQuestions()
	return a.result, nil
}

// declaration is a fleet while it is made.
type declaration struct {
	Found
	result       Result
	runners      []*runner
	clusters     []*foundCluster
	repositories []fleet.ImageRepository
	caches       []fleet.PullThroughCache
	settings     []fleet.NamespaceSettings
	deployments  []fleet.Deployment
	tags         map[string]string
	// foldersOf are the folders of the clusters' manifests.
	foldersOf map[identity.ClusterName]string
}

// runner is a runner that becomes a pool.
type runner struct {
	*chain.Runner
	// jobs is where jobs run, and so what has the role: the runner itself, or the Pods that it
	// makes for them.
	jobs *chain.Runner
	// object is the Kubernetes object as it is written; nil if no file has it as one.
	object  *source.Node
	cluster *foundCluster
	// also are further clusters that run the pool.
	also []*foundCluster
	// groups are the runner groups that it joins in each cluster.
	groups map[*foundCluster]identity.RunnerGroup
	role   runnerRole
	pool   fleet.Pool
}

// about names the runner's pool in questions.
func (r *runner) about() string { return aboutPool(r.pool) }

// poolKinds are the kinds of which a fleet has pools.
var poolKinds = []string{"RunnerDeployment", "AutoscalingRunnerSet"}

// findRunners finds those that become pools. What a controller made of them does not.
func (a *declaration) findRunners() {
	for _, found := range a.chains.Runners {
		if found.StartedBy != nil {
			continue
		}
		object := a.objectAt(found)
		switch {
		case slices.Contains(poolKinds, found.Kind):
			r := &runner{Runner: found, jobs: found, object: object}
			if found.JobPod != nil {
				r.jobs = found.JobPod
			}
			r.role = a.roleOf(r.jobs)
			r.pool.Name = a.poolName(r)
			a.runners = append(a.runners, r)
		case found.IsRunner() && !object.Get("metadata").Has("ownerReferences"):
			a.result.ask(Question{Place: found.Place, Text: found.Quoted() + " is of a kind that a fleet does not have", Next: "make it a RunnerDeployment or an AutoscalingRunnerSet, or keep it where it is"})
		}
	}
}

// objectAt is the object of a runner as it is written; nil if it is made of something else.
func (a *declaration) objectAt(r *chain.Runner) *source.Node {
	at := r.Place.Of("") // Terraform's JSON has the object as it is
	if object := a.objects[at]; object.Word("kind") == r.Kind {
		return object
	}
	return nil
}

// poolName is the name that this project's label has, or else the object's, which may have dots.
func (a *declaration) poolName(r *runner) identity.PoolName {
	if labels := r.object.Get("metadata", "labels"); labels.Word("app.kubernetes.io/managed-by") == fleet.ManagedBy {
		return identity.PoolName(labels.Word(identity.InstanceLabel))
	}
	return identity.PoolName(strings.ReplaceAll(r.Name.Value, ".", "-"))
}

// nameApart gives pools that share a name separate ones, by their namespaces, or their clusters too.
func (a *declaration) nameApart() {
	for n, r := range a.runners {
		clashes := func(other *runner) bool {
			return other.pool.Name == r.pool.Name && !r.isAgain(other) && !r.isElsewhere(other)
		}
		if slices.ContainsFunc(a.runners[:n], clashes) {
			r.pool.Name = identity.PoolName(r.Namespace.Value) + "-" + r.pool.Name
		}
		if slices.ContainsFunc(a.runners[:n], clashes) {
			r.pool.Name = identity.PoolName(r.cluster.Name) + "-" + r.pool.Name
		}
	}
}

// join makes one pool of runners that several clusters have under the same names and with the
// same role.
func (a *declaration) join() {
	var pools []*runner
	for _, r := range a.runners {
		if slices.ContainsFunc(pools, r.isAgain) {
			a.askAgain(r)
			continue
		}
		if n := slices.IndexFunc(pools, r.isElsewhere); n >= 0 {
			pools[n].also = append(pools[n].also, r.cluster)
			pools[n].groups[r.cluster] = r.pool.Group
			pools[n].orderClusters()
			continue
		}
		a.askShared(pools, r)
		r.groups = map[*foundCluster]identity.RunnerGroup{r.cluster: r.pool.Group}
		pools = append(pools, r)
	}
	a.runners = pools
}

// isAgain reports whether the other is the same object, which two files have.
func (r *runner) isAgain(other *runner) bool {
	return (r.cluster == other.cluster || slices.Contains(other.also, r.cluster)) && r.isAlike(other)
}

// isElsewhere reports whether the other is the same pool, in another cluster.
func (r *runner) isElsewhere(other *runner) bool {
	return r.cluster != other.cluster && r.isAlike(other) &&
		r.role.named() && r.role.arn == other.role.arn && r.jobs.ServiceAccount.Value == other.jobs.ServiceAccount.Value
}

// isAlike reports whether the other is of the same kind and name.
func (r *runner) isAlike(other *runner) bool {
	return r.Kind == other.Kind && r.Namespace.Value == other.Namespace.Value && r.Name.Value == other.Name.Value
}

// askAgain asks about an object that another file has otherwise.
func (a *declaration) askAgain(r *runner) {
	var hashes []string
	for _, object := range a.facts().Objects {
		if object.Kind == r.Kind && object.Namespace.Same(r.Namespace) && object.Name.Same(r.Name) {
			hashes = append(hashes, object.Hash)
		}
	}
	if slices.Sort(hashes); len(slices.Compact(hashes)) > 1 {
		a.result.ask(Question{Place: r.Place, About: r.about(), Text: "another file has " + r.Quoted() + " otherwise, and comes first; that one is declared", Next: "name the files of what is deployed alone"})
	}
}

// askShared asks about a ServiceAccount that an earlier runner has too.
func (a *declaration) askShared(earlier []*runner, r *runner) {
	for _, other := range earlier {
		if other.cluster == r.cluster && other.pool.Subject() == r.pool.Subject() {
			a.result.ask(Question{Place: r.Place, About: r.about(), field: "serviceAccount", Text: fmt.Sprintf("ServiceAccount %q is that of %s too, and a pool has its own", r.pool.ServiceAccount, other.about()), Next: fmt.Sprintf("name another, and let role %q trust it", r.pool.Role)})
			return
		}
	}
}

// fleet puts together what was found.
func (a *declaration) fleet() {
	f := &a.result.Fleet
	for _, c := range a.clusters {
		f.Clusters = append(f.Clusters, c.Cluster)
	}
	f.ImageRepositories, f.PullThroughCaches, f.NamespaceSettings = a.repositories, a.caches, a.settings
	f.Deployments, f.Tags = a.deployments, a.tags
	for _, r := range a.runners {
		f.Pools = append(f.Pools, r.pool)
	}
}

// askProblems asks what the fleet's own check finds, at the pool, cluster or image repository.
func (a *declaration) askProblems() {
	var problems fleet.Problems
	if !errors.As(a.result.Fleet.Check(), &problems) {
		return
	}
	for _, problem := range problems {
		for _, place := range problem.Places {
			about, field := a.result.within(place)
			if !a.result.asked(about, field) {
				a.result.ask(Question{About: about, field: field, Text: field + ": " + problem.Err.Error(), Next: "correct it, or make synth refuses the fleet"})
			}
		}
	}
}

// orderClusters puts the clusters of a pool in the order in which its role trusts them, which is
// that of the declaration.
func (r *runner) orderClusters() {
	trusted := trusting(r)
	all := append([]*foundCluster{r.cluster}, r.also...)
	slices.SortStableFunc(all, func(a, b *foundCluster) int {
		return cmp.Compare(slices.IndexFunc(trusted, a.is), slices.IndexFunc(trusted, b.is))
	})
	r.cluster, r.also = all[0], all[1:]
}
