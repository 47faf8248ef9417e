package account_test

import (
	"strings"
	"testing"

	"keyless-runners/preflight/account"
	"keyless-runners/preflight/source"
)

func TestRecognizeDocument(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{`{"Version": "2012-10-17", "Statement": []}`, true},
		{`{"Version": "2012-10-17", "Id": "i", "Statement": {}}`, true},
		{`{"Statement": [{"Effect": "Allow"}]}`, true},
		{"Version: 2012-10-17\nStatement: []", true},
		{`{"Version": "2012-10-17", "Statement": "broken"}`, true},
		{`{"Version": "2012-10-17", "Statement": null}`, true},
		{`{"Statement": "Hello"}`, false},
		{`{"Statement": null}`, false},
		{`{"Version": "2012-10-17"}`, false},
		{`{"Version": "2012-10-17", "Statement": [], "Resources": {}}`, false},
		{`{"statement": []}`, false},
		{`{}`, false},
		{`[{"Statement": []}]`, false},
		{`Statement`, false},
	} {
		if got := account.RecognizeDocument(parse(t, c.text)); got != c.want {
			t.Errorf("%s: got %t", c.text, got)
		}
	}
	if account.RecognizeDocument(nil) {
		t.Error("nothing is recognized")
	}
}

func TestReadDocument(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{"Statement": {"Effect": "Allow", "Action": "ecr:PutImage", "Resource": "*"}}`, "trust false ecr:PutImage@1:1"},
		{`{"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*"}}`, "trust true sts:AssumeRole@1:1"},
		{`{"Statement": [{"Effect": "Allow", "Action": "a:A", "NotPrincipal": "*"}, {"Effect": "Deny", "Action": "b:B", "Principal": "*"}]}`, "trust true a:A,b:B@1:1"},
		{`{"Statement": [{"Effect": "Allow", "Action": "a:A", "Principal": "*"}, {"Effect": "Deny", "Action": "b:B"}]}`, "trust false a:A,b:B@1:1"},
		{`{"Statement": {"Effect": "Allow", "Action": "a:A", "Principal": "*", "NotResource": "*"}}`, "trust false a:A@1:1"},
		{`{"Statement": []}`, "trust false !Statement: the list is empty; want at least one item!@1:2"},
		{`{"Statement": [null]}`, "trust false !Statement[0]: want an object, got null!@1:16"},
		{`{"Version": "2012-10-17", "Statement": "x"}`, `trust false !Statement: want an object, got the string "x"!@1:27`},
	} {
		if got := strings.TrimSpace(showFacts(account.ReadDocument(parse(t, c.text)))); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestTheDocumentsOfTheArticle(t *testing.T) {
	for _, c := range []struct {
		file  string
		trust bool
	}{{"trust", true}, {"permissions", false}} {
		file := "../../render/testdata/original/" + c.file + ".json"
		text, err := source.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		root := parse(t, string(text))
		if !account.RecognizeDocument(root) || account.Recognize(root) {
			t.Errorf("%s: not recognized as a document", file)
		}
		document := account.ReadDocument(root).Documents[0]
		if document.Trust != c.trust || document.Document.Problem != nil || len(document.Document.Policy.Statement) == 0 {
			t.Errorf("%s: got %+v", file, document)
		}
	}
}
