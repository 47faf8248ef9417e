package terraform_test

import (
	"fmt"
	"slices"
	"testing"
)

// A plan shows all tags, with those that the provider configuration gives all resources, but for what that may
// have Terraform ignore.
func TestTags(t *testing.T) {
	configured := func(expressions string) string {
		return `{"provider_config": {"aws": {"name": "aws", "expressions": {` + expressions + `}}}}`
	}
	for _, c := range []struct {
		name, text string
		want       []string
		all        bool
	}{
		{"known", plan([]string{managed("aws_ecr_repository.e", `{"name": "e", "tags": {"a": "b"}, "tags_all": {"a": "b", "c": "d"}}`, `{}`)}, caller, configured(``)), []string{"a=b", "c=d"}, true},
		{"none", plan([]string{managed("aws_ecr_repository.e", `{"name": "e", "tags_all": {}}`, `{}`)}, caller, configured(``)), nil, true},
		{"one that is not known", plan([]string{managed("aws_ecr_repository.e", `{"name": "e", "tags_all": {"a": "b"}}`, `{"tags_all": {"c": true}}`)}, caller, configured(``)), []string{"a=b", "c=?"}, true},
		{"not known", plan([]string{managed("aws_ecr_repository.e", `{"name": "e"}`, `{"tags_all": true}`)}, caller, configured(``)), nil, false},
		{"some are ignored", plan([]string{managed("aws_ecr_repository.e", `{"name": "e", "tags_all": {"a": "b"}}`, `{}`)}, caller, configured(`"ignore_tags": [{"keys": {"constant_value": ["c"]}}]`)), []string{"a=b"}, false},
		{"of a state", `{"format_version": "1.0", "values": {"root_module": {"resources": [{"address": "aws_ecr_repository.e", "mode": "managed", "type": "aws_ecr_repository", "name": "e", "values": {"name": "e", "tags_all": {"a": "b"}}}]}}}`, []string{"a=b"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			tags := read(t, []byte(c.text)).ImageRepositories[0].Tags
			var got []string
			for _, tag := range tags.List {
				got = append(got, fmt.Sprintf("%s=%s", tag.Key, show(tag.Value)))
			}
			if !slices.Equal(got, c.want) || tags.All != c.all {
				t.Errorf("got %q, all %t; want %q, all %t", got, tags.All, c.want, c.all)
			}
		})
	}
}
