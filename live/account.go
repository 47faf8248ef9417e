package live

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"keyless-runners/identity"
)

// timeout is how long one request to AWS or Kubernetes may take. The SDKs' own retries come on
// top.
const timeout = 30 * time.Second

// signedIn are the accounts that there are credentials of.
type signedIn struct {
	configs map[identity.AccountID]aws.Config
	// standard is the account of the default credentials, "" if there are none.
	standard identity.AccountID
}

// signIn finds out which account each of the credentials is of.
func (r *reader) signIn(ctx context.Context, request Request) signedIn {
	found := signedIn{configs: map[identity.AccountID]aws.Config{}}
	region := request.region()
	for i, profile := range append([]string{""}, request.Profiles...) {
		where := "the default credentials"
		if i > 0 {
			where = fmt.Sprintf("profile %q", profile)
		}
		r.try(callerIdentity.in(where), func() error {
			loaded, id, err := load(ctx, profile, region)
			if err != nil {
				return err
			}
			if i == 0 {
				found.standard = id
			}
			if _, twice := found.configs[id]; !twice {
				found.configs[id] = loaded
				r.reading.Accounts = append(r.reading.Accounts, id)
			}
			return nil
		})
	}
	return found
}

// region is one that credentials can be tried in.
func (q Request) region() identity.Region {
	switch {
	case len(q.Clusters) > 0:
		return q.Clusters[0].Region
	case len(q.Registries) > 0:
		return q.Registries[0].Region
	}
	return ""
}

// load is the SDK's own chain, and the account that the credentials are of.
func load(ctx context.Context, profile string, region identity.Region) (aws.Config, identity.AccountID, error) {
	options := []func(*config.LoadOptions) error{
		config.WithRegion(string(region)),
		config.WithHTTPClient(http.NewBuildableClient().WithTimeout(timeout)),
	}
	if profile != "" {
		options = append(options, config.WithSharedConfigProfile(profile))
	}
	loaded, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return loaded, "", err
	}
	caller, err := sts.NewFromConfig(loaded).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return loaded, "", err
	}
	return loaded, identity.AccountID(aws.ToString(caller.Account)), nil
}

// config returns the configuration for an account; without one, it notes that nothing of the account is read.
func (s signedIn) config(r *reader, a accountRead) (aws.Config, bool) {
	found, ok := s.configs[a.id]
	if !ok {
		r.failed(anyCall.in(inAccount(a.id)), errors.New("no credentials are of this account"))
	}
	return inRegion(found, a.region), ok
}

func inRegion(c aws.Config, region identity.Region) aws.Config {
	c.Region = string(region)
	return c
}

// readAccount reads what is IAM's and the organization's.
func (r *reader) readAccount(ctx context.Context, config aws.Config, a accountRead) {
	each([]func(){
		func() { r.readAuthorizationDetails(ctx, config, a) },
		func() { r.readProviders(ctx, config, a) },
		func() { r.readSummary(ctx, config, a) },
		func() { r.readOrganization(ctx, config, a) },
	}, func(read func()) { read() })
}
