package cloudformation_test

import (
	"os"
	"strconv"
	"testing"

	"keyless-runners/preflight/cloudformation"
	"keyless-runners/preflight/source"
)

func TestRecognizeTakesTemplatesAlone(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"a resource", `{"Resources": {"A": {"Type": "AWS::IAM::Role"}}}`, true},
		{"a custom resource", `{"Resources": {"A": {"Type": "Custom::Thing"}}}`, true},
		{"a resource behind something odd", `{"Resources": {"A": [], "B": {}, "C": {"Type": "AWS::IAM::Role"}}}`, true},
		{"a format version", "AWSTemplateFormatVersion: '2010-09-09'", true},
		{"a printed template", `{"StagesAvailable": ["Original"], "TemplateBody": {"Resources": {"A": {"Type": "AWS::IAM::Role"}}}}`, true},
		{"a printed template in JSON", `{"TemplateBody": "{\"AWSTemplateFormatVersion\": \"2010-09-09\"}"}`, true},
		{"a printed template in YAML", `{"TemplateBody": "Resources:\n  A:\n    Type: AWS::IAM::Role\n"}`, true},
		{"a printed text", `{"TemplateBody": "Resources:\n  - {"}`, false},
		{"printed nothing", `{"TemplateBody": "# nothing"}`, false},
		{"printed documents", `{"TemplateBody": "AWSTemplateFormatVersion: a\n---\nAWSTemplateFormatVersion: a\n"}`, false},
		{"resources of another kind", `{"Resources": {"A": {"Type": "string"}}}`, false},
		{"resources in a list", `{"Resources": [{"Type": "AWS::IAM::Role"}]}`, false},
		{"no resources", `{"Resources": {}}`, false},
		{"a Kubernetes object", `{"apiVersion": "v1", "kind": "ConfigMap", "Resources": {"A": {"Type": "AWS::IAM::Role"}}}`, false},
		{"a Kubernetes object with a template", `{"apiVersion": "v1", "kind": "Stack", "spec": {"template": {"AWSTemplateFormatVersion": "a"}}}`, false},
		{"a kustomization", "resources:\n  - a.yaml", false},
		{"a workflow", "on: push\njobs:\n  a:\n    runs-on: b\n", false},
		{"a policy document", `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}`, false},
		{"a list", `[]`, false},
		{"a string", `Resources`, false},
	} {
		roots, err := source.Parse("f", []byte(c.text))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if got := cloudformation.Recognize(roots[0]); got != c.want {
			t.Errorf("%s: got %t, want %t", c.name, got, c.want)
		}
	}
}

// What get-template prints says the same as the template, in both of its forms.
func TestPrintedTemplatesAreRead(t *testing.T) {
	for _, file := range []string{"testdata/constructs.json", "testdata/eksctl.yaml"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		plain := read(t, "plain", string(text), at)
		within := read(t, "printed", "{\n\"TemplateBody\": "+strconv.Quote(string(text))+"}", at)
		if got, want := within.Templates[0].Size, len(text); got != want {
			t.Errorf("%s: got the size %d, want the template's, %d", file, got, want)
		}
		if got, want := len(within.Roles), len(plain.Roles); got != want || want != 1 {
			t.Fatalf("%s: got %d roles, want %d", file, got, want)
		}
		wantText(t, file, within.Roles[0].Name, spell(plain.Roles[0].Name))
		wantDocument(t, file, within.Roles[0].Trust, string(plain.Roles[0].Trust.Policy.JSON()))
		if got := within.Roles[0].Trust.InStatement(0, "Condition"); got.Line != 2 || got.File != "printed" {
			t.Errorf("%s: got a condition at %s, want line 2, where the text is", file, got)
		}
	}
	object := read(t, "object", `{"TemplateBody": {"Resources": {"A": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "a"}}}}}`, at)
	wantText(t, "name", object.Roles[0].Name, "a")
}
