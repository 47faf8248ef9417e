package initial_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
	"keyless-runners/identity"
	"keyless-runners/policy"
)

// rest is a fleet of what no example has.
func rest() fleet.Fleet {
	cluster := fleet.Cluster{
		Name:       "rest",
		EKSName:    "rest-1",
		Account:    "111122223333",
		Region:     "us-east-1",
		Issuer:     "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:      "runners",
		Controller: fleet.Controller{Version: "0.14.2", Namespace: "arc", ServiceAccount: "controller"},
	}
	app := fleet.ImageRepository{
		Name: "app", Account: "111122223333", Region: "us-east-1", Stack: "runners", KeepUntagged: 3,
		Lifecycle: []fleet.LifecycleRule{{TagPatterns: []string{"pr-*", "*-rc"}, KeepImages: 20}},
	}
	amounts := corev1.ResourceRequirements{Requests: corev1.ResourceList{"cpu": resource.MustParse("250m")}}
	legacy := fleet.Pool{
		Name:             "legacy",
		Cluster:          cluster,
		Scope:            fleet.Scope{Enterprise: "octo"},
		Labels:           []identity.RunnerLabel{"legacy"},
		Namespace:        "legacy",
		ServiceAccount:   "legacy",
		RunnerDeployment: "legacy",
		Way:              fleet.WayBoth,
		Role:             "legacy",
		Policy:           "legacy-push",
		PushesTo:         []fleet.ImageRepository{app},
		Autoscaling: &fleet.Autoscaling{
			MinReplicas: 1, MaxReplicas: 9, ScaleDownDelay: 90 * time.Second,
			Schedules: []fleet.Schedule{{
				Start: time.Date(2026, time.March, 2, 8, 0, 0, 0, time.FixedZone("", 3600)), End: time.Date(2026, time.March, 2, 18, 30, 0, 0, time.FixedZone("", 3600)),
				Every: fleet.Daily, Until: time.Date(2027, time.March, 2, 0, 0, 0, 0, time.UTC), MinReplicas: 4,
			}},
		},
		Image:   "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
		Builder: fleet.Builder{RootlessBuildKit: &fleet.RootlessBuildKit{Image: "moby/buildkit:v0.28.0-rootless", Resources: amounts, Env: []corev1.EnvVar{{Name: "BUILDKIT_STEP_LOG_MAX_SIZE", Value: "1"}}}},
		Pod:     fleet.Pod{SecurityContext: &corev1.PodSecurityContext{SupplementalGroups: []int64{2000}}},
		Env:     []corev1.EnvVar{{Name: "QUOTED", Value: "a \"b\" `c`\nd"}},
		Proxy:   &fleet.Proxy{HTTP: "http://proxy.example.com:3128", HTTPS: "http://proxy.example.com:3129", NoProxy: []string{".svc"}},
		Workflow: fleet.Workflow{
			Branches: []string{"main", "release/**"}, Tags: []string{"v*"}, Environment: "production",
			BuildArgs: map[string]string{"GREETING": "it's 'here'", "EMPTY": ""},
		},
		Waivers: fleet.Waivers{
			Role:           map[string]string{"KR071": "checked by the role"},
			Policy:         map[string]string{"KR078": "checked by the policy"},
			Association:    map[string]string{"KR126": "checked by the association"},
			ServiceAccount: map[string]string{"KR122": "the pool is moving"},
			Runner:         map[string]string{"KR083": "checked by the runner"},
		},
	}
	scaleSet := fleet.Pool{
		Name:           "scale-set",
		Cluster:        cluster,
		Scope:          fleet.Scope{Host: "github.example.com", Organization: "octo-org"},
		Group:          "builds",
		Namespace:      "scale-set",
		ServiceAccount: "scale-set",
		ScaleSet: &fleet.ScaleSet{
			Name: "octo-builds", MinRunners: 2, MaxRunners: 7, GitHubConfigSecret: "octo-app",
			ListenerTemplate: &corev1.PodTemplateSpec{Spec: corev1.PodSpec{
				NodeSelector: map[string]string{"role": "system"},
				Containers:   []corev1.Container{{Name: "listener", Resources: amounts}},
			}},
		},
		ExternalSecret: &fleet.ExternalSecret{Store: "vault", Key: "octo/app"},
		Role:           "scale-set",
		Policy:         "scale-set-push",
		PushesTo:       []fleet.ImageRepository{app},
		Image:          "ghcr.io/actions/actions-runner:2.337.0",
		Builder: fleet.Builder{Docker: &fleet.Docker{
			Image: "docker:28.4-dind", Resources: amounts, Env: []corev1.EnvVar{{Name: "DOCKER_DRIVER", Value: "overlay2"}},
			VolumeMounts: []corev1.VolumeMount{{Name: "layers", MountPath: "/var/lib/docker"}}, RegistryMirror: "https://mirror.example.com", MTU: 1400,
		}},
		Pod:   fleet.Pod{Volumes: []corev1.Volume{{Name: "layers", VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}}}},
		Proxy: &fleet.Proxy{HTTPS: "http://proxy.example.com:3129"},
	}
	abroad := fleet.ImageRepository{Name: "abroad", Account: "444455556666", Region: "us-east-1", Stack: "abroad", KeepUntagged: 1}
	target := fleet.Pool{
		Name:           "target",
		Cluster:        cluster,
		Scope:          fleet.Scope{SourceRepository: "octo-org/target"},
		Namespace:      "target",
		ServiceAccount: "target",
		ScaleSet:       &fleet.ScaleSet{Name: "octo-target", MaxRunners: 1, GitHubConfigSecret: "octo-app"},
		Way:            fleet.WayPodIdentity,
		Role:           "target",
		Policy:         "target-take",
		TargetRole:     &fleet.TargetRole{Account: "444455556666", RolePath: "/ci/", Role: "abroad", Policy: "abroad-push", Stack: "abroad"},
		Statements:     []policy.Statement{{Sid: "ReadTestData", Effect: policy.EffectAllow, Action: policy.Values{"s3:GetObject"}, Resource: policy.Values{"arn:aws:s3:::data/*"}}},
		PushesTo:       []fleet.ImageRepository{abroad},
		Image:          "ghcr.io/actions/actions-runner:2.337.0",
	}
	return fleet.Fleet{
		Clusters:          []fleet.Cluster{cluster},
		ImageRepositories: []fleet.ImageRepository{app, abroad},
		Pools:             []fleet.Pool{legacy, scaleSet, target},
		Deployments: []fleet.Deployment{{
			Stack: "github", Account: "111122223333", Region: "us-east-1", Stacks: []identity.StackName{"runners"},
			SourceRepository: "octo-org/runners", Environment: "to: production", Branch: "live", DeployRole: "deploy", DiffRole: "diff",
			ExistingProvider: true, Qualifier: "octo",
		}},
		NamespaceSettings: []fleet.NamespaceSettings{{Cluster: cluster, Name: "legacy", NetworkPolicy: &fleet.NetworkPolicy{Ports: []int{443, 3128, 3129}}}},
	}
}

