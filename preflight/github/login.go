package github

import (
	"slices"
	"strconv"
	"strings"

	"keyless-runners/preflight/facts"
)

// logins hold a job's logins to Amazon ECR so far, and the passwords that it asked
// for.
type logins struct {
	found []login
	// numbers is how many there are, all that one may be as one.
	numbers int
	// asked counts the passwords, latest is the last, and several reports that they are
	// not of one region for certain.
	asked   int
	latest  password
	several bool
	// sets are the logins that came before some push, by what is in them.
	sets map[string][]facts.Before
	// helpers are scripts that give Docker Amazon's credential helper, which logs in on its own.
	helpers []string
	// as is the role that the job assumed last, in the runs of asScope; nil: none.
	as      *facts.AssumedRole
	asScope scope
}

// maxLogins is how many logins are distinguished, each with all that it may be: more than
// a matrix makes.
const maxLogins = 300

// login is one of those that a login may be, in the runs of a scope and a world.
type login struct {
	facts.Login
	scope scope
	world world
	// own says that it is for one push alone.
	own bool
}

// next is the number of another login.
func (l *logins) next() int {
	l.numbers++
	return l.numbers
}

// logIn adds a login in a world of a scope, with all that its password may be. It
// returns the places of what was added.
func (l *logins) logIn(s scope, w world, one facts.Login, p password) (first, end int) {
	first = len(l.found)
	one.Emptied = p.emptied
	one.As, one.Sometimes = l.as, l.as != nil && !l.asScope.includes(s, w)
	for _, named := range p.region.alternatives() {
		for _, preset := range p.preset.alternatives() {
			world, ok := named.world.and(preset.world)
			if ok {
				world, ok = world.and(w)
			}
			if !ok || !s.spend(1+len(world)) {
				continue
			}
			one.CLI, one.Region, one.DefaultRegion = p.cli, p.region.fact(named), p.preset.fact(preset)
			l.found = append(l.found, login{Login: one, scope: s, world: world})
		}
	}
	return first, len(l.found)
}

// forOne adds a login that a tool makes for one push, and returns it as what comes before
// that.
func (l *logins) forOne(s scope, w world, one facts.Login, p password) (before []facts.Before) {
	first, end := l.logIn(s, w, one, p)
	for place := first; place < end; place++ {
		l.found[place].own = true
		before = append(before, facts.Before{Login: place, Always: true})
	}
	return before
}

func (l *logins) facts() []facts.Login {
	var all []facts.Login
	for _, login := range l.found {
		all = append(all, login.Login)
	}
	return all
}

// before are the logins so far that can be in the runs of a scope and a world; ok is
// false if those are too many to compare.
func (l *logins) before(s scope, w world) (before []facts.Before, ok bool) {
	var key []byte
	for i := range l.found {
		login := &l.found[i]
		both, meets := login.world.and(w)
		if len(l.found) > maxLogins || !s.spend(1+len(both)) {
			return nil, false
		}
		if meets && !login.own && both.in(s.given) && both.in(login.scope.given) && meet(login.scope.given, s.given) {
			before = append(before, facts.Before{Login: i, Always: login.scope.includes(s, w)})
			key = strconv.AppendBool(strconv.AppendInt(key, int64(i), 36), before[len(before)-1].Always)
		}
	}
	return l.once(string(key), before), true
}

// once is the set that is there already, if there is one: many pushes have the same.
func (l *logins) once(key string, before []facts.Before) []facts.Before {
	if same, ok := l.sets[key]; ok {
		return same
	}
	if l.sets == nil {
		l.sets = map[string][]facts.Before{}
	}
	l.sets[key] = slices.Clip(before)
	return l.sets[key]
}

// meet reports whether a run can choose what both allow.
func meet(a, b map[int]choices) bool {
	for source, allowed := range a {
		if others, limited := b[source]; limited && !slices.ContainsFunc(others.list(), func(choice int) bool { return allowed[choice] }) {
			return false
		}
	}
	return true
}

// includes reports whether every run of the other scope and the world is one of the
// scope.
func (s scope) includes(other scope, w world) bool {
	for source, allowed := range s.given {
		theirs, limited := other.given[source]
		if choice, picked := w.choice(source); picked {
			theirs, limited = choices{choice: true}, true
		}
		if !limited || slices.ContainsFunc(theirs.list(), func(choice int) bool { return !allowed[choice] }) {
			return false
		}
	}
	return !slices.ContainsFunc(s.guards, func(guard string) bool {
		return !slices.ContainsFunc(other.guards, func(theirs string) bool { return strings.Contains(theirs, guard) })
	})
}
