package terraform_test

import (
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
	"keyless-runners/preflight/terraform"
)

func read(t *testing.T, text []byte) facts.Facts {
	t.Helper()
	roots, err := source.Parse("f", text)
	if err != nil {
		t.Fatal(err)
	}
	if !terraform.Recognize(roots[0]) {
		t.Fatal("not recognized")
	}
	all, err := terraform.Read(roots[0], text, "", "")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// show writes a text: its value, "?" if it is unknown, "-" if it is not there.
func show(text facts.Text) string {
	switch {
	case text.Unknown != "":
		return "?"
	case text.There:
		return text.Value
	}
	return "-"
}

func showAll(texts []facts.Text) string {
	shown := []string{}
	for _, text := range texts {
		shown = append(shown, show(text))
	}
	return strings.Join(shown, " ")
}

// showDocument writes the actions of a document.
func showDocument(d facts.Document) string {
	switch {
	case d.Problem != nil:
		return "!" + d.Problem.What
	case d.Unknown != "":
		return "?"
	case !d.There:
		return "-"
	}
	var actions []string
	for _, s := range d.Policy.Statement {
		actions = append(actions, s.Action...)
	}
	sort.Strings(actions)
	return strings.Join(actions, ",")
}

// showFacts writes what is read, without the places but for the resources.
func showFacts(all facts.Facts) string {
	var b strings.Builder
	line := func(at source.Place, format string, args ...any) {
		fmt.Fprintf(&b, "%s: %s\n", at.Resource(), fmt.Sprintf(format, args...))
	}
	for _, r := range all.Roles {
		line(r.Place, "role %s%s in %s of %s trusts %s, boundary %s %s", show(r.Path), show(r.Name), show(r.Account), show(r.Partition), showDocument(r.Trust), show(r.Boundary), showDocument(r.BoundaryDocument))
		for _, p := range r.Inline {
			line(r.Place, "inline %s %s", show(p.Name), showDocument(p.Document))
		}
		line(r.Place, "attached %s", showAll(r.Attached))
	}
	for _, p := range all.ManagedPolicies {
		line(p.Place, "policy %s%s %s %s for %s", show(p.Path), show(p.Name), show(p.ARN), showDocument(p.Document), showAll(p.Roles))
	}
	for _, p := range all.Providers {
		line(p.Place, "provider %s in %s takes %s", show(p.URL), show(p.Account), showAll(p.ClientIDs))
	}
	for _, r := range all.ImageRepositories {
		line(r.Place, "image repository %s in %s %s tags %s policy %s", show(r.Name), show(r.Account), show(r.Region), show(r.TagMutability), showDocument(r.Policy))
	}
	for _, c := range all.Clusters {
		line(c.Place, "cluster %s %s", show(c.Name), show(c.Issuer))
	}
	for _, o := range all.Organization {
		line(o.Place, "organization %s %s %s targets known %t %s", show(o.Type), show(o.Name), showDocument(o.Document), o.TargetsKnown, showAll(o.Targets))
	}
	for _, a := range all.PodIdentityAssociations {
		line(a.Place, "association %s of %s in %s %s/%s: role %s %s target %s %s tags disabled %s", show(a.Cluster), show(a.Account), show(a.Region), show(a.Namespace), show(a.ServiceAccount),
			show(a.Role.ARN), a.Role.LogicalID, show(a.TargetRole.ARN), a.TargetRole.LogicalID, show(a.DisableSessionTags))
	}
	for _, a := range all.Addons {
		line(a.Place, "addon %s of %s", show(a.Name), show(a.Cluster))
	}
	for _, f := range all.FargateProfiles {
		for _, s := range f.Selectors {
			line(f.Place, "Fargate of %s for %s labels %t", show(f.Cluster), show(s.Namespace), s.Labels)
		}
	}
	for _, a := range all.ServiceAccounts {
		for _, annotation := range a.Annotations {
			line(a.Place, "ServiceAccount %s/%s %s: %s", show(a.Namespace), show(a.Name), annotation.Key, show(annotation.Value))
		}
	}
	for _, o := range all.Objects {
		line(o.Place, "object %s %s/%s", o.Kind, show(o.Namespace), show(o.Name))
	}
	for _, kv := range all.KeyValues {
		line(kv.Place, "keys of %s: %d", show(kv.Name), len(kv.Keys))
	}
	for _, u := range all.Users {
		line(u.Place, "%s in %s: %d inline, %d attached", u.Title(), show(u.Account), len(u.Inline), len(u.Attached))
	}
	for _, p := range all.RegistryPolicies {
		line(p.Place, "registry policy in %s %s: %s", show(p.Account), show(p.Region), showDocument(p.Document))
	}
	for _, u := range all.Unread {
		line(u.Place, "unread %s", u.What)
	}
	return b.String()
}

// TestRealOutput reads what Terraform 1.9 printed of one configuration: of the first plan,
// of the state after its apply, and of a plan that changes one policy and takes another away.
func TestRealOutput(t *testing.T) {
	for _, name := range []string{"first-plan", "state", "second-plan"} {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile("testdata/" + name + ".json")
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile("testdata/" + name + ".facts")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), showFacts(read(t, text))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if strings.Contains(fmt.Sprintf("%+v", read(t, text)), "hunter2") {
				t.Error("a sensitive value is among the facts")
			}
		})
	}
}
