package scene

import (
	"context"
	"fmt"
	"strings"

	"keyless-runners/rehearsal/rendered"
	"keyless-runners/rehearsal/stage"
)

// starting is a cluster that starts while something else is told.
type starting struct {
	cluster *stage.Cluster
	err     error
}

// raiseClusters starts every cluster. Its outcome waits in a channel until the story
// comes to it.
func (r *Rehearsal) raiseClusters(ctx context.Context) {
	r.clusters = map[string]chan starting{}
	for _, c := range r.Fleet.Clusters {
		done := make(chan starting, 1)
		r.clusters[c.Name] = done
		go func() {
			cluster, err := r.StartCluster(ctx, c.Name, c.Issuer)
			done <- starting{cluster, err}
		}()
	}
}

// lower stops the clusters that the story did not come to.
func (r *Rehearsal) lower() {
	for name, waiting := range r.clusters {
		if r.Clusters[name] != nil {
			continue
		}
		if started := <-waiting; started.cluster != nil {
			started.cluster.Stop()
		}
	}
}

// apply brings what is in manifests/ to the clusters, and waits for the runners.
func (r *Rehearsal) apply(ctx context.Context) error {
	for _, c := range r.Fleet.Clusters {
		r.Story.Chapter("Kubernetes: cluster " + c.Name)
		if err := r.Story.Step("etcd, kube-apiserver, actions-runner-controller", func() (string, error) {
			started := <-r.clusters[c.Name]
			if started.err != nil {
				r.clusters[c.Name] <- starting{} // so that nobody waits for it again
				return "", started.err
			}
			r.Add(c.Name, started.cluster)
			return "up, issuer " + string(c.Issuer), nil
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
		return fmt.Sprintf("%d objects, as strict validation and the controller's webhooks want them", len(lines)), err
	}); err != nil {
		return err
	}
	if err := r.Story.Step("the controller", func() (string, error) {
		runners, err := cluster.Runners(ctx)
		var made []string
		for subject, runner := range runners {
			r.runners[subject] = runner
			made = append(made, runner.Pod.Name)
		}
		return "made Pod " + strings.Join(made, ", "), err
	}); err != nil {
		return err
	}
	return r.Story.Step(command+", again", func() (string, error) { return "nothing changed", cluster.ApplyAgain(ctx, c.Folder) })
}
