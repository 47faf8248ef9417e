package github

import (
	"regexp"
	"strings"

	"keyless-runners/preflight/source"
)

// write sets a variable for the steps behind; sure says that it happens in every
// run.
func (j *job) write(name string, v value, at source.Place, sure bool) {
	before, isSet := j.next[name]
	if !isSet {
		before, isSet = j.written.get(name)
	}
	if isSet && !sure {
		v = append(append(value{}, before.value...), v...)
	}
	j.next[name] = variable{j.scope.capped(v), at}
}

// ended makes what a step wrote known to those behind.
func (j *job) ended() {
	for name, v := range j.next {
		j.written.values[name] = v
	}
	clear(j.next)
}

// output sets an output of the step for those behind it.
func (j *job) output(step, name string, v value, sure bool) {
	key := strings.ToLower(step + "." + name)
	if before, isSet := j.scope.outputs[key]; isSet && !sure {
		v = append(append(value{}, before...), v...)
	}
	j.scope.outputs[key] = j.scope.capped(v)
}

// writes are the names that a script may write to the file GITHUB_ENV.
var writes = regexp.MustCompile(`([A-Za-z_][A-Za-z0-9_]*)(?:=|<<)`)

// otherWrites makes unknown what a script may set for the steps behind it in a way
// that is not followed.
func (x *script) otherWrites() {
	if !strings.Contains(x.node.Text, "GITHUB_ENV") {
		return
	}
	for _, match := range writes.FindAllStringSubmatch(x.node.Text, -1) {
		if name := match[1]; !x.wrote[name] {
			x.wrote[name] = true
			x.write(name, unknownValue(fresh, name+" may be written to GITHUB_ENV by a step"), x.node.Place, false)
		}
	}
}
