package policy

import (
	"slices"
	"strings"
	"testing"
)

// Each class has one answer: what matches for certain is apart from what may.
func TestPartitionIsWhatDocumentsCanTellApart(t *testing.T) {
	open := func(key string) bool { return strings.HasPrefix(key, "aws:") }
	for name, test := range map[string]struct {
		attribute Attribute
		universe  Universe
		statement string
		// want are the representatives and what Judge says of each.
		want    []string
		problem string
	}{
		"resources":                              {ResourceAttribute, Any(), `"Resource":["a:b","c:*"]`, []string{": no", "a:b yes", "c: yes"}, ""},
		"a wildcard that may reach over a colon": {ResourceAttribute, Any(), `"Resource":"a:*:b"`, []string{": no", "a:::b possibly", "a::b yes"}, ""},
		"another action":                         {ResourceAttribute, Any(), `"Resource":"a","NotAction":"ecr:*"`, []string{"a no"}, ""},
		"a known variable":                       {ResourceAttribute, Any(), `"Resource":"${k}"`, []string{"a no", "v yes"}, ""},
		"an open variable":                       {ResourceAttribute, Any(), `"Resource":"a${aws:username}"`, []string{"a possibly", "b no"}, ""},
		"a key":                                  {"x", Any(), `"Condition":{"StringEquals":{"X":["a","b"]},"StringLike":{"y":"c*"}}`, []string{"a no", "b no", "c no"}, ""},
		"a key, negated":                         {"x", Any(), `"Condition":{"StringNotLike":{"x":"a*"}}`, []string{"a no", "b yes"}, ""},
		"ARNs":                                   {"x", Any(), `"Condition":{"ArnLike":{"x":["a:b:c:*:e:f","short:*"]}}`, []string{": no", "a:b:c::e:f yes"}, ""},
		"bytes":                                  {"x", Any(), `"Condition":{"BinaryEquals":{"x":"YWI="}}`, []string{"a no", "ab yes"}, ""},
		"a boolean":                              {"x", Namespaces(), `"Condition":{"Bool":{"x":"TRUE"}}`, []string{"a no", "true yes"}, ""},
		"a number among few values":              {"x", OneOf("1", "2", "a"), `"Condition":{"NumericLessThan":{"x":"2"}}`, []string{"1 yes", "2 no", "a no"}, ""},
		"a number among subjects":                {"x", Subjects(), `"Condition":{"NumericLessThan":{"x":"2"}}`, []string{"system:serviceaccount:a:a no"}, ""},
		"a number":                               {"x", Any(), `"Condition":{"NumericLessThan":{"x":"2"}}`, nil, "x is compared by NumericLessThan"},
		"another key's variable":                 {"x", Any(), `"Condition":{"StringEquals":{"y":"a${x}"}}`, nil, "a policy variable in the condition on y compares it with x"},
		"the first of other keys' variables":     {"x", Any(), `"Condition":{"StringEquals":{"d":"${x}","b":"${x}","a":"${x}","c":"${x}","e":"${x}","f":"${x}"}}`, nil, "a policy variable in the condition on a compares it with x"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(test.statement, "Action") {
				test.statement += `,"Action":"ecr:PutImage"`
			}
			document, err := Parse([]byte(`{"Version":"2012-10-17","Statement":{"Effect":"Allow",` + test.statement + `}}`))
			if err != nil {
				t.Fatal(err)
			}
			request := Request{Action: "ecr:PutImage", Open: open, Context: map[string][]string{"k": {"v"}}}
			partition, err := test.universe.Partition(test.attribute, request, []Document{document})
			if test.problem != "" {
				if err == nil || err.Error() != test.problem {
					t.Errorf("got %v, want %q", err, test.problem)
				}
				return
			}
			var got []string
			for _, class := range partition.Classes {
				one := Request{Action: request.Action, Open: open, Context: map[string][]string{"k": {"v"}}}
				if test.attribute == ResourceAttribute {
					one.Resource = class.Representative
				} else {
					one.Context[string(test.attribute)] = []string{class.Representative}
				}
				got = append(got, class.Representative+" "+Judge(one, document).Allow.Truth.String())
			}
			if slices.Sort(got); err != nil || !slices.Equal(got, test.want) {
				t.Errorf("%v\ngot  %q\nwant %q", err, got, test.want)
			}
		})
	}
}
