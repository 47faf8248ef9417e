package preflight

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// reportElsewhere reports a runner in a kubernetes mode whose jobs run in Pods of their
// own. A job without a container runs in the runner's Pod, unless the runner forbids that.
func (p *proof) reportElsewhere(r *runner) {
	required, _ := p.requiresContainer(r.Workload)
	if !startsPods(r.Workload) || len(r.jobs) > 0 && !r.containerJobs && !required {
		return
	}
	problem := fmt.Sprintf("in container mode %q jobs run in Pods of their own under the namespace's default ServiceAccount, without the role (actions-runner-controller issue 2754)", r.ContainerMode.Value)
	r.breakPod(r.ContainerMode.Place, problem)
	p.find(jobsElsewhere, r.ContainerMode.Place, problem,
		"leave containerMode out, or give the job's Pods the ServiceAccount by ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE and waive this")
}

// startsPods reports whether job containers are Pods of their own. The legacy controller
// knows one such mode (runner_controller.go).
func startsPods(w *facts.Workload) bool {
	return w.ContainerMode.Is(modeKubernetes) || w.ContainerMode.There && !isLegacy(w)
}

// requiresContainer reports whether the runner takes no job without a container. It reads
// the variable as the runner does (actions/runner, StringUtil.ConvertToBoolean).
func (p *proof) requiresContainer(w *facts.Workload) (required bool, unknown facts.Text) {
	if len(w.Containers) == 0 {
		return false, unknown
	}
	value := p.variable(w, &w.Containers[0], identity.EnvRequireJobContainer)
	if value.Unknown != "" {
		unknown = value
	}
	return slices.Contains([]string{"1", "true", "$true"}, strings.ToLower(value.Value)), unknown
}

// checkContainerRequired reports a job that the runner ends at once.
func (p *proof) checkContainerRequired(job *facts.Job, r *runner) {
	if job.Container.There {
		return
	}
	required, unknown := p.requiresContainer(r.Workload)
	if unknown.There {
		p.find(notKnown, unknown.Place, fmt.Sprintf("whether job %q may run without a container is not known: %s", job.ID, unknown.Unknown), fmt.Sprintf("write the value of %s", identity.EnvRequireJobContainer))
	}
	if !required {
		return
	}
	fix := fmt.Sprintf("set %s to %q on the runner, so that the job runs in its Pod, which has the role", identity.EnvRequireJobContainer, "false")
	if isLegacy(r.Workload) && startsPods(r.Workload) {
		fix = "leave containerMode out: with it the controller sets the variable"
	}
	p.find(containerRequired, job.Place, fmt.Sprintf("job %q has no container, and %s %q ends such jobs: %s is set there", job.ID, r.Kind, name(r.Namespace, r.Name), identity.EnvRequireJobContainer),
		fix, Related{r.Place, "the runner"})
}

// lacksHooks reports whether the runner is given a template for the Pods of job containers,
// and not what starts them there.
func (p *proof) lacksHooks(w *facts.Workload) bool {
	return w.Runner && !startsPods(w) && len(w.Containers) > 0 && p.variable(w, &w.Containers[0], identity.EnvHookTemplate).There
}

func (p *proof) reportNoHooks(job *facts.Job, r *runner) {
	p.find(hooksMissing, job.Container.Place, fmt.Sprintf("%s %q sets %s and not %s, so it starts the container of job %q with Docker", r.Kind, name(r.Namespace, r.Name), identity.EnvHookTemplate, identity.EnvContainerHooks, job.ID),
		fmt.Sprintf("set %s to the hooks in the runner's image, /home/runner/k8s/index.js in GitHub's", identity.EnvContainerHooks), Related{r.Place, "the runner"})
}
