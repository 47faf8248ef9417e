package scaleset

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	reviews "k8s.io/api/admission/v1"
	registration "k8s.io/api/admissionregistration/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/wait"

	"keyless-runners/rehearsal/admission"
	"keyless-runners/rehearsal/cluster"
	"keyless-runners/rehearsal/program"
)

// bridge is an admission webhook between manifests for the controller of 0.14 and that of
// 0.6.1. It has scale sets find GitHub on this machine, and gives Pods back what the older
// controller does not know: a native sidecar's restartPolicy.
type bridge struct {
	*admission.Server
	cluster            *cluster.Cluster
	github, enterprise string
}

// ScaleSets are the scale sets' kind.
var ScaleSets = schema.GroupVersionResource{Group: "actions.github.com", Version: "v1alpha1", Resource: "autoscalingrunnersets"}

// Labels that the controller gives the Pods of a scale set (controllers/actions.github.com,
// constants.go); LabelName has the set's name.
const (
	LabelName      = "actions.github.com/scale-set-name"
	labelNamespace = "actions.github.com/scale-set-namespace"
	labelVersion   = "app.kubernetes.io/version"
)

// build starts the bridge and waits until the API server asks it.
func build(ctx context.Context, c *cluster.Cluster, github, enterprise string) (*bridge, error) {
	b := &bridge{cluster: c, github: strings.TrimSuffix(github, "/"), enterprise: strings.TrimSuffix(enterprise, "/")}
	var err error
	if b.Server, err = admission.Start("scale-set-bridge", b.patch); err != nil {
		return nil, err
	}
	if err := b.register(ctx); err != nil {
		b.Stop()
		return nil, err
	}
	return b, nil
}

func (b *bridge) patch(ctx context.Context, request *reviews.AdmissionRequest) ([]admission.Operation, error) {
	if request.Kind.Kind == "Pod" {
		return b.patchPod(ctx, request.Object.Raw)
	}
	return b.patchScaleSet(request.Object.Raw)
}

// patchScaleSet leads a scale set to GitHub on this machine. Its version, of which the
// controller of 0.14 compares the first two numbers, becomes the very one that this one has.
func (b *bridge) patchScaleSet(raw []byte) ([]admission.Operation, error) {
	var set unstructured.Unstructured
	if err := json.Unmarshal(raw, &set.Object); err != nil {
		return nil, err
	}
	var operations []admission.Operation
	url, _, _ := unstructured.NestedString(set.Object, "spec", "githubConfigUrl")
	if host, path, _ := strings.Cut(strings.TrimPrefix(url, "https://"), "/"); strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, b.enterprise) {
		at := b.enterprise
		if host == "github.com" {
			at = b.github
		}
		operations = append(operations, admission.Operation{Op: "replace", Path: "/spec/githubConfigUrl", Value: at + "/" + path})
	}
	if strings.HasPrefix(set.GetLabels()[labelVersion], "0.14.") {
		operations = append(operations, admission.Operation{Op: "replace", Path: "/metadata/labels/app.kubernetes.io~1version", Value: program.ScaleSetVersion})
	}
	return operations, nil
}

// patchPod gives a Pod's init containers the restartPolicy that they have in the template.
func (b *bridge) patchPod(ctx context.Context, raw []byte) ([]admission.Operation, error) {
	var pod core.Pod
	if err := json.Unmarshal(raw, &pod); err != nil {
		return nil, err
	}
	set, err := b.cluster.Dynamic.Resource(ScaleSets).Namespace(pod.Labels[labelNamespace]).Get(ctx, pod.Labels[LabelName], meta.GetOptions{})
	if err != nil {
		return nil, err
	}
	declared, _, err := unstructured.NestedSlice(set.Object, "spec", "template", "spec", "initContainers")
	if err != nil {
		return nil, err
	}
	var operations []admission.Operation
	for i, container := range pod.Spec.InitContainers {
		for _, other := range declared {
			template, _ := other.(map[string]any)
			if policy := template["restartPolicy"]; template["name"] == container.Name && policy != nil {
				operations = append(operations, admission.Operation{Op: "add", Path: fmt.Sprintf("/spec/initContainers/%d/restartPolicy", i), Value: policy})
			}
		}
	}
	return operations, nil
}

// patience is how long the API server may take to take notice of the bridge.
const patience = 30 * time.Second

// register declares the webhook, and waits for the API server to ask it. A scale set that is
// only tried shows it.
func (b *bridge) register(ctx context.Context) error {
	fail, none := registration.Fail, registration.SideEffectClassNone
	webhook := func(name string, rule registration.Rule, operations ...registration.OperationType) registration.MutatingWebhook {
		return registration.MutatingWebhook{
			Name:                    name,
			ClientConfig:            registration.WebhookClientConfig{URL: &b.URL, CABundle: b.Authority},
			Rules:                   []registration.RuleWithOperations{{Operations: operations, Rule: rule}},
			FailurePolicy:           &fail,
			SideEffects:             &none,
			AdmissionReviewVersions: []string{"v1"},
		}
	}
	sets := registration.Rule{APIGroups: []string{ScaleSets.Group}, APIVersions: []string{ScaleSets.Version}, Resources: []string{ScaleSets.Resource}}
	pods := webhook("pods.scale-set-bridge.rehearsal", registration.Rule{APIGroups: []string{""}, APIVersions: []string{"v1"}, Resources: []string{"pods"}}, registration.Create)
	pods.ObjectSelector = &meta.LabelSelector{MatchExpressions: []meta.LabelSelectorRequirement{
		{Key: LabelName, Operator: meta.LabelSelectorOpExists}, {Key: "app.kubernetes.io/component", Operator: meta.LabelSelectorOpIn, Values: []string{"runner"}},
	}}
	if err := b.cluster.PutTyped(ctx, manager, registration.SchemeGroupVersion.WithResource("mutatingwebhookconfigurations"), &registration.MutatingWebhookConfiguration{
		TypeMeta:   meta.TypeMeta{APIVersion: registration.SchemeGroupVersion.String(), Kind: "MutatingWebhookConfiguration"},
		ObjectMeta: meta.ObjectMeta{Name: "scale-set-bridge"},
		Webhooks:   []registration.MutatingWebhook{webhook("sets.scale-set-bridge.rehearsal", sets, registration.Create, registration.Update), pods},
	}); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return wait.PollUntilContextCancel(ctx, pause, true, func(ctx context.Context) (bool, error) { return b.asked(ctx) })
}

// asked reports whether the bridge changed a scale set that is only tried.
func (b *bridge) asked(ctx context.Context) (bool, error) {
	set := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": ScaleSets.GroupVersion().String(), "kind": "AutoscalingRunnerSet",
		"metadata": map[string]any{"name": "tried"},
		"spec":     map[string]any{"githubConfigUrl": "https://github.com/octo-org"},
	}}
	tried, err := b.cluster.Dynamic.Resource(ScaleSets).Namespace(meta.NamespaceDefault).Create(ctx, set, meta.CreateOptions{DryRun: []string{meta.DryRunAll}})
	if err != nil {
		return false, err
	}
	url, _, err := unstructured.NestedString(tried.Object, "spec", "githubConfigUrl")
	return url == b.github+"/octo-org", err
}
