package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"keyless-runners/cmd/internal/entry"
	"keyless-runners/cmd/internal/terminal"
)

// An account of which the roles and users alone may be read: all else is unknown, by its permission.
func TestDoctorWithHardlyAnyPermission(t *testing.T) {
	answers := map[string]string{
		"GetCallerIdentity":              "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
		"GetAccountAuthorizationDetails": "<GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult><IsTruncated>false</IsTruncated></GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>",
	}
	server := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if answer := answers[r.FormValue("Action")]; answer != "" {
			_, _ = io.WriteString(out, answer)
			return
		}
		out.Header().Set("X-Amzn-ErrorType", "AccessDeniedException")
		out.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(out, "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>")
	}))
	t.Cleanup(server.Close)
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL": server.URL, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_SESSION_TOKEN": "", "AWS_PROFILE": "",
		"AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull, "AWS_EC2_METADATA_DISABLED": "true", "KUBECONFIG": os.DevNull,
	} {
		t.Setenv(name, value)
	}
	t.Chdir(t.TempDir())
	var out, stderr bytes.Buffer
	cmd := doctorCommand(entry.Declaration{})
	cmd.SetArgs([]string{"--cluster", "prod", "--region", "us-east-1", "--save", "saved"})
	cmd.SetOut(&out)
	cmd.SetErr(&stderr)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	var status terminal.Status
	if err := cmd.ExecuteContext(t.Context()); !errors.As(err, &status) || status.Code != 1 || status.Err != nil {
		t.Errorf("got %v, want status 1", err)
	}
	for _, line := range []string{
		"not read, and so unknown:",
		"  account 111122223333: OIDC providers: AccessDenied: no",
		"      fix: allow iam:ListOpenIDConnectProviders",
		`  Kubernetes, cluster prod: all that is in the cluster: kubeconfig has no context of the cluster: run "aws eks update-kubeconfig --name prod --region us-east-1", or name one with --context`,
		"deployed: not proved, 8 calls failed",
	} {
		if !strings.Contains("\n"+out.String(), "\n"+line+"\n") {
			t.Errorf("no line %q in\n%s", line, out.String())
		}
	}
	if _, err := os.Stat("saved/iam/111122223333/users-and-groups.json"); err != nil {
		t.Error(err)
	}
	for _, secret := range []string{"test", "Authorization"} {
		if strings.Contains(out.String()+stderr.String(), secret) {
			t.Errorf("it prints %q:\n%s", secret, out.String())
		}
	}
}

func TestDoctorIsInterrupted(t *testing.T) {
	t.Setenv("KUBECONFIG", os.DevNull)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	cmd := doctorCommand(entry.Declaration{})
	cmd.SetArgs([]string{"--cluster", "prod", "--region", "us-east-1"})
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	var status terminal.Status
	if err := cmd.ExecuteContext(ctx); !errors.As(err, &status) || status.Code != 2 || status.Error() != "interrupted, nothing was judged" {
		t.Errorf("got %v", err)
	}
}

func TestOnlyWantsAFolder(t *testing.T) {
	cmd := doctorCommand(entry.Declaration{})
	cmd.SetArgs([]string{"--cluster", "prod", "--region", "us-east-1", "--only"})
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	var status terminal.Status
	if err := cmd.Execute(); !errors.As(err, &status) || status.Code != 2 || status.Error() != "--only does nothing without --save FOLDER" {
		t.Errorf("got %v", err)
	}
}
