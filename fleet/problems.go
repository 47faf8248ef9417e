package fleet

import (
	"fmt"
	"strings"
)

// Problems is all that is wrong with a fleet.
type Problems []Problem

// Problem is one thing that is wrong.
type Problem struct {
	// Path leads to the value in the fleet, such as pools["build"].pushesTo[0].
	Path string
	// Err says what is wrong with the value and what is allowed.
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

// Error is the path and what is wrong there.
func (p Problem) Error() string {
	return p.Path + ": " + p.Err.Error()
}

func (p *Problems) add(at path, err error) {
	if err != nil {
		*p = append(*p, Problem{Path: string(at), Err: err})
	}
}

// path is Problem.Path in the making.
type path string

// elements are the paths of the elements of a list, by name where it tells them
// apart, else by index.
func elements(list string, names []string) []path {
	count := map[string]int{}
	for _, name := range names {
		count[name]++
	}
	paths := make([]path, len(names))
	for i, name := range names {
		paths[i] = path(list).key(name)
		if name == "" || count[name] > 1 {
			paths[i] = path(list).index(i)
		}
	}
	return paths
}

func (p path) field(name string) path {
	return p + "." + path(name)
}

func (p path) index(i int) path {
	return path(fmt.Sprintf("%s[%d]", p, i))
}

func (p path) key(name string) path {
	return path(fmt.Sprintf("%s[%q]", p, name))
}
