package github_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/github"
)

// alternatives are the labels that a job asks for by the expression: one for each
// that it may be.
func alternatives(t *testing.T, expression string) (labels []string) {
	t.Helper()
	workflow := `
on:
  push:
  workflow_dispatch:
    inputs:
      to: {type: choice, options: [a, b], default: b}
      free: {type: string}
      set: {type: string, default: s}
      yes: {type: boolean}
  workflow_call:
    inputs:
      set: {type: string, default: c}
env: {E: env, N: 1, EMPTY: "", G: "${{ github.ref }}"}
jobs:
  a:
    strategy: {matrix: {m: [x, y], n: [{p: q}]}}
    runs-on: "${{ ` + strings.ReplaceAll(expression, `"`, `\"`) + ` }}"
`
	for _, job := range github.Read(parse(t, workflow), nil).Jobs {
		if len(job.RunsOn) != 1 {
			t.Fatalf("%s: got labels %v, want one", expression, job.RunsOn)
		}
		labels = append(labels, show(job.RunsOn[0]))
	}
	return labels
}

// https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
func TestExpressionsAreWhatTheyMayBe(t *testing.T) {
	const ref = "?(github.ref is known only when the job runs)"
	for _, c := range []struct {
		expression string
		want       []string
	}{
		{`'x'`, []string{"x"}},
		{`'it''s'`, []string{"it's"}},
		{`'}}'`, []string{"}}"}},
		{` 'x' `, []string{"x"}},
		{`('x')`, []string{"x"}},
		{`1.5`, []string{"1.5"}},
		{`true`, []string{"true"}},
		{`null`, []string{""}},
		{`env.E`, []string{"env"}},
		{`env['E']`, []string{"env"}},
		{`env.E || 'x'`, []string{"env"}},
		{`env.EMPTY || 'x'`, []string{"x"}},
		{`env.EMPTY && 'x'`, []string{""}},
		{`env.E && 'x'`, []string{"x"}},
		{`env.MISSING`, []string{"?(env.MISSING is not set in the workflow)"}},
		{`env.MISSING || 'x'`, []string{"?(env.MISSING is not set in the workflow)", "x"}},
		{`inputs.to`, []string{"a", "b", ""}},
		{`inputs['to']`, []string{"a", "b", ""}},
		{`INPUTS.To`, []string{"a", "b", ""}},
		{`github.event.inputs.to`, []string{"a", "b", ""}},
		{`inputs.to || 'c'`, []string{"a", "b", "c"}},
		{`inputs.to || 'a'`, []string{"a", "b"}},
		{`inputs.set || 'x'`, []string{"s", "c", "x"}},
		{`inputs.free || 'x'`, []string{`?(input "free" has no default)`, "x"}},
		{`inputs.missing || 'x'`, []string{"x"}},
		{`inputs.missing`, []string{`?(input "missing" is not declared)`}},
		{`inputs.yes && 'x' || 'y'`, []string{"x", "y"}},
		{`inputs.to == 'a' && 'x' || 'y'`, []string{"x", "y"}},
		{`inputs.to == 'A' && inputs.to || 'y'`, []string{"a", "y"}},
		{`inputs.to != 'a' && inputs.to || 'y'`, []string{"y", "b"}},
		{`format('{0}-{1}', inputs.to, inputs.to)`, []string{"a-a", "b-b", "-"}},
		{`inputs.to && inputs.set`, []string{"s", ""}},
		{`!inputs.to && 'x' || 'y'`, []string{"y", "x"}},
		{`!!'x' && 'x'`, []string{"x"}},
		{`matrix.m`, []string{"x", "y"}},
		{`matrix.n.p`, []string{"q"}},
		{`matrix.n.none || 'x'`, []string{"x"}},
		{`matrix.none || 'x'`, []string{"x"}},
		{`matrix.m == 'x' && 'one' || format('two-{0}', matrix.m)`, []string{"one", "two-y"}},
		{`format('a{0}b{{0}}', 'x')`, []string{"axb{0}"}},
		{`format('{1}', 'x')`, []string{"?(format() has no argument for {1})"}},
		{`format('{0', 'x')`, []string{"?(format() has no argument for {0})"}},
		{`format('a{', 'x')`, []string{"a{"}},
		{`vars.X`, []string{"?(vars.X is not in the files)"}},
		{`secrets.X`, []string{"?(secrets.X is not in the files)"}},
		{`needs.b.outputs.x`, []string{"?(needs.b.outputs.x is of no job that this one needs)"}},
		{`runner.os`, []string{"?(runner.os is known only when the job runs)"}},
		{`vars.X || 'x'`, []string{"?(vars.X is not in the files)", "x"}},
		{`vars.X && 'x'`, []string{"", "x"}},
		{`github.ref == 'refs/heads/m' && 'x' || 'y'`, []string{"x", "y"}},
		{`github.ref == 'refs/heads/m' && github.ref != 'refs/heads/M' && 'x' || 'y'`, []string{"y"}},
		{`'refs/heads/m' == github.ref && 'x' || github.ref == 'refs/heads/m' && 'y' || 'z'`, []string{"x", "z"}},
		{`env.G == 'refs/heads/m' && 'x' || github.ref == 'refs/heads/m' && 'y' || 'z'`, []string{"x", "z"}},
		{`github.ref`, []string{ref}},
		{`startsWith(github.ref, 'r') && 'x' || 'y'`, []string{"x", "y"}},
		{`1 < 2 && 'x' || 'y'`, []string{"x", "y"}},
		{`true == true && 'x'`, []string{"x"}},
		{`true == false && 'x' || 'y'`, []string{"y"}},
		{`'1' == 1 && 'x' || 'y'`, []string{"x"}},
		{`0 || 'x'`, []string{"x"}},
		{`'0' || 'x'`, []string{"0"}},
		{`'false' || 'x'`, []string{"false"}},
		{`false || 'x'`, []string{"x"}},
		{`env.N || 'x'`, []string{"1"}},
		{`fromJSON('"x"')`, []string{"x"}},
		{`fromJSON('{"a": ["x", "y"]}').a[1]`, []string{"y"}},
		{`fromJSON('{"a": 1}').b || 'x'`, []string{"x"}},
		{`fromJSON('[')`, []string{"?(fromJSON() is given what cannot be read)"}},
		{`fromJSON(vars.X)`, []string{"?(vars.X is not in the files)"}},
		{`toJSON(env)`, []string{"?(tojson() is known only when the job runs)"}},
		{`matrix[vars.X]`, []string{"?(a part of matrix is chosen by the run)"}},
		{`inputs.*`, []string{"?(a part of inputs is chosen by the run)"}},
		{`nothing.x`, []string{"?(nothing.x is not one of the contexts that can be known)"}},
		{``, []string{`?(the expression "" cannot be read)`}},
		{`'x`, []string{`?("${{" has no "}}")`}},
		{`'x' 'y'`, []string{`?(the expression "'x' 'y'" cannot be read)`}},
		{`(`, []string{`?(the expression "(" cannot be read)`}},
		{`a.`, []string{`?(the expression "a." cannot be read)`}},
		{`format(`, []string{`?(the expression "format(" cannot be read)`}},
		{`'a' ||`, []string{`?(the expression "'a' ||" cannot be read)`}},
		{"\\\"x\\\"", []string{`?(the expression "\"x\"" cannot be read)`}},
		{strings.Repeat("(", 60) + "'x'" + strings.Repeat(")", 60), []string{`?(the expression "` + strings.Repeat("(", 60) + "'x'" + strings.Repeat(")", 17) + `..." cannot be read)`}},
	} {
		t.Run(c.expression, func(t *testing.T) {
			if diff := cmp.Diff(c.want, alternatives(t, strings.ReplaceAll(c.expression, `\"`, `"`))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestInputsDependOnTheEvent(t *testing.T) {
	const use = "jobs:\n  a:\n    runs-on: \"${{ inputs.i }}-${{ inputs.j }}\"\n"
	testReadings(t, []reading{
		{"dispatched only", "on: {workflow_dispatch: {inputs: {i: {default: x}, j: {default: 1}}}}\n" + use, "a\non x-1"},
		{"dispatched and called", "on: {workflow_dispatch: {inputs: {i: {default: x}, j: {default: y}}}, workflow_call: {inputs: {i: {default: z}}}}\n" + use,
			"a\non x-y\na\non z-"},
		{"together or not at all", "on: {push: , workflow_dispatch: {inputs: {i: {default: x}, j: {type: choice, options: [y, z]}}}}\n" + use,
			"a\non x-y\na\non x-z\na\non -"},
		{"what YAML 1.1 makes of on", "\"true\": {workflow_dispatch: {inputs: {i: {default: x}, j: {default: y}}}}\n" + use, "a\non x-y"},
		{"the default is none of the options", "on: {workflow_dispatch: {inputs: {i: {type: choice, options: [x], default: y}, j: {default: z}}}}\n" + use,
			"a\non x-z\na\non y-z"},
		{"no options", "on: {workflow_dispatch: {inputs: {i: {type: choice}, j: {default: z}}}}\n" + use, "a\non ?(input \"i\" has no options)"},
		{"no inputs", "on: [push, workflow_dispatch]\n" + use, "a\non ?(input \"i\" is not declared)"},
		{"null", "on: {workflow_dispatch: {inputs: {i: , j: {default: }}}}\n" + use, "a\non ?(input \"i\" has no default)"},
	})
}
