package account

import (
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// RecognizeDocument reports whether the tree is a policy document: statements, an
// optional version and id, and nothing else.
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
	return statement.Is(source.List) || statement.Is(source.Map) || statement != nil && root.Get("Version").Is(source.String)
}

// ReadDocument returns facts that hold the document alone. Call it only for a tree that
// RecognizeDocument accepts.
func ReadDocument(root *source.Node) facts.Facts {
	return facts.Facts{Documents: []facts.LooseDocument{{
		Document: facts.NewDocument(root, root.Place),
		Trust:    isTrust(root.Get("Statement")),
	}}}
}

// isTrust reports whether every statement names principals and no resource.
func isTrust(statement *source.Node) bool {
	statements := []*source.Node{statement}
	if statement.Is(source.List) {
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
