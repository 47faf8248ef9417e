package access

// Grant is a permission that a principal has on the images of an image repository.
type Grant int

const (
	// Push is to put an image there.
	Push Grant = iota
	// Pull is to get an image from there.
	Pull
)

// grants are all that there are.
var grants = [...]Grant{Push, Pull}

func (g Grant) String() string { return [...]string{"push", "pull"}[g] }

// On is the grant as a verb, before an image repository.
func (g Grant) On() string { return [...]string{"push to", "pull from"}[g] }

// PutImage is the action by which an image gets its tag: who may do it can push.
const PutImage = "ecr:PutImage"

// GetAuthorizationToken is the action that asks for the password of docker login.
const GetAuthorizationToken = "ecr:GetAuthorizationToken"

// The actions by which an image's manifest is read, and then its layers: who may do both can
// pull.
const (
	batchGetImage          = "ecr:BatchGetImage"
	getDownloadURLForLayer = "ecr:GetDownloadUrlForLayer"
)

// Actions returns the actions that the grant needs, all of them.
func (g Grant) Actions() []string {
	return [...][]string{{PutImage}, {batchGetImage, getDownloadURLForLayer}}[g]
}

// first is the action that nothing can be granted without, so whatever has it may have the
// grant.
func (g Grant) first() string { return g.Actions()[0] }

// ask decides about each of the grant's actions, and is about the one that is allowed the least.
func (g Grant) ask(may func(action string) Decision) Decision {
	least := may(g.first())
	for _, action := range g.Actions()[1:] {
		if least.Possible() {
			least = least.and(may(action))
		}
	}
	return least
}

// and is the decision that is less far; of two that are possible, both have to hold.
func (d Decision) and(other Decision) Decision {
	switch {
	case other.Truth < d.Truth:
		return other
	case other.Truth == d.Truth:
		d.on = joined(d.on, other.on)
	}
	return d
}
