// Package account is an AWS account as its API shows it: it deploys a template,
// reads back what is there, and changes a policy. It knows of no template but the
// one that it sends; what it reads is what the account has.
//
// The account is one of moto's, which lets every caller do everything: that a call
// passes here says nothing about who might make it in AWS.
package account

import (
	"context"
	"errors"
	"io"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/eks"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/moto"
)

// Account is one account, in the regions that it is used in.
type Account struct {
	id      identity.AccountID
	server  *moto.Server
	iam     *iam.Client
	regions []region
}

// region holds an account's resources in one region.
type region struct {
	name   identity.Region
	stacks *cloudformation.Client
	ecr    *ecr.Client
	eks    *eks.Client
}

// Open gives access to a server's account. The regions are those that stacks are in,
// at least one and all of one partition.
func Open(server *moto.Server, regions ...identity.Region) (*Account, error) {
	if len(regions) == 0 {
		return nil, errors.New("no region: want at least one")
	}
	a := &Account{id: server.Account, server: server, iam: iam.NewFromConfig(config(server, regions[0]))}
	for _, name := range regions {
		if _, err := a.in(name); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// Use has the account be used in a region, too.
func (a *Account) Use(name identity.Region) error {
	_, err := a.in(name)
	return err
}

// in returns the account's resources in a region, which counts as used from then on.
func (a *Account) in(name identity.Region) (region, error) {
	for _, used := range a.regions {
		if used.name == name {
			return used, nil
		}
	}
	if err := name.Check(); err != nil {
		return region{}, err
	}
	c := config(a.server, name)
	used := region{name, cloudformation.NewFromConfig(c), ecr.NewFromConfig(c), eks.NewFromConfig(c)}
	a.regions = append(a.regions, used)
	return used, nil
}

// config takes nothing from the user's environment or files.
func config(server *moto.Server, region identity.Region) aws.Config {
	return aws.Config{
		Region:       string(region),
		BaseEndpoint: aws.String(server.Endpoint),
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "rehearsal", SecretAccessKey: "rehearsal"}, nil
		}),
		HTTPClient: whole{},
	}
}

// whole sends a request with a body that only net/http closes. The SDK closes it when a
// response begins, under load before net/http has looked for its end, and the connection
// breaks off (aws-sdk-go-v2 issue 2737): the SDK then asks a second time for what was
// made, and is told that it exists.
type whole struct{}

func (whole) Do(request *http.Request) (*http.Response, error) {
	if request.Body != nil {
		request.Body = io.NopCloser(request.Body)
	}
	return http.DefaultClient.Do(request)
}
