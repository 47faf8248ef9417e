// Package rendered finds in a folder of rendered files what a rehearsal has to have
// ready for them: the clusters with their issuers, the pools with their workflows. What
// is decided later, at the doors of AWS, is decided by what was deployed and not by this.
package rendered

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight"
	"keyless-runners/preflight/facts"
)

// annotationRoleARN is the annotation of a ServiceAccount that EKS reads.
const annotationRoleARN = "eks.amazonaws.com/role-arn"

// Fleet is what a folder holds.
type Fleet struct {
	Folder   string
	Clusters []Cluster
}

// Cluster is a cluster that manifests are rendered for.
type Cluster struct {
	Name string
	// Folder has its manifests.
	Folder string
	// Issuer is that of the tokens that the roles of its pools trust.
	Issuer identity.Issuer
	Pools  []Pool
}

// Pool is a pool of runners, as its ServiceAccount and its files tell.
type Pool struct {
	Name string
	// Subject is whom its Pods' tokens speak for.
	Subject identity.Subject
	Role    identity.RoleARN
	// Workflow is its file.
	Workflow string
}

// Read reads a folder, such as dist/. Its error says what is missing for a rehearsal;
// what else may be wrong with the files is not its matter.
func Read(folder string) (Fleet, error) {
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return Fleet{}, fmt.Errorf("no folder %q: run \"make synth\" at the top of the repository first", folder)
	}
	said, _, err := preflight.Read(preflight.Input{Paths: []string{folder}})
	if err != nil {
		return Fleet{}, err
	}
	fleet := Fleet{Folder: folder}
	for _, account := range said.ServiceAccounts {
		if err := fleet.add(account, said.Roles); err != nil {
			return Fleet{}, fmt.Errorf("%s: %w", account.Place, err)
		}
	}
	if len(fleet.Clusters) == 0 {
		return Fleet{}, fmt.Errorf("%s has no ServiceAccount: run \"make synth\" first", folder)
	}
	return fleet, nil
}

// add takes a pool in by its ServiceAccount.
func (f *Fleet) add(account facts.ServiceAccount, roles []facts.Role) error {
	arn, err := roleOf(account)
	if err != nil {
		return err
	}
	issuer, err := issuerOf(arn, roles)
	if err != nil {
		return err
	}
	cluster, err := f.cluster(filepath.Dir(account.Place.File), issuer)
	if err != nil {
		return err
	}
	name := strings.TrimSuffix(filepath.Base(account.Place.File), ".k8s.yaml")
	cluster.Pools = append(cluster.Pools, Pool{
		Name: name,
		Subject: identity.Subject{
			Namespace:      identity.Namespace(account.Namespace.Value),
			ServiceAccount: identity.ServiceAccount(account.Name.Value),
		},
		Role:     arn,
		Workflow: filepath.Join(f.Folder, "workflows", "push-"+name+".yaml"),
	})
	return nil
}

// cluster is the cluster whose manifests lie in the folder.
func (f *Fleet) cluster(folder string, issuer identity.Issuer) (*Cluster, error) {
	at := slices.IndexFunc(f.Clusters, func(c Cluster) bool { return c.Folder == folder })
	if at < 0 {
		f.Clusters = append(f.Clusters, Cluster{Name: filepath.Base(folder), Folder: folder, Issuer: issuer})
		at = len(f.Clusters) - 1
	}
	if cluster := &f.Clusters[at]; cluster.Issuer == issuer {
		return cluster, nil
	}
	return nil, fmt.Errorf("its role trusts issuer %q, those of other pools of the cluster %q", issuer, f.Clusters[at].Issuer)
}

func roleOf(account facts.ServiceAccount) (identity.RoleARN, error) {
	for _, annotation := range account.Annotations {
		if annotation.Key == annotationRoleARN {
			return identity.ParseRoleARN(annotation.Value.Value)
		}
	}
	return identity.RoleARN{}, errors.New("no annotation " + annotationRoleARN)
}

// issuerOf is the issuer that the role with the ARN trusts.
func issuerOf(arn identity.RoleARN, roles []facts.Role) (identity.Issuer, error) {
	for _, role := range roles {
		if !role.Name.Is(string(arn.Name)) || !role.Path.Is(string(arn.Path)) || !role.Account.MayBe(string(arn.Account)) {
			continue
		}
		for _, statement := range role.Trust.Policy.Statement {
			if statement.Principal == nil {
				continue
			}
			for _, federated := range statement.Principal.Federated {
				provider, err := identity.ParseProviderARN(federated)
				return provider.Issuer, err
			}
		}
	}
	return "", fmt.Errorf("no role %q that trusts a provider is among the templates", arn)
}
