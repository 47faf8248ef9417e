package issuer_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/golang-jwt/jwt/v5"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/issuer"
)

const cluster identity.Issuer = "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"

// to answers requests without a network between.
type to struct{ http.Handler }

func (h to) RoundTrip(r *http.Request) (*http.Response, error) {
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, r)
	return recorder.Result(), nil
}

func TestATokenIsGenuineByWhatItsIssuerPublishes(t *testing.T) {
	ours, theirs := newIssuer(t), newIssuer(t)
	ctx := oidc.ClientContext(context.Background(), &http.Client{Transport: to{ours}})
	provider, err := oidc.NewProvider(ctx, string(cluster))
	if err != nil {
		t.Fatal(err)
	}
	verifier := provider.VerifierContext(ctx, &oidc.Config{ClientID: "sts.amazonaws.com"})
	claims := jwt.MapClaims{"sub": "system:serviceaccount:a:b", "aud": "sts.amazonaws.com", "exp": time.Now().Add(time.Hour).Unix()}
	got, err := verifier.Verify(ctx, sign(t, ours, claims))
	if err != nil {
		t.Fatal(err)
	}
	if got.Issuer != string(cluster) || got.Subject != "system:serviceaccount:a:b" {
		t.Errorf("got %q of %q, want system:serviceaccount:a:b of %q", got.Subject, got.Issuer, cluster)
	}
	if _, err := verifier.Verify(ctx, sign(t, theirs, claims)); err == nil || !strings.Contains(err.Error(), "failed to verify signature") {
		t.Errorf("by another key: got %v, want that the signature is wrong", err)
	}
}

func newIssuer(t *testing.T) *issuer.Issuer {
	t.Helper()
	of, err := issuer.New(cluster)
	if err != nil {
		t.Fatal(err)
	}
	return of
}

func sign(t *testing.T, by *issuer.Issuer, claims jwt.MapClaims) string {
	t.Helper()
	token, err := by.Sign(claims)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestNothingElseIsPublished(t *testing.T) {
	recorder := httptest.NewRecorder()
	newIssuer(t).ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/id/other/.well-known/openid-configuration", nil))
	if recorder.Code != http.StatusNotFound {
		t.Errorf("got status %d, want 404", recorder.Code)
	}
}
