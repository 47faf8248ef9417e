package doctor

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// examineClusters examines what runs in each cluster.
func (e *examination) examineClusters() error {
	for _, cluster := range e.reading.Clusters {
		e.examineWebhook(cluster)
		e.examineAgent(cluster)
		e.examineControllers(cluster)
		if err := e.examinePods(cluster); err != nil {
			return err
		}
		e.examineResourceQuotas(cluster)
	}
	return nil
}

// in are the live objects of a kind in a cluster.
func (e *examination) in(cluster, kind string) []object {
	var found []object
	for _, o := range e.liveObjects {
		if o.cluster == cluster && o.kind == kind {
			found = append(found, o)
		}
	}
	return found
}

// podWebhooks are how EKS and its sources name the webhook in its configuration, whatever that is called
// (aws/amazon-eks-pod-identity-webhook, deploy/mutatingwebhook.yaml; "kubectl get
// mutatingwebhookconfiguration pod-identity-webhook" in a cluster of EKS).
var podWebhooks = []string{"iam-for-pods.amazonaws.com", "pod-identity-webhook.amazonaws.com"}

// examineWebhook finds out whether the API server asks the pod identity webhook.
func (e *examination) examineWebhook(cluster string) {
	if !e.reading.Listed(cluster, "admissionregistration.k8s.io", "MutatingWebhookConfiguration") {
		return
	}
	for _, o := range e.in(cluster, "MutatingWebhookConfiguration") {
		for _, webhook := range o.node.Get("webhooks").Objects() {
			if slices.Contains(podWebhooks, webhook.Word("name")) {
				return
			}
		}
	}
	e.trouble("webhook-missing", "make the MutatingWebhookConfiguration pod-identity-webhook again: EKS does when the control plane is updated",
		"cluster %q has no pod identity webhook (%s): new Pods get neither a token nor credentials", cluster, podWebhooks[0])
}

// examineAgent finds out whether the EKS Pod Identity agent runs where it is needed.
func (e *examination) examineAgent(cluster string) {
	needed := slices.ContainsFunc(e.live.PodIdentityAssociations, func(a facts.PodIdentityAssociation) bool {
		return clusterOf(a.Place.File) == cluster && len(e.runnersOf(cluster, a.Namespace.Value, a.ServiceAccount.Value)) > 0
	})
	if !needed || e.isAutoMode(cluster) || !e.reading.Listed(cluster, "apps", "DaemonSet") {
		return
	}
	for _, o := range e.in(cluster, "DaemonSet") {
		if o.name != identity.AddonPodIdentityAgent {
			continue
		}
		if ready, wanted := o.node.Word("status", "numberReady"), o.node.Word("status", "desiredNumberScheduled"); ready != wanted {
			e.trouble("agent-not-ready", "see the agent's Pods in namespace "+o.namespace, "the EKS Pod Identity agent is ready on %s of %s nodes of cluster %q: Pods on the others get no credentials", zero(ready), zero(wanted), cluster)
		}
		return
	}
	e.trouble("agent-missing", fmt.Sprintf("install the add-on %s", identity.AddonPodIdentityAgent), "cluster %q has no EKS Pod Identity agent, and associations of runners", cluster)
}

func zero(number string) string {
	if number == "" {
		return "0"
	}
	return number
}

// isAutoMode reports whether EKS runs the nodes: they have the agent built in.
func (e *examination) isAutoMode(cluster string) bool {
	for _, document := range e.reading.Documents {
		if document.Name == "live:eks/"+cluster+"/cluster" {
			roots, err := source.Parse(document.Name, document.Text)
			return err == nil && roots[0].Get("cluster", "computeConfig", "enabled").IsTrue()
		}
	}
	return false
}

// controllers are the images of the controllers, the API group of what each makes Pods of, and
// the version that the proof is of; "" if a label ties it to each runner, which the check reads.
var controllers = []struct{ image, group, kind, version string }{
	{"actions-runner-controller", "actions.summerwind.dev", "RunnerDeployment", "0.27.6"},
	{"gha-runner-scale-set-controller", "actions.github.com", "AutoscalingRunnerSet", ""},
}

// examineControllers finds out whether the controller of the runners runs, and which version.
func (e *examination) examineControllers(cluster string) {
	if !e.reading.Listed(cluster, "apps", "Deployment") {
		return
	}
	for _, controller := range controllers {
		runners := slices.ContainsFunc(e.liveObjects, func(o object) bool { return o.cluster == cluster && o.group == controller.group })
		if !runners {
			continue
		}
		deployment, tag := e.controller(cluster, controller.image)
		switch {
		case deployment == nil:
			e.trouble("controller-missing", "install it", "cluster %q has runners of %s, and no Deployment runs %s", cluster, controller.group, controller.image)
		case zero(deployment.node.Word("status", "availableReplicas")) == "0":
			e.trouble("controller-not-ready", fmt.Sprintf("see its Pods in namespace %s", deployment.namespace), "%s in cluster %q is not available: no one makes runners", deployment.title(), cluster)
		case controller.version != "" && strings.TrimPrefix(tag, "v") != controller.version:
			e.trouble("controller-version", "upgrade it to "+controller.version, "%s in cluster %q runs %s %s; the proof is of %s, and another version may make other Pods", deployment.title(), cluster, controller.image, tag, controller.version)
		}
	}
}

// controller is the Deployment that runs an image, and the image's tag.
func (e *examination) controller(cluster, image string) (deployment *object, tag string) {
	for _, o := range e.in(cluster, "Deployment") {
		for _, container := range o.node.Get("spec", "template", "spec", "containers").Objects() {
			name, tag, _ := strings.Cut(path.Base(container.Word("image")), ":")
			if name == image {
				tag, _, _ = strings.Cut(tag, "@")
				return &o, tag
			}
		}
	}
	return nil, ""
}
