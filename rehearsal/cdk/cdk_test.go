package cdk_test

import (
	"context"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/account"
	"keyless-runners/rehearsal/cdk"
	"keyless-runners/rehearsal/moto"
	"keyless-runners/rehearsal/moto/mototest"
)

const top = "../.."

// What all tests of the package share: rendering takes seconds.
var (
	server   *moto.Server
	cli      *cdk.CLI
	assembly *cdk.Assembly
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) (status int) {
	folder, err := os.MkdirTemp("", "cdk_test-")
	if err != nil {
		return failed(err)
	}
	defer os.RemoveAll(folder)
	if err := setUserSettings(folder); err != nil {
		return failed(err)
	}
	if cli, err = cdk.New(top, folder); err != nil {
		return failed(err)
	}
	if assembly, err = cli.Synth(context.Background()); err != nil {
		return failed(err)
	}
	return mototest.Main(m, top, func(s *moto.Server) { server = s })
}

func failed(err error) (status int) {
	log.Print(err)
	return 1
}

// setUserSettings sets what a user may have set. Each would make the command line fail,
// or go elsewhere.
func setUserSettings(folder string) error {
	config := filepath.Join(folder, "config")
	os.Setenv("AWS_CONFIG_FILE", config)
	os.Setenv("AWS_PROFILE", "nobody")
	os.Setenv("AWS_ENDPOINT_URL", "http://localhost:1")
	os.Setenv("CDK_OUTDIR", "/nowhere")
	return os.WriteFile(config, []byte("[default]\nregion = nowhere\nendpoint_url = http://localhost:1\n"), 0o600)
}

func TestProjectIsDeployedOnceAndThenUnchanged(t *testing.T) {
	mine := usersFolders(t)
	mototest.Reset(t, server)
	if err := cli.Bootstrap(t.Context(), server, assembly); err != nil {
		t.Fatal(err)
	}
	for _, want := range [][]identity.StackName{{"keyless-runners"}, nil} {
		got, err := cli.Deploy(t.Context(), server, assembly)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, want) {
			t.Errorf("changed: got %q, want %q", got, want)
		}
	}
	want := []string{
		"arn:aws:iam::111122223333:role/cdk-hnb659fds-cfn-exec-role-111122223333-us-east-1",
		"arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-111122223333-us-east-1",
		"arn:aws:iam::111122223333:role/cdk-hnb659fds-file-publishing-role-111122223333-us-east-1",
		"arn:aws:iam::111122223333:role/cdk-hnb659fds-image-publishing-role-111122223333-us-east-1",
		"arn:aws:iam::111122223333:role/cdk-hnb659fds-lookup-role-111122223333-us-east-1",
		"arn:aws:iam::111122223333:role/self_hosted_runner_role",
	}
	if diff := cmp.Diff(want, roles(t, "us-east-1")); diff != "" {
		t.Errorf("roles, -want +got:\n%s", diff)
	}
	if diff := cmp.Diff(mine, usersFolders(t)); diff != "" {
		t.Errorf("the user's folders, -before +after:\n%s", diff)
	}
}

// roles are all roles of the account, those of the bootstrap among them.
func roles(t *testing.T, region identity.Region) []string {
	t.Helper()
	a, err := account.Open(server, region)
	if err != nil {
		t.Fatal(err)
	}
	found, err := a.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var arns []string
	for _, role := range found.Roles {
		arns = append(arns, role.ARN)
	}
	slices.Sort(arns)
	return arns
}

// usersFolders returns what is where the command line would write by default, and when it
// was written.
func usersFolders(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, name := range []string{"cdk.out", "cdk.context.json", "bin/infra"} {
		info, err := os.Stat(filepath.Join(top, name))
		if err == nil {
			found[name] = info.ModTime().String()
		}
	}
	return found
}

func TestStackOfAnotherAccountStaysOut(t *testing.T) {
	mototest.Reset(t, server)
	other := *server
	other.Account = "444455556666"
	if err := cli.Bootstrap(t.Context(), &other, assembly); err != nil {
		t.Fatal(err)
	}
	if got, err := cli.Deploy(t.Context(), &other, assembly); err != nil || got != nil {
		t.Errorf("got %q and error %v, want nothing deployed", got, err)
	}
	if got := roles(t, "us-east-1"); got != nil {
		t.Errorf("got roles %q, want none", got)
	}
}

func TestFailureHasTheEndOfTheOutput(t *testing.T) {
	mototest.Reset(t, server)
	_, err := cli.Deploy(t.Context(), server, assembly)
	if err == nil || !strings.HasPrefix(err.Error(), "cdk deploy: exit status 1\n  ") || !strings.Contains(err.Error(), "bootstrap") {
		t.Errorf("without a bootstrap: got %v", err)
	}
	if err := cli.Bootstrap(t.Context(), server, assembly); err != nil {
		t.Fatal(err)
	}
	breakTemplate(t)
	_, err = cli.Deploy(t.Context(), server, assembly)
	const want = `PoolbuildRoleF781E195 (AWS::IAM::Role): 'Nobody' is missing`
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v\nwant it to have %s", err, want)
	}
}

// breakTemplate has the role refer to a policy that the template does not have.
func breakTemplate(t *testing.T) {
	t.Helper()
	path := assembly.Stacks[0].Template
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	broken := strings.Replace(string(text), `"Ref": "PoolbuildPolicy00B513EB"`, `"Ref": "Nobody"`, 1)
	if err := os.WriteFile(path, []byte(broken), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.WriteFile(path, text, 0o600) })
}

func TestNewWantsWhatSetupInstalls(t *testing.T) {
	_, err := cdk.New(t.TempDir(), t.TempDir())
	const want = `cdk is not installed here: at the top of the repository, run "make setup" and then this command`
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}

func TestAssemblySaysWhereItsStacksGo(t *testing.T) {
	stack := assembly.Stacks[0]
	stack.Template = filepath.Base(stack.Template)
	want := cdk.Stack{Name: "keyless-runners", Account: "111122223333", Region: "us-east-1", Template: "keyless-runners.template.json"}
	if stack != want || len(assembly.Stacks) != 1 {
		t.Errorf("got %+v\nwant %+v alone", assembly.Stacks, want)
	}
}

func TestOpenWantsToKnowWhereAStackGoes(t *testing.T) {
	for _, c := range []struct{ promise, manifest, want string }{
		{"no account", `{"artifacts": {"a": {"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/us-east-1"}}}`,
			`stack a: account "unknown-account": 'u' at position 1 is not allowed; want 12 digits`},
		{"no region", `{"artifacts": {"a": {"type": "aws:cloudformation:stack", "environment": "aws://111122223333/unknown-region"}}}`,
			`stack a: unknown region "unknown-region": want a region code such as "us-east-1"`},
		{"no manifest", `{`, "manifest.json of the assembly: unexpected end of JSON input"},
	} {
		t.Run(c.promise, func(t *testing.T) {
			folder := t.TempDir()
			if err := os.WriteFile(filepath.Join(folder, "manifest.json"), []byte(c.manifest), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := cdk.Open(folder); err == nil || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}
