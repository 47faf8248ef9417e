package fleet

import (
	"errors"
	"fmt"
)

// ExternalSecret is an object of the External Secrets Operator, which makes the Secret for
// GitHub from a store outside the cluster, such as AWS Secrets Manager. The operator reads
// the store with separate credentials.
type ExternalSecret struct {
	// Store is the name of the SecretStore in the pool's namespace, or of the
	// ClusterSecretStore.
	Store string
	// StoreKind is SecretStore or ClusterSecretStore. Zero: SecretStore.
	StoreKind StoreKind
	// Key is the secret's name in the store. Its properties become the keys of the Secret:
	// github_app_id, github_app_installation_id and github_app_private_key, or github_token.
	Key string
}

// StoreKind is a kind of the External Secrets Operator
// (https://external-secrets.io/latest/api/externalsecret/).
type StoreKind string

const (
	SecretStore        StoreKind = "SecretStore"
	ClusterSecretStore StoreKind = "ClusterSecretStore"
)

// GitHubSecret is the name of the Secret by which the controller signs in to GitHub for the
// pool; "" if it has credentials of its own.
func (p Pool) GitHubSecret() string {
	if p.ScaleSet != nil {
		return p.ScaleSet.GitHubConfigSecret
	}
	return p.GitHubAPICredentialsFrom
}

func (p Pool) checkExternalSecret(at place, problems *Problems) {
	e := p.ExternalSecret
	if e == nil {
		return
	}
	if p.GitHubSecret() == "" {
		problems.add(at, errors.New("the pool names no Secret that it could make; want gitHubAPICredentialsFrom, or gitHubConfigSecret of the scale set"))
	}
	problems.add(at.field("store"), checkObjectName("store", e.Store))
	if e.StoreKind != "" && e.StoreKind != SecretStore && e.StoreKind != ClusterSecretStore {
		problems.add(at.field("storeKind"), fmt.Errorf("kind %q: want %q or %q", e.StoreKind, SecretStore, ClusterSecretStore))
	}
	if e.Key == "" {
		problems.add(at.field("key"), errors.New("the secret's name in the store is missing"))
	}
	problems.add(at.field("key"), checkPublic("key of the store", "key", e.Key))
}
