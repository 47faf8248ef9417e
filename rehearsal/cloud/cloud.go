// Package cloud is AWS as a job sees it: the endpoints of STS and ECR and the
// registries, each under its own name, deciding together by what is deployed.
package cloud

import (
	"net/http"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/ecr"
	"keyless-runners/rehearsal/ledger"
	"keyless-runners/rehearsal/network"
	"keyless-runners/rehearsal/session"
	"keyless-runners/rehearsal/sts"
)

// Cloud is AWS with all accounts that its state has.
type Cloud struct {
	State    deployed.State
	Sessions session.Store
	Ledger   ledger.Ledger
	// ECR is that of all regions.
	ECR *ecr.Service

	network *network.Network
	issuers http.RoundTripper
}

// New makes a cloud without endpoints, whose images are kept in the folder.
func New(on *network.Network, folder string) (*Cloud, error) {
	issuers, err := on.Peer().Transport()
	if err != nil {
		return nil, err
	}
	c := &Cloud{network: on, issuers: issuers}
	c.ECR = &ecr.Service{State: &c.State, Sessions: &c.Sessions, Ledger: &c.Ledger, Folder: folder}
	return c, nil
}

// OpenRegion serves the endpoints of STS and of ECR's API in a region.
func (c *Cloud) OpenRegion(region identity.Region) (*sts.Door, error) {
	door := &sts.Door{Region: region, State: &c.State, Sessions: &c.Sessions, Ledger: &c.Ledger, Issuers: c.issuers}
	if err := c.network.Serve(sts.Host(region), door); err != nil {
		return nil, err
	}
	return door, c.network.Serve(ecr.Host(region), c.ECR.API(region))
}

// OpenRegistry serves a registry.
func (c *Cloud) OpenRegistry(registry identity.Registry) error {
	door, err := c.ECR.Registry(registry)
	if err != nil {
		return err
	}
	return c.network.Serve(registry.String(), door)
}
