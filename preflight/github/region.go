package github

import "keyless-runners/preflight/source"

// regions adds what AWS tools are told their region is.
func (j *job) regions(v value, at source.Place) {
	for _, a := range v {
		region := a.string().fact(at)
		key := region.Value + "\x00" + region.Unknown
		if region.Known() && region.Value == "" || j.told[key] {
			continue
		}
		j.told[key] = true
		j.fact.Regions = append(j.fact.Regions, region)
	}
}

// regionsOf adds the regions that the variables in a scope say.
func (j *job) regionsOf(s scope) {
	for _, name := range []string{"AWS_REGION", "AWS_DEFAULT_REGION"} {
		if region, ok := s.env.get(name); ok {
			j.regions(s.here(region.value), region.at)
		}
	}
}

// regionOf is what the variables say the region is.
func (s scope) regionOf() value {
	for _, name := range []string{"AWS_REGION", "AWS_DEFAULT_REGION"} {
		if region, ok := s.env.get(name); ok {
			return s.here(region.value)
		}
	}
	return unknownValue(unknown, "the region of the login is not in the workflow")
}
