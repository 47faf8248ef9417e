package preflight_test

import (
	"slices"
	"testing"
)

// Who may create Pods beside the runners, run commands in theirs or request a token of their
// ServiceAccount can have their role.
func TestWhoCanStartPods(t *testing.T) {
	const (
		group = "{kind: Group, name: developers}"
		all   = "{kind: Group, name: 'system:authenticated'}"
		pods  = "{apiGroups: [''], resources: [pods], verbs: [create]}"
	)
	binding := func(subject, rule, namespace string) string {
		return "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r, namespace: " + namespace + "}\nrules: [" + rule + "]\n---\n" +
			"apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: r, namespace: " + namespace + "}\nroleRef: {kind: Role, name: r}\nsubjects: [" + subject + "]\n"
	}
	cluster := func(subject, role string) string {
		return "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: r}\nroleRef: {kind: ClusterRole, name: " + role + "}\nsubjects: [" + subject + "]\n"
	}
	for _, c := range []struct {
		name, objects string
		want          []string
	}{
		{"a group, by Pods", binding(group, pods, "runners"), []string{"KR202"}},
		{"a user, by a Deployment", binding("{kind: User, name: ann}", "{apiGroups: [apps], resources: [deployments], verbs: ['*']}", "runners"), []string{"KR202"}},
		{"a group, by a command in a Pod", binding(group, "{apiGroups: [''], resources: [pods/exec], verbs: [create]}", "runners"), []string{"KR202"}},
		{"a group, by a token", binding(group, "{apiGroups: [''], resources: [serviceaccounts/token], resourceNames: [build], verbs: [create]}", "runners"), []string{"KR202"}},
		{"a group, by a token of another ServiceAccount", binding(group, "{apiGroups: [''], resources: [serviceaccounts/token], resourceNames: [web], verbs: [create]}", "runners"), []string{}},
		{"a group that reads", binding(group, "{apiGroups: [''], resources: [pods], verbs: [get, list]}", "runners"), []string{}},
		{"a group, in another namespace", binding(group, pods, "web"), []string{}},
		{"everyone", binding(all, pods, "runners"), []string{"KR201"}},
		{"every ServiceAccount", binding("{kind: Group, name: 'system:serviceaccounts'}", pods, "runners"), []string{"KR201"}},
		{"the runners themselves", binding("{kind: Group, name: 'system:serviceaccounts:runners'}", pods, "runners"), []string{}},
		{"a controller", binding("{kind: ServiceAccount, name: arc, namespace: arc-systems}", pods, "runners"), []string{}},
		{"administrators", cluster(group, "cluster-admin"), []string{}},
		{"everyone as an administrator", cluster(all, "cluster-admin"), []string{"KR201"}},
		{"editors of every namespace", cluster(group, "edit"), []string{"KR202"}},
		{"viewers of every namespace", cluster(group, "view"), []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, text := ids(t, nil, map[string]string{"rbac.yaml": c.objects})
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q\n%s", got, c.want, text)
			}
		})
	}
}
