package preflight

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// tryAssociations finds whose Pods can have a role by EKS Pod Identity: those of the
// associations of the files, and of any other that the trust policy lets in, because an
// association can be made for each ServiceAccount of the account's clusters.
func (p *proof) tryAssociations(role *facts.Role, ours []*facts.ServiceAccount) []taker {
	var found []taker
	for _, first := range append(slices.Clone(p.leadsTo[role]), role) {
		if !trustsPods(&first.Trust) {
			continue
		}
		own := p.associationsFor[first]
		for _, a := range own {
			if p.roleAt(last(a), a.Place) == role && mayTakeFor(podRequest(a, takeRole), first) {
				found = append(found, p.associated(a, role, ours))
			}
		}
		found = append(found, p.tryOthers(first, role, own, ours != nil)...)
	}
	return found
}

// trustsPods reports whether a trust policy may let EKS Pod Identity in.
func trustsPods(d *facts.Document) bool {
	return slices.ContainsFunc(d.Policy.Statement, func(statement policy.Statement) bool {
		return statement.Effect == policy.EffectAllow && statement.Principal != nil && slices.Contains(statement.Principal.Service, identity.ServicePodIdentity)
	})
}

// mayTakeFor reports whether a trust policy may let EKS take the role with the request.
func mayTakeFor(request policy.Request, role *facts.Role) bool {
	return decide(request, []*facts.Document{&role.Trust}).possible()
}

// associated is the ServiceAccount of an association, and reports it if it is none of the
// files'.
func (p *proof) associated(a *facts.PodIdentityAssociation, role *facts.Role, ours []*facts.ServiceAccount) taker {
	who := subject(spell(a.Namespace), spell(a.ServiceAccount))
	found := taker{who: fmt.Sprintf("%s of cluster %s", who, spell(a.Cluster))}
	if slices.ContainsFunc(ours, func(account *facts.ServiceAccount) bool {
		return account.Namespace.Is(a.Namespace.Value) && account.Name.Is(a.ServiceAccount.Value)
	}) {
		found.subject = who
	} else if ours != nil && a.Namespace.Known() && a.ServiceAccount.Known() {
		p.find(namedSubject, a.Place, fmt.Sprintf("an EKS Pod Identity association gives role %q to %q, which is no ServiceAccount of the files", title(role), who),
			"remove the association, or add the ServiceAccount's file")
	}
	return found
}

// others are associations that a trust policy may let in: of a cluster, by its ARN or its
// name, a namespace and a ServiceAccount. Each is "" for any.
type others struct{ cluster, namespace, account string }

// tryOthers tries associations that are not among the files, the widest kind first: those of
// every cluster, namespace and ServiceAccount, and of each that the associations of the files
// have or the trust policy names.
func (p *proof) tryOthers(first, role *facts.Role, own []*facts.PodIdentityAssociation, judged bool) []taker {
	var admitted []others
	var found []taker
	for _, kind := range kindsOfOthers(own, &first.Trust) {
		if slices.ContainsFunc(admitted, kind.isAmong) || slices.ContainsFunc(own, kind.is) || !mayTakeFor(kind.request(first), first) {
			continue
		}
		admitted = append(admitted, kind)
		found = append(found, taker{who: kind.String() + " of account " + spell(first.Account)})
		if judged {
			p.find(otherAssociations, first.Trust.Place, fmt.Sprintf("%s can have role %q, if one is made that names it", kind, title(role)),
				fmt.Sprintf("name cluster, namespace and ServiceAccount by StringEquals on aws:RequestTag/%s, %s and %s", identity.TagClusterARN, identity.TagNamespace, identity.TagServiceAccount))
		}
	}
	return found
}

// maxOthers is how many kinds of associations are tried: more than any trust policy has room
// to name.
const maxOthers = 2000

