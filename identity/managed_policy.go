package identity

import (
	"fmt"
	"strings"
)

// PolicyPath is the path of a managed policy, part of its ARN: "/", or "/.../" of
// up to 512 characters (IAM API, CreatePolicy).
type PolicyPath string

// Check reports a path that IAM would refuse.
func (p PolicyPath) Check() error {
	path := string(p)
	if !strings.HasPrefix(path, "/") || !strings.HasSuffix(path, "/") {
		return fmt.Errorf(`policy path %q: want "/" or "/.../"`, p)
	}
	return firstError(
		checkLength("policy path", path, 512),
		checkAlphabet("policy path", path, printable, "characters of ASCII that print, without blanks"),
	)
}

// printable are the characters of IAM's pattern for paths, \u0021 to \u007E.
const printable = alphanumeric + "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

// ManagedPolicyARN identifies a customer managed policy. AWS managed policies have
// the word "aws" in the place of an account and are not customer managed.
type ManagedPolicyARN struct {
	Partition Partition
	Account   AccountID
	Path      PolicyPath
	Name      PolicyName
}

// AccountAWS stands for the account in the ARN of a managed policy that is AWS's own.
const AccountAWS AccountID = "aws"

// String is "arn:PARTITION:iam::ACCOUNT:policy" followed by path and name.
func (a ManagedPolicyARN) String() string {
	return "arn:" + string(a.Partition) + ":iam::" + string(a.Account) + ":policy" + string(a.Path) + string(a.Name)
}

// Check reports the first part that is wrong.
func (a ManagedPolicyARN) Check() error {
	return firstError(a.Partition.Check(), a.Account.Check(), a.Path.Check(), a.Name.Check())
}

// ParseManagedPolicyARN reads what String writes. It returns an error for any
// other text.
func ParseManagedPolicyARN(text string) (ManagedPolicyARN, error) {
	parts := strings.SplitN(text, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || parts[2] != "iam" || parts[3] != "" || !strings.HasPrefix(parts[5], "policy/") {
		return ManagedPolicyARN{}, fmt.Errorf("policy ARN %q: want arn:PARTITION:iam::ACCOUNT:policy/PATH/NAME", text)
	}
	resource := strings.TrimPrefix(parts[5], "policy")
	slash := strings.LastIndex(resource, "/")
	arn := ManagedPolicyARN{
		Partition: Partition(parts[1]),
		Account:   AccountID(parts[4]),
		Path:      PolicyPath(resource[:slash+1]),
		Name:      PolicyName(resource[slash+1:]),
	}
	if err := arn.Check(); err != nil {
		return ManagedPolicyARN{}, fmt.Errorf("policy ARN %q: %w", text, err)
	}
	return arn, nil
}

// ParseAttachedPolicyARN reads the ARN of a policy that a role may have: what ParseManagedPolicyARN
// reads, or one of AWS's own.
func ParseAttachedPolicyARN(text string) (ManagedPolicyARN, error) {
	before, after, ofAWS := strings.Cut(text, ":iam::"+string(AccountAWS)+":")
	if !ofAWS {
		return ParseManagedPolicyARN(text)
	}
	arn, err := ParseManagedPolicyARN(before + ":iam::000000000000:" + after)
	if err == nil {
		arn.Account = AccountAWS
	}
	return arn, err
}
