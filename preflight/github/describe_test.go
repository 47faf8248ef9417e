package github_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/github"
	"keyless-runners/preflight/source"
)

func parse(t *testing.T, text string) *source.Node {
	t.Helper()
	roots, err := source.Parse("w.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return roots[0]
}

// describe is a job in lines, without what is not there.
func describe(job facts.Job) string {
	var lines []string
	add := func(what string, texts ...facts.Text) {
		for _, text := range texts {
			if text.There {
				lines = append(lines, what+" "+show(text))
			}
		}
	}
	add("on", job.RunsOn...)
	add("group", job.Group)
	add("container", job.Container)
	for _, login := range job.Logins {
		lines = append(lines, showLogin(login))
	}
	add("role", job.RoleARNs...)
	add("assumes", job.AssumesRole)
	add("unread", job.Unread...)
	if call := job.UnreadCall; call.Uses.There {
		line := "calls " + show(call.Uses)
		if call.Inherits {
			line += " with every secret"
		}
		if len(call.Secrets) > 0 {
			line += " with " + strings.Join(call.Secrets, ", ")
		}
		lines = append(lines, line)
	}
	for _, key := range job.StoredKeys {
		lines = append(lines, fmt.Sprintf("key %s at %d", key.What, key.Place.Line))
	}
	for _, profile := range job.Profiles {
		lines = append(lines, fmt.Sprintf("profile %s at %d", profile.Value, profile.Place.Line))
	}
	for _, push := range job.Pushes {
		lines = append(lines, showPush(push)+showBefore(push, job.Logins))
	}
	return strings.Join(lines, "\n")
}

// showBefore are the numbers of the logins before a push, unless all are for certain;
// one that is not for certain has a question mark.
func showBefore(push facts.Push, logins []facts.Login) string {
	line, all := " after", len(push.Before) == len(logins)
	for _, before := range push.Before {
		line += fmt.Sprintf(" %d", logins[before.Login].Number)
		if !before.Always {
			line, all = line+"?", false
		}
	}
	if all {
		return ""
	}
	return line
}

// showLogin is the login's number, host, account and region; of one by the AWS CLI,
// its other region.
func showLogin(login facts.Login) string {
	if login.Out {
		return fmt.Sprintf("logout %d %s", login.Number, show(login.Host))
	}
	line := fmt.Sprintf("login %d %s %s %s", login.Number, show(login.Host), show(login.Account), show(login.Region))
	if login.CLI {
		line += " or " + show(login.DefaultRegion)
	}
	if login.KeyID.There {
		line += " with key " + show(login.KeyID)
	}
	return line
}

func show(text facts.Text) string {
	switch {
	case !text.There:
		return "-"
	case text.Unknown != "":
		return "?(" + text.Unknown + ")"
	}
	return text.Value
}

func showPush(push facts.Push) string {
	what := map[facts.Use]string{facts.Pushes: "push", facts.CachesTo: "cache", facts.CachesFrom: "read"}[push.Use]
	return fmt.Sprintf("%s %s %s %s", what, show(push.Registry), show(push.Name), show(push.Tag))
}

// read is every job of the workflow, described, each under its id.
func read(t *testing.T, workflow string) string {
	t.Helper()
	var all []string
	for _, job := range github.Read(parse(t, workflow), nil).Jobs {
		all = append(all, strings.TrimSpace(job.ID+"\n"+describe(job)))
	}
	return strings.Join(all, "\n")
}

// reading is a workflow and what Read says of it, with the first lines indented
// alike in both.
type reading struct {
	name, workflow, want string
}

func testReadings(t *testing.T, cases []reading) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(strings.TrimSpace(c.want), read(t, c.workflow)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// indented is the text with every line moved right.
func indented(text string, by int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Repeat(" ", by) + strings.Join(lines, "\n"+strings.Repeat(" ", by))
}

// host is the registry of most tests.
const host = "111122223333.dkr.ecr.us-east-1.amazonaws.com"

// pushes are those of one script, in a job that logs in.
func pushes(t *testing.T, script string) []string {
	t.Helper()
	workflow := `
on: push
env:
  R: ` + host + `
  APP: app
jobs:
  a:
    steps:
      - uses: aws-actions/amazon-ecr-login@v2
      - run: |
` + indented(script, 10)
	var all []string
	for _, push := range github.Read(parse(t, workflow), nil).Jobs[0].Pushes {
		all = append(all, strings.ReplaceAll(showPush(push), host, "R"))
	}
	return all
}

// scripting is a script and where it pushes to; "R" is the registry.
type scripting struct {
	name, script string
	want         []string
}

func testScripts(t *testing.T, cases []scripting) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, pushes(t, c.script)); diff != "" {
				t.Errorf("%s\n(-want +got):\n%s", c.script, diff)
			}
		})
	}
}
