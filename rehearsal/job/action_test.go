package job_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/diagnose"
	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/job"
)

// without returns what our templates deploy, with one action less in the role's policy.
func without(action string) deployed.Account {
	account := newAccount()
	document := policy.Push([]identity.ImageRepository{app})
	for i := range document.Statement {
		document.Statement[i].Action = slices.DeleteFunc(document.Statement[i].Action, func(one string) bool { return one == action })
	}
	document.Statement = slices.DeleteFunc(document.Statement, func(s policy.Statement) bool { return len(s.Action) == 0 })
	account.Roles[0].Policies[0].Document = document
	return account
}

func TestEachActionIsNeeded(t *testing.T) {
	w := newWorld(t)
	env := w.env(claims())
	old := []string{"old"}
	w.must(env, login,
		job.Step{Do: job.Push, Image: app.String() + ":image", Layers: old},
		job.Step{Do: job.PushIndex, Image: app.String() + ":index", Layers: old},
		job.Step{Do: job.ExportCache, Image: app.String() + ":cache", Layers: old},
	)
	pulls := []job.Step{
		{Do: job.Pull, Image: app.String() + ":image"},
		{Do: job.Pull, Image: app.String() + ":index"},
		{Do: job.Pull, Image: app.String() + ":cache"},
	}
	for _, c := range []struct {
		action      string
		push, pulls bool // what fails
	}{
		{"ecr:BatchCheckLayerAvailability", true, false},
		{"ecr:InitiateLayerUpload", true, false},
		{"ecr:UploadLayerPart", true, false},
		{"ecr:CompleteLayerUpload", true, false},
		{"ecr:PutImage", true, false},
		{"ecr:BatchGetImage", false, true},
		{"ecr:GetDownloadUrlForLayer", false, true},
	} {
		t.Run(c.action, func(t *testing.T) {
			w.cloud.State.Set(without(c.action))
			tag := ":" + c.action[len("ecr:"):]
			pushes := []job.Step{
				{Do: job.Push, Image: app.String() + tag, Layers: []string{tag}},
				{Do: job.PushIndex, Image: app.String() + tag + "-index", Layers: []string{tag + "-index"}},
				{Do: job.ExportCache, Image: app.String() + tag + "-cache", Layers: []string{tag + "-cache"}},
			}
			for _, step := range pushes {
				wantDenied(t, w.run(env, login, step), c.action, c.push)
			}
			for _, step := range pulls {
				wantDenied(t, w.run(env, login, step), c.action, c.pulls)
			}
		})
	}
	t.Run("ecr:GetAuthorizationToken", func(t *testing.T) {
		w.cloud.State.Set(without("ecr:GetAuthorizationToken"))
		report := w.run(env, login)
		wantDenied(t, report, "ecr:GetAuthorizationToken", true)
		if got := report.Outcomes[0].Code; got != "AccessDeniedException" {
			t.Errorf("got the code %q, want AccessDeniedException", got)
		}
	})
}

// wantDenied wants that a job failed, and that its error names the action and
// nothing else; or that it did not.
func wantDenied(t *testing.T, report job.Report, action string, want bool) {
	t.Helper()
	failed := report.Failure()
	if failed == nil {
		if want {
			t.Errorf("%s: got no error, want one about %s", report.Outcomes[len(report.Outcomes)-1].Step.Do, action)
		}
		return
	}
	if !want {
		t.Errorf("%s: got the error %s, want none", failed.Step.Do, failed.Error)
		return
	}
	type sign struct {
		Link         diagnose.Link
		Role, Action string
	}
	var got []sign
	for _, d := range diagnose.Explain(failed.Error) {
		got = append(got, sign{d.Link, d.Value("role"), d.Value("action")})
	}
	if diff := cmp.Diff([]sign{{diagnose.RoleToRepository, "pusher", action}}, got); diff != "" {
		t.Errorf("%s: %s (-want +got):\n%s", failed.Step.Do, failed.Error, diff)
	}
}
