package infra

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"

	"keyless-runners/identity"
)

// mustCreate panics, for the constructor of the name, unless the checked fleet has what is to be
// defined, and creates it where the scope's stack is.
func mustCreate(scope constructs.Construct, constructor, what string, declared, created bool, account identity.AccountID, region identity.Region) {
	switch {
	case !declared:
		panic(fmt.Sprintf("infra.%s: the checked fleet has no %s", constructor, what))
	case !created:
		panic(fmt.Sprintf("infra.%s: the fleet declares that %s exists", constructor, what))
	}
	mustBeIn(scope, account, region, fmt.Sprintf("infra.%s: %s", constructor, what))
}

// mustBeIn panics if the scope's stack is in another account or region than what is to be
// defined there. A stack that leaves them open is deployed where the user says. What has no region
// is in any.
func mustBeIn(scope constructs.Construct, account identity.AccountID, region identity.Region, what string) {
	stack := awscdk.Stack_Of(scope)
	for _, place := range []struct {
		kind        string
		stack, want string
	}{
		{"account", *stack.Account(), string(account)},
		{"region", *stack.Region(), string(region)},
	} {
		if place.want != "" && place.stack != place.want && !*awscdk.Token_IsUnresolved(place.stack) {
			panic(fmt.Sprintf("%s is in %s %q, stack %q in %q: define it in a stack of its own %s", what, place.kind, place.want, *stack.StackName(), place.stack, place.kind))
		}
	}
}
