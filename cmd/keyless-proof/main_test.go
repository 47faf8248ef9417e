package main

import (
	"os/exec"
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
	renders := regexp.MustCompile(`(?m)^.*(jsii|aws-cdk-go|aws-sdk-go|cdk8s|constructs-go|k8s\.io|keyless-runners/(fleet|infra|manifests|live)).*$`)
	for _, name := range renders.FindAllString(string(packages), -1) {
		t.Errorf("it carries %s, which proving from files does not need", name)
	}
}
