package mutation_test

// survivors are the kinds of harmful mutants that no check finds, and why. A kind
// that is found has to be taken out.
var survivors = known(
	because{"no finding says that a trust policy's principal is no ARN of a provider: its prefix, partition, service and region are not looked at",
		[]string{
			"principal: prefix empty", "principal: prefix misspelt", "principal: prefix in capitals",
			"principal: partition empty", "principal: partition misspelt", "principal: partition in capitals", "principal: partition another",
			"principal: service empty", "principal: service misspelt", "principal: service in capitals", "principal: service another",
			"principal: region filled",
		}},
	because{"everybody alone is reported; another account is in the table of who can push",
		[]string{"image repository: policy lets another account push"}},
	because{"a job that names two regions is taken to log in to both",
		[]string{"login step: by a script in another region", "step more: credentials of a region"}},
	because{"a reference that Docker cannot read, or whose registry is none of ECR's, is no push to ECR",
		[]string{
			"registry: empty", "registry: with a scheme", "registry: its parts changed about",
			"workflow's image repository: empty", "workflow's image repository: without another", "push step: without a slash",
		}},
	because{"what a Pod takes from a Secret or ConfigMap as a whole is not looked up",
		[]string{"variables: all of a Secret with a key"}},
	because{"what is not spelled as a role's ARN is not taken for one; the job's first step finds it",
		[]string{
			"wanted role: prefix empty", "wanted role: prefix misspelt", "wanted role: prefix in capitals",
			"wanted role: service empty", "wanted role: service misspelt", "wanted role: service in capitals", "wanted role: service another",
			"wanted role: type empty", "wanted role: type misspelt", "wanted role: type in capitals", "wanted role: type another",
			"wanted role: name with a blank behind",
		}},
)

// alarms are the kinds of harmless mutants that a check reports, and why. A kind
// that passes has to be taken out.
var alarms = known(
	because{"where one cluster is described, the roles of all are held against its issuer",
		[]string{"live: one cluster of several"}},
)

// because is a reason and the kinds of mutants that it is the reason for.
type because struct {
	why   string
	kinds []string
}

// known are the reasons by kind.
func known(all ...because) map[string]string {
	reasons := map[string]string{}
	for _, because := range all {
		for _, kind := range because.kinds {
			reasons[kind] = because.why
		}
	}
	return reasons
}
