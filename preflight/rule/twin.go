package rule

import (
	"fmt"

	"keyless-runners/preflight/access"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
)

// What the files describe twice.
var describedTwice = kind("KR204", finding.Warning, "two files describe a role or an image repository differently")

const deployOne = "deploy the one, or leave the other out"

// twins reports roles of runners, and image repositories that they push to, of which another description does
// not let the runner push: a template and the account differ before the one is deployed.
func twins(v View, report reporter) {
	for _, r := range v.Runners {
		role := r.Role()
		if role == nil {
			continue
		}
		for _, twin := range v.Twins(role) {
			if why := twinRefuses(v, r, twin); why != "" {
				report(describedTwice, twin.Place, fmt.Sprintf("role %q is described twice, and by this description %s", role.Title(), why),
					deployOne, finding.Related{Place: role.Place, What: "the description by which it may"})
			}
		}
		for _, push := range r.Pushes {
			for _, twin := range deniedTwins(v, push) {
				report(describedTwice, twin.Place, fmt.Sprintf("image repository %q is described twice, and by this description its policy denies the push", push.Target),
					deployOne)
			}
		}
	}
}

// twinRefuses says why a runner can certainly not push by another description of its role, where it can by
// the one that counts; "" if it may.
func twinRefuses(v View, r *chain.Runner, twin *facts.Role) string {
	if twin.Trust.There && twin.Trust.Problem == nil && !v.TakesTwin(r.Identity, twin) {
		return fmt.Sprintf("%q may not take it", facts.Named(r.SA.Namespace, r.SA.Name))
	}
	for _, push := range r.Pushes {
		if push.Role != r.Role() || len(push.Denied) > 0 || push.ARN == "" || push.Use == facts.CachesFrom {
			continue
		}
		for _, need := range chain.PushNeeds {
			if !v.May(twin, need.Action, push.ARN).Possible() {
				return fmt.Sprintf("it may not %s on %q", need.Action, push.ARN)
			}
		}
		if !v.PermissionsOf(twin).May(v.LoginRequest(twin), nil).Possible() {
			return "it may not " + chain.Login
		}
	}
	return ""
}

// deniedTwins are the other descriptions of an image repository whose policy denies what one may push there.
func deniedTwins(v View, push *chain.Push) []facts.ImageRepository {
	var found []facts.ImageRepository
	if len(push.Denied) > 0 || push.ARN == "" {
		return nil
	}
	request := v.Repositories.Request(v.PermissionsOf(push.Role).Role, access.PutImage, push.ARN)
	for _, twin := range v.Repositories.ByName(string(push.Target.Name)) {
		if twin.MayBeIn(push.Target.Registry) && access.Decide(request, v.Repositories.PolicyOf(twin)).Denied {
			found = append(found, *twin)
		}
	}
	return found
}
