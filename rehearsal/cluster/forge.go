package cluster

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"os"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Forge signs a token of the cluster's again, with other claims and the cluster's own
// key: it is as good as one of the API server's, which would not make it.
func (c *Cluster) Forge(token string, change func(jwt.MapClaims)) (string, error) {
	key, err := c.privateKey()
	if err != nil {
		return "", err
	}
	claims := jwt.MapClaims{}
	parsed, _, err := jwt.NewParser(jwt.WithJSONNumber()).ParseUnverified(token, claims)
	if err != nil {
		return "", err
	}
	change(claims)
	forged := jwt.NewWithClaims(jwt.SigningMethodRS256, claims)
	forged.Header["kid"] = parsed.Header["kid"]
	return forged.SignedString(key)
}

func (c *Cluster) privateKey() (*rsa.PrivateKey, error) {
	text, err := os.ReadFile(c.path(signingKey))
	if err != nil {
		return nil, err
	}
	return jwt.ParseRSAPrivateKeyFromPEM(text)
}

// PublicKey is the key, in PEM, that everybody may verify tokens with.
func (c *Cluster) PublicKey() ([]byte, error) {
	key, err := c.privateKey()
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), err
}

// Backdate is the token that the API server would have signed for the same request some
// time before.
func (c *Cluster) Backdate(token string, by time.Duration) (string, error) {
	return c.Forge(token, func(claims jwt.MapClaims) {
		for _, name := range []string{"iat", "nbf", "exp"} {
			if number, ok := claims[name].(json.Number); ok {
				seconds, _ := number.Int64() // the API server's are whole
				claims[name] = seconds - int64(by/time.Second)
			}
		}
	})
}
