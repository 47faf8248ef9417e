package webhook

import (
	"encoding/csv"
	"math/rand/v2"
	"strconv"
	"strings"

	core "k8s.io/api/core/v1"

	"keyless-runners/identity"
)

// prefix begins the annotations.
const prefix = "eks.amazonaws.com/"

const (
	// defaultExpiration is the longest that EKS signs a token for, in seconds.
	defaultExpiration = 86400
	// leastExpiration is the shortest that kube-apiserver does.
	leastExpiration = 600
	// jitter is how much less than a day a token for EKS' Pod Identity Agent is valid at
	// most, if it would be valid for a day (aws/amazon-eks-pod-identity-webhook#260).
	jitter = 7200
)

// settings hold what a Pod's containers get: a token, and the two variables by which an AWS
// SDK finds it and the role. The zero value is nothing.
type settings struct {
	// volume is the name of the token's volume, folder where it is mounted and path the
	// token's name in it.
	volume, folder, path string
	audience             string
	seconds              int64
	// role is the variable that leads to the role, file the name of the one that leads to
	// the token.
	role core.EnvVar
	file string
	// regional reports that the containers get AWS_STS_REGIONAL_ENDPOINTS, too.
	regional bool
	// agent reports that the token is for EKS' Pod Identity Agent.
	agent bool
}

// settingsOf returns the settings of IAM roles for service accounts, as the annotations ask for them.
// The role's ARN is used as it stands there, of whatever form; "" asks for nothing.
func settingsOf(account *core.ServiceAccount) settings {
	role := account.Annotations[prefix+"role-arn"]
	if role == "" {
		return settings{}
	}
	s := settings{
		volume:   "aws-iam-token",
		folder:   "/var/run/secrets/eks.amazonaws.com/serviceaccount",
		path:     "token",
		audience: string(identity.AudienceSTS),
		seconds:  expiration(account.Annotations, defaultExpiration),
		role:     core.EnvVar{Name: "AWS_ROLE_ARN", Value: role},
		file:     "AWS_WEB_IDENTITY_TOKEN_FILE",
		regional: regional(account),
	}
	if audience, ok := account.Annotations[prefix+"audience"]; ok {
		s.audience = audience
	}
	return s
}

// associated are the settings of EKS Pod Identity. The ServiceAccount, which is nil if it is
// not there, says no more than how long the token is valid.
func associated(account *core.ServiceAccount) settings {
	s := settings{
		volume:   "eks-pod-identity-token",
		folder:   "/var/run/secrets/pods.eks.amazonaws.com/serviceaccount",
		path:     "eks-pod-identity-token",
		audience: "pods.eks.amazonaws.com",
		seconds:  defaultExpiration,
		role:     core.EnvVar{Name: "AWS_CONTAINER_CREDENTIALS_FULL_URI", Value: agentURI},
		file:     "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
		agent:    true,
	}
	if account != nil {
		s.seconds = expiration(account.Annotations, defaultExpiration)
		s.regional = regional(account)
	}
	return s
}

// agentURI is where containers are told that EKS' Pod Identity Agent answers.
const agentURI = "http://169.254.170.23/v1/credentials"

// regional reports whether containers are to use the regional endpoints of STS, for which
// EKS sets the flag.
func regional(account *core.ServiceAccount) bool {
	said, err := strconv.ParseBool(account.Annotations[prefix+"sts-regional-endpoints"])
	return said || err != nil
}

// expiration is how long a token is valid, in seconds. What is no number counts as not
// there.
func expiration(annotations map[string]string, otherwise int64) int64 {
	seconds, err := strconv.ParseInt(annotations[prefix+"token-expiration"], 10, 64)
	if err != nil {
		return otherwise
	}
	return max(seconds, leastExpiration)
}

// jittered is how long a token for the agent is valid: a whole day is some time less, so that
// not all of them are renewed at once.
func jittered(seconds int64) int64 {
	if seconds == defaultExpiration {
		return seconds - rand.Int64N(jitter)
	}
	return seconds
}

// skipped are the containers of a Pod that are left alone: none if the annotation is
// no line of CSV.
func skipped(pod *core.Pod) map[string]bool {
	skipped := map[string]bool{}
	names, err := csv.NewReader(strings.NewReader(pod.Annotations[prefix+"skip-containers"])).Read()
	if err != nil {
		return skipped
	}
	for _, name := range names {
		skipped[name] = true
	}
	return skipped
}
