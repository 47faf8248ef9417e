package migrate

// User is an IAM user that may push to an image repository of a pool.
type User struct {
	Name, Account string
	// By names the policy that lets it.
	By string
}
