package diagnose_test

import (
	"os"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/diagnose"
)

// Each sample stands for its failure: it is explained by its own archive, and by no
// other.
func TestASampleIsExplainedByItsOwnArchive(t *testing.T) {
	for _, f := range diagnose.Failures() {
		for _, s := range f.Samples {
			t.Run(f.Name+"/"+s.Name, func(t *testing.T) {
				found := diagnose.Explain(s.Text)
				if len(found) != 1 || found[0].Name != f.Name {
					t.Fatalf("got %q, want %s alone", names(found), f.Name)
				}
				got := strings.ReplaceAll(strings.ReplaceAll(values(found[0]), "=", ": "), "; ", "\n")
				if diff := cmp.Diff(s.Values, got); diff != "" {
					t.Errorf("values (-want +got):\n%s", diff)
				}
				wantWhole(t, found[0])
			})
		}
	}
}

func names(found []diagnose.Diagnosis) []string {
	var names []string
	for _, d := range found {
		names = append(names, d.Name)
	}
	return names
}

// A pattern without a sample may match nothing that anything ever prints.
func TestAPatternMatchesASample(t *testing.T) {
	for _, f := range diagnose.Failures() {
		if len(f.Samples) == 0 {
			t.Errorf("%s: no sample", f.Name)
		}
		if len(f.Patterns) == 0 && !strings.HasPrefix(f.Name, "denied-") {
			t.Errorf("%s: no pattern", f.Name)
		}
		for _, p := range f.Patterns {
			expr := regexp.MustCompile(p.Expr)
			if !slices.ContainsFunc(f.Samples, func(s diagnose.Sample) bool { return expr.MatchString(diagnose.Clean(s.Text)) }) {
				t.Errorf("%s: no sample matches %s", f.Name, p.Expr)
			}
		}
	}
}

// A marker that a match can be without would hide the failure, and one that is in
// every log would make each cost as much as its expression.
func TestAPatternsMarkerIsInEachMatch(t *testing.T) {
	for _, f := range diagnose.Failures() {
		for _, p := range f.Patterns {
			tree, err := syntax.Parse(p.Expr, syntax.Perl)
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			prefix, _ := regexp.MustCompile(p.Expr).LiteralPrefix()
			if p.Marker == "" && len(prefix) > 4 {
				continue // the expression itself looks for its beginning first
			}
			inEach := slices.ContainsFunc(fixedTexts(tree), func(text string) bool { return strings.Contains(text, p.Marker) })
			if len(p.Marker) < 4 || !inEach {
				t.Errorf("%s: got the marker %q, want a longer text that every match of %s has", f.Name, p.Marker, p.Expr)
			}
		}
	}
}

// fixedTexts are the texts that every match of the expression has, in lower case.
func fixedTexts(expr *syntax.Regexp) []string {
	switch expr.Op {
	case syntax.OpLiteral:
		return []string{strings.ToLower(string(expr.Rune))}
	case syntax.OpConcat, syntax.OpCapture, syntax.OpPlus:
		var texts []string
		for _, part := range expr.Sub {
			texts = append(texts, fixedTexts(part)...)
		}
		return texts
	}
	return nil
}

var (
	archiveName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	// place is an issue or a file of a project on GitHub, and what prints the text.
	place = regexp.MustCompile(`^[\w.-]+/[\w.-]+(#\d+| [\w./-]+)( \([^()]+\))?$`)
)

func TestAnArchiveIsWhole(t *testing.T) {
	page, err := os.ReadFile("../docs/checks.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range diagnose.Failures() {
		if !archiveName.MatchString(f.Name) || f.Title == "" || !strings.HasPrefix(f.Source, "https://") {
			t.Errorf("%s: got title %q, source %q", f.Name, f.Title, f.Source)
		}
		for _, other := range append(slices.Clone(f.Vague), string(f.Link)) {
			isName := slices.ContainsFunc(diagnose.Failures(), func(g diagnose.Failure) bool { return g.Name == other })
			if !isName && !slices.Contains(diagnose.Chain, diagnose.Link(other)) {
				t.Errorf("%s: no link or failure %q", f.Name, other)
			}
		}
		for _, id := range f.Rules {
			if !strings.Contains(string(page), `<a id="`+strings.ToLower(id)+`"></a>`) {
				t.Errorf("%s: docs/checks.md has no %s", f.Name, id)
			}
		}
		for _, seen := range f.Seen {
			if !place.MatchString(seen) {
				t.Errorf("%s: got %q, want OWNER/NAME#NUMBER or OWNER/NAME PATH", f.Name, seen)
			}
		}
		if len(f.Unknown) > 0 || f.Meaning == "" {
			t.Errorf("%s: unknown fields and sections %q, meaning %q", f.Name, f.Unknown, f.Meaning)
		}
		if f.Unless != strings.ToLower(f.Unless) {
			t.Errorf("%s: got %q, want lower case", f.Name, f.Unless)
		}
	}
}

