package cluster_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/coreos/go-oidc"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/rehearsal/cluster"
)

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
