// Package deployed is what an AWS account holds after a deployment, as its API
// shows it. Every request in a rehearsal is decided by this, and
// never by a template.
package deployed

import (
	"time"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

// Account is one account.
type Account struct {
	ID                identity.AccountID
	Providers         []Provider
	Roles             []Role
	ImageRepositories []ImageRepository
	// Associations are the EKS Pod Identity associations of all clusters of the account.
	Associations []Association
}

// Provider is an OIDC provider.
type Provider struct {
	ARN string
	// URL is the issuer as IAM keeps it: without "https://".
	URL string
	// Audiences is the client id list.
	Audiences []string
}

// Role is an IAM role.
type Role struct {
	ARN   string
	Trust policy.Document
	// Policies are all identity policies: those attached, then those inline.
	Policies []Policy
	// Boundary is the permissions boundary; nil if there is none.
	Boundary *Policy
	// MaxSession is how long a session may last; 0 is an hour, as in IAM.
	MaxSession time.Duration
}

// Policy is a policy with the name that it has in AWS.
type Policy struct {
	Name string
	// ARN is a managed policy's ARN; "" for an inline one.
	ARN      string
	Document policy.Document
}

// ImageRepository is an ECR repository.
type ImageRepository struct {
	ARN string
	// URI is where "docker push" sends images, without a tag.
	URI string
	// Immutable says that a tag, once pushed, keeps its image.
	Immutable bool
	// Policy is the repository policy; nil if there is none.
	Policy *policy.Document
}

// Association is an association of EKS Pod Identity: Pods of the subject in the cluster get
// the role.
type Association struct {
	ARN, ID string
	Cluster identity.ClusterARN
	Subject identity.Subject
	// Role is the ARN of the role.
	Role string
}
