package facts_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/policy"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// parse reads a tree in which every string "?why" is unknown for that reason.
func parse(t *testing.T, text string) *source.Node {
	t.Helper()
	roots, err := source.Parse("f", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	roots[0].Walk(func(n *source.Node) bool {
		if n.Kind == source.String && len(n.Text) > 1 && n.Text[0] == '?' {
			n.Kind, n.Text = source.Unknown, n.Text[1:]
		}
		return true
	})
	return roots[0]
}

func document(t *testing.T, text string) facts.Document {
	t.Helper()
	return facts.NewDocument(parse(t, text), source.Place{})
}

func TestNewDocumentIsWhatIsWritten(t *testing.T) {
	want := policy.Document{Version: "2012-10-17", Statement: []policy.Statement{
		{Effect: policy.EffectAllow, Action: policy.Values{"ecr:PutImage"}, Resource: policy.Values{"*"}},
	}}
	for name, text := range map[string]string{
		"an object":                    `{Version: 2012-10-17, Statement: {Effect: Allow, Action: "ecr:PutImage", Resource: "*"}}`,
		"a string of JSON":             `'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:PutImage","Resource":"*"}]}'`,
		"a string as the IAM API does": `"%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22ecr%3APutImage%22%2C%22Resource%22%3A%22%2A%22%7D%5D%7D"`,
	} {
		got := document(t, text)
		if diff := cmp.Diff(want, got.Policy); diff != "" || got.Problem != nil || !got.There {
			t.Errorf("%s: problem %v (-want +got)\n%s", name, got.Problem, diff)
		}
	}
}

func TestNewDocumentThatIsNotThere(t *testing.T) {
	expected := source.Place{File: "f", Line: 7}
	if got := facts.NewDocument(nil, expected); got.There || got.Place != expected {
		t.Errorf("got %+v", got)
	}
	if got := document(t, "?it is imported"); !got.There || got.Unknown != "it is imported" {
		t.Errorf("got %+v", got)
	}
	for _, text := range []string{`Statement: "?it is imported"`, `Statement: ["?it is imported"]`, `Statement: {Effect: Allow, Action: a, Condition: "?it is imported"}`} {
		if got := document(t, text); got.Unknown != "it is imported" || got.Problem != nil {
			t.Errorf("%s: got %+v", text, got)
		}
	}
}

func TestProblemsHaveTheirPlace(t *testing.T) {
	tests := []struct{ text, place, what string }{
		{"Statement:\n- Effect: Allow\n  Action: a\n  Condition:\n    StringEqualz: {a: b}\n", "f:5:5",
			`Statement[0].Condition.StringEqualz: unknown condition operator "StringEqualz"; did you mean "StringEquals"?`},
		{"{\"Statement\":[\n{\"Effect\":\"Alow\",\"Action\":\"a\"}]}", "f:2:2", `Statement[0].Effect: unknown effect "Alow"; did you mean "Allow"?`},
		{"Version: 2012-10-17\n", "f:1:1", "Statement is missing; want at least one statement"},
		{"Statement:\n  Effect: Allow\n  Action: a\n  Condition:\n    StringEquals:\n      a:sub: {b: c}\n", "f:6:7",
			`Statement.Condition.StringEquals["a:sub"]: want a string, a number or a boolean, got an object`},
		{"'{\"Statement\": '", "f:1:1", "the text is no policy document: not JSON: unexpected end of JSON input"},
		{"'# nothing'", "f:1:1", "the text is no policy document: not JSON: invalid character '#' looking for beginning of value"},
	}
	for _, test := range tests {
		got := document(t, test.text)
		if got.Problem == nil || got.Problem.Place.String() != test.place || got.Problem.What != test.what {
			t.Errorf("%q:\n got %+v\nwant %s: %s", test.text, got.Problem, test.place, test.what)
		}
	}
}

// What is unknown in a statement must not make it allow or deny what it might not.
func TestUnknownValuesMatchNothing(t *testing.T) {
	request := policy.Request{Action: "ecr:PutImage", Resource: "r", Context: map[string][]string{"k": {"v"}}}
	tests := []struct {
		statement string
		certain   policy.Outcome
		maybe     bool
	}{
		{`{Effect: Allow, Action: ["?x", "ecr:PutImage"], Resource: r}`, policy.Allowed, true},
		{`{Effect: Allow, Action: "?x", Resource: r}`, policy.ImplicitDeny, true},
		{`{Effect: Allow, Action: "*", Resource: "?x"}`, policy.ImplicitDeny, true},
		{`{Effect: Allow, Action: "*", NotResource: "?x"}`, policy.ImplicitDeny, true},
		{`{Effect: Deny, NotAction: "?x", Resource: r}`, policy.ImplicitDeny, true},
		{`{Effect: Allow, Action: "*", Resource: r, Condition: {StringEquals: {k: ["?x", v]}}}`, policy.Allowed, true},
		{`{Effect: Allow, Action: "*", Resource: r, Condition: {StringEquals: {k: "?x"}}}`, policy.ImplicitDeny, true},
		{`{Effect: Allow, Action: "*", Resource: r, Condition: {StringNotEquals: {k: "?x"}}}`, policy.ImplicitDeny, true},
		{`{Effect: Allow, Action: "*", Resource: r, Condition: {"ForAllValues:StringLike": {k: "?x"}}}`, policy.ImplicitDeny, true},
		{`{Effect: Allow, Action: "*", Resource: r}`, policy.Allowed, false},
	}
	for _, test := range tests {
		d := document(t, "Statement: ["+test.statement+"]")
		if d.Problem != nil {
			t.Fatalf("%s: %v", test.statement, d.Problem)
		}
		if got := policy.Evaluate(request, d.Policy).Outcome; got != test.certain {
			t.Errorf("%s: for certain %s, want %s", test.statement, got, test.certain)
		}
		maybe, found := d.Maybe[0]
		if found != test.maybe || found && maybe.Why != "x" {
			t.Errorf("%s: maybe %v", test.statement, d.Maybe)
		}
		if !found {
			continue
		}
		maybe.AtMost.Effect = policy.EffectAllow
		if policy.Evaluate(request, policy.Document{Statement: []policy.Statement{maybe.AtMost}}).Outcome != policy.Allowed {
			t.Errorf("%s: at most %+v, which does not speak of the request", test.statement, maybe.AtMost)
		}
	}
}

func TestPlacesInADocument(t *testing.T) {
	d := document(t, "Statement:\n- Effect: Allow\n  Action: a\n- Effect: Deny\n  Action:\n  - b\n  Condition:\n    StringEquals:\n      'o:sub': c\n")
	for _, test := range []struct {
		got  source.Place
		want string
	}{
		{d.Statement(1), "f:4:3"},
		{d.Statement(2), "f:1:1"},
		{d.InStatement(1, "Condition", "StringEquals", "o:sub"), "f:9:7"},
		{d.InStatement(1, "Condition", "StringLike", "o:sub"), "f:7:3"},
		{d.InStatement(0, "Resource"), "f:2:3"},
	} {
		if got := test.got.String(); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

func FuzzNewDocument(f *testing.F) {
	for _, seed := range []string{
		`{Statement: {Effect: Allow, Action: "?x", Principal: {AWS: "*"}, Condition: {Null: {a: true}}}}`,
		`'{"Statement": []}'`, `"%7B%22"`, `Statement: ["?x"]`, `{Version: 2012-10-17, Statement: [{Effect: "?", NotAction: 1}]}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		roots, err := source.Parse("f", []byte(text))
		if err != nil {
			return
		}
		for _, root := range roots {
			root.Walk(func(n *source.Node) bool {
				if n.Kind == source.String && len(n.Text) > 1 && n.Text[0] == '?' {
					n.Kind = source.Unknown
				}
				return true
			})
			facts.NewDocument(root, source.Place{})
		}
	})
}
