package cluster_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/coreos/go-oidc"
	core "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/rehearsal/cluster"
	"keyless-runners/rehearsal/network"
)

func makeNamespace(t *testing.T, c *cluster.Cluster, name string) {
	t.Helper()
	namespace := &core.Namespace{ObjectMeta: meta.ObjectMeta{Name: name}}
	if _, err := c.Client.CoreV1().Namespaces().Create(t.Context(), namespace, meta.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
}

func makeServiceAccount(t *testing.T, c *cluster.Cluster, namespace, name string) {
	t.Helper()
	account := &core.ServiceAccount{ObjectMeta: meta.ObjectMeta{Name: name}}
	if _, err := c.Client.CoreV1().ServiceAccounts(namespace).Create(t.Context(), account, meta.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
}

// makePod waits a while for the ServiceAccount: "default" is made by a controller.
func makePod(t *testing.T, c *cluster.Cluster, namespace, account string) *core.Pod {
	t.Helper()
	pod := &core.Pod{ObjectMeta: meta.ObjectMeta{Name: "runner"}, Spec: core.PodSpec{
		ServiceAccountName: account,
		Containers:         []core.Container{{Name: "runner", Image: "runner"}},
	}}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		made, err := c.Client.CoreV1().Pods(namespace).Create(t.Context(), pod, meta.CreateOptions{})
		if err == nil {
			return made
		}
		if !apierrors.IsForbidden(err) || time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

func mint(t *testing.T, c *cluster.Cluster, request cluster.TokenRequest) string {
	t.Helper()
	token, err := c.Token(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// publish puts the cluster's discovery onto the issuer's host.
func publish(t *testing.T, c *cluster.Cluster) network.Peer {
	t.Helper()
	n, err := network.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.Stop)
	if err := n.Serve(host, c.Discovery()); err != nil {
		t.Fatal(err)
	}
	return n.Peer()
}

func client(t *testing.T, peer network.Peer) context.Context {
	t.Helper()
	transport, err := peer.Transport()
	if err != nil {
		t.Fatal(err)
	}
	return oidc.ClientContext(context.Background(), &http.Client{Transport: transport})
}

// verify reads a token as STS does: by what the issuer publishes.
func verify(t *testing.T, c *cluster.Cluster, token, audience string) *oidc.IDToken {
	t.Helper()
	ctx := client(t, publish(t, c))
	provider, err := oidc.NewProvider(ctx, string(c.Issuer))
	if err != nil {
		t.Fatal(err)
	}
	verified, err := provider.Verifier(&oidc.Config{ClientID: audience}).Verify(ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	return verified
}

func get(t *testing.T, peer network.Peer, url string) string {
	t.Helper()
	transport, err := peer.Transport()
	if err != nil {
		t.Fatal(err)
	}
	response, err := (&http.Client{Transport: transport}).Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %s, %v", url, response.Status, err)
	}
	return string(body)
}

func names(n int) []string {
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("object-%d", i))
	}
	return names
}

// count counts the objects that a test made.
func count(t *testing.T, c *cluster.Cluster) int {
	t.Helper()
	list, err := c.Client.CoreV1().ConfigMaps("runners").List(t.Context(), meta.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return len(list.Items)
}
