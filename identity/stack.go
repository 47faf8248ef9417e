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
	id := unwrapARN(string(n), "stack")
	if slash := strings.Index(id.name, "/"); slash >= 0 {
		id.name, id.after = id.name[:slash], id.name[slash:]
	}
	return firstError(id.report("stack name", checkStackName), checkStackName(string(n)))
}

func checkStackName(name string) error {
	if err := firstError(
		checkLength("stack name", name, 128),
		checkAlphabet("stack name", name, alphanumeric+"-", "letters, digits and -"),
	); err != nil {
		return err
	}
	if strings.ContainsRune("0123456789-", rune(name[0])) {
		return fmt.Errorf("stack name %q: want a letter at the beginning", name)
	}
	return nil
}

// ARNPattern matches the ARN of the stack, which ends in an id that CloudFormation makes.
func (n StackName) ARNPattern(region Region, account AccountID) string {
	return "arn:" + string(region.Partition()) + ":cloudformation:" + string(region) + ":" + string(account) + ":stack/" + string(n) + "/*"
}
