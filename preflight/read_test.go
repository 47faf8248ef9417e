package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight"
	"keyless-runners/preflight/cloudformation"
)

func TestFilesThatAreNoAccount(t *testing.T) {
	write(t, map[string]string{
		"template.yaml":  "Resources: {Role: {Type: AWS::IAM::Role}}",
		"runner.yaml":    "{apiVersion: v1, kind: ServiceAccount, metadata: {name: build, namespace: runners}}",
		"workflow.yaml":  "{on: push, jobs: {push: {runs-on: self-hosted, steps: [{run: docker push x}]}}}",
		"action.yaml":    "{name: a, runs: {using: composite, steps: []}}",
		"policy.json":    `{"Version": "2012-10-17", "Statement": []}`,
		"cluster.json":   `{"cluster": {"arn": "arn:aws:eks:us-east-1:111122223333:cluster/example"}}`,
		"policies.json":  `{"Policies": [{"Arn": "a", "PolicyName": "p"}]}`,
		"notes.yaml":     "todo: [a, b]",
		"folder/a.json":  `{"RoleDetailList": []}`,
		"truncated.json": `{"RoleDetailList": [], "IsTruncated": true, "Marker": "m"}`,
		"page.json":      `{"RoleDetailList": [], "NextToken": "t"}`,
		"account.json":   `{"RoleDetailList": [], "IsTruncated": false}`,
		"filtered.json":  `{"Policies": [{"Arn": "a", "PolicyVersionList": []}]}`,
	})
	const (
		wants = `: --iam wants what "aws iam get-account-authorization-details" prints, and this is `
		page  = `: one page of what "aws iam get-account-authorization-details" prints: run it without --max-items, --starting-token and --no-paginate`
	)
	for name, want := range map[string]string{
		"template.yaml":  wants + "a CloudFormation template: name it without --iam",
		"runner.yaml":    wants + "a Kubernetes object: name it without --iam",
		"workflow.yaml":  wants + "a GitHub workflow: name it without --iam",
		"action.yaml":    wants + "a GitHub action: name it without --iam",
		"policy.json":    wants + "an IAM policy document: name it without --iam",
		"cluster.json":   wants + "what another AWS command prints: name it without --iam",
		"policies.json":  wants + "what another AWS command prints: name it without --iam",
		"notes.yaml":     wants + "of no kind that is known",
		"folder":         wants + "a folder: name the file",
		"truncated.json": page,
		"page.json":      page,
		"missing.json":   ": no such file or directory",
	} {
		_, _, err := preflight.Read(preflight.Input{Paths: []string{"runner.yaml", "folder"}, Accounts: []string{name}})
		if err == nil || err.Error() != name+want {
			t.Errorf("%s: got  %v\nwant %s", name, err, name+want)
		}
	}
	for _, name := range []string{"account.json", "filtered.json", "folder/a.json"} {
		_, files, err := preflight.Read(preflight.Input{Paths: []string{"runner.yaml", "folder"}, Accounts: []string{name}})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if want := map[bool]int{true: 2, false: 3}[name == "folder/a.json"]; files != want {
			t.Errorf("%s: got %d files, want %d", name, files, want)
		}
	}
	if _, _, err := preflight.Read(preflight.Input{Paths: []string{"page.json"}}); err == nil || err.Error() != "page.json"+page {
		t.Errorf("a page that is not named as an account: got %v, want %s", err, page)
	}
}

func TestAServiceAccountOfItsOwnComesBeforeEksctls(t *testing.T) {
	write(t, map[string]string{
		"a.yaml": "{apiVersion: eksctl.io/v1alpha5, kind: ClusterConfig, metadata: {name: c, region: us-east-1}, iam: {serviceAccounts: [{metadata: {name: build, namespace: runners}}]}}",
		"z.yaml": "{apiVersion: v1, kind: ServiceAccount, metadata: {name: build, namespace: runners}}",
	})
	all, files, err := preflight.Read(preflight.Input{Paths: []string{"."}})
	if err != nil || files != 2 || len(all.ServiceAccounts) != 2 {
		t.Fatalf("got %+v of %d files: %v", all.ServiceAccounts, files, err)
	}
	if first := all.ServiceAccounts[0].Place.File; first != "z.yaml" {
		t.Errorf("the first is of %s, want z.yaml", first)
	}
}

