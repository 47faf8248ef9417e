package kubernetes

import (
	"slices"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// securityOf returns the security settings of a Pod's specification or a container, nil if there are none.
func securityOf(of *source.Node) *facts.Security {
	context, shares, probed := of.Get("securityContext"), shared(of), probedHost(of)
	users := flagOf(of.Get("hostUsers"), source.Place{})
	if context == nil && !shares.There && !probed.There && !users.There {
		return nil
	}
	at := placeOf(context, of.Place)
	return &facts.Security{
		NonRoot:    flagOf(context.Get("runAsNonRoot"), at),
		Escalation: flagOf(context.Get("allowPrivilegeEscalation"), at),
		User:       textOf(context.Get("runAsUser"), at),
		ReadOnly:   flagOf(context.Get("readOnlyRootFilesystem"), at),
		Groups:     groups(context),
		Seccomp:    textOf(context.Get("seccompProfile", "type"), at),
		Adds:       facts.TextsOf(context.Get("capabilities", "add")),
		Drops:      facts.TextsOf(context.Get("capabilities", "drop")),
		HostUsers:  users,
		ProbedHost: probed,
		Shares:     shares,
	}
}

func groups(context *source.Node) []facts.Text {
	all := facts.TextsOf(context.Get("supplementalGroups"))
	if group := textOf(context.Get("runAsGroup"), source.Place{}); group.There {
		all = append(all, group)
	}
	return all
}

// probedHost is the first host that a probe or a handler of a container names.
func probedHost(container *source.Node) facts.Text {
	lifecycle := container.Get("lifecycle")
	for _, from := range []*source.Node{container.Get("livenessProbe"), container.Get("readinessProbe"), container.Get("startupProbe"), lifecycle.Get("postStart"), lifecycle.Get("preStop")} {
		for _, by := range []string{"httpGet", "tcpSocket"} {
			if host := textOf(from.Get(by, "host"), source.Place{}); host.There {
				return host
			}
		}
	}
	return facts.Text{}
}

// safeSysctls are the sysctls that Pod Security's level "baseline" allows.
var safeSysctls = []string{
	"kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range",
	"net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_rmem", "net.ipv4.tcp_syncookies", "net.ipv4.tcp_wmem",
}

// confinedTypes are the SELinux types that Pod Security's level "baseline" allows.
var confinedTypes = []string{"container_t", "container_init_t", "container_kvm_t", "container_engine_t"}

// shared is the first field by which a Pod or a container has something of its node, or is less
// confined than others.
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
	context := of.Get("securityContext")
	for _, sysctl := range context.Get("sysctls").Objects() {
		if name := sysctl.Word("name"); name != "" && !slices.Contains(safeSysctls, name) {
			return facts.Known("sysctl "+name, sysctl.Place)
		}
	}
	linux := context.Get("seLinuxOptions")
	label := textOf(linux.Get("type"), source.Place{})
	for _, field := range []struct {
		name   string
		value  *source.Node
		beyond bool
	}{
		{"procMount", context.Get("procMount"), context.Word("procMount") != "Default"},
		{"appArmorProfile Unconfined", context.Get("appArmorProfile", "type"), context.Word("appArmorProfile", "type") == "Unconfined"},
		{"hostProcess", context.Get("windowsOptions", "hostProcess"), flagOf(context.Get("windowsOptions", "hostProcess"), source.Place{}).Is("true")},
		{"seLinuxOptions", linux, label.Known() && !slices.Contains(confinedTypes, label.Value) || linux.Word("user")+linux.Word("role") != ""},
	} {
		if field.value != nil && field.value.Kind != source.Null && field.beyond {
			return facts.Text{Value: field.name, Place: field.value.Place, There: true}
		}
	}
	return facts.Text{}
}
