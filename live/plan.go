package live

// Plan is every call that Read makes for the request, in order. Where credentials are not of an
// account, or a kind of objects is not there, it makes fewer.
func Plan(request Request) []Call {
	plan := []Call{callerIdentity.in("the default credentials")}
	for _, profile := range request.Profiles {
		plan = append(plan, callerIdentity.in("profile \""+profile+"\""))
	}
	for _, a := range request.accounts() {
		plan = append(plan, callsOf(accountCalls, inAccount(a.id))...)
	}
	for _, registry := range request.registries() {
		plan = append(plan, callsOf(registryCalls, inRegistry(registry))...)
	}
	for _, registry := range request.PullThroughCaches {
		plan = append(plan, callsOf(cacheCalls, inRegistry(registry))...)
	}
	for _, c := range request.Clusters {
		plan = append(plan, callsOf(clusterCalls, inEKS(c))...)
		for _, child := range childCalls {
			plan = append(plan, child.call.in(inEKS(c)))
		}
		for _, of := range resources {
			plan = append(plan, of.call(c))
		}
	}
	return plan
}

// callsOf are the calls of someone.
func callsOf(calls []Call, where string) []Call {
	var found []Call
	for _, call := range calls {
		found = append(found, call.in(where))
	}
	return found
}
