package rule

import (
	"fmt"

	"keyless-runners/identity"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/source"
)

// Job → Docker and Pod.
var (
	noDocker          = kind("KR106", finding.Error, "no Docker where the job runs")
	noBuildKit        = kind("KR212", finding.Error, "no BuildKit where the job runs")
	noTool            = kind("KR226", finding.Note, "program that the runner's image may lack")
	containerRequired = kind("KR110", finding.Error, "job without a container where one is required")
	unableBuilder     = kind("KR224", finding.Error, "build that its builder can't do")
	hooksMissing      = kind("KR111", finding.Error, "hook template without the hooks")
)

// jobDocker reports jobs that need a Docker daemon, or a BuildKit, on a runner that has none.
func jobDocker(v View, report reporter) {
	onRunners(v, func(job *chain.Job, r *chain.Runner) {
		related := finding.Related{Place: r.Place, What: "the runner"}
		if why := v.NoBuildKit(r.Workload, job.BuildKit.Value); job.BuildKit.There && !job.Container.There && !job.Docker.There && why != "" {
			report(noBuildKit, job.BuildKit.Place, fmt.Sprintf("%s builds with a BuildKit at %q, which %s does not have: %s", job.Title(), job.BuildKit, r.Quoted(), why),
				"run BuildKit in a container beside the runner that listens there, or name the address of one elsewhere", related)
		}
		switch {
		case job.Container.There && lacksHooks(v, r):
			report(hooksMissing, job.Container.Place, fmt.Sprintf("%s sets %s and not %s, so it starts the container of job %q with Docker", r.Quoted(), identity.EnvHookTemplate, identity.EnvContainerHooks, job.ID),
				fmt.Sprintf("set %s to the hooks in the runner's image, /home/runner/k8s/index.js in GitHub's", identity.EnvContainerHooks), related)
		case job.Container.There && r.StartsPods():
			dockerInside(v, job, r, report)
		case job.Docker.There:
			if why := v.NoDocker(r.Workload, job.Sudo); why != "" {
				report(noDocker, job.Docker.Place, fmt.Sprintf("%s needs a Docker daemon (%s), which %s does not have: %s", job.Title(), job.Docker.Value, r.Quoted(), why),
					"give the runner a Docker sidecar that it reaches, or build with a tool that needs no daemon", related)
			}
		}
	})
}

// jobBuilders reports builds that their builder can't do, or may not be able to.
func jobBuilders(v View, report reporter) {
	onRunners(v, func(job *chain.Job, r *chain.Runner) {
		related := finding.Related{Place: r.Place, What: "the runner"}
		if job.Store.There && !job.Container.There {
			not, unknown := v.ImageStore(r.Workload)
			fix := "make a builder with docker/setup-buildx-action, and have it push (push: true, --push)"
			if not != "" {
				report(unableBuilder, job.Store.Place, fmt.Sprintf("%s %s, which needs containerd's image store, and %s", job.Title(), job.Store, not), fix, related)
			} else if unknown != "" {
				report(runnerUnknown, job.Store.Place, fmt.Sprintf("whether %s %s is not known: that needs containerd's image store, and %s", job.Title(), job.Store, unknown), fix, related)
			}
		}
		if job.CacheAt != (source.Place{}) {
			old, unknown := v.OldBuildKit(r.Workload, job.BuildKit.Value)
			fix := "write image-manifest=true,oci-mediatypes=true, and use BuildKit v0.12 or newer"
			if old != "" {
				report(unableBuilder, job.CacheAt, fmt.Sprintf("%s exports a build cache to Amazon ECR, which refuses the form that BuildKit before %s gives it: %s", job.Title(), identity.ExportsManifest, old), fix, related)
			} else if unknown != "" {
				report(runnerUnknown, job.CacheAt, fmt.Sprintf("whether Amazon ECR accepts the build cache of %s is not known: it refuses the form that BuildKit before %s gives it, and %s", job.Title(), identity.ExportsManifest, unknown), fix, related)
			}
		}
	})
}

// jobTools reports jobs that end where they use a program, if their runner's image is as its Dockerfile was.
func jobTools(v View, report reporter) {
	onRunners(v, func(job *chain.Job, r *chain.Runner) {
		for _, tool := range job.Tools {
			if !job.Container.There && r.Workload.Runner && v.LacksTool(r.Workload, tool.Value) {
				report(noTool, tool.Place, fmt.Sprintf("%s runs %q, which image %q of %s does not have as it is published, and no step before installs it; it is assumed to be there", job.Title(), tool.Value, r.Containers[0].Image, r.Quoted()),
					installTool(tool.Value), finding.Related{Place: r.Place, What: "the runner"})
			}
		}
	})
}

func installTool(tool string) string {
	switch tool {
	case "aws":
		return "log in with aws-actions/amazon-ecr-login, which needs no AWS CLI, or install it in a step before, or in your own image"
	case "docker buildx":
		return "add a step with docker/setup-buildx-action before it"
	}
	return "install it in a step before, or in your own image"
}

// dockerInside reports a job whose container is a separate Pod, in which there is no Docker
// daemon unless a service is one, or the template of the Pod has one.
func dockerInside(v View, job *chain.Job, r *chain.Runner, report reporter) {
	if r.StartedBy != nil {
		if v.NoDocker(r.Workload, true) == "" {
			return
		}
		r = r.StartedBy
	}
	if job.DockerInside.There {
		report(noDocker, job.DockerInside.Place, fmt.Sprintf("job %q needs a Docker daemon (%s), and its container is a separate Pod, which has none: container mode %q of %s", job.ID, job.DockerInside.Value, r.ContainerMode.Value, r.Quoted()),
			"build with a tool that needs no daemon, or leave the job's container out", finding.Related{Place: r.Place, What: "the runner"})
	}
}

// lacksHooks reports whether the runner is given a template for the Pods of job containers,
// and not what starts them there.
func lacksHooks(v View, r *chain.Runner) bool {
	return r.Workload.Runner && !r.StartsPods() && len(r.Workload.Containers) > 0 && v.Variable(r.Workload, &r.Workload.Containers[0], identity.EnvHookTemplate).There
}

// jobContainers reports jobs that the runner ends at once, because they have no container.
func jobContainers(v View, report reporter) {
	onRunners(v, func(job *chain.Job, r *chain.Runner) {
		if job.Container.There {
			return
		}
		required, unknown := v.RequiresContainer(r.Workload)
		if unknown.There {
			report(runnerUnknown, unknown.Place, fmt.Sprintf("whether job %q may run without a container is not known: %s", job.ID, unknown.Unknown), fmt.Sprintf("write the value of %s", identity.EnvRequireJobContainer))
		}
		if !required {
			return
		}
		fix := fmt.Sprintf("set %s to %q on the runner, so that the job runs in its Pod, which has the role", identity.EnvRequireJobContainer, "false")
		switch {
		case r.JobPod != nil:
			fix = "give the job a container, whose Pod gets the ServiceAccount of the hook template"
		case r.Legacy && r.StartsPods():
			fix = "leave containerMode out: with it the controller sets the variable"
		}
		report(containerRequired, job.Place, fmt.Sprintf("job %q has no container, and %s ends such jobs: %s is set there", job.ID, r.Quoted(), identity.EnvRequireJobContainer),
			fix, finding.Related{Place: r.Place, What: "the runner"})
	})
}
