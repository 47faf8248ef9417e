package report

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight"
)

// Verdict returns the report in one line that prints, such as "proved: 1 runner can push
// to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app,
// and no one else can (4 files, 2 notes)".
func Verdict(report preflight.Report) string {
	return verdict(report, omitted{}, Plain)
}

// verdict states what the report leaves out, and shows values of the files by show.
func verdict(report preflight.Report, left omitted, show func(string) string) string {
	if report.Proved() {
		return fmt.Sprintf("proved: %s (%s)", pushers(report, show), margin(report, left))
	}
	return fmt.Sprintf("not proved: %s (%s)", reasonsText(report), margin(report, left))
}

func pushers(report preflight.Report, show func(string) string) string {
	others := othersThan(report.Access)
	if len(report.Chains) == 0 {
		if others == "" {
			return noRunner + ", and no one can push"
		}
		return fmt.Sprintf("%s; %s can push", noRunner, others)
	}
	one, many := "runner", "runners"
	if slices.ContainsFunc(report.Chains, func(c preflight.Chain) bool { return c.NoRunner }) {
		one, many = "workload", "workloads"
	}
	runners := identity.Count(len(report.Chains), one, many)
	if whole := wholeChains(report.Chains); whole < len(report.Chains) {
		runners = fmt.Sprintf("%d of %s", whole, runners)
	}
	can := fmt.Sprintf("%s can push%s%s", runners, imageRepositories(report.Access), whoseJobs(report.Access, show))
	if others == "" {
		return can + ", and no one else can"
	}
	return fmt.Sprintf("%s; %s can push too", can, others)
}

const noRunner = "no runner among the files"

func wholeChains(chains []preflight.Chain) int {
	whole := 0
	for _, chain := range chains {
		if isWhole(chain) {
			whole++
		}
	}
	return whole
}

func isWhole(chain preflight.Chain) bool {
	return len(chain.Links) > 0 && !slices.ContainsFunc(chain.Links, func(link preflight.Link) bool { return link.State != preflight.Proved })
}

// imageRepositories counts those that runners can push to, and the patterns that stand for any number of them. It
// is "" where the runners' jobs take their role with a token that others can have too.
func imageRepositories(access []preflight.Access) string {
	names, patterns := map[string]bool{}, map[string]bool{}
	for _, row := range access {
		switch {
		case !row.Runner:
		case row.ImageRepositorySuchAs != "":
			patterns[row.ImageRepository] = true
		default:
			names[row.ImageRepository] = true
		}
	}
	named := identity.Count(len(names), "image repository", "image repositories")
	matched := "whatever matches " + identity.Count(len(patterns), "pattern", "patterns")
	switch {
	case len(names)+len(patterns) == 0:
		return ""
	case len(patterns) == 0:
		return " to " + named
	case len(names) == 0:
		return " to " + matched
	}
	return " to " + named + " and " + matched
}

// othersThan counts who is no runner; "" if no one.
func othersThan(access []preflight.Access) string {
	others, least := map[string]bool{}, ""
	for _, row := range access {
		if !row.Runner {
			others[row.Who] = true
		}
		if !row.Runner && row.SuchAs != "" {
			least = "at least "
		}
	}
	if len(others) == 0 {
		return ""
	}
	return least + identity.Count(len(others), "other", "others")
}

func reasonsText(report preflight.Report) string {
	errors, warnings, _ := report.Count()
	var reasons []string
	if len(report.Chains) == 0 {
		reasons = append(reasons, noRunner)
	}
	reasons = append(reasons, counted(count{errors, "error", "errors"}, count{warnings, "warning", "warnings"})...)
	return strings.Join(reasons, ", ")
}

func margin(report preflight.Report, left omitted) string {
	_, _, notes := report.Count()
	parts := append([]string{identity.Count(report.Files, "file", "files")}, counted(count{notes, "note", "notes"})...)
	if waived := len(waivedOf(report.Findings)); waived > 0 {
		parts = append(parts, fmt.Sprintf("%d waived", waived))
	}
	said := strings.Join(parts, ", ")
	if idle := len(report.NotLookedAt); idle > 0 {
		said += "; " + identity.Count(idle, "file holds", "files hold") + " nothing that is looked at"
	}
	if missing := left.String(); missing != "" {
		said += "; not shown: " + missing
	}
	return said
}
