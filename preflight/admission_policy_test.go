package preflight_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Policies of the cluster may refuse the runners' Pods, or change them.
func TestPoliciesOfAdmission(t *testing.T) {
	kyverno := func(spec, match, does string) string {
		return "apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: pods}\nspec: {" + spec + "rules: [{name: a, match: {" + match + "}, " + does + "}]}\n"
	}
	gatekeeper := func(kind, spec string) string {
		return "apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: " + kind + "\nmetadata: {name: pods}\nspec: {" + spec + "}\n"
	}
	kubernetes := func(constraints, binding string) string {
		return "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: {name: pods}\nspec: {matchConstraints: {" + constraints + "}, validations: [{expression: 'false'}]}\n---\n" +
			"apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata: {name: pods}\nspec: {policyName: pods, " + binding + "}\n"
	}
	const (
		enforced   = "validationFailureAction: Enforce, "
		pods       = "any: [{resources: {kinds: [Pod]}}]"
		privileged = "validate: {pattern: {spec: {=(initContainers): [{=(securityContext): {=(privileged): 'false'}}], containers: [{=(securityContext): {=(privileged): 'false'}}]}}}"
		labelled   = "validate: {pattern: {metadata: {labels: {team: '?*'}}}}"
		podRules   = "resourceRules: [{apiGroups: [''], resources: [pods]}]"
		exception  = "---\napiVersion: kyverno.io/v2\nkind: PolicyException\nmetadata: {name: x, namespace: kyverno}\nspec: {exceptions: [{policyName: pods, ruleNames: [a]}], match: {any: [{resources: {kinds: [Pod], namespaces: [runners]}}]}}\n"
	)
	unprivileged := []edit{{"runner.yaml", "      serviceAccountName: build\n", "      serviceAccountName: build\n      dockerEnabled: false\n"},
		{"workflow.yaml", "        docker build --tag \"$IMAGE\" .\n        docker push \"$IMAGE\"\n", "        crane push image.tar \"$IMAGE\"\n"}, {"runner.yaml", "        eks.amazonaws.com/skip-containers: docker\n", "        a: b\n"}}
	found, none := []string{"KR233"}, []string{}
	for _, test := range []struct {
		name, policy string
		edits        []edit
		want         []string
	}{
		{"Kyverno's of labels", kyverno(enforced, pods, labelled), nil, found},
		{"Kyverno's of privileges", kyverno(enforced, pods, privileged), nil, found},
		{"Kyverno's of privileges that no container has", kyverno(enforced, pods, privileged), unprivileged, none},
		{"Kyverno's of labels, without privileges", kyverno(enforced, pods, labelled), unprivileged, found},
		{"Kyverno's of privileges and labels", kyverno(enforced, pods, "validate: {pattern: {metadata: {labels: {team: '?*'}}, spec: {containers: [{=(securityContext): {=(privileged): 'false'}}]}}}"), unprivileged, found},
		{"Kyverno's that only audits", kyverno("validationFailureAction: Audit, ", pods, labelled), nil, none},
		{"Kyverno's that audits by default", kyverno("", pods, labelled), nil, none},
		{"Kyverno's rule that enforces", kyverno("", pods, "validate: {failureAction: Enforce, pattern: {metadata: {labels: {team: '?*'}}}}"), nil, found},
		{"Kyverno's of Deployments", kyverno(enforced, "any: [{resources: {kinds: [Deployment]}}]", labelled), nil, none},
		{"Kyverno's of everything, in its old form", kyverno(enforced, "resources: {kinds: ['*']}", labelled), nil, found},
		{"Kyverno's of other namespaces", kyverno(enforced, "any: [{resources: {kinds: [Pod], namespaces: [web, 'app-*']}}]", labelled), nil, none},
		{"Kyverno's of these namespaces", kyverno(enforced, "any: [{resources: {kinds: [v1/Pod], namespaces: ['runn*']}}]", labelled), nil, found},
		{"Kyverno's but for the namespace", kyverno(enforced, pods+"}, exclude: {any: [{resources: {namespaces: [runners]}}]", labelled), nil, none},
		{"Kyverno's but for some Pods of the namespace", kyverno(enforced, pods+"}, exclude: {any: [{resources: {namespaces: [runners], names: [x]}}]", labelled), nil, found},
		{"Kyverno's with an exception", kyverno(enforced, pods, labelled) + exception, nil, none},
		{"Kyverno's that changes", kyverno("", pods, "mutate: {patchStrategicMerge: {spec: {automountServiceAccountToken: false}}}"), nil, found},
		{"Kyverno's that changes what exists", kyverno("", pods, "mutate: {targets: [{apiVersion: v1, kind: ConfigMap}], patchStrategicMerge: {}}"), nil, none},
		{"Kyverno's that makes another object", kyverno("", pods, "generate: {kind: NetworkPolicy}"), nil, none},
		{"Kyverno's of another namespace alone", "apiVersion: kyverno.io/v1\nkind: Policy\nmetadata: {name: pods, namespace: web}\nspec: {validationFailureAction: Enforce, rules: [{match: {any: [{resources: {kinds: [Pod]}}]}, validate: {}}]}\n", nil, none},

		{"Gatekeeper's", gatekeeper("K8sRequiredLabels", "match: {kinds: [{apiGroups: [''], kinds: [Pod]}]}"), nil, found},
		{"Gatekeeper's of privileges", gatekeeper("K8sPSPPrivilegedContainer", "match: {kinds: [{apiGroups: [''], kinds: [Pod]}]}"), nil, found},
		{"Gatekeeper's of privileges that no container has", gatekeeper("K8sPSPPrivilegedContainer", "match: {kinds: [{apiGroups: [''], kinds: [Pod]}]}"), unprivileged, none},
		{"Gatekeeper's of namespaces", gatekeeper("K8sRequiredLabels", "match: {kinds: [{apiGroups: [''], kinds: [Namespace]}]}"), nil, none},
		{"Gatekeeper's that warns", gatekeeper("K8sRequiredLabels", "enforcementAction: warn, match: {}"), nil, none},
		{"Gatekeeper's but for the namespace", gatekeeper("K8sRequiredLabels", "match: {excludedNamespaces: [kube-*, runners]}"), nil, none},
		{"Gatekeeper's that changes", "apiVersion: mutations.gatekeeper.sh/v1\nkind: Assign\nmetadata: {name: pods}\nspec: {applyTo: [{groups: [''], kinds: [Pod], versions: [v1]}], match: {scope: Namespaced}, location: spec.x}\n", nil, found},

		{"Kubernetes'", kubernetes(podRules, "validationActions: [Deny]"), nil, found},
		{"Kubernetes' of Deployments", kubernetes("resourceRules: [{apiGroups: [apps], resources: [deployments]}]", "validationActions: [Deny]"), nil, none},
		{"Kubernetes' that audits", kubernetes(podRules, "validationActions: [Audit, Warn]"), nil, none},
		{"Kubernetes' but for the namespace", kubernetes(podRules+", namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [runners]}]}", "validationActions: [Deny]"), nil, none},
		{"Kubernetes' bound but for the namespace", kubernetes(podRules, "validationActions: [Deny], matchResources: {namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [runners]}]}}"), nil, none},
		{"Kubernetes' of another namespace", kubernetes(podRules+", namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: web}}", "validationActions: [Deny]"), nil, none},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, test.edits, map[string]string{"policy.yaml": test.policy})
			if !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
