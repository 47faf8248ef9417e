package kubernetes_test

import (
	"fmt"
	"strings"
	"testing"
)

func TestWaivers(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"hold for the lines of their object", `
apiVersion: v1
kind: Namespace
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: pusher
  annotations:
    keyless-runners/waive.KR012: known since March
    keyless-runners/waive.KR013: 2
    keyless-runners/other: x
secrets:
  - name: a
    last:
---
apiVersion: v1
kind: Namespace
`, `
KR012 "known since March" @9:5 4-14
KR013 "2" @10:5 4-14
`},
		{"on any kind, with a reason or without", `
apiVersion: example.com/v1
kind: X
metadata: {annotations: {keyless-runners/waive.KR001: , keyless-runners/waive.: a, keyless-runners/waive.KR002: [b]}}
`, `
KR001 "" @3:26 1-3
"a" @3:57 1-3
KR002 "" @3:84 1-3
`},
		{"in a text on one line", `{"apiVersion":"v1","kind":"Pod","metadata":{"annotations":{"keyless-runners/waive.KR001":"r"}}}`, `
KR001 "r" @1:60 1-1
`},
		{"down to the last item of a list", `
apiVersion: v1
kind: X
metadata: {annotations: {keyless-runners/waive.KR001: r}}
args:
  - a
  - b
`, `
KR001 "r" @3:26 1-6
`},
		{"down to a name whose value is written further up", `
apiVersion: v1
kind: X
metadata: {annotations: {keyless-runners/waive.KR001: &r r}}
again: *r
`, `
KR001 "r" @3:26 1-4
`},
		{"not in a Pod template", `
apiVersion: apps/v1
kind: Deployment
spec: {template: {metadata: {annotations: {keyless-runners/waive.KR001: r}}}}
`, ``},
	} {
		t.Run(c.name, func(t *testing.T) {
			var lines []string
			for _, w := range read(t, c.text).Waivers {
				lines = append(lines, fmt.Sprintf("%s %q %s %d-%d", w.ID, w.Reason, place(w.Place), w.First, w.Last))
			}
			wantShown(t, c.want, strings.Join(lines, "\n"))
		})
	}
}
