package diagnose_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/diagnose"
)

func titles(found []diagnose.Diagnosis) []string {
	var titles []string
	for _, d := range found {
		titles = append(titles, d.Title)
	}
	return titles
}

func values(d diagnose.Diagnosis) string {
	var texts []string
	for _, value := range d.Values {
		texts = append(texts, value.Name+"="+value.Text)
	}
	return strings.Join(texts, "; ")
}

// wantWhole wants a diagnosis with everything that a reader needs.
func wantWhole(t *testing.T, d diagnose.Diagnosis) {
	t.Helper()
	if d.Title == "" || d.Meaning == "" || !slices.Contains(diagnose.Chain, d.Link) || !strings.HasPrefix(d.Source, "https://") {
		t.Errorf("got %q (link %q, meaning %q, source %q), want all of them", d.Title, d.Link, d.Meaning, d.Source)
	}
	if len(d.Causes) == 0 {
		t.Errorf("%s: got no cause, want one", d.Title)
	}
	for _, cause := range d.Causes {
		if !slices.Contains(diagnose.Subjects, cause.Subject) || cause.What == "" || cause.Look == "" || cause.Fix == "" {
			t.Errorf("%s: got the cause %+v, want its subject, what, where to look and a fix", d.Title, cause)
		}
		for _, line := range []string{cause.What, cause.Look, cause.Fix} {
			if strings.ContainsAny(line, "\n\t") || strings.HasSuffix(line, ".") && !strings.HasSuffix(line, "...") {
				t.Errorf("%s: got %q, want one line without a full stop", d.Title, line)
			}
		}
	}
}

const (
	noAction    = `denied: User: arn:aws:sts::111122223333:assumed-role/gha-pusher/botocore-session-1700000000 is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:us-east-1:111122223333:repository/team/app because no identity-based policy allows the ecr:PutImage action`
	noTrust     = `An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity`
	noLogin     = `no basic auth credentials`
	noAccount   = `pods "build-x7k2p-" is forbidden: error looking up service account actions-runners/ecr-pusher: serviceaccount "ecr-pusher" not found`
	noStack     = `Provider with url https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF already exists.`
	noRunner    = "Requested labels: self-hosted, build\nJob defined at: octo/app/.github/workflows/push.yaml@refs/heads/main\nWaiting for a runner to pick up this job..."
	noReadToken = `PermissionError: [Errno 13] Permission denied: '/var/run/secrets/eks.amazonaws.com/serviceaccount/token'`
)

