package scene

import (
	"context"
	"fmt"
	"slices"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/account"
	"keyless-runners/rehearsal/cluster"
	"keyless-runners/rehearsal/rendered"
	"keyless-runners/rehearsal/stage"
)

// Others, who are around as they are in every account and cluster.
const (
	neighbourRole       identity.RoleName            = "neighbour"
	neighbourRepository identity.ImageRepositoryName = "neighbour"
	nodeRole                                         = account.Node
	intruder            identity.ServiceAccount      = "intruder"
	neighbour           identity.ServiceAccount      = "neighbour"
	elsewhere           identity.Namespace           = "elsewhere"
)

// target is the pool that others try to be, and the others.
type target struct {
	rendered.Pool
	cluster   *stage.Cluster
	container stage.Container
	// scaleSet says that its runners are those of a scale set.
	scaleSet bool
	// pushes is one of its image repositories.
	pushes identity.ImageRepository
	// stranger is another cluster, whose issuer the account knows.
	stranger *stage.Cluster
}

// refuse tries all that must be refused: each with a real token or credential.
func (r *Rehearsal) refuse(ctx context.Context) error {
	t, ok, err := r.target()
	if err != nil || !ok {
		return err
	}
	r.Story.Chapter(fmt.Sprintf("Others: who tries what pool %s may, and what pool %s may not", t.Name, t.Name))
	if err := r.Story.Step("a neighbouring pool, a node's role, another cluster and an intruder", func() (string, error) {
		return "they are here", r.surround(ctx, t)
	}); err != nil {
		return err
	}
	type group struct {
		name     string
		attempts []attempt
	}
	way := group{"tokens at STS", r.tokens(t)}
	if t.Associated {
		way = group{"Pods and tokens at the Pod Identity Agent", r.associations(t)}
	}
	for _, group := range []group{
		way,
		{"the pool's own role", r.permissions(t)},
		{"other credentials", r.credentials(t)},
		{"rights in the cluster", r.rights(t)},
	} {
		if err := r.Story.Step(group.name, func() (string, error) {
			return fmt.Sprintf("%d attempts, each ended as it has to", len(group.attempts)), r.try(ctx, group.attempts)
		}); err != nil {
			return err
		}
	}
	return nil
}

// target returns the first pool that pushed to an image repository of its own account.
func (r *Rehearsal) target() (*target, bool, error) {
	for _, c := range r.Fleet.Clusters {
		for _, pool := range c.Pools {
			container, pushed := r.containers[of(pool)]
			if !pushed {
				continue
			}
			role, err := r.role(pool)
			if err != nil {
				return nil, false, err
			}
			repositories := pushesTo(role)
			at := slices.IndexFunc(repositories, func(to identity.ImageRepository) bool { return to.Registry.Account == pool.Role.Account })
			if at < 0 {
				continue
			}
			return &target{
				Pool: pool, cluster: r.Clusters[c.Name], container: container, pushes: repositories[at],
				scaleSet: r.runners[of(pool)].OfScaleSet(),
			}, true, nil
		}
	}
	return nil, false, nil
}

// surround makes the others.
func (r *Rehearsal) surround(ctx context.Context, t *target) error {
	if err := r.surroundInCluster(ctx, t); err != nil {
		return err
	}
	own := r.Accounts[t.Role.Account]
	repository := t.neighbour()
	if err := own.AddImageRepository(ctx, repository); err != nil {
		return err
	}
	provider := identity.ProviderARN{Partition: t.Role.Partition, Account: t.Role.Account, Issuer: t.cluster.Issuer}
	trust := policy.Trust(provider, identity.Subject{Namespace: t.Subject.Namespace, ServiceAccount: neighbour})
	if err := own.AddRole(ctx, neighbourRole, trust, policy.Push([]identity.ImageRepository{repository})); err != nil {
		return err
	}
	if err := own.AddProvider(ctx, t.stranger.Issuer); err != nil {
		return err
	}
	if err := own.AddCluster(ctx, t.stranger.EKS); err != nil {
		return err
	}
	if err := r.Cloud.OpenRegistry(t.abroad()); err != nil {
		return err
	}
	return r.Refresh(ctx)
}

func (r *Rehearsal) surroundInCluster(ctx context.Context, t *target) (err error) {
	eks := t.cluster.EKS
	eks.Name = "stranger"
	if t.stranger, err = r.Beside(ctx, t.cluster, eks, another(t.cluster.Issuer, "01")); err != nil {
		return err
	}
	for _, made := range []struct {
		cluster *cluster.Cluster
		subject identity.Subject
	}{
		{t.cluster.Cluster, identity.Subject{Namespace: t.Subject.Namespace, ServiceAccount: intruder}},
		{t.cluster.Cluster, identity.Subject{Namespace: t.Subject.Namespace, ServiceAccount: neighbour}},
		{t.cluster.Cluster, identity.Subject{Namespace: elsewhere, ServiceAccount: t.Subject.ServiceAccount}},
		{t.stranger.Cluster, t.Subject},
	} {
		if err := appear(ctx, made.cluster, made.subject); err != nil {
			return err
		}
	}
	return nil
}

// another is an issuer that ends in the first of two digits, or in the second if the
// given one ends in the first.
func another(issuer identity.Issuer, digits string) identity.Issuer {
	last := len(issuer) - 1
	if issuer[last] == digits[0] {
		digits = digits[1:]
	}
	return issuer[:last] + identity.Issuer(digits[:1])
}

// appear makes a ServiceAccount, and its namespace if it is not there.
func appear(ctx context.Context, c *cluster.Cluster, subject identity.Subject) error {
	namespace := &core.Namespace{ObjectMeta: meta.ObjectMeta{Name: string(subject.Namespace)}}
	if _, err := c.Client.CoreV1().Namespaces().Get(ctx, namespace.Name, meta.GetOptions{}); err != nil {
		if _, err := c.Client.CoreV1().Namespaces().Create(ctx, namespace, meta.CreateOptions{}); err != nil {
			return err
		}
	}
	account := &core.ServiceAccount{ObjectMeta: meta.ObjectMeta{Name: string(subject.ServiceAccount)}}
	_, err := c.Client.CoreV1().ServiceAccounts(namespace.Name).Create(ctx, account, meta.CreateOptions{})
	return err
}

// neighbour is the image repository of another pool.
func (t *target) neighbour() identity.ImageRepository {
	return identity.ImageRepository{Registry: t.pushes.Registry, Name: neighbourRepository}
}

// abroad is the registry of another account.
func (t *target) abroad() identity.Registry {
	return identity.Registry{Account: otherAccount, Region: t.pushes.Registry.Region}
}
