package mutation_test

// survivors are the kinds of harmful mutants that no check finds, and why. A kind
// that is found has to be taken out.
var survivors = known(
	because{"a job that names two regions is taken to log in to both",
		[]string{"login step: by a script in another region", "step more: credentials of a region"}},
	because{"the workflow has a default for the input, and that it is empty on a push without inputs is not reported",
		[]string{"workflow's image repository: without another"}},
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
