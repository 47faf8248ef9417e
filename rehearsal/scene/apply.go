package scene

import (
	"context"
	"fmt"
	"strings"
	"time"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/rendered"
	"keyless-runners/rehearsal/stage"
)

// starting is a cluster that starts while something else is told.
type starting struct {
	// done is closed when the others are set.
	done    chan struct{}
	cluster *stage.Cluster
	took    time.Duration
	err     error
}

// raiseClusters starts every cluster of the fleet.
func (r *Rehearsal) raiseClusters(ctx context.Context) {
	r.clusters = map[string]*starting{}
	for _, c := range r.Fleet.Clusters {
		s := &starting{done: make(chan struct{})}
		r.clusters[c.Name] = s
		began := time.Now()
		go func() {
			defer close(s.done)
			s.cluster, s.err = r.raise(ctx, c)
			s.took = time.Since(began)
		}()
	}
}

// raise starts a cluster with the controllers that its manifests need.
func (r *Rehearsal) raise(ctx context.Context, c rendered.Cluster) (*stage.Cluster, error) {
	started, err := r.StartCluster(ctx, c.Name, c.EKS, c.Issuer)
	if err != nil || c.ScaleSets == (identity.Subject{}) {
		return started, err
	}
	if err := started.StartScaleSets(ctx, c.ScaleSets); err != nil {
		started.Stop()
		return nil, err
	}
	return started, nil
}

// lower stops the clusters that the story did not come to.
func (r *Rehearsal) lower() {
	for name, s := range r.clusters {
		<-s.done
		if s.cluster != nil && r.Clusters[name] == nil {
			s.cluster.Stop()
		}
	}
}

// apply brings what is in manifests/ to the clusters, and waits for the runners.
func (r *Rehearsal) apply(ctx context.Context) error {
	for _, c := range r.Fleet.Clusters {
		r.Story.Chapter("Kubernetes: cluster " + c.Name)
		if err := r.Story.Step("etcd, kube-apiserver, actions-runner-controller, pod identity webhook and agent", func() (string, error) {
			s := r.clusters[c.Name]
			<-s.done
			if s.err != nil {
				return "", s.err
			}
			r.Add(c.Name, s.cluster)
			return fmt.Sprintf("started in %.1f s, issuer %s", s.took.Seconds(), c.Issuer), nil
		}); err != nil {
			return err
		}
		if err := r.applyTo(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

func (r *Rehearsal) applyTo(ctx context.Context, c rendered.Cluster) error {
	cluster := r.Clusters[c.Name]
	command := "kubectl apply --server-side -f " + c.Folder
	if err := r.Story.Step(command, func() (string, error) {
		lines, err := cluster.Apply(ctx, c.Folder)
		return fmt.Sprintf("%d objects, which strict validation and the controller's webhooks take", len(lines)), err
	}); err != nil {
		return err
	}
	if err := r.Story.Step("the controller", func() (string, error) {
		runners, err := cluster.Runners(ctx)
		var made []string
		for _, pool := range c.Pools {
			if runner, ok := runners[pool.Runner]; ok {
				r.runners[of(pool)] = runner
				made = append(made, runner.Pod.Name)
			}
		}
		return "made Pod " + strings.Join(made, ", "), err
	}); err != nil {
		return err
	}
	return r.Story.Step(command+", again", func() (string, error) { return "nothing changed", cluster.ApplyAgain(ctx, c.Folder) })
}
