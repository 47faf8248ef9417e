package cluster

import (
	"context"
	"time"

	authentication "k8s.io/api/authentication/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/identity"
)

// TokenRequest is a kubelet's request for a token, to put it into a Pod.
type TokenRequest struct {
	Namespace      identity.Namespace
	ServiceAccount identity.ServiceAccount
	// Pod is the name of the Pod that the token is bound to: it has to exist and to
	// have the ServiceAccount. "" binds it to none.
	Pod string
	// Audience is the token's audience; "" is the API server itself.
	Audience string
	// Lifetime is how long it is valid: from 10 minutes to 24 hours in whole seconds.
	// Zero is an hour, which is the API server's default.
	Lifetime time.Duration
}

// Token has the API server sign a token.
func (c *Cluster) Token(ctx context.Context, r TokenRequest) (string, error) {
	var spec authentication.TokenRequestSpec
	if r.Audience != "" {
		spec.Audiences = []string{r.Audience}
	}
	if r.Lifetime != 0 {
		seconds := int64(r.Lifetime / time.Second)
		spec.ExpirationSeconds = &seconds
	}
	if r.Pod != "" {
		pod, err := c.Client.CoreV1().Pods(string(r.Namespace)).Get(ctx, r.Pod, meta.GetOptions{})
		if err != nil {
			return "", err
		}
		spec.BoundObjectRef = &authentication.BoundObjectReference{APIVersion: "v1", Kind: "Pod", Name: pod.Name, UID: pod.UID}
	}
	accounts := c.Client.CoreV1().ServiceAccounts(string(r.Namespace))
	signed, err := accounts.CreateToken(ctx, string(r.ServiceAccount), &authentication.TokenRequest{Spec: spec}, meta.CreateOptions{})
	if err != nil {
		return "", err
	}
	return signed.Status.Token, nil
}
