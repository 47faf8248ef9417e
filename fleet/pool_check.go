package fleet

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

func (p Pool) check(known references, at place, problems *Problems) {
	problems.add(at.field("name"), p.Name.Check())
	problems.add(at.field("name"), checkFileName(p.Name))
	problems.add(at.field("cluster"), known.checkCluster(p.Cluster))
	p.checkAlsoIn(known, at.field("alsoIn"), problems)
	p.checkAlsoInGroups(at.field("alsoInGroups"), problems)
	if p.Stack != "" {
		problems.add(at.field("stack"), p.Stack.Check())
	}
	p.checkGitHub(at, problems)
	problems.add(at.field("namespace"), p.Namespace.Check())
	problems.add(at.field("namespace"), checkOwnNamespace(p.Namespace))
	problems.add(at.field("serviceAccount"), p.ServiceAccount.Check())
	problems.add(at.field("serviceAccount"), checkOwnServiceAccount(p.ServiceAccount))
	p.checkKind(at, problems)
	problems.add(at.field("way"), p.Way.Check())
	if p.ExistingAssociation && !p.UsesPodIdentity() {
		problems.add(at.field("existingAssociation"), errors.New("the pool has no association: it uses IRSA; leave it out, or want \"EKS Pod Identity\" as way"))
	}
	problems.add(at.field("rolePath"), p.RoleARN().Path.Check())
	problems.add(at.field("role"), p.Role.Check())
	p.checkRole(known, at, problems)
	problems.add(at.field("image"), p.checkImage())
	problems.add(at.field("image"), p.checkRunnerVersion())
	p.checkPod(at, problems)
	p.checkBuilder(at.field("builder"), problems)
	p.Workflow.check(p, at.field("workflow"), problems)
	p.checkWaivers(at.field("waivers"), problems)
}

// checkAlsoIn reports clusters that the pool's role cannot be for.
func (p Pool) checkAlsoIn(known references, at place, problems *Problems) {
	for i, cluster := range p.AlsoIn {
		at := at.index(i)
		problems.add(at, known.checkCluster(cluster))
		switch {
		case slices.ContainsFunc(p.Clusters()[:i+1], func(other Cluster) bool { return other.Name == cluster.Name }):
			problems.add(at, fmt.Errorf("cluster %q runs the pool already; leave it out", cluster.Name))
		case cluster.Account != p.Cluster.Account:
			problems.add(at, fmt.Errorf("cluster %q is in account %q, the pool's role in %q; declare a pool with a role there", cluster.Name, cluster.Account, p.Cluster.Account))
		case p.CreatesAssociation() && cluster.Region != p.Cluster.Region:
			problems.add(at, fmt.Errorf("cluster %q is in region %q, the stack with the pool's associations in %q; declare a pool with a stack there", cluster.Name, cluster.Region, p.Cluster.Region))
		}
	}
	if size := p.TrustPolicy().Size(); !p.ExistingRole && len(p.AlsoTrusts) == 0 && size > policy.MaxTrustSize {
		problems.add(at, fmt.Errorf("the role's trust policy would hold %d characters, limit %d (white space not counted); let the role be for fewer clusters", size, policy.MaxTrustSize))
	}
}

func (p Pool) checkPod(at place, problems *Problems) {
	p.Pod.check(at.field("pod"), problems)
	problems.add(at.field("pod").field("securityContext"), p.checkSecurityContext())
	problems.add(at.field("imagePullPolicy"), checkPullPolicy(p.ImagePullPolicy))
	p.Proxy.check(at.field("proxy"), problems)
	checkResources(p.Resources, at.field("resources"), problems)
	checkEnv(p.Env, p.Proxy, at.field("env"), problems)
	checkVolumes(p.Pod.Volumes, p.builtIn(), at.field("pod").field("volumes"), problems)
	checkMounts(p.VolumeMounts, p.Pod.Volumes, p.builtIn(), at.field("volumeMounts"), problems)
}

// checkAlsoInGroups reports a scale set that GitHub would take for the same in two clusters: its
// name is once in a runner group (GitHub Docs, "Using Actions Runner Controller runners in a
// workflow"), and the listener of one cluster alone gets its jobs.
func (p Pool) checkAlsoInGroups(at place, problems *Problems) {
	switch {
	case len(p.AlsoInGroups) == 0 && (p.ScaleSet == nil || len(p.AlsoIn) == 0):
	case p.Scope.SourceRepository != "":
		problems.add(at, errors.New("a source repository has no runner groups, and a scale set needs another in each cluster; want an organization or enterprise as scope, or one cluster"))
	case len(p.AlsoInGroups) != len(p.AlsoIn):
		problems.add(at, fmt.Errorf("want a runner group for each cluster of alsoIn, %d, got %d; GitHub knows one scale set of a name in a group", len(p.AlsoIn), len(p.AlsoInGroups)))
	default:
		p.checkGroups(at, problems)
	}
}

