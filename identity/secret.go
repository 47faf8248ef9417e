package identity

// SecretARN identifies a secret of AWS Secrets Manager.
type SecretARN struct {
	Partition Partition
	Region    Region
	Account   AccountID
	// Name ends in a hyphen and six characters that Secrets Manager adds.
	Name string
}

// String is "arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME".
func (a SecretARN) String() string {
	return "arn:" + string(a.Partition) + ":secretsmanager:" + string(a.Region) + ":" + string(a.Account) + ":secret:" + a.Name
}
