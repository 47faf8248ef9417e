package webhook

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/fake"
	"sigs.k8s.io/yaml"

	"keyless-runners/identity"
)

// podWithAgent is the outcome for a Pod of one container whose ServiceAccount has an
// association, and whose annotation asks for a token of two hours.
const podWithAgent = `
metadata:
  annotations: {eks.amazonaws.com/token-expiration: "7200"}
  labels: {eks.amazonaws.com/pod-identity: enabled}
spec:
  containers:
  - name: runner
    env:
    - {name: AWS_STS_REGIONAL_ENDPOINTS, value: regional}
    - {name: AWS_DEFAULT_REGION, value: us-east-1}
    - {name: AWS_REGION, value: us-east-1}
    - {name: AWS_CONTAINER_CREDENTIALS_FULL_URI, value: 'http://169.254.170.23/v1/credentials'}
    - {name: AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, value: /var/run/secrets/pods.eks.amazonaws.com/serviceaccount/eks-pod-identity-token}
    volumeMounts:
    - {mountPath: /var/run/secrets/pods.eks.amazonaws.com/serviceaccount, name: eks-pod-identity-token, readOnly: true}
  volumes:
  - name: eks-pod-identity-token
    projected:
      sources:
      - serviceAccountToken: {audience: pods.eks.amazonaws.com, expirationSeconds: 7200, path: eks-pod-identity-token}
`

func TestPodOfAssociationGetsATokenForTheAgent(t *testing.T) {
	got := &core.Pod{ObjectMeta: meta.ObjectMeta{Annotations: map[string]string{"eks.amazonaws.com/token-expiration": "7200"}}}
	got.Spec.Containers = []core.Container{{Name: "runner"}}
	// The annotation "audience" is IRSA's alone.
	mutate(got, associated(annotated(map[string]string{"audience": "vault"})), "us-east-1")
	var want core.Pod
	must(t, yaml.UnmarshalStrict([]byte(podWithAgent), &want))
	if diff := cmp.Diff(&want, got); diff != "" {
		t.Errorf("Pod (-want +got):\n%s", diff)
	}
}

func TestTokenOfADayIsValidForSomeTimeLess(t *testing.T) {
	seen := map[int64]bool{}
	for range 50 {
		pod := &core.Pod{}
		mutate(pod, associated(nil), "us-east-1")
		seconds := *pod.Spec.Volumes[0].Projected.Sources[0].ServiceAccountToken.ExpirationSeconds
		if seconds <= 79200 || seconds > 86400 {
			t.Errorf("the token is valid for %d s, want more than 79200 and at most 86400", seconds)
		}
		seen[seconds] = true
	}
	if len(seen) < 2 {
		t.Errorf("each token is valid for %v s, want that they differ", seen)
	}
}

func TestContainerKeepsItsOwnAgent(t *testing.T) {
	own := []core.EnvVar{{Name: "AWS_CONTAINER_CREDENTIALS_FULL_URI", Value: "http://127.0.0.1/"}}
	pod := &core.Pod{Spec: core.PodSpec{Containers: []core.Container{{Name: "runner", Env: own}}}}
	mutate(pod, associated(nil), "us-east-1")
	want := []core.EnvVar{own[0], {Name: "AWS_DEFAULT_REGION", Value: "us-east-1"}, {Name: "AWS_REGION", Value: "us-east-1"}}
	if diff := cmp.Diff(want, pod.Spec.Containers[0].Env); diff != "" {
		t.Errorf("environment (-want +got):\n%s", diff)
	}
}

func TestAssociationComesBeforeTheAnnotation(t *testing.T) {
	account := annotated(nil)
	account.ObjectMeta = meta.ObjectMeta{Namespace: "runners", Name: "builder", Annotations: account.Annotations}
	w := &Webhook{accounts: fake.NewClientset(account).CoreV1()}
	for _, test := range []struct {
		associated []identity.Subject
		name, want string
	}{
		{nil, "builder", "aws-iam-token"},
		{[]identity.Subject{{Namespace: "runners", ServiceAccount: "builder"}}, "builder", "eks-pod-identity-token"},
		{[]identity.Subject{{Namespace: "others", ServiceAccount: "builder"}}, "builder", "aws-iam-token"},
		{[]identity.Subject{{Namespace: "runners", ServiceAccount: "not-there"}}, "not-there", "eks-pod-identity-token"},
		{nil, "not-there", ""},
	} {
		w.Associate(test.associated)
		if got := w.settings(t.Context(), "runners", test.name); got.volume != test.want {
			t.Errorf("%s, with associations of %v: got the volume %q, want %q", test.name, test.associated, got.volume, test.want)
		}
	}
}
