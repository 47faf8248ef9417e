package access

import (
	"cmp"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// Deploys decides whether the role may assume one that "cdk bootstrap" made for deployments, by
// which CloudFormation makes and changes anything in its account, and returns the ARN of such a
// role, or the pattern of all. The trust policy of that role lets in everyone in its account
// whose own policies allow it, and other accounts that were named to it, of which no file shows
// any (aws-cdk, bootstrap-template.yaml, "DeploymentActionRole").
func (r Role) Deploys(budget *Budget) (arn string, found Decision) {
	own := identity.BootstrapDeploy.Pattern(r.partition(), identity.AccountID(cmp.Or(r.Account, "*")))
	others := identity.BootstrapDeploy.Pattern(r.partition(), "*")
	documents := append(slices.Clone(r.documents()), assuming(own), assuming(others))
	partition, err := budget.divide(anyText, policy.ResourceAttribute, r.Request(AssumeRole, ""), documents)
	if err != nil {
		return "", Decision{Truth: policy.Possibly, Why: err.Error()}
	}
	for _, class := range partition.Classes {
		request, pattern := r.Request(AssumeRole, class.Representative), own
		var may Decision
		switch {
		case namesTwoRoles(class):
		case allows(own, request):
			may = r.May(request, nil)
		case allows(others, request):
			may, pattern = r.mayElsewhere(request), others
		}
		if may.Truth > found.Truth {
			if arn, found = pattern, may; class.Single {
				arn = class.Representative
			}
		}
	}
	return arn, found
}

// mayElsewhere decides what another account has to allow, too.
func (r Role) mayElsewhere(request policy.Request) Decision {
	everyone := assuming(AnyResource)
	everyone.Statement[0].Principal, everyone.Statement[0].Resource = &policy.Principal{AWS: policy.Values{"*"}}, nil
	may := r.May(request, &facts.Document{Policy: everyone, There: true})
	if may.Allowed() {
		may.Truth, may.Why = policy.Possibly, "that role is another account's, and whether it trusts this one (cdk bootstrap --trust) is not among the files"
	}
	return may
}

// namesTwoRoles reports a class that patterns of two of the CDK's roles have in common, such as
// cdk-*-deploy-role-* and cdk-*-lookup-role-*: no role is named so.
func namesTwoRoles(class policy.Class) bool {
	return !class.Single && strings.Count(class.Representative, "-role-") > 1
}

func assuming(resource string) policy.Document {
	return policy.Document{Version: policy.Version, Statement: []policy.Statement{{Effect: policy.EffectAllow, Action: policy.Values{AssumeRole}, Resource: policy.Values{resource}}}}
}

func allows(resource string, request policy.Request) bool {
	return policy.Judge(request, assuming(resource)).Allow.Truth == policy.Yes
}

// partition returns the role's partition, "*" if its ARN is not known.
func (r Role) partition() identity.Partition {
	arn, err := identity.ParseRoleARN(r.ARN)
	if err != nil {
		return "*"
	}
	return arn.Partition
}
