package fleet

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/identity"
)

// What ECR accepts as patterns of tags (Amazon ECR API, ImageTagMutabilityExclusionFilter;
// Amazon ECR user guide, "Lifecycle policy properties").
var tagPattern = regexp.MustCompile(`^[0-9a-zA-Z._*-]{1,128}$`)

const (
	maxMutableTags = 5
	// maxWildcards is how many * a pattern of a lifecycle rule has.
	maxWildcards = 4
)

// checkSettings reports what ECR would refuse of an image repository that is created, or
// what would make its images less safe than they look.
func (r ImageRepository) checkSettings(at place, problems *Problems) {
	for i, rule := range r.Lifecycle {
		problems.add(at.field("lifecycle").index(i), rule.check())
	}
	if len(r.MutableTags) > maxMutableTags {
		problems.add(at.field("mutableTags"), fmt.Errorf("%d patterns: want at most %d", len(r.MutableTags), maxMutableTags))
	}
	for i, pattern := range r.MutableTags {
		problems.add(at.field("mutableTags").index(i), checkMutable(pattern))
	}
	if r.KMSKey != (identity.KMSKeyARN{}) {
		problems.add(at.field("kmsKey"), r.checkKey())
	}
	r.checkPolicy(at, problems)
}

func checkTagPattern(pattern string) error {
	if !tagPattern.MatchString(pattern) {
		return fmt.Errorf("tag pattern %q: want 1 to 128 letters, digits and ._-, and * for any text", pattern)
	}
	return nil
}

func checkMutable(pattern string) error {
	if pattern == "*" {
		return errors.New("tag pattern \"*\": any image that was pushed could be replaced; want a pattern of fewer tags, such as \"cache-*\"")
	}
	return checkTagPattern(pattern)
}

func (l LifecycleRule) check() error {
	switch {
	case len(l.TagPatterns) == 0:
		return errors.New("tag patterns are missing; untagged images are keepUntagged's")
	case (l.KeepImages == 0) == (l.KeepDays == 0):
		return errors.New("want one of keepImages and keepDays")
	case l.KeepImages < 0 || l.KeepImages > maxImages:
		return fmt.Errorf("%d images: want at least 1, up to %d", l.KeepImages, maxImages)
	case l.KeepDays < 0:
		return fmt.Errorf("%d days: want at least 1", l.KeepDays)
	}
	for _, pattern := range l.TagPatterns {
		if err := checkTagPattern(pattern); err != nil {
			return err
		}
		if count := strings.Count(pattern, "*"); count > maxWildcards {
			return fmt.Errorf("tag pattern %q has %d times *: want at most %d", pattern, count, maxWildcards)
		}
	}
	return nil
}

func (r ImageRepository) checkKey() error {
	if err := r.KMSKey.Check(); err != nil {
		return err
	}
	if r.KMSKey.Region != r.Region {
		return fmt.Errorf("key %q is in region %q, its image repository in %q", r.KMSKey, r.KMSKey.Region, r.Region)
	}
	return nil
}

func (r ImageRepository) checkPolicy(at place, problems *Problems) {
	for i, role := range r.PushedBy {
		at := at.field("pushedBy").index(i)
		problems.add(at, role.Check())
		switch {
		case role.Account == r.Account:
			problems.add(at, fmt.Errorf("role %q is in the image repository's account, where its own policy decides; leave it out", role))
		case role.Partition != r.Region.Partition():
			problems.add(at, fmt.Errorf("role %q is in partition %q, the image repository in %q", role, role.Partition, r.Region.Partition()))
		case slices.Contains(r.PushedBy[:i], role):
			problems.add(at, fmt.Errorf("role %q is listed twice", role))
		}
	}
	for i, account := range r.PulledBy {
		at := at.field("pulledBy").index(i)
		problems.add(at, account.Check())
		switch {
		case account == r.Account:
			problems.add(at, fmt.Errorf("account %q is the image repository's own, where the policies of principals decide; leave it out", account))
		case slices.Contains(r.PulledBy[:i], account):
			problems.add(at, fmt.Errorf("account %q is listed twice", account))
		}
	}
	if r.PulledByOrganization != "" {
		problems.add(at.field("pulledByOrganization"), r.PulledByOrganization.Check())
	}
}
