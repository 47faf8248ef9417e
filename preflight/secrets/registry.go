package secrets

import (
	"regexp"
	"strings"

	"keyless-runners/preflight/source"
)

// isRegistry matches the host of an Amazon ECR registry: both of its domains.
func isRegistry(name string) bool {
	return strings.Contains(name, ".dkr.ecr") || strings.Contains(name, ".dkr-ecr.")
}

// inBase64 matches the form of an Amazon ECR password, which placeholders lack.
var inBase64 = regexp.MustCompile(`^[A-Za-z0-9+/=]{20,}$`)

// password returns the value that a registry's object in a Docker configuration logs in
// with; nil if there is none.
func password(n *source.Node) *source.Node {
	for _, name := range []string{"auth", "password"} {
		if value := n.Get(name); value != nil && value.Kind == source.String && inBase64.MatchString(value.Text) {
			return value
		}
	}
	return nil
}
