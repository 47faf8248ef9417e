package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A workload that is no runner has the runners' role only if EKS gives it a token, and it is no fault
// if EKS does not.
func TestBystanders(t *testing.T) {
	const proved = "\nproved: 1 of 2 workloads can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app, and no one else can (4 files)\n"
	for _, test := range []struct {
		name, template string
		want           []string
		verdict        string
	}{
		{"with the role", "spec: {serviceAccountName: build, containers: [{name: app, image: shop/web}]}", []string{"KR017"}, "\nnot proved: 1 warning (4 files)\n"},
		{"kept from it by a label", "metadata: {labels: {eks.amazonaws.com/skip-pod-identity-webhook: 'true'}}\n    spec: {serviceAccountName: build, containers: [{name: app, image: shop/web}]}", []string{}, proved},
		{"kept from it by an annotation", "metadata: {annotations: {eks.amazonaws.com/skip-containers: app}}\n    spec: {serviceAccountName: build, containers: [{name: app, image: shop/web}]}", []string{}, proved},
		{"kept from it, and pushing", "metadata: {annotations: {eks.amazonaws.com/skip-containers: app}}\n    spec: {serviceAccountName: build, containers: [{name: app, image: gcr.io/kaniko-project/executor, args: [--destination=111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app:1]}]}",
			[]string{"KR017", "KR086"}, "\nnot proved: 1 error, 1 warning (4 files)\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, nil, map[string]string{"app.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app, namespace: runners}\nspec:\n  template:\n    " + test.template + "\n"})
			if !cmp.Equal(got, test.want) || !strings.HasSuffix(text, test.verdict) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.verdict, text)
			}
		})
	}
}
