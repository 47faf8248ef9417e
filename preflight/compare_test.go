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

// What is possible before and now is the same only if it depends on the same.
func TestAConditionOfTheRequestAloneIsComparedAsItIsWritten(t *testing.T) {
	trust := policy.Document{Version: policy.Version, Statement: []policy.Statement{{
		Effect: "Allow", Principal: &policy.Principal{Federated: policy.Values{tableProvider}}, Action: policy.Values{"sts:AssumeRoleWithWebIdentity"},
		Condition: policy.Condition{"StringEquals": {tableIssuer + ":sub": {"system:serviceaccount:ci:build"}, tableIssuer + ":aud": {"sts.amazonaws.com"}}},
	}}}
	pushOn := func(sources ...string) facts.Facts {
		d := tableDice{rand.New(rand.NewPCG(1, 2))}
		all := d.facts()
		permissions := policy.Document{Version: policy.Version}
		for _, vpc := range sources {
			statement := policy.Statement{Effect: "Allow", Action: policy.Values{"ecr:PutImage"}, Resource: policy.Values{tableRegistry + "other"}}
			if vpc != "" {
				statement.Condition = policy.Condition{"StringEquals": {"aws:SourceVpc": {vpc}}}
			}
			permissions.Statement = append(permissions.Statement, statement)
		}
		all.Roles = []facts.Role{{Name: text("build"), Path: text("/"), Account: text("111122223333"), Partition: text("aws"), Trust: there(trust), Inline: []facts.Policy{{Document: there(permissions)}}}}
		all.ImageRepositories = nil
		return all
	}
	const depends = "it depends on aws:SourceVpc, which only a request has"
	for _, test := range []struct {
		name      string
		base, now facts.Facts
		kind, why string
	}{
		{"the same condition", pushOn("vpc-1"), pushOn("vpc-1"), "", ""},
		{"another condition", pushOn("vpc-1"), pushOn("vpc-2"), "gained", "it depended on something else: " + depends},
		{"one condition more", pushOn("vpc-1"), pushOn("vpc-1", "vpc-2"), "gained", "it depended on something else: " + depends},
		{"one condition less", pushOn("vpc-1", "vpc-2"), pushOn("vpc-1"), "gained", "it depended on something else: " + depends}, // which is wider is not compared
		{"no condition any more", pushOn("vpc-1"), pushOn(""), "gained", "whether it could before is not known: " + depends},
		{"a condition now", pushOn(""), pushOn("vpc-1"), "lost", "whether it can now is not known: " + depends},
		{"a condition that is new", pushOn(), pushOn("vpc-1"), "gained", depends},
		{"nothing but a condition less", pushOn("", "vpc-1"), pushOn(""), "", ""},
	} {
		changes := preflight.Compare(test.base, test.now).All
		kind, why := "", ""
		if len(changes) > 0 {
			kind, why = changes[0].Kind.String(), changes[0].Possibly
		}
		if kind != test.kind || why != test.why || len(changes) > 1 {
			t.Errorf("%s: got %q %q of %d, want %q %q", test.name, kind, why, len(changes), test.kind, test.why)
		}
	}
}
