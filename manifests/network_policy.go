package manifests

import (
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"keyless-runners/fleet"
)

// Where a node answers that runs the Pod: the instance metadata service, and the agent of
// EKS Pod Identity (Amazon EC2 user guide, "Use the Instance Metadata Service"; Amazon EKS
// user guide, "Learn how EKS Pod Identity grants Pods access to AWS services").
var (
	everywhere = []networkingv1.NetworkPolicyPeer{
		{IPBlock: &networkingv1.IPBlock{CIDR: "0.0.0.0/0", Except: []string{"169.254.0.0/16"}}},
		{IPBlock: &networkingv1.IPBlock{CIDR: "::/0", Except: []string{"fd00:ec2::/32", "fe80::/10"}}},
	}
	agent = []networkingv1.NetworkPolicyPeer{
		{IPBlock: &networkingv1.IPBlock{CIDR: "169.254.170.23/32"}},
		{IPBlock: &networkingv1.IPBlock{CIDR: "fd00:ec2::23/128"}},
	}
)

func networkPolicy(declared fleet.NetworkPolicy) networkingv1.NetworkPolicySpec {
	var ports []networkingv1.NetworkPolicyPort
	for _, number := range declared.AllPorts() {
		ports = append(ports, port(corev1.ProtocolTCP, number))
	}
	return networkingv1.NetworkPolicySpec{
		PolicyTypes: []networkingv1.PolicyType{networkingv1.PolicyTypeIngress, networkingv1.PolicyTypeEgress},
		Egress: []networkingv1.NetworkPolicyEgressRule{
			{Ports: []networkingv1.NetworkPolicyPort{port(corev1.ProtocolUDP, 53), port(corev1.ProtocolTCP, 53)}},
			{To: agent, Ports: []networkingv1.NetworkPolicyPort{port(corev1.ProtocolTCP, 80)}},
			{To: everywhere, Ports: ports},
		},
	}
}

func port(protocol corev1.Protocol, number int) networkingv1.NetworkPolicyPort {
	on := intstr.FromInt(number)
	return networkingv1.NetworkPolicyPort{Protocol: &protocol, Port: &on}
}
