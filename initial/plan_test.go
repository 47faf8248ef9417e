package initial_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"mvdan.cc/sh/v3/syntax"

	"keyless-runners/initial"
)

// reading are the verbs of commands that change nothing.
var reading = regexp.MustCompile(`^(describe|get|list)-`)

func TestPlanOnlyReads(t *testing.T) {
	plan := initial.Plan("prod", "eu-central-1")
	script, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(plan), "")
	if err != nil {
		t.Fatalf("%v in\n%s", err, plan)
	}
	var got []string
	syntax.Walk(script, func(node syntax.Node) bool {
		call, is := node.(*syntax.CallExpr)
		if !is || len(call.Args) == 0 {
			return true
		}
		var words []string
		for _, arg := range call.Args[:min(3, len(call.Args))] {
			words = append(words, arg.Lit())
		}
		switch words[0] {
		case "aws":
			if !reading.MatchString(words[2]) {
				t.Errorf("%q changes something", words)
			}
			got = append(got, strings.Join(words[1:], " "))
		case "kubectl":
			if words[1] != "get" || slices.Contains(strings.Split(words[2], ","), "secrets") {
				t.Errorf("%q does more than get objects that are no Secrets", words)
			}
			got = append(got, strings.Join(words, " "))
		case "mkdir", "read", "rm":
		default:
			t.Errorf("unknown command %q", words)
		}
		return true
	})
	want := []string{
		"iam get-account-authorization-details",
		"iam list-open-id-connect-providers",
		"eks describe-cluster",
		"eks list-pod-identity-associations",
		"eks describe-pod-identity-association",
		"ecr describe-repositories",
		"ecr describe-repositories",
		"ecr get-repository-policy",
		"cloudformation list-stacks",
		"cloudformation get-template",
		"kubectl get namespaces,serviceaccounts,rolebindings,resourcequotas,limitranges,networkpolicies",
		"kubectl get ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got commands\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if strings.Contains(plan, "CLUSTER ") || strings.Contains(plan, "REGION") {
		t.Errorf("something is not filled in:\n%s", plan)
	}
}
