package identity

// DefaultQualifier is in the names that "cdk bootstrap" gives, unless it is told another.
const DefaultQualifier = "hnb659fds"

// BootstrapRole is a role that "cdk bootstrap" makes in an account and a region for the CDK's
// command line (aws-cdk, bootstrap-template.yaml).
type BootstrapRole string

const (
	// BootstrapDeploy lets CloudFormation make and change whatever the account's administrator
	// allows that: everything, by default.
	BootstrapDeploy BootstrapRole = "deploy"
	// BootstrapFilePublishing uploads templates.
	BootstrapFilePublishing BootstrapRole = "file-publishing"
)

// Name is "cdk-QUALIFIER-ROLE-role-ACCOUNT-REGION".
func (r BootstrapRole) Name(qualifier string, account AccountID, region Region) RoleName {
	return RoleName("cdk-" + qualifier + "-" + string(r) + "-role-" + string(account) + "-" + string(region))
}

// Pattern matches the ARNs of all such roles of an account; a partition or an account of "*" is
// any.
func (r BootstrapRole) Pattern(partition Partition, account AccountID) string {
	return RoleARN{Partition: partition, Account: account, Path: "/", Name: r.Name("*", "*", "*")}.String()
}
