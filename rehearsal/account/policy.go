package account

import (
	"context"
	"fmt"
	"net/url"

	"github.com/aws/aws-sdk-go-v2/service/iam"

	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
)

// managedPolicies reads each managed policy once, however many roles have it.
type managedPolicies struct {
	client *iam.Client
	read   map[string]deployed.Policy
}

// get is the policy in its default version, which is the one that counts.
func (m managedPolicies) get(ctx context.Context, arn string) (deployed.Policy, error) {
	if policy, read := m.read[arn]; read {
		return policy, nil
	}
	found, err := m.client.GetPolicy(ctx, &iam.GetPolicyInput{PolicyArn: &arn})
	if err != nil {
		return deployed.Policy{}, err
	}
	version, err := m.client.GetPolicyVersion(ctx, &iam.GetPolicyVersionInput{PolicyArn: &arn, VersionId: found.Policy.DefaultVersionId})
	if err != nil {
		return deployed.Policy{}, err
	}
	document, err := parse("policy "+arn, version.PolicyVersion.Document)
	if err != nil {
		return deployed.Policy{}, err
	}
	m.read[arn] = deployed.Policy{Name: *found.Policy.PolicyName, ARN: arn, Document: document}
	return m.read[arn], nil
}

// parse reads a document as IAM's API gives it: escaped as in a URL (IAM API,
// PolicyVersion and Role).
func parse(name string, escaped *string) (policy.Document, error) {
	text, err := url.PathUnescape(*escaped)
	if err != nil {
		return policy.Document{}, fmt.Errorf("%s: %w", name, err)
	}
	document, err := policy.Parse([]byte(text))
	if err != nil {
		return policy.Document{}, fmt.Errorf("%s: %w", name, err)
	}
	return document, nil
}