func TestExplainPutsTheEarliestLinkFirst(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"the chain backwards", strings.Join([]string{noLogin, noAction, noTrust, noReadToken, noAccount, noStack}, "\n"), []string{
			"the account already has a provider for the issuer",
			"the Pod's ServiceAccount does not exist",
			"the job may not read the token",
			"the role's trust policy refuses the token",
			`role "gha-pusher" may not ecr:PutImage on image repository "team/app"`,
			"Docker is not logged in to the registry",
		}},
		{"three failures of one job", noTrust + "\nUnable to locate credentials. You can configure credentials by running \"aws configure\".\nError: Cannot perform an interactive login from a non TTY device\n" +
			noLogin + "\ntoomanyrequests: Rate exceeded\n", []string{
			"the role's trust policy refuses the token",
			"Docker is not logged in to the registry",
			"ECR throttles the requests",
		}},
		{"of one link by their place", "toomanyrequests: Rate exceeded\n" + noLogin, []string{
			"ECR throttles the requests",
			"Docker is not logged in to the registry",
		}},
		{"two image repositories", noAction + "\n" + strings.Replace(noAction, "team/app", "team/api", 1), []string{
			`role "gha-pusher" may not ecr:PutImage on image repository "team/app"`,
			`role "gha-pusher" may not ecr:PutImage on image repository "team/api"`,
		}},
		{"the same again in another session", noAction + "\n" + strings.Replace(noAction, "1700000000", "1700000007", 1), []string{
			`role "gha-pusher" may not ecr:PutImage on image repository "team/app"`,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, titles(diagnose.Explain(c.text))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestExplainLeavesOutWhatASpecificFailureBringsAbout(t *testing.T) {
	for _, c := range []struct{ name, vague, specific, want string }{
		{"no credentials", "Error: Could not load credentials from any providers", noReadToken, "the job may not read the token"},
		{"Go's SDK", "failed to refresh cached credentials, failed to retrieve credentials, operation error STS: AssumeRoleWithWebIdentity, api error AccessDenied: ", "Not authorized to perform sts:AssumeRoleWithWebIdentity", "the role's trust policy refuses the token"},
		{"empty answer", `error parsing HTTP 403 response body: unexpected end of JSON input: ""`, noAction, `role "gha-pusher" may not ecr:PutImage on image repository "team/app"`},
		{"retries", "5f70bf18a086: Retrying in 1 second\nEOF", "name unknown: The repository with name 'team/app' does not exist in the registry with id '111122223333'", "the registry has no image repository of that name"},
		{"malformed", "MalformedPolicyDocument", "Federated principals must be valid domain names or SAML metadata ARNs", "the trust policy's principal is no ARN of a provider"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, text := range []string{c.vague + "\n" + c.specific, c.specific + "\n" + c.vague} {
				if got := titles(diagnose.Explain(text)); len(got) != 1 || got[0] != c.want {
					t.Errorf("got %q, want %q alone", got, c.want)
				}
			}
			if got := diagnose.Explain(c.vague); len(got) != 1 {
				t.Errorf("without it: got %q, want one", titles(got))
			}
		})
	}
}

func TestExplainKnowsNothingOfOtherTexts(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"empty", ""},
		{"blank", " \n\t\r\n"},
		{"binary", "\x00\xff\xfe\x1b["},
		{"a test that failed", "--- FAIL: TestPush (0.00s)\n    push_test.go:12: got 403, want 200\nFAIL\texample.com/app\t0.004s\n##[error]Process completed with exit code 1."},
		{"a job that a runner took", noRunner + "\nJob is about to start running on the runner: build-x7k2p (repository)\n"},
		{"a push that worked", "5f70bf18a086: Retrying in 1 second\n5f70bf18a086: Pushed\nlatest: digest: sha256:ab size: 899"},
		{"another registry", "unexpected status from PUT request to https://ghcr.io/v2/octo/app/manifests/latest: 403 Forbidden"},
		{"another service's refusal", "User: anonymous is not authorized to perform: execute-api:Invoke on resource: *"},
		{"a table of users", "User: ci is not authorized to perform: deploys"},
		{"a warning of a level that is not enforced", `Warning: would violate PodSecurity "restricted:latest": privileged (container "dind" must not set securityContext.privileged=true)`},
		{"the CDK, which goes on", "current credentials could not be used to assume 'arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-111122223333-us-east-1', but are for the right account. Proceeding anyway."},
		{"a provider of Rust's chain, which goes on", `[2024-05-03T16:48:58Z DEBUG aws_config::meta::credentials::chain] provider in chain did not provide credentials provider=Environment context=the credential provider was not enabled: environment variable not set`},
		{"a database's certificate", "Error: self-signed certificate in certificate chain\n    at TLSSocket.onConnectSecure (node:_tls_wrap:1679:34)"},
		{"another registry's denial", "The push refers to repository [registry.example.com/octo/app]\n5f70bf18a086: Preparing\ndenied: requested access to the resource is denied"},
		{"another exit code", "##[error]Process completed with exit code 1370."},
		{"a program's own API", `Get "http://localhost:8080/api/users": dial tcp 127.0.0.1:8080: connect: connection refused`},
		{"a program's gRPC", `rpc error: code = Unavailable desc = error reading from server: EOF`},
		{"a program's certificate", "System.Net.Http.HttpRequestException : The SSL connection could not be established, see inner exception. ---- System.Security.Authentication.AuthenticationException : The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot"},
		{"a program's upload", `Post "https://api.example.com/v1/blobs/uploads/": EOF`},
		{"another chart", "Error: execution error at (shop/templates/deployment.yaml:3:4): image is required"},
		{"another Pod that crashes", "web-7d9f   0/1     CrashLoopBackOff   5 (1m ago)   4m\nBack-off restarting failed container web in pod web-7d9f_default(0b)"},
		{"npm", "npm ERR! code E404\nnpm ERR! 404 Not Found - GET https://registry.npmjs.org/@octo%2fapp - Not found"},
		{"npm's folder", "npm ERR! Error: EACCES: permission denied, mkdir '/usr/local/lib/node_modules/typescript'"},
		{"gcc", "main.c:10:5: error: expected ';' before 'return'\ncollect2: error: ld returned 1 exit status"},
		{"git", "fatal: unable to access 'https://github.com/octo/app/': Could not resolve host: github.com"},
		{"git's push", "remote: Permission to octo/app.git denied to github-actions[bot].\nfatal: unable to access 'https://github.com/octo/app/': The requested URL returned error: 403"},
		{"a Dockerfile's command", `ERROR: process "/bin/sh -c apt-get install -y foo" did not complete successfully: exit code: 100`},
		{"a Dockerfile that is missing", "ERROR: failed to solve: failed to read dockerfile: open Dockerfile: no such file or directory"},
		{"another registry's scopes", "ERROR: failed to solve: failed to push ghcr.io/octo/app:latest: denied: permission_denied: The token provided does not match expected scopes."},
		{"another file system", "app[12]: mount: permission denied"},
		{"GitHub's limit for another program", "HTTP 403: You have exceeded a secondary rate limit. Please wait a few minutes before you try again."},
		{"nodes in a report", "3/3 nodes are ready"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := diagnose.Explain(c.text); len(got) != 0 {
				t.Errorf("got %q, want none", titles(got))
			}
		})
	}
}

