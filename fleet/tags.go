package fleet

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// maxTags leaves room for the tag that every resource gets, within the 50 that
// IAM allows (IAM quotas, "Tags for a role").
const maxTags = 49

// isTagText reports whether AWS allows a text in keys and values: [\p{L}\p{Z}\p{N}_.:/=+\-@]*
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html).
func isTagText(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.In(r, unicode.L, unicode.Z, unicode.N) && !strings.ContainsRune("_.:/=+-@", r)
	})
}

// reservedTag is the key that ManagedBy is written under.
const reservedTag = "managed-by"

// AllTags are Tags and the tag that every resource gets.
func (f Fleet) AllTags() map[string]string {
	tags := map[string]string{reservedTag: ManagedBy}
	maps.Copy(tags, f.Tags)
	return tags
}

func (f Fleet) checkTags(problems *Problems) {
	checkTags(f.Tags, place{path: "tags"}, problems)
}

func checkTags(tags map[string]string, at place, problems *Problems) {
	if len(tags) > maxTags {
		problems.add(at, fmt.Errorf("%d tags: want at most %d", len(tags), maxTags))
	}
	taken := claims{}
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		taken.claim(problems, at.key(key), "tag key %q", key)
		problems.add(at.key(key), checkTag(key, tags[key]))
	}
}

func checkTag(key, value string) error {
	if err := checkPublic("tag", key, value); err != nil {
		return err
	}
	switch {
	case key == "" || len(key) > 128 || !isTagText(key):
		return fmt.Errorf("tag key %q: want 1 to 128 letters, digits, blanks and _.:/=+-@", key)
	case strings.HasPrefix(strings.ToLower(key), "aws:"):
		return errors.New(`tag keys that begin with "aws:" are reserved by AWS`)
	case strings.EqualFold(key, reservedTag):
		return fmt.Errorf("every resource has this tag, with the value %q; leave it out", ManagedBy)
	case len(value) > 256 || !isTagText(value):
		return fmt.Errorf("tag value %q: want up to 256 letters, digits, blanks and _.:/=+-@", value)
	}
	return nil
}
