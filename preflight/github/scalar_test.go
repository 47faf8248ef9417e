package github_test

import "testing"

// https://yaml.org/spec/1.2.2/#103-core-schema
func TestScalarsAreThoseOfYAML12(t *testing.T) {
	for written, want := range map[string]string{
		"012345678910": "12345678910", "111122223333": "111122223333", "007": "7", "0": "0", "-01": "-1", "+12": "12",
		"1e3": "1000", "1.10": "1.1", "1.0": "1", ".5": "0.5", "1.": "1", "0x1F": "31", "0o17": "15", "017": "17",
		"1234567890123456": "1.23456789012346E+15", "1e20": "1E+20", ".inf": "Infinity", "-.INF": "-Infinity", ".nan": "NaN",
		"1_000": "1_000", "0b11": "0b11", "12:30": "12:30", "2026-11-28": "2026-11-28", "2026-11-28T10:00:00Z": "2026-11-28T10:00:00Z",
		"yes": "yes", "on": "on", "Off": "Off", "n": "n", "True": "true", "FALSE": "false", "'012'": "012", `"1e3"`: "1e3", "!!str 012": "012",
		"1.2.3": "1.2.3", "v1": "v1", "0x": "0x", "08e": "08e",
	} {
		got := read(t, "on: push\nenv: {A: "+written+"}\njobs: {a: {runs-on: \"${{ env.A }}\"}}\n")
		if want := "a\non " + want; got != want {
			t.Errorf("%s: got %q, want %q", written, got, want)
		}
	}
}

func TestNumbersAreWrittenAnewWhereverTheyStand(t *testing.T) {
	const account = "012345678910.dkr.ecr.eu-west-1.amazonaws.com"
	testReadings(t, []reading{
		{"an input of an action", steps("- uses: aws-actions/amazon-ecr-login@v2\n  with: {registries: 012345678910}"), "a\nlogin 1 - 12345678910 -"},
		{"the same in quotes", steps("- uses: aws-actions/amazon-ecr-login@v2\n  with: {registries: '012345678910'}"), "a\nlogin 1 - 012345678910 -"},
		{"a variable in a script", steps("- env: {A: 012345678910}\n  run: docker push $A.dkr.ecr.eu-west-1.amazonaws.com/x"), "a\npush 1" + account[2:] + " x -"},
		{"a tag", steps("- env: {TAG: 1.10}\n  run: docker push $R/x:$TAG"), "a\npush " + host + " x 1.1"},
		{"an entry of a matrix", "jobs:\n  a:\n    strategy: {matrix: {m: [1.10, '1.10']}}\n    runs-on: 'v${{ matrix.m }}'\n", "a\non v1.1\na\non v1.10"},
		{"what a matrix excludes", "jobs:\n  a:\n    strategy: {matrix: {m: [1.10, x], exclude: [{m: 1.1}]}}\n    runs-on: 'v${{ matrix.m }}'\n", "a\non vx"},
		{"a default", "on: {workflow_call: {inputs: {i: {default: 010}}}}\njobs: {a: {runs-on: 'v${{ inputs.i }}'}}\n", "a\non v10"},
		{"an option", "on: {workflow_dispatch: {inputs: {i: {type: choice, options: [1.0, 2.0]}}}}\njobs: {a: {runs-on: 'v${{ inputs.i }}'}}\n", "a\non v1\na\non v2"},
		{"a label", "jobs: {a: {runs-on: 0123}}\n", "a\non 123"},
	})
}
