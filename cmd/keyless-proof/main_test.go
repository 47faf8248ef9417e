package main

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestProvesWithoutWhatRenders(t *testing.T) {
	packages, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(packages), "keyless-runners/preflight\n") {
		t.Error("it carries no preflight")
	}
	renders := regexp.MustCompile(`(?m)^.*(jsii|aws-cdk-go|cdk8s|constructs-go|k8s\.io|keyless-runners/(fleet|infra|manifests)).*$`)
	for _, name := range renders.FindAllString(string(packages), -1) {
		t.Errorf("it carries %s, which only rendering needs", name)
	}
}

func TestProvesDist(t *testing.T) {
	program := filepath.Join(t.TempDir(), "keyless-proof")
	if output, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	for want, arguments := range map[string][]string{
		"proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app, and no one else can (4 files)\n":            {"check", "../../dist"},
		"error: no file and no runner is named \"web\"\nthe runners among the files are\n  \"build\" or \"RunnerDeployment self-hosted-runners/runner-deployment\"\n": {"explain", "../../dist", "web"},
	} {
		output, _ := exec.Command(program, arguments...).CombinedOutput()
		if !strings.HasSuffix(string(output), want) {
			t.Errorf("%q: got\n%swant the end\n%s", arguments, output, want)
		}
	}
}