// kindsOfOthers are all kinds that the names make, those with the fewest names first.
func kindsOfOthers(own []*facts.PodIdentityAssociation, trust *facts.Document) []others {
	clusters, namespaces, accounts := map[string]bool{"": true}, map[string]bool{"": true}, map[string]bool{"": true}
	for _, a := range own {
		clusters[clusterARN(a).Value], namespaces[a.Namespace.Value], accounts[a.ServiceAccount.Value] = true, true, true
	}
	addNamed(clusters, trust, identity.TagClusterARN)
	addNamed(clusters, trust, identity.TagClusterName)
	addNamed(namespaces, trust, identity.TagNamespace)
	addNamed(accounts, trust, identity.TagServiceAccount)
	var kinds []others
	for _, cluster := range slices.Sorted(maps.Keys(clusters)) {
		for _, namespace := range slices.Sorted(maps.Keys(namespaces)) {
			for _, account := range slices.Sorted(maps.Keys(accounts)) {
				if len(kinds) < maxOthers {
					kinds = append(kinds, others{cluster, namespace, account})
				}
			}
		}
	}
	slices.SortStableFunc(kinds, func(a, b others) int { return a.names() - b.names() })
	return kinds
}

// addNamed adds what the statements of a trust policy name of a tag.
func addNamed(names map[string]bool, trust *facts.Document, tag string) {
	for _, statement := range trust.Policy.Statement {
		for _, keys := range statement.Condition {
			for key, values := range keys {
				if !strings.EqualFold(key, "aws:RequestTag/"+tag) {
					continue
				}
				for _, value := range values {
					if !facts.IsUnknown(value) {
						names[strings.NewReplacer("*", stranger, "?", "x").Replace(value)] = true
					}
				}
			}
		}
	}
}

// names counts what is named; an ARN names more than a name does.
func (o others) names() int {
	n := strings.Count(o.cluster, ":")
	for _, name := range []string{o.cluster, o.namespace, o.account} {
		if name != "" {
			n++
		}
	}
	return n
}

// isAmong reports whether a wider kind has all of these.
func (o others) isAmong(wider others) bool {
	has := func(wide, narrow string) bool { return wide == "" || wide == narrow }
	return (has(wider.cluster, o.cluster) || wider.cluster == clusterName(o.cluster)) && has(wider.namespace, o.namespace) && has(wider.account, o.account)
}

// is reports whether an association of the files is the one that is meant.
func (o others) is(a *facts.PodIdentityAssociation) bool {
	return clusterARN(a).There && o == others{clusterARN(a).Value, a.Namespace.Value, a.ServiceAccount.Value}
}

// clusterName is the name in a cluster's ARN, or the name itself.
func clusterName(cluster string) string { return cluster[strings.LastIndex(cluster, "/")+1:] }

// request is what EKS asks of STS for one of them, with a stranger's name for what is not
// named.
func (o others) request(role *facts.Role) policy.Request {
	cluster := o.cluster
	if cluster == "" {
		cluster = stranger
	}
	arn := cluster
	if !strings.Contains(arn, ":") {
		arn = fmt.Sprintf("arn:%s:eks:%s:%s:cluster/%s", partitionOf(role), stranger, stranger, cluster)
	}
	request := podRequest(&facts.PodIdentityAssociation{Account: role.Account}, takeRole)
	for tag, value := range map[string]string{
		identity.TagClusterARN: arn, identity.TagClusterName: clusterName(cluster),
		identity.TagNamespace: o.namespace, identity.TagServiceAccount: o.account,
	} {
		if value == "" {
			value = stranger
		}
		request.Context["aws:RequestTag/"+tag] = []string{value}
	}
	return request
}

func (o others) String() string {
	text := "every EKS Pod Identity association"
	for _, part := range []struct{ of, name string }{{"ServiceAccount", o.account}, {"namespace", o.namespace}, {"cluster", o.cluster}} {
		if part.name != "" {
			text += fmt.Sprintf(" of %s %q", part.of, part.name)
		}
	}
	return text
}

// beside are the principals of a statement of a role's trust policy whom its associations do
// not stand for.
func (p *proof) beside(role *facts.Role, statement policy.Statement) []string {
	return slices.DeleteFunc(otherNames(statement.Principal), func(name string) bool {
		return name == identity.ServicePodIdentity || p.goesOn(role, name, statement)
	})
}
