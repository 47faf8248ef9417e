package doctor_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const page = "../docs/doctor.md"

// The session of the page is what doctor prints of a role, a Pod and an organization like these.
func TestThePageShowsWhatIsPrinted(t *testing.T) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	_, session, _ := strings.Cut(string(text), "    $ bin/keyless doctor\n")
	session, _, _ = strings.Cut(session, "\n\nThe ")
	w := irsa(t)
	w.replace(t, roles, `"RolePolicyList": []`, `"RolePolicyList": [{"PolicyName": "more", "PolicyDocument": {"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::builds/*"}}}]`)
	w.replace(t, example+"serviceaccounts", `"annotations": {`, `"annotations": {"eks.amazonaws.com/sts-regional-endpoints": "false",`)
	w.replace(t, example+"made/pods", "AWS_ROLE_ARN", "OTHER")
	w.replace(t, example+"made/pods", "2026-11-01T11:00:00Z", "2026-11-01T09:00:00Z")
	w.reading.Unread = unread("organizations:ListPoliciesForTarget", "account 111122223333", "service and resource control policies")
	w.reading.Unread[0].Why, w.reading.Unread[0].Optional = "AccessDeniedException: You don't have permissions to access this resource.", true
	_, output := w.examine(t)
	if diff := cmp.Diff(indented(output), session+"\n"); diff != "" {
		t.Errorf("%s (-want +got):\n%s", page, diff)
	}
}

func indented(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		if line != "\n" {
			line = "    " + line
		}
		out.WriteString(line)
	}
	return out.String()
}

// named are the calls that report a finding, with its name.
var named = regexp.MustCompile(`(?:drifts|trouble|compareText|compareDocument|compareSets)\("([a-z-]+)"`)

func TestThePageHasEveryName(t *testing.T) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range []string{"account.go", "association.go", "cluster.go", "drift.go", "pod.go", "quota.go"} {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range named.FindAllSubmatch(source, -1) {
			names = append(names, string(match[1]))
		}
	}
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	if len(names) < 30 {
		t.Fatalf("got %q, want at least 30", names)
	}
	for _, name := range names {
		if !strings.Contains(string(text), "`"+name+"`") {
			t.Errorf("%s has no %s", page, name)
		}
	}
}
