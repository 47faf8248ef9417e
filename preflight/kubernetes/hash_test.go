package kubernetes_test

import "testing"

func TestHash(t *testing.T) {
	const object = "apiVersion: v1\nkind: X\nmetadata: {name: a, labels: {b: c, d: e}}\nspec: {a: [1, true, s], b: null}"
	hash := func(text string) string { return read(t, text).Objects[0].Hash }
	for _, c := range []struct {
		name, text string
		same       bool
	}{
		{"the same", object, true},
		{"in JSON, in another order", `{"spec":{"b":null,"a":[1,true,"s"]},"metadata":{"labels":{"d":"e","b":"c"},"name":"a"},"kind":"X","apiVersion":"v1"}`, true},
		{"a boolean in capitals", "apiVersion: v1\nkind: X\nmetadata: {name: a, labels: {b: c, d: e}}\nspec: {a: [1, True, s], b: null}", true},
		{"an item of a list that says the kind", `{"kind":"XList","apiVersion":"v1","items":[{"spec":{"b":null,"a":[1,true,"s"]},"metadata":{"labels":{"d":"e","b":"c"},"name":"a"}}]}`, true},
		{"with what the API server adds", object + "\nstatus: {x: y}", true},
		{"with the API server's metadata", "apiVersion: v1\nkind: X\nmetadata: {managedFields: [], resourceVersion: 1, uid: u, creationTimestamp: t, generation: 2, name: a, labels: {b: c, d: e}}\nspec: {a: [1, true, s], b: null}", true},
		{"another kind", "apiVersion: v1\nkind: Y\nmetadata: {name: a, labels: {b: c, d: e}}\nspec: {a: [1, true, s], b: null}", false},
		{"another version", "apiVersion: v2\nkind: X\nmetadata: {name: a, labels: {b: c, d: e}}\nspec: {a: [1, true, s], b: null}", false},
		{"another label", "apiVersion: v1\nkind: X\nmetadata: {name: a, labels: {b: c, d: f}}\nspec: {a: [1, true, s], b: null}", false},
		{"items in another order", "apiVersion: v1\nkind: X\nmetadata: {name: a, labels: {b: c, d: e}}\nspec: {a: [true, 1, s], b: null}", false},
		{"a string for a number", "apiVersion: v1\nkind: X\nmetadata: {name: a, labels: {b: c, d: e}}\nspec: {a: ['1', true, s], b: null}", false},
		{"a member more", object + "\ndata: {}", false},
		{"a status within the spec", "apiVersion: v1\nkind: X\nmetadata: {name: a, labels: {b: c, d: e}}\nspec: {a: [1, true, s], b: null, status: s}", false},
		{"text that moves to the next item", "apiVersion: v1\nkind: X\nmetadata: {name: a, labels: {b: c, d: e}}\nspec: {a: [1, true, s], b: ''}", false},
	} {
		if got := hash(c.text) == hash(object); got != c.same {
			t.Errorf("%s: same %t, want %t", c.name, got, c.same)
		}
	}
}
