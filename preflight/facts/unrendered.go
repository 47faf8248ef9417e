package facts

import "keyless-runners/preflight/source"

// Unrendered is a file from which a tool still has to render what there will be.
type Unrendered struct {
	Place source.Place
	// What names it, such as "the values of the chart gha-runner-scale-set".
	What string
	// Run is the command that renders it for keyless check; "" of placeholders.
	Run string
	// NoRunner says that no template of it is one of a runner.
	NoRunner bool
	// ConfigURL is the githubConfigUrl of a scale set's chart; "" if it is not known.
	ConfigURL string
	// Placeholders are texts that are not filled in, such as "${NAME}", in their
	// order; none of a chart.
	Placeholders []string
}

// ChartValues are the values that a file sets for one of ARC's charts.
type ChartValues struct {
	// Chart is the chart's name, such as "gha-runner-scale-set".
	Chart string
	// Version is the chart's that is wanted; not there in a file of values alone.
	Version Text
	// Values are nil if the file sets none.
	Values *source.Node
	// Offline reports that the values are all that there are, and that the chart is rendered with them
	// without a cluster, as Argo CD does.
	Offline bool
	// Place is that of the object that installs the chart, or of the values.
	Place source.Place
}
