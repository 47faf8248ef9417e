package identity

// PolicyName is the name of an IAM managed policy: 1 to 128 letters, digits and
// +=,.@_-, unique in its account without regard to case.
type PolicyName string

// Check reports a name that IAM would refuse.
func (n PolicyName) Check() error {
	return firstError(
		checkLength("policy name", string(n), 128),
		checkAlphabet("policy name", string(n), iamAlphabet, iamAllowed),
	)
}
