package cluster

import (
	"context"
	"net/http"
	"net/url"
)

const (
	configurationPath = "/.well-known/openid-configuration"
	// keysPath is where EKS has a cluster's keys, below its issuer.
	keysPath = "/keys"
)

// published holds what an issuer publishes: the document at each path below it.
type published map[string][]byte

// discover asks the API server, which serves both to anyone who may ask it. The keys are
// those of one run, so they are read once.
func (c *Cluster) discover(ctx context.Context) (published, error) {
	configuration, err := c.Client.Discovery().RESTClient().Get().AbsPath(configurationPath).DoRaw(ctx)
	if err != nil {
		return nil, err
	}
	keys, err := c.Client.Discovery().RESTClient().Get().AbsPath("/openid/v1/jwks").DoRaw(ctx)
	if err != nil {
		return nil, err
	}
	return published{configurationPath: configuration, keysPath: keys}, nil
}

// Discovery serves what EKS publishes of the cluster's issuer: its configuration and
// its keys, at their paths on the issuer's host (/id/ID/...). It answers also when the
// API server is down, as EKS does.
func (c *Cluster) Discovery() http.Handler {
	mux := http.NewServeMux()
	issuer, err := url.Parse(string(c.Issuer))
	if err != nil {
		return http.NotFoundHandler() // the API server did not start with it
	}
	for path, document := range c.published {
		mux.HandleFunc("GET "+issuer.Path+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write(document) // the client is gone, or it is not
		})
	}
	return mux
}