func TestExplainReadsTheLastMebibyte(t *testing.T) {
	filler := strings.Repeat("Downloading layer 5f70bf18a086: 12.3MB/45.6MB\n", 1<<16)
	if got := titles(diagnose.Explain(filler + noTrust)); len(got) != 1 || got[0] != "the role's trust policy refuses the token" {
		t.Errorf("at the end of %d bytes: got %q, want the trust policy", len(filler), got)
	}
	if got := diagnose.Explain(noTrust + filler); len(got) != 0 {
		t.Errorf("before the last mebibyte: got %q, want none", titles(got))
	}
}

// What an expression costs grows with the text and not with its square, or these
// would not come back.
func TestExplainComesBackFromTextsThatAlmostMatch(t *testing.T) {
	for name, text := range almost {
		t.Run(name, func(t *testing.T) {
			found := diagnose.Explain(strings.Repeat(text, 1<<18/len(text)))
			if len(found) > 1 {
				t.Errorf("got %q, want one at most", titles(found))
			}
		})
	}
}

func TestValueIsThatOfTheName(t *testing.T) {
	d := diagnose.Explain(noAction)[0]
	for _, c := range []struct{ name, want string }{{"role", "gha-pusher"}, {"image repository", "team/app"}, {"tag", ""}} {
		if got := d.Value(c.name); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// A caller that changes a diagnosis does not change the next one.
func TestDiagnosesShareNoCauses(t *testing.T) {
	for _, text := range []string{noAction, strings.Replace(noAction, "botocore-session-1700000000", "i-0e5afb93460d609d2", 1), noTrust, noRunner, "Unable to locate credentials", "no such host: lookup api.ecr.us-esat-1.amazonaws.com: no such host"} {
		first := diagnose.Explain(text)[0]
		want := fmt.Sprint(first.Causes)
		for i := range first.Causes {
			first.Causes[i] = diagnose.Cause{}
		}
		if got := fmt.Sprint(diagnose.Explain(text)[0].Causes); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}
