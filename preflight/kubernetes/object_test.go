package kubernetes_test

import (
	"strings"
	"testing"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
)

func TestRecognize(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{"apiVersion: v1\nkind: Pod", true},
		{"apiVersion: example.com/v1\nkind: Anything", true},
		{`{"apiVersion":"v1","kind":"List","items":[]}`, true},
		{"apiVersion: v1", false},
		{"kind: Pod", false},
		{"apiVersion: 1\nkind: Pod", false},
		{"apiVersion: v1\nkind: [Pod]", false},
		{`{"apiVersion":"","kind":"Pod"}`, false},
		{"[apiVersion, kind]", false},
		{"apiVersion", false},
		{"AWSTemplateFormatVersion: 2010-09-09\nResources: {}", false},
		{"on: push\njobs: {}", false},
	} {
		if got := kubernetes.Recognize(parse(t, c.text)[0]); got != c.want {
			t.Errorf("%s: got %t", c.text, got)
		}
	}
}

// showObjects writes every field of objects but the hash.
func showObjects(objects []facts.Object) string {
	var lines []string
	for _, o := range objects {
		lines = append(lines, o.Group+" "+o.Kind+place(o.Place)+" "+show(o.Namespace)+"/"+show(o.Name))
	}
	return strings.Join(lines, "\n")
}

func TestObjects(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"of any kind, in several documents with Helm's comments", `
---
# Source: chart/templates/namespace.yaml
apiVersion: v1
kind: Namespace
metadata:
  name: runners
---
# Source: chart/templates/empty.yaml
---
# Source: chart/templates/x.yaml
apiVersion: example.com/v1beta1
kind: X
metadata: {name: 1, namespace: true}
`, `
Namespace@3:1 -@6:9/runners@6:9
example.com X@11:1 true@13:32/1@13:18
`},
		{"a List as kubectl prints it", `
apiVersion: v1
items:
- apiVersion: v1
  kind: ServiceAccount
  metadata:
    name: pusher
    namespace: runners
- apiVersion: actions.summerwind.dev/v1alpha1
  kind: RunnerDeployment
  metadata:
    name: build
    namespace: runners
kind: List
metadata:
  resourceVersion: ""
`, `
ServiceAccount@3:3 runners@7:16/pusher@6:11
actions.summerwind.dev RunnerDeployment@8:3 runners@12:16/build@11:11
`},
		{"a typed list, whose items may say their kind themselves", `
{"apiVersion": "apps/v1", "kind": "DeploymentList", "items": [
  {"metadata": {"name": "a"}},
  {"kind": "ReplicaSet", "metadata": {"name": "b"}},
  {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "c"}}
]}`, `
apps Deployment@2:3 -@2:25/a@2:25
apps ReplicaSet@3:3 -@3:47/b@3:47
Pod@4:3 -@4:60/c@4:60
`},
		{"a List in a List", `
{"apiVersion": "v1", "kind": "List", "items": [
  {"kind": "List", "items": [{"kind": "Pod"}]}
]}`, `
Pod@2:30 -@2:30/-@2:30
`},
		{"a List whose items say no kind, or are no objects", `
{"apiVersion": "v1", "kind": "List", "items": [{"metadata": {"name": "a"}}, null, 1, "Pod", [{"kind": "Pod"}]]}
`, ``},
		{"a List of nothing", `
apiVersion: v1
kind: List
`, ``},
		{"a kind that ends like a list and is none", `
apiVersion: example.com/v1
kind: AllowList
items: {a: b}
`, `
example.com AllowList@1:1 -@1:1/-@1:1
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantShown(t, c.want, showObjects(read(t, c.text).Objects))
		})
	}
}

func TestItemsOfAListAreReadLikeObjects(t *testing.T) {
	all := read(t, `
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ServiceAccount
  metadata: {name: pusher}
- apiVersion: actions.summerwind.dev/v1alpha1
  kind: RunnerDeployment
  metadata: {name: build, annotations: {keyless-runners/waive.KR001: known}}
- apiVersion: rbac.authorization.k8s.io/v1
  kind: Role
- apiVersion: rbac.authorization.k8s.io/v1
  kind: RoleBinding
`)
	if len(all.ServiceAccounts) != 1 || len(all.Workloads) != 1 || len(all.Waivers) != 1 || len(all.RBACRoles) != 1 || len(all.RBACBindings) != 1 || len(all.Objects) != 4 {
		t.Errorf("got %+v", all)
	}
	if w := all.Waivers[0]; w.First != 7 || w.Last != 9 {
		t.Errorf("waived are lines %d to %d, want 7 to 9", w.First, w.Last)
	}
}

func TestServiceAccounts(t *testing.T) {
	var lines []string
	for _, s := range read(t, `
apiVersion: v1
kind: ServiceAccount
metadata:
  name: pusher
  namespace: runners
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/r
    eks.amazonaws.com/sts-regional-endpoints: true
    eks.amazonaws.com/token-expiration: 3600
    empty:
    list: [a]
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: plain
---
apiVersion: v1
kind: ServiceAccount
---
apiVersion: example.com/v1
kind: ServiceAccount
`).ServiceAccounts {
		lines = append(lines, place(s.Place)+" "+show(s.Namespace)+"/"+show(s.Name)+showAnnotations(s.Annotations))
	}
	wantShown(t, `
@1:1 runners@5:14/pusher@4:9 eks.amazonaws.com/role-arn@7:5=arn:aws:iam::111122223333:role/r@7:33 eks.amazonaws.com/sts-regional-endpoints@8:5=true@8:47 eks.amazonaws.com/token-expiration@9:5=3600@9:41 empty@10:5=-@10:5 list@11:5=-@11:5
@13:1 -@16:9/plain@16:9
@18:1 -@18:1/-@18:1
`, strings.Join(lines, "\n"))
}
