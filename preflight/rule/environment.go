package rule

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/index"
)

// What a Pod's containers have that comes before the role.
var (
	keyInPod       = kind("KR084", finding.Error, "Pod has its own AWS key")
	sourceNotThere = kind("KR088", finding.Warning, "variables that are not among the files")
	profileInPod   = kind("KR089", finding.Warning, "Pod points AWS tools at a file, or at another address")
)

func environments(v View, report reporter) {
	for _, r := range v.Runners {
		if r.OnlyStarts {
			continue
		}
		for n := range r.Containers {
			checkVariables(v, r, &r.Containers[n], report)
			checkMounts(&r.Containers[n], report)
		}
		checkSources(v, r, report)
	}
}

func checkVariables(v View, r *chain.Runner, container *facts.Container, report reporter) {
	for _, variable := range v.Environment(r.Workload, container) {
		switch {
		case slices.Contains(identity.KeyVariables, variable.Name):
			report(keyInPod, variable.Place, fmt.Sprintf("container %q has the environment variable %s%s, which wins over the role", container.Name, variable.Name, index.SourceOf(variable)),
				"take it out")
		case slices.Contains(identity.ProfileVariables, variable.Name) && !v.Value(r.Workload, variable).Is("default"):
			report(profileInPod, variable.Place, fmt.Sprintf("container %q has the environment variable %s%s, and what AWS tools find there is not known", container.Name, variable.Name, index.SourceOf(variable)),
				"take it out, so that they take the role")
		case container == &r.Containers[0] && slices.Contains(identity.EndpointVariables, variable.Name) && isElsewhere(v.Value(r.Workload, variable)):
			report(profileInPod, variable.Place, fmt.Sprintf("container %q has the environment variable %s%s, and what answers AWS tools there is not known", container.Name, variable.Name, index.SourceOf(variable)),
				"take it out, so that they ask AWS")
		}
	}
}

// isElsewhere reports whether an endpoint may be none of AWS, not even one of a VPC.
func isElsewhere(endpoint facts.Text) bool {
	return endpoint.Unknown != "" || endpoint.Value != "" && !strings.Contains(endpoint.Value, ".amazonaws.") && !strings.Contains(endpoint.Value, ".api.aws")
}

// checkMounts reports volumes of a container at the folder in which AWS tools look for
// credentials.
func checkMounts(container *facts.Container, report reporter) {
	for _, mount := range container.Mounts {
		if strings.Contains(mount.Path.Value+"/", "/.aws/") {
			report(profileInPod, mount.Path.Place, fmt.Sprintf("container %q has a volume at %q, and what AWS tools find there is not known", container.Name, mount.Path.Value),
				"take it out, so that they take the role")
		}
	}
}

// checkSources reports ConfigMaps and Secrets that are variables of the container in which
// jobs run, and that are not among the files.
func checkSources(v View, r *chain.Runner, report reporter) {
	if len(r.Containers) == 0 {
		return
	}
	main := r.Containers[0]
	for _, of := range main.EnvFrom {
		if v.KeyValuesOf(r.Workload, of) == nil {
			report(sourceNotThere, of.Place, fmt.Sprintf("all keys of %s %q are variables of container %q, and it is not among the files: there may be an AWS key in it", of.Kind, of.Name, main.Name),
				"name the keys that the runner needs, or add the file")
		}
	}
}
