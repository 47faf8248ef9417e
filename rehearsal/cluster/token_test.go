package cluster_test

import (
	"strings"
	"testing"
	"time"

	"github.com/coreos/go-oidc"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/rehearsal/cluster"
)

func token(t *testing.T, c *cluster.Cluster) {
	makeNamespace(t, c, "runners")
	makeServiceAccount(t, c, "runners", "builder")
	request := cluster.TokenRequest{Namespace: "runners", ServiceAccount: "builder", Audience: "sts.amazonaws.com"}
	got := verify(t, c, mint(t, c, request), "sts.amazonaws.com")
	if got.Issuer != string(issuer) || got.Subject != "system:serviceaccount:runners:builder" {
		t.Errorf("the token is of issuer %q and subject %q", got.Issuer, got.Subject)
	}
	if lifetime := got.Expiry.Sub(got.IssuedAt); lifetime != time.Hour {
		t.Errorf("the token is valid for %v, want an hour", lifetime)
	}
	request.ServiceAccount = "nobody"
	if _, err := c.Token(t.Context(), request); err == nil || err.Error() != `serviceaccounts "nobody" not found` {
		t.Errorf("got error %v, want that there is no such ServiceAccount", err)
	}
}

func tokenOfPod(t *testing.T, c *cluster.Cluster) {
	pod := makePod(t, c, "runners", "builder")
	request := cluster.TokenRequest{Namespace: "runners", ServiceAccount: "builder", Pod: pod.Name, Audience: "sts.amazonaws.com"}
	var claims struct {
		Kubernetes struct {
			Pod struct{ Name, UID string }
		} `json:"kubernetes.io"`
	}
	if err := verify(t, c, mint(t, c, request), "sts.amazonaws.com").Claims(&claims); err != nil {
		t.Fatal(err)
	}
	if claims.Kubernetes.Pod.Name != "runner" || claims.Kubernetes.Pod.UID != string(pod.UID) {
		t.Errorf("the token is bound to %+v, want the Pod %q", claims.Kubernetes.Pod, pod.UID)
	}
	makeServiceAccount(t, c, "runners", "stranger")
	request.ServiceAccount = "stranger"
	if _, err := c.Token(t.Context(), request); err == nil || !strings.Contains(err.Error(), "cannot bind token for serviceaccount") {
		t.Errorf("got error %v, want that the Pod has another ServiceAccount", err)
	}
}

func longToken(t *testing.T, c *cluster.Cluster) {
	request := cluster.TokenRequest{Namespace: "runners", ServiceAccount: "builder", Audience: "sts.amazonaws.com", Lifetime: 48 * time.Hour}
	got := verify(t, c, mint(t, c, request), "sts.amazonaws.com")
	if lifetime := got.Expiry.Sub(got.IssuedAt); lifetime != 24*time.Hour {
		t.Errorf("the token is valid for %v, want 24h", lifetime)
	}
}

func backdated(t *testing.T, c *cluster.Cluster) {
	request := cluster.TokenRequest{Namespace: "runners", ServiceAccount: "builder", Audience: "sts.amazonaws.com"}
	yesterday, err := c.Backdate(mint(t, c, request), 24*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	ctx := client(t, publish(t, c))
	provider, err := oidc.NewProvider(ctx, string(issuer))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.Verifier(&oidc.Config{ClientID: "sts.amazonaws.com"}).Verify(ctx, yesterday); err == nil || !strings.Contains(err.Error(), "token is expired") {
		t.Errorf("got error %v, want that the token has expired", err)
	}
	got, err := provider.Verifier(&oidc.Config{ClientID: "sts.amazonaws.com", Now: func() time.Time { return time.Now().Add(-24 * time.Hour) }}).Verify(ctx, yesterday)
	if err != nil || got.Subject != "system:serviceaccount:runners:builder" {
		t.Errorf("yesterday the token is of %+v, error %v", got, err)
	}
}

func container(t *testing.T, c *cluster.Cluster) {
	makeServiceAccount(t, c, "runners", "mounted")
	hour := int64(3600)
	pod := &core.Pod{ObjectMeta: meta.ObjectMeta{Name: "mounted"}, Spec: core.PodSpec{
		ServiceAccountName: "mounted",
		Containers: []core.Container{
			{
				Name: "runner", Image: "runner", Env: []core.EnvVar{{Name: "A", Value: "1"}, {Name: "B"}},
				VolumeMounts: []core.VolumeMount{{Name: "tokens", MountPath: "/var/run/tokens/"}},
			},
			{Name: "sidecar", Image: "sidecar"},
		},
		Volumes: []core.Volume{{Name: "tokens", VolumeSource: core.VolumeSource{Projected: &core.ProjectedVolumeSource{
			Sources: []core.VolumeProjection{{ServiceAccountToken: &core.ServiceAccountTokenProjection{
				Audience: "somebody", ExpirationSeconds: &hour, Path: "token",
			}}},
		}}}},
	}}
	pod, err := c.Client.CoreV1().Pods("runners").Create(t.Context(), pod, meta.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	runner, err := c.Container(t.Context(), pod, "runner")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(runner.Env, " "); got != "A=1 B=" {
		t.Errorf("the environment is %q, want %q", got, "A=1 B=")
	}
	got := verify(t, c, runner.Tokens["/var/run/tokens/token"], "somebody")
	if lifetime := got.Expiry.Sub(got.IssuedAt); lifetime != time.Hour {
		t.Errorf("the runner's token is valid for %v, want an hour", lifetime)
	}
	// The API server itself mounts its own token into every container.
	const internal = "/var/run/secrets/kubernetes.io/serviceaccount/token"
	sidecar, err := c.Container(t.Context(), pod, "sidecar")
	if err != nil {
		t.Fatal(err)
	}
	if len(sidecar.Tokens) != 1 {
		t.Errorf("the sidecar has %d tokens, want 1", len(sidecar.Tokens))
	}
	verify(t, c, sidecar.Tokens[internal], "https://kubernetes.default.svc")
	if _, err := c.Container(t.Context(), pod, "docker"); err == nil || err.Error() != `Pod "mounted" has no container "docker"` {
		t.Errorf("got error %v", err)
	}
}
