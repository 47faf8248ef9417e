package report

import (
	"fmt"
	"strings"

	"keyless-runners/preflight"
)

// Verdict is the report in one line, such as "proved: 1 runner workload can push to
// 1 image repository, and nobody else can (4 files, 2 notes)". It quotes nothing.
func Verdict(report preflight.Report) string {
	if report.Proved() {
		return fmt.Sprintf("proved: %s (%s)", pushers(report), margin(report))
	}
	return fmt.Sprintf("not proved: %s (%s)", reasons(report), margin(report))
}

// pushers says who can push.
func pushers(report preflight.Report) string {
	others := othersThan(report.Access)
	if len(report.Chains) == 0 {
		if others == "" {
			return "no runner workload among the files, and nobody can push"
		}
		return fmt.Sprintf("no runner workload among the files; %s can push", others)
	}
	workloads := count(len(report.Chains), "runner workload", "runner workloads")
	if whole := wholeChains(report.Chains); whole < len(report.Chains) {
		workloads = fmt.Sprintf("%d of %s", whole, workloads)
	}
	can := fmt.Sprintf("%s can push to %s", workloads, imageRepositories(report.Access))
	if others == "" {
		return can + ", and nobody else can"
	}
	return fmt.Sprintf("%s; %s can push too", can, others)
}

// wholeChains counts the chains of which every link is proved.
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
	for _, link := range chain.Links {
		if link.State != preflight.Proved {
			return false
		}
	}
	return len(chain.Links) > 0
}

// imageRepositories counts those that runner workloads can push to, and the
// patterns that stand for any number of them.
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
	named := count(len(names), "image repository", "image repositories")
	matched := "whatever matches " + count(len(patterns), "pattern", "patterns")
	switch {
	case len(patterns) == 0:
		return named
	case len(names) == 0:
		return matched
	}
	return named + " and " + matched
}

// othersThan counts who is no runner workload; "" if nobody.
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
	return least + count(len(others), "other", "others")
}

// reasons says what stands against the proof.
func reasons(report preflight.Report) string {
	errors, warnings, _ := report.Count()
	var reasons []string
	if len(report.Chains) == 0 {
		reasons = append(reasons, "no runner workload among the files")
	}
	if errors > 0 {
		reasons = append(reasons, count(errors, "error", "errors"))
	}
	if warnings > 0 {
		reasons = append(reasons, count(warnings, "warning", "warnings"))
	}
	return strings.Join(reasons, ", ")
}

// margin says what else there is to know.
func margin(report preflight.Report) string {
	_, _, notes := report.Count()
	parts := []string{count(report.Files, "file", "files")}
	if notes > 0 {
		parts = append(parts, count(notes, "note", "notes"))
	}
	if waived := len(waivedOf(report.Findings)); waived > 0 {
		parts = append(parts, fmt.Sprintf("%d waived", waived))
	}
	return strings.Join(parts, ", ")
}

// count is a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
