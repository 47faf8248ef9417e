package diagnose_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/diagnose"
)

// The same denial in every form in which it may be pasted.
func TestExplainReadsATextHoweverItWasCopied(t *testing.T) {
	want := diagnose.Explain(noAction)
	quoted, err := json.Marshal(noAction + "\n\tstatus code: 403")
	if err != nil {
		t.Fatal(err)
	}
	twice, err := json.Marshal(`{"log":` + string(quoted) + `}`)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, text string }{
		{"GitHub's timestamps", "2023-04-13T20:07:15.1011171Z " + noAction + "\n2023-04-13T20:07:15.1012106Z ##[endgroup]"},
		{"the kubelet's file", "2023-04-13T20:07:15.1011171Z stderr F " + strings.ReplaceAll(noAction, " to perform", "\n2023-04-13T20:07:15.1011172Z stderr F to perform")},
		{"GitHub's error", "2023-04-13T20:07:15.1046426Z ##[error]" + noAction},
		{"a command of the runner", "::error file=push.sh,line=1::" + noAction},
		{"gh run view --log", "push\tPush the image\t2023-04-13T20:07:15.1011171Z " + noAction},
		{"BuildKit", "#12 0.643 " + noAction},
		{"colours", "\x1b[31;1m" + strings.Replace(noAction, "ecr:PutImage on", "\x1b[0mecr:PutImage\x1b[K on", 1) + "\x1b[0m"},
		{"a title and a link", "\x1b]0;push\x07\x1b]8;;https://example.com\x1b\\" + noAction},
		{"JSON", string(quoted)},
		{"JSON in JSON", string(twice)},
		{"JSON with escaped colours", `"\u001b[31m` + noAction + `\u001b[0m"`},
		{"wrapped between words", strings.ReplaceAll(noAction, " ", "\n    ")},
		{"wrapped under timestamps", "2023-04-13T20:07:15Z " + strings.Replace(noAction, " to perform", "\n2023-04-13T20:07:16Z to perform", 1)},
		{"wrapped at 40 columns", wrap(noAction, 40)},
		{"wrapped at 80 columns", wrap(noAction, 80)},
		{"wrapped in the role", strings.Replace(noAction, "gha-pusher", "gha-pu\nsher", 1)},
		{"wrapped in the action", strings.Replace(noAction, "ecr:PutImage on", "ecr:Put\nImage on", 1)},
		{"wrapped in the image repository", strings.Replace(noAction, "team/app", "team/\napp", 1)},
		{"Terraform's frame", "╷\n│ Error: " + strings.ReplaceAll(noAction, " to perform", "\n│ to perform") + "\n╵"},
		{"quoted", "> " + strings.ReplaceAll(noAction, " to perform", "\n> to perform")},
		{"Windows", strings.ReplaceAll(noAction, " to perform", "\r\nto perform")},
		{"typographic quotes", "“" + noAction + "”"},
		{"no-break spaces", strings.ReplaceAll(noAction, " is not", "\u00a0is\u00a0not")},
		{"not UTF-8", "\xff\xfe" + noAction + "\xff"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(want, diagnose.Explain(c.text)); diff != "" {
				t.Errorf("(-plain +copied):\n%s", diff)
			}
		})
	}
}

// wrap cuts the text as a terminal of that many columns does.
func wrap(text string, columns int) string {
	var lines []string
	for len(text) > columns {
		lines, text = append(lines, text[:columns]), text[columns:]
	}
	return strings.Join(append(lines, text), "\n")
}

