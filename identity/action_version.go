package identity

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ActionVersion is the version of an action: major, minor and patch. One that is cut short,
// such as v2, moves with the newest, so what it leaves out is larger than any number.
type ActionVersion [3]int

const newest = int(^uint(0) >> 1)

// podIdentitySince has the first versions of actions that may ask the EKS Pod Identity agent
// (amazon-ecr-login issue 624 and its release 2.1.0; the others' older major versions were
// released before EKS Pod Identity was, in November 2023).
var podIdentitySince = map[string]ActionVersion{
	"aws-actions/amazon-ecr-login":          {2, 1, 0},
	"aws-actions/configure-aws-credentials": {4, 0, 0},
	"docker/login-action":                   {3, 0, 0},
}

// PodIdentitySince is the first version of an action, "OWNER/NAME" in any case, that can use
// EKS Pod Identity; ok is false for an action of which none is known.
func PodIdentitySince(action string) (since ActionVersion, ok bool) {
	since, ok = podIdentitySince[strings.ToLower(action)]
	return since, ok
}

func (v ActionVersion) String() string { return fmt.Sprintf("v%d.%d.%d", v[0], v[1], v[2]) }

// Before reports whether the version is older than the other.
func (v ActionVersion) Before(other ActionVersion) bool {
	return slices.Compare(v[:], other[:]) < 0
}

var versionTag = regexp.MustCompile(`^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?$`)

// ParseActionVersion reads what stands behind an action's "@". A default branch is the newest
// version; known is false for a commit and any other reference.
func ParseActionVersion(reference string) (v ActionVersion, known bool) {
	v = ActionVersion{newest, newest, newest}
	if reference == "main" || reference == "master" {
		return v, true
	}
	parts := versionTag.FindStringSubmatch(reference)
	if parts == nil {
		return v, false
	}
	for i, part := range parts[1:] {
		if number, err := strconv.Atoi(part); err == nil {
			v[i] = number
		}
	}
	return v, true
}
