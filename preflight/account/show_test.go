package account_test

import (
	"fmt"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/account"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

func parse(t *testing.T, text string) *source.Node {
	t.Helper()
	roots, err := source.Parse("f", []byte(strings.TrimPrefix(text, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	return roots[0]
}

type readCase struct{ name, text, want string }

// testRead compares what outputs say with lines as showFacts writes them; white
// space around them does not count.
func testRead(t *testing.T, cases []readCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			root := parse(t, c.text)
			if !account.Recognize(root) {
				t.Fatal("not recognized")
			}
			if diff := cmp.Diff(shownLines(c.want), shownLines(showFacts(account.Read(root)))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func shownLines(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// showFacts writes every field of what the package reads.
func showFacts(all facts.Facts) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	for _, r := range all.Roles {
		line("role%s%s %s %s in %s of %s", r.LogicalID, place(r.Place), show(r.Path), show(r.Name), show(r.Account), show(r.Partition))
		line("trust %s", showDocument(r.Trust))
		for _, p := range r.Inline {
			line("inline %s %s", show(p.Name), showDocument(p.Document))
		}
		line("attached%s boundary %s", showTexts(r.Attached), show(r.Boundary))
	}
	for _, p := range all.ManagedPolicies {
		line("policy%s %s %s %s%s", place(p.Place), show(p.Path), show(p.Name), show(p.ARN), showTexts(p.Roles))
		line("document %s", showDocument(p.Document))
	}
	for _, p := range all.Providers {
		line("provider%s %s in %s known %t%s", place(p.Place), show(p.URL), show(p.Account), p.ClientIDsKnown, showTexts(p.ClientIDs))
	}
	for _, at := range all.ProviderLists {
		line("providers listed%s", place(at))
	}
	for _, p := range all.RegistryPolicies {
		line("registry policy in %s %s: %s", show(p.Account), show(p.Region), showDocument(p.Document))
	}
	for _, u := range all.Unread {
		line("unread%s %s", place(u.Place), u.What)
	}
	for _, r := range all.ImageRepositories {
		line("repository%s %s in %s %s tags %s", place(r.Place), show(r.Name), show(r.Account), show(r.Region), show(r.TagMutability))
		line("policy %s", showDocument(r.Policy))
		for _, tag := range r.Tags.List {
			line("tag %s=%s, all %t", tag.Key, show(tag.Value), r.Tags.All)
		}
	}
	for _, c := range all.Clusters {
		line("cluster%s %s %s", place(c.Place), show(c.Name), show(c.Issuer))
	}
	for _, o := range all.Organization {
		line("organization%s %s %s targets known %t%s", place(o.Place), show(o.Type), show(o.Name), o.TargetsKnown, showTexts(o.Targets))
		line("document %s", showDocument(o.Document))
	}
	for _, a := range all.PodIdentityAssociations {
		line("association%s %s of %s in %s %s/%s", place(a.Place), show(a.Cluster), show(a.Account), show(a.Region), show(a.Namespace), show(a.ServiceAccount))
		line("role %s target %s tags disabled %s", show(a.Role.ARN), show(a.TargetRole.ARN), show(a.DisableSessionTags))
		line("session policy %s", showDocument(a.SessionPolicy))
	}
	for _, a := range all.Addons {
		line("addon%s %s of %s", place(a.Place), show(a.Name), show(a.Cluster))
	}
	for _, f := range all.FargateProfiles {
		line("profile%s of %s", place(f.Place), show(f.Cluster))
		for _, s := range f.Selectors {
			line("selector%s %s labels %t", place(s.Place), show(s.Namespace), s.Labels)
		}
	}
	for _, d := range all.Documents {
		line("trust %t %s", d.Trust, showDocument(d.Document))
	}
	return b.String()
}

// show writes a text and its place: "VALUE@LINE:COLUMN", "?WHY?@..." if it is
// unknown, "-@..." if it is not there.
func show(text facts.Text) string {
	value := "-"
	switch {
	case text.Unknown != "":
		value = "?" + text.Unknown + "?"
	case text.There:
		value = text.Value
	}
	return value + place(text.Place)
}

func showTexts(texts []facts.Text) (shown string) {
	for _, text := range texts {
		shown += " " + show(text)
	}
	return shown
}

func place(p source.Place) string {
	return fmt.Sprintf("@%d:%d", p.Line, p.Column)
}

func showDocument(d facts.Document) string {
	at := place(d.Place)
	switch {
	case d.Unknown != "":
		return "?" + d.Unknown + "?" + at
	case !d.There:
		return "-" + at
	case d.Problem != nil:
		return "!" + d.Problem.What + "!" + place(d.Problem.Place)
	}
	var actions []string
	for _, s := range d.Policy.Statement {
		actions = append(actions, s.Action...)
	}
	sort.Strings(actions)
	return strings.Join(actions, ",") + at
}
