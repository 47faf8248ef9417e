package adopt

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// cluster is a cluster as far as it is known.
type cluster struct {
	fleet.Cluster
	place source.Place
	// provided reports that a file shows the provider.
	provided bool
	// asked reports that which cluster it is has been asked.
	asked bool
}

// findClusters finds the clusters that runners are in.
func (a *adoption) findClusters() {
	known := a.knownClusters()
	for _, folder := range a.folders() {
		c := a.clusterOf(folder, known)
		for _, r := range a.runners {
			if index.Folder(r.Place) == folder {
				r.cluster = c
			}
		}
		if !slices.Contains(a.clusters, c) {
			a.clusters = append(a.clusters, c)
		}
	}
	for _, c := range a.clusters {
		a.complete(c)
	}
	for _, r := range a.runners {
		a.foldersOf[r.cluster.Name] = index.Folder(r.Place)
	}
}

// folders are those of the runners, each once: manifests of one cluster are in one.
func (a *adoption) folders() []string {
	var all []string
	for _, r := range a.runners {
		if folder := index.Folder(r.Place); !slices.Contains(all, folder) {
			all = append(all, folder)
		}
	}
	return all
}

// knownClusters are those that templates and the outputs of commands show.
func (a *adoption) knownClusters() []*cluster {
	var known []*cluster
	merge := func(c cluster) {
		for _, other := range known {
			if other.is(c) {
				other.add(c)
				return
			}
		}
		known = append(known, &c)
	}
	for _, fact := range a.facts().Clusters {
		merge(a.described(fact))
	}
	for _, provider := range a.facts().Providers {
		if c := a.provided(provider); c.Region != "" {
			merge(c)
		}
	}
	for _, association := range a.facts().PodIdentityAssociations {
		c := associated(association)
		c.Name = a.nameIn(association)
		merge(c)
	}
	for _, config := range a.configs {
		merge(cluster{place: config.Place, Cluster: fleet.Cluster{EKSName: identity.ClusterName(config.Word("metadata", "name")), Region: identity.Region(config.Word("metadata", "region"))}})
	}
	for _, r := range a.runners {
		for _, c := range trusting(r) {
			merge(c)
		}
	}
	return a.withNames(known)
}

// withNames takes the one cluster of which the issuer alone is known, and the one of which the
// name alone is, for the same.
func (a *adoption) withNames(known []*cluster) []*cluster {
	named := slices.DeleteFunc(slices.Clone(known), func(c *cluster) bool { return c.Issuer != "" || c.EKSName == "" })
	nameless := slices.DeleteFunc(slices.Clone(known), func(c *cluster) bool { return c.Issuer == "" || c.Name+c.EKSName != "" })
	if len(named) != 1 || len(nameless) != 1 || !mayBeOne(named[0].Region, nameless[0].Region) || !mayBeOne(named[0].Account, nameless[0].Account) {
		return known
	}
	nameless[0].add(*named[0])
	a.result.ask(Question{Place: named[0].place, About: aboutCluster(fleet.Cluster{Name: named[0].EKSName}), Text: fmt.Sprintf("no file shows that %q is its issuer; it is taken for it, because it is the only one", nameless[0].Issuer), Next: fmt.Sprintf("compare it with \"aws eks describe-cluster --name %s\"", named[0].EKSName)})
	return slices.DeleteFunc(known, func(c *cluster) bool { return c == named[0] })
}

// described is a cluster as "aws eks describe-cluster" shows it.
func (a *adoption) described(fact facts.Cluster) cluster {
	c := cluster{place: fact.Place, Cluster: fleet.Cluster{EKSName: identity.ClusterName(fact.Name.Value), Issuer: identity.Issuer(fact.Issuer.Value)}}
	if parts := strings.Split(a.objects[fact.Place].Word("arn"), ":"); len(parts) == 6 {
		c.Region, c.Account = identity.Region(parts[3]), identity.AccountID(parts[4])
	}
	return c
}

