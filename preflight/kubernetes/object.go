package kubernetes

import (
	"slices"
	"strconv"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Recognize reports whether the tree is a Kubernetes object or a list of them.
func Recognize(root *source.Node) bool {
	return root.Get("apiVersion").Is(source.String) && root.Get("kind").Is(source.String) && root.Word("apiVersion") != "" && root.Word("kind") != ""
}

// Read returns the facts of an object, or of those of a list.
func Read(root *source.Node) facts.Facts {
	var all facts.Facts
	read(&all, root, "", "")
	return all
}

// read adds what an object or a list says. An item of a list may leave out its
// version and kind if the list's kind tells.
func read(all *facts.Facts, root *source.Node, apiVersion, kind string) {
	if own := root.Word("apiVersion"); own != "" {
		apiVersion = own
	}
	if own := root.Word("kind"); own != "" {
		kind = own
	}
	if kind == "" {
		return
	}
	itemKind, plural := strings.CutSuffix(kind, "List")
	if items := root.Get("items"); plural && (itemKind == "" || items.Is(source.List)) {
		for _, item := range items.Objects() {
			read(all, item, apiVersion, itemKind)
		}
		return
	}
	newObject(root, apiVersion, kind).addTo(all)
}

type object struct {
	root, metadata   *source.Node
	apiVersion, kind string
	namespace, name  facts.Text
}

func newObject(root *source.Node, apiVersion, kind string) object {
	o := object{root: root, metadata: root.Get("metadata"), apiVersion: apiVersion, kind: kind}
	o.name = textOf(o.metadata.Get("name"), placeOf(o.metadata, root.Place))
	o.namespace = textOf(o.metadata.Get("namespace"), o.name.Place)
	return o
}

// group is the API group, "" for the core of Kubernetes.
func (o object) group() string {
	group, _, found := strings.Cut(o.apiVersion, "/")
	if !found {
		return ""
	}
	return group
}

// is reports whether the object is of the kind, which is written "GROUP/KIND".
func (o object) is(groupKind string) bool {
	return o.group()+"/"+o.kind == groupKind
}

// enforceLabel is the level of Pod Security that a namespace's Pods must have
// (https://kubernetes.io/docs/concepts/security/pod-security-admission/).
const enforceLabel = "pod-security.kubernetes.io/enforce"

func (o object) addTo(all *facts.Facts) {
	all.Objects = append(all.Objects, facts.Object{
		Place: o.root.Place, Group: o.group(), Version: o.apiVersion[strings.LastIndex(o.apiVersion, "/")+1:], Kind: o.kind, Namespace: o.namespace, Name: o.name, Hash: o.hash(), Mistyped: o.mistyped(), Misspelt: o.misspelt(), ServiceAccounts: o.serviceAccounts(),
	})
	all.Waivers = append(all.Waivers, o.waivers()...)
	switch {
	case o.is("/ServiceAccount"):
		all.ServiceAccounts = append(all.ServiceAccounts, facts.ServiceAccount{
			Place: o.root.Place, Namespace: o.namespace, Name: o.name, Annotations: annotations(o.metadata),
			APIToken: textOf(o.root.Get(automount), o.name.Place),
		})
	case o.is("/Namespace"):
		all.Namespaces = append(all.Namespaces, facts.Namespace{
			Place: o.root.Place, Name: o.name, Enforces: textOf(o.metadata.Get("labels", enforceLabel), o.name.Place),
		})
	case o.is(identity.GroupRBAC + "/Role"), o.is(identity.GroupRBAC + "/ClusterRole"):
		all.RBACRoles = append(all.RBACRoles, o.rbacRole())
	case o.is(identity.GroupRBAC + "/RoleBinding"), o.is(identity.GroupRBAC + "/ClusterRoleBinding"):
		all.RBACBindings = append(all.RBACBindings, o.rbacBinding())
	case o.is("/ResourceQuota"):
		if quota, everyPod := o.quota(); everyPod {
			all.Quotas = append(all.Quotas, quota)
		}
	case o.is("/LimitRange"):
		all.LimitRanges = append(all.LimitRanges, o.limitRanges()...)
	case o.is("networking.k8s.io/NetworkPolicy"):
		if policy, limits := o.egressPolicy(); limits {
			all.EgressPolicies = append(all.EgressPolicies, policy)
		}
	case o.is("cilium.io/CiliumNetworkPolicy"):
		if policy, limits := o.ciliumPolicy(); limits {
			all.EgressPolicies = append(all.EgressPolicies, policy)
		}
	case slices.Contains(policyGroups, o.group()):
		all.AdmissionPolicies = append(all.AdmissionPolicies, o.admissionPolicies()...)
		all.PolicyExceptions = append(all.PolicyExceptions, o.policyExceptions()...)
	case o.is(identity.GroupLegacy + "/HorizontalRunnerAutoscaler"):
		all.Autoscalers = append(all.Autoscalers, o.autoscaler())
	case o.makesPrincipal():
		all.Unread = append(all.Unread, facts.Unread{
			What: o.kind + " " + strconv.Quote(o.name.Value) + " of " + o.group(), Place: o.root.Place,
			Fix: `check what "aws iam get-account-authorization-details" (--iam FILE), "aws ecr get-repository-policy" and "aws eks describe-pod-identity-association" print of the account`,
		})
	default:
		if workload, ok := o.workload(); ok {
			if !workload.ServiceAccount.There {
				workload.Misplaced = o.misplaced()
			}
			all.Workloads = append(all.Workloads, workload)
		}
		if kv, ok := o.keyValues(); ok {
			all.KeyValues = append(all.KeyValues, kv)
		}
	}
}
