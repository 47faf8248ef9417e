package change

import (
	"maps"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
)

// principals are the principals of one kind, with those that can assume each role.
type principals struct {
	access.Axis
	// of follows the words for them, such as " of ISSUER".
	of string
	// assumers are the classes that can assume a role, or may, and runners those of them that are
	// ServiceAccounts of the files.
	assumers map[*holding]extents
	runners  map[*holding]map[int]chain.Principal
	// undecided says why the classes could not be cut; "" if they were.
	undecided string
}

func (p *principals) add(h *holding, class int, e extent, who chain.Principal) {
	if p.assumers[h] == nil {
		p.assumers[h], p.runners[h] = extents{}, map[int]chain.Principal{}
	}
	p.assumers[h].add(class, e)
	if who.Subject != "" {
		p.runners[h][class] = who
	}
}

func newPrincipals(axis access.Axis, of string) *principals {
	return &principals{Axis: axis, of: of, assumers: map[*holding]extents{}, runners: map[*holding]map[int]chain.Principal{}}
}

// assumer is a principal that can assume a role.
type assumer struct {
	h *holding
	chain.Principal
}

// principalAxes cut the principals of both states: subjects by their issuer, associations by
// their account, and all others by their names.
func (c *comparison) principalAxes() []*principals {
	tokens, associations := map[string][]assumer{}, map[string][]assumer{}
	var named []assumer
	for _, h := range c.holdings() {
		for _, p := range h.Principals {
			switch one := (assumer{h, p}); {
			case p.Kind == chain.ByToken:
				tokens[p.Provider.Host] = append(tokens[p.Provider.Host], one)
			case p.Association != nil || p.Group.Associations:
				account := p.FirstRole(h.Held).Account.Value
				associations[account] = append(associations[account], one)
			default:
				named = append(named, one)
			}
		}
	}
	var axes []*principals
	for _, host := range slices.Sorted(maps.Keys(tokens)) {
		axes = append(axes, c.subjects(host, tokens[host]))
	}
	for _, account := range slices.Sorted(maps.Keys(associations)) {
		axes = append(axes, c.associations(account, associations[account]))
	}
	return append(axes, c.named(named))
}

// extent is how far the principal can take the role.
func (t assumer) extent() extent {
	switch {
	case t.Possibly == "":
		return extent{truth: policy.Yes}
	case t.Group.Truth == policy.No:
		return extent{policy.Possibly, t.Possibly, []way{{t.Possibly}}}
	}
	return extentOf(t.Group.Decision)
}

// assumerNames are the classes that are given: single ones by their value, and those that are
// described otherwise by their words. all reports that there are no others.
func assumerNames(assumers []assumer, all bool) (values []string) {
	for _, t := range assumers {
		if t.Group.Single || t.Group.Representative == "" || all {
			values = append(values, t.value())
		}
	}
	return values
}

// value is the class of the assumer alone.
func (t assumer) value() string {
	if t.Group.Single {
		return t.Group.Representative
	}
	return t.Group.Who
}

func (c *comparison) subjects(host string, assumers []assumer) *principals {
	var wide []access.Trust
	asked := map[*holding][]access.Trust{}
	var order []*holding // which of them the budget is enough for must not be by chance
	for _, t := range assumers {
		if !t.Group.Single && t.Group.Representative != "" && asked[t.h] == nil {
			asked[t.h] = t.h.chains.TrustsIn(t.h.Held, host)
			wide, order = append(wide, asked[t.h]...), append(order, t.h)
		}
	}
	axis, err := access.SubjectAxis(&c.budget, wide, assumerNames(assumers, false))
	found := newPrincipals(axis, " of "+host)
	if err != nil {
		found.Axis, _ = access.SubjectAxis(&c.budget, nil, assumerNames(assumers, true))
		found.undecided, asked = err.Error(), nil
	}
	for _, h := range order {
		for _, trust := range asked[h] {
			for class, decision := range trust.Decisions(&c.budget, axis) {
				found.add(h, class, extentOf(decision), chain.Principal{})
			}
		}
	}
	number := numbers(found.Axis)
	for _, t := range assumers {
		if asked[t.h] == nil || t.Group.Single || t.Group.Representative == "" {
			found.add(t.h, number[t.value()], t.extent(), t.Principal)
		}
	}
	return found
}

// associations are the EKS Pod Identity associations of one account, those to come too.
func (c *comparison) associations(account string, assumers []assumer) *principals {
	var given []access.Association
	var wide []*facts.Document
	for _, t := range assumers {
		if t.Association != nil || t.Group.Single {
			given = append(given, t.association())
		} else {
			wide = append(wide, t.Certain(t.h.Held))
		}
	}
	axis, err := access.NewAssociationAxis(&c.budget, account, wide, given)
	found := newPrincipals(axis.Axis, "")
	if err != nil {
		var described []string
		for _, t := range assumers {
			described = append(described, t.Who)
		}
		found.Axis, found.undecided = access.ListAxis(described, itself), err.Error()
		number := numbers(found.Axis)
		for _, t := range assumers {
			found.add(t.h, number[t.Who], t.extent(), t.Principal)
		}
		return found
	}
	own := map[*facts.Role]map[int]bool{} // a ServiceAccount has no other association than the files'
	for _, t := range assumers {
		if t.Association == nil && !t.Group.Single {
			continue
		}
		class := axis.Index(t.association())
		found.add(t.h, class, t.extent(), t.Principal)
		if own[t.h.Role] == nil {
			own[t.h.Role] = map[int]bool{}
		}
		own[t.h.Role][class] = true
	}
	for _, t := range assumers {
		if t.Association != nil || t.Group.Single {
			continue
		}
		for class, decision := range axis.Decisions(&c.budget, t.Certain(t.h.Held)) {
			if !own[t.h.Role][class] {
				found.add(t.h, class, extentOf(decision), chain.Principal{})
			}
		}
	}
	return found
}

func (t assumer) association() access.Association {
	if a := t.Association; a != nil {
		cluster := a.ClusterARN()
		if !cluster.Known() {
			cluster = a.Cluster
		}
		return access.Association{Cluster: cluster.String(), Namespace: a.Namespace.String(), ServiceAccount: a.ServiceAccount.String()}
	}
	subject, _ := identity.ParseSubject(t.Group.Representative)
	return access.Association{Cluster: t.Group.Cluster, Namespace: string(subject.Namespace), ServiceAccount: string(subject.ServiceAccount)}
}

func itself(value string) string { return value }

// named are all other principals, by the names that trust policies have for them, and those of
// which nothing is known. A name can be within another, as a role is in its account.
func (c *comparison) named(assumers []assumer) *principals {
	name := func(t assumer) string {
		if t.Kind == chain.ByUnknown {
			return t.Who + " (role " + t.h.Role.Title() + ")"
		}
		return t.Group.Representative
	}
	known := map[string]policy.Principal{}
	var names []string
	for _, t := range assumers {
		names = append(names, name(t))
		if t.Kind == chain.ByName {
			known[name(t)] = t.Group.Principal
		}
	}
	found := newPrincipals(access.ListAxis(names, access.NameWords), "")
	number := numbers(found.Axis)
	for _, t := range assumers {
		if t.Kind != chain.ByName {
			found.add(t.h, number[name(t)], t.extent(), chain.Principal{})
			continue
		}
		for other, principal := range known {
			found.add(t.h, number[other], extentOf(access.AskPrincipal(t.Certain(t.h.Held), principal)), chain.Principal{})
		}
	}
	return found
}