// provided is the cluster of a provider; its region is "" of what is no issuer of EKS.
func (a *adoption) provided(provider facts.Provider) cluster {
	issuer := identity.Issuer(provider.URL.Value)
	c := cluster{place: provider.Place, provided: true, Cluster: fleet.Cluster{
		Issuer: issuer, Region: issuer.Region(), Account: identity.AccountID(provider.Account.Value), ExistingProvider: true,
	}}
	if resource, s := a.resourceAt(provider.Place); resource != nil {
		c.Name, c.Stack, c.ExistingProvider = s.clusters[issuer], s.name, false
	}
	return c
}

func associated(association facts.PodIdentityAssociation) cluster {
	return cluster{place: association.Place, Cluster: fleet.Cluster{
		EKSName: identity.ClusterName(association.Cluster.Value),
		Region:  identity.Region(association.Region.Value),
		Account: identity.AccountID(association.Account.Value),
	}}
}

// nameIn is the cluster's name in the fleet that rendered an association, without its dashes: it
// is a part of the logical id. It is "" if that is the name in EKS, or no such template has it.
func (a *adoption) nameIn(association facts.PodIdentityAssociation) identity.ClusterName {
	_, s := a.resourceAt(association.Place)
	for _, member := range s.body.Get("Resources").Entries() {
		_, rest, named := strings.Cut(member.Name, "Association")
		if member.Place != association.Place || !named || len(rest) <= hashed {
			continue
		}
		if name := rest[:len(rest)-hashed]; name != strings.ReplaceAll(association.Cluster.Value, "-", "") {
			return identity.ClusterName(name)
		}
	}
	return ""
}

// hashed is how many characters of a logical id are a hash.
const hashed = 8

// trusting are the clusters whose tokens the runner's role trusts, in the order of its statements.
func trusting(r *runner) []cluster {
	var found []cluster
	if r.role.fact == nil {
		return nil
	}
	for _, provider := range index.ProvidersIn(&r.role.fact.Trust) {
		if arn, err := identity.ParseProviderARN(provider.ARN); err == nil && arn.Issuer.Region() != "" {
			found = append(found, cluster{place: provider.Place, Cluster: fleet.Cluster{Issuer: arn.Issuer, Region: arn.Issuer.Region(), Account: arn.Account}})
		}
	}
	for n, statement := range r.role.fact.Trust.Policy.Statement {
		for key, values := range statement.Condition[policy.StringEquals] {
			if !strings.HasSuffix(key, "/"+identity.TagClusterARN) {
				continue
			}
			for _, value := range values {
				if parts := strings.Split(value, ":"); len(parts) == 6 {
					found = append(found, cluster{place: r.role.fact.Trust.Statement(n), Cluster: fleet.Cluster{
						EKSName: identity.ClusterName(path.Base(parts[5])), Region: identity.Region(parts[3]), Account: identity.AccountID(parts[4]),
					}})
				}
			}
		}
	}
	return found
}

// is reports whether two are one cluster, as far as is known.
func (c *cluster) is(other cluster) bool {
	if c.Issuer != "" && other.Issuer != "" {
		return c.Issuer == other.Issuer && mayBeOne(c.Account, other.Account)
	}
	if !mayBeOne(c.Region, other.Region) || !mayBeOne(c.Account, other.Account) {
		return false
	}
	if c.Name != "" && other.Name != "" {
		return c.Name == other.Name
	}
	name, others := cmp.Or(c.EKSName, c.Name), cmp.Or(other.EKSName, other.Name)
	return name != "" && name == others
}

func mayBeOne[S ~string](a, b S) bool { return a == "" || b == "" || a == b }

// add takes over what the other shows.
func (c *cluster) add(other cluster) {
	c.Name, c.EKSName = cmp.Or(c.Name, other.Name), cmp.Or(c.EKSName, other.EKSName)
	c.Account, c.Region = cmp.Or(c.Account, other.Account), cmp.Or(c.Region, other.Region)
	c.Issuer, c.Stack = cmp.Or(c.Issuer, other.Issuer), cmp.Or(c.Stack, other.Stack)
	c.ExistingProvider = (c.ExistingProvider || other.ExistingProvider) && c.Stack == ""
	c.provided = c.provided || other.provided
}

