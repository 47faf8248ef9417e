package stage

import (
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func TestReplicas(t *testing.T) {
	for _, test := range []struct {
		name string
		spec map[string]any
		want int
	}{
		{"two", map[string]any{"replicas": int64(2)}, 2},
		{"none", map[string]any{"replicas": int64(0)}, 0},
		{"as many as the controller likes", map[string]any{}, 1},
	} {
		if got := replicas(unstructured.Unstructured{Object: map[string]any{"spec": test.spec}}); got != test.want {
			t.Errorf("%s: got %d, want %d", test.name, got, test.want)
		}
	}
}
