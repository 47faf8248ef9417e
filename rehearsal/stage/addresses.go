package stage

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Addresses prints how to use what is up.
func (s *Stage) Addresses() string {
	var text strings.Builder
	fmt.Fprintln(&text, "\neverything is up until you press Ctrl-C:")
	for _, name := range slices.Sorted(maps.Keys(s.Clusters)) {
		fmt.Fprintf(&text, "  cluster %s: %s --kubeconfig %s\n", name, s.Programs.Kubectl, s.Clusters[name].Kubeconfig)
	}
	for _, id := range slices.Sorted(maps.Keys(s.Accounts)) {
		fmt.Fprintf(&text, "  account %s: AWS_ENDPOINT_URL=%s AWS_ACCESS_KEY_ID=rehearsal AWS_SECRET_ACCESS_KEY=rehearsal aws ...\n", id, s.Accounts[id].Server.Endpoint)
	}
	fmt.Fprintf(&text, "  STS, ECR and the registries, under their own names: %s, with the certificate in %s\n", s.Network.Peer().Address, s.networkFile())
	fmt.Fprintf(&text, "  logs and everything else: %s\n", s.Folder)
	return text.String()
}
