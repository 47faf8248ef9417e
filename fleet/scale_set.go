package fleet

import (
	"errors"
	"fmt"
	"regexp"
	"slices"

	corev1 "k8s.io/api/core/v1"

	"keyless-runners/identity"
)

// ScaleSet makes of a pool a runner scale set: an AutoscalingRunnerSet of GitHub's own
// controller, which makes as many runners as there are jobs.
type ScaleSet struct {
	// Name is the AutoscalingRunnerSet's, and what jobs choose the pool by: "runs-on: NAME".
	Name identity.ScaleSet
	// MinRunners is how many runners wait for jobs. Zero: none.
	MinRunners int
	// MaxRunners is the largest number of runners, at least 1 and at most 10,000.
	MaxRunners int
	// GitHubConfigSecret is the name of the Secret in the pool's namespace by which the
	// controller signs in to GitHub, with github_app_id, github_app_installation_id and
	// github_app_private_key, or with github_token.
	GitHubConfigSecret string
	// GitHubServerTLS is for a GitHub Enterprise Server whose certificate the runner's image does
	// not trust. Zero: none.
	GitHubServerTLS *GitHubServerTLS
	// ListenerTemplate is the Pod that waits for jobs, in the controller's namespace, with a
	// container "listener": its place, its resources, and containers beside it. It has no
	// role. The controller takes the Pod's other fields from here even where they are not
	// set. Zero: the controller's own.
	ListenerTemplate *corev1.PodTemplateSpec
	// ContainerMode runs each job in a separate Pod. Zero: jobs run in the runner's Pod.
	ContainerMode *ContainerMode
}

func (s ScaleSet) check(at place, problems *Problems) {
	label := identity.RunnerLabel(s.Name)
	problems.add(at.field("name"), s.Name.Check())
	if label.Hosted() || label.Implied() || label.OtherSystem() || label.Equal(identity.RunnerLabelSelfHosted) {
		problems.add(at.field("name"), fmt.Errorf("scale set %q: other runners have it as a label, so jobs for those could land here; want a name that no other runner has", s.Name))
	}
	if s.MinRunners < 0 {
		problems.add(at.field("minRunners"), fmt.Errorf("%d runners: want 0 or more", s.MinRunners))
	}
	if s.MaxRunners < 1 || s.MaxRunners > maxReplicas {
		problems.add(at.field("maxRunners"), fmt.Errorf("%d runners: want at least 1, up to %d", s.MaxRunners, maxReplicas))
	} else if s.MinRunners > s.MaxRunners {
		problems.add(at, fmt.Errorf("minRunners %d is above maxRunners %d", s.MinRunners, s.MaxRunners))
	}
	problems.add(at.field("gitHubConfigSecret"), checkObjectName("Secret", s.GitHubConfigSecret))
	checkListener(s.ListenerTemplate, at.field("listenerTemplate"), problems)
}

// checkListener reports a Pod in which the controller finds no listener, or that would show
// a secret.
func checkListener(template *corev1.PodTemplateSpec, at place, problems *Problems) {
	if template == nil {
		return
	}
	at = at.field("spec").field("containers")
	if !slices.ContainsFunc(template.Spec.Containers, func(c corev1.Container) bool { return c.Name == "listener" }) {
		problems.add(at, errors.New(`none is named "listener"; want one, which may have nothing but the name`))
	}
	for i, container := range template.Spec.Containers {
		for j, variable := range container.Env {
			problems.add(at.index(i).field("env").index(j), checkPublic("environment variable", variable.Name, variable.Value))
		}
	}
}

// checkKind reports a pool that is of no kind of runner or of two, and what belongs to the
// other kind.
func (p Pool) checkKind(at place, problems *Problems) {
	if p.ScaleSet == nil {
		problems.add(at.field("runnerDeployment"), p.RunnerDeployment.Check())
		if p.GitHubAPICredentialsFrom != "" {
			problems.add(at.field("gitHubAPICredentialsFrom"), checkObjectName("Secret", p.GitHubAPICredentialsFrom))
		}
		p.checkReplicas(at, problems)
		return
	}
	p.ScaleSet.check(at.field("scaleSet"), problems)
	p.checkContainerMode(at.field("scaleSet").field("containerMode"), problems)
	p.ScaleSet.GitHubServerTLS.check(p, at.field("scaleSet").field("gitHubServerTLS"), problems)
	for _, cluster := range p.Clusters() {
		if cluster.Controller == (Controller{}) {
			problems.add(at.field("cluster"), fmt.Errorf("cluster %q declares no controller of scale sets; want its version, namespace and ServiceAccount in controller", cluster.Name))
		}
	}
	const other = "is for RunnerDeployments; the pool is a scale set, leave it out"
	if p.RunnerDeployment != "" {
		problems.add(at.field("runnerDeployment"), errors.New("choose one of runnerDeployment and scaleSet: both are set"))
	}
	if p.GitHubAPICredentialsFrom != "" {
		problems.add(at.field("gitHubAPICredentialsFrom"), errors.New("it "+other+" and set gitHubConfigSecret"))
	}
	if p.Replicas != 0 {
		problems.add(at.field("replicas"), errors.New("the number of replicas "+other+" and set minRunners and maxRunners"))
	}
	if p.Autoscaling != nil {
		problems.add(at.field("autoscaling"), errors.New("it "+other+" and set minRunners and maxRunners"))
	}
	if len(p.Labels) > 0 {
		problems.add(at.field("labels"), fmt.Errorf("jobs choose a scale set by its name alone, %q; leave the labels out", p.ScaleSet.Name))
	}
}

// Controller is GitHub's controller of scale sets in a cluster
// (gha-runner-scale-set-controller).
type Controller struct {
	// Version is the controller's, which each scale set has to name: the controller deletes
	// those of another minor version. Scale sets are rendered for 0.14.
	Version string
	// Namespace and ServiceAccount are the controller's. It is given the right to make
	// runners in each namespace that has scale sets.
	Namespace      identity.Namespace
	ServiceAccount identity.ServiceAccount
}

var controllerVersion = regexp.MustCompile(`^0\.14\.[0-9]+$`)

func (c Controller) check(at place, problems *Problems) {
	if c == (Controller{}) {
		return
	}
	if !controllerVersion.MatchString(c.Version) {
		problems.add(at.field("version"), fmt.Errorf("controller version %q: scale sets are rendered for 0.14, and the controller deletes those of another minor version; want for example \"0.14.2\"", c.Version))
	}
	problems.add(at.field("namespace"), c.Namespace.Check())
	problems.add(at.field("serviceAccount"), c.ServiceAccount.Check())
}
