package scene

import (
	"context"
	"encoding/base64"
	"os"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/cluster"
	"keyless-runners/rehearsal/issuer"
)

// source is where a token comes from.
type source func(context.Context) (string, error)

// own is the token that the pool's runner has.
func (t *target) own(context.Context) (string, error) {
	text, err := os.ReadFile(t.container.Tokens[0])
	return string(text), err
}

func fixed(token string) source {
	return func(context.Context) (string, error) { return token, nil }
}

// of is a token of a ServiceAccount, for STS.
func (t *target) of(c *cluster.Cluster, namespace identity.Namespace, account identity.ServiceAccount) source {
	return func(ctx context.Context) (string, error) {
		return c.Token(ctx, cluster.TokenRequest{Namespace: namespace, ServiceAccount: account, Audience: string(identity.AudienceSTS)})
	}
}

// forAudience returns a token of the pool's ServiceAccount for another audience.
func (t *target) forAudience(audience string) source {
	return func(ctx context.Context) (string, error) {
		return t.cluster.Token(ctx, cluster.TokenRequest{Namespace: t.Subject.Namespace, ServiceAccount: t.Subject.ServiceAccount, Audience: audience})
	}
}

// forged is the runner's token with one claim changed, signed by the cluster's own
// key; nil takes the claim out.
func (t *target) forged(c *cluster.Cluster, claim string, value any) source {
	return func(ctx context.Context) (string, error) {
		token, err := t.own(ctx)
		if err != nil {
			return "", err
		}
		return c.Forge(token, func(claims jwt.MapClaims) {
			claims[claim] = value
			if value == nil {
				delete(claims, claim)
			}
		})
	}
}

// old is the runner's token of the day before yesterday.
func (t *target) old(ctx context.Context) (string, error) {
	own, err := t.own(ctx)
	if err != nil {
		return "", err
	}
	return t.cluster.Backdate(own, 48*time.Hour)
}

// changed is the token of an intruder with the runner's claims.
func (t *target) changed(ctx context.Context) (string, error) {
	own, err := t.own(ctx)
	if err != nil {
		return "", err
	}
	other, err := t.of(t.cluster.Cluster, t.Subject.Namespace, intruder)(ctx)
	if err != nil {
		return "", err
	}
	mine, its := strings.Split(other, "."), strings.Split(own, ".")
	return mine[0] + "." + its[1] + "." + mine[2], nil
}

// broken is the runner's token with one letter of its signature changed.
func (t *target) broken(ctx context.Context) (string, error) {
	own, err := t.own(ctx)
	at := strings.LastIndex(own, ".") + 10
	letter := "A"
	if own[at] == 'A' {
		letter = "B"
	}
	return own[:at] + letter + own[at+1:], err
}

// claims returns the claims of the runner's token.
func (t *target) claims(ctx context.Context) (jwt.MapClaims, error) {
	own, err := t.own(ctx)
	if err != nil {
		return nil, err
	}
	claims := jwt.MapClaims{}
	_, _, err = jwt.NewParser().ParseUnverified(own, claims)
	return claims, err
}

// signedElsewhere returns a token with the runner's claims, signed by a key of no cluster.
func (t *target) signedElsewhere(ctx context.Context) (string, error) {
	claims, err := t.claims(ctx)
	if err != nil {
		return "", err
	}
	other, err := issuer.New(t.cluster.Issuer)
	if err != nil {
		return "", err
	}
	return other.Sign(claims)
}

// unsigned has the runner's claims and says that it needs no signature.
func (t *target) unsigned(ctx context.Context) (string, error) {
	own, err := t.own(ctx)
	return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + strings.Split(own, ".")[1] + ".", err
}

// signedWithPublicKey takes what everybody knows for a secret.
func (t *target) signedWithPublicKey(ctx context.Context) (string, error) {
	claims, err := t.claims(ctx)
	if err != nil {
		return "", err
	}
	public, err := t.cluster.PublicKey()
	if err != nil {
		return "", err
	}
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(public)
}
