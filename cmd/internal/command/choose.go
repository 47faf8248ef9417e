package command

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight"
)

// choose returns every chain that has the name, or all of them for "".
func choose(chains []preflight.Chain, name string) ([]preflight.Chain, error) {
	if len(chains) == 0 {
		return nil, errors.New("no runner is among the files")
	}
	if name == "" {
		return chains, nil
	}
	var chosen []preflight.Chain
	var names []string
	for _, chain := range chains {
		names = append(names, chain.Names...)
		if slices.Contains(chain.Names, name) {
			chosen = append(chosen, chain)
		}
	}
	if len(chosen) > 0 {
		return chosen, nil
	}
	problem := fmt.Sprintf("no file and no runner is named %q%s", name, identity.DidYouMean(identity.Closest(name, names)))
	return nil, errors.New(problem + "\nthe runners among the files are\n" + listed(chains))
}

// maxListed is how many runners are enough to see how they are named.
const maxListed = 10

// listed names the first chains, a line each as a shell takes them, and counts the others.
func listed(chains []preflight.Chain) string {
	var lines []string
	for _, chain := range chains[:min(maxListed, len(chains))] {
		lines = append(lines, fmt.Sprintf("  %q or %q", chain.Names[0], chain.Workload))
	}
	if more := len(chains) - maxListed; more > 0 {
		lines = append(lines, fmt.Sprintf("  and %d more", more))
	}
	return strings.Join(lines, "\n")
}
