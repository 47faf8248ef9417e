package eksauth

import (
	"github.com/aws/aws-sdk-go-v2/aws"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/session"
)

// Result is the answer to AssumeRoleForPodIdentity.
type Result struct {
	Subject struct {
		Namespace      string `json:"namespace"`
		ServiceAccount string `json:"serviceAccount"`
	} `json:"subject"`
	Audience               string      `json:"audience"`
	PodIdentityAssociation Association `json:"podIdentityAssociation"`
	AssumedRoleUser        struct {
		ARN string `json:"arn"`
		ID  string `json:"assumeRoleId"`
	} `json:"assumedRoleUser"`
	Credentials Credentials `json:"credentials"`
}

// Association names the association that the session is by.
type Association struct {
	ARN string `json:"associationArn"`
	ID  string `json:"associationId"`
}

// Credentials are temporary credentials.
type Credentials struct {
	AccessKeyID     string `json:"accessKeyId"`
	SecretAccessKey string `json:"secretAccessKey"`
	SessionToken    string `json:"sessionToken"`
	// Expiration is in seconds since 1970.
	Expiration int64 `json:"expiration"`
}

func newResult(by *deployed.Association, of claims, who session.Session, issued aws.Credentials) Result {
	var r Result
	r.Subject.Namespace, r.Subject.ServiceAccount = of.Kubernetes.Namespace, of.Kubernetes.ServiceAccount.Name
	r.Audience = identity.AudiencePodIdentity
	r.PodIdentityAssociation = Association{ARN: by.ARN, ID: by.ID}
	r.AssumedRoleUser.ARN, r.AssumedRoleUser.ID = who.ARN().String(), who.UserID()
	r.Credentials = Credentials{issued.AccessKeyID, issued.SecretAccessKey, issued.SessionToken, issued.Expires.Unix()}
	return r
}
