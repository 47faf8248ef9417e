// Package cloud is AWS as a job and a node see it: the endpoints of STS, ECR and EKS Auth
// and the registries, each under its own name, deciding together by what is deployed.
package cloud

import (
	"net/http"
	"sync"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/ecr"
	"keyless-runners/rehearsal/eksauth"
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
	// ECR serves all regions.
	ECR *ecr.Service

	mu      sync.Mutex
	eksAuth map[identity.Region]*eksauth.Door
	network *network.Network
	issuers http.RoundTripper
}

// New makes a cloud without endpoints, whose images are kept in the folder.
func New(on *network.Network, folder string) (*Cloud, error) {
	issuers, err := on.Peer().Transport()
	if err != nil {
		return nil, err
	}
	c := &Cloud{eksAuth: map[identity.Region]*eksauth.Door{}, network: on, issuers: issuers}
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

// OpenCluster has EKS know a cluster and the issuer of its tokens, and serves the endpoint of
// EKS Auth in the cluster's region.
func (c *Cloud) OpenCluster(cluster identity.ClusterARN, issuer identity.Issuer) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	door := c.eksAuth[cluster.Region]
	if door == nil {
		door = &eksauth.Door{Region: cluster.Region, State: &c.State, Sessions: &c.Sessions, Ledger: &c.Ledger, Issuers: c.issuers}
		if err := c.network.Serve(eksauth.Host(cluster.Region), door); err != nil {
			return err
		}
		c.eksAuth[cluster.Region] = door
	}
	door.Know(cluster, issuer)
	return nil
}

// OpenRegistry serves a registry.
func (c *Cloud) OpenRegistry(registry identity.Registry) error {
	door, err := c.ECR.Registry(registry)
	if err != nil {
		return err
	}
	return c.network.Serve(registry.String(), door)
}
