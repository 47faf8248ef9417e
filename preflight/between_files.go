package preflight

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/cloudformation"
	"keyless-runners/preflight/eksctl"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/github"
	"keyless-runners/preflight/source"
	"keyless-runners/preflight/unrendered"
)

// leaveOverlaid leaves nothing but what is secret of the files that Flux or Argo CD applies with
// changes, and returns the objects by which they do.
func leaveOverlaid(files []inputFile, results []fileResult) (overlays []facts.Unrendered) {
	names, at := make([]string, len(files)), map[string]*fileResult{}
	for i := range files {
		names[i], at[files[i].name] = files[i].name, &results[i]
	}
	var left []string
	for i := range results {
		for _, overlay := range results[i].overlays {
			folder, applied := overlay.Files(names)
			if slices.ContainsFunc(applied, func(name string) bool { return overlay.Changes(&at[name].facts, at[name].variables) }) {
				left = append(left, applied...)
				overlays = append(overlays, overlay.Unrendered(folder))
			}
		}
	}
	for _, name := range left {
		if of := at[name]; len(of.facts.Objects)+len(of.facts.Unrendered) > 0 {
			of.facts, of.used = facts.Facts{Secrets: of.facts.Secrets}, true
		}
	}
	return overlays
}

// readWorkflows reads the workflows that are kept until every file is there. One that
// nothing starts but a call is read where it is called, if that is among the files.
func readWorkflows(results []fileResult, repository *sourceRepository) {
	called := map[string]bool{}
	for i := range results {
		for _, workflow := range results[i].workflows {
			for _, path := range github.Calls(workflow) {
				if root := repository.of(workflow.Place.File)(path); root != nil {
					called[root.Place.File] = true
				}
			}
		}
	}
	for i := range results {
		for _, workflow := range results[i].workflows {
			if file := workflow.Place.File; !called[file] || !github.OnlyCalled(workflow) {
				read := github.Read(workflow, repository.of(file))
				results[i].facts.Add(&read)
			}
		}
	}
}

// withoutCharts leaves out the files of Helm's charts, which are templates, but for those
// that were named. Each chart is a result.
func (i Input) withoutCharts(files []inputFile) (left []inputFile, charts []fileResult) {
	var names []string
	for _, file := range files {
		if !file.named && !file.account {
			names = append(names, file.name)
		}
	}
	inChart := map[string]bool{}
	for _, chart := range unrendered.Charts(names) {
		for _, name := range chart.Files {
			inChart[name] = true
		}
		named := slices.ContainsFunc(i.Paths, func(path string) bool { return filepath.Clean(path) == chart.Folder })
		charts = append(charts, fileResult{known: true, facts: facts.Facts{Unrendered: []facts.Unrendered{chart.Unrendered(named)}}})
	}
	return slices.DeleteFunc(files, func(f inputFile) bool { return inChart[f.name] }), charts
}

// setKustomized marks the files of which kustomize makes other objects, and returns the
// kustomizations.
func setKustomized(files []inputFile) (kustomizations []facts.Unrendered) {
	var names []string
	for _, file := range files {
		if !file.account {
			names = append(names, file.name)
		}
	}
	kustomized := map[string]bool{}
	for _, found := range unrendered.Kustomizations(names) {
		for _, name := range found.Files {
			kustomized[name] = true
		}
		kustomizations = append(kustomizations, found.Unrendered())
	}
	for i := range files {
		files[i].kustomized = kustomized[files[i].name]
	}
	return kustomizations
}

// setEnvironments gives each file the settings of the deployment, with the account and region that
// CDK's manifest in its folder states for its template.
func setEnvironments(files []inputFile, settings cloudformation.Settings) {
	stated := map[string]cloudformation.Settings{}
	for _, file := range files {
		if filepath.Base(file.name) != "manifest.json" || file.text != nil {
			continue
		}
		text, err := source.Read(file.name)
		if err != nil {
			continue // readFile reports it.
		}
		if roots, err := source.Parse(file.name, text); err == nil && len(roots) == 1 && cloudformation.RecognizeAssembly(roots[0]) {
			for name, stack := range settings.Environments(roots[0]) {
				stated[filepath.Join(filepath.Dir(file.name), name)] = stack
			}
		}
	}
	for i := range files {
		files[i].settings = settings
		names := []string{filepath.Clean(files[i].name)}
		if strings.HasSuffix(names[0], cloudformation.NestedTemplate) {
			names = append(names, filepath.Join(filepath.Dir(names[0]), cloudformation.NestedTemplate))
		}
		for _, name := range names {
			if stack, there := stated[name]; there {
				files[i].settings = stack
			}
		}
	}
}

// importing is a template that imports what other stacks export.
type importing struct {
	root     *source.Node
	size     int
	settings cloudformation.Settings
}

// readImporting reads the templates that import what others export. A name that stands for different values,
// in several accounts or regions, is of none.
func readImporting(results []fileResult) {
	all := map[string]string{}
	several := map[string]bool{}
	for _, result := range results {
		for _, exports := range result.exports {
			for name, value := range exports {
				before, there := all[name]
				several[name] = several[name] || there && before != value
				all[name] = value
			}
		}
	}
	maps.DeleteFunc(all, func(name, _ string) bool { return several[name] })
	for i := range results {
		for _, template := range results[i].importing {
			template.settings.Exports = all
			read := cloudformation.Read(template.root, template.size, template.settings)
			results[i].facts.Add(&read)
		}
	}
}

// readClusterConfigs reads what eksctl makes of the clusters of all files.
func readClusterConfigs(results []fileResult, account identity.AccountID) {
	var clusters []facts.Cluster
	for _, result := range results {
		clusters = append(clusters, result.facts.Clusters...)
	}
	for i := range results {
		for _, config := range results[i].configs {
			results[i].made = append(results[i].made, eksctl.Read(config, account, clusters))
		}
	}
}
