package cluster_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coreos/go-oidc"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/cluster"
	"keyless-runners/rehearsal/network"
	"keyless-runners/rehearsal/program/programtest"
)

const (
	host   = "oidc.eks.us-east-1.amazonaws.com"
	issuer = identity.Issuer("https://" + host + "/id/0123456789ABCDEF0123456789ABCDEF")
	other  = identity.Issuer("https://" + host + "/id/FEDCBA9876543210FEDCBA9876543210")
)

func TestCluster(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "cluster")
	c, err := cluster.Start(t.Context(), cluster.Options{Folder: folder, Programs: programtest.Built(t), Issuer: issuer})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Stop)
	for _, test := range []struct {
		name string
		run  func(*testing.T, *cluster.Cluster)
	}{
		{"version", version},
		{"kubectl refuses unknown fields", refusesUnknownFields},
		{"a Pod may name no ServiceAccount", podNamesNoServiceAccount},
		{"token", token},
		{"token of a Pod", tokenOfPod},
		{"token lives a day at most", longToken},
		{"token of yesterday", backdated},
		{"container", container},
		{"discovery", discovery},
		{"another cluster", anotherCluster},
		{"killed in the middle of an apply", killed},
		{"clear", cleared},
		{"etcd lets nobody else in", etcdIsClosed},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, c) })
	}
}

func version(t *testing.T, c *cluster.Cluster) {
	got, err := c.Client.Discovery().ServerVersion()
	if err != nil {
		t.Fatal(err)
	}
	if got.GitVersion != "v1.35.4" {
		t.Errorf("the API server says version %q, want %q as in go.mod", got.GitVersion, "v1.35.4")
	}
}

func refusesUnknownFields(t *testing.T, c *cluster.Cluster) {
	manifest := "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: runner, namespace: default}\nautomountToken: false\n"
	result, err := c.Kubectl(t.Context(), strings.NewReader(manifest), "apply", "--server-side", "--validate=strict", "-f", "-")
	if err != nil {
		t.Fatal(err)
	}
	want := ".automountToken: field not declared in schema"
	if result.Status != 1 || !strings.Contains(string(result.Stderr), want) {
		t.Errorf("got status %d and %q, want status 1 and %q", result.Status, result.Stderr, want)
	}
}

func podNamesNoServiceAccount(t *testing.T, c *cluster.Cluster) {
	makeNamespace(t, c, "unnamed")
	pod := makePod(t, c, "unnamed", "")
	if pod.Spec.ServiceAccountName != "default" {
		t.Errorf("the Pod has ServiceAccount %q, want %q", pod.Spec.ServiceAccountName, "default")
	}
}

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
	verify(t, c, runner.Tokens["/var/run/tokens/token"], "somebody")
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

func discovery(t *testing.T, c *cluster.Cluster) {
	peer := publish(t, c)
	configuration := get(t, peer, string(issuer)+"/.well-known/openid-configuration")
	want := `{"issuer":"https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",` +
		`"jwks_uri":"https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF/keys",` +
		`"response_types_supported":["id_token"],"subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}`
	if configuration != want {
		t.Errorf("got\n%s\nwant\n%s", configuration, want)
	}
	if keys := get(t, peer, string(issuer)+"/keys"); !strings.Contains(keys, `"alg":"RS256"`) || strings.Contains(keys, `"d":`) {
		t.Errorf("got keys %s, want public ones of RS256", keys)
	}
}

func anotherCluster(t *testing.T, c *cluster.Cluster) {
	second, err := c.Beside(t.Context(), filepath.Join(t.TempDir(), "second"), other)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Stop()
	if _, err := second.Client.CoreV1().Namespaces().Get(t.Context(), "runners", meta.GetOptions{}); err == nil {
		t.Error("the second cluster has a namespace of the first")
	}
	makeNamespace(t, second, "runners")
	makeServiceAccount(t, second, "runners", "builder")
	request := cluster.TokenRequest{Namespace: "runners", ServiceAccount: "builder", Audience: "sts.amazonaws.com"}
	theirs := mint(t, second, request)
	if got := verify(t, second, theirs, "sts.amazonaws.com"); got.Issuer != string(other) {
		t.Errorf("the token is of issuer %q, want %q", got.Issuer, other)
	}
	keys := oidc.NewRemoteKeySet(client(t, publish(t, c)), string(issuer)+"/keys")
	if _, err := keys.VerifySignature(t.Context(), theirs); err == nil {
		t.Error("a token of the second cluster passes with the keys of the first")
	}
}

func killed(t *testing.T, c *cluster.Cluster) {
	var manifests strings.Builder
	for _, name := range names(200) {
		manifests.WriteString("---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + ", namespace: runners}\n")
	}
	apply := func() (int, string) {
		result, err := c.Kubectl(t.Context(), strings.NewReader(manifests.String()), "apply", "--server-side", "-f", "-")
		if err != nil {
			t.Fatal(err)
		}
		return result.Status, string(result.Stderr)
	}
	watch, err := c.Client.CoreV1().ConfigMaps("runners").Watch(t.Context(), meta.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		<-watch.ResultChan() // the first object is there
		c.Kill()
	}()
	if status, _ := apply(); status != 1 {
		t.Errorf("kubectl ended with status %d while the API server was killed, want 1", status)
	}
	if err := c.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	survived := count(t, c)
	if survived == 0 || survived == 200 {
		t.Errorf("%d of 200 objects are there, want some and not all", survived)
	}
	if status, stderr := apply(); status != 0 {
		t.Errorf("the second apply ended with status %d: %s", status, stderr)
	}
	if got := count(t, c); got != 200 {
		t.Errorf("%d objects are there after the second apply, want 200", got)
	}
}

func cleared(t *testing.T, c *cluster.Cluster) {
	makeNamespace(t, c, "full")
	configMap := &core.ConfigMap{ObjectMeta: meta.ObjectMeta{Name: "held", Finalizers: []string{"example.com/nobody"}}}
	for _, namespace := range []string{"full", "default"} {
		if _, err := c.Client.CoreV1().ConfigMaps(namespace).Create(t.Context(), configMap, meta.CreateOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := c.Clear(ctx); err != nil {
		t.Fatal(err)
	}
	namespaces, err := c.Client.CoreV1().Namespaces().List(ctx, meta.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, namespace := range namespaces.Items {
		left = append(left, namespace.Name)
	}
	if got := strings.Join(left, " "); got != "default kube-node-lease kube-public kube-system" {
		t.Errorf("namespaces %q are left", got)
	}
	configMaps, err := c.Client.CoreV1().ConfigMaps("default").List(ctx, meta.ListOptions{})
	if err != nil || len(configMaps.Items) != 0 {
		t.Errorf("%d objects and error %v are left in the namespace default", len(configMaps.Items), err)
	}
	makeNamespace(t, c, "full")
	makePod(t, c, "full", "default")
}

func etcdIsClosed(t *testing.T, c *cluster.Cluster) {
	trust, err := os.ReadFile(filepath.Join(c.Folder, "etcd/ca.crt"))
	if err != nil {
		t.Fatal(err)
	}
	transport, err := network.Peer{Address: strings.TrimPrefix(c.Etcd(), "https://"), Authority: trust}.Transport()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (&http.Client{Transport: transport}).Get(c.Etcd() + "/health"); err == nil || !strings.Contains(err.Error(), "certificate required") {
		t.Errorf("etcd says %v to a client without a certificate", err)
	}
}
