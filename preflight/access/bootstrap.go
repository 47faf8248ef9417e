package access

import (
	"cmp"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

// Deploys decides whether the role may assume one that "cdk bootstrap" made for deployments in
// its account, by which CloudFormation makes and changes anything there, and returns the ARN of
// such a role, or the pattern of all. The trust policy of that role lets in everyone in the
// account whose own policies allow it (aws-cdk, bootstrap-template.yaml, "DeploymentActionRole").
func (r Role) Deploys(budget *Budget) (arn string, found Decision) {
	pattern := identity.BootstrapDeploy.Pattern(r.partition(), identity.AccountID(cmp.Or(r.Account, "*")))
	bootstrapped := policy.Document{Version: policy.Version, Statement: []policy.Statement{{
		Effect: policy.EffectAllow, Action: policy.Values{AssumeRole},
		Resource: policy.Values{pattern},
	}}}
	documents := append(slices.Clone(r.documents()), bootstrapped)
	partition, err := budget.divide(anyText, policy.ResourceAttribute, r.Request(AssumeRole, ""), documents)
	if err != nil {
		return "", Decision{Truth: policy.Possibly, Why: err.Error()}
	}
	for _, class := range partition.Classes {
		request := r.Request(AssumeRole, class.Representative)
		if policy.Judge(request, bootstrapped).Allow.Truth != policy.Yes {
			continue
		}
		may := r.May(request, nil)
		if arn != "" && may.Truth <= found.Truth {
			continue
		}
		if arn, found = pattern, may; class.Single {
			arn = class.Representative
		}
	}
	return arn, found
}

// partition is that of the role, "*" if its ARN is not known.
func (r Role) partition() identity.Partition {
	arn, err := identity.ParseRoleARN(r.ARN)
	if err != nil {
		return "*"
	}
	return arn.Partition
}
