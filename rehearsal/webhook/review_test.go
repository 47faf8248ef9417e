package webhook

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	admission "k8s.io/api/admission/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/fake"

	mutation "keyless-runners/rehearsal/admission"
)

func TestReview(t *testing.T) {
	account := annotated(nil)
	account.ObjectMeta = meta.ObjectMeta{Namespace: "runners", Name: "builder", Annotations: account.Annotations}
	w := &Webhook{region: "us-east-1", accounts: fake.NewClientset(account).CoreV1()}
	for _, test := range []struct {
		name, namespace, pod string
		paths                []string
	}{
		{"the Pod's ServiceAccount has a role", "runners", `{"spec":{"serviceAccountName":"builder","containers":[{"name":"runner"}]}}`, []string{"/spec/volumes", "/spec/containers"}},
		{"init containers", "runners", `{"spec":{"serviceAccountName":"builder","containers":[{"name":"runner"}],"initContainers":[{"name":"init"}]}}`, []string{"/spec/volumes", "/spec/containers", "/spec/initContainers"}},
		{"another namespace", "others", `{"spec":{"serviceAccountName":"builder","containers":[{"name":"runner"}]}}`, nil},
		{"another ServiceAccount", "runners", `{"spec":{"serviceAccountName":"default","containers":[{"name":"runner"}]}}`, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			response := review(t, w, test.namespace, test.pod)
			if response.UID != "1" || !response.Allowed {
				t.Errorf("got %+v, want that the request is allowed", response)
			}
			if diff := cmp.Diff(test.paths, paths(t, response.Patch)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestReviewRefusesWhatIsNoPod(t *testing.T) {
	w := &Webhook{accounts: fake.NewClientset().CoreV1()}
	response := review(t, w, "runners", `{"spec":[]}`)
	if response.Allowed || !strings.Contains(response.Result.Message, "cannot unmarshal array") {
		t.Errorf("got %+v, want that it is no Pod", response)
	}
}

func review(t *testing.T, w *Webhook, namespace, pod string) *admission.AdmissionResponse {
	t.Helper()
	request := &admission.AdmissionRequest{UID: "1", Namespace: namespace}
	request.Object.Raw = []byte(pod)
	body, err := json.Marshal(admission.AdmissionReview{Request: request})
	if err != nil {
		t.Fatal(err)
	}
	recorder := httptest.NewRecorder()
	mutation.Handler(w.patch).ServeHTTP(recorder, httptest.NewRequest("POST", "/mutate", strings.NewReader(string(body))))
	var review admission.AdmissionReview
	if err := json.Unmarshal(recorder.Body.Bytes(), &review); err != nil {
		t.Fatal(err)
	}
	return review.Response
}

// paths returns the paths that a patch changes.
func paths(t *testing.T, patch []byte) []string {
	t.Helper()
	if patch == nil {
		return nil
	}
	var operations []struct{ Path string }
	if err := json.Unmarshal(patch, &operations); err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, operation := range operations {
		paths = append(paths, operation.Path)
	}
	return paths
}
