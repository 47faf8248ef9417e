package github

import (
	"maps"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"keyless-runners/preflight/facts"
)

// statements follows a list; ended says that what stands behind it is not reached.
func (x *script) statements(all []*syntax.Stmt) (ended bool) {
	for _, st := range all {
		if x.statement(st) {
			return true
		}
	}
	return false
}

func (x *script) statement(st *syntax.Stmt) (ended bool) {
	sink, input, tested := x.sink, x.input, x.tested
	defer func() { x.sink, x.input, x.tested = sink, input, tested }()
	x.tested = tested || st.Negated || st.Background
	for _, redirect := range st.Redirs {
		switch redirect.Op {
		case syntax.Hdoc, syntax.DashHdoc:
			x.input = x.expand(redirect.Hdoc)
		case syntax.WordHdoc:
			x.input = x.expand(redirect.Word)
		case syntax.RdrOut, syntax.AppOut, syntax.RdrClob, syntax.RdrAll, syntax.AppAll, syntax.DplOut:
			if redirect.N == nil || redirect.N.Value == "1" {
				x.sink = x.sinkOf(redirect.Word)
				x.writesFile(redirect, st)
			}
			if file := x.read.Written(redirect.Word); strings.Contains(file, "/.aws/c") {
				x.profile(facts.Short(strings.Trim(file, `"`)), unknownValue(kindUnknown, "a script writes it"), x.place(redirect))
			}
		}
	}
	if st.Background {
		x.behind(func() { x.follow(st) })
		return false
	}
	return x.follow(st)
}

// behind follows statements that the script does not wait for.
func (x *script) behind(follow func()) {
	guards := x.step.guards
	x.step.guards = append(slices.Clip(guards), inBackground)
	x.apart(follow)
	x.step.guards = guards
}

// inBackground is the guard of what a script does not wait for.
const inBackground = "once it has ended:"

// waits follows "wait": what the job did in the background so far is done behind it.
func (x *script) waits() {
	x.fact.Partial = x.fact.Partial[:x.unawaited]
	for i := range x.logins.found {
		scope := &x.logins.found[i].scope
		scope.guards = slices.DeleteFunc(slices.Clone(scope.guards), func(guard string) bool { return guard == inBackground })
	}
}

func (x *script) follow(st *syntax.Stmt) (ended bool) {
	switch command := st.Cmd.(type) {
	case *syntax.CallExpr:
		return x.call(st, command)
	case *syntax.DeclClause:
		x.substitutions(st)
		x.declare(command)
	case *syntax.BinaryCmd:
		return x.binary(command)
	case *syntax.IfClause:
		return x.ifClause(command)
	case *syntax.CaseClause:
		return x.caseClause(command)
	case *syntax.WhileClause:
		x.whileClause(st, command)
	case *syntax.ForClause:
		x.forClause(st, command)
	case *syntax.FuncDecl:
		x.declareFunction(command)
	case *syntax.Block:
		return x.statements(command.Stmts)
	case *syntax.Subshell:
		x.apart(func() { x.statements(command.Stmts) })
	case *syntax.TimeClause:
		return command.Stmt != nil && x.statement(command.Stmt)
	case *syntax.CoprocClause:
		x.behind(func() { x.statement(command.Stmt) })
	default: // a test, arithmetic, or redirections alone
		x.substitutions(st)
		for name := range changes(st) {
			x.set(name, unknownValue(kindUnknown, "$"+name+onlyThen))
		}
	}
	return false
}

// apart follows statements whose variables are gone behind them.
func (x *script) apart(follow func()) {
	outer := x.variables
	x.variables = newVariables(outer)
	follow()
	x.variables = outer
}

// sinkOf is the file of GitHub that a redirection goes to.
func (x *script) sinkOf(target *syntax.Word) string {
	for _, name := range []string{"GITHUB_ENV", "GITHUB_OUTPUT"} {
		switch x.read.Written(target) {
		case "$" + name, `"$` + name + `"`, "${" + name + "}", `"${` + name + `}"`:
			return name
		}
	}
	return ""
}

// binary follows what "&&", "||" or "|" joins.
func (x *script) binary(b *syntax.BinaryCmd) (ended bool) {
	if b.Op == syntax.AndStmt || b.Op == syntax.OrStmt {
		return x.andOr(b)
	}
	outer, input := x.piped, x.input
	x.apart(func() { x.test(!x.pipeFails, b.X) })
	x.piped, x.input = true, x.printed(b.X)
	x.apart(func() { x.statement(b.Y) })
	x.piped, x.input = outer, input
	return false
}

