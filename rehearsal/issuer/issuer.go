// Package issuer signs tokens as a cluster does, and also such as no
// cluster would give: expired ones, those of a cluster that no one trusts, forged
// ones.
package issuer

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/url"

	"github.com/golang-jwt/jwt/v5"

	"keyless-runners/identity"
)

// Issuer is an OIDC issuer with its own key.
type Issuer struct {
	URL identity.Issuer
	key *rsa.PrivateKey
}

// keyID is the name of an issuer's only key.
const keyID = "1"

// New makes an issuer with a new key.
func New(of identity.Issuer) (*Issuer, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	return &Issuer{of, key}, err
}

// Sign makes a token of the claims. The issuer's own are added where there are none.
func (i *Issuer) Sign(claims jwt.MapClaims) (string, error) {
	all := jwt.MapClaims{"iss": string(i.URL)}
	for name, value := range claims {
		all[name] = value
	}
	token := jwt.NewWithClaims(jwt.SigningMethodRS256, all)
	token.Header["kid"] = keyID
	return token.SignedString(i.key)
}

// ServeHTTP answers for the issuer's host: the discovery document and the key.
func (i *Issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	base, err := url.Parse(string(i.URL))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	var answer any
	switch r.URL.Path {
	case base.Path + "/.well-known/openid-configuration":
		answer = map[string]any{
			"issuer": i.URL, "jwks_uri": string(i.URL) + "/keys",
			"response_types_supported":              []string{"id_token"},
			"subject_types_supported":               []string{"public"},
			"id_token_signing_alg_values_supported": []string{"RS256"},
		}
	case base.Path + "/keys":
		answer = map[string]any{"keys": []map[string]string{{
			"kty": "RSA", "use": "sig", "alg": "RS256", "kid": keyID,
			"n": base64.RawURLEncoding.EncodeToString(i.key.N.Bytes()),
			"e": base64.RawURLEncoding.EncodeToString(big.NewInt(int64(i.key.E)).Bytes()),
		}}}
	default:
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer) // a client that is gone needs no answer
}
