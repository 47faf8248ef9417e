package identity

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Version is the version of an action or a chart: major, minor and patch. An action's version
// that is cut short, such as v2, moves with the newest release, so a missing part is larger than
// any number.
type Version [3]int

const newest = int(^uint(0) >> 1)

// podIdentitySince has the first versions of actions that may ask the EKS Pod Identity agent
// (amazon-ecr-login issue 624 and its release 2.1.0; the others' older major versions were
// released before EKS Pod Identity was, in November 2023).
var podIdentitySince = map[string]Version{
	"aws-actions/amazon-ecr-login":          {2, 1, 0},
	"aws-actions/configure-aws-credentials": {4, 0, 0},
	"docker/login-action":                   {3, 0, 0},
}

// PodIdentitySince is the first version of an action, "OWNER/NAME" in any case, that can use
// EKS Pod Identity; ok is false for an action of which none is known.
func PodIdentitySince(action string) (since Version, ok bool) {
	since, ok = podIdentitySince[strings.ToLower(action)]
	return since, ok
}

func (v Version) String() string { return fmt.Sprintf("v%d.%d.%d", v[0], v[1], v[2]) }

// ExportsManifest is the first version of BuildKit that exports a build cache as an image manifest without being told to
// (https://github.com/moby/buildkit/pull/5892). Amazon ECR refuses what the older ones export
// (https://github.com/aws/containers-roadmap/issues/876).
var ExportsManifest = Version{0, 21, 0}

// imageTag cuts off what stands behind the version in the tag of an image, such as "-dind"; movingTags are tags of Docker's
// and BuildKit's images that move with the newest release.
var (
	imageTag   = regexp.MustCompile(`^[^-]*`)
	movingTags = []string{"", "buildx-stable-1", "buildx-stable-1-rootless", "dind", "latest", "rootless"}
)

// ImageVersion reads the version of an image of Docker's or BuildKit's from its name.
func ImageVersion(image string) (v Version, known bool) {
	image, _, pinned := strings.Cut(image, "@")
	_, tag, _ := strings.Cut(image[strings.LastIndex(image, "/")+1:], ":")
	if slices.Contains(movingTags, tag) {
		return Version{newest, newest, newest}, !pinned
	}
	return ParseVersion(imageTag.FindString(tag))
}

// Before reports whether the version is older than the other.
func (v Version) Before(other Version) bool {
	return slices.Compare(v[:], other[:]) < 0
}

var versionTag = regexp.MustCompile(`^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?$`)

// ParseVersion reads what stands behind an action's "@". A default branch is the newest
// version; known is false for a commit and any other reference.
func ParseVersion(reference string) (v Version, known bool) {
	v = Version{newest, newest, newest}
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
