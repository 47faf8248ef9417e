package controller

import (
	"bytes"
	"context"
	"fmt"
	"os"

	admission "k8s.io/api/admissionregistration/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/wait"
	"sigs.k8s.io/yaml"

	"keyless-runners/rehearsal/process"
)

var runnerDeployments = schema.GroupVersionResource{Group: "actions.summerwind.dev", Version: "v1alpha1", Resource: "runnerdeployments"}

// register registers the webhooks with the API server, as the controller's module declares
// them, but for where they are: at a URL instead of behind a Service.
func (c *Controller) register(ctx context.Context) error {
	path := c.source("config/webhook/manifests.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	mutating, validating := &admission.MutatingWebhookConfiguration{}, &admission.ValidatingWebhookConfiguration{}
	documents := bytes.Split(bytes.TrimPrefix(text, []byte("---\n")), []byte("\n---\n"))
	if len(documents) != 2 {
		return fmt.Errorf("%s has %d documents, want 2: webhooks that mutate and webhooks that validate", path, len(documents))
	}
	for i, object := range []any{mutating, validating} {
		if err := yaml.Unmarshal(documents[i], object); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	for i := range mutating.Webhooks {
		c.redirect(&mutating.Webhooks[i].ClientConfig)
	}
	for i := range validating.Webhooks {
		c.redirect(&validating.Webhooks[i].ClientConfig)
	}
	if err := c.Cluster.PutTyped(ctx, user, admission.SchemeGroupVersion.WithResource("mutatingwebhookconfigurations"), mutating); err != nil {
		return err
	}
	if err := c.Cluster.PutTyped(ctx, user, admission.SchemeGroupVersion.WithResource("validatingwebhookconfigurations"), validating); err != nil {
		return err
	}
	return c.await(ctx)
}

// await waits for the API server to take notice of both: until then everything passes
// them by. A RunnerDeployment that is only tried shows it: one webhook adds a field,
// the other refuses it without a scope.
func (c *Controller) await(ctx context.Context) error {
	var last error
	err := wait.PollUntilContextCancel(ctx, pause, true, func(ctx context.Context) (bool, error) {
		var mutated bool
		if mutated, last = c.try(ctx, "octo-org/tried"); last != nil || !mutated {
			return false, nil
		}
		_, last = c.try(ctx, "")
		return apierrors.IsInvalid(last), nil
	})
	if err != nil {
		return fmt.Errorf("%s: the API server does not ask its webhooks: %w: %w", user, err, last)
	}
	return nil
}

// try has the API server judge a RunnerDeployment that it does not keep.
func (c *Controller) try(ctx context.Context, repository string) (mutated bool, err error) {
	deployment := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "actions.summerwind.dev/v1alpha1",
		"kind":       "RunnerDeployment",
		"metadata":   map[string]any{"name": "tried"},
		"spec":       map[string]any{"template": map[string]any{"spec": map[string]any{"repository": repository}}},
	}}
	options := meta.CreateOptions{DryRun: []string{meta.DryRunAll}}
	tried, err := c.Cluster.Dynamic.Resource(runnerDeployments).Namespace(meta.NamespaceDefault).Create(ctx, deployment, options)
	if err != nil {
		return false, err
	}
	_, mutated, err = unstructured.NestedFieldNoCopy(tried.Object, "spec", "effectiveTime")
	return mutated, err
}

func (c *Controller) redirect(config *admission.WebhookClientConfig) {
	url := "https://" + process.Address(c.port) + *config.Service.Path
	*config = admission.WebhookClientConfig{URL: &url, CABundle: c.authority.PEM}
}
