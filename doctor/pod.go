package doctor

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// examinePods finds Pods of runners' ServiceAccounts that lack what new ones get.
func (e *examination) examinePods(cluster string) error {
	accounts := e.serviceAccounts(cluster)
	for _, document := range e.reading.Documents {
		if !isPods(document.Name) || clusterOf(document.Name) != cluster {
			continue
		}
		var list core.PodList
		if err := json.Unmarshal(document.Text, &list); err != nil {
			return &source.Error{Place: source.Place{File: document.Name}, Problem: err.Error()}
		}
		for i := range list.Items {
			pod := &list.Items[i]
			if sa := accounts[pod.Namespace+"/"+pod.Spec.ServiceAccountName]; sa != nil && runs(pod) {
				e.examinePod(cluster, pod, *sa)
			}
		}
	}
	return nil
}

func isPods(document string) bool { return strings.HasPrefix(path.Base(document), "pods") }

// clusterOf is the label of a document's cluster; "" of others.
func clusterOf(document string) string {
	rest, ok := strings.CutPrefix(document, "live:eks/")
	label, _, _ := strings.Cut(rest, "/")
	if !ok {
		return ""
	}
	return label
}

// runs reports whether a Pod runs, or will, and takes part in what the webhook does.
func runs(pod *core.Pod) bool {
	_, skipped := pod.Labels[identity.LabelSkipWebhook]
	return !skipped && pod.DeletionTimestamp == nil && (pod.Status.Phase == core.PodRunning || pod.Status.Phase == core.PodPending || pod.Status.Phase == "")
}

// serviceAccount is a ServiceAccount of runners, and what its Pods get.
type serviceAccount struct {
	name string
	made time.Time
	// role is the role that the annotation names, "" if there is none.
	role string
	// written reports that runners set the variable of the role themselves, whatever the webhook
	// would set.
	written bool
	// associated is when its association was made; zero: it has none. Since an update of an
	// association changes what the agent gives at once, only making it counts.
	associated time.Time
}

// serviceAccounts returns the cluster's ServiceAccounts that runners have, by namespace and name.
func (e *examination) serviceAccounts(cluster string) map[string]*serviceAccount {
	found := map[string]*serviceAccount{}
	for _, o := range e.liveObjects {
		if o.cluster != cluster || o.kind != "ServiceAccount" || len(e.runnersOf(cluster, o.namespace, o.name)) == 0 {
			continue
		}
		sa := &serviceAccount{name: o.namespace + "/" + o.name, role: o.node.Word("metadata", "annotations", identity.AnnotationRoleARN)}
		sa.made, _ = time.Parse(time.RFC3339, o.node.Word("metadata", "creationTimestamp"))
		sa.associated = e.associatedAt(cluster, o.namespace, o.name)
		sa.written = slices.ContainsFunc(e.runnersOf(cluster, o.namespace, o.name), setsRole)
		found[sa.name] = sa
	}
	return found
}

// runnersOf are the runners that have a ServiceAccount.
func (e *examination) runnersOf(cluster, namespace, name string) []facts.Workload {
	return slices.DeleteFunc(slices.Clone(e.live.Workloads), func(w facts.Workload) bool {
		return !w.Runner || clusterOf(w.Place.File) != cluster || !w.Namespace.Is(namespace) || !w.ServiceAccount.Is(name)
	})
}

func setsRole(w facts.Workload) bool {
	return slices.ContainsFunc(w.Containers, func(c facts.Container) bool {
		return slices.ContainsFunc(c.Env, func(v facts.EnvVar) bool { return v.Name == identity.EnvRoleARN })
	})
}

// associatedAt is when the association of a ServiceAccount was made.
func (e *examination) associatedAt(cluster, namespace, name string) time.Time {
	for _, document := range e.reading.Documents {
		if clusterOf(document.Name) != cluster || !strings.HasPrefix(path.Base(document.Name), "association-") {
			continue
		}
		var found struct {
			Association struct {
				Namespace, ServiceAccount string
				CreatedAt                 time.Time
			}
		}
		if json.Unmarshal(document.Text, &found) == nil && found.Association.Namespace == namespace && found.Association.ServiceAccount == name {
			return found.Association.CreatedAt
		}
	}
	return time.Time{}
}

const renewPod = "delete the Pod when its job is done: the new one gets it"

// examinePod finds what a Pod lacks that a new one would have. One that has IRSA's role still has it
// when its ServiceAccount gets an association: both are valid while one moves to the other.
func (e *examination) examinePod(cluster string, pod *core.Pod, sa serviceAccount) {
	title := fmt.Sprintf("Pod %q in cluster %q", pod.Namespace+"/"+pod.Name, cluster)
	made, role := pod.CreationTimestamp, environment(pod, identity.EnvRoleARN)
	isAssociated := !sa.associated.IsZero()
	switch {
	case sa.written || isAssociated && environment(pod, identity.EnvCredentialsURI) != "" || role == sa.role && role != "":
	case isAssociated && role == "" && made.Time.Before(sa.associated):
		e.trouble("pod-before-association", renewPod, "%s is older (%s) than the EKS Pod Identity association of its ServiceAccount %q (%s): it has none of the role's credentials", title, timeText(made), sa.name, timeText(meta.Time{Time: sa.associated}))
	case isAssociated && role == "":
		e.trouble("pod-without-credentials", "see whether the pod identity webhook answers, then delete the Pod", "%s is younger than the EKS Pod Identity association of its ServiceAccount %q, and lacks %s: the webhook did not reach it", title, sa.name, identity.EnvCredentialsURI)
	case role != "":
		e.trouble("pod-with-old-role", renewPod, "%s has role %q; its ServiceAccount %q %s since", title, role, sa.name, sa.gives())
	case sa.role != "" && made.Time.Before(sa.made):
		e.trouble("pod-before-service-account", renewPod, "%s is older (%s) than its ServiceAccount %q (%s): it has no token for the role", title, timeText(made), sa.name, timeText(meta.Time{Time: sa.made}))
	case sa.role != "":
		e.trouble("pod-without-token", "delete the Pod when its job is done; if the new one lacks it too, see whether the pod identity webhook answers", "%s has no token for role %q, which its ServiceAccount %q names: it was made before the annotation, or the webhook did not reach it", title, sa.role, sa.name)
	}
}

// gives says what new Pods of the ServiceAccount get.
func (sa serviceAccount) gives() string {
	switch {
	case !sa.associated.IsZero():
		return "has an EKS Pod Identity association"
	case sa.role != "":
		return fmt.Sprintf("names %q", sa.role)
	}
	return "names none"
}

func timeText(t meta.Time) string { return t.UTC().Format(time.RFC3339) }

// environment is the value of a variable in a container of the Pod; "" if none has it.
func environment(pod *core.Pod, name string) string {
	for _, container := range slices.Concat(pod.Spec.Containers, pod.Spec.InitContainers) {
		for _, variable := range container.Env {
			if variable.Name == name {
				return variable.Value
			}
		}
	}
	return ""
}
