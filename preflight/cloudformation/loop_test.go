package cloudformation_test

import (
	"strings"
	"testing"

	"keyless-runners/preflight/cloudformation"
)

func TestLoopsAreWrittenOut(t *testing.T) {
	for _, c := range []struct{ name, template, want string }{
		{"of literals", "Fn::ForEach::Web: [Name, [web, api], {'Repo${Name}': {Type: AWS::ECR::Repository, Properties: {RepositoryName: !Sub 'shop/${Name}'}}}]", "shop/web shop/api"},
		{"of a parameter", "Fn::ForEach::Web: [Name, !Ref Names, {'Repo${Name}': {Type: AWS::ECR::Repository, Properties: {RepositoryName: !Ref Name}}}]", "one two"},
		{"of what is not alphanumeric", "Fn::ForEach::Web: [Name, [a-b], {'Repo&{Name}': {Type: AWS::ECR::Repository, Properties: {RepositoryName: {Ref: Name}}}}]", "a-b"},
		{"in a loop", "Fn::ForEach::A: [X, [a, b], {'Fn::ForEach::B${X}': [Y, [c], {'Repo${X}${Y}': {Type: AWS::ECR::Repository, Properties: {RepositoryName: '${X}/${Y}'}}}]}]", "a/c b/c"},
		{"in properties", "Repo: {Type: AWS::ECR::Repository, Properties: {'Fn::ForEach::P': [X, [Name], {'Repository${X}': app}]}}", "app"},
		{"of what is not known", "Fn::ForEach::Web: [Name, !Ref Others, {'Repo${Name}': {Type: AWS::ECR::Repository, Properties: {RepositoryName: !Ref Name}}}]", "unread Fn::ForEach::Web"},
		{"that makes one thing twice", "Fn::ForEach::Web: [Name, [a, b], {Repo: {Type: AWS::ECR::Repository, Properties: {RepositoryName: !Ref Name}}}]", "unread Fn::ForEach::Web"},
		{"that makes too much", "Fn::ForEach::Web: [Name, [" + strings.Repeat("a,", 60_000) + "b], {'Repo${Name}': {Type: AWS::ECR::Repository}}]", "unread Fn::ForEach::Web"},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := read(t, "f", "Transform: AWS::LanguageExtensions\nParameters:\n  Names: {Type: CommaDelimitedList, Default: 'one, two'}\n  Others: {Type: CommaDelimitedList}\nResources:\n  "+c.template+"\n", cloudformation.Settings{})
			var got []string
			for _, repository := range found.ImageRepositories {
				got = append(got, repository.Name.String())
			}
			for _, unread := range found.Templates[0].Generated {
				got = append(got, "unread "+unread.Value)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
