package access

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

// vocabulary describes the classes of a universe.
type vocabulary struct {
	// all is every value of the universe, such as "every ServiceAccount", and alike what
	// those that match patterns have, such as "with a subject like".
	all, alike string
	// like are the values that a pattern matches; ok is false if there is no better word
	// than that they match it.
	like func(pattern string) (words string, ok bool)
	// single names one value, brief the same where others are left out.
	single, brief func(value string) string
}

// group is a set of classes about which there is one answer.
type group struct {
	words string
	// class is one of them, of which there is the representative.
	class policy.Class
}

// groups describes the classes about which the answer is not No. A class of one value is
// by itself. The others are put together, the widest first, where the answer is the same:
// those that match a pattern, but for those about which it is No. What is left out with
// them is described separately.
func (v vocabulary) groups(partition policy.Partition, truths []policy.Truth) []group {
	var found []group
	covered := make([]bool, len(truths))
	for i, class := range partition.Classes {
		if class.Single && truths[i] != policy.No {
			covered[i] = true
			found = append(found, group{v.single(class.Representative), class})
		}
	}
	matching := classesOf(partition)
	var regions []region
	for i, class := range partition.Classes {
		if !class.Single && truths[i] != policy.No {
			patterns := narrowest(class.Matches, matching)
			regions = append(regions, region{i, patterns, patternsWithin(patterns, matching, len(truths))})
		}
	}
	slices.SortStableFunc(regions, func(a, b region) int { return cmp.Compare(len(b.within), len(a.within)) })
	for _, r := range regions {
		if covered[r.class] {
			continue
		}
		but, left := v.exceptions(partition, truths, r, matching)
		for _, class := range left {
			covered[class] = covered[class] || truths[class] == truths[r.class]
		}
		found = append(found, group{v.region(partition, r.patterns) + butFor(but), partition.Classes[r.class]})
	}
	return found
}

// region is the classes that the patterns match which are the narrowest of a class.
type region struct {
	class            int
	patterns, within []int
}

// exceptions names the classes of a region about which the answer is No, and returns the
// classes that are left.
func (v vocabulary) exceptions(partition policy.Partition, truths []policy.Truth, r region, matching [][]int) (but []string, left []int) {
	left = slices.Clone(r.within)
	except := slices.DeleteFunc(slices.Clone(r.within), func(class int) bool { return truths[class] != policy.No })
	// The widest first: a narrower one may be among them.
	slices.SortStableFunc(except, func(a, b int) int {
		return cmp.Compare(len(partition.Classes[a].Matches), len(partition.Classes[b].Matches))
	})
	for _, class := range except {
		if !slices.Contains(left, class) {
			continue
		}
		words, without := v.exception(partition, class, r.class, matching)
		but = append(but, words)
		left = slices.DeleteFunc(left, func(class int) bool { return slices.Contains(without, class) })
	}
	return but, left
}

// classesOf are, for each pattern, the classes that it matches.
func classesOf(partition policy.Partition) [][]int {
	matching := make([][]int, len(partition.Patterns))
	for i, class := range partition.Classes {
		for _, pattern := range class.Matches {
			matching[pattern] = append(matching[pattern], i)
		}
	}
	return matching
}

// narrowest returns the patterns that none of the others is within.
func narrowest(patterns []int, matching [][]int) []int {
	return slices.DeleteFunc(slices.Clone(patterns), func(wide int) bool {
		return slices.ContainsFunc(patterns, func(narrow int) bool {
			if narrow == wide || !isWithin(matching[narrow], matching[wide]) {
				return false
			}
			return len(matching[narrow]) < len(matching[wide]) || narrow < wide
		})
	})
}

func isWithin(narrow, wide []int) bool {
	return !slices.ContainsFunc(narrow, func(class int) bool { return !slices.Contains(wide, class) })
}

// patternsWithin are the classes that all of the patterns match.
func patternsWithin(patterns []int, matching [][]int, classes int) []int {
	var found []int
	for class := range classes {
		if !slices.ContainsFunc(patterns, func(pattern int) bool { return !slices.Contains(matching[pattern], class) }) {
			found = append(found, class)
		}
	}
	return found
}

// exception names a class among those of a wider description, by what it matches and they
// do not, and the classes that are left out with it.
func (v vocabulary) exception(partition policy.Partition, class, of int, matching [][]int) (words string, without []int) {
	except := partition.Classes[class]
	if except.Single {
		return v.brief(except.Representative), []int{class}
	}
	more := narrowest(slices.DeleteFunc(slices.Clone(except.Matches), func(pattern int) bool { return slices.Contains(partition.Classes[of].Matches, pattern) }), matching)
	without = patternsWithin(more, matching, len(partition.Classes))
	words = v.region(partition, more)
	if rest, ok := strings.CutPrefix(words, v.all); ok {
		words = "those" + strings.Replace(rest, "that begins", "that begin", 1)
	}
	return words, without
}

