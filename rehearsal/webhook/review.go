package webhook

import (
	"context"
	"encoding/json"
	"time"

	admission "k8s.io/api/admission/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/identity"
	mutation "keyless-runners/rehearsal/admission"
)

// patience is how long the API server may take to say what a ServiceAccount is.
const patience = 5 * time.Second

// patch changes the Pod. The webhook admits every Pod.
func (w *Webhook) patch(ctx context.Context, request *admission.AdmissionRequest) ([]mutation.Operation, error) {
	w.met.Store(true)
	var pod core.Pod
	if err := json.Unmarshal(request.Object.Raw, &pod); err != nil {
		return nil, err
	}
	if !mutate(&pod, w.settings(ctx, request.Namespace, pod.Spec.ServiceAccountName), w.region) {
		return nil, nil
	}
	operations := []mutation.Operation{
		{Op: "add", Path: "/spec/volumes", Value: pod.Spec.Volumes},
		{Op: "add", Path: "/spec/containers", Value: pod.Spec.Containers},
	}
	if len(pod.Spec.InitContainers) > 0 {
		operations = append(operations, mutation.Operation{Op: "add", Path: "/spec/initContainers", Value: pod.Spec.InitContainers})
	}
	if len(pod.Labels) > 0 {
		operations = append(operations, mutation.Operation{Op: "add", Path: "/metadata/labels", Value: pod.Labels})
	}
	return operations, nil
}

// settings returns what the Pods of a ServiceAccount get: an association comes before the
// annotation, which then counts for nothing.
func (w *Webhook) settings(ctx context.Context, namespace, name string) settings {
	account := w.account(ctx, namespace, name)
	switch subject := (identity.Subject{Namespace: identity.Namespace(namespace), ServiceAccount: identity.ServiceAccount(name)}); {
	case w.isAssociated(subject):
		return associated(account)
	case account != nil:
		return settingsOf(account)
	}
	return settings{}
}

// account is the ServiceAccount of a Pod, nil if it cannot be had. The API server is
// asked each time. EKS's webhook has a cache and asks for what is not in it.
func (w *Webhook) account(ctx context.Context, namespace, name string) *core.ServiceAccount {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	account, err := w.accounts.ServiceAccounts(namespace).Get(ctx, name, meta.GetOptions{})
	if err != nil {
		return nil
	}
	return account
}