// The texts that people met in public and asked about, and the failure that each is.
func TestExplainKnowsTheTextsOfTheField(t *testing.T) {
	for _, c := range []struct{ text, name, title string }{
		{`169.254.170.23 is not a valid container metadata service hostname`, "pod-identity-old-sdk", "the AWS tool is older than EKS Pod Identity"},
		{`Credentials could not be loaded, please check your action inputs: 169.254.170.23 is not a valid container metadata service hostname`, "pod-identity-old-sdk", "the AWS tool is older than EKS Pod Identity"},
		{`Invalid parameter at 'registryIds' failed to satisfy constraint: 'Member must satisfy regular expression pattern: [0-9]{12}'`, "registry-id-invalid", "the login names a registry that is no account id"},
		{`Skip output 'registry' since it may contain secret.`, "output-masked", "GitHub dropped the job's output, as a masked text is in it"},
		{`invalid argument "https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1" for "-t, --tag" flag: invalid reference format`, "image-name-scheme", "the name of the image or of its registry begins with https://"},
		{`Error parsing reference: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web:" is not a valid repository/tag: invalid reference format`, "image-name-invalid", "the image's name is not one"},
		{`error checking push permissions -- make sure you entered the correct tag name, and that you are authenticated correctly, and try again: checking push permission for "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1": unsupported status code 401; body: Not Authorized`, "push-401", "the registry does not know who pushes"},
		{`Jobs without a job container are forbidden on this runner`, "job-container-required", "the runner takes only jobs with a container"},
		{`Error: Job Container is required.`, "job-container-required", "the runner takes only jobs with a container"},
		{`deployments.apps is forbidden: User "system:serviceaccount:ci:runner" cannot create resource "deployments" in API group "apps" in the namespace "ci"`, "buildx-kubernetes-driver", "the runner may not create Buildx's Deployment"},
		{`Error response from daemon: login attempt to https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/v2/ failed with status: 401 Unauthorized`, "login-401", "the registry does not know the login"},
		{`Error: Could not determine how to assume credentials. Please check your inputs and try again.`, "configure-without-role", "configure-aws-credentials has nothing to configure"},
		{`Error: failed to create job pod: HttpError: HTTP request failed`, "job-pod-refused", "the Kubernetes API refused what the container hooks asked"},
		{`Error: Volume mounts outside of the work folder are not supported`, "job-volume-outside-work", "the container hooks do not mount that volume"},
		{"\x1b[31m ❌  \x1b[1mfleet\x1b[22m failed: \x1b[39mError: Export vpc-demo:DemoVPCPublicSubnetIDs0C2D9BEE cannot be deleted as it is in use by cdk-vpc-to-cfn-elb-demo and elb-cfn-demo", "export-in-use", "another stack still uses what the stack no longer exports"},
		{"com.amazonaws.services.cloudformation.model.AmazonCloudFormationException: Stack:arn:aws:cloudformation:eu-west-3:111122223333:stack/fleet/6d59ef40-0452-11e8-b931-50841cc2b262 is in ROLLBACK_COMPLETE state and can not be updated. (Service: AmazonCloudFormation; Status Code: 400)\n       errorCode: \"ValidationError\"\n    errorMessage: \"Stack:arn:aws:cloudformation:eu-west-3:111122223333:stack/fleet/6d59ef40-0452-11e8-b931-50841cc2b262 is in ROLLBACK_COMPLETE state and can not be updated.\"", "stack-not-updatable", "the stack failed before, and can't be updated from the state that it is in"},
		{"2024-05-14T10:11:12.1234567Z Error: unable to build kubernetes objects from release manifest: resource mapping not\n found for name: \"arc\" namespace: \"arc\" from \"\": no matches for kind\n \"AutoscalingRunnerSet\" in version \"actions.github.com/v1alpha1\"", "kind-unknown", "the cluster does not know the kind AutoscalingRunnerSet"},
		{`failed to solve: failed to fetch oauth token: unexpected status: 403 Forbidden`, "base-image-token", "a registry other than Amazon ECR refuses an image or a chart"},
		{"#4 ERROR: failed to authorize: failed to fetch oauth token: unexpected status: 401 Unauthorized\nerror: failed to solve: failed to fetch oauth token: unexpected status: 401 Unauthorized", "base-image-token", "a registry other than Amazon ECR refuses an image or a chart"},
		{`pods "images-x" is forbidden: violates PodSecurity "baseline:latest": privileged (container "dind" must not set securityContext.privileged=true)`, "privileged-forbidden", "the cluster forbids privileged containers"},
		{"╷\n│ Error: error configuring Terraform AWS Provider: no valid credential sources for Terraform AWS Provider found.\n│ \n│ Error: failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, http response error StatusCode: 404, request to EC2 IMDS failed\n╵", "no-credentials", "the job found no AWS credentials"},
		{`SSL validation failed for https://sts.eu-west-1.amazonaws.com/ [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate in certificate chain (_ssl.c:1006)`, "tls-opened", "a tool doesn't trust the certificate that AWS' endpoint shows"},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := diagnose.Explain(c.text)
			if len(found) != 1 || found[0].Name != c.name || found[0].Title != c.title {
				t.Errorf("%s: got %q, want %q alone", c.text, titles(found), c.title)
			}
		})
	}
}

