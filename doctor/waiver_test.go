package doctor_test

import (
	"os"
	"strings"
	"testing"
)

// edit changes a text that a file of dist has once.
func edit(t *testing.T, file, old, new string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(text), old) != 1 {
		t.Fatalf("%s does not have %q once:\n%s", file, old, text)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), old, new, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

const (
	readsS3 = `{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::builds/*"}]}`
	waives  = `"Metadata": {"keyless-runners": {"waive": {"KR077": "builds read their inputs"}}}, `
)

// withS3 has a role that may do more than push, in the template and deployed.
func withS3(t *testing.T) *world {
	w := irsa(t)
	edit(t, template, `"RoleName": "self_hosted_runner_role",`, `"RoleName": "self_hosted_runner_role", "Policies": [{"PolicyName": "s3", "PolicyDocument": `+readsS3+`}],`)
	w.replace(t, roles, `"RolePolicyList": []`, `"RolePolicyList": [{"PolicyName": "s3", "PolicyDocument": `+readsS3+`}]`)
	return w
}

// What a template waives is waived of what is deployed of it, though no account keeps waivers.
func TestWaiversOfATemplateCount(t *testing.T) {
	w := withS3(t)
	if found, output := w.examine(t); found.Proved() || len(found.Drift) > 0 {
		t.Errorf("without a waiver:\n%s", output)
	}
	edit(t, template, `"PoolbuildRoleF781E195": {`, `"PoolbuildRoleF781E195": {`+waives)
	found, output := w.examine(t)
	if !found.Proved() || !strings.Contains(output, `waived KR077: role "arn:aws:iam::111122223333:role/self_hosted_runner_role" may do more than push: s3:GetObject (reason: builds read their inputs)`) {
		t.Error(output)
	}
}

// What is deployed may do more than what was waived.
func TestWaiversCountForWhatTheyAreAbout(t *testing.T) {
	w := withS3(t)
	edit(t, template, `"PoolbuildRoleF781E195": {`, `"PoolbuildRoleF781E195": {`+waives)
	w.replace(t, roles, "s3:GetObject", "s3:*")
	if found, output := w.examine(t); found.Proved() || strings.Contains(output, "KR003") || !strings.Contains(output, "warning KR077") {
		t.Error(output)
	}
}

// Comments of manifests are in no cluster either.
func TestWaiversOfAManifestCount(t *testing.T) {
	w := irsa(t)
	const latest = "summerwind/actions-runner:v2.250.0-ubuntu-22.04"
	edit(t, manifest, "summerwind/actions-runner:v2.337.0-ubuntu-22.04", latest)
	w.replace(t, example+"runnerdeployments", "summerwind/actions-runner:v2.337.0-ubuntu-22.04", latest)
	found, output := w.examine(t)
	if found.Proved() {
		t.Fatalf("nothing is found without a waiver:\n%s", output)
	}
	id := found.Report.Findings[0].Kind.ID
	edit(t, manifest, "      image: "+latest, "      image: "+latest+" # keyless: waive "+id+" it is replaced tomorrow")
	if found, output := w.examine(t); !found.Proved() {
		t.Error(output)
	}
}
