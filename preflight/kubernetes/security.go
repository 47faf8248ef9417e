package kubernetes

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// securityOf is what a Pod's specification or a container says of its security, nil if nothing.
func securityOf(of *source.Node) *facts.Security {
	context, shares := of.Get("securityContext"), shared(of)
	if context == nil && !shares.There {
		return nil
	}
	at := placeOf(context, of.Place)
	return &facts.Security{
		NonRoot:    flagOf(context.Get("runAsNonRoot"), at),
		Escalation: flagOf(context.Get("allowPrivilegeEscalation"), at),
		User:       textOf(context.Get("runAsUser"), at),
		Seccomp:    textOf(context.Get("seccompProfile", "type"), at),
		Adds:       facts.TextsOf(context.Get("capabilities", "add")),
		Drops:      facts.TextsOf(context.Get("capabilities", "drop")),
		Shares:     shares,
	}
}

// shared is the first field by which a Pod or a container has something of its node.
func shared(of *source.Node) facts.Text {
	for _, name := range []string{"hostNetwork", "hostPID", "hostIPC"} {
		if value := of.Get(name); flagOf(value, source.Place{}).Is("true") {
			return facts.Known(name, value.Place)
		}
	}
	for _, port := range of.Get("ports").Values() {
		if value := port.Get("hostPort"); value.Scalar() && value.Text != "0" {
			return facts.Known("hostPort", value.Place)
		}
	}
	return facts.Text{}
}
