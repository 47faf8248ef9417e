package secrets

import (
	"regexp"
	"strings"

	"keyless-runners/preflight/source"
)

// isRegistry says whether the name is that of a registry of Amazon ECR.
func isRegistry(name string) bool {
	return strings.Contains(name, ".dkr.ecr") || strings.Contains(name, ".dkr-ecr.")
}

// inBase64 matches what Amazon ECR gives for a password, and no placeholder.
var inBase64 = regexp.MustCompile(`^[A-Za-z0-9+/=]{20,}$`)

// password is what an object of a Docker configuration has to log in with; nil if
// it has nothing.
func password(n *source.Node) *source.Node {
	for _, name := range []string{"auth", "password"} {
		if value := n.Get(name); value != nil && value.Kind == source.String && inBase64.MatchString(value.Text) {
			return value
		}
	}
	return nil
}
