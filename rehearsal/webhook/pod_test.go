package webhook

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	core "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"
)

// annotated is the ServiceAccount that the tests' Pods have.
func annotated(annotations map[string]string) *core.ServiceAccount {
	account := &core.ServiceAccount{}
	account.Annotations = map[string]string{"eks.amazonaws.com/role-arn": role}
	for name, value := range annotations {
		account.Annotations["eks.amazonaws.com/"+name] = value
	}
	return account
}

// role is any text in the annotation: the webhook does not judge it.
const role = "the role"

// injected returns what a container gets.
const injected = `
  env:
  - {name: AWS_STS_REGIONAL_ENDPOINTS, value: regional}
  - {name: AWS_DEFAULT_REGION, value: us-east-1}
  - {name: AWS_REGION, value: us-east-1}
  - {name: AWS_ROLE_ARN, value: the role}
  - {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: /var/run/secrets/eks.amazonaws.com/serviceaccount/token}
  resources: {}
  volumeMounts:
  - {mountPath: /var/run/secrets/eks.amazonaws.com/serviceaccount, name: aws-iam-token, readOnly: true}
`

// volume returns the volume that a Pod gets, with its audience and seconds.
func volume(audience, seconds string) string {
	return `
- name: aws-iam-token
  projected:
    sources:
    - serviceAccountToken: {audience: ` + audience + `, expirationSeconds: ` + seconds + `, path: token}
`
}

// region is a container's own, and windows what one has on such a node.
const (
	region  = "\n  env:\n  - {name: AWS_DEFAULT_REGION, value: eu-west-1}\n"
	windows = `
containers:
- name: runner
  env:
  - {name: AWS_DEFAULT_REGION, value: eu-west-1}
  - {name: AWS_STS_REGIONAL_ENDPOINTS, value: regional}
  - {name: AWS_ROLE_ARN, value: the role}
  - {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: 'C:\var\run\secrets\eks.amazonaws.com\serviceaccount\token'}
  resources: {}
  volumeMounts:
  - {mountPath: /var/run/secrets/eks.amazonaws.com/serviceaccount, name: aws-iam-token, readOnly: true}
`
)