// What one failure brings about is not reported beside it, whichever stands first.
func TestExplainNamesTheCauseNotTheEcho(t *testing.T) {
	for _, c := range []struct{ name, echo, text, want string }{
		{"the hooks' last line", "Error: Executing the custom container implementation failed. Please contact your self hosted runner administrator.", "Error: failed to create job pod: HttpError: HTTP request failed", "job-pod-refused"},
		{"the hooks' last line, for a step", "Error: Executing the custom container implementation failed. Please contact your self hosted runner administrator.", noAction, "denied-push"},
		{"BuildKit's socket", "could not connect to unix:///run/user/1000/buildkit/buildkitd.sock after 10 trials", "[rootlesskit:parent] error: failed to start the child: fork/exec /proc/self/exe: operation not permitted", "buildkit-rootless"},
		{"the SDK's cached credentials", "failed to refresh cached credentials, failed to load credentials,", "Unauthorized Exception! EKS does not have permissions to assume the associated role., fault: client", "pod-identity-role-refuses"},
		{"the kubelet's wait before the next pull", "Error: ErrImagePull\nBack-off pulling image \"ghcr.io/actions/actions-runner:latst\"", "Failed to pull image \"ghcr.io/actions/actions-runner:latst\": failed to resolve reference \"ghcr.io/actions/actions-runner:latst\": ghcr.io/actions/actions-runner:latst: not found", "node-image-missing"},
		{"the kubelet's wait before the next start", "Back-off restarting failed container dind in pod images-x7k2p_ci(0b)", "failed to start daemon: Devices cgroup isn't mounted", "docker-not-privileged"},
		{"the login's warning", "Error: Could not login to registry ***: WARNING! Using --password via the CLI is insecure. Use --password-stdin.", "Error response from daemon: login attempt to https://***.dkr.ecr.eu-west-1.amazonaws.com/v2/ failed with status: 400 Bad Request", "login-400"},
		{"helm's end of patience", "Error: INSTALLATION FAILED: context deadline exceeded", `admission webhook "policy.example.com" denied the request: a label is missing`, "admission-denied"},
		{"the scale set that was not registered", "Failed to get runner scale set from Actions service", `github api error: StatusCode 403, RequestID "X"`, "registration-token-refused"},
		{"the connection to BuildKit", "ERROR: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF", "Reason: OOMKilled", "memory-exhausted"},
		{"the chain after the agent", "Unable to locate credentials. You can configure credentials by running \"aws configure\".", `Connect timeout on endpoint URL: "http://169.254.170.23/v1/credentials"`, "pod-identity-agent-unreachable"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, text := range []string{c.echo + "\n" + c.text, c.text + "\n" + c.echo} {
				if found := diagnose.Explain(text); len(found) != 1 || found[0].Name != c.want {
					t.Errorf("%s: got %q, want %s alone", text, names(found), c.want)
				}
			}
		})
	}
}

// The node's role may not fetch a Pod's role: that is no fall back to the node's role.
func TestADenialOfTheAgentIsNotOfTheJob(t *testing.T) {
	found := diagnose.Explain(`User: arn:aws:sts::111122223333:assumed-role/eksctl-prod-nodegroup-ng-1-NodeInstanceRole-1UU8XUZSIV6RZ/i-0e5afb93460d609d2 is not authorized to perform: eks-auth:AssumeRoleForPodIdentity on resource: arn:aws:eks:us-east-1:111122223333:cluster/prod`)
	if len(found) != 1 || found[0].Title != "the node may not ask for a Pod's role" {
		t.Errorf("got %q, want the agent's denial", titles(found))
	}
}
