package github

import (
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// password is a password of Amazon ECR for the registries of a region.
type password struct {
	region region
	// cli reports that the AWS CLI asks for it; preset is AWS_DEFAULT_REGION then.
	cli    bool
	preset region
	// emptied are the variables that are empty where it is asked for.
	emptied []facts.Text
}

// wayVariables are the variables by which AWS tools find the role of a Pod, by IRSA or EKS Pod Identity.
var wayVariables = []string{identity.EnvRoleARN, identity.EnvTokenFile, identity.EnvCredentialsURI, identity.EnvAuthorizationTokenFile}

// emptied are the variables of the way to a role that are empty: AWS tools then look elsewhere.
func (s scope) emptied() (names []facts.Text) {
	for _, name := range wayVariables {
		if v, set := s.env.get(name); set && s.here(v.value).empty() {
			names = append(names, facts.Text{Value: name, Place: v.at, There: true})
		}
	}
	return names
}

// region is the region that AWS tools are given: none, if the value is nil.
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

// alternatives returns what the region may be; one of no text, if none is given.
func (r region) alternatives() value {
	if r.value == nil {
		return value{{}}
	}
	return r.value
}

func (r region) fact(a alternative) facts.Text {
	if r.value == nil {
		return facts.Text{Place: r.at}
	}
	return a.string().trim().hostFact(r.at)
}

func (l *logins) ask(p password) {
	l.several = l.several || l.asked > 0 && !p.same(l.latest)
	l.latest, l.asked = p, l.asked+1
}

// password is the last that was asked for, if there were more than since; else the one
// that all are. Of several it is not known which is meant.
func (l *logins) password(since int, at source.Place) password {
	switch {
	case l.asked == 0:
		return password{region: region{unknownValue(kindUnknown, "no step asks Amazon ECR for the password"), at}}
	case l.asked == since && l.several:
		return password{region: region{unknownValue(kindUnknown, "the job asks for passwords of several regions"), at}}
	}
	return l.latest
}

// same reports whether both are of one region for certain.
func (p password) same(other password) bool {
	mine, known := p.region.literal()
	theirs, theirsKnown := other.region.literal()
	return known && theirsKnown && mine == theirs
}

// passwordOf returns the password of a tool that takes the region from the registry's name.
func passwordOf(host pieces, at source.Place) password {
	name, ok := host.standing()
	if !ok {
		return password{region: region{unknownValue(kindUnknown, host.why()), at}}
	}
	registry, err := identity.ParseRegistryHost(strings.NewReplacer(facts.RoleAccount, "000000000000", facts.PodRegion, "us-east-1", facts.PodDefaultRegion, "us-east-1").Replace(name))
	if err != nil {
		return password{region: region{unknownValue(kindUnknown, err.Error()), at}}
	}
	for _, standIn := range ofPod {
		if strings.Contains(name, standIn) {
			return password{region: region{value{{text: textStanding(standIn)}}, at}}
		}
	}
	return password{region: region{valueOf(string(registry.Region)), at}}
}
