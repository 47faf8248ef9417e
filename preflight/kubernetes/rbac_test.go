package kubernetes_test

import (
	"fmt"
	"strings"
	"testing"
)

func TestRBACRoles(t *testing.T) {
	var lines []string
	for _, r := range read(t, `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: hooks, namespace: runners}
rules:
  - apiGroups: [""]
    resources: [pods, pods/exec]
    verbs: [get, create]
  - {apiGroups: [batch], resources: [jobs], resourceNames: [one], verbs: ["*"]}
  - {nonResourceURLs: [/metrics], verbs: [get]}
  - not a rule
  - {apiGroups: batch, resources: [null, [jobs], 1], verbs: {get: true}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: sum}
aggregationRule: {clusterRoleSelectors: []}
---
apiVersion: example.com/v1
kind: Role
`).RBACRoles {
		lines = append(lines, fmt.Sprintf("%s%s %s/%s aggregated %t", r.Kind, place(r.Place), show(r.Namespace), show(r.Name), r.Aggregated))
		for _, rule := range r.Rules {
			lines = append(lines, fmt.Sprintf("rule%s %q %q %q names %q", place(rule.Place), rule.APIGroups, rule.Resources, rule.Verbs, rule.ResourceNames))
		}
	}
	wantShown(t, `
Role@1:1 runners@3:36/hooks@3:18 aggregated false
rule@5:5 [""] ["pods" "pods/exec"] ["get" "create"] names []
rule@8:5 ["batch"] ["jobs"] ["*"] names ["one"]
rule@9:5 [] [] ["get"] names []
rule@11:5 [] ["1"] [] names []
ClusterRole@13:1 -@15:18/sum@15:18 aggregated true
`, strings.Join(lines, "\n"))
}

func TestRBACBindings(t *testing.T) {
	var lines []string
	for _, b := range read(t, `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: b, namespace: runners}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: hooks}
subjects:
  - {kind: ServiceAccount, name: own}
  - {kind: ServiceAccount, name: other, namespace: elsewhere}
  - {kind: Group, name: "system:serviceaccounts"}
  - not a subject
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: c}
roleRef: {kind: ClusterRole, name: edit}
subjects:
  - {kind: ServiceAccount, name: lost}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
`).RBACBindings {
		lines = append(lines, fmt.Sprintf("%s%s %s to %s %s", b.Kind, place(b.Place), show(b.Namespace), show(b.RoleKind), show(b.RoleName)))
		for _, s := range b.Subjects {
			lines = append(lines, fmt.Sprintf("%s%s %s/%s", s.Kind, place(s.Place), show(s.Namespace), show(s.Name)))
		}
	}
	wantShown(t, `
RoleBinding@1:1 runners@3:32 to Role@4:54 hooks@4:66
ServiceAccount@6:5 runners@3:32/own@6:34
ServiceAccount@7:5 elsewhere@7:52/other@7:34
Group@8:5 -@8:5/system:serviceaccounts@8:25
ClusterRoleBinding@11:1 -@13:18 to ClusterRole@14:17 edit@14:36
ServiceAccount@16:5 -@16:5/lost@16:34
RoleBinding@18:1 -@18:1 to -@18:1 -@18:1
`, strings.Join(lines, "\n"))
}
