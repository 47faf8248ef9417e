package diff_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"keyless-runners/diff"
	"keyless-runners/preflight/report"
)

const registry = account + ".dkr.ecr.us-east-1.amazonaws.com/"

// compared is a difference, and its lines as text.
func compared(t *testing.T, base, now fleet) (diff.Difference, []string) {
	t.Helper()
	found := diff.Between(read(t, base), read(t, now), nil)
	var out bytes.Buffer
	if err := diff.Write(&out, report.Text, found); err != nil {
		t.Fatal(err)
	}
	return found, strings.Split(out.String(), "\n")
}

// Each change that a reviewer met has its answer in the first ten lines, by what stands in one
// line of them, in this order.
func TestTheAnswerIsInTheFirstTenLines(t *testing.T) {
	two, sixty := teams(2), teams(60)
	gain := func(image, scope, rest string) []string { return []string{"+", "push", registry + image, scope, rest} }
	for _, test := range []struct {
		change    string
		base, now fleet
		gains     bool
		first     string
		lines     [][]string
	}{
		{
			"a role is renamed", two, two.change(0, func(p *pool) { p.role = "renamed" }), false,
			`no one gained or lost a push or a pull; role "push-team-00" goes`,
			[][]string{
				{"1. deploy infra/runners.template.json"},
				{`2. kubectl apply: right after it, because jobs on Pods that ask for role "push-team-00" fail until they are new`},
				{"3. copy workflows/push-team-00.yaml to the source repositories: their workflows name the old role, and refuse the new one"},
			},
		},
		{
			"a pool is added", two, teams(3), true, "1 push gained, 0 lost",
			[][]string{gain("team-02", "octo-org/team-02", "system:serviceaccount:runners:team-02 of "+issuer), {"1. deploy infra/runners.template.json"}, {"2. kubectl apply, after what its ServiceAccounts name is there"}},
		},
		{
			"an image repository is added", two, two.change(0, func(p *pool) { p.pushes = []string{"team-00", "team-01"} }), true, "1 push gained, 0 lost",
			[][]string{gain("team-01", "octo-org/team-00", "arn:aws:iam::111122223333:role/push-team-00")},
		},
		{
			"a pool is deleted", two, teams(1), false, `0 pushes gained, 1 lost; role "push-team-01" goes; 2 things stay behind`,
			[][]string{
				{"-", "push", registry + "team-01", "octo-org/team-01"},
				{`infra/runners.template.json: image repository "team-01": retained with its images, and in no stack any more`},
				{"RunnerDeployment runners/team-01, ServiceAccount runners/team-01: in no file any more; kubectl apply deletes nothing, and the runners go on taking jobs"},
			},
		},
		{
			"a scope is widened to the organization", two, two.change(0, func(p *pool) { p.scope = "organization: octo-org" }), true,
			"wider: jobs of organization octo-org can push now, and not of octo-org/team-00 alone: " + registry + "team-00",
			[][]string{{"1 push gained, 0 lost"}, gain("team-00", "organization octo-org  default", "before: octo-org/team-00, self-hosted, team-00")},
		},
		{
			"a scope is widened to an enterprise", two, two.change(0, func(p *pool) { p.scope = "enterprise: octo" }), true,
			"wider: jobs of enterprise octo can push now, and not of octo-org/team-00 alone: " + registry + "team-00",
			[][]string{gain("team-00", "enterprise octo", "before: octo-org/team-00, self-hosted, team-00")},
		},
		{
			"a scope is widened, and the pool renamed to hide it", two, two.change(0, func(p *pool) { p.name, p.role, p.scope = "renamed", "renamed", "organization: octo-org" }), true,
			"wider: jobs of organization octo-org can push now, and not of octo-org/team-00 alone: " + registry + "team-00",
			[][]string{gain("team-00", "organization octo-org", "system:serviceaccount:runners:renamed")},
		},
		{
			"the region is changed", teams(1), fleet{"example", "eu-west-1", teams(1).repositories, teams(1).pools}, true,
			"1 push gained, 1 lost; deploying fails; 1 thing stays behind",
			[][]string{
				{"+", "push", account + ".dkr.ecr.eu-west-1.amazonaws.com/team-00"},
				{"-", "push", registry + "team-00"},
				{`policy "push-team-00-policy", role "push-team-00": the name is taken by the old stack, which stays in region us-east-1`},
			},
		},
		{
			"a pool is renamed", two, two.change(0, func(p *pool) { p.name = "renamed" }), true, "1 push gained, 1 lost; deploying fails; 1 thing stays behind",
			[][]string{
				gain("team-00", "octo-org/team-00", "system:serviceaccount:runners:renamed"),
				{`policy "push-team-00-policy", role "push-team-00": the name is taken: its logical id changes, and CloudFormation creates the new one before it deletes the old one`},
			},
		},
		{
			"a cluster is renamed", two, fleet{"renamed", "us-east-1", two.repositories, two.pools}, false,
			"no one gained or lost a push or a pull; deploying fails; 1 thing stays behind",
			[][]string{{`provider "https://` + issuer + `": the name is taken: its logical id changes, and the old one is retained`}},
		},
		{
			"one of sixty teams may push to another's image repository", sixty, sixty.change(50, func(p *pool) { p.pushes = []string{"team-50", "team-55"} }), true, "1 push gained, 0 lost",
			[][]string{gain("team-55", "octo-org/team-50", "system:serviceaccount:runners:team-50")},
		},
		{
			"one of sixty teams leaves, and one comes", sixty, leaveAndCome(sixty), true, `1 push gained, 1 lost; role "push-team-30" goes; 2 things stay behind`,
			[][]string{gain("team-60", "octo-org/team-60", "system:serviceaccount:runners:team-60"), {"-", "push", registry + "team-30", "octo-org/team-30"}},
		},
		{"nothing", sixty, sixty, false, "nothing differs", nil},
	} {
		t.Run(test.change, func(t *testing.T) {
			found, lines := compared(t, test.base, test.now)
			first := lines[:min(10, len(lines))]
			if lines[0] != test.first {
				t.Errorf("the first line is\n%s\nwant\n%s", lines[0], test.first)
			}
			at := 0
			for _, want := range test.lines {
				n := slices.IndexFunc(first[at:], func(line string) bool { return hasInOrder(line, want) })
				if n < 0 {
					t.Errorf("no line has %q behind the others:\n%s", want, strings.Join(lines, "\n"))
					continue
				}
				at += n
			}
			if found.Gains() != test.gains {
				t.Errorf("gains: %t, want %t", found.Gains(), test.gains)
			}
		})
	}
}

func leaveAndCome(f fleet) fleet {
	f.pools = append(slices.Delete(slices.Clone(f.pools), 30, 31), team(60))
	f.repositories = append(slices.Delete(slices.Clone(f.repositories), 30, 31), "team-60")
	return f
}

func hasInOrder(line string, parts []string) bool {
	for _, part := range parts {
		at := strings.Index(line, part)
		if at < 0 {
			return false
		}
		line = line[at+len(part):]
	}
	return true
}
