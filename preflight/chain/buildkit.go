package chain

import (
	"net/url"
	"strings"

	"keyless-runners/preflight/facts"
)

// NoBuildKit says why the main container of a workload certainly reaches no BuildKit at the endpoint,
// a URL; "" if it may: it is elsewhere, or in a container beside it.
func (c *Chains) NoBuildKit(w *facts.Workload, address string) string {
	endpoint, err := url.Parse(address)
	if err != nil || len(w.Containers) == 0 || w.HostNetwork.MayBe("true") || endpoint.Scheme != "unix" && !isLoopback(endpoint) {
		return ""
	}
	why := "no container is beside its runner"
	for i := range w.Containers[1:] {
		beside := &w.Containers[i+1]
		switch {
		case beside.Init && !beside.Sidecar, isDockersImage(beside.Image):
		case !strings.HasPrefix(beside.Image.Value, "moby/buildkit:"):
			return ""
		default:
			if why = buildKitFails(w, beside, endpoint); why == "" {
				return ""
			}
		}
	}
	return why
}

// buildKitFails says why the BuildKit in a container is not at the endpoint, "" if it may be.
func buildKitFails(w *facts.Workload, beside *facts.Container, endpoint *url.URL) string {
	socket, config := "unix:///run/buildkit/buildkitd.sock", "/etc/buildkit/buildkitd.toml"
	if strings.Contains(beside.Image.Value, "rootless") {
		socket, config = "unix:///run/user/1000/buildkit/buildkitd.sock", "/home/user/.config/buildkit/buildkitd.toml"
	}
	listening, _, known := addresses(w, beside, server{"buildkitd", "--addr", "--addr", "--config", config})
	switch {
	case !known:
		return ""
	case len(listening) == 0:
		listening = []string{socket}
	}
	return unreached(w, beside, listening, endpoint)
}
