package workflows

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"keyless-runners/fleet"
)

// options returns the options of "docker build" that the pool declares, one for each line.
func options(pool fleet.Pool) []string {
	var list []string
	workflow := pool.Workflow
	if pool.CachesTo != nil {
		// ECR accepts a cache as an image manifest with OCI's media types alone.
		list = append(list, `--cache-from "type=registry,ref=$cache"`, `--cache-to "type=registry,ref=$cache,mode=max,image-manifest=true,oci-mediatypes=true"`)
	}
	if len(workflow.Platforms) > 0 {
		list = append(list, "--platform "+strings.Join(workflow.Platforms, ","))
	}
	for _, variable := range pool.Proxy.Variables() {
		list = append(list, "--build-arg "+variable)
	}
	for _, name := range slices.Sorted(maps.Keys(workflow.BuildArgs)) {
		list = append(list, "--build-arg "+word(name+"="+workflow.BuildArgs[name]))
	}
	for _, id := range slices.Sorted(maps.Keys(workflow.BuildSecrets)) {
		list = append(list, fmt.Sprintf("--secret id=%s,env=SECRET_%s", id, workflow.BuildSecrets[id]))
	}
	return list
}

// cache is the image repository of the pool's cache, with its host.
func cache(pool fleet.Pool) string {
	if pool.CachesTo == nil {
		return ""
	}
	return pool.CachesTo.ID().String()
}

// secretNames are the secrets on GitHub that a build reads, each once.
func secretNames(workflow fleet.Workflow) []string {
	return slices.Compact(slices.Sorted(maps.Values(workflow.BuildSecrets)))
}

// word is a text as one word of bash.
func word(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// indented is a script as it stands in a step.
func indented(script string) string {
	lines := strings.Split(script, "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = "          " + line
		}
	}
	return strings.Join(lines, "\n")
}

func tlsFolder(pool fleet.Pool) string {
	if pool.Builder.SharedBuildKit == nil {
		return ""
	}
	return fleet.BuildKitTLSFolder
}
