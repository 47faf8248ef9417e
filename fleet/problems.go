package fleet

import (
	"fmt"
	"regexp"
	"strings"
)

// Problems is all that is wrong with a fleet.
type Problems []Problem

// Problem is one thing that is wrong, in one place or in several.
type Problem struct {
	// Places lead to the values in the fleet, such as pools["build"].pushesTo[0], in
	// the order of the declaration. There is at least one.
	Places []string
	// Err says what is wrong with each of the values and what is allowed.
	Err error
}

// Error is one line for each problem.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// Error is the first ten places and what is wrong there.
func (p Problem) Error() string {
	return firstTen(p.Places) + ": " + p.Err.Error()
}

// firstTen lists texts for a message and counts those that it leaves out.
func firstTen(texts []string) string {
	const most = 10
	if more := len(texts) - most; more > 0 {
		return fmt.Sprintf("%s, and %d more", strings.Join(texts[:most], ", "), more)
	}
	return strings.Join(texts, ", ")
}

func (p *Problems) add(at place, err error) {
	if err != nil {
		*p = append(*p, Problem{Places: []string{at.String()}, Err: err})
	}
}

// subscript identifies an element of a list in a place.
var subscript = regexp.MustCompile(`\[(?:\d+|"(?:[^"\\]|\\.)*")\]| \(.*\)$`)

// grouped makes one problem of a mistake that repeats: where one field of several
// elements has the same said of it.
func (p Problems) grouped() Problems {
	type mistake struct{ field, text string }
	first := map[mistake]int{}
	var grouped Problems
	for _, problem := range p {
		key := mistake{subscript.ReplaceAllString(problem.Places[0], ""), problem.Err.Error()}
		if i, repeats := first[key]; repeats {
			grouped[i].Places = append(grouped[i].Places, problem.Places...)
			continue
		}
		first[key] = len(grouped)
		grouped = append(grouped, problem)
	}
	return grouped
}
