package diagnose

import (
	"cmp"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
)

// pattern is an expression that a text with a failure matches. Its named groups
// become values, "_" in their names a blank.
type pattern struct {
	failure *failure
	text    string
	expr    func() *regexp.Regexp
	// marker is part of every match, in lower case: looking for it costs little, so
	// that the expression only runs where it may match.
	marker string
	// fixed is how many characters every match has in common.
	fixed int
}

// words are what expressions write between braces: names whose form is that of
// Kubernetes, ECR and EKS.
var words = strings.NewReplacer(
	"{name}", `[a-z0-9][a-z0-9.-]{0,252}`,
	// A private registry; GitHub may have hidden its account and region.
	"{registry}", `(?P<registry>\d{12}|\*\*\*)\.dkr\.ecr(?:-fips)?\.(?P<region>[a-z0-9-]+|\*\*\*)\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu)`,
	// Where a registry or ECR's API listens.
	"{ECR host}", `(?P<host>(?:(?:\d{12}|\*\*\*)\.dkr\.ecr(?:-fips)?|api\.ecr(?:-public)?)\.(?P<region>[a-z0-9-]{1,32}|\*\*\*)\.[a-z.]{3,64})`,
	// It has no end of its own: "/manifests/" or the like follows.
	"{image repository}", `(?P<image_repository>[a-z0-9][a-z0-9._/-]{0,255})`,
	// What ECR puts between quotes, whatever the user wrote.
	"{quoted image repository}", `['"](?P<image_repository>[^'"]{1,512})['"]`,
	// Where the webhook mounts the token (aws/amazon-eks-pod-identity-webhook, README).
	"{token file}", `/var/run/secrets/eks\.amazonaws\.com/serviceaccount/token`,
	"{issuer}", `(?P<issuer>https?://(?:oidc[.-]eks\.(?P<region>[a-z0-9-]+)\.[^\s"'<,]+|[^\s"'<,]+))`,
)

func newPattern(f *failure, text string) (pattern, error) {
	expr := words.Replace(text)
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return pattern{}, err
	}
	p := pattern{failure: f, text: text, expr: lazily(expr)}
	for _, text := range fixedTexts(tree) {
		p.fixed += len(text)
		if len(text) > len(p.marker) {
			p.marker = text
		}
	}
	return p, nil
}

// fixedTexts are the texts that every match of the expression has, in lower case.
func fixedTexts(expr *syntax.Regexp) []string {
	switch expr.Op {
	case syntax.OpLiteral:
		return []string{strings.ToLower(string(expr.Rune))}
	case syntax.OpConcat, syntax.OpCapture, syntax.OpPlus:
		var texts []string
		for _, part := range expr.Sub {
			texts = append(texts, fixedTexts(part)...)
		}
		return texts
	}
	return nil
}

// patterns are all patterns. Of two that match at one place the first counts: one
// that says what failed, and that which has more of the text in it.
var patterns = sync.OnceValue(func() []pattern {
	var all []pattern
	for _, f := range known() {
		all = append(all, f.patterns...)
	}
	vague := func(p pattern) int { return min(len(p.failure.vague), 1) }
	slices.SortFunc(all, func(a, b pattern) int {
		return cmp.Or(cmp.Compare(vague(a), vague(b)), cmp.Compare(b.fixed, a.fixed), cmp.Compare(a.text, b.text))
	})
	return all
})

// match is what a pattern matched in a text.
type match struct{ Values []Value }

// Value is what the text names so, "" if it does not.
func (m match) Value(name string) string {
	return Diagnosis{Values: m.Values}.Value(name)
}
