package rule

import (
	"fmt"
	"slices"

	"keyless-runners/preflight/access"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/finding"
)

// IAM users.
var pushingUser = kind("KR184", finding.Note, "IAM user that can push")

// users notes the IAM users that can push: the key that a job stores is one's.
func users(v View, report reporter) {
	var stored []finding.Related
	for n := range v.Index.Jobs {
		if keys := v.Index.Jobs[n].StoredKeys; len(keys) > 0 && stored == nil {
			stored = []finding.Related{{Place: keys[0].Place, What: "a stored key, which may be the user's"}}
		}
	}
	for _, user := range v.Users {
		if user.Why != "" {
			report(notLookedAt, user.User.Place, fmt.Sprintf("what else %s may push to is not known: %s", user.Title(), user.Why), whereFrom(user.Why))
		}
		if len(user.Reaches) > 0 {
			fix := fmt.Sprintf("when no job needs a key of the user any more, delete its keys (aws iam list-access-keys --user-name %s) and the user", user.User.Name)
			if user.User.Group {
				fix = "take the permission from the group when no job needs a key of its members any more"
			}
			report(pushingUser, user.User.Place, fmt.Sprintf("%s can push to %s", user.Title(), reached(user)), fix, stored...)
		}
	}
}

// reached returns what a user can push to, a class of image repositories before one by name, and how
// much else there is.
func reached(user chain.User) string {
	first := fmt.Sprintf("%q", user.Reaches[0].Name)
	if class := slices.IndexFunc(user.Reaches, func(reach access.Reach) bool { return !reach.Single }); class >= 0 {
		first = user.Reaches[class].Name
	}
	if more := len(user.Reaches) - 1; more > 0 {
		return fmt.Sprintf("%s and %d more", first, more)
	}
	return first
}