// clusterOf is the cluster that a folder's manifests are for: the one that the folder is named
// after, or else the one that the roles of its runners trust, or the only one.
func (a *adoption) clusterOf(folder string, known []*cluster) *cluster {
	base := identity.ClusterName(path.Base(folder))
	var found *cluster
	for _, c := range known {
		if base == cmp.Or(c.Name, c.EKSName) {
			found = c
		}
	}
	if trusted := a.trustedBy(folder, known); found == nil && len(trusted) == 1 {
		found = trusted[0]
	}
	if found == nil && len(known) == 1 {
		found = known[0]
	}
	if found == nil {
		found = &cluster{place: source.Place{File: folder}, asked: true}
		a.result.ask(Question{Place: source.Place{File: folder}, Text: fmt.Sprintf("which cluster the runners of this folder are in is not known; %s", listed(known)), Next: `name the folder after the cluster, or add what "aws eks describe-cluster" prints`})
	}
	if path.Base(path.Dir(folder)) == "manifests" {
		found.Name = base
	}
	return found
}

func listed(known []*cluster) string {
	if len(known) == 0 {
		return "no file shows one"
	}
	var names []string
	for _, c := range known {
		names = append(names, quoted(cmp.Or(string(c.EKSName), string(c.Name), string(c.Issuer))))
	}
	return "the files show " + strings.Join(names, ", ")
}

// trustedBy are the clusters that all roles of the folder's runners trust.
func (a *adoption) trustedBy(folder string, known []*cluster) []*cluster {
	left := slices.Clone(known)
	for _, r := range a.runners {
		if index.Folder(r.Place) != folder || r.role.fact == nil {
			continue
		}
		trusted := trusting(r)
		for _, association := range r.role.associations {
			trusted = append(trusted, associated(*association))
		}
		left = slices.DeleteFunc(left, func(c *cluster) bool { return !slices.ContainsFunc(trusted, c.is) })
	}
	return left
}

// complete fills in what follows from the runners, and asks for what nothing shows.
func (a *adoption) complete(c *cluster) {
	irsa := false
	for _, r := range a.runners {
		if r.cluster != c {
			continue
		}
		c.Account = cmp.Or(c.Account, r.role.arn.Account)
		irsa = irsa || r.role.named() && r.role.way != fleet.WayPodIdentity || !r.role.named()
		for _, id := range a.pushesOf(r) {
			c.Region = cmp.Or(c.Region, id.Registry.Region)
		}
	}
	known := cmp.Or(c.EKSName, c.Name, "NAME")
	if c.Name = cmp.Or(c.Name, c.EKSName, "cluster"); known == "NAME" && !c.asked {
		a.result.ask(Question{Place: c.place, About: aboutCluster(c.Cluster), field: "name", Text: "the files do not show its name", Next: "name it: its manifests are in a folder of that name"})
	}
	if c.EKSName == c.Name {
		c.EKSName = ""
	}
	if !irsa && !c.provided {
		c.Issuer = ""
	}
	if irsa && c.Issuer != "" && !c.provided {
		a.assumeProvider(c)
	}
	a.askMissing(c, known, irsa)
	c.Controller = a.controllerOf(c)
}

// assumeProvider declares a provider that no file shows as existing if a role trusts it, or may
// because it is not among the files; and else, or if a list of the account's providers lacks it, as
// one to be created: if there is one, IAM refuses the second.
func (a *adoption) assumeProvider(c *cluster) {
	trusted, unseen := false, false
	for _, r := range a.runners {
		trusted = trusted || slices.ContainsFunc(trusting(r), func(other cluster) bool { return other.Issuer == c.Issuer })
		unseen = unseen || r.cluster == c && r.role.named() && r.role.way != fleet.WayPodIdentity && r.role.fact == nil
	}
	listed := slices.ContainsFunc(a.facts().Providers, func(p facts.Provider) bool { return p.Listed && p.Account.Is(string(c.Account)) })
	if c.ExistingProvider = !listed && (trusted || unseen); trusted || listed {
		return
	}
	as, next := "one that the stack creates", "set"
	if unseen {
		as, next = "existing", "take out"
	}
	a.result.ask(Question{Place: c.place, About: aboutCluster(c.Cluster), Text: "whether the account has an OIDC provider for the issuer is not known; it is declared as " + as, Next: fmt.Sprintf("%s ExistingProvider if \"aws iam list-open-id-connect-providers\" shows otherwise", next)})
}