func TestAFleetOfEveryKindOfValueIsFoundAgain(t *testing.T) {
	for name, f := range map[string]fleet.Fleet{"rest": rest(), "large": fleettest.Large()} {
		t.Run(name, func(t *testing.T) {
			if err := f.Check(); err != nil {
				t.Fatal(err)
			}
			dist := rendered(t, f)
			for from, folder := range map[string]string{"rendered": dist, "deployed": deployed(t, f, dist, true)} {
				result := foundIn(t, folder)
				if diff := cmp.Diff(sorted(f), sorted(result.Fleet), same); diff != "" {
					t.Errorf("%s (-declared +found):\n%s", from, diff)
				}
				for _, question := range result.Questions {
					t.Errorf("%s: question: %v", from, question)
				}
			}
		})
	}
}

// A field of the model that no fleet of these tests has would be lost unseen.
func TestFleetsHaveEveryField(t *testing.T) {
	set := map[string]bool{}
	mark(set, reflect.ValueOf(rest()))
	mark(set, reflect.ValueOf(fleettest.Large()))
	for _, example := range fleets(t) {
		mark(set, reflect.ValueOf(example.Fleet))
		mark(set, reflect.ValueOf(existing(example.Fleet)))
	}
	for field, is := range set {
		if !is {
			t.Errorf("no fleet has %s", field)
		}
	}
	if len(set) < 100 {
		t.Errorf("got %d fields, want all of the model", len(set))
	}
}

// mark records each field of the model's own types, and whether it is set.
func mark(set map[string]bool, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			mark(set, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			mark(set, v.Index(i))
		}
	case reflect.Struct:
		if v.Type().PkgPath() != reflect.TypeFor[fleet.Fleet]().PkgPath() {
			return
		}
		for field, value := range v.Fields() {
			if !field.IsExported() {
				continue
			}
			name := v.Type().Name() + "." + field.Name
			set[name] = set[name] || !value.IsZero()
			mark(set, value)
		}
	}
}
