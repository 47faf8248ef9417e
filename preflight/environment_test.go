package preflight_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What a Pod takes from ConfigMaps and Secrets is looked up in them.
func TestVariablesComeFromElsewhere(t *testing.T) {
	const fallback = "        value: \"true\"\n"
	whole := func(sources string) edit {
		return edit{"runner.yaml", fallback, fallback + "      envFrom: [" + sources + "]\n"}
	}
	object := func(kind, namespace, data string) string {
		return "{apiVersion: v1, kind: " + kind + ", metadata: {name: x, namespace: " + namespace + "}, data: {" + data + "}}\n"
	}
	instead := edit{"runner.yaml", "      - name: AWS_EC2_METADATA_DISABLED\n" + fallback, "      - name: A\n        value: b\n      envFrom: [{configMapRef: {name: x}}]\n"}
	key := func(name, ref string) edit {
		return edit{"runner.yaml", podVariable, "      - name: " + name + "\n        valueFrom: {" + ref + ": {name: x, key: k}}\n" + podVariable}
	}
	region := edit{"workflow.yaml", jobRegion, ""}
	for _, test := range []struct {
		name  string
		edits []edit
		more  string
		want  []string
	}{
		{"a Secret with a key", []edit{whole("{secretRef: {name: x}}")}, object("Secret", "runners", "AWS_ACCESS_KEY_ID: eA=="), []string{"KR084"}},
		{"a ConfigMap with a key", []edit{whole("{configMapRef: {name: x}}")}, object("ConfigMap", "runners", "AWS_SESSION_TOKEN: x"), []string{"KR084"}},
		{"a key by its prefix", []edit{whole("{prefix: AWS_, secretRef: {name: x}}")}, object("Secret", "runners", "SECRET_ACCESS_KEY: eA=="), []string{"KR084"}},
		{"a key that the prefix changes", []edit{whole("{prefix: X_, secretRef: {name: x}}")}, object("Secret", "runners", "AWS_ACCESS_KEY_ID: eA=="), []string{}},
		{"a Secret without one", []edit{whole("{secretRef: {name: x}}")}, object("Secret", "runners", "NPM_TOKEN: eA=="), []string{}},
		{"a Secret of another namespace", []edit{whole("{secretRef: {name: x}}")}, object("Secret", "other", "NPM_TOKEN: eA=="), []string{"KR088"}},
		{"an object of another kind", []edit{whole("{secretRef: {name: x}}")}, object("ConfigMap", "runners", "A: b"), []string{"KR088"}},
		{"a role, which EKS sets over it", []edit{whole("{configMapRef: {name: x}}")}, object("ConfigMap", "runners", "AWS_ROLE_ARN: x"), []string{}},
		{"a region, which EKS sets over it", []edit{region, whole("{configMapRef: {name: x}}")}, object("ConfigMap", "runners", "AWS_REGION: eu-west-1"), []string{}},
		{"a profile", []edit{whole("{configMapRef: {name: x}}")}, object("ConfigMap", "runners", "AWS_SHARED_CREDENTIALS_FILE: /x"), []string{"KR089"}},
		{"the way back to the node's role", []edit{instead}, object("ConfigMap", "runners", "AWS_EC2_METADATA_DISABLED: 'true'"), []string{}},
		{"the way back to the node's role, open", []edit{instead}, object("ConfigMap", "runners", "AWS_EC2_METADATA_DISABLED: 'false'"), []string{"KR083"}},
		{"a region of a ConfigMap", []edit{region, key("AWS_REGION", "configMapKeyRef")}, object("ConfigMap", "runners", "k: us-east-1"), []string{}},
		{"another region of a ConfigMap", []edit{region, key("AWS_REGION", "configMapKeyRef")}, object("ConfigMap", "runners", "k: eu-west-1"), []string{"KR050", "KR054"}},
		{"a region of a ConfigMap that has none", []edit{region, key("AWS_REGION", "configMapKeyRef")}, object("ConfigMap", "runners", "l: us-east-1"), []string{"KR220", "KR063"}},
		{"a region of a Secret", []edit{region, key("AWS_REGION", "secretKeyRef")}, object("Secret", "runners", "k: eA=="), []string{"KR063"}},
		{"another endpoint", []edit{podHas("AWS_ENDPOINT_URL", "http://localstack:4566")}, "", []string{"KR089"}},
		{"another endpoint of a ConfigMap", []edit{whole("{configMapRef: {name: x}}")}, object("ConfigMap", "runners", "AWS_ENDPOINT_URL_ECR: http://localhost:4566"), []string{"KR089"}},
		{"another endpoint of another service", []edit{podHas("AWS_ENDPOINT_URL_S3", "http://minio:9000")}, "", []string{}},
		{"an endpoint of a VPC", []edit{podHas("AWS_ENDPOINT_URL_STS", "https://vpce-1.sts.us-east-1.vpce.amazonaws.com")}, "", []string{}},
		{"another endpoint of a sidecar", []edit{{"runner.yaml", podVariable, "      - name: AWS_EC2_METADATA_DISABLED\n"}, {"runner.yaml", "      serviceAccountName: build\n", "      serviceAccountName: build\n      sidecarContainers: [{name: store, image: localstack, env: [{name: AWS_ENDPOINT_URL, value: 'http://localhost:4566'}]}]\n"}}, "", []string{}},
		{"the default profile", []edit{podHas("AWS_PROFILE", "default")}, "", []string{}},
		{"a file", []edit{podHas("AWS_CONFIG_FILE", "/x")}, "", []string{"KR089"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			more := map[string]string{}
			if test.more != "" {
				more["more.yaml"] = test.more
			}
			if got, text := ids(t, test.edits, more); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
