package fleet

import (
	"cmp"
	"errors"
	"fmt"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

// ImageRepository is an ECR image repository that pools push to.
type ImageRepository struct {
	Name    identity.ImageRepositoryName
	Account identity.AccountID
	Region  identity.Region
	// Existing means that the image repository exists already and is managed elsewhere. Zero:
	// it is created. Its own policy has to let in roles of other accounts: for
	// keyless check to know it, put into dist/ what "aws ecr get-repository-policy" shows.
	Existing bool
	// Stack creates the image repository; an existing one has none.
	Stack identity.StackName
	// KeepUntagged is how many untagged images are kept; older ones expire. At
	// least 1, but for a cache, and for an existing image repository, which has no
	// such rule from here.
	KeepUntagged int
	// Lifecycle are further rules, in the order in which ECR applies them: an image that
	// one rule selects is not looked at by a later one. Zero: tagged images are kept.
	Lifecycle []LifecycleRule

	// CacheDays makes of it the cache of builds: every tag may be moved, and what was pushed
	// longer than so many days ago expires. Zero: it is for images.
	CacheDays int
	// MutableTags are patterns, with * for any text, of the tags that may be moved to another
	// image, such as those of a build cache: up to five. Zero: every tag stays what it is.
	MutableTags []string
	// KMSKey encrypts the images, in the region of the image repository. It cannot be changed
	// later. Zero: a key of ECR's own (AES256).
	KMSKey identity.KMSKeyARN

	// PushedBy are roles of other accounts that may push, as far as their own policies allow
	// it. Deploy their stack first: ECR refuses a role that is not there. Roles of the image
	// repository's account need no entry.
	PushedBy []identity.RoleARN
	// PulledBy are other accounts whose principals may pull, as far as their own policies
	// allow it.
	PulledBy []identity.AccountID
	// PulledByOrganization is an organization of AWS Organizations whose accounts may pull,
	// likewise. Zero: none.
	PulledByOrganization identity.OrganizationID
}

// LifecycleRule lets images expire, oldest first.
type LifecycleRule struct {
	// TagPatterns select images by their tags, with * for any text; an image needs a tag for
	// each.
	TagPatterns []string
	// KeepImages is how many of them are kept, KeepDays for how many days after the push.
	// Exactly one is set.
	KeepImages, KeepDays int
}

// HasPolicy reports whether the image repository has a resource-based policy.
func (r ImageRepository) HasPolicy() bool {
	return len(r.PushedBy)+len(r.PulledBy) > 0 || r.PulledByOrganization != ""
}

// Policy says what other accounts may do.
func (r ImageRepository) Policy() policy.Document {
	document := policy.Document{Version: policy.Version}
	if len(r.PushedBy) > 0 {
		document.Statement = append(document.Statement, policy.PushBy(r.PushedBy))
	}
	if len(r.PulledBy) > 0 {
		document.Statement = append(document.Statement, policy.PullByAccounts(r.Region.Partition(), r.PulledBy))
	}
	if r.PulledByOrganization != "" {
		document.Statement = append(document.Statement, policy.PullByOrganization(r.PulledByOrganization))
	}
	return document
}

// maxImages is how many images an image repository holds (ECR quotas).
const maxImages = 100_000

// ID is the image repository's place in AWS, from which its ARN and its host
// name are derived.
func (r ImageRepository) ID() identity.ImageRepository {
	return identity.ImageRepository{
		Registry: identity.Registry{Account: r.Account, Region: r.Region},
		Name:     r.Name,
	}
}

func (r ImageRepository) check(at place, problems *Problems) {
	problems.add(at.field("name"), cmp.Or(r.Name.CheckNoURI(), r.Name.Check()))
	problems.add(at.field("account"), r.Account.Check())
	problems.add(at.field("region"), r.Region.Check())
	if r.Existing {
		r.checkExisting(at, problems)
		return
	}
	problems.add(at.field("stack"), r.Stack.Check())
	if r.CacheDays != 0 {
		r.checkCache(at, problems)
	} else if r.KeepUntagged < 1 || r.KeepUntagged > maxImages {
		problems.add(at.field("keepUntagged"), fmt.Errorf("%d images: want at least 1, up to %d", r.KeepUntagged, maxImages))
	}
	r.checkSettings(at, problems)
}

func (r ImageRepository) checkExisting(at place, problems *Problems) {
	if r.Stack != "" {
		problems.add(at.field("stack"), errors.New("an existing image repository is in no stack of this fleet; leave it out"))
	}
	if r.KeepUntagged != 0 {
		problems.add(at.field("keepUntagged"), errors.New("an existing image repository keeps its own lifecycle rules; leave it out"))
	}
	if r.CacheDays != 0 {
		problems.add(at.field("cacheDays"), errors.New("an existing image repository keeps its own lifecycle rules and tags; leave it out"))
	}
	if r.HasPolicy() || len(r.Lifecycle)+len(r.MutableTags) > 0 || r.KMSKey != (identity.KMSKeyARN{}) {
		problems.add(at, errors.New("an existing image repository keeps its own policy, lifecycle rules, mutable tags and key; leave them out"))
	}
}

// checkCache reports what a cache has no use for.
func (r ImageRepository) checkCache(at place, problems *Problems) {
	if r.CacheDays < 0 {
		problems.add(at.field("cacheDays"), fmt.Errorf("%d days: want at least 1", r.CacheDays))
	}
	if r.KeepUntagged != 0 || len(r.Lifecycle)+len(r.MutableTags) > 0 {
		problems.add(at, errors.New("a cache expires after cacheDays, and all of its tags may be moved; leave keepUntagged, lifecycle and mutableTags out"))
	}
}
