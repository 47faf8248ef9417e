package secrets_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/secrets"
	"keyless-runners/preflight/source"
)

// What looks like keys, made here so that no file holds one.
var (
	accessKeyID = "AKIA" + strings.Repeat("Q7", 8)
	temporaryID = "ASIA" + strings.Repeat("Z7", 8)
	secretKey   = strings.Repeat("aB3/", 10)
	githubToken = "ghp_" + strings.Repeat("aB3d", 9)
	finePAT     = "github_pat_" + strings.Repeat("aB3_", 10)
	privateKey  = "-----BEGIN " + "RSA PRIVATE KEY-----\n" + strings.Repeat("MIIE", 16) + "\n-----END " + "RSA PRIVATE KEY-----"
	registry    = "111122223333.dkr.ecr.us-east-1.amazonaws.com"
	auth        = base64.StdEncoding.EncodeToString([]byte("AWS:" + strings.Repeat("x", 20)))
)

func encoded(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

func find(t *testing.T, text string) (found []string) {
	t.Helper()
	roots, err := source.Parse("f", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, root := range roots {
		for _, secret := range secrets.Find(root) {
			found = append(found, fmt.Sprintf("%d: %s", secret.Place.Line, secret.What))
		}
	}
	return found
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"access key id", "a: " + accessKeyID, []string{"1: an AWS access key id"}},
		{"temporary access key id", "a: [x, " + temporaryID + "]", []string{"1: an AWS access key id"}},
		{"access key id in a text", "a:\n  b: |\n    export K='" + accessKeyID + "'\n", []string{"2: an AWS access key id"}},
		{"both ids once", "a: " + accessKeyID + " " + temporaryID, []string{"1: an AWS access key id"}},
		{"access key id of the documentation", "a: AKIA" + "IOSFODNN7EXAMPLE", nil},
		{"and another beside it", "a: AKIA" + "IOSFODNN7EXAMPLE " + accessKeyID, []string{"1: an AWS access key id"}},
		{"too short, too long, in a word", "a: AKIAABC\nb: " + accessKeyID + "X\nc: X" + accessKeyID, nil},
		{"in small letters", "a: " + strings.ToLower(accessKeyID), nil},
		{"secret key by its name", "AWS_SECRET_ACCESS_KEY: " + secretKey + "\nsecretAccessKey: " + secretKey + "\naws-secret-access-key: " + secretKey,
			[]string{"1: an AWS secret access key", "2: an AWS secret access key", "3: an AWS secret access key"}},
		{"secret key in a list under its name", "secretKeys:\n- x\n- " + secretKey, []string{"3: an AWS secret access key"}},
		{"secret key of a variable", "env:\n- name: AWS_SECRET_ACCESS_KEY\n  value: " + secretKey, []string{"3: an AWS secret access key"}},
		{"secret key in a script", "run: export AWS_SECRET_ACCESS_KEY=\"" + secretKey + "\"", []string{"1: an AWS secret access key"}},
		{"secret key that is set", "run: aws configure set aws_secret_access_key " + secretKey, []string{"1: an AWS secret access key"}},
		{"secret key in JSON in a text", `a: '{"SecretAccessKey": "` + secretKey + `"}'`, []string{"1: an AWS secret access key"}},
		{"the same under another name", "digest: " + secretKey, nil},
		{"secret key of the documentation", "AWS_SECRET_ACCESS_KEY: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", nil},
		{"a commit", "SECRET_KEY: " + strings.Repeat("0a1b2c3d", 5), nil},
		{"no digits", "SECRET_KEY: " + strings.Repeat("aBcD", 10), nil},
		{"a reference", "AWS_SECRET_ACCESS_KEY: ${{ secrets.AWS_SECRET_ACCESS_KEY }}", nil},
		{"41 characters", "SECRET_KEY: " + secretKey + "x\nrun: SECRET_KEY=" + secretKey + "x", nil},
		{"a token of GitHub", "a: " + githubToken + "\nb: x " + strings.Replace(githubToken, "ghp", "ghs", 1), []string{"1: a GitHub token", "2: a GitHub token"}},
		{"a fine-grained token of GitHub", "a: " + finePAT, []string{"1: a GitHub token"}},
		{"no token of GitHub", "a: ghp_short\nb: ghz_" + strings.Repeat("a", 36), nil},
		{"a private key", "a: |\n  " + strings.ReplaceAll(privateKey, "\n", "\n  ") + "\n", []string{"1: a private key"}},
		{"a public key", "a: -----BEGIN PUBLIC KEY-----", nil},
		{"a registry's password", `{"auths": {"` + registry + `": {"auth": "` + auth + `"}}}`, []string{"1: a password for an Amazon ECR registry"}},
		{"a registry's password in a text", `a: '{"auths": {"https://` + registry + `": {"username": "AWS", "password": "` + auth + `"}}}'`, []string{"1: a password for an Amazon ECR registry"}},
		{"a placeholder for a registry's password", `{"auths": {"` + registry + `": {"auth": "<your password>", "password": "${ECR_PASSWORD}"}}}`, nil},
		{"another registry's password", `{"auths": {"ghcr.io": {"auth": "` + auth + `"}}}`, nil},
		{"a registry without a password", `{"auths": {"` + registry + `": {"auth": ""}}, "credHelpers": {"` + registry + `": "ecr-login"}}`, nil},
		{"the data of a Kubernetes Secret", "kind: Secret\ndata:\n  a: " + encoded(accessKeyID) + "\n  AWS_SECRET_ACCESS_KEY: " + encoded(secretKey) +
			"\n  .dockerconfigjson: " + encoded(`{"auths":{"`+registry+`":{"auth":"`+auth+`"}}}`) + "\n  d: '%'\n  e: [x]\n",
			[]string{"3: an AWS access key id", "4: an AWS secret access key", "5: a password for an Amazon ECR registry"}},
		{"the data of another object", "kind: ConfigMap\ndata:\n  a: " + encoded(accessKeyID) + "\n", nil},
		{"the texts of a Kubernetes Secret", "kind: Secret\nstringData:\n  a: " + accessKeyID + "\n", []string{"3: an AWS access key id"}},
		{"in an object of a list", "items:\n- kind: Secret\n  data: {a: " + encoded(githubToken) + "}", []string{"3: a GitHub token"}},
		{"once for aliases", "a: &x " + accessKeyID + "\nb: *x", []string{"1: an AWS access key id"}},
		{"nothing", "a: [1, true, null, x]", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, find(t, c.text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFindLooksAtNothingUnknown(t *testing.T) {
	root := &source.Node{Kind: source.List, Items: []*source.Node{{Kind: source.Unknown, Text: accessKeyID}, {Kind: source.Number, Text: "1"}}}
	if got := secrets.Find(root); got != nil {
		t.Errorf("got %v", got)
	}
	if got := secrets.Find(nil); got != nil {
		t.Errorf("got %v", got)
	}
}

// No fact holds a value.
func FuzzFind(f *testing.F) {
	f.Add("a: " + accessKeyID)
	f.Add("kind: Secret\ndata: {secretKey: " + encoded(secretKey) + "}")
	f.Add(`{"auths": {"` + registry + `": {"auth": "` + auth + `"}}}`)
	f.Add("- name: a\n  value: " + githubToken)
	f.Fuzz(func(t *testing.T, text string) {
		roots, err := source.Parse("f", []byte(text))
		if err != nil {
			return
		}
		what := map[string]bool{"an AWS access key id": true, "an AWS secret access key": true, "a GitHub token": true, "a private key": true,
			"a password for an Amazon ECR registry": true}
		seen := map[facts.Secret]bool{}
		for _, root := range roots {
			for _, secret := range secrets.Find(root) {
				if !what[secret.What] || seen[secret] {
					t.Fatalf("got %+v", secret)
				}
				seen[secret] = true
			}
		}
	})
}
