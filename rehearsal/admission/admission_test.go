package admission_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"

	reviews "k8s.io/api/admission/v1"

	"keyless-runners/rehearsal/admission"
)

// answer is a webhook's answer to a body.
func answer(t *testing.T, body string, patch admission.Patch) *httptest.ResponseRecorder {
	t.Helper()
	recorder := httptest.NewRecorder()
	admission.Handler(patch).ServeHTTP(recorder, httptest.NewRequest("POST", "/mutate", strings.NewReader(body)))
	return recorder
}

func TestWebhookPatchesOrRefuses(t *testing.T) {
	for _, test := range []struct {
		name       string
		operations []admission.Operation
		err        error
		allowed    bool
		patch      string
		says       string
	}{
		{"a change", []admission.Operation{{Op: "add", Path: "/spec/replicas", Value: 1}}, nil, true, `[{"op":"add","path":"/spec/replicas","value":1}]`, ""},
		{"no change", nil, nil, true, "", ""},
		{"an error", nil, errors.New("no Pod"), false, "", "no Pod"},
	} {
		t.Run(test.name, func(t *testing.T) {
			said := answer(t, `{"request": {"uid": "1", "namespace": "runners"}}`, func(_ context.Context, r *reviews.AdmissionRequest) ([]admission.Operation, error) {
				if r.Namespace != "runners" {
					t.Errorf("it is asked about namespace %q", r.Namespace)
				}
				return test.operations, test.err
			})
			var review reviews.AdmissionReview
			if err := json.Unmarshal(said.Body.Bytes(), &review); err != nil {
				t.Fatal(err)
			}
			got := review.Response
			if got.UID != "1" || got.Allowed != test.allowed || string(got.Patch) != test.patch || (got.PatchType != nil) != (test.patch != "") {
				t.Errorf("got %+v, want allowed %v and the patch %s", got, test.allowed, test.patch)
			}
			if test.says != "" && got.Result.Message != test.says {
				t.Errorf("it says %q, want %q", got.Result.Message, test.says)
			}
		})
	}
}

func TestWebhookRefusesWhatIsNoReview(t *testing.T) {
	said := answer(t, "{}", nil)
	if said.Code != 400 || said.Body.String() != "want an AdmissionReview with a request\n" {
		t.Errorf("got %d %q", said.Code, said.Body)
	}
}
