package sts

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
)

// patience is how long STS waits for an issuer (re:Post, iam-sts-invalididentitytoken).
const patience = 5 * time.Second

// verify holds the token's signature against the keys that its issuer publishes.
func (d *Door) verify(ctx context.Context, token, issuer string) *failure {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	ctx = oidc.ClientContext(ctx, &http.Client{Transport: d.Issuers})
	provider, err := oidc.NewProvider(ctx, issuer)
	if err != nil {
		return unreachable(err)
	}
	config := oidc.Config{SkipClientIDCheck: true, SkipExpiryCheck: true} // both are judged apart
	switch _, err := provider.VerifierContext(ctx, &config).Verify(ctx, token); {
	case err == nil:
		return nil
	case strings.Contains(err.Error(), "malformed jwt"):
		return invalid("InvalidIdentityToken", notJWT)
	default:
		return invalid("InvalidIdentityToken", noKey)
	}
}

const (
	notJWT = "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"
	noKey  = "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements"
)

// unreachable is for an issuer without a discovery document. One that is down for the
// moment, which is worth another try, is distinguished from one that is not.
func unreachable(err error) *failure {
	if strings.HasPrefix(err.Error(), "5") { // go-oidc gives the status and the body
		return invalid("IDPCommunicationError", "The identity provider that was asked to verify the token could not be reached")
	}
	return invalid("InvalidIdentityToken", noKey)
}
