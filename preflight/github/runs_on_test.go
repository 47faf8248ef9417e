package github_test

import (
	"fmt"
	"strings"
	"testing"

	"keyless-runners/preflight/github"
)

func TestJobsAreOnTheirRunners(t *testing.T) {
	testReadings(t, []reading{
		{"string", "jobs:\n  a: {runs-on: x}", "a\non x"},
		{"list", "jobs:\n  a: {runs-on: [self-hosted, x, 1]}", "a\non self-hosted\non x\non 1"},
		{"group", "jobs:\n  a: {runs-on: {group: g}}", "a\ngroup g"},
		{"group and label", "jobs:\n  a: {runs-on: {group: g, labels: x}}", "a\non x\ngroup g"},
		{"group and labels", "jobs:\n  a: {runs-on: {group: \"${{ vars.G }}\", labels: [x, y]}}", "a\non x\non y\ngroup ?(vars.G is not in the files)"},
		{"nothing", "jobs:\n  a: {runs-on: , steps: []}", "a"},
		{"unknown", "jobs:\n  a: {runs-on: [x, \"${{ vars.R }}\"]}", "a\non x\non ?(vars.R is not in the files)"},
		{"a list of JSON", "jobs:\n  a: {runs-on: \"${{ fromJSON('[\\\"x\\\", \\\"y\\\"]') }}\"}", "a\non x\non y"},
		{"not JSON alone", "jobs:\n  a: {runs-on: \"a-${{ fromJSON('[]') }}\"}", "a\non ?(it is a list, and no string)"},
		{"a list in a list", "jobs:\n  a: {runs-on: [[x], [y]]}", "a\non x\non y"},
		{"an object without meaning", "jobs:\n  a: {runs-on: {x: y}}", "a"},
		{"a group that is a list", "jobs:\n  a: {runs-on: {group: [x]}}", "a\ngroup ?(it is a list, and no string)"},
		{"without an end", "jobs:\n  a: {runs-on: \"${{ x\"}", "a\non ?(\"${{\" has no \"}}\")"},
	})
}

func TestContainersAreTheirImages(t *testing.T) {
	testReadings(t, []reading{
		{"string", "jobs:\n  a: {container: x}", "a\ncontainer x"},
		{"object", "jobs:\n  a: {container: {image: x, env: {}}}", "a\ncontainer x"},
		{"alternatives", "jobs:\n  a: {strategy: {matrix: {c: [x, y]}}, container: \"${{ matrix.c }}\"}", "a\ncontainer ?(it may be x or y)"},
		{"unknown", "jobs:\n  a: {container: \"${{ vars.C || 'x' }}\"}", "a\ncontainer ?(vars.C is not in the files)"},
		{"empty", "jobs:\n  a: {container: ''}", "a"},
		{"no image", "jobs:\n  a: {container: {env: {}}}", "a"},
		{"of one runner", "jobs:\n  a: {strategy: {matrix: {include: [{r: p, c: x}, {r: q, c: ''}]}}, runs-on: \"${{ matrix.r }}\", container: \"${{ matrix.c }}\"}",
			"a\non p\ncontainer x\na\non q"},
	})
}

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
func TestMatrixStandsForItsCombinations(t *testing.T) {
	with := func(matrix string) string {
		return "jobs:\n  a:\n    strategy: {matrix: " + matrix + "}\n    runs-on: \"${{ matrix.r }}-${{ matrix.s }}\"\n"
	}
	testReadings(t, []reading{
		{"lists", with("{r: [x, y], s: [1, 2]}"), "a\non x-1\na\non x-2\na\non y-1\na\non y-2"},
		{"excluded", with("{r: [x, y], s: [1, 2], exclude: [{r: x, s: 1}, {r: y, s: 2}]}"), "a\non x-2\na\non y-1"},
		{"excluded by one key", with("{r: [x, y], s: [1, 2], exclude: [{r: x}]}"), "a\non y-1\na\non y-2"},
		{"excluded where a run decides", with("{r: ['${{ vars.R }}'], s: [1, 2], exclude: [{r: x}, {s: 2}]}"), "a\non ?(vars.R is not in the files)"},
		{"excluded by a key that is not there", with("{r: [x], s: [1], exclude: [{q: x}]}"), "a\non x-1"},
		{"included alone", with("{include: [{r: x, s: 1}, {r: y, s: 2}]}"), "a\non x-1\na\non y-2"},
		{"included in all", with("{r: [x, y], include: [{s: 1}]}"), "a\non x-1\na\non y-1"},
		{"included in one", with("{r: [x, y], include: [{r: x, s: 1}]}"), "a\non x-1\na\non y-"},
		{"included beside", with("{r: [x], s: [1], include: [{r: x, s: 2}]}"), "a\non x-1\na\non x-2"},
		{"included, and over what is included", with("{r: [x], include: [{s: 1}, {s: 2}]}"), "a\non x-2"},
		{"included beside does not grow", with("{r: [x], include: [{r: y}, {s: 1}]}"), "a\non x-1\na\non y-"},
		{"the same twice", with("{r: [x, x], s: [1]}"), "a\non x-1"},
		{"of expressions", with("{r: ['${{ vars.R }}'], s: [1]}"), "a\non ?(vars.R is not in the files)"},
		{"of JSON", with(`{r: "${{ fromJSON('[\"x\", \"y\"]') }}", s: [1]}`), "a\non x-1\na\non y-1"},
		{"one key by a run", with("{r: '${{ fromJSON(vars.R) }}', s: [1]}"), "a\non ?(the run makes the matrix)"},
		{"all by a run", with("'${{ fromJSON(vars.R) }}'"), "a\non ?(the run makes the matrix)"},
		{"included by a run", with("{r: [x], include: '${{ fromJSON(vars.R) }}'}"), "a\non ?(the run makes the matrix)"},
		{"included where a run decides", with("{r: ['${{ vars.R }}'], include: [{r: x, s: 1}]}"), "a\non ?(the run makes the matrix)"},
		{"of itself", with("{r: ['${{ matrix.r }}'], s: [1]}"), "a\non ?(matrix.r is not in the job's matrix)"},
		{"a list of itself", "jobs:\n  a:\n    strategy: {matrix: {r: [['${{ matrix.r }}']]}}\n    runs-on: \"${{ matrix.r }}\"\n", "a\non ?(matrix.r is not in the job's matrix)"},
		{"empty", with("{}"), "a\non ?(matrix.r is not in the job's matrix)"},
		{"null", with(""), "a\non ?(matrix.r is not in the job's matrix)"},
		{"a list", with("[]"), "a\non ?(the run makes the matrix)"},
		{"a list of lists", "jobs:\n  a:\n    strategy: {matrix: {r: [[self-hosted, x], y]}}\n    runs-on: \"${{ matrix.r }}\"\n", "a\non self-hosted\non x\na\non y"},
		{"a list of groups", "jobs:\n  a:\n    strategy: {matrix: {r: [{group: g, labels: [x]}, y]}}\n    runs-on: \"${{ matrix.r }}\"\n", "a\non x\ngroup g\na\non y"},
	})
}

