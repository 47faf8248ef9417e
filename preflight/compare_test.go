package preflight_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"keyless-runners/policy"
	"keyless-runners/preflight"
	"keyless-runners/preflight/facts"
)

// changed is the facts with some documents made anew.
func (d tableDice) changed(base facts.Facts) facts.Facts {
	now, other := base, d.facts()
	now.Roles = slices.Clone(base.Roles)
	role, made := &now.Roles[0], other.Roles[0]
	if d.IntN(2) == 0 {
		role.Trust = made.Trust
	}
	if d.IntN(2) == 0 {
		role.Inline = made.Inline
	}
	if d.IntN(3) == 0 {
		role.BoundaryDocument = made.BoundaryDocument
	}
	if d.IntN(3) == 0 {
		now.ImageRepositories = other.ImageRepositories
	}
	if d.IntN(8) == 0 {
		now.Roles = append(now.Roles, other.Roles...)
		now.Roles[1].Name = text("other")
	}
	return now
}

// howFar is how far a subject can push to an image repository, by every role, as the policy
// evaluator judges each document.
func howFar(all facts.Facts, subject, arn string) policy.Truth {
	best := policy.No
	for i := range all.Roles {
		one := all
		one.Roles = all.Roles[i : i+1]
		best = max(best, min(takes(one, subject), pushes(one, arn)))
	}
	return best
}

func takes(all facts.Facts, subject string) policy.Truth {
	best := policy.No
	for _, audience := range []string{"sts.amazonaws.com", "vault"} {
		request := policy.Request{Principal: policy.Principal{Federated: policy.Values{tableProvider}}, Action: "sts:AssumeRoleWithWebIdentity", Resource: "*",
			Context: map[string][]string{tableIssuer + ":sub": {subject}, tableIssuer + ":aud": {audience}}}
		judged := policy.Judge(request, all.Roles[0].Trust.Policy)
		best = max(best, min(judged.Allow.Truth, policy.Yes-judged.Deny.Truth))
	}
	return best
}

func pushes(all facts.Facts, arn string) policy.Truth {
	role, parts := all.Roles[0], strings.Split(arn, ":")
	self := strings.TrimSuffix(tableRole, "build") + role.Name.Value
	request := policy.Request{Principal: policy.Principal{AWS: policy.Values{self}}, Action: "ecr:PutImage", Resource: arn, Bounded: role.BoundaryDocument.There,
		Context: map[string][]string{"aws:RequestedRegion": {parts[3]}, "aws:ResourceAccount": {parts[4]}, "aws:PrincipalAccount": {"111122223333"}},
		Open:    func(key string) bool { return key == "aws:SourceVpc" || strings.HasPrefix(key, "aws:PrincipalTag/") }}
	own := policy.Judge(request, role.Inline[0].Document.Policy)
	allow, deny := own.Allow.Truth, own.Deny.Truth
	for _, repository := range all.ImageRepositories {
		if tableRegistry+repository.Name.Value == arn {
			allow = max(allow, policy.Judge(request, repository.Policy.Policy.ByName()).Allow.Truth)
			deny = max(deny, policy.Judge(request, repository.Policy.Policy).Deny.Truth)
		}
	}
	if role.BoundaryDocument.There {
		bound := policy.Judge(request, role.BoundaryDocument.Policy)
		allow, deny = min(allow, bound.Allow.Truth), max(deny, bound.Deny.Truth)
	}
	return min(allow, policy.Yes-deny)
}

// For random pairs of states, the changes are exactly who gained and who lost what: tried over
// every name that can be made of what the documents write out, and over others.
func TestChangesAreWhoGainedAndWhoLost(t *testing.T) {
	d := tableDice{rand.New(rand.NewPCG(11, 12))}
	subjects, repositories := tableNames()
	gained, lost, unchanged := 0, 0, 0
	for n := range 200 {
		base := d.facts()
		now := d.changed(base)
		changes := preflight.Compare(base, now).All
		for _, subject := range subjects {
			for _, arn := range repositories {
				before, after := howFar(base, subject, arn), howFar(now, subject, arn)
				got := map[string]bool{}
				for _, change := range changes {
					who, _ := strings.CutSuffix(change.Who, " of "+tableIssuer)
					if describes(who, subject) && describes(change.ImageRepository, arn) {
						got[change.Kind.String()] = true
					}
				}
				switch {
				case after > before:
					gained++
				case after < before:
					lost++
				case before == policy.Possibly:
					continue // it may depend on something else
				default:
					unchanged++
				}
				if got["gained"] != (after > before) || got["lost"] != (after < before) {
					t.Fatalf("%d: %s to %s: %v in the changes, %v before and %v now\n%+v\nbefore: trust %s\nown %s\nboundary %s\nnow: trust %s\nown %s\nboundary %s", n, subject, arn, got, before, after, changes,
						base.Roles[0].Trust.Policy.JSON(), base.Roles[0].Inline[0].Document.Policy.JSON(), base.Roles[0].BoundaryDocument.Policy.JSON(),
						now.Roles[0].Trust.Policy.JSON(), now.Roles[0].Inline[0].Document.Policy.JSON(), now.Roles[0].BoundaryDocument.Policy.JSON())
				}
			}
		}
		if same := preflight.Compare(now, now).All; len(same) > 0 {
			t.Fatalf("%d: from a state to itself: %+v", n, same)
		}
	}
	if gained < 1_000 || lost < 1_000 || unchanged < 10_000 {
		t.Errorf("%d gained, %d lost, %d unchanged", gained, lost, unchanged)
	}
}
