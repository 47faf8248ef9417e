package render_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rhysd/actionlint"
	"sigs.k8s.io/yaml"

	"keyless-runners/fleet/fleettest"
)

// placeholders are what the article leaves to its reader, with the values of the
// article's fleet. It spells the provider's id in two ways.
var placeholders = strings.NewReplacer(
	"YOUR_ACCOUNT_ID", "111122223333",
	"YOUR_AWS_REGION", "us-east-1",
	"YOUR_REGION", "us-east-1",
	"YOUR_OIDC_PROVIDER_ID", "0123456789ABCDEF0123456789ABCDEF",
	"YOUR_OIDC_ID", "0123456789ABCDEF0123456789ABCDEF",
	"YOUR_NAMESPACE", "self-hosted-runners",
	"YOUR_SERVICE_ACCOUNT", "self-hosted-runner-service-account",
	"YOUR_ECR_REPOSITORY", "my-app",
	"YOUR_REPOSITORY", "octo-org/my-app",
)

func original(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "original", name))
	if err != nil {
		t.Fatal(err)
	}
	return []byte(placeholders.Replace(string(text)))
}

// Everything that the article says is in what we render, and every addition is
// here with its reason.
func TestArticleIsContained(t *testing.T) {
	all := decode(t, rendered(t, fleettest.Article()))
	tmpl, file := all.templates["keyless-runners.template.json"], all.objects["example/build.k8s.yaml"]
	for _, test := range []struct {
		article   string
		ours      any
		additions map[string]string
	}{
		{
			article: "permissions.json",
			ours:    only(t, of[managedPolicy](t, tmpl, "AWS::IAM::ManagedPolicy")).PolicyDocument,
		},
		{
			article: "trust.json",
			ours:    only(t, of[role](t, tmpl, "AWS::IAM::Role")).AssumeRolePolicyDocument,
			additions: map[string]string{
				".Statement[0].Condition.StringEquals.oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:aud = sts.amazonaws.com": "a token for another audience is no login",
			},
		},
		{
			article: "self-hosted-runner-service-account.yaml",
			ours:    file.serviceAccount,
			additions: map[string]string{
				".metadata.namespace = self-hosted-runners":                       "the trust policy names it; the article leaves it out",
				".metadata.labels.app.kubernetes.io/managed-by = keyless-runners": "finds what this project made",
				".metadata.labels.app.kubernetes.io/instance = build":             "finds what belongs to the pool",
				".automountServiceAccountToken = false":                           "no runner talks to the Kubernetes API",
			},
		},
		{
			article: "runner-deployment.yaml",
			ours:    file.deployment,
			additions: map[string]string{
				".metadata.namespace = self-hosted-runners":                       "the ServiceAccount's",
				".metadata.labels.app.kubernetes.io/managed-by = keyless-runners": "finds what this project made",
				".metadata.labels.app.kubernetes.io/instance = build":             "finds what belongs to the pool",
				".spec.replicas = 1": "explicit",
				".spec.template.metadata.annotations.eks.amazonaws.com/skip-containers = docker": "keeps the token from the privileged sidecar",
				".spec.template.metadata.annotations.karpenter.sh/do-not-disrupt = true":         "Karpenter and EKS Auto Mode would end a job with its node",
				".spec.template.spec.automountServiceAccountToken = false":                       "no runner talks to the Kubernetes API",
				".spec.template.spec.dockerEnabled = true":                                       "explicit: docker build needs the sidecar",
				".spec.template.spec.dockerdWithinRunnerContainer = false":                       "explicit: true would make the container with the token privileged",
				".spec.template.spec.env[0].name = AWS_EC2_METADATA_DISABLED":                    "no falling back to the node's role",
				".spec.template.spec.env[0].value = true":                                        "no falling back to the node's role",
				".spec.template.spec.ephemeral = true":                                           "explicit: one job for a runner",
				".spec.template.spec.image = summerwind/actions-runner:v2.337.0-ubuntu-22.04":    "not whatever latest is",
				".spec.template.spec.imagePullPolicy = Always":                                   "explicit",
				".spec.template.spec.labels[0] = push-my-app":                                    "jobs choose the pool by it",
				".spec.template.spec.securityContext.fsGroup = 1001":                             "the runner is not root and could not read its token",
			},
		},
	} {
		theirs, ours := flat(t, original(t, test.article)), flat(t, text(t, test.ours))
		for fact := range theirs {
			if !ours[fact] {
				t.Errorf("%s: not in ours: %s", test.article, fact)
			}
		}
		for fact := range ours {
			if _, listed := test.additions[fact]; !listed && !theirs[fact] {
				t.Errorf("%s: an addition without a reason: %s", test.article, fact)
			}
		}
		for fact := range test.additions {
			if !ours[fact] {
				t.Errorf("%s: a reason without its addition: %s", test.article, fact)
			}
		}
	}
}