// The cases are those that the webhook's README documents and its own tests fix.
func TestPod(t *testing.T) {
	token := volume("sts.amazonaws.com", "86400")
	tests := []struct {
		name        string
		account     map[string]string
		annotations map[string]string
		spec        string
		want        string // "" if the Pod stays as it is
	}{
		{
			name: "a container",
			spec: "containers:\n- name: runner",
			want: "containers:\n- name: runner" + injected + "volumes:" + token,
		},
		{
			name: "init containers too",
			spec: "initContainers:\n- name: init\ncontainers:\n- name: runner",
			want: "initContainers:\n- name: init" + injected + "containers:\n- name: runner" + injected + "volumes:" + token,
		},
		{
			name: "the token is the first volume",
			spec: "containers:\n- name: runner\nvolumes:\n- {name: work, emptyDir: {}}",
			want: "containers:\n- name: runner" + injected + "volumes:" + token + "- {name: work, emptyDir: {}}",
		},
		{
			name:        "containers that are skipped",
			annotations: map[string]string{"skip-containers": "docker,init"},
			spec:        "initContainers:\n- name: init\ncontainers:\n- name: runner\n- name: docker",
			want:        "initContainers:\n- {name: init, resources: {}}\ncontainers:\n- name: runner" + injected + "- {name: docker, resources: {}}\nvolumes:" + token,
		},
		{
			name:        "names are skipped as they stand, spaces and all",
			annotations: map[string]string{"skip-containers": "other, docker"},
			spec:        "containers:\n- name: docker",
			want:        "containers:\n- name: docker" + injected + "volumes:" + token,
		},
		{
			name:        "no line of CSV skips nothing",
			annotations: map[string]string{"skip-containers": `"docker`},
			spec:        "containers:\n- name: docker",
			want:        "containers:\n- name: docker" + injected + "volumes:" + token,
		},
		{
			name:    "another audience",
			account: map[string]string{"audience": "vault"},
			spec:    "containers:\n- name: runner",
			want:    "containers:\n- name: runner" + injected + "volumes:" + volume("vault", "86400"),
		},
		{
			name:    "an audience that is empty",
			account: map[string]string{"audience": ""},
			spec:    "containers:\n- name: runner",
			want:    "containers:\n- name: runner" + injected + "volumes:" + volume(`""`, "86400"),
		},
		{
			name:    "expiration of the ServiceAccount",
			account: map[string]string{"token-expiration": "7200"},
			spec:    "containers:\n- name: runner",
			want:    "containers:\n- name: runner" + injected + "volumes:" + volume("sts.amazonaws.com", "7200"),
		},
		{
			name:        "expiration of the Pod comes first",
			account:     map[string]string{"token-expiration": "7200"},
			annotations: map[string]string{"token-expiration": "3600"},
			spec:        "containers:\n- name: runner",
			want:        "containers:\n- name: runner" + injected + "volumes:" + volume("sts.amazonaws.com", "3600"),
		},
		{
			name:        "expiration is ten minutes at least",
			annotations: map[string]string{"token-expiration": "0"},
			spec:        "containers:\n- name: runner",
			want:        "containers:\n- name: runner" + injected + "volumes:" + volume("sts.amazonaws.com", "600"),
		},
		{
			name:        "expiration that is no number",
			account:     map[string]string{"token-expiration": "1h"},
			annotations: map[string]string{"token-expiration": "2h"},
			spec:        "containers:\n- name: runner",
			want:        "containers:\n- name: runner" + injected + "volumes:" + token,
		},
		{
			name:    "endpoints that are not regional",
			account: map[string]string{"sts-regional-endpoints": "false"},
			spec:    "containers:\n- name: runner",
			want: `
containers:
- name: runner
  env:
  - {name: AWS_DEFAULT_REGION, value: us-east-1}
  - {name: AWS_REGION, value: us-east-1}
  - {name: AWS_ROLE_ARN, value: the role}
  - {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: /var/run/secrets/eks.amazonaws.com/serviceaccount/token}
  resources: {}
  volumeMounts:
  - {mountPath: /var/run/secrets/eks.amazonaws.com/serviceaccount, name: aws-iam-token, readOnly: true}
volumes:` + token,
		},
		{
			name:    "endpoints that are neither",
			account: map[string]string{"sts-regional-endpoints": "no way"},
			spec:    "containers:\n- name: runner",
			want:    "containers:\n- name: runner" + injected + "volumes:" + token,
		},
		{
			name: "one variable of a kind is enough",
			spec: `
containers:
- name: runner
  env:
  - {name: AWS_REGION, value: eu-west-1}
  - {name: AWS_ROLE_ARN, value: another role}`,
			want: `
containers:
- name: runner
  env:
  - {name: AWS_REGION, value: eu-west-1}
  - {name: AWS_ROLE_ARN, value: another role}
  - {name: AWS_STS_REGIONAL_ENDPOINTS, value: regional}
  resources: {}
  volumeMounts:
  - {mountPath: /var/run/secrets/eks.amazonaws.com/serviceaccount, name: aws-iam-token, readOnly: true}
volumes:` + token,
		},
		{
			name: "a container with variables of every kind is not touched",
			spec: `
containers:
- name: runner
  env:
  - {name: AWS_REGION, value: eu-west-1}
  - {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: /token}
  - {name: AWS_STS_REGIONAL_ENDPOINTS, value: legacy}`,
			want: `
containers:
- name: runner
  env:
  - {name: AWS_REGION, value: eu-west-1}
  - {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: /token}
  - {name: AWS_STS_REGIONAL_ENDPOINTS, value: legacy}
  resources: {}
volumes:` + token,
		},
		{
			name: "a Pod that was met before",
			spec: "containers:\n- name: runner" + injected + "- name: sidecar\nvolumes:" + volume("sts.amazonaws.com", "3600"),
			want: "containers:\n- name: runner" + injected + "- name: sidecar" + injected + "volumes:" + volume("sts.amazonaws.com", "3600"),
		},
		{
			name: "a volume that is mounted already",
			spec: "containers:\n- name: runner\n  volumeMounts:\n  - {mountPath: /token, name: aws-iam-token}\nvolumes:" + token,
			want: "containers:\n- name: runner" + strings.Replace(injected, "{mountPath: /var/run/secrets/eks.amazonaws.com/serviceaccount, name: aws-iam-token, readOnly: true}", "{mountPath: /token, name: aws-iam-token}", 1) + "volumes:" + token,
		},
		{
			name: "a volume of the token's name that has it in another file",
			spec: "containers:\n- name: runner\nvolumes:" + strings.Replace(token, "path: token", "path: other", 1),
			want: "containers:\n- name: runner" + injected + "volumes:" + strings.Replace(token, "path: token", "path: other", 1),
		},
		{
			name: "a volume of the token's name without a token",
			spec: "containers:\n- name: runner\nvolumes:" + "\n- {name: aws-iam-token, projected: {sources: [{configMap: {name: aws}}]}}",
			want: "containers:\n- name: runner" + injected + "volumes:" + "\n- {name: aws-iam-token, projected: {sources: [{configMap: {name: aws}}]}}",
		},
		{
			name: "a volume of the token's name that is a folder",
			spec: "containers:\n- name: runner\nvolumes:" + "\n- {name: aws-iam-token, emptyDir: {}}",
			want: "containers:\n- name: runner" + injected + "volumes:" + "\n- {name: aws-iam-token, emptyDir: {}}",
		},
		{
			name: "a volume of the token's name that is a Secret",
			spec: "containers:\n- name: runner\nvolumes:" + "\n- {name: aws-iam-token, secret: {secretName: aws}}",
			want: "containers:\n- name: runner" + injected + "volumes:" + "\n- {name: aws-iam-token, secret: {secretName: aws}}",
		},
		{
			name: "a volume of the token's name that holds another's token",
			spec: "containers:\n- name: runner\nvolumes:" + volume("vault", "3600"),
			want: "containers:\n- name: runner" + injected + "volumes:" + volume("vault", "3600"),
		},
		{
			name:    "a volume of the token's name whose audience is not the ServiceAccount's",
			account: map[string]string{"audience": "vault"},
			spec:    "containers:\n- name: runner\nvolumes:" + volume("sts.amazonaws.com", "3600"),
			want:    "containers:\n- name: runner" + injected + "volumes:" + volume("sts.amazonaws.com", "3600"),
		},
		{
			name:    "no role",
			account: map[string]string{"role-arn": ""},
			spec:    "containers:\n- name: runner",
		},
		{
			name: "a node of Windows",
			spec: "nodeSelector: {kubernetes.io/os: windows}\ncontainers:\n- name: runner" + region,
			want: "nodeSelector: {kubernetes.io/os: windows}\n" + windows + "volumes:" + token,
		},
		{
			name: "a node of Windows by its old label",
			spec: "nodeSelector: {beta.kubernetes.io/os: windows}\ncontainers:\n- name: runner" + region,
			want: "nodeSelector: {beta.kubernetes.io/os: windows}\n" + windows + "volumes:" + token,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pod := &core.Pod{Spec: spec(t, test.spec)}
			pod.Annotations = map[string]string{}
			for name, value := range test.annotations {
				pod.Annotations["eks.amazonaws.com/"+name] = value
			}
			want := test.want
			if want == "" {
				want = test.spec
			}
			if changed := mutate(pod, settingsOf(annotated(test.account)), "us-east-1"); changed != (test.want != "") {
				t.Errorf("changed: %t", changed)
			}
			if diff := cmp.Diff(spec(t, want), pod.Spec); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func spec(t *testing.T, text string) core.PodSpec {
	t.Helper()
	var spec core.PodSpec
	if err := yaml.UnmarshalStrict([]byte(text), &spec); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return spec
}
