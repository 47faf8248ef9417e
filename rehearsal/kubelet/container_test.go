package kubelet_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	core "k8s.io/api/core/v1"

	"keyless-runners/rehearsal/kubelet"
)

const mount = "/var/run/secrets/eks.amazonaws.com/serviceaccount"

// pod is a runner's: the runner has the token, the sidecar has not.
func pod() *core.Pod {
	seconds := int64(86400)
	return &core.Pod{Spec: core.PodSpec{
		Containers: []core.Container{
			{
				Name: "runner",
				Env: []core.EnvVar{
					{Name: "AWS_ROLE_ARN", Value: "the role"},
					{Name: "AWS_WEB_IDENTITY_TOKEN_FILE", Value: mount + "/token"},
					{Name: "ELSEWHERE", Value: mount + "-2/token"},
				},
				VolumeMounts: []core.VolumeMount{{Name: "work", MountPath: "/work"}, {Name: "aws-iam-token", MountPath: mount}},
			},
			{Name: "docker", Env: []core.EnvVar{{Name: "DOCKER_TLS_CERTDIR", Value: "/certs"}}},
		},
		Volumes: []core.Volume{
			{Name: "work"},
			{Name: "aws-iam-token", VolumeSource: core.VolumeSource{Projected: &core.ProjectedVolumeSource{
				Sources: []core.VolumeProjection{{ServiceAccountToken: &core.ServiceAccountTokenProjection{
					Audience: "sts.amazonaws.com", ExpirationSeconds: &seconds, Path: "token",
				}}},
			}}},
		},
	}}
}

func mint(_ context.Context, _ *core.Pod, audience string, seconds int64) (string, error) {
	if audience != "sts.amazonaws.com" || seconds != 86400 {
		return "", os.ErrInvalid
	}
	return "the token", nil
}

func TestRunnerFindsItsToken(t *testing.T) {
	root := t.TempDir()
	got, err := kubelet.Start(t.Context(), pod(), "runner", root, mint)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(root, mount, "token")
	want := kubelet.Container{
		Env:    map[string]string{"AWS_ROLE_ARN": "the role", "AWS_WEB_IDENTITY_TOKEN_FILE": file, "ELSEWHERE": mount + "-2/token"},
		Tokens: []string{file},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("container (-want +got):\n%s", diff)
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != "the token" {
		t.Errorf("the file holds %q, error %v", text, err)
	}
}

func TestSidecarFindsNoToken(t *testing.T) {
	got, err := kubelet.Start(t.Context(), pod(), "docker", t.TempDir(), mint)
	if err != nil {
		t.Fatal(err)
	}
	want := kubelet.Container{Env: map[string]string{"DOCKER_TLS_CERTDIR": "/certs"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("container (-want +got):\n%s", diff)
	}
}

func TestWhatIsNotPlayedIsSaid(t *testing.T) {
	p := pod()
	if _, err := kubelet.Start(t.Context(), p, "runer", t.TempDir(), mint); err == nil || err.Error() != `Pod  has no container "runer"` {
		t.Errorf("got error %v for a container that is not there", err)
	}
	p.Spec.Containers[0].Env[0] = core.EnvVar{Name: "AWS_ROLE_ARN", ValueFrom: &core.EnvVarSource{}}
	if _, err := kubelet.Start(t.Context(), p, "runner", t.TempDir(), mint); err == nil || err.Error() != `container "runner": variable AWS_ROLE_ARN has no literal value` {
		t.Errorf("got error %v for a variable from elsewhere", err)
	}
}