// askMissing asks for what the files do not show of the cluster, which EKS knows by the name.
func (a *adoption) askMissing(c *cluster, name identity.ClusterName, issuer bool) {
	ask := func(field string) {
		a.result.ask(Question{Place: c.place, About: aboutCluster(c.Cluster), field: field, Text: "the files do not show its " + field, Next: fmt.Sprintf("fill it in, from \"aws eks describe-cluster --name %s\"", name)})
	}
	if c.Account == "" {
		ask("account")
	}
	if c.Region == "" {
		ask("region")
	}
	if issuer && c.Issuer == "" {
		ask("issuer")
	}
}

// controllerOf is the controller of the cluster's scale sets, by what lets it make runners.
func (a *adoption) controllerOf(c *cluster) fleet.Controller {
	var found fleet.Controller
	for _, r := range a.runners {
		if r.cluster != c || r.ScaleSetSpec == nil {
			continue
		}
		found.Version = cmp.Or(r.ScaleSetSpec.Version.Value, found.Version)
		for _, binding := range a.facts().RBACBindings {
			if !binding.Namespace.Is(r.Namespace.Value) {
				continue
			}
			for _, subject := range binding.Subjects {
				if subject.Kind == "ServiceAccount" && subject.Namespace.Known() && !subject.Namespace.Is(r.Namespace.Value) {
					found.Namespace, found.ServiceAccount = identity.Namespace(subject.Namespace.Value), identity.ServiceAccount(subject.Name.Value)
				}
			}
		}
		if found.ServiceAccount == "" {
			found.Namespace, found.ServiceAccount = "arc-systems", "arc-gha-rs-controller"
			a.result.ask(Question{Place: r.Place, About: aboutCluster(c.Cluster), Text: "the ServiceAccount of the controller of scale sets is not among the files; it is declared as the one that GitHub's documentation installs", Next: `look it up with "kubectl get serviceaccounts -A -l app.kubernetes.io/part-of=gha-rs-controller"`})
		}
	}
	return found
}

// orderClusters puts the clusters of a pool in the order in which its role trusts them, which is
// that of the declaration.
func (r *runner) orderClusters() {
	trusted := trusting(r)
	all := append([]*cluster{r.cluster}, r.also...)
	slices.SortStableFunc(all, func(a, b *cluster) int {
		return cmp.Compare(slices.IndexFunc(trusted, a.is), slices.IndexFunc(trusted, b.is))
	})
	r.cluster, r.also = all[0], all[1:]
}

// settle gives each cluster the stack of most of its pools, and the others one of their own.
func (a *adoption) settle() {
	for _, c := range a.clusters {
		if c.Stack == "" {
			c.Stack = a.usualStack(c)
		}
	}
	for _, r := range a.runners {
		r.pool.Cluster = r.cluster.Cluster
		for _, also := range r.also {
			r.pool.AlsoIn = append(r.pool.AlsoIn, also.Cluster)
		}
		if r.pool.Stack == r.cluster.Stack || r.pool.ExistingRole && !r.pool.CreatesAssociation() {
			r.pool.Stack = ""
		}
	}
}

// usualStack is the stack of the cluster's first pool that has one, or else a new one.
func (a *adoption) usualStack(c *cluster) identity.StackName {
	for _, r := range a.runners {
		if r.cluster == c && r.pool.Stack != "" {
			return r.pool.Stack
		}
	}
	if len(a.clusters) == 1 {
		return "keyless-runners"
	}
	return identity.StackName("keyless-runners-" + string(c.Name))
}
