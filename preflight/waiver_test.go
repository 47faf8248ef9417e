package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/cloudformation"
)

// The three forms of a waiver, as docs/checks.md shows them.
const (
	waiverComment    = `        fsGroup: 2000 # keyless: waive KR081 our own image, whose runner has this group`
	waiverAnnotation = `    keyless-runners/waive.KR081: our own image, whose runner has this group`
	waiverMetadata   = `"Metadata": {"keyless-runners": {"waive": {"KR074": "the release team signs by hand, until May"}}}`
)

func TestPageShowsWaiversThatWork(t *testing.T) {
	text := readText(t, page)
	for _, waiver := range []string{waiverComment, waiverAnnotation, waiverMetadata} {
		if !strings.Contains(text, "\n"+waiver+"\n") {
			t.Errorf("%s has no line %s", page, waiver)
		}
	}
}

// What is found without a waiver.
const (
	otherGroup = `fsGroup is "2000", the runner of image "summerwind/actions-runner:v2.337.0-ubuntu-22.04" has 1001`
	otherAdmin = `role "arn:aws:iam::111122223333:role/runners/build" also trusts "arn:aws:iam::111122223333:role/admin"`
)

func TestWaivers(t *testing.T) {
	const group = `-        fsGroup: 1001
+        fsGroup: 2000
`
	const admin = `   Role:
     Type: AWS::IAM::Role

         Statement:
         - Effect: Allow
           Principal:
+            AWS: arn:aws:iam::111122223333:role/admin
+          Action: sts:AssumeRole
+        - Effect: Allow
+          Principal:
             Federated: arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF
`
	const groupStands = ": note KR081: " + otherGroup + "\n    fix: set fsGroup to 1001\n"
	const adminStands = ": warning KR074: " + otherAdmin + "\n    fix: give them their own role\n"
	tests := []struct{ name, file, hunks, want string }{
		{
			"behind the value", "runner.yaml", "-        fsGroup: 1001\n+" + waiverComment + "\n",
			"runner.yaml:25:18: waived KR081: " + otherGroup + " (reason: our own image, whose runner has this group)\n",
		},
		{
			"on a line above", "runner.yaml", "-        fsGroup: 1001\n+        # keyless: waive KR081 our own image\n+\n+        # (built weekly)\n+        fsGroup: 2000\n",
			"runner.yaml:28:18: waived KR081: " + otherGroup + " (reason: our own image)\n",
		},
		{
			"as an annotation of the object", "runner.yaml", " kind: RunnerDeployment\n metadata:\n+  annotations:\n+" + waiverAnnotation + "\n\n" + group,
			"runner.yaml:27:18: waived KR081: " + otherGroup + " (reason: our own image, whose runner has this group)\n",
		},
		{
			"as metadata of the resource", "template.yaml", strings.Replace(admin, "Role\n\n", "Role\n+    "+waiverMetadata+"\n\n", 1),
			"template.yaml:47:11: waived KR074: " + otherAdmin + " (reason: the release team signs by hand, until May)\n",
		},
		{
			"as an annotation of another object", "runner.yaml", "   annotations:\n+    keyless-runners/waive.KR081: our own image\n     eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/runners/build\n\n" + group,
			"runner.yaml:7:5: warning KR003: waiver of KR081, which was not found there\n    fix: take the waiver out\nrunner.yaml:26:18" + groupStands,
		},
		{
			"as metadata of another resource", "template.yaml", "   Push:\n     Type: AWS::IAM::ManagedPolicy\n+    " + waiverMetadata + "\n\n" + admin,
			"template.yaml:18:48: warning KR003: waiver of KR074, which was not found there\n    fix: take the waiver out\ntemplate.yaml:47:11" + adminStands,
		},
		{
			"on the line below", "runner.yaml", group + "+        # keyless: waive KR081 our own image\n",
			"runner.yaml:25:18" + groupStands + "runner.yaml:26: warning KR003: waiver of KR081, which was not found there\n    fix: take the waiver out\n",
		},
		{
			"without a reason", "runner.yaml", "-        fsGroup: 1001\n+        fsGroup: 2000 # keyless: waive KR081\n",
			"runner.yaml:25: warning KR003: waiver of KR081 without a reason\n    fix: say why the finding may stand; without it the waiver does nothing\nrunner.yaml:25:18" + groupStands,
		},
		{
			"annotation without a reason", "runner.yaml", " kind: RunnerDeployment\n metadata:\n+  annotations:\n+    keyless-runners/waive.KR081: \"\"\n\n" + group,
			"runner.yaml:13:5: warning KR003: waiver of KR081 without a reason\n    fix: say why the finding may stand; without it the waiver does nothing\nrunner.yaml:27:18" + groupStands,
		},
		{
			"of an id that there is not", "runner.yaml", "-        fsGroup: 1001\n+        fsGroup: 2000 # keyless: waive KR81 our own image\n",
			"runner.yaml:25: warning KR003: waiver of \"KR81\", which is no finding; did you mean \"KR081\"?\n    fix: write the id as the report does\nrunner.yaml:25:18" + groupStands,
		},
		{
			"of what was not found", "runner.yaml", "-        fsGroup: 1001\n+        fsGroup: 1001 # keyless: waive KR081 our own image\n",
			"runner.yaml:25: warning KR003: waiver of KR081, which was not found there\n    fix: take the waiver out\n",
		},
		{
			"of what is among the files after all", "template.yaml", strings.Replace(admin, "Role\n\n", "Role\n+    Metadata: {keyless-runners: {waive: {KR030: the platform team has it, KR054: the platform team has it}}}\n\n", 1),
			"template.yaml:47:11" + adminStands,
		},
		{
			"of a waiver", "runner.yaml", "-        fsGroup: 1001\n+        # keyless: waive KR003 we like it\n+        fsGroup: 1001 # keyless: waive KR081 our own image\n",
			"runner.yaml:25: warning KR003: KR003 cannot be waived\n    fix: mend or take out the waiver that it is about\nrunner.yaml:26: warning KR003: waiver of KR081, which was not found there\n    fix: take the waiver out\n",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := readGood(t)
			files["runner.yaml"] = strings.Replace(files["runner.yaml"], published.old, published.new, 1)
			text, _, err := apply(files[test.file], test.hunks)
			if err != nil {
				t.Fatal(err)
			}
			files[test.file] = text
			write(t, files)
			found, output := check(t, cloudformation.Settings{})
			got, _, _ := strings.Cut(output, "\nwho can push where")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("findings (-want +got)\n%s", diff)
			}
			if waived := strings.Contains(test.want, " waived "); found.Proved() != waived {
				t.Errorf("proved: %t, want %t", found.Proved(), waived)
			}
		})
	}
}
