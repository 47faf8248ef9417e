package controller

import (
	"bytes"
	"context"
	"fmt"
	"os"

	admission "k8s.io/api/admissionregistration/v1"
	"sigs.k8s.io/yaml"

	"keyless-runners/rehearsal/process"
)

// register tells the API server of the webhooks, as the controller's module declares
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
	if err := c.applyTyped(ctx, admission.SchemeGroupVersion.WithResource("mutatingwebhookconfigurations"), mutating); err != nil {
		return err
	}
	return c.applyTyped(ctx, admission.SchemeGroupVersion.WithResource("validatingwebhookconfigurations"), validating)
}

func (c *Controller) redirect(config *admission.WebhookClientConfig) {
	url := "https://" + process.Address(c.port) + *config.Service.Path
	*config = admission.WebhookClientConfig{URL: &url, CABundle: c.authority.PEM}
}
