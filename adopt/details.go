package adopt

import (
	"encoding/json"
	"errors"
	"fmt"
)

// details holds what "aws iam get-account-authorization-details" prints, as far as an import
// states it
// (https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html).
type details struct {
	RoleDetailList []struct {
		Arn, RoleName            string
		AssumeRolePolicyDocument any
		RolePolicyList           []struct {
			PolicyName     string
			PolicyDocument any
		}
		AttachedManagedPolicies []struct{ PolicyArn string }
		PermissionsBoundary     struct{ PermissionsBoundaryArn string }
	}
	Policies []struct {
		Arn, PolicyName   string
		PolicyVersionList []struct {
			Document         any
			IsDefaultVersion bool
		}
	}
}

// readDetails reads what AWS shows of the account, for a role or policy of the name.
func (s Stack) readDetails(name string) (details, error) {
	var d details
	if s.Details == nil {
		return d, fmt.Errorf("%q is a role or policy: give what aws iam get-account-authorization-details prints of it, with --iam", name)
	}
	if err := json.Unmarshal(s.Details, &d); err != nil {
		return d, fmt.Errorf("not what aws iam get-account-authorization-details prints: %w", err)
	}
	if d.RoleDetailList == nil && d.Policies == nil {
		return d, errors.New("not what aws iam get-account-authorization-details prints: it has neither RoleDetailList nor Policies")
	}
	return d, nil
}

// roleAsItIs has all that the role may do, so that the next deployment leaves nothing of it
// but what the template states.
func roleAsItIs(s Stack, properties map[string]any) (map[string]any, error) {
	name, want := textOf(properties, "RoleName"), roleARN(s, properties)
	d, err := s.readDetails(name)
	if err != nil {
		return nil, err
	}
	for _, role := range d.RoleDetailList {
		if role.RoleName != name {
			continue
		}
		if role.Arn != want {
			return nil, otherARN("role", name, role.Arn, want)
		}
		is := map[string]any{"AssumeRolePolicyDocument": role.AssumeRolePolicyDocument}
		var attached, inline []any
		for _, policy := range role.AttachedManagedPolicies {
			attached = append(attached, policy.PolicyArn)
		}
		for _, policy := range role.RolePolicyList {
			inline = append(inline, map[string]any{"PolicyName": policy.PolicyName, "PolicyDocument": policy.PolicyDocument})
		}
		set(is, "ManagedPolicyArns", attached)
		set(is, "Policies", inline)
		if boundary := role.PermissionsBoundary.PermissionsBoundaryArn; boundary != "" {
			is["PermissionsBoundary"] = boundary
		}
		return is, nil
	}
	return nil, notThere("role", name)
}

func policyAsItIs(s Stack, properties map[string]any) (map[string]any, error) {
	name, want := textOf(properties, "ManagedPolicyName"), policyARN(s, properties)
	d, err := s.readDetails(name)
	if err != nil {
		return nil, err
	}
	for _, policy := range d.Policies {
		if policy.PolicyName != name {
			continue
		}
		if policy.Arn != want {
			return nil, otherARN("policy", name, policy.Arn, want)
		}
		for _, version := range policy.PolicyVersionList {
			if version.IsDefaultVersion {
				return map[string]any{"PolicyDocument": version.Document}, nil
			}
		}
	}
	return nil, notThere("policy", name)
}

func set(properties map[string]any, name string, values []any) {
	if len(values) > 0 {
		properties[name] = values
	}
}

func otherARN(noun, name, is, want string) error {
	return fmt.Errorf("%s %q is %q, and the template has %q: an import moves nothing; declare the path and the account that it has", noun, name, is, want)
}

func notThere(noun, name string) error {
	return fmt.Errorf("%s %q is not in what AWS shows of the account: there is nothing to import; leave it out, and the next deployment creates it", noun, name)
}
