package identity_test

import (
	"testing"

	"keyless-runners/identity"
)

func TestClosestIsALikelyTypingMistakeAway(t *testing.T) {
	actions := []string{"ecr:PutImage", "ecr:BatchGetImage", "ecr:GetAuthorizationToken"}
	for _, c := range []struct {
		promise, value string
		candidates     []string
		want           string
	}{
		{"exact", "ecr:PutImage", actions, "ecr:PutImage"},
		{"letter missing", "ecr:PutImag", actions, "ecr:PutImage"},
		{"letter too many", "ecr:PutImagee", actions, "ecr:PutImage"},
		{"letter replaced", "ecr:BatchGetImagr", actions, "ecr:BatchGetImage"},
		{"neighbours swapped", "ecr:GetAuthroizationToken", actions, "ecr:GetAuthorizationToken"},
		{"two swaps", "erc:PutIamge", actions, "ecr:PutImage"},
		{"two letters missing", "ecr:PutIma", actions, "ecr:PutImage"},
		{"three letters missing", "ecr:PutIm", actions, ""},
		{"another word", "s3:GetObject", actions, ""},
		{"fewest edits win over order", "abcd", []string{"abxx", "abcx"}, "abcx"},
		{"the first of equals", "abcd", []string{"abcx", "abcy"}, "abcx"},
		{"one letter, itself", "a", []string{"b", "a"}, "a"},
		{"one letter, no edit", "a", []string{"b", "ab", ""}, ""},
		{"two letters, one edit", "ab", []string{"xy", "abc"}, "abc"},
		{"two letters, not two edits", "ab", []string{"xy", "abcd", ""}, ""},
		{"three letters, one edit", "abc", []string{"axy", "abx"}, "abx"},
		{"three letters, not two edits", "abc", []string{"axy", "abcde", "a"}, ""},
		{"four letters, two edits", "abcd", []string{"abxy"}, "abxy"},
		{"two letters too many", "ecr:PutImageXX", actions, "ecr:PutImage"},
		{"three letters too many", "ecr:PutImageXXX", actions, ""},
		{"capitals are edits", "abcd", []string{"ABCD"}, ""},
		{"empty", "", []string{"a", "ab"}, ""},
		{"no candidates", "ecr:PutImag", nil, ""},
	} {
		t.Run(c.promise, func(t *testing.T) {
			wantText(t, identity.Closest(c.value, c.candidates), c.want)
		})
	}
}

func TestClosestKeepsTheCandidatesType(t *testing.T) {
	var got identity.Region = identity.Closest("eu-wset-1", []identity.Region{"eu-west-1", "eu-north-1"})
	wantText(t, string(got), "eu-west-1")
}