// The workflow does what the article's second one does, step for step, and the
// step of the first that the article is there to remove is not among them.
func TestArticlesWorkflowIsContained(t *testing.T) {
	ours := rendered(t, fleettest.Article())["workflows/push-build.yaml"]
	want := []string{"Build the Docker image", "Login to Amazon ECR", "Push image to Amazon ECR"}
	if diff := cmp.Diff(want, steps(t, original(t, "after.yaml"))); diff != "" {
		t.Fatalf("the article's steps (-want +got):\n%s", diff)
	}
	additions := map[string]string{
		"Check the runner's role and the image repository": "a wrong runner is told so at once",
		"Check out": "the article leaves it out for concision",
	}
	var got []string
	for _, step := range steps(t, ours) {
		if additions[step] == "" {
			got = append(got, step)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("our steps (-want +got):\n%s", diff)
	}
	for _, command := range []string{
		`IMAGE_TAG: ${{ github.sha }}`,
		`docker build "$BUILD_CONTEXT" --file "$BUILD_FILE" --tag "$IMAGE_TAG"`,
		`BUILD_CONTEXT: ${{ inputs.context || '.' }}`,
		`BUILD_FILE: ${{ inputs.file || 'Dockerfile' }}`,
		`uses: aws-actions/amazon-ecr-login@`,
		`ECR_REGISTRY: "111122223333.dkr.ecr.us-east-1.amazonaws.com"`,
		`ECR_REPOSITORY: ${{ inputs.image-repository || 'my-app' }}`,
		`image="$ECR_REGISTRY/$ECR_REPOSITORY:$IMAGE_TAG"`,
		`docker tag "$IMAGE_TAG" "$image"`,
		`docker push "$image"`,
	} {
		if !strings.Contains(string(ours), command) {
			t.Errorf("the workflow lacks %s", command)
		}
	}
}

// steps lists the names of the steps of a workflow's only job.
func steps(t *testing.T, content []byte) []string {
	t.Helper()
	workflow, _ := actionlint.Parse(content) // the article's has no trigger, which is an error
	var names []string
	for _, step := range only(t, workflow.Jobs).Steps {
		names = append(names, step.Name.Value)
	}
	return names
}

func only[V any](t *testing.T, values map[string]V) V {
	t.Helper()
	if len(values) != 1 {
		t.Fatalf("got %d, want 1", len(values))
	}
	for _, value := range values {
		return value
	}
	panic("unreachable")
}

func text(t *testing.T, value any) []byte {
	t.Helper()
	content, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// flat lists the leaves of YAML or JSON as "path = value". A list of one string
// is that string, as IAM reads it. What Kubernetes' types always print, an empty
// status or creation time, says nothing.
func flat(t *testing.T, content []byte) map[string]bool {
	t.Helper()
	var tree any
	if err := yaml.Unmarshal(content, &tree); err != nil {
		t.Fatal(err)
	}
	leaves := map[string]bool{}
	var walk func(path string, node any)
	walk = func(path string, node any) {
		switch node := node.(type) {
		case nil:
		case map[string]any:
			for key, value := range node {
				walk(path+"."+key, value)
			}
		case []any:
			if len(node) == 1 && strings.HasSuffix(path, ".Action") {
				walk(path, node[0])
				return
			}
			for i, value := range node {
				walk(fmt.Sprintf("%s[%d]", path, i), value)
			}
		default:
			leaves[fmt.Sprintf("%s = %v", path, node)] = true
		}
	}
	walk("", tree)
	return leaves
}
