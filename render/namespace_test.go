package render_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	quantity "k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
)

func TestNamespaceHasWhatItsSettingsSay(t *testing.T) {
	f := fleettest.Article()
	quota := &corev1.ResourceQuotaSpec{Hard: corev1.ResourceList{"pods": quantity.MustParse("20"), "requests.memory": quantity.MustParse("80Gi")}}
	limits := &corev1.LimitRangeSpec{Limits: []corev1.LimitRangeItem{{Type: "Container", Default: corev1.ResourceList{"memory": quantity.MustParse("4Gi")}}}}
	f.NamespaceSettings = []fleet.NamespaceSettings{{
		Cluster: f.Clusters[0], Name: "self-hosted-runners", ResourceQuota: quota, LimitRange: limits, NetworkPolicy: &fleet.NetworkPolicy{Ports: []int{443, 3128}},
	}}
	if err := f.Check(); err != nil {
		t.Fatal(err)
	}
	documents := strings.Split(string(rendered(t, f)["manifests/example/00-self-hosted-runners.k8s.yaml"]), "\n---\n")
	if len(documents) != 4 {
		t.Fatalf("got %d objects, want Namespace, ResourceQuota, LimitRange and NetworkPolicy", len(documents))
	}
	meta := metav1.ObjectMeta{Name: "runners", Namespace: "self-hosted-runners", Labels: map[string]string{"app.kubernetes.io/managed-by": "keyless-runners"}}
	wantQuota := corev1.ResourceQuota{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "ResourceQuota"}, ObjectMeta: meta, Spec: *quota}
	if diff := cmp.Diff(wantQuota, strict[corev1.ResourceQuota](t, []byte(documents[1]))); diff != "" {
		t.Errorf("ResourceQuota (-want +got):\n%s", diff)
	}
	wantLimits := corev1.LimitRange{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "LimitRange"}, ObjectMeta: meta, Spec: *limits}
	if diff := cmp.Diff(wantLimits, strict[corev1.LimitRange](t, []byte(documents[2]))); diff != "" {
		t.Errorf("LimitRange (-want +got):\n%s", diff)
	}
	port := func(protocol corev1.Protocol, number int) networkingv1.NetworkPolicyPort {
		return networkingv1.NetworkPolicyPort{Protocol: &protocol, Port: pointer(intstr.FromInt(number))}
	}
	block := func(cidr string, except ...string) networkingv1.NetworkPolicyPeer {
		return networkingv1.NetworkPolicyPeer{IPBlock: &networkingv1.IPBlock{CIDR: cidr, Except: except}}
	}
	wantPolicy := networkingv1.NetworkPolicy{
		TypeMeta:   metav1.TypeMeta{APIVersion: "networking.k8s.io/v1", Kind: "NetworkPolicy"},
		ObjectMeta: meta,
		Spec: networkingv1.NetworkPolicySpec{
			PolicyTypes: []networkingv1.PolicyType{"Ingress", "Egress"},
			Egress: []networkingv1.NetworkPolicyEgressRule{
				{Ports: []networkingv1.NetworkPolicyPort{port("UDP", 53), port("TCP", 53)}},
				{To: []networkingv1.NetworkPolicyPeer{block("169.254.170.23/32"), block("fd00:ec2::23/128")}, Ports: []networkingv1.NetworkPolicyPort{port("TCP", 80)}},
				{
					To:    []networkingv1.NetworkPolicyPeer{block("0.0.0.0/0", "169.254.0.0/16"), block("::/0", "fd00:ec2::/32", "fe80::/10")},
					Ports: []networkingv1.NetworkPolicyPort{port("TCP", 443), port("TCP", 3128)},
				},
			},
		},
	}
	if diff := cmp.Diff(wantPolicy, strict[networkingv1.NetworkPolicy](t, []byte(documents[3]))); diff != "" {
		t.Errorf("NetworkPolicy (-want +got):\n%s", diff)
	}
}

func TestNamespaceThatExistsHasNoFileAndNoPlaceInTheList(t *testing.T) {
	f := fleettest.Article()
	f.NamespaceSettings = []fleet.NamespaceSettings{{Cluster: f.Clusters[0], Name: "self-hosted-runners", Existing: true}}
	files := rendered(t, f)
	if content, there := files["manifests/example/00-self-hosted-runners.k8s.yaml"]; there {
		t.Errorf("got a file for the namespace:\n%s", content)
	}
	if list := string(files["manifests/example/Kustomization"]); !strings.HasSuffix(list, "resources:\n  - build.k8s.yaml\n") {
		t.Errorf("got the list\n%s", list)
	}
}
