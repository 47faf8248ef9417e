package identity

// PolicyName is the name of an IAM managed policy: 1 to 128 letters, digits and
// +=,.@_-, unique in its account without regard to case.
type PolicyName string

// Check reports a name that IAM would refuse.
func (n PolicyName) Check() error {
	return firstError(
		unwrapARN(string(n), "policy").withoutPath().report("policy name", checkPolicyName),
		checkPolicyName(string(n)),
	)
}

func checkPolicyName(name string) error {
	return firstError(
		checkLength("policy name", name, 128),
		checkAlphabet("policy name", name, iamAlphabet, iamAllowed),
	)
}
