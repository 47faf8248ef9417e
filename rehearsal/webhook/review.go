package webhook

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	admission "k8s.io/api/admission/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/identity"
)

// patience is how long the API server may take to say what a ServiceAccount is.
const patience = time.Second

// review answers the API server. It lets every Pod in.
func (w *Webhook) review(response http.ResponseWriter, request *http.Request) {
	var review admission.AdmissionReview
	if err := json.NewDecoder(request.Body).Decode(&review); err != nil || review.Request == nil {
		http.Error(response, "want an AdmissionReview with a request", http.StatusBadRequest)
		return
	}
	w.met.Store(true)
	review.Response = &admission.AdmissionResponse{UID: review.Request.UID, Allowed: true}
	patch, err := w.patch(request.Context(), review.Request)
	switch {
	case err != nil:
		review.Response.Allowed = false
		review.Response.Result = &meta.Status{Message: err.Error()}
	case patch != nil:
		kind := admission.PatchTypeJSONPatch
		review.Response.Patch, review.Response.PatchType = patch, &kind
	}
	review.Request = nil
	response.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(response).Encode(review) // the API server is gone, or it is not
}

// patch is what changes the Pod, as a JSON patch; nil if nothing does.
func (w *Webhook) patch(ctx context.Context, request *admission.AdmissionRequest) ([]byte, error) {
	var pod core.Pod
	if err := json.Unmarshal(request.Object.Raw, &pod); err != nil {
		return nil, err
	}
	if !mutate(&pod, w.settings(ctx, request.Namespace, pod.Spec.ServiceAccountName), w.region) {
		return nil, nil
	}
	type operation struct {
		Op    string `json:"op"`
		Path  string `json:"path"`
		Value any    `json:"value"`
	}
	operations := []operation{
		{"add", "/spec/volumes", pod.Spec.Volumes},
		{"add", "/spec/containers", pod.Spec.Containers},
	}
	if len(pod.Spec.InitContainers) > 0 {
		operations = append(operations, operation{"add", "/spec/initContainers", pod.Spec.InitContainers})
	}
	if len(pod.Labels) > 0 {
		operations = append(operations, operation{"add", "/metadata/labels", pod.Labels})
	}
	return json.Marshal(operations)
}

// settings are what the Pods of a ServiceAccount get: an association comes before the
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
