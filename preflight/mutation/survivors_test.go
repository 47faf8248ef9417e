package mutation_test

// survivors are the kinds of harmful mutants that no check finds, and why. A kind
// that is found has to be taken out.
var survivors = known()

// alarms are the kinds of harmless mutants that a check reports, and why. A kind
// that passes has to be taken out.
var alarms = known()

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
