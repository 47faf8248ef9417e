package cloudformation_test

import (
	"fmt"
	"testing"

	"keyless-runners/preflight/cloudformation"
	"keyless-runners/preflight/source"
)

// Nested templates have the account and the region of the app's stacks, if those have the same.
func TestEnvironmentsOfNestedTemplates(t *testing.T) {
	const stack = `%q: {"type": "aws:cloudformation:stack", "environment": %q, "properties": {"templateFile": "%s.template.json"}}`
	for _, c := range []struct{ name, first, second, want string }{
		{"alike", "aws://111122223333/eu-west-1", "aws://111122223333/eu-west-1", "111122223333 eu-west-1"},
		{"of two regions", "aws://111122223333/eu-west-1", "aws://111122223333/us-east-1", " "},
		{"not known", "aws://unknown-account/unknown-region", "aws://unknown-account/unknown-region", " "},
		{"not known of one", "aws://111122223333/eu-west-1", "aws://unknown-account/unknown-region", " "},
	} {
		t.Run(c.name, func(t *testing.T) {
			roots, err := source.Parse("manifest.json", []byte(`{"version": "1", "artifacts": {`+fmt.Sprintf(stack, "a", c.first, "a")+`, `+fmt.Sprintf(stack, "b", c.second, "b")+`}}`))
			if err != nil {
				t.Fatal(err)
			}
			found := cloudformation.Settings{}.Environments(roots[0])[cloudformation.NestedTemplate]
			if got := fmt.Sprintf("%s %s", found.Account, found.Region); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
