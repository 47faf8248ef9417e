package main

import (
	"os/exec"
	"regexp"
	"testing"
)

// What reads accounts and clusters would slow every start, and is in keyless-doctor.
func TestStartsWithoutWhatReadsAccounts(t *testing.T) {
	packages, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range regexp.MustCompile(`(?m)^.*(aws-sdk-go|client-go|keyless-runners/(live|doctor)$).*$`).FindAllString(string(packages), -1) {
		t.Errorf("it carries %s", name)
	}
}
