package account

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// RecognizeDocument says whether the tree is a policy document: statements, with
// a version and an id or without, and nothing else.
func RecognizeDocument(root *source.Node) bool {
	if root == nil {
		return false
	}
	for _, member := range root.Members {
		switch member.Name {
		case "Version", "Id", "Statement":
		default:
			return false
		}
	}
	statement := root.Get("Statement")
	if statement == nil {
		return false
	}
	return statement.Kind == source.List || statement.Kind == source.Map || isText(root, "Version")
}

// ReadDocument is the one document.
func ReadDocument(root *source.Node) facts.Facts {
	return facts.Facts{Documents: []facts.LooseDocument{{
		Document: facts.NewDocument(root, root.Place),
		Trust:    isTrust(root.Get("Statement")),
	}}}
}

// isTrust says whether every statement names principals and none a resource.
func isTrust(statement *source.Node) bool {
	statements := []*source.Node{statement}
	if statement != nil && statement.Kind == source.List {
		statements = statement.Items
	}
	for _, s := range statements {
		principals := s.Has("Principal") || s.Has("NotPrincipal")
		resources := s.Has("Resource") || s.Has("NotResource")
		if !principals || resources {
			return false
		}
	}
	return len(statements) > 0
}
