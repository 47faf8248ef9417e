package identity

import "fmt"

// AccountID is an AWS account, twelve digits such as "111122223333".
type AccountID string

// Check reports anything but twelve digits.
func (a AccountID) Check() error {
	if a == "" {
		return fmt.Errorf("account is missing; want 12 digits")
	}
	if err := checkAlphabet("account", string(a), "0123456789", "12 digits"); err != nil {
		return err
	}
	if len(a) != 12 {
		return fmt.Errorf("account %q: want 12 digits, got %d", a, len(a))
	}
	return nil
}

// RootARN is "arn:PARTITION:iam::ACCOUNT:root", which in a policy stands for the account.
func (a AccountID) RootARN(partition Partition) string {
	return "arn:" + string(partition) + ":iam::" + string(a) + ":root"
}
