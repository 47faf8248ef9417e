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

// pulling is facts with other actions in the policies about image repositories: some that a pull
// takes, or one of the two.
func (d tableDice) pulling(all facts.Facts) facts.Facts {
	remake := func(document *facts.Document) {
		statements := slices.Clone(document.Policy.Statement)
		for i := range statements {
			statements[i].Action = d.some(func() string {
				return d.of("ecr:*", "ecr:Batch*", "ecr:BatchGetImage", "ecr:Get*", "ecr:GetDownloadUrlForLayer", "ecr:PutImage", "*")
			})
		}
		document.Policy.Statement = statements
	}
	for i := range all.Roles {
		remake(&all.Roles[i].Inline[0].Document)
		remake(&all.Roles[i].BoundaryDocument)
	}
	for i := range all.ImageRepositories {
		remake(&all.ImageRepositories[i].Policy)
	}
	return all
}

// step is how far someone had a grant, and has it.
type step struct{ before, after policy.Truth }

func (s step) gained() bool  { return s.after > s.before }
func (s step) lost() bool    { return s.after < s.before }
func (s step) certain() bool { return s.before != policy.Possibly && s.after != policy.Possibly }

// same reports that nothing can be said of it from outside: it may depend on something else.
func (s step) same() bool { return s.before == policy.Possibly && s.after == policy.Possibly }

// tells reports whether a push's change is all that is told of a pull's.
func (s step) tells(pull step) bool {
	return (s.gained() && pull.gained() || s.lost() && pull.lost()) && (s.certain() || !pull.certain())
}

// For random pairs of states, the changes of pulls are exactly who gained and who lost a pull
// without a push, tried as those of pushes are.
func TestPullsAreWhoGainedAndWhoLostOneWithoutAPush(t *testing.T) {
	d := tableDice{rand.New(rand.NewPCG(13, 14))}
	subjects, repositories := tableNames()
	gained, lost, told, unchanged := 0, 0, 0, 0
	for n := range 200 {
		base := d.pulling(d.facts())
		now := d.mixed(base, d.pulling(d.facts()))
		changes := preflight.Compare(base, now)
		pushBefore, pushNow := howFar(base, "ecr:PutImage"), howFar(now, "ecr:PutImage")
		pullBefore, pullNow := howFar(base, "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"), howFar(now, "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
		for _, subject := range subjects {
			for _, arn := range repositories {
				push := step{pushBefore(subject, arn), pushNow(subject, arn)}
				pull := step{pullBefore(subject, arn), pullNow(subject, arn)}
				if pull.same() || push.same() && !pull.certain() {
					continue
				}
				got := kindsAbout(changes.Pulls, subject, arn)
				want := map[string]bool{}
				switch {
				case push.tells(pull):
					told++
				case pull.gained():
					gained++
					want["gained"] = true
				case pull.lost():
					lost++
					want["lost"] = true
				default:
					unchanged++
				}
				if got["gained"] != want["gained"] || got["lost"] != want["lost"] {
					t.Fatalf("%d: %s to %s: %v in the changes, want %v: push %v, pull %v\n%+v", n, subject, arn, got, want, push, pull, changes.Pulls)
				}
				if about := kindsAbout(changes.Pushes, subject, arn); !push.same() && (about["gained"] != push.gained() || about["lost"] != push.lost()) {
					t.Fatalf("%d: %s to %s: %v in the pushes: %v\n%+v", n, subject, arn, about, push, changes.Pushes)
				}
			}
		}
		if same := preflight.Compare(now, now); len(same.Pulls) > 0 {
			t.Fatalf("%d: from a state to itself: %+v", n, same.Pulls)
		}
	}
	if gained < 500 || lost < 500 || told < 500 || unchanged < 10_000 {
		t.Errorf("%d gained, %d lost, %d told by a push, %d unchanged", gained, lost, told, unchanged)
	}
}

func kindsAbout(changes []preflight.Change, subject, arn string) map[string]bool {
	got := map[string]bool{}
	for _, change := range changes {
		who, _ := strings.CutSuffix(change.Who, " of "+tableIssuer)
		if describes(who, subject) && describes(change.ImageRepository, arn) {
			got[change.Kind.String()] = true
		}
	}
	return got
}