// andOr follows statements joined by "&&" and "||". "a && b || c" counts as "if a; then
// b; else c; fi", for b is seldom what decides, and of those behind "||" any may be the
// last. Where a is no test, what stands behind "&&" is done in every run that goes well. Tests of which
// is known how they end are passed over.
func (x *script) andOr(b *syntax.BinaryCmd) (ended bool) {
	first, joined := chain(b)
	for len(joined) > 0 {
		is, sure := x.holds(first)
		if !sure {
			break
		}
		if is == (joined[0].Op == syntax.AndStmt) {
			first = joined[0].Y
		} else {
			x.skips(first, []*syntax.Stmt{joined[0].Y})
		}
		joined = joined[1:]
	}
	outer := x.mayFail
	defer func() { x.mayFail = outer }()
	x.mayFail = outer || slices.ContainsFunc(joined, func(b *syntax.BinaryCmd) bool { return b.Op == syntax.OrStmt })
	if x.test(first != b.Y, first) {
		return true
	}
	for len(joined) > 0 {
		and, rest := joinedBy(joined, syntax.AndStmt)
		or, rest := joinedBy(rest, syntax.OrStmt)
		joined = rest
		var branches []guarded
		when := x.when(first)
		holding, failing := x.narrowed(first)
		if len(and) > 0 {
			done := guarded{body: and}
			if isTest(first) {
				done.guard, done.given = when, holding
			}
			branches = append(branches, done)
		}
		if len(or) > 0 {
			branches = append(branches, guarded{or, when + elseSign, failing})
		}
		decides := x.decides
		x.decides = !outer && len(or) == 1 && len(joined) == 0
		ended := x.choice(branches, len(branches) == 2)
		if x.decides = decides; ended {
			return true
		}
	}
	return false
}

// test follows statements whose failure ends nothing, if tested says that they decide what is done.
func (x *script) test(tested bool, statements ...*syntax.Stmt) (ended bool) {
	outer := x.tested
	x.tested = outer || tested
	ended = x.statements(statements)
	x.tested = outer
	return ended
}

// chain takes "a && b || c" apart: the first statement, and those behind with what joins
// them.
func chain(b *syntax.BinaryCmd) (first *syntax.Stmt, joined []*syntax.BinaryCmd) {
	for {
		joined = append([]*syntax.BinaryCmd{b}, joined...)
		left, ok := b.X.Cmd.(*syntax.BinaryCmd)
		if !ok || left.Op != syntax.AndStmt && left.Op != syntax.OrStmt {
			return b.X, joined
		}
		b = left
	}
}

// joinedBy are the statements that the operator joins first.
func joinedBy(joined []*syntax.BinaryCmd, operator syntax.BinCmdOperator) (statements []*syntax.Stmt, rest []*syntax.BinaryCmd) {
	for len(joined) > 0 && joined[0].Op == operator {
		statements, joined = append(statements, joined[0].Y), joined[1:]
	}
	return statements, joined
}

// isTest reports whether a statement decides what is done, and does nothing itself.
func isTest(st *syntax.Stmt) bool {
	switch command := st.Cmd.(type) {
	case *syntax.TestClause, *syntax.ArithmCmd:
		return true
	case *syntax.CallExpr:
		return len(command.Args) > 0 && slices.Contains([]string{"[", "test", "grep", "false"}, command.Args[0].Lit())
	}
	return st.Negated
}

// guarded is a branch, with the condition on which it runs as its guard; "" if it runs whenever all goes well. Given
// is what its runs can choose; nil: what those around it can.
type guarded struct {
	body  []*syntax.Stmt
	guard string
	given map[int]choices
}

// elseSign stands in a guard behind a condition that does not hold.
const elseSign = " else "

// conditions follows statements that decide what is done, however they end.
func (x *script) conditions(statements []*syntax.Stmt) (ended bool) {
	outer := x.mayFail
	defer func() { x.mayFail = outer }()
	x.mayFail = true
	return x.test(true, statements...)
}

// ifClause follows the conditions as if all of them ran, and then the branches, up to one whose condition
// holds in every run.
func (x *script) ifClause(clause *syntax.IfClause) (ended bool) {
	var branches []guarded
	whole, when, given := false, "", x.step.given
	defer func() { x.step.given = given }()
	for ; clause != nil && !whole; clause = clause.Else {
		is, sure := true, !clause.ThenPos.IsValid() // an "else"
		var holding, failing map[int]choices
		if len(clause.Cond) == 1 {
			is, sure = x.holds(clause.Cond[0])
			holding, failing = x.narrowed(clause.Cond[0])
		}
		if holding == nil {
			holding = x.step.given
		}
		for _, condition := range clause.Cond {
			when += x.when(condition)
		}
		if x.conditions(clause.Cond) {
			return true
		}
		whole = is && sure
		switch {
		case whole && len(branches) == 0:
			branches = append(branches, guarded{body: clause.Then})
		case is || !sure:
			branches = append(branches, guarded{clause.Then, when, holding})
		case len(clause.Cond) == 1:
			x.skips(clause.Cond[0], clause.Then)
		}
		when += elseSign
		if failing != nil {
			x.step.given = failing
		}
	}
	x.step.given = given
	return x.choice(branches, whole)
}

