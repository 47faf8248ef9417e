package policy_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/policy"
)

func TestValuesAreReadFromStringOrList(t *testing.T) {
	for _, c := range []struct {
		promise, text string
		want          policy.Values
		written       string
	}{
		{"a string", `"ecr:PutImage"`, policy.Values{"ecr:PutImage"}, `"ecr:PutImage"`},
		{"a list of one", `["ecr:PutImage"]`, policy.Values{"ecr:PutImage"}, `"ecr:PutImage"`},
		{"a list of two", `[ "b", "a" ]`, policy.Values{"b", "a"}, `["b","a"]`},
		{"an empty string", `""`, policy.Values{""}, `""`},
		{"an empty list", `[]`, policy.Values{}, `[]`},
		{"signs of HTML", `"a&<b>"`, policy.Values{"a&<b>"}, `"a&<b>"`},
		{"quotes and backslash", `["\"","\\"]`, policy.Values{`"`, `\`}, `["\"","\\"]`},
	} {
		t.Run(c.promise, func(t *testing.T) {
			var got policy.Values
			if err := json.Unmarshal([]byte(c.text), &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("values (-want +got):\n%s", diff)
			}
			if written, err := got.MarshalJSON(); err != nil || string(written) != c.written {
				t.Errorf("written: got %s, %v, want %s", written, err, c.written)
			}
		})
	}
}

func TestValuesAreReadFromNothingElse(t *testing.T) {
	for _, c := range []struct{ promise, text, want string }{
		{"a number", `1`, `json: cannot unmarshal number into Go value of type string`},
		{"a number in a list", `["a:b",1]`, `json: cannot unmarshal number into Go value of type string`},
		{"an object", `{"a":"b"}`, `json: cannot unmarshal object into Go value of type string`},
		{"a boolean", `true`, `json: cannot unmarshal bool into Go value of type string`},
	} {
		t.Run(c.promise, func(t *testing.T) {
			var got policy.Values
			if err := json.Unmarshal([]byte(c.text), &got); err == nil || err.Error() != c.want {
				t.Errorf("read %s:\ngot  %v\nwant %s", c.text, err, c.want)
			}
		})
	}
}

func TestJSONLeavesOutElementsThatAreNotSet(t *testing.T) {
	wantJSON(t, policy.Document{
		Version:   policy.Version,
		Statement: []policy.Statement{{Effect: policy.EffectDeny}, {Sid: "S", Effect: policy.EffectAllow, Resource: policy.Values{"*"}}},
	}, `{"Version":"2012-10-17","Statement":[{"Effect":"Deny"},{"Sid":"S","Effect":"Allow","Resource":"*"}]}`)
}

func TestJSONDoesNotEscapeHTML(t *testing.T) {
	wantJSON(t, policy.Document{
		Version: policy.Version,
		Statement: []policy.Statement{{
			Effect:    policy.EffectAllow,
			Action:    policy.Values{"a&b", "<c>"},
			Condition: policy.Condition{"StringLike": {"k&": {"<v>"}}},
		}},
	}, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["a&b","<c>"],"Condition":{"StringLike":{"k&":"<v>"}}}]}`)
}

func TestTreeIsTheDocumentAsMapsListsAndStrings(t *testing.T) {
	document := policy.Document{
		Version: policy.Version,
		Statement: []policy.Statement{{
			Sid:       "S",
			Effect:    policy.EffectAllow,
			Principal: &policy.Principal{Federated: policy.Values{"provider"}},
			Action:    policy.Values{"a:b", "c:d"},
			Condition: policy.Condition{policy.StringEquals: {"o:sub": {"subject"}, "o:aud": {"audience"}}},
		}},
	}
	want := map[string]any{
		"Version": "2012-10-17",
		"Statement": []any{map[string]any{
			"Sid":       "S",
			"Effect":    "Allow",
			"Principal": map[string]any{"Federated": "provider"},
			"Action":    []any{"a:b", "c:d"},
			"Condition": map[string]any{"StringEquals": map[string]any{"o:sub": "subject", "o:aud": "audience"}},
		}},
	}
	if diff := cmp.Diff(want, document.Tree()); diff != "" {
		t.Errorf("tree (-want +got):\n%s", diff)
	}
}
