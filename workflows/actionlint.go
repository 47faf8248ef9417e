package workflows

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// RenderActionlint is the configuration in which actionlint, which takes other labels
// for typing mistakes, finds the labels of all pools
// (https://github.com/rhysd/actionlint/blob/main/docs/config.md).
func RenderActionlint(f fleet.Fleet) []byte {
	var text bytes.Buffer
	fmt.Fprintf(&text, "# %s\n#\n# Copy it to .github/ of the source repositories, or add its labels to theirs.\nself-hosted-runner:\n  labels:\n",
		fleet.Mark(fleet.ActionlintPath))
	for _, label := range labels(f) {
		fmt.Fprintf(&text, "    - %q\n", label)
	}
	return text.Bytes()
}

// labels returns the labels of the pools, each once, without those that actionlint knows.
func labels(f fleet.Fleet) []identity.RunnerLabel {
	var all []identity.RunnerLabel
	for _, pool := range f.Pools {
		for _, label := range pool.RunsOn() {
			if !label.Implied() {
				all = append(all, label)
			}
		}
	}
	// GitHub compares labels, and actionlint too, without regard to case.
	lower := func(label identity.RunnerLabel) string { return strings.ToLower(string(label)) }
	slices.SortStableFunc(all, func(a, b identity.RunnerLabel) int { return strings.Compare(lower(a), lower(b)) })
	return slices.CompactFunc(all, identity.RunnerLabel.Equal)
}
