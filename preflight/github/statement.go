package github

import (
	"fmt"
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
	sink, input := x.sink, x.input
	defer func() { x.sink, x.input = sink, input }()
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
				x.profile(facts.Short(strings.Trim(file, `"`)), unknownValue(unknown, "a script writes it"), x.place(redirect))
			}
		}
	}
	if st.Background {
		x.apart(func() { x.follow(st) })
		return false
	}
	return x.follow(st)
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
		x.apart(func() { x.statement(command.Stmt) })
	default: // a test, arithmetic, or redirections alone
		x.substitutions(st)
		for name := range changes(st) {
			x.set(name, unknownValue(unknown, "$"+name+onlyThen))
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
	x.apart(func() { x.statement(b.X) })
	x.piped, x.input = true, x.printed(b.X)
	x.apart(func() { x.statement(b.Y) })
	x.piped, x.input = outer, input
	return false
}

// andOr follows statements joined by "&&" and "||". "a && b || c" counts as "if a; then
// b; else c; fi", for b is seldom what decides, and of those behind "||" any may be the
// last.
func (x *script) andOr(b *syntax.BinaryCmd) (ended bool) {
	first, joined := chain(b)
	if x.statement(first) {
		return true
	}
	for len(joined) > 0 {
		and, rest := joinedBy(joined, syntax.AndStmt)
		or, rest := joinedBy(rest, syntax.OrStmt)
		joined = rest
		bodies := [][]*syntax.Stmt{and, or}
		if len(and) == 0 {
			bodies = bodies[1:]
		} else if len(or) == 0 {
			bodies = bodies[:1]
		}
		if x.choice(bodies, len(bodies) == 2, false) {
			return true
		}
	}
	return false
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

// ifClause follows the conditions as if all of them ran, and then the branches.
func (x *script) ifClause(clause *syntax.IfClause) (ended bool) {
	var bodies [][]*syntax.Stmt
	whole := false
	for ; clause != nil; clause = clause.Else {
		if x.statements(clause.Cond) {
			return true
		}
		bodies = append(bodies, clause.Then)
		whole = !clause.ThenPos.IsValid() // an "else"
	}
	return x.choice(bodies, whole, true)
}

func (x *script) caseClause(clause *syntax.CaseClause) (ended bool) {
	var bodies [][]*syntax.Stmt
	whole := false
	for _, item := range clause.Items {
		bodies = append(bodies, item.Stmts)
		whole = whole || len(item.Patterns) == 1 && item.Patterns[0].Lit() == "*"
	}
	return x.choice(bodies, whole, true)
}

// choice follows every branch and keeps what each sets as what it may be. whole says that
// one of them always runs, guarded that what a branch does is done on a condition of its own.
func (x *script) choice(bodies [][]*syntax.Stmt, whole, guarded bool) (ended bool) {
	outer, from, guards := x.variables, x.step.conditions.next(), x.step.guards
	m := merge{}
	for i, body := range bodies {
		x.variables = newVariables(outer)
		if guarded {
			x.step.guards = append(slices.Clip(guards), fmt.Sprintf("branch %d of condition %d of a script", i, from))
		}
		if !x.statements(body) {
			m.add(x.variables.values, world{{from, i}})
		}
	}
	x.variables, x.step.guards = outer, guards
	if !whole {
		m.add(nil, world{{from, len(bodies)}})
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
	outer, left := x.variables, x.left
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
	x.variables = outer
	if len(values) == 0 || values.hasUnknown() {
		m.add(nil, nil) // it may not run at all
	}
	x.merge(&m)
	if x.left {
		x.mayChange(names)
	}
	x.left = left
}
