package fleet

import (
	"cmp"
	"errors"
	"fmt"

	"keyless-runners/identity"
)

// ImageRepository is an ECR image repository that pools push to.
type ImageRepository struct {
	Name    identity.ImageRepositoryName
	Account identity.AccountID
	Region  identity.Region
	// Existing says that the image repository is there already and managed
	// elsewhere. Zero: it is created.
	Existing bool
	// Stack creates the image repository; an existing one has none.
	Stack identity.StackName
	// KeepUntagged is how many untagged images are kept; older ones expire. At
	// least 1, but for an existing image repository, which has no such rule from
	// here.
	KeepUntagged int
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
	if r.KeepUntagged < 1 || r.KeepUntagged > maxImages {
		problems.add(at.field("keepUntagged"), fmt.Errorf("%d images: want at least 1, up to %d", r.KeepUntagged, maxImages))
	}
}

func (r ImageRepository) checkExisting(at place, problems *Problems) {
	if r.Stack != "" {
		problems.add(at.field("stack"), errors.New("an existing image repository is in no stack of this fleet; leave it out"))
	}
	if r.KeepUntagged != 0 {
		problems.add(at.field("keepUntagged"), errors.New("an existing image repository keeps its own lifecycle rules; leave it out"))
	}
}
