package eksauth

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/ledger"
)

// claims are the claims of a Pod's token.
type claims struct {
	Subject    string `json:"sub"`
	Kubernetes struct {
		Namespace      string
		ServiceAccount struct{ Name string }
		Pod            struct{ Name, UID string }
	} `json:"kubernetes.io"`
}

func (c claims) subject() identity.Subject {
	return identity.Subject{
		Namespace:      identity.Namespace(c.Kubernetes.Namespace),
		ServiceAccount: identity.ServiceAccount(c.Kubernetes.ServiceAccount.Name),
	}
}

// who names the Pod's ServiceAccount as an entry of the ledger does.
func (c claims) who() string {
	if c.Subject == "" {
		return ledger.Nobody
	}
	return c.Subject
}

// patience is how long an issuer may take.
const patience = 5 * time.Second

// authenticate returns what a genuine token of the cluster claims, or else why it is not taken
// for one. How EKS checks a token is not published but for its errors; that the cluster's
// issuer has to have signed it for EKS Pod Identity, for a Pod, is the least.
func (d *Door) authenticate(r *http.Request, cluster identity.ClusterARN, body []byte) (c claims, reason string, refusal *failure) {
	issuer, known := d.issuer(cluster)
	if !known {
		return c, "no such cluster", &failure{http.StatusNotFound, "ResourceNotFoundException", "No cluster found for name: " + string(cluster.Name) + "."}
	}
	var in struct{ Token string }
	if err := json.Unmarshal(body, &in); err != nil || in.Token == "" {
		return c, "no token", &failure{http.StatusBadRequest, "InvalidParameterException", "Token is missing"}
	}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	ctx = oidc.ClientContext(ctx, &http.Client{Transport: d.Issuers})
	provider, err := oidc.NewProvider(ctx, string(issuer))
	if err != nil {
		return c, "issuer", &failure{http.StatusServiceUnavailable, "ServiceUnavailableException", "Service Unavailable"}
	}
	verified, err := provider.Verifier(&oidc.Config{ClientID: identity.AudiencePodIdentity}).Verify(ctx, in.Token)
	var expired *oidc.TokenExpiredError
	switch {
	case errors.As(err, &expired):
		return c, "token expired", &failure{http.StatusBadRequest, "ExpiredTokenException", "Token expired"}
	case err != nil:
		return c, "token not valid", &failure{http.StatusBadRequest, "InvalidTokenException", "Token is not valid: " + err.Error()}
	}
	if err := verified.Claims(&c); err != nil || c.Kubernetes.Pod.UID == "" {
		return c, "no Pod's token", &failure{http.StatusBadRequest, "InvalidTokenException", "Token is not bound to a Pod"}
	}
	return c, "", nil
}
