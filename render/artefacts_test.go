package render_test

import (
	"encoding/json"
	"path"
	"strings"
	"testing"

	arc "github.com/actions/actions-runner-controller/apis/actions.summerwind.net/v1alpha1"
	"github.com/rhysd/actionlint"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"

	"keyless-runners/policy"
	"keyless-runners/render"
)

// artefacts is everything that was rendered, decoded strictly: a field that AWS,
// Kubernetes, ARC or GitHub does not know fails the test.
type artefacts struct {
	templates  map[string]template
	namespaces map[string]corev1.Namespace
	// objects are by the file of their pool.
	objects   map[string]objects
	workflows map[string]*actionlint.Workflow
}

type template struct {
	Description string
	Metadata    map[string]string
	Resources   map[string]resource
	Outputs     map[string]struct{ Description, Value string }
}

type resource struct {
	Type                                string
	Properties                          json.RawMessage
	UpdateReplacePolicy, DeletionPolicy string
	Metadata                            metadata
}

// metadata answers what keyless check, checkov and cdk-nag would find in a resource.
type metadata struct {
	Keyless struct{ Waive map[string]string } `json:"keyless-runners"`
	Checkov checkov                           `json:"checkov"`
	CDKNag  cdkNag                            `json:"cdk_nag"`
}

type checkov struct{ Skip []skip }

type skip struct{ ID, Comment string }

type cdkNag struct {
	RulesToSuppress []suppression `json:"rules_to_suppress"`
}

type suppression struct {
	ID, Reason string
	AppliesTo  []string `json:"applies_to"`
}

type role struct {
	RoleName, Path, Description string
	AssumeRolePolicyDocument    policy.Document
	ManagedPolicyArns           []struct{ Ref string }
	Tags                        []tag
}

type managedPolicy struct {
	ManagedPolicyName, Description string
	PolicyDocument                 policy.Document
}

type provider struct {
	Url          string
	ClientIdList []string
	Tags         []tag
}

type repository struct {
	RepositoryName             string
	ImageTagMutability         string
	ImageScanningConfiguration struct{ ScanOnPush bool }
	EncryptionConfiguration    struct{ EncryptionType string }
	LifecyclePolicy            struct{ LifecyclePolicyText string }
	Tags                       []tag
}

type tag struct{ Key, Value string }

type objects struct {
	// namespace is in a file beside the pool's.
	namespace      corev1.Namespace
	serviceAccount corev1.ServiceAccount
	deployment     arc.RunnerDeployment
	autoscaler     *arc.HorizontalRunnerAutoscaler
}

func decode(t *testing.T, files render.Files) artefacts {
	t.Helper()
	all := artefacts{map[string]template{}, map[string]corev1.Namespace{}, map[string]objects{}, map[string]*actionlint.Workflow{}}
	for file, content := range files {
		folder, name, _ := strings.Cut(file, "/")
		switch {
		case path.Base(name) == "Kustomization", name == ".github/actionlint.yaml":
		case folder == "infra":
			all.templates[name] = strict[template](t, content)
		case strings.HasPrefix(path.Base(name), "00-"):
			all.namespaces[name] = strict[corev1.Namespace](t, content)
		case folder == "manifests":
			all.objects[name] = decodeObjects(t, content)
		case folder == "workflows":
			workflow, errs := actionlint.Parse(content)
			if len(errs) > 0 {
				t.Fatalf("%s: %v", file, errs)
			}
			all.workflows[name] = workflow
		}
	}
	for file, o := range all.objects {
		o.namespace = all.namespaces[path.Dir(file)+"/00-"+o.serviceAccount.Namespace+".k8s.yaml"]
		all.objects[file] = o
	}
	return all
}

func decodeObjects(t *testing.T, content []byte) objects {
	t.Helper()
	var file objects
	for document := range strings.SplitSeq(string(content), "\n---\n") {
		var meta metav1.TypeMeta
		if err := yaml.Unmarshal([]byte(document), &meta); err != nil {
			t.Fatal(err)
		}
		switch meta.APIVersion + " " + meta.Kind {
		case "v1 ServiceAccount":
			file.serviceAccount = strict[corev1.ServiceAccount](t, []byte(document))
		case "actions.summerwind.dev/v1alpha1 RunnerDeployment":
			file.deployment = strict[arc.RunnerDeployment](t, []byte(document))
		case "actions.summerwind.dev/v1alpha1 HorizontalRunnerAutoscaler":
			autoscaler := strict[arc.HorizontalRunnerAutoscaler](t, []byte(document))
			file.autoscaler = &autoscaler
		default:
			t.Fatalf("unexpected object: %+v", meta)
		}
	}
	return file
}

// strict decodes YAML or JSON and fails on an unknown or repeated field.
func strict[T any](t *testing.T, content []byte) T {
	t.Helper()
	var value T
	if err := yaml.UnmarshalStrict(content, &value); err != nil {
		t.Fatalf("%v in:\n%s", err, content)
	}
	return value
}

// of lists the resources of a type by logical id.
func of[T any](t *testing.T, tmpl template, kind string) map[string]T {
	t.Helper()
	list := map[string]T{}
	for id, r := range tmpl.Resources {
		if r.Type == kind {
			list[id] = strict[T](t, r.Properties)
		}
	}
	return list
}
