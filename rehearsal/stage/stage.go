// Package stage has everything up that rendered files are deployed to and used in: accounts
// with what was deployed to them, the endpoints of AWS that decide by it, and clusters
// with the runners' controller and EKS' webhook.
package stage

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/cloud"
	"keyless-runners/rehearsal/docker"
	"keyless-runners/rehearsal/network"
	"keyless-runners/rehearsal/program"
	"keyless-runners/rehearsal/sts"
)

// Options say what a stage is made of.
type Options struct {
	// Folder is where everything of the stage is kept; it exists.
	Folder string
	// Programs are Kubernetes' and the controller's.
	Programs program.Programs
	// Python is the interpreter that has moto.
	Python string
	// Self is a program that calls Play first.
	Self string
}

// Stage holds everything that is up. Stop ends all of it.
type Stage struct {
	Options
	Network *network.Network
	Cloud   *cloud.Cloud
	// STS are the endpoints by region.
	STS      map[identity.Region]*sts.Door
	Accounts map[identity.AccountID]*Account
	Clusters map[string]*Cluster
	// Tools is a folder with docker and ko, for the scripts of workflows.
	Tools string

	issuers *http.ServeMux
	stops   []func()
}

// New makes a stage with an AWS that has no account.
func New(options Options) (*Stage, error) {
	s := &Stage{
		Options:  options,
		STS:      map[identity.Region]*sts.Door{},
		Accounts: map[identity.AccountID]*Account{},
		Clusters: map[string]*Cluster{},
		Tools:    filepath.Join(options.Folder, "tools"),
		issuers:  http.NewServeMux(),
	}
	var err error
	if s.Network, err = network.Start(); err != nil {
		return nil, err
	}
	s.stops = append(s.stops, s.Network.Stop)
	if err := s.equip(); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

// equip makes the cloud and the tools.
func (s *Stage) equip() (err error) {
	if s.Cloud, err = cloud.New(s.Network, filepath.Join(s.Folder, "images")); err != nil {
		return err
	}
	if err := os.MkdirAll(s.Tools, 0o755); err != nil {
		return err
	}
	if err := s.Network.Peer().Write(s.networkFile()); err != nil {
		return err
	}
	for _, name := range []string{docker.Name, docker.KoName} {
		if err := os.Symlink(s.Self, filepath.Join(s.Tools, name)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Stage) networkFile() string { return filepath.Join(s.Folder, "network.json") }

// Stop ends everything that runs, the last that was started first.
func (s *Stage) Stop() {
	for len(s.stops) > 0 {
		last := len(s.stops) - 1
		s.stops[last]()
		s.stops = s.stops[:last]
	}
}

// OpenRegion serves STS and ECR's API in a region, once.
func (s *Stage) OpenRegion(region identity.Region) error {
	if s.STS[region] != nil {
		return nil
	}
	door, err := s.Cloud.OpenRegion(region)
	if err != nil {
		return fmt.Errorf("region %s: %w", region, err)
	}
	s.STS[region] = door
	return nil
}

// Refresh has the endpoints and the clusters' webhooks decide by what the accounts hold now.
func (s *Stage) Refresh(ctx context.Context) error {
	for id, account := range s.Accounts {
		holds, err := account.Read(ctx)
		if err != nil {
			return fmt.Errorf("account %s: %w", id, err)
		}
		s.Cloud.State.Set(holds)
	}
	for _, cluster := range s.Clusters {
		s.associate(cluster)
	}
	return nil
}
