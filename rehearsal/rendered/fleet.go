// Package rendered finds in a folder of rendered files what a rehearsal has to have
// ready for them: the clusters with their issuers, the pools with their workflows. What
// is decided later, at the doors of AWS, is decided by what was deployed and not by this.
package rendered

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight"
	"keyless-runners/preflight/facts"
)

// annotationRoleARN is the annotation of a ServiceAccount that EKS reads.
const annotationRoleARN = "eks.amazonaws.com/role-arn"

// Fleet holds what is in a folder.
type Fleet struct {
	Folder   string
	Clusters []Cluster
}

// Cluster is a cluster that manifests are rendered for.
type Cluster struct {
	Name string
	// Folder has its manifests.
	Folder string
	// EKS is its name in EKS: as the roles of its pools name it, or the name of the
	// folder.
	EKS identity.ClusterARN
	// Issuer is the issuer of the tokens that the roles of its pools trust; if they trust none, it
	// is one that nothing else is known of.
	Issuer identity.Issuer
	// ScaleSets is the ServiceAccount of the controller of scale sets, to which manifests give
	// rights; the zero value is for a cluster without scale sets.
	ScaleSets identity.Subject
	Pools     []Pool
}

// Pool is a pool of runners, as its ServiceAccount and its files tell.
type Pool struct {
	// Cluster and Name are the names of its cluster and its own. A pool may be in several
	// clusters.
	Cluster, Name string
	// Subject is the subject of the tokens in the Pods in which its jobs run, and Runner of those in
	// its runners' Pods: another where a runner makes a Pod for each job.
	Subject, Runner identity.Subject
	Role            identity.RoleARN
	// Associated says that its Pods get the role by EKS Pod Identity.
	Associated bool
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
	issuers := issuers{}
	for _, account := range said.ServiceAccounts {
		if makesPods(account, said.Workloads) {
			continue
		}
		if err := fleet.add(account, said, issuers); err != nil {
			return Fleet{}, fmt.Errorf("%s: %w", account.Place, err)
		}
	}
	if len(fleet.Clusters) == 0 {
		return Fleet{}, fmt.Errorf("%s has no ServiceAccount: run \"make synth\" first", folder)
	}
	for _, workload := range said.Workloads {
		if workload.ScaleSetSpec != nil {
			fleet.clusterIn(filepath.Dir(workload.Place.File)).ScaleSets = controllerOf(workload, said.RBACBindings)
		}
	}
	issuers.assign(fleet.Clusters)
	for i := range fleet.Clusters {
		fleet.Clusters[i].complete()
	}
	return fleet, nil
}

// makesPods reports whether a ServiceAccount is that of runners that make a Pod for each job, which
// has another: the pool's.
func makesPods(account facts.ServiceAccount, workloads []facts.Workload) bool {
	w := workloadIn(account.Place.File, workloads)
	return w != nil && w.ContainerMode.There && w.ServiceAccount.Value == account.Name.Value
}

// workloadIn returns the object that makes a pool's runners, of which each file of a pool has one; nil if
// there is none.
func workloadIn(file string, workloads []facts.Workload) *facts.Workload {
	for i := range workloads {
		if workloads[i].Place.File == file {
			return &workloads[i]
		}
	}
	return nil
}

// add takes a pool in by its ServiceAccount.
func (f *Fleet) add(account facts.ServiceAccount, said facts.Facts, issuers issuers) error {
	folder := filepath.Dir(account.Place.File)
	name := strings.TrimSuffix(filepath.Base(account.Place.File), ".k8s.yaml")
	pool := Pool{
		Cluster: filepath.Base(folder),
		Name:    name,
		Subject: identity.Subject{
			Namespace:      identity.Namespace(account.Namespace.Value),
			ServiceAccount: identity.ServiceAccount(account.Name.Value),
		},
		Workflow: filepath.Join(f.Folder, "workflows", "push-"+name+".yaml"),
	}
	pool.Runner = pool.Subject
	if w := workloadIn(account.Place.File, said.Workloads); w != nil && w.ContainerMode.There {
		pool.Runner.ServiceAccount = identity.ServiceAccount(w.ServiceAccount.Value)
	}
	cluster := f.clusterIn(folder)
	if association := associationOf(pool.Subject, cluster.Name, said.PodIdentityAssociations); association != nil {
		role, eks, err := roleOfAssociation(association, said.Roles)
		if err != nil {
			return err
		}
		pool.Associated, pool.Role, cluster.EKS = true, role, eks
	} else {
		role, err := roleOf(account)
		if err != nil {
			return err
		}
		if err := issuers.narrow(folder, role, said.Roles); err != nil {
			return err
		}
		pool.Role = role
	}
	cluster.Pools = append(cluster.Pools, pool)
	return nil
}

// clusterIn is the cluster whose manifests lie in the folder.
func (f *Fleet) clusterIn(folder string) *Cluster {
	at := slices.IndexFunc(f.Clusters, func(c Cluster) bool { return c.Folder == folder })
	if at < 0 {
		at = len(f.Clusters)
		f.Clusters = append(f.Clusters, Cluster{Name: filepath.Base(folder), Folder: folder})
	}
	return &f.Clusters[at]
}

// complete makes up what the files do not determine because nothing in them needs it.
func (c *Cluster) complete() {
	if c.EKS == (identity.ClusterARN{}) {
		region := c.Issuer.Region()
		c.EKS = identity.ClusterARN{Partition: region.Partition(), Region: region, Account: c.Pools[0].Role.Account, Name: identity.ClusterName(c.Name)}
	}
	if c.Issuer == "" {
		id := sha256.Sum256([]byte(c.EKS.String()))
		host := "oidc.eks." + string(c.EKS.Region) + "." + c.EKS.Partition.DNSSuffix()
		c.Issuer = identity.Issuer(fmt.Sprintf("https://%s/id/%X", host, id[:16]))
	}
}

// roleOf is the role that a ServiceAccount's annotation names.
func roleOf(account facts.ServiceAccount) (identity.RoleARN, error) {
	for _, annotation := range account.Annotations {
		if annotation.Key == annotationRoleARN {
			return identity.ParseRoleARN(annotation.Value.Value)
		}
	}
	return identity.RoleARN{}, errors.New("no annotation " + annotationRoleARN + ", and no association")
}

// trustOf is the trust policy of the role with the ARN; nil if there is none.
func trustOf(arn identity.RoleARN, roles []facts.Role) []policy.Statement {
	for _, role := range roles {
		if role.Name.Is(string(arn.Name)) && role.Path.Is(string(arn.Path)) && role.Account.MayBe(string(arn.Account)) {
			return role.Trust.Policy.Statement
		}
	}
	return nil
}
