package rule

import "keyless-runners/preflight/source"

// terms are the names of things in the kind of file that a fact is from.
type terms struct {
	// Unnamed is whose name it does not write: what makes it, and how to write it.
	Unnamed, Name string
	// Trust and Repository hold a role's trust policy and an image repository's own policy.
	Trust, Repository string
	// Role, TargetRole and Tags are of an EKS Pod Identity association.
	Role, TargetRole, Tags string
}

var (
	ofCloudFormation = terms{
		Unnamed: "CloudFormation makes", Name: "set RoleName in the template",
		Trust: "AssumeRolePolicyDocument", Repository: "RepositoryPolicyText",
		Role: "RoleArn", TargetRole: "TargetRoleArn", Tags: "set DisableSessionTags to true",
	}
	ofTerraform = terms{
		Unnamed: "Terraform knows only after apply", Name: `set name, or add what "terraform show -json" prints after apply`,
		Trust: "assume_role_policy", Repository: "aws_ecr_repository_policy",
		Role: "role_arn", TargetRole: "target_role_arn", Tags: "set disable_session_tags to true",
	}
)

// termsAt are the terms of the file with the place: Terraform's, if it is of a resource there.
func termsAt(at source.Place) terms {
	if at.Resource() != "" {
		return ofTerraform
	}
	return ofCloudFormation
}