// What is of a known kind and not judged is counted; the rest is either judged, or used by what
// is judged, or of no known kind.
func TestFilesInWhichNothingIsLookedAt(t *testing.T) {
	files := readGood(t)
	for name, text := range map[string]string{
		"service.yaml":                    "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: web}}",
		"kustomization.yaml":              "{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, resources: [runner.yaml]}",
		"bucket.json":                     `{"Resources": {"B": {"Type": "AWS::S3::Bucket"}}}`,
		".github/actions/idle/action.yml": "name: idle\nruns: {using: composite, steps: [{run: a, shell: bash}]}\n",
		".github/actions/used/action.yml": "name: used\nruns: {using: composite, steps: [{run: a, shell: bash}]}\n",
		".github/workflows/use.yaml":      "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps: [{uses: ./.github/actions/used}]\n",
		"namespace.yaml":                  "{apiVersion: v1, kind: Namespace, metadata: {name: runners}}",
		"mistyped.yaml":                   "{apiVersion: v1, kind: Service, metadata: {name: s, namespace: web, labels: {a: 1}}}",
		"settings.yaml":                   "a: b\n",
		".github/workflows/steps.yaml":    "- uses: actions/checkout@v6\n- run: docker push web\n",
		".github/labels.yaml":             "- name: bug\n",
		"eksctl.yaml":                     "{apiVersion: eksctl.io/v1alpha5, kind: ClusterConfig, metadata: {name: c, region: us-east-1}, iam: {serviceAccounts: [{metadata: {name: spare, namespace: web}}]}}",
	} {
		files[name] = text
	}
	write(t, files)
	found, output := check(t, cloudformation.Settings{})
	want := []string{".github/actions/idle/action.yml", ".github/workflows/steps.yaml", "bucket.json", "kustomization.yaml", "service.yaml"}
	if diff := cmp.Diff(want, found.NotLookedAt); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if want := "(13 files; 5 files hold nothing that is looked at)\n"; !strings.HasSuffix(output, want) {
		t.Errorf("got\n%s, want it to end in %s", output, want)
	}
}

func TestTerraformFilesAreNoAccount(t *testing.T) {
	write(t, map[string]string{"state.json": `{"format_version": "1.0", "terraform_version": "1.9.8", "values": {}}`, "main.tf": "", "runner.yaml": "{apiVersion: v1, kind: Namespace}"})
	for name, want := range map[string]string{
		"state.json": `state.json: --iam wants what "aws iam get-account-authorization-details" prints, and this is what "terraform show -json" prints: name it without --iam`,
		"main.tf":    `main.tf: Terraform's configuration, of which Terraform alone knows what it comes to: run "terraform plan -out FILE" and give what "terraform show -json FILE" prints`,
	} {
		if _, _, err := preflight.Read(preflight.Input{Paths: []string{"runner.yaml"}, Accounts: []string{name}}); err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

func TestFoldersOfOtherFiles(t *testing.T) {
	write(t, map[string]string{"a/notes.yaml": "todo: []", "a/more.json": "{}", "b/notes.yaml": "todo: []", "c/notes.txt": ""})
	const (
		other = ": no file below this folder is a CloudFormation template, a Kubernetes object, a GitHub workflow, an IAM policy document or what Terraform or the AWS command line prints"
		named = ": neither a CloudFormation template, nor a Kubernetes object, nor a GitHub workflow, nor an IAM policy document, nor what Terraform or the AWS command line prints"
	)
	for want, paths := range map[string][]string{
		"a" + other:                      {"a"},
		"a" + other + "\n" + "b" + other: {"a", "b"},
		"a/notes.yaml" + named:           {"a/notes.yaml", "b"},
		"c: no file below this folder ends in .json, .template, .yaml, .yml": {"c"},
	} {
		if _, _, err := preflight.Read(preflight.Input{Paths: paths}); err == nil || err.Error() != want {
			t.Errorf("%q: got  %v\nwant %s", paths, err, want)
		}
	}
}
