package keyless_test

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// What a program of cmd/ carries is asked for here: a test beside the program would be
// linked with all of it.
func carriedBy(t *testing.T, program string) string {
	t.Helper()
	packages, err := exec.Command("go", "list", "-deps", "./cmd/"+program).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(packages)
}

// What reads accounts and clusters would slow every start, and is in keyless-doctor.
func TestKeylessStartsWithoutWhatReadsAccounts(t *testing.T) {
	reads := regexp.MustCompile(`(?m)^.*(aws-sdk-go|client-go|keyless-runners/(live|doctor)$).*$`)
	for _, name := range reads.FindAllString(carriedBy(t, "keyless"), -1) {
		t.Errorf("it carries %s", name)
	}
}

func TestKeylessProofProvesWithoutWhatRenders(t *testing.T) {
	packages := carriedBy(t, "keyless-proof")
	if !strings.Contains(packages, "keyless-runners/preflight\n") {
		t.Error("it carries no preflight")
	}
	renders := regexp.MustCompile(`(?m)^.*(jsii|aws-cdk-go|aws-sdk-go|cdk8s|constructs-go|k8s\.io/(api/|client-go|pod-security)|keyless-runners/(fleet|infra|manifests|live)).*$`)
	for _, name := range renders.FindAllString(packages, -1) {
		t.Errorf("it carries %s, which proving from files does not need", name)
	}
}
