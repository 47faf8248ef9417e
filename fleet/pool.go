package fleet

import (
	"cmp"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

// Pool is a set of like runners: one RunnerDeployment, with one ServiceAccount
// and one role of its own.
type Pool struct {
	// Name tells pools of a fleet apart. The ids of the pool's resources in
	// CloudFormation are derived from it, so a new name means new resources; IAM
	// takes them only with a new Role and Policy, while the old ones are there.
	Name identity.PoolName
	// Cluster runs the pool.
	Cluster Cluster
	// Stack holds the pool's role and policy. Zero: the cluster's stack.
	Stack identity.StackName

	// Scope is whose jobs the pool runs.
	Scope Scope
	// Group is the runner group that the runners join. Zero: the default group.
	// Only organizations and enterprises have groups.
	Group identity.RunnerGroup
	// Labels are what jobs choose the pool by; GitHub adds "self-hosted". At
	// least one.
	Labels []identity.RunnerLabel

	Namespace        identity.Namespace
	ServiceAccount   identity.ServiceAccount
	RunnerDeployment identity.RunnerDeployment

	// Way is how the runners' Pods get the role. Zero: WayIRSA.
	Way Way
	// RolePath is the path of the role, part of its ARN. Zero: "/".
	RolePath identity.RolePath
	Role     identity.RoleName
	Policy   identity.PolicyName
	// PushesTo are the image repositories that the role may push to: at least
	// one, all of one registry, in the account of the cluster.
	PushesTo []ImageRepository

	// Replicas is how many runners wait for jobs, up to 10,000. Zero: none.
	Replicas int
	// Autoscaling sets the number of runners by load. Zero: Replicas does.
	Autoscaling *Autoscaling
	// Image is the runner's container image.
	Image RunnerImage
	// ContainerMode is where jobs build. Zero: ContainerModeDocker.
	ContainerMode ContainerMode
	// Resources are the runner container's. Zero: what the namespace defaults to.
	Resources Resources
	// DockerResources are those of the Docker sidecar, in which images are
	// built. Zero: what the namespace defaults to.
	DockerResources Resources
	// Env is set on the runner container, besides what the pool always sets.
	Env []EnvVar
}

// RoleARN identifies the role that the pool's runners take.
func (p Pool) RoleARN() identity.RoleARN {
	return identity.RoleARN{
		Partition: p.Cluster.Region.Partition(),
		Account:   p.Cluster.Account,
		Path:      cmp.Or(p.RolePath, "/"),
		Name:      p.Role,
	}
}

// Subject is who the tokens of the pool's runners speak for.
func (p Pool) Subject() identity.Subject {
	return identity.Subject{Namespace: p.Namespace, ServiceAccount: p.ServiceAccount}
}

// TrustPolicy says who may take the pool's role: a statement for each way.
func (p Pool) TrustPolicy() policy.Document {
	var ways []policy.Document
	if p.UsesIRSA() {
		ways = append(ways, policy.Trust(p.Cluster.ProviderARN(), p.Subject()))
	}
	if p.UsesPodIdentity() {
		ways = append(ways, policy.TrustPodIdentity(p.Cluster.ARN(), p.Subject()))
	}
	return policy.Join(ways...)
}

// PushPolicy says what the pool's role may do.
func (p Pool) PushPolicy() policy.Document {
	repositories := make([]identity.ImageRepository, len(p.PushesTo))
	for i, repository := range p.PushesTo {
		repositories[i] = repository.ID()
	}
	return policy.Push(repositories)
}

// StackName is the stack that holds the pool's role and policy.
func (p Pool) StackName() identity.StackName {
	return cmp.Or(p.Stack, p.Cluster.Stack)
}

// Registry is the registry of all that the pool pushes to.
func (p Pool) Registry() identity.Registry {
	return p.PushesTo[0].ID().Registry
}
