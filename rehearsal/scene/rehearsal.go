// Package scene is the rehearsal as it is told: rendered files are deployed and
// applied, runners push with what they are given, others try what they must not, and
// things go wrong that do go wrong. Each scene is a file.
package scene

import (
	"context"
	"fmt"
	"path/filepath"

	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/rendered"
	"keyless-runners/rehearsal/stage"
	"keyless-runners/rehearsal/story"
)

// Rehearsal is one run.
type Rehearsal struct {
	*stage.Stage
	Story *story.Story
	// Top is the top of the repository.
	Top string
	// Fleet is the rendered fleet.
	Fleet rendered.Fleet
	// Declared says that it is what the fleet at Top declares, so that the CDK deploys it.
	Declared bool

	clusters map[string]*starting
	// runners are the pools' Pods; containers are the runners' own, of pools that pushed.
	runners    map[place]stage.Runner
	containers map[place]stage.Container
	rows       []row
}

// place is a pool in one of its clusters.
type place struct{ cluster, pool string }

func of(pool rendered.Pool) place { return place{pool.Cluster, pool.Name} }

// introduction says what a rehearsal is made of.
const introduction = `Rehearsal of %s: it is deployed, applied and used on this machine, which nothing leaves.
  real      etcd, kube-apiserver, kubectl, actions-runner-controller; the CDK, the AWS SDK, an OCI registry
  emulated  the AWS accounts, by moto: what is deployed is read back from them
  played    GitHub, kubelet, EKS' webhook and agent; STS, EKS Auth and ECR, which decide by what was read back, as IAM does`

// Run plays every scene, up to the first that fails.
func (r *Rehearsal) Run(ctx context.Context) error {
	r.Story.Chapter(fmt.Sprintf(introduction, r.Fleet.Folder))
	r.runners = map[place]stage.Runner{}
	r.containers = map[place]stage.Container{}
	r.raiseClusters(ctx)
	defer r.lower()
	for _, scene := range []func(context.Context) error{
		r.deploy,
		r.apply,
		r.push,
		r.refuse,
		r.need,
		r.fail,
		r.conclude,
	} {
		if err := scene(ctx); err != nil {
			return err
		}
	}
	return nil
}

// pools calls do for each pool of the fleet.
func (r *Rehearsal) pools(do func(rendered.Pool) error) error {
	for _, cluster := range r.Fleet.Clusters {
		for _, pool := range cluster.Pools {
			if err := do(pool); err != nil {
				return fmt.Errorf("pool %s: %w", pool.Name, err)
			}
		}
	}
	return nil
}

// role is a pool's role as it is deployed.
func (r *Rehearsal) role(pool rendered.Pool) (*deployed.Role, error) {
	role := r.Cloud.State.Account(pool.Role.Account).Role(pool.Role.String())
	if role == nil {
		return nil, fmt.Errorf("role %s was not deployed", pool.Role)
	}
	return role, nil
}

// folder is a new folder of the run.
func (r *Rehearsal) folder(parts ...string) string {
	return filepath.Join(append([]string{r.Folder}, parts...)...)
}
