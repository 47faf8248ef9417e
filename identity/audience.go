package identity

import "fmt"

// Audience is the recipient that a ServiceAccount token is meant for.
type Audience string

// AudienceSTS is the audience of IRSA in every partition, China included
// (terraform-aws-modules/terraform-aws-eks issue 1704, eksctl issue 1910).
const AudienceSTS Audience = "sts.amazonaws.com"

// WebIdentityTokenFile is the path at which EKS' webhook puts a Pod's token for IRSA.
const WebIdentityTokenFile = "/var/run/secrets/eks.amazonaws.com/serviceaccount/token"

// Check reports an audience that STS would not take from an EKS cluster.
func (a Audience) Check() error {
	if a != AudienceSTS {
		return fmt.Errorf("audience %q: want %q, in every partition", a, AudienceSTS)
	}
	return nil
}
