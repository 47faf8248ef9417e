package adopt

import (
	"errors"
	"fmt"
	"slices"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/source"
)

// Result is a fleet that was found.
type Result struct {
	Fleet fleet.Fleet
	// Questions are what only a person can decide: those about the whole first, the others in
	// the order of the fleet.
	Questions []Question
}

// ErrNoRunner means that nothing among the files would be a pool.
var ErrNoRunner = errors.New("no RunnerDeployment and no AutoscalingRunnerSet is among the files, so there is no pool; want for example what \"kubectl get runnerdeployments -A -o yaml\" prints")

// Adopt makes a fleet of the runners that were found, with the clusters, roles and image
// repositories that they have. It returns ErrNoRunner if there is none.
func (f Found) Adopt() (Result, error) {
	a := &adoption{Found: f, foldersOf: map[identity.ClusterName]string{}}
	a.findRunners()
	if len(a.runners) == 0 {
		return Result{}, ErrNoRunner
	}
	a.findClusters()
	a.findRepositories()
	for _, r := range a.runners {
		a.makePool(r)
	}
	a.join()
	a.share()
	a.findTags()
	a.settle()
	a.findNamespaces()
	a.fleet()
	a.askFindings()
	a.askProblems()
	a.result.sortQuestions()
	return a.result, nil
}

// adoption is a fleet while it is made.
type adoption struct {
	Found
	result       Result
	runners      []*runner
	clusters     []*cluster
	repositories []fleet.ImageRepository
	settings     []fleet.NamespaceSettings
	tags         map[string]string
	// foldersOf are the folders of the clusters' manifests.
	foldersOf map[identity.ClusterName]string
}

// runner is a runner that becomes a pool.
type runner struct {
	*chain.Runner
	// object is the Kubernetes object as it is written; nil if no file has it as one.
	object  *source.Node
	cluster *cluster
	// also are further clusters that run the pool.
	also []*cluster
	role role
	pool fleet.Pool
}

// about names the runner's pool in questions.
func (r *runner) about() string { return aboutPool(r.pool) }

// adoptable are the kinds of which a fleet has pools.
var adoptable = []string{"RunnerDeployment", "AutoscalingRunnerSet"}

// findRunners finds those that become pools. What a controller made of them does not.
func (a *adoption) findRunners() {
	for _, found := range a.chains.Runners {
		if found.StartedBy != nil {
			continue
		}
		object := a.objects[found.Place]
		switch {
		case slices.Contains(adoptable, found.Kind):
			r := &runner{Runner: found, object: object, role: a.roleOf(found)}
			r.pool.Name = a.poolName(r)
			a.runners = append(a.runners, r)
		case found.IsRunner() && !object.Get("metadata").Has("ownerReferences"):
			a.result.ask(Question{Place: found.Place, Text: found.Quoted() + " is of a kind that a fleet does not have", Next: "make it a RunnerDeployment or an AutoscalingRunnerSet, or keep it where it is"})
		}
	}
}

// poolName is the name that this project's label has, or else the object's.
func (a *adoption) poolName(r *runner) identity.PoolName {
	if labels := r.object.Get("metadata", "labels"); labels.Word("app.kubernetes.io/managed-by") == fleet.ManagedBy {
		return identity.PoolName(labels.Word(identity.InstanceLabel))
	}
	return identity.PoolName(r.Name.Value)
}

// join makes one pool of runners that several clusters have under the same names and with the
// same role, and gives other pools of one name names of their own.
func (a *adoption) join() {
	var pools []*runner
	for _, r := range a.runners {
		if slices.ContainsFunc(pools, r.isAgain) {
			continue
		}
		if owner := sameElsewhere(pools, r); owner != nil {
			owner.also = append(owner.also, r.cluster)
			owner.orderClusters()
			continue
		}
		pools = append(pools, r)
	}
	for n, r := range pools {
		named := func(other *runner) bool { return other.pool.Name == r.pool.Name }
		if slices.ContainsFunc(pools[:n], named) {
			r.pool.Name = identity.PoolName(fmt.Sprintf("%s-%s", r.pool.Namespace, r.pool.Name))
		}
		if slices.ContainsFunc(pools[:n], named) {
			r.pool.Name = identity.PoolName(fmt.Sprintf("%s-%s", r.pool.Cluster.Name, r.pool.Name))
		}
	}
	a.runners = pools
}

// isAgain reports whether the other is the same object, which two files have.
func (r *runner) isAgain(other *runner) bool {
	return r.cluster == other.cluster && r.Kind == other.Kind && r.pool.Namespace == other.pool.Namespace && r.Name.Is(other.Name.Value)
}

// sameElsewhere is the runner of another cluster whose pool this one is too, nil if there is none.
func sameElsewhere(pools []*runner, r *runner) *runner {
	for _, owner := range pools {
		p, other := owner.pool, r.pool
		apart := p.Cluster.Name != other.Cluster.Name && p.Cluster.Account == other.Cluster.Account
		if apart && p.Name == other.Name && p.Subject() == other.Subject() && p.RoleARN() == other.RoleARN() && p.RunnerDeployment == other.RunnerDeployment {
			return owner
		}
	}
	return nil
}

// fleet puts together what was found.
func (a *adoption) fleet() {
	f := &a.result.Fleet
	for _, c := range a.clusters {
		f.Clusters = append(f.Clusters, c.Cluster)
	}
	f.ImageRepositories, f.NamespaceSettings, f.Tags = a.repositories, a.settings, a.tags
	for _, r := range a.runners {
		f.Pools = append(f.Pools, r.pool)
	}
}

// askProblems asks what the fleet's own check finds, at the pool, cluster or image repository.
func (a *adoption) askProblems() {
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