func (x *script) caseClause(clause *syntax.CaseClause) (ended bool) {
	var branches []guarded
	whole, when := false, x.when(clause.Word)
	for _, item := range clause.Items {
		when += elseSign + x.when(item.Patterns[0])
		if x.isNeverCase(clause.Word, item) {
			continue
		}
		branches = append(branches, guarded{body: item.Stmts, guard: when})
		whole = whole || len(item.Patterns) == 1 && item.Patterns[0].Lit() == "*"
	}
	return x.choice(branches, whole)
}

// when is a condition as guards have it: one that is written alike, of variables with the same values,
// is the same.
func (x *script) when(condition syntax.Node) string {
	written := strings.TrimRight(x.read.Written(condition), "; \n") + ";"
	syntax.Walk(condition, func(n syntax.Node) bool {
		if parameter, ok := n.(*syntax.ParamExp); ok && parameter.Param != nil {
			for _, a := range x.lookUp(parameter.Param.Value) {
				written += a.string().filled("*") + a.string().why() + ";"
			}
		}
		return true
	})
	return written
}

// choice follows every branch and keeps what each sets as what it may be. whole says that
// one of them always runs. What stands behind a branch that ends the script well is done in the other runs
// alone, while later steps follow in all.
func (x *script) choice(branches []guarded, whole bool) (ended bool) {
	outer, from, guards, events, given := x.variables, x.step.conditions.next(), x.step.guards, x.step.events, x.step.given
	m := merge{}
	var left []string
	for i, one := range branches {
		x.variables = newVariables(outer)
		if one.given != nil {
			x.step.given = one.given
		}
		if one.guard != "" {
			x.step.events = nil // the condition may ask for an event
			x.step.guards = append(slices.Clip(guards), "when "+one.guard+":")
		}
		if !x.statements(one.body) {
			m.add(x.variables.values, world{{from, i}})
		} else if x.done && one.guard != "" {
			left = append(left, "unless "+one.guard+":")
		}
		x.step.guards, x.step.events, x.step.given, x.done = guards, events, given, false
	}
	x.variables, x.step.guards = outer, append(slices.Clip(guards), left...)
	if !whole {
		m.add(nil, world{{from, len(branches)}})
	}
	x.merge(&m)
	return len(m.branches) == 0
}

func (x *script) forClause(st *syntax.Stmt, clause *syntax.ForClause) {
	words, over := clause.Loop.(*syntax.WordIter)
	switch {
	case !over:
		x.loop(st, "", nil, clause.Do)
	case words.InPos.IsValid():
		from := x.step.conditions.next()
		x.loop(st, words.Name.Value, x.words(words.Items, from), clause.Do)
	default:
		x.loop(st, words.Name.Value, x.lookUp("@"), clause.Do)
	}
}

// whileClause follows a loop on a condition, such as one over the lines that it reads.
func (x *script) whileClause(st *syntax.Stmt, clause *syntax.WhileClause) {
	if name := lineRead(clause.Cond); name != "" && x.input != nil {
		x.loop(st, name, x.lines(), clause.Do)
		return
	}
	x.loop(st, "", nil, slices.Concat(clause.Cond, clause.Do))
}

// loop follows the body once, with a variable for all the words, and with what an
// earlier round may have set. What is set where a round ends early is not followed.
func (x *script) loop(st *syntax.Stmt, name string, values value, body []*syntax.Stmt) {
	outer, left, tested := x.variables, x.left, x.tested
	mayNotRun := len(values) == 0 || values.hasUnknown()
	x.tested = tested || mayNotRun
	names := changes(st)
	maps.Copy(names, x.changing)
	x.variables, x.left = newVariables(outer), false
	x.mayChange(names)
	if name != "" {
		x.set(name, values)
	}
	m := merge{}
	if !x.statements(body) {
		m.add(x.variables.values, nil)
	}
	x.variables, x.tested = outer, tested
	if mayNotRun {
		m.add(nil, nil)
	}
	x.merge(&m)
	if x.left {
		x.mayChange(names)
	}
	x.left = left
}
