package identity

import (
	"fmt"
	"strings"
)

// StackName is the name of a CloudFormation stack: a letter, then letters,
// digits and hyphens, 128 characters at most.
type StackName string

// Check reports a name that CloudFormation would refuse.
func (n StackName) Check() error {
	if err := firstError(
		checkLength("stack name", string(n), 128),
		checkAlphabet("stack name", string(n), alphanumeric+"-", "letters, digits and -"),
	); err != nil {
		return err
	}
	if strings.ContainsRune("0123456789-", rune(n[0])) {
		return fmt.Errorf("stack name %q: want a letter at the beginning", n)
	}
	return nil
}
