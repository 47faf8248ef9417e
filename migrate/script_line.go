package migrate

import (
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"keyless-runners/identity"
	"keyless-runners/preflight/github/shell"
)

// onlySetsKey reports whether a line of a script is one command that sets a key of AWS, and no
// more.
func onlySetsKey(line string) bool {
	script := shell.Parse(strings.TrimSpace(line))
	if script.Unread != "" || len(script.Statements) != 1 {
		return false
	}
	statement := script.Statements[0]
	if len(statement.Redirs) > 0 && !toGitHubEnv(script, statement) {
		return false
	}
	switch command := statement.Cmd.(type) {
	case *syntax.DeclClause:
		return command.Variant.Value == "export" && !slices.ContainsFunc(command.Args, func(a *syntax.Assign) bool { return !isKey(a.Name) })
	case *syntax.CallExpr:
		if len(command.Args) == 0 {
			return !slices.ContainsFunc(command.Assigns, func(a *syntax.Assign) bool { return !isKey(a.Name) })
		}
		return setsKey(script, command)
	}
	return false
}

func toGitHubEnv(script *shell.Script, statement *syntax.Stmt) bool {
	target := script.Written(statement.Redirs[0].Word)
	return len(statement.Redirs) == 1 && strings.Contains(target, "GITHUB_ENV")
}

func isKey(name *syntax.Lit) bool {
	return name != nil && isKeyName(name.Value)
}

func isKeyName(name string) bool {
	return slices.Contains(identity.KeyVariables, strings.ToUpper(name))
}

// setsKey reports whether a command is "aws configure set KEY ..." or writes a key where
// GitHub takes variables from.
func setsKey(script *shell.Script, call *syntax.CallExpr) bool {
	names := literalWords(call)
	switch {
	case len(names) > 3 && names[0] == "aws" && names[1] == "configure" && names[2] == "set":
		return isKeyName(names[3])
	case len(names) == 2 && names[0] == "echo":
		name, _, found := strings.Cut(strings.Trim(script.Written(call.Args[1]), `"'`), "=")
		return found && isKeyName(name)
	}
	return false
}
