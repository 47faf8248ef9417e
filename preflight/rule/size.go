package rule

import (
	"fmt"
	"unicode/utf8"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/index"
)

// Sizes.
var (
	trustTooLong     = kind("KR090", finding.Error, "trust policy is too long")
	policyTooLong    = kind("KR091", finding.Error, "policy is too long")
	templateTooLarge = kind("KR093", finding.Error, "template is too large")
	tooManyPolicies  = kind("KR094", finding.Warning, "too many managed policies on a role")
	templateNeedsS3  = kind("KR096", finding.Note, "template has to go through S3")
)

// Quotas of IAM that an account has unless it asked for more (IAM user guide, "IAM
// and STS quotas"). White space does not count.
const (
	maxTrustSize  = 2048
	maxInlineSize = 10240
	maxAttached   = 10
)

// Limits of a template (CloudFormation user guide, "Understand CloudFormation
// quotas").
const (
	maxResources    = 500
	maxOutputs      = 200
	maxParameters   = 200
	maxTemplateSize = 1_000_000
	maxTemplateBody = 51_200
)

func oversizedDocuments(v View, report reporter) {
	for _, document := range v.Oversized {
		report(policyTooLong, document.Place, fmt.Sprintf("the document has %d characters, more than IAM takes of any, and was not evaluated", document.Size), "split it")
	}
}

func roleSizes(v View, report reporter) {
	for n := range v.Roles {
		role := &v.Roles[n]
		if size := sizeOf(&role.Trust); size > maxTrustSize {
			report(trustTooLong, role.Trust.Place,
				fmt.Sprintf("the trust policy has %d characters, IAM takes %d unless the quota ACLSizePerRole was raised%s", size, maxTrustSize, largest(&role.Trust)),
				"put subjects of one issuer into one statement, or split the role")
		}
		if size := inlineSize(role); size > maxInlineSize {
			report(policyTooLong, role.Place, fmt.Sprintf("the inline policies of the role have %d characters together, IAM takes %d", size, maxInlineSize),
				"move some into a managed policy")
		}
		if len(role.Attached) > maxAttached {
			report(tooManyPolicies, role.Place, fmt.Sprintf("the role has %d managed policies, IAM takes %d unless the quota was raised", len(role.Attached), maxAttached),
				"join policies")
		}
	}
}

// inlineSize leaves out managed policies whose ARN is not known.
func inlineSize(role *facts.Role) int {
	size := 0
	for n := range role.Inline {
		if role.Inline[n].Name.Unknown == "" {
			size += sizeOf(&role.Inline[n].Document)
		}
	}
	return size
}

func policySizes(v View, report reporter) {
	for n := range v.ManagedPolicies {
		managed := &v.ManagedPolicies[n]
		if size := sizeOf(&managed.Document); size > policy.MaxManagedSize && !index.IsOfAWS(managed.ARN.Value) {
			report(policyTooLong, managed.Document.Place,
				fmt.Sprintf("the policy has %d characters, IAM takes %d%s", size, policy.MaxManagedSize, largest(&managed.Document)),
				"spread the image repositories over several policies, or name them by a common prefix")
		}
	}
}

// sizeOf is how many characters IAM counts; 0 if not all of it is known.
func sizeOf(d *facts.Document) int {
	if len(d.Maybe) > 0 || len(d.Policy.Statement) == 0 {
		return 0
	}
	return d.Policy.Size()
}

// largest names the statement that takes the most room, if there are several.
func largest(d *facts.Document) string {
	if len(d.Policy.Statement) < 2 {
		return ""
	}
	size, at := 0, 0
	for n, statement := range d.Policy.Statement {
		if with := documentOf(statement).Size(); with > size {
			size, at = with, n
		}
	}
	return fmt.Sprintf("; the largest is Statement[%d] with %d", at, size-utf8.RuneCount(policy.Document{Version: policy.Version, Statement: []policy.Statement{}}.JSON()))
}

func templateSize(template *facts.Template, report reporter) {
	for _, limit := range []struct {
		count, most int
		what        string
	}{
		{template.Resources, maxResources, "resources"}, {template.Outputs, maxOutputs, "outputs"},
		{template.Parameters, maxParameters, "parameters"}, {template.Size, maxTemplateSize, "bytes"},
	} {
		if limit.count > limit.most {
			report(templateTooLarge, template.Place, fmt.Sprintf("the template has %d %s, CloudFormation takes %d", limit.count, limit.what, limit.most), "split the stack")
		}
	}
	if template.Size > maxTemplateBody && template.Size <= maxTemplateSize {
		report(templateNeedsS3, template.Place, fmt.Sprintf("the template has %d bytes: above %d it has to go through S3", template.Size, maxTemplateBody),
			"give aws cloudformation deploy an --s3-bucket; cdk deploy has one")
	}
}
