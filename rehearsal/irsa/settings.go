package irsa

import (
	"encoding/csv"
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
)

// settings are what annotations of a ServiceAccount ask for.
type settings struct {
	// role is the role's ARN as it stands there, of whatever form; "" asks for
	// nothing.
	role     string
	audience string
	regional bool
	seconds  int64
}

func settingsOf(account *core.ServiceAccount) settings {
	s := settings{
		role:     account.Annotations[prefix+"role-arn"],
		audience: string(identity.AudienceSTS),
		regional: true, // EKS sets the flag sts-regional-endpoint
		seconds:  expiration(account.Annotations, defaultExpiration),
	}
	if audience, ok := account.Annotations[prefix+"audience"]; ok {
		s.audience = audience
	}
	if regional, err := strconv.ParseBool(account.Annotations[prefix+"sts-regional-endpoints"]); err == nil {
		s.regional = regional
	}
	return s
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
