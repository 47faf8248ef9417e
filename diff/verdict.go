package diff

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight"
	"keyless-runners/preflight/report"
)

// maxWider is how many wider scopes stand before the verdict.
const maxWider = 3

// wider are the lines about runners that take the jobs of a wider scope, which AWS knows nothing
// of: each once, by what changed on GitHub.
func (d Difference) wider(show func(string) string) []string {
	var lines []string
	targets := map[string][]string{}
	for _, grant := range d.Grants() {
		if !grant.Wider() {
			continue
		}
		scope := "an unknown scope"
		if grant.Jobs.Scope.Kind != preflight.UnknownScope {
			scope = show(report.ScopeText(grant.Jobs.Scope))
		}
		line := fmt.Sprintf("wider: jobs of %s can %s now, and not of %s alone", scope, grant.Grant, show(scopesOf(grant.Before)))
		if targets[line] == nil {
			lines = append(lines, line)
		}
		if !slices.Contains(targets[line], grant.ImageRepository) {
			targets[line] = append(targets[line], grant.ImageRepository)
		}
	}
	more := len(lines) - maxWider
	lines = lines[:min(len(lines), maxWider)]
	for i, line := range lines {
		lines[i] = line + ": " + imageRepositories(targets[line], show)
	}
	if more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more that are wider", more))
	}
	return lines
}

// imageRepositories are one by its name, and more by their number.
func imageRepositories(names []string, show func(string) string) string {
	if len(names) == 1 {
		return show(names[0])
	}
	return identity.Count(len(names), "image repository", "image repositories")
}

func scopesOf(jobs []preflight.Jobs) string {
	var scopes []string
	for _, one := range jobs {
		if text := report.ScopeText(one.Scope); !slices.Contains(scopes, text) {
			scopes = append(scopes, text)
		}
	}
	return strings.Join(scopes, ", ")
}

// Verdict is the difference in one line.
func (d Difference) Verdict() string {
	if d.Nothing() {
		return "nothing differs" + d.margin()
	}
	parts := d.counts()
	switch n := len(d.RolesGone); {
	case n == 1:
		parts = append(parts, fmt.Sprintf("role %q goes", d.RolesGone[0]))
	case n > 1:
		parts = append(parts, fmt.Sprintf("%d roles go", n))
	}
	fails, stays := d.split()
	if len(fails) > 0 {
		parts = append(parts, "deploying fails")
	}
	if len(stays) > 0 {
		parts = append(parts, identity.Count(len(stays), "thing stays", "things stay")+" behind")
	}
	return strings.Join(parts, "; ") + d.margin()
}

// counts say how many pushes and pulls were gained and lost.
func (d Difference) counts() (parts []string) {
	if len(d.Pushes) > 0 {
		parts = append(parts, count(d.Pushes, "push", "pushes"))
	}
	if len(d.Pulls) > 0 {
		parts = append(parts, count(d.Pulls, "pull", "pulls"))
	}
	if parts == nil {
		return []string{"no one gained or lost a push or a pull"}
	}
	return parts
}

func count(grants []Grant, one, many string) string {
	gained, possibly, allowed, lost := 0, 0, 0, 0
	for _, grant := range grants {
		switch {
		case grant.Kind == preflight.Lost:
			lost++
			continue
		case grant.Allowed != "":
			allowed++
		case grant.Possibly != "":
			possibly++
		}
		gained++
	}
	var details []string
	for _, detail := range []struct {
		n    int
		word string
	}{{possibly, "possibly"}, {allowed, "allowed"}} {
		if detail.n > 0 {
			details = append(details, fmt.Sprintf("%d %s", detail.n, detail.word))
		}
	}
	text := identity.Count(gained, one, many) + " gained"
	if details != nil {
		text += " (" + strings.Join(details, ", ") + ")"
	}
	return fmt.Sprintf("%s, %d lost", text, lost)
}

// margin names what is not compared, in parentheses.
func (d Difference) margin() string {
	if d.Undetermined == 0 {
		return ""
	}
	return fmt.Sprintf(" (%s neither state determines)", identity.Count(d.Undetermined, "answer", "answers"))
}

// split are the troubles that fail, and what stays.
func (d Difference) split() (fails, stays []Trouble) {
	for _, trouble := range d.Troubles {
		if trouble.Fails {
			fails = append(fails, trouble)
		} else {
			stays = append(stays, trouble)
		}
	}
	return fails, stays
}

// remark follows a grant in its row.
func (g Grant) remark() string {
	var parts []string
	if g.Possibly != "" {
		parts = append(parts, "possibly: "+g.Possibly)
	}
	if len(g.Before) > 0 {
		word := "before: "
		if g.Kind == preflight.Lost {
			word = "now: "
		}
		parts = append(parts, word+jobsText(g.Before))
	}
	if g.Allowed != "" {
		parts = append(parts, "allowed: "+g.Allowed)
	}
	return strings.Join(parts, "; ")
}

// jobsText is whose jobs others are, by scope, group and labels.
func jobsText(jobs []preflight.Jobs) string {
	var texts []string
	for _, one := range jobs {
		cells := report.Cells(preflight.Access{Runner: true, Jobs: one})[1:4]
		text := strings.Join(slices.DeleteFunc(cells, func(cell string) bool { return cell == "" }), ", ")
		if !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, " and ")
}