func (p Pool) checkGroups(at place, problems *Problems) {
	all := p.groups()
	for i, group := range p.AlsoInGroups {
		problems.add(at.index(i), group.Check())
		if p.ScaleSet != nil && slices.ContainsFunc(all[:i+1], group.Equal) {
			problems.add(at.index(i), fmt.Errorf("runner group %q is that of another cluster, and has a scale set %q already; want another", group, p.ScaleSet.Name))
		}
	}
}

func checkPullPolicy(policy corev1.PullPolicy) error {
	switch policy {
	case "", corev1.PullAlways, corev1.PullIfNotPresent, corev1.PullNever:
		return nil
	}
	return fmt.Errorf("pull policy %q: want %q, %q or %q", policy, corev1.PullAlways, corev1.PullIfNotPresent, corev1.PullNever)
}

func (p Pool) checkGitHub(at place, problems *Problems) {
	p.Scope.check(at.field("scope"), problems)
	if p.Group != "" {
		problems.add(at.field("group"), p.Group.Check())
		if p.Scope.SourceRepository != "" {
			problems.add(at.field("group"), fmt.Errorf("runner group %q: groups belong to organizations and enterprises; runners of a source repository ignore it", p.Group))
		}
	}
	p.checkExternalSecret(at.field("externalSecret"), problems)
	if p.ScaleSet == nil {
		if p.Scope.Host != "" {
			problems.add(at.field("scope").field("host"), fmt.Errorf("host %q: the controller of RunnerDeployments decides it, by GITHUB_ENTERPRISE_URL; leave it out", p.Scope.Host))
		}
		p.checkLabels(at, problems)
	}
}

func (p Pool) checkLabels(at place, problems *Problems) {
	if !slices.ContainsFunc(p.Labels, func(label identity.RunnerLabel) bool { return !label.Implied() }) {
		problems.add(at.field("labels"), errors.New(`want at least one label besides those that every runner has ("linux", "x64", ...), or other jobs could land here and this pool's elsewhere`))
	}
	for i, label := range p.Labels {
		at := at.field("labels").index(i)
		problems.add(at, label.Check())
		switch {
		case label.Equal(identity.RunnerLabelSelfHosted):
			problems.add(at, fmt.Errorf("runner label %q: GitHub gives it to every self-hosted runner; leave it out", label))
		case label.Hosted():
			problems.add(at, fmt.Errorf("runner label %q: GitHub's own runners have it, so jobs for those could land here; want one that no other runner has", label))
		case label.OtherSystem():
			problems.add(at, fmt.Errorf("runner label %q: self-hosted runners of that system have it, so jobs for those could land here, on Linux; leave it out", label))
		case slices.ContainsFunc(p.Labels[:i], label.Equal):
			problems.add(at, fmt.Errorf("runner label %q is listed twice", label))
		}
	}
}

// checkOwnNamespace refuses the namespaces that are not for a pool: anyone who may create
// Pods beside the runners can take their role.
func checkOwnNamespace(n identity.Namespace) error {
	if n == "default" || n == "actions-runner-system" || strings.HasPrefix(string(n), "kube-") {
		return fmt.Errorf("namespace %q is shared with others, who could take the pool's role; want a namespace for runners alone", n)
	}
	return nil
}

// checkOwnServiceAccount reports the one that every Pod of a namespace runs as that
// does not name another.
func checkOwnServiceAccount(s identity.ServiceAccount) error {
	if s == "default" {
		return fmt.Errorf("ServiceAccount %q is that of every Pod in the namespace that names none, which would take the pool's role; want one for runners alone", s)
	}
	return nil
}

func (p Pool) checkReplicas(at place, problems *Problems) {
	if p.Replicas < 0 || p.Replicas > maxReplicas {
		problems.add(at.field("replicas"), fmt.Errorf("%s: want 0 or more, up to %d", replicas(p.Replicas), maxReplicas))
	}
	if p.Autoscaling == nil {
		return
	}
	p.Autoscaling.check(at.field("autoscaling"), problems)
	if p.Replicas != 0 {
		problems.add(at.field("replicas"), fmt.Errorf("%s and autoscaling from %d to %d: choose one, they would undo each other",
			replicas(p.Replicas), p.Autoscaling.MinReplicas, p.Autoscaling.MaxReplicas))
	}
}
