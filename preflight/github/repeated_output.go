package github

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"keyless-runners/preflight/source"
)

// fileReaders print what is in files or in their input and nothing else; the number is that of the words
// before the files.
var fileReaders = map[string]int{
	"cat": 0, "head": 0, "tail": 0, "sort": 0, "uniq": 0, "cut": 0,
	"grep": 1, "sed": 1, "awk": 1, "jq": 1, "yq": 1,
	"tr": 2,
}

// printsAgain reports whether a later run prints the same, because it follows from files below the
// working directory alone, such as a version, from git's last tag, or from the day.
func (x *script) printsAgain(statements []*syntax.Stmt) bool {
	again, reads := true, false
	for _, statement := range statements {
		syntax.Walk(statement, func(node syntax.Node) bool {
			switch node := node.(type) {
			case *syntax.CallExpr:
				is, from := x.repeats(node)
				again, reads = again && is, reads || from
				return false
			case *syntax.Redirect:
				file, known := x.expand(node.Word).literal()
				again, reads = again && known, reads || node.Op == syntax.RdrIn && x.isSource(file)
				return false
			}
			return true
		})
	}
	return again && reads
}

// repeats reports whether a command prints the same of the same input, files and day, and whether any of
// it is not from its input.
func (x *script) repeats(call *syntax.CallExpr) (is, reads bool) {
	var options, operands []string
	for _, argument := range x.arguments(call.Args) {
		switch word, known := argument.literal(); {
		case !known:
			return false, false
		case strings.HasPrefix(word, "-"):
			options = append(options, word)
		default:
			operands = append(operands, word)
		}
	}
	if len(operands) == 0 || len(call.Assigns) > 0 {
		return false, false
	}
	name, operands := path.Base(operands[0]), operands[1:]
	before, isReader := fileReaders[name]
	switch {
	case isReader:
		return true, len(operands) > before && x.isSource(operands[len(operands)-1])
	case name == "date":
		is = len(operands) == 1 && isDay(operands[0])
	case name == "git":
		is = slices.Equal(operands, []string{"describe"}) && slices.Contains(options, "--abbrev=0")
	}
	return is, is
}

// isSource reports whether a file is below the working directory, and no script of the job writes it.
func (x *script) isSource(file string) bool {
	if file == "" || path.IsAbs(file) || strings.HasPrefix(file, "~") {
		return false
	}
	writes := regexp.MustCompile(`(>|\btee\b|-o\b)[^\n]*` + regexp.QuoteMeta(path.Base(file)))
	return !slices.ContainsFunc(x.job.node.Get("steps").Elements(), func(step *source.Node) bool { return writes.MatchString(step.Word("run")) })
}

// isDay reports whether a format of date(1) has no part smaller than a day.
func isDay(format string) bool {
	parts := strings.Split(format, "%")
	return strings.HasPrefix(format, "+") && len(parts) > 1 && !slices.ContainsFunc(parts[1:], func(part string) bool {
		return part == "" || !strings.Contains("YymdjFDbBaAuUVGgCehw", part[:1])
	})
}
