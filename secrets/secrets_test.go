package secrets_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/secrets"
)

// What looks like keys, made here so that no file holds one.
var (
	accessKeyID = "AKIA" + strings.Repeat("Q7", 8)
	temporaryID = "ASIA" + strings.Repeat("Z7", 8)
	secretKey   = strings.Repeat("aB3/", 10)
	githubToken = "ghp_" + strings.Repeat("aB3d", 9)
	finePAT     = "github_pat_" + strings.Repeat("aB3_", 10)
	privateKey  = "-----BEGIN " + "RSA PRIVATE KEY-----\n" + strings.Repeat("MIIE", 16)
)

func TestInNamesEachKindOfKeyOnce(t *testing.T) {
	for _, c := range []struct {
		promise, name, text string
		want                []string
	}{
		{"access key id", "A", accessKeyID, []string{"an AWS access key id"}},
		{"both ids", "", accessKeyID + " " + temporaryID, []string{"an AWS access key id"}},
		{"id of the documentation", "", "AKIA" + "IOSFODNN7EXAMPLE", nil},
		{"id of one letter", "", "AKIA" + strings.Repeat("X", 16), nil},
		{"token of one letter", "", "ghp_" + strings.Repeat("x", 36), nil},
		{"secret key under its name", "AWS_SECRET_ACCESS_KEY", secretKey, []string{"an AWS secret access key"}},
		{"secret key behind its name", "run", "export SECRET_KEY=" + secretKey, []string{"an AWS secret access key"}},
		{"the same text under another name", "digest", secretKey, nil},
		{"tokens of GitHub", "", githubToken + " " + finePAT, []string{"a GitHub token"}},
		{"token of an installation", "", strings.Replace(githubToken, "ghp", "ghs", 1), []string{"a GitHub token"}},
		{"too short for a token", "", "ghp_short", nil},
		{"private key", "", privateKey, []string{"a private key"}},
		{"private key in one line", "", strings.ReplaceAll(privateKey, "\n", `\n`), []string{"a private key"}},
		{"encrypted private key", "", strings.Replace(privateKey, "\n", "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n", 1), []string{"a private key"}},
		{"dots for a private key", "", "-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----", nil},
		{"a word for a private key", "", "-----BEGIN PRIVATE KEY-----\n<your key>\n-----END PRIVATE KEY-----", nil},
		{"the first letters of a private key", "", "-----BEGIN PRIVATE KEY-----\nMIIE...\n-----END PRIVATE KEY-----", nil},
		{"public key", "", "-----BEGIN PUBLIC KEY-----", nil},
		{"password of a registry", "", `{"auths":{"111122223333.dkr.ecr.us-east-1.amazonaws.com":{"auth":"` + strings.Repeat("x", 20) + `"}}}`, []string{"a password for an Amazon ECR registry"}},
		{"two kinds", "", githubToken + " " + accessKeyID, []string{"an AWS access key id", "a GitHub token"}},
		{"nothing", "A", "-trimpath", nil},
	} {
		if diff := cmp.Diff(c.want, secrets.In(c.name, c.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.promise, diff)
		}
	}
}

func TestHasPasswordInURL(t *testing.T) {
	for text, want := range map[string]bool{
		"http://user:" + "hunter2@proxy.example.com:3128":                  true,
		"socks5://:" + "hunter2@proxy.example.com":                         true,
		"see https://example.com and ftp://a:" + "b@example.com/x?y":       true,
		"jdbc:postgresql://user:" + "pass%40word@db.example.com:5432/name": true,
		"http://proxy.example.com:3128":                                    false,
		"http://user@proxy.example.com:3128":                               false,
		"https://example.com/a:b@c":                                        false,
		"https://example.com?a=b:c@d":                                      false,
		"http://user:$PASSWORD@proxy.example.com":                          false,
		"https://x-access-token:${{secrets.TOKEN}}@github.com/o/r":         false,
		"git@github.com:octo-org/my-app.git":                               false,
		"":                                                                 false,
	} {
		if got := secrets.HasPasswordInURL(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}
