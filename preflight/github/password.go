package github

import (
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// password is what Amazon ECR gives for the registries of a region.
type password struct {
	region region
	// cli says that the AWS CLI asks for it; preset is AWS_DEFAULT_REGION then.
	cli    bool
	preset region
}

// region is what AWS tools are told their region is: nothing, if the value is nil.
type region struct {
	value
	at source.Place
}

// regionIn is the region that a variable says.
func (s scope) regionIn(name string, expected source.Place) region {
	if v, ok := s.env.get(name); ok {
		return region{s.here(v.value), v.at}
	}
	return region{at: expected}
}

// alternatives are what the region may be; one of no text, if nothing is told.
func (r region) alternatives() value {
	if r.value == nil {
		return value{{}}
	}
	return r.value
}

// fact is one of the alternatives as a fact.
func (r region) fact(a alternative) facts.Text {
	if r.value == nil {
		return facts.Text{Place: r.at}
	}
	return a.string().trim().fact(r.at)
}

// last is the last of the passwords, if there are more than since; else the one that
// all are. Of several it is not known which is meant.
func (l *logins) last(since int, at source.Place) password {
	switch n := len(l.passwords); {
	case n > since:
		return l.passwords[n-1]
	case n == 0:
		return password{region: region{unknownValue(unknown, "no step asks Amazon ECR for the password"), at}}
	}
	for _, other := range l.passwords[1:] {
		if !other.same(l.passwords[0]) {
			return password{region: region{unknownValue(unknown, "the job asks for passwords of several regions"), at}}
		}
	}
	return l.passwords[0]
}

// same says whether both are of one region for certain.
func (p password) same(other password) bool {
	mine, known := p.region.literal()
	theirs, theirsKnown := other.region.literal()
	return known && theirsKnown && mine == theirs
}

// passwordOf is that of a tool which takes the region from the registry's name.
func passwordOf(host text, at source.Place) password {
	name, ok := host.known()
	if !ok {
		return password{region: region{unknownValue(unknown, host.why()), at}}
	}
	registry, err := identity.ParseRegistryHost(strings.Replace(name, facts.RoleAccount, "000000000000", 1))
	if err != nil {
		return password{region: region{unknownValue(unknown, err.Error()), at}}
	}
	return password{region: region{valueOf(string(registry.Region)), at}}
}
