package unrendered

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Chart is a folder with a Helm chart.
type Chart struct {
	// Folder is its path, without a slash at the end.
	Folder string
	// Files are the given files below it, including those of subcharts.
	Files []string
}

// Charts returns the charts among the files, without subcharts.
func Charts(files []string) []Chart {
	var charts []Chart
	for _, file := range files {
		folder := filepath.Dir(file)
		if filepath.Base(file) != "Chart.yaml" || slices.ContainsFunc(charts, func(c Chart) bool { return c.has(file) }) {
			continue
		}
		chart := Chart{Folder: folder}
		charts = slices.DeleteFunc(charts, func(c Chart) bool { return chart.has(c.Folder) })
		for _, other := range files {
			if chart.has(other) {
				chart.Files = append(chart.Files, other)
			}
		}
		charts = append(charts, chart)
	}
	return charts
}

func (c Chart) has(file string) bool {
	inside, err := filepath.Rel(c.Folder, file)
	return err == nil && filepath.IsLocal(inside)
}

// runnerKinds are the lines by which a manifest, or a template of one, makes runners.
var runnerKinds = []string{"kind: AutoscalingRunnerSet", "kind: RunnerDeployment", "kind: RunnerSet"}

// installsRunners reports whether the chart has a template of a runner or depends on a chart
// that does. A file that can't be read counts for nothing.
func (c Chart) installsRunners() bool {
	return slices.ContainsFunc(c.Files, func(file string) bool {
		text, err := source.Read(file)
		if err != nil {
			return false
		}
		switch {
		case filepath.Base(file) == "Chart.yaml":
			return strings.Contains(strings.ReplaceAll(string(text), identity.ChartScaleSetController, ""), identity.ChartScaleSet)
		case strings.Contains(filepath.ToSlash(file), "/templates/"):
			return slices.ContainsFunc(runnerKinds, func(kind string) bool { return strings.Contains(string(text), kind) })
		}
		return false
	})
}

// Unrendered returns the chart as a fact. A chart that the user named is assumed to install
// runners, whatever it contains.
func (c Chart) Unrendered(named bool) facts.Unrendered {
	return facts.Unrendered{
		NoRunner: !named && !c.installsRunners(),

		Place: source.Place{File: filepath.Join(c.Folder, "Chart.yaml"), Line: 1, Column: 1},
		What:  fmt.Sprintf("the chart of Helm in %q", c.Folder),
		Run:   release{chart: c.Folder}.run(),
	}
}
