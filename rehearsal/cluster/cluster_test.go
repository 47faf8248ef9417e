package cluster_test

import (
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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
	t.Cleanup(func() {
		c.Stop()
		nothingAnswers(t, c.Config.Host, c.Etcd())
	})
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
		{"etcd lets no one else in", etcdIsClosed},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, c) })
	}
}

// nothingAnswers says that what listened at the URLs has ended.
func nothingAnswers(t *testing.T, urls ...string) {
	t.Helper()
	for _, url := range urls {
		if connection, err := net.Dial("tcp", strings.TrimPrefix(url, "https://")); err == nil {
			_ = connection.Close()
			t.Errorf("%s still answers", url)
		}
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
	// What every cluster has is still there.
	makePod(t, c, "default", "default")
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