// Each alternative of a job has what belongs to it and nothing else.
func TestMatrixKeepsTogetherWhatBelongsTogether(t *testing.T) {
	testReadings(t, []reading{{"", `
jobs:
  a:
    strategy:
      matrix:
        include:
          - {runner: one, region: us-east-1, app: x}
          - {runner: two, region: eu-west-1, app: y}
          - {runner: two, region: eu-west-1, app: z}
    runs-on: [self-hosted, "${{ matrix.runner }}"]
    env:
      AWS_REGION: ${{ matrix.region }}
      IMAGE: 111122223333.dkr.ecr.${{ matrix.region }}.amazonaws.com/${{ matrix.app }}
    steps:
      - run: docker push $IMAGE
      - if: matrix.app == 'z'
        run: docker push $IMAGE-only
      - if: matrix.app == 'none'
        run: docker push $IMAGE-never
`, `
a
on self-hosted
on one
push 111122223333.dkr.ecr.us-east-1.amazonaws.com x -
a
on self-hosted
on two
push 111122223333.dkr.ecr.eu-west-1.amazonaws.com y -
push 111122223333.dkr.ecr.eu-west-1.amazonaws.com z -
push 111122223333.dkr.ecr.eu-west-1.amazonaws.com z-only -`}})
}

func TestTooManyAlternativesAreUnknown(t *testing.T) {
	list := func(n int) string {
		items := make([]string, n)
		for i := range items {
			items[i] = fmt.Sprintf("x%d", i)
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	matrix := func(n int) string {
		return "jobs:\n  a: {strategy: {matrix: {m: " + list(n) + "}}, runs-on: \"${{ matrix.m }}\"}\n"
	}
	if got := len(github.Read(parse(t, matrix(256)), nil).Jobs); got != 256 {
		t.Errorf("got %d jobs, want 256", got)
	}
	const pushed = "jobs:\n  a: {steps: [{run: \"docker push " + host + "/${{ inputs.i }}\"}]}"
	options := func(n int) string {
		return "on: {workflow_dispatch: {inputs: {i: {type: choice, options: " + list(n) + "}}}}\n"
	}
	if got := len(github.Read(parse(t, options(1000)+pushed), nil).Jobs[0].Pushes); got != 1000 {
		t.Errorf("got %d pushes, want 1000", got)
	}
	testReadings(t, []reading{
		{"names", options(1001) + pushed, "a\npush " + host + " ?(it may have too many values to follow) -"},
		{"a matrix", matrix(257), "a\non ?(the matrix is too large)"},
		{"runners", options(257) + "jobs:\n  a: {runs-on: \"${{ inputs.i }}\"}\n", "a\non ?(it may have too many values to follow)"},
		{"runners of two", "jobs:\n  a: {strategy: {matrix: {m: " + list(20) + "}}, runs-on: [\"${{ matrix.m }}\", \"${{ github.ref == 'refs/heads/x' && matrix.m || 'y' }}\", z]}\n",
			strings.TrimSpace(runnersOfTwo(20))},
	})
}

func runnersOfTwo(n int) string {
	var all strings.Builder
	for i := range n {
		fmt.Fprintf(&all, "a\non x%d\non x%d\non z\n", i, i)
	}
	for i := range n {
		fmt.Fprintf(&all, "a\non x%d\non y\non z\n", i)
	}
	return all.String()
}
