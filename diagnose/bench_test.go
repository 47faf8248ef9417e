package diagnose_test

import (
	"strings"
	"testing"

	"keyless-runners/diagnose"
)

// The texts begin like a failure over and over and never end like one, the worst
// that an expression can be given.
var almost = map[string]string{
	"denial":     "User: arn is not authorized to perform: x ",
	"host":       "unexpected status from PUT request to https://***.dkr.ecr.***.amazonaws.com/v2/a/b/c/d/e/f/manifests/ 403 forbidden 400 bad request 404 not found eof ",
	"names":      "The repository with name 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa does not exist in the registry maximum allowed number of images tags ",
	"token":      "permission denied: /var/run/secrets/eks.amazonaws.com/serviceaccount/tok /serviceaccount/token ",
	"labels":     "Requested labels: a, b, c Job defined at: runner ",
	"push":       "failed to push a b c d 403 forbidden ",
	"backslash":  `\\\\\\\\\\u00\\\\\\\`,
	"escape":     "\x1b]0;\x1b[1;",
	"lines":      "\n",
	"tabs":       "a\tb\tc\n",
	"one denial": "denied: User: arn:aws:sts::111122223333:assumed-role/r/s is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:us-east-1:111122223333:repository/app because no identity-based policy allows the ecr:PutImage action\n",
}

func BenchmarkExplain(b *testing.B) {
	for name, text := range almost {
		text = strings.Repeat(text, 1<<20/len(text))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				diagnose.Explain(text)
			}
		})
	}
}
