package rule

import (
	"cmp"

	"keyless-runners/preflight/finding"
)

// pushesBySession reports what the session policy of an association takes away of what pushing
// needs.
func pushesBySession(v View, report reporter) {
	for _, r := range v.Runners {
		for _, push := range r.Pushes {
			for _, limit := range push.Session {
				if limit.Decision.Possible() {
					report(permissionUnknown, cmp.Or(limit.Decision.Open, limit.Policy.Place), limit.Text(), "write it out")
					continue
				}
				report(actionMissing, limit.Policy.Place, limit.Text()+", whatever the role may", "allow it in the session policy",
					finding.Related{Place: push.Role.Place, What: "the role"})
			}
		}
	}
}
