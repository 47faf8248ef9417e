package stage

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const tokenPath = "/var/run/secrets/eks.amazonaws.com/serviceaccount/token"

func TestTokenLiesWhereTheVariableLeads(t *testing.T) {
	file := filepath.Join(t.TempDir(), "runner", tokenPath)
	container := Container{Env: map[string]string{"AWS_WEB_IDENTITY_TOKEN_FILE": tokenPath, "ELSEWHERE": tokenPath + "2"}}
	if err := container.write(tokenPath, file, "the token"); err != nil {
		t.Fatal(err)
	}
	want := Container{
		Env:    map[string]string{"AWS_WEB_IDENTITY_TOKEN_FILE": file, "ELSEWHERE": tokenPath + "2"},
		Tokens: []string{file},
	}
	if diff := cmp.Diff(want, container); diff != "" {
		t.Errorf("container (-want +got):\n%s", diff)
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != "the token" {
		t.Errorf("the file holds %q, error %v", text, err)
	}
}

func TestWorkflowSaysTheRegion(t *testing.T) {
	container := Container{Env: map[string]string{"AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1", "AWS_ROLE_ARN": "the role"}}
	want := []string{"AWS_DEFAULT_REGION=us-east-1", "AWS_REGION=us-west-2", "AWS_ROLE_ARN=the role"}
	if diff := cmp.Diff(want, container.In("us-west-2")); diff != "" {
		t.Errorf("environment (-want +got):\n%s", diff)
	}
	want = []string{"AWS_DEFAULT_REGION=us-east-1", "AWS_REGION=us-west-2"}
	if diff := cmp.Diff(want, container.Without("AWS_ROLE_ARN").In("us-west-2")); diff != "" {
		t.Errorf("environment without the role (-want +got):\n%s", diff)
	}
	if container.Env["AWS_REGION"] != "us-east-1" || container.Env["AWS_ROLE_ARN"] == "" {
		t.Errorf("the container itself was changed: %v", container.Env)
	}
}
