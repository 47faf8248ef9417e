package diff_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/diff"
	"keyless-runners/preflight/report"
)

func written(t *testing.T, format report.Format, found diff.Difference) string {
	t.Helper()
	var out bytes.Buffer
	if err := diff.Write(&out, format, found); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestJSONHasAllOfIt(t *testing.T) {
	base := teams(2)
	now := base.change(0, func(p *pool) { p.scope, p.role = "organization: octo-org", "renamed" })
	var got map[string]any
	if err := json.Unmarshal([]byte(written(t, report.JSON, diff.Between(read(t, base), read(t, now), map[string]string{"nobody": "no reason"}))), &got); err != nil {
		t.Fatal(err)
	}
	var want map[string]any
	if err := json.Unmarshal([]byte(`{
  "version": 1, "base": "dist", "now": "dist", "verdict": "1 push gained, 0 lost; role \"push-team-00\" goes", "gains": true, "undetermined": 0,
  "pushes": [{
    "change": "gained", "imageRepository": "111122223333.dkr.ecr.us-east-1.amazonaws.com/team-00",
    "who": "system:serviceaccount:runners:team-00 of oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
    "role": "arn:aws:iam::111122223333:role/renamed", "wider": true,
    "jobs": {"scope": "organization", "name": "octo-org", "group": "default", "labels": ["self-hosted", "team-00"]},
    "before": [{"scope": "source repository", "name": "octo-org/team-00", "group": "", "labels": ["self-hosted", "team-00"]}]
  }],
  "pulls": [],
  "troubles": [],
  "stacks": [{"template": "infra/runners.template.json", "resources": [
    {"action": "replace", "title": "AWS::IAM::ManagedPolicy \"renamed-policy\"", "logicalId": "Poolteam00Policy", "because": ["ManagedPolicyName"]},
    {"action": "replace", "title": "AWS::IAM::Role \"renamed\"", "logicalId": "Poolteam00Role", "because": ["RoleName"]}
  ]}],
  "objects": [
    {"action": "change", "folder": "manifests/example", "title": "RunnerDeployment runners/team-00"},
    {"action": "change", "folder": "manifests/example", "title": "ServiceAccount runners/team-00"}
  ],
  "workflows": ["workflows/push-team-00.yaml"], "grantsAlone": [],
  "order": [
    "deploy infra/runners.template.json",
    "kubectl apply: right after it, because jobs on Pods that ask for role \"push-team-00\" fail until they are new",
    "copy workflows/push-team-00.yaml to the source repositories: their workflows name the old role, and refuse the new one"
  ],
  "rolesGone": ["push-team-00"], "unusedAllowances": ["nobody"]
}`), &want); err != nil {
		t.Fatal(err)
	}
	if difference := cmp.Diff(want, got); difference != "" {
		t.Errorf("JSON (-want +got):\n%s", difference)
	}
}

func TestMarkdownIsShortAndWhole(t *testing.T) {
	base := teams(2)
	found := diff.Between(read(t, base), read(t, base.change(0, func(p *pool) { p.scope = "organization: octo-org" })), nil)
	want := "## ⚠️ 1 push gained, 0 lost\n" +
		"\n- wider: jobs of `organization octo-org` can push now, and not of `octo-org/team-00` alone: `" + registry + "team-00`\n" +
		"\n### Who gained and who lost which push or pull\n\n" +
		"|  | Grant | Image repository | Scope | Group | Labels | Who | Role | Remark |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n" +
		"| **gained** | push | `" + registry + "team-00` | `organization octo-org` | `default` | `self-hosted, team-00` | `system:serviceaccount:runners:team-00 of " + issuer + "` | `arn:aws:iam::111122223333:role/push-team-00` | before: octo-org/team-00, self-hosted, team-00 |\n" +
		"\n### What to do, in this order\n\n1. kubectl apply\n" +
		"\n<details>\n<summary>What kubectl apply will do</summary>\n\n- `manifests/example`\n  - `change   RunnerDeployment runners/team-00`\n\n</details>\n"
	if difference := cmp.Diff(want, written(t, report.Markdown, found)); difference != "" {
		t.Errorf("Markdown (-want +got):\n%s", difference)
	}
	nothing := written(t, report.Markdown, diff.Between(read(t, base), read(t, base), nil))
	if want := "## ✅ nothing differs\n"; nothing != want {
		t.Errorf("got %q, want %q", nothing, want)
	}
	renamed := strings.ReplaceAll(stack(resource("A", role, "RoleName: one")), "A:", "B:")
	fails := written(t, report.Markdown, diff.Between(stateOf(t, map[string]string{"a.yaml": stack(resource("A", role, "RoleName: one"))}), stateOf(t, map[string]string{"a.yaml": renamed}), nil))
	if want := "## ⚠️ no one gained or lost a push or a pull; deploying fails\n"; !strings.HasPrefix(fails, want) {
		t.Errorf("got %q, want it to begin with %q", fails, want)
	}
	// GitHub refuses a longer comment.
	whole := written(t, report.Markdown, diff.Between(read(t, teams(1)), read(t, teams(300)), nil))
	if len(whole) > 65_536 || !strings.Contains(whole, "## ⚠️ 299 pushes gained, 0 lost\n") || !strings.Contains(whole, "more lines, see the text or JSON\n") {
		t.Errorf("%d bytes:\n%s", len(whole), whole[:500])
	}
}

// Of what other tools deploy only pushes and pulls are compared: that is no "nothing differs".
func TestFilesOfOtherToolsAreNamed(t *testing.T) {
	document := func(sid string) map[string]string {
		return map[string]string{"policy.json": `{"Version": "2012-10-17", "Statement": [{"Sid": "` + sid + `", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*"}]}`}
	}
	found := diff.Between(stateOf(t, document("One")), stateOf(t, document("Two")), nil)
	if want, got := "no one gained or lost a push or a pull\n\ncompared for pushes and pulls alone:\n  policy.json\n", written(t, report.Text, found); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if want, got := "## ✅ no one gained or lost a push or a pull\n\n### Compared for pushes and pulls alone\n\n- `policy.json`\n", written(t, report.Markdown, found); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	gone := diff.Between(stateOf(t, document("One")), stateOf(t, map[string]string{"a.yaml": stack(resource("A", role, "RoleName: one"))}), nil)
	if want := []string{"policy.json"}; !cmp.Equal(want, gone.GrantsAlone) {
		t.Errorf("got %q, want %q", gone.GrantsAlone, want)
	}
	same := diff.Between(stateOf(t, document("One")), stateOf(t, document("One")), nil)
	if want, got := "nothing differs\n", written(t, report.Text, same); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What files name is shown, and never taken for markup, a command of the log or of a shell.
func TestNamesOfFilesAreNoCommands(t *testing.T) {
	const evil = `x\n::error::y <img src=x> | [a](https://b) $(rm)`
	object := "apiVersion: v1\nkind: ConfigMap\nmetadata: {namespace: ci, name: \"" + evil + "\"}\n"
	anchor := stack(resource("Anchor", role, "RoleName: anchor"))
	found := diff.Between(
		stateOf(t, map[string]string{"a.yaml": anchor, "b.yaml": object}),
		stateOf(t, map[string]string{"a.yaml": anchor + resource("R", role, `RoleName: "`+evil+`"`)}), nil)
	for _, format := range diff.Formats {
		text := written(t, format, found)
		if strings.Contains(text, "\n::error") || strings.Contains(text, "kubectl delete") || !strings.Contains(text, "x") {
			t.Errorf("%s:\n%s", format, text)
		}
		if format == report.Markdown && strings.Contains(withoutCode(text), "<img") {
			t.Errorf("markup:\n%s", text)
		}
	}
}

// withoutCode leaves out what stands between backquotes.
func withoutCode(markdown string) string {
	var out strings.Builder
	for i, part := range strings.Split(markdown, "`") {
		if i%2 == 0 {
			out.WriteString(part)
		}
	}
	return out.String()
}
