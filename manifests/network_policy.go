package manifests

import (
	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// networkPolicySpec has the fields of a NetworkPolicy that this project sets. Kubernetes' package
// for it would cost each start of the program a millisecond.
type networkPolicySpec struct {
	PodSelector struct{}     `json:"podSelector"`
	PolicyTypes []string     `json:"policyTypes"`
	Egress      []egressRule `json:"egress"`
}

type egressRule struct {
	To    []peer `json:"to,omitempty"`
	Ports []port `json:"ports"`
}

type peer struct {
	IPBlock ipBlock `json:"ipBlock"`
}

type ipBlock struct {
	CIDR   string   `json:"cidr"`
	Except []string `json:"except,omitempty"`
}

type port struct {
	Protocol string `json:"protocol"`
	Port     int    `json:"port"`
}

// Where a node answers that runs the Pod: the instance metadata service, and the agent of
// EKS Pod Identity (Amazon EC2 user guide, "Use the Instance Metadata Service"; Amazon EKS
// user guide, "Learn how EKS Pod Identity grants Pods access to AWS services").
var (
	everywhere = []peer{
		{ipBlock{CIDR: "0.0.0.0/0", Except: []string{"169.254.0.0/16"}}},
		{ipBlock{CIDR: "::/0", Except: []string{"fd00:ec2::/32", "fe80::/10"}}},
	}
	agent = []peer{
		{ipBlock{CIDR: identity.AgentIPv4 + "/32"}},
		{ipBlock{CIDR: identity.AgentIPv6 + "/128"}},
	}
)

func networkPolicy(declared fleet.NetworkPolicy) networkPolicySpec {
	var ports []port
	for _, number := range declared.AllPorts() {
		ports = append(ports, port{"TCP", number})
	}
	return networkPolicySpec{
		PolicyTypes: []string{"Ingress", "Egress"},
		Egress: []egressRule{
			{Ports: []port{{"UDP", 53}, {"TCP", 53}}},
			{To: agent, Ports: []port{{"TCP", 80}}},
			{To: everywhere, Ports: ports},
		},
	}
}
