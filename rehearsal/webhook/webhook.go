// Package webhook plays EKS' pod identity webhook, which gives Pods what leads the AWS SDKs to
// a role: a token of the ServiceAccount and two variables, for IAM roles for service accounts
// if the ServiceAccount names a role, or for EKS Pod Identity if it has an association. It
// follows pkg/handler, pkg/cache and pkg/containercredentials of
// aws/amazon-eks-pod-identity-webhook at 3bf80a3, with the flags that EKS sets. Start at
// Start.
package webhook

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	admission "k8s.io/api/admissionregistration/v1"
	core "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	client "k8s.io/client-go/kubernetes/typed/core/v1"

	"keyless-runners/identity"
	mutation "keyless-runners/rehearsal/admission"
	"keyless-runners/rehearsal/cluster"
)

// Webhook is the webhook of one cluster.
type Webhook struct {
	region   identity.Region
	accounts client.ServiceAccountsGetter
	server   *mutation.Server
	// met reports that the API server has asked.
	met atomic.Bool

	mu           sync.Mutex
	associations []identity.Subject
}

// pause is the time between two looks at what is waited for.
const pause = 20 * time.Millisecond

// Start listens on a free port of loopback and registers the webhook with the cluster.
// The region is that of the cluster, which EKS has the webhook put into Pods.
func Start(ctx context.Context, c *cluster.Cluster, region identity.Region) (*Webhook, error) {
	w := &Webhook{region: region, accounts: c.Client.CoreV1()}
	var err error
	if w.server, err = mutation.Start("pod-identity-webhook", w.patch); err != nil {
		return nil, err
	}
	if err := w.begin(ctx, c); err != nil {
		w.Stop()
		return nil, err
	}
	return w, nil
}

// begin registers the webhook and waits for the API server to take notice: until then
// Pods pass it by. A Pod that is only tried shows it.
func (w *Webhook) begin(ctx context.Context, c *cluster.Cluster) error {
	if err := register(ctx, c, w.server.URL, w.server.Authority); err != nil {
		return err
	}
	pod := &core.Pod{
		ObjectMeta: meta.ObjectMeta{Name: "tried"},
		Spec:       core.PodSpec{Containers: []core.Container{{Name: "tried", Image: "tried"}}},
	}
	var last error
	err := wait.PollUntilContextCancel(ctx, pause, true, func(ctx context.Context) (bool, error) {
		_, last = c.Client.CoreV1().Pods(meta.NamespaceDefault).Create(ctx, pod, meta.CreateOptions{DryRun: []string{meta.DryRunAll}})
		return w.met.Load(), nil
	})
	if err != nil {
		return fmt.Errorf("pod-identity-webhook: the API server does not ask it: %w: %w", err, last)
	}
	return nil
}

// Associate says which ServiceAccounts have an association, in place of what was said before.
// EKS writes them into a file that the webhook watches.
func (w *Webhook) Associate(subjects []identity.Subject) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.associations = subjects
}

func (w *Webhook) isAssociated(subject identity.Subject) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Contains(w.associations, subject)
}

// Stop ends the webhook. Pods are let in without it, as its failure policy says.
func (w *Webhook) Stop() { w.server.Stop() }

// skipLabel is a label of Pods that EKS leaves alone, whatever its value.
const skipLabel = "eks.amazonaws.com/skip-pod-identity-webhook"

// register declares the webhook as EKS does ("kubectl get mutatingwebhookconfiguration
// pod-identity-webhook -o yaml"): it fails open, and meets a Pod again if another
// webhook changed it.
func register(ctx context.Context, c *cluster.Cluster, url string, trust []byte) error {
	ignore, none, again := admission.Ignore, admission.SideEffectClassNone, admission.IfNeededReinvocationPolicy
	configuration := &admission.MutatingWebhookConfiguration{
		ObjectMeta: meta.ObjectMeta{Name: "pod-identity-webhook"},
		Webhooks: []admission.MutatingWebhook{{
			Name:         "iam-for-pods.amazonaws.com",
			ClientConfig: admission.WebhookClientConfig{URL: &url, CABundle: trust},
			Rules: []admission.RuleWithOperations{{
				Operations: []admission.OperationType{admission.Create},
				Rule:       admission.Rule{APIGroups: []string{""}, APIVersions: []string{"v1"}, Resources: []string{"pods"}},
			}},
			ObjectSelector: &meta.LabelSelector{MatchExpressions: []meta.LabelSelectorRequirement{
				{Key: skipLabel, Operator: meta.LabelSelectorOpDoesNotExist},
			}},
			FailurePolicy:           &ignore,
			ReinvocationPolicy:      &again,
			SideEffects:             &none,
			AdmissionReviewVersions: []string{"v1"},
		}},
	}
	webhooks := c.Client.AdmissionregistrationV1().MutatingWebhookConfigurations()
	if err := webhooks.Delete(ctx, configuration.Name, meta.DeleteOptions{}); err != nil && !apierrors.IsNotFound(err) {
		return err
	}
	_, err := webhooks.Create(ctx, configuration, meta.CreateOptions{})
	return err
}
