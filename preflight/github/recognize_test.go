package github_test

import (
	"testing"

	"keyless-runners/preflight/github"
)

func TestRecognize(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"workflow", "name: w\non: push\njobs: {a: {runs-on: x, steps: []}}", true},
		{"on in other forms", "on: [push, pull_request]\njobs: {a: {}}", true},
		{"on without a value", "on:\njobs: {}", true},
		{"what YAML 1.1 makes of on", `{"true": {"push": null}, "jobs": {"a": {"steps": []}}}`, true},
		{"an unknown name beside them", "on: push\nx-anchors: {}\njobs: {a: {}}", true},
		{"fragment of an article", "env: {A: b}\njobs: {build: {steps: [{run: x}]}}", true},
		{"fragment with runs-on", "jobs: {build: {runs-on: x}}", true},
		{"fragment that calls", "jobs: {build: {uses: o/r/.github/workflows/w.yaml@v1}}", true},
		{"fragment of which one job says nothing", "jobs: {a: {}, b: {steps: []}}", true},
		{"jobs without anything", "jobs: {a: {needs: b}}", false},
		{"no jobs", "on: push\nname: w", false},
		{"jobs are a list", "on: push\njobs: [{job: a, steps: []}]", false},
		{"jobs are null", "on: push\njobs:\n", false},
		{"text", "jobs", false},
		{"list", "[jobs, on]", false},
		{"composite action", "name: a\nruns: {using: composite, steps: [{run: x, shell: bash}]}", false},
		{"CloudFormation", "AWSTemplateFormatVersion: 2010-09-09\nResources: {jobs: {Type: AWS::Batch::JobQueue}}", false},
		{"Kubernetes", "apiVersion: v1\nkind: ConfigMap\njobs: {a: {steps: []}}", false},
		{"Kubernetes Job", "apiVersion: batch/v1\nkind: Job\nspec: {template: {spec: {containers: []}}}", false},
		{"IAM", `{"Version": "2012-10-17", "Statement": []}`, false},
		{"Compose", "version: '3'\nservices: {jobs: {image: x}}", false},
		{"GitLab", "stages: [build]\nbuild: {stage: build, script: [make]}", false},
		{"CircleCI", "version: 2.1\njobs: {build: {docker: [{image: x}], steps: [checkout]}}\nworkflows: {}", false},
		{"Azure Pipelines", "trigger: [main]\njobs:\n- job: a\n  steps: []", false},
	} {
		if got := github.Recognize(parse(t, c.text)); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
	if github.Recognize(nil) {
		t.Error("nothing is recognized")
	}
	if got := github.Read(nil, nil); got.Jobs != nil {
		t.Errorf("nothing has jobs: %v", got)
	}
}

func TestRecognizeActions(t *testing.T) {
	for text, want := range map[string]bool{
		"name: a\nruns: {using: composite, steps: []}": true,
		"runs: {using: node24, main: index.js}":        true,
		"runs: {steps: []}":                            false,
		"on: push\njobs: {a: {steps: []}}":             false,
		"x":                                            false,
	} {
		if got := github.RecognizeAction(parse(t, text)); got != want {
			t.Errorf("%s: got %v", text, got)
		}
	}
}