// region describes what all of the patterns match.
func (v vocabulary) region(partition policy.Partition, patterns []int) string {
	if len(patterns) == 0 {
		return v.all
	}
	var texts []string
	for _, pattern := range patterns {
		if text := fmt.Sprintf("%q", partition.Patterns[pattern].Text); !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	if len(texts) == 1 {
		if text := partition.Patterns[patterns[0]].Text; text == "*" {
			return v.all
		}
		if words, ok := v.like(partition.Patterns[patterns[0]].Text); ok {
			return words
		}
	}
	return fmt.Sprintf("%s %s %s", v.all, v.alike, strings.Join(texts, " and "))
}

func butFor(exceptions []string) string {
	if len(exceptions) == 0 {
		return ""
	}
	slices.Sort(exceptions)
	return " but " + strings.Join(slices.Compact(exceptions), ", ")
}

// subjectWords describe subjects of ServiceAccounts.
var subjectWords = vocabulary{
	all:   "every ServiceAccount",
	alike: "with a subject like",
	like: func(pattern string) (string, bool) {
		if strings.Trim(pattern, "*") == "" {
			return "every ServiceAccount", true
		}
		rest, _ := strings.CutPrefix(pattern, identity.Subject{}.String()[:len(identity.Subject{}.String())-1])
		namespace, name, both := strings.Cut(rest, ":")
		return serviceAccountWords(namespace, name), rest != pattern && (both || rest == "*") && !isPartial(namespace) && !isPartial(name)
	},
	single: itself,
	brief: func(value string) string {
		if subject, err := identity.ParseSubject(value); err == nil {
			return string(subject.Namespace) + "/" + string(subject.ServiceAccount)
		}
		return value
	},
}

// serviceAccountWords are the ServiceAccounts of a name in a namespace; "*" or "" is any.
func serviceAccountWords(namespace, name string) string {
	anywhere, any := strings.Trim(namespace, "*") == "", strings.Trim(name, "*") == ""
	switch {
	case anywhere && any:
		return "every ServiceAccount"
	case anywhere:
		return fmt.Sprintf("ServiceAccount %q of every namespace", name)
	case any:
		return fmt.Sprintf("every ServiceAccount of namespace %q", namespace)
	}
	return identity.Subject{Namespace: identity.Namespace(namespace), ServiceAccount: identity.ServiceAccount(name)}.String()
}

// isPartial reports whether a pattern has wildcards and something else.
func isPartial(pattern string) bool {
	return strings.ContainsAny(pattern, "*?") && strings.Trim(pattern, "*") != ""
}

// tokenWords describe the subjects of other issuers' tokens.
var tokenWords = vocabulary{
	all:   "every token",
	alike: "with a subject like",
	like: func(pattern string) (string, bool) {
		if words, ok := subjectWords.like(pattern); ok && strings.Trim(pattern, "*") != "" {
			return words, true
		}
		return "", false
	},
	single: itself,
	brief:  itself,
}

// imageRepositoryWords describe ARNs of image repositories.
var imageRepositoryWords = vocabulary{
	all:   "every image repository",
	alike: "with an ARN like",
	like: func(pattern string) (string, bool) {
		if pattern == "*" {
			return "every image repository", true
		}
		parts := strings.SplitN(pattern, ":", 6)
		if len(parts) != 6 {
			return "", false
		}
		switch pattern {
		case registryARN("*", parts[4]):
			return "every image repository of account " + parts[4], true
		case registryARN(parts[3], "*"):
			return "every image repository of region " + parts[3], true
		}
		name, ok := strings.CutPrefix(parts[5], "repository/")
		registry := identity.Registry{Account: identity.AccountID(parts[4]), Region: identity.Region(parts[3])}
		prefix, last := strings.CutSuffix(name, "*")
		switch {
		case !ok || !last || registry.Check() != nil || strings.ContainsAny(prefix, "*?"):
			return "", false
		case prefix == "":
			return fmt.Sprintf("every image repository of %s", registry), true
		}
		return fmt.Sprintf("every image repository of %s that begins with %q", registry, prefix), true
	},
	single: RegistryName,
	brief:  RegistryName,
}

func itself(value string) string { return value }

// RegistryName is the image repository with the ARN as docker push is given it; what is no ARN
// of one stays as it is.
func RegistryName(arn string) string {
	if target, err := identity.ParseImageRepositoryARN(arn); err == nil {
		return target.String()
	}
	return arn
}
