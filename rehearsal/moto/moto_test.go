package moto_test

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/account"
	"keyless-runners/rehearsal/moto"
	"keyless-runners/rehearsal/moto/mototest"
)

func config(server *moto.Server, region identity.Region) aws.Config {
	return aws.Config{
		Region:       string(region),
		BaseEndpoint: aws.String(server.Endpoint),
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "test", SecretAccessKey: "test"}, nil
		}),
	}
}

// server is shared by the tests of the package.
var server *moto.Server

func TestMain(m *testing.M) {
	os.Exit(mototest.Main(m, "../..", func(s *moto.Server) { server = s }))
}

func TestServerIsTheAccountOnLoopback(t *testing.T) {
	if !regexp.MustCompile(`^http://localhost:[0-9]+$`).MatchString(server.Endpoint) {
		t.Errorf("endpoint: got %q", server.Endpoint)
	}
	caller, err := sts.NewFromConfig(config(server, "us-east-1")).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
	if err != nil {
		t.Fatal(err)
	}
	if *caller.Account != "111122223333" {
		t.Errorf("account: got %s, want 111122223333", *caller.Account)
	}
	address := strings.TrimPrefix(server.Endpoint, "http://localhost")
	for _, other := range others(t) {
		if connection, err := net.Dial("tcp", other+address); err == nil {
			connection.Close()
			t.Errorf("it answers on %s, want loopback only", other)
		}
	}
}

// Two accounts at once: what one gets, the other does not have, and one ends alone.
func TestServersDoNotMeet(t *testing.T) {
	other, err := mototest.Start(t.Context(), "../..", t.TempDir(), "444455556666")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Stop()
	mototest.Reset(t, server)
	template := []byte(`{"Resources": {"Repository": {"Type": "AWS::ECR::Repository", "Properties": {"RepositoryName": "app"}}}}`)
	a, err := account.Open(other, "us-east-1")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Deploy(t.Context(), "us-east-1", "test", template); err != nil {
		t.Fatal(err)
	}
	wantRepositories(t, other, "arn:aws:ecr:us-east-1:444455556666:repository/app")
	wantRepositories(t, server)
	other.Stop()
	if connection, err := net.Dial("tcp", strings.TrimPrefix(other.Endpoint, "http://")); err == nil {
		connection.Close()
		t.Error("it answers after Stop")
	}
	wantRepositories(t, server)
}

// A shell starts a server and ends without stopping it.
func TestServerEndsWithWhoStartedIt(t *testing.T) {
	folder := t.TempDir()
	first, err := mototest.Start(t.Context(), "../..", folder, mototest.Account) // leaves the plugin there
	if err != nil {
		t.Fatal(err)
	}
	first.Stop()
	python, err := moto.Install(t.Context(), "../../.build/rehearsal", func(time.Duration) {})
	if err != nil {
		t.Fatal(err)
	}
	shell := exec.Command("sh", "-c", `"$0" -m plugin own & while [ ! -e own ]; do sleep 0.05; done`, python)
	shell.Dir = folder
	if err := shell.Run(); err != nil {
		t.Fatal(err)
	}
	port, err := os.ReadFile(filepath.Join(folder, "own"))
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		connection, err := net.Dial("tcp", "localhost:"+string(port))
		if err != nil {
			return
		}
		connection.Close()
	}
	t.Error("it still answers")
}

func wantRepositories(t *testing.T, server *moto.Server, want ...string) {
	t.Helper()
	found, err := ecr.NewFromConfig(config(server, "us-east-1")).DescribeRepositories(t.Context(), &ecr.DescribeRepositoriesInput{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, repository := range found.Repositories {
		got = append(got, *repository.RepositoryArn)
	}
	if !slices.Equal(got, want) {
		t.Errorf("image repositories of %s: got %q, want %q", server.Account, got, want)
	}
}

// others are the addresses of this machine that are not loopback, of IPv4.
func others(t *testing.T) []string {
	t.Helper()
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	var others []string
	for _, a := range addresses {
		if ip := a.(*net.IPNet).IP; !ip.IsLoopback() && ip.To4() != nil {
			others = append(others, ip.String())
		}
	}
	return others
}

func TestStartRefusesWhatIsNoAccount(t *testing.T) {
	_, err := moto.Start(t.Context(), moto.Options{Account: "1111"})
	if err == nil || err.Error() != `account "1111": want 12 digits, got 4` {
		t.Errorf("got %v", err)
	}
}

func TestStartSaysWhyItFailed(t *testing.T) {
	folder := t.TempDir()
	python := filepath.Join(folder, "python")
	if err := os.WriteFile(python, []byte("#!/bin/sh\necho no module named moto >&2\nexit 1\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := moto.Start(t.Context(), moto.Options{Python: python, Folder: folder, Account: "111122223333"})
	const want = "moto of account 111122223333: ended before it was ready: exit status 1\n  no module named moto"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// What no decision is made by, and so is not in what account reads.
func TestImageRepositoryHasItsSettings(t *testing.T) {
	mototest.Reset(t, server)
	a, err := account.Open(server, "us-east-1")
	if err != nil {
		t.Fatal(err)
	}
	template, err := os.ReadFile("../../dist/infra/keyless-runners.template.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Deploy(t.Context(), "us-east-1", "keyless-runners", template); err != nil {
		t.Fatal(err)
	}
	client := ecr.NewFromConfig(config(server, "us-east-1"))
	found, err := client.DescribeRepositories(t.Context(), &ecr.DescribeRepositoriesInput{RepositoryNames: []string{"my-app"}})
	if err != nil {
		t.Fatal(err)
	}
	repository := found.Repositories[0]
	if repository.ImageTagMutability != "IMMUTABLE" || !repository.ImageScanningConfiguration.ScanOnPush || repository.EncryptionConfiguration.EncryptionType != "AES256" {
		t.Errorf("got %s, %+v and %+v", repository.ImageTagMutability, repository.ImageScanningConfiguration, repository.EncryptionConfiguration)
	}
	lifecycle, err := client.GetLifecyclePolicy(t.Context(), &ecr.GetLifecyclePolicyInput{RepositoryName: aws.String("my-app")})
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"rules":[{"rulePriority":1,"description":"expire untagged images","selection":{"tagStatus":"untagged","countType":"imageCountMoreThan","countNumber":10},"action":{"type":"expire"}}]}`
	if *lifecycle.LifecyclePolicyText != want {
		t.Errorf("lifecycle policy:\ngot  %s\nwant %s", *lifecycle.LifecyclePolicyText, want)
	}
}
