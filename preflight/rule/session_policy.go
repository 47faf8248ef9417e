package rule

import (
	"cmp"

	"keyless-runners/preflight/finding"
)

// pushesBySession reports what the session policies of an association or a job take away of what
// pushing needs.
func pushesBySession(v View, report reporter) {
	for _, r := range v.Runners {
		for _, push := range r.Pushes {
			for _, limit := range push.Limits {
				at := limit.Session.Policies[0].Place
				if limit.Decision.Possible() {
					report(permissionUnknown, cmp.Or(limit.Decision.Open, at), limit.Text(), "write it out")
					continue
				}
				report(actionMissing, cmp.Or(limit.Decision.Place, at), limit.Text()+", whatever the role may", "allow it in the session policy",
					finding.Related{Place: push.Role.Place, What: "the role"})
			}
		}
	}
}