// People who ask in public hide the account, the region and other names, each in their own way. What
// was hidden is no value.
func TestExplainReadsATextWithHiddenNames(t *testing.T) {
	for _, c := range []struct{ text, name, values string }{
		{`Post "https://<aws_account_id>.dkr.ecr.<aws_region>.amazonaws.com/v2/team/app/blobs/uploads/": EOF`, "push-eof", "image repository=team/app"},
		{`Post "https://xxx.dkr.ecr.us-west-1.amazonaws.com/v2/team/app_wf/blobs/uploads/": EOF`, "push-eof", "region=us-west-1; image repository=team/app_wf"},
		{`POST https://[MASKED].dkr.ecr.us-east-1.amazonaws.com/v2/[MASKED]/blobs/uploads/: unexpected status code 401 Unauthorized: Not Authorized`, "push-401", ""},
		{`unexpected status from PUT request to https://XXXXXXXXXXXX.dkr.ecr.xx-xxxx-1.amazonaws.com/v2/<repo>/manifests/latest: 403 Forbidden`, "push-403", ""},
		{`login attempt to https://${AWS_ACCOUNT_ID}.dkr.ecr.us-east-1.amazonaws.com/v2/ failed with status: 400 Bad Request`, "login-400", "region=us-east-1"},
		{`unexpected status from HEAD request to https://REDACTED.dkr.ecr.REGION.amazonaws.com/v2/App/manifests/1: 403 Forbidden`, "read-403", "image repository=App"},
		{`lookup ************.dkr.ecr.your-region.amazonaws.com on 10.0.0.2:53: no such host`, "registry-unreachable", "host=************.dkr.ecr.your-region.amazonaws.com"},
		{`pods "<pod>" is forbidden: error looking up service account <namespace>/XXXX: serviceaccount "XXXX" not found`, "service-account-missing", ""},
		{`The Service account needs the following permissions [{"group":"","verbs":["get"],"resource":"pods","subresource":""}] on the pod resource in the '***' namespace.`, "hooks-permissions", ""},
	} {
		found := diagnose.Explain(c.text)
		if len(found) != 1 || found[0].Name != c.name || values(found[0]) != c.values {
			t.Errorf("%s: got %q, want %s with %q", c.text, names(found), c.name, c.values)
			for _, d := range found {
				t.Errorf("%s: got %q", d.Name, values(d))
			}
		}
		for _, d := range found {
			if strings.Contains(d.Causes[0].What, "unknown region") {
				t.Errorf("%s: got %q for a region that was hidden", c.text, d.Causes[0].What)
			}
		}
	}
}

// What is left of a specific failure where a terminal wrapped its words is often a vague one.
func TestExplainPrefersTheReadingThatExplainsMore(t *testing.T) {
	for _, c := range []struct {
		text    string
		columns int
		want    string
	}{
		{`Error creating: admission webhook "validation.gatekeeper.sh" denied the request: [psp-privileged-container] Privileged container is not allowed: docker`, 112, "privileged-forbidden"},
		{`Credentials could not be loaded, please check your action inputs: 169.254.170.23 is not a valid container metadata service hostname`, 100, "pod-identity-old-sdk"},
		{`AWS::IAM::Role | Resource of type 'AWS::IAM::Role' with identifier 'image-builder' already exists.`, 80, "role-exists"},
	} {
		for _, text := range []string{c.text, wrap(c.text, c.columns)} {
			if found := diagnose.Explain(text); len(found) != 1 || found[0].Name != c.want {
				t.Errorf("%s: got %q, want %s", text, names(found), c.want)
			}
		}
	}
}

func TestCleanKeepsWhatIsNoEscape(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"backslash", `C:\dir\\file`, `C:\dir\file`},
		{"backslash at the end", `a\`, `a\`},
		{"half a code", `\u00`, `\u00`},
		{"no code", `\uzzzz`, `\uzzzz`},
		{"code", `\u003cb\u003e`, `<b>`},
		{"escaped white space", `a\tb\nc\\\td`, "a b c d"},
		{"HTML", "&lt;a&gt; &quot;b&#34; &#39;c&apos; d&amp;region=e&region=f", `<a> "b" 'c' d&region=e&region=f`},
		{"a tab is a blank", "a\t\tb", "a b"},
		{"columns without a time", "a\tb\tc", "a b c"},
		{"time within a line", "at 2023-04-13T20:07:15Z it ended", "at 2023-04-13T20:07:15Z it ended"},
		{"bell", "a\x07b", "a b"},
		{"right to left", "a\u202eb", "a b"},
		{"a sequence without an end", "a\x1b]" + strings.Repeat("x", 300) + "no", "a" + strings.Repeat("x", 44) + "no"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := diagnose.Clean(c.text); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// Whatever is pasted, a diagnosis is whole, its values print, and its order is that
// of the chain.
func FuzzExplain(f *testing.F) {
	for _, failure := range diagnose.Failures() {
		for _, s := range failure.Samples {
			f.Add(s.Text)
		}
	}
	for _, text := range almost {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, d := range diagnose.Explain(text) {
			for _, value := range d.Values {
				if value.Text == "" || strings.ContainsFunc(value.Text, func(r rune) bool { return !unicode.IsPrint(r) }) {
					t.Errorf("%q: got the value %q", text, value)
				}
			}
			for i, link := range diagnose.Chain {
				if link == d.Link {
					if i < last {
						t.Errorf("%q: got %s behind %s", text, d.Link, diagnose.Chain[last])
					}
					last = i
				}
			}
			if len(d.Causes) == 0 || d.Source == "" || d.Title == "" {
				t.Errorf("%q: got %+v, want a whole diagnosis", text, d)
			}
		}
	})
}
