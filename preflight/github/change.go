package github

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// changes are the names of the variables that a statement may set in its own shell.
func changes(st *syntax.Stmt) map[string]bool {
	names := map[string]bool{}
	changesIn(st, names)
	return names
}

// changesInAll returns the names of the variables that statements may set.
func changesInAll(all []*syntax.Stmt) map[string]bool {
	names := map[string]bool{}
	for _, st := range all {
		changesIn(st, names)
	}
	return names
}

func changesIn(node syntax.Node, names map[string]bool) {
	syntax.Walk(node, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.CmdSubst, *syntax.ProcSubst, *syntax.Subshell:
			return false
		case *syntax.Assign:
			if n.Name != nil {
				names[n.Name.Value] = true
			} else {
				changesByWord(n.Value, names)
			}
		case *syntax.WordIter:
			names[n.Name.Value] = true
		case *syntax.CallExpr:
			if len(n.Args) > 0 && (n.Args[0].Lit() == "shift" || n.Args[0].Lit() == "set") {
				names["@"] = true
			}
			for _, word := range setBy(n) {
				changesByWord(word, names)
			}
		case *syntax.ParamExp:
			if n.Exp != nil && (n.Exp.Op == syntax.AssignUnset || n.Exp.Op == syntax.AssignUnsetOrNull) {
				names[n.Param.Value] = true
			}
		case *syntax.UnaryArithm:
			changesByArithmetic(n.X, n.Op == syntax.Inc || n.Op == syntax.Dec, names)
		case *syntax.BinaryArithm:
			changesByArithmetic(n.X, strings.HasSuffix(n.Op.String(), "=") && !comparisons[n.Op], names)
		}
		return true
	})
}

// comparisons are the operators that end in "=" and set nothing.
var comparisons = map[syntax.BinAritOperator]bool{syntax.Eql: true, syntax.Neq: true, syntax.Leq: true, syntax.Geq: true}

func changesByArithmetic(left syntax.ArithmExpr, sets bool, names map[string]bool) {
	if word, ok := left.(*syntax.Word); ok && sets && syntax.ValidName(word.Lit()) {
		names[word.Lit()] = true
	}
}

// changesByWord adds the variable that a word of a command names which sets variables.
func changesByWord(word *syntax.Word, names map[string]bool) {
	part := word.Parts[0]
	if quoted, ok := part.(*syntax.DblQuoted); ok && len(quoted.Parts) > 0 {
		part = quoted.Parts[0]
	}
	if literal, ok := part.(*syntax.Lit); ok {
		if name, _, _ := strings.Cut(literal.Value, "="); syntax.ValidName(name) {
			names[name] = true
		}
	}
}

// changesInFunctions adds what functions set for the whole script.
func changesInFunctions(all []*syntax.Stmt, names map[string]bool) {
	for _, st := range all {
		syntax.Walk(st, func(n syntax.Node) bool {
			declaration, ok := n.(*syntax.FuncDecl)
			if ok {
				changesIn(declaration.Body, names)
			}
			return !ok
		})
	}
}

// setters are commands whose words are the variables that they set.
var setters = map[string]bool{"read": true, "mapfile": true, "readarray": true, "unset": true, "getopts": true}

// setBy are the words of a command that are the variables which it sets.
func setBy(call *syntax.CallExpr) []*syntax.Word {
	switch {
	case len(call.Args) == 0:
	case setters[call.Args[0].Lit()]:
		return call.Args[1:]
	case len(call.Args) > 2 && call.Args[0].Lit() == "printf" && call.Args[1].Lit() == "-v":
		return call.Args[2:3]
	}
	return nil
}
