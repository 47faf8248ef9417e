// Package readme_test runs the README's commands for AWS and for a cluster, each as it
// stands there, with an account and a cluster on this machine.
package readme_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/moto"
	"keyless-runners/rehearsal/program/programtest"
	"keyless-runners/rehearsal/stage"
)

const (
	account identity.AccountID = "111122223333"
	prod    identity.AccountID = "333333333333"
	region  identity.Region    = "us-east-1"
	issuer  identity.Issuer    = "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
)

func TestCommands(t *testing.T) {
	top, err := filepath.Abs("../..")
	must(t, err)
	self, err := os.Executable()
	must(t, err)
	python, err := moto.Install(t.Context(), filepath.Join(top, ".build/rehearsal"), func(time.Duration) {})
	must(t, err)
	programs := programtest.Built(t)
	up, err := stage.New(stage.Options{Folder: t.TempDir(), Programs: programs, Python: python, Self: self})
	must(t, err)
	t.Cleanup(up.Stop)
	aws, err := up.OpenAccount(t.Context(), account, region)
	must(t, err)
	another, err := up.OpenAccount(t.Context(), prod, region)
	must(t, err)
	runners, err := up.StartCluster(t.Context(), "example", identity.ClusterARN{Partition: "aws", Region: region, Account: account, Name: "example"}, issuer)
	must(t, err)
	up.Add("example", runners)

	shell := shell{top: top, tools: t.TempDir(), endpoint: aws.Server.Endpoint, prod: another.Server.Endpoint, kubeconfig: runners.Kubeconfig}
	must(t, shell.equip(python, programs.Kubectl))
	// In a group, because the scripts are parallel tests, and what they talk to has to
	// stay up until they have ended.
	t.Run("README", func(t *testing.T) {
		testscript.Run(t, testscript.Params{
			Dir:   "testdata",
			Setup: shell.setup,
			Cmds: map[string]func(*testscript.TestScript, bool, []string){
				"empty-account": func(script *testscript.TestScript, _ bool, _ []string) {
					script.Check(aws.Server.Reset(t.Context()))
				},
				"end-namespaces": func(script *testscript.TestScript, _ bool, _ []string) {
					script.Check(runners.Clear(t.Context()))
				},
			},
		})
	})
}

// shell is a user's shell: commands on its PATH, signed in to the account and
// to the cluster. It has no other account and no other cluster.
type shell struct {
	top, tools                 string
	endpoint, prod, kubeconfig string
}

// equip puts aws and kubectl into the folder of tools. The script bin/aws of a virtual
// environment names the folder that it was made in, so Python is asked for its module.
func (s shell) equip(python, kubectl string) error {
	aws := fmt.Sprintf("#!/bin/sh\nexec %q -W ignore -m awscli \"$@\"\n", python)
	if err := os.WriteFile(filepath.Join(s.tools, "aws"), []byte(aws), 0o755); err != nil {
		return err
	}
	return os.Symlink(kubectl, filepath.Join(s.tools, "kubectl"))
}

func (s shell) setup(env *testscript.Env) error {
	nowhere := filepath.Join(env.WorkDir, "no-such-file")
	for name, value := range map[string]string{
		"TOP":  s.top,
		"PATH": s.tools + ":" + filepath.Join(s.top, "node_modules/.bin") + ":" + os.Getenv("PATH"),
		"HOME": os.Getenv("HOME"), // where jsii and Go have their caches

		"JSII_NODE": filepath.Join(s.top, "node_modules/.bin/node"),

		"AWS_ENDPOINT_URL":            s.endpoint,
		"PROD":                        s.prod,
		"AWS_ACCESS_KEY_ID":           "rehearsal-" + string(account), // the CDK keeps whose a key is
		"AWS_SECRET_ACCESS_KEY":       "rehearsal",
		"AWS_DEFAULT_REGION":          string(region),
		"AWS_CONFIG_FILE":             nowhere,
		"AWS_SHARED_CREDENTIALS_FILE": nowhere,
		"AWS_EC2_METADATA_DISABLED":   "true",
		"AWS_PAGER":                   "",

		"CDK_OUTPUT":     filepath.Join(env.WorkDir, "cdk.out"), // not the user's
		"CDK_VALIDATION": "false",                               // as it was when dist/ was rendered
		"CI":             "true",                                // no progress bars
		"NO_COLOR":       "1",

		"KUBECONFIG":   s.kubeconfig,
		"KUBECACHEDIR": filepath.Join(env.WorkDir, "kubectl"),
	} {
		env.Setenv(name, value)
	}
	flags, err := s.overlay(env.WorkDir)
	env.Setenv("GOFLAGS", flags)
	return err
}

// overlay has the go command read the script's fleet/declared.go, if it has one.
func (s shell) overlay(work string) (flags string, err error) {
	declared := filepath.Join(work, "fleet/declared.go")
	if _, err := os.Stat(declared); err != nil {
		return "-buildvcs=false", nil
	}
	content, err := json.Marshal(map[string]any{
		"Replace": map[string]string{filepath.Join(s.top, "fleet/declared.go"): declared},
	})
	if err != nil {
		return "", err
	}
	file := filepath.Join(work, "overlay.json")
	return "-buildvcs=false -overlay=" + file, os.WriteFile(file, content, 0o644)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
