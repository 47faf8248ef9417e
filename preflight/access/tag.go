package access

import (
	"slices"
	"strings"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
)

// addTags adds tags to a request, under condition keys that begin with the prefix.
func addTags(request *policy.Request, prefix string, tags facts.Tags) {
	for _, tag := range tags.List {
		if value, known := tags.Value(tag.Key); known {
			request.Context[prefix+tag.Key] = []string{value.Value}
		}
	}
	open := request.Open
	request.Open = func(key string) bool {
		if len(key) > len(prefix) && strings.EqualFold(key[:len(prefix)], prefix) {
			_, known := tags.Value(key[len(prefix):])
			return open(key) && !known
		}
		return open(key)
	}
}

// addResourceTags adds the tags of what a request to Amazon ECR acts on (Service Authorization Reference,
// "Actions, resources, and condition keys for Amazon Elastic Container Registry").
func addResourceTags(request *policy.Request, tags facts.Tags) {
	addTags(request, "aws:ResourceTag/", tags)
	addTags(request, "ecr:ResourceTag/", tags)
}

// MayTag reports whether a session for which a trust policy is asked may have session tags: an STS request with
// them needs sts:TagSession, and those of a session that assumes the role go on to it if they are
// transitive (IAM user guide, "Pass session tags in AWS STS").
func MayTag(trust *facts.Document) bool {
	may := func(s policy.Statement) bool {
		chains := s.Principal == nil || len(s.Principal.AWS) > 0
		return s.Effect == policy.EffectAllow && (Includes(s, TagSession) || chains && Includes(s, AssumeRole))
	}
	for _, maybe := range trust.Maybe {
		if may(maybe.AtMost) {
			return true
		}
	}
	return trust.Unknown != "" || slices.ContainsFunc(trust.Policy.Statement, may)
}
