package diff_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/diff"
	"keyless-runners/preflight/cloudformation"
	"keyless-runners/preflight/report"
)

const (
	pushActions = `["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload", "ecr:PutImage"]`
	pullActions = `["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]`
	arns        = "arn:aws:ecr:us-east-1:111122223333:repository/"
)

// deployer is a role that someone with a name takes, with statements: actions and resources in
// turn.
func deployer(statements ...string) string {
	var documents []string
	for i := 0; i < len(statements); i += 2 {
		documents = append(documents, fmt.Sprintf(`{"Effect": "Allow", "Action": %s, "Resource": "%s"}`, statements[i], statements[i+1]))
	}
	return fmt.Sprintf(`{"Resources": {
  "Deployer": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "deployer",
    "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/ci"}, "Action": "sts:AssumeRole"}]},
    "Policies": [{"PolicyName": "images", "PolicyDocument": {"Version": "2012-10-17", "Statement": [%s]}}]}}}}`, strings.Join(documents, ", "))
}

// sharing is an image repository that lets others in.
func sharing(policy string) string {
	return `{"Resources": {"Images": {"Type": "AWS::ECR::Repository", "Properties": {"RepositoryName": "web", "RepositoryPolicyText": {"Version": "2012-10-17", "Statement": [` + policy + `]}}}}}`
}

func lets(who, actions string) string {
	return `{"Effect": "Allow", "Principal": {"AWS": "` + who + `"}, "Action": ` + actions + `}`
}

// A pull is a row where no push implies it, and counts as a gain.
func TestPullsAreRowsOfTheirOwnWithoutAPush(t *testing.T) {
	const row = registry + "%s - - - arn:aws:iam::111122223333:role/ci deployer"
	of := func(mark, grant, name string) string {
		return mark + " " + grant + " " + fmt.Sprintf(row, name)
	}
	for _, test := range []struct {
		change    string
		base, now string
		gains     bool
		verdict   string
		rows      []string
	}{
		{"a push comes", deployer(pullActions, arns+"base"), deployer(pullActions, arns+"base", pushActions, arns+"web"), true, "1 push gained, 0 lost", []string{of("+", "push", "web")}},
		{"a pull comes", deployer(pushActions, arns+"web"), deployer(pushActions, arns+"web", pullActions, arns+"base"), true, "1 pull gained, 0 lost", []string{of("+", "pull", "base")}},
		{"a push comes to a pull", deployer(pullActions, arns+"web"), deployer(pushActions, arns+"web"), true, "1 push gained, 0 lost", []string{of("+", "push", "web")}},
		{"a push goes, and the pull stays", deployer(pushActions, arns+"web"), deployer(pullActions, arns+"web"), false, "0 pushes gained, 1 lost", []string{of("-", "push", "web")}},
		{"both go", deployer(pushActions, arns+"web"), deployer(pullActions, arns+"base"), true, "0 pushes gained, 1 lost; 1 pull gained, 0 lost",
			[]string{of("+", "pull", "base"), of("-", "push", "web")}},
		{"a part of a pull comes", deployer(pushActions, arns+"web"), deployer(pushActions, arns+"web", `"ecr:BatchGetImage"`, arns+"base"), false, "no one gained or lost a push or a pull", nil},
		{"the other part of it", deployer(`"ecr:BatchGetImage"`, arns+"base"), deployer(`"ecr:BatchGetImage"`, arns+"base", `"ecr:GetDownloadUrlForLayer"`, arns+"*"), true, "1 pull gained, 0 lost", []string{of("+", "pull", "base")}},
		{"pulls of everything are one row", deployer(pullActions, arns+"base"), deployer(pullActions, arns+"*"), true, "1 pull gained, 0 lost",
			[]string{"+ pull every image repository of 111122223333.dkr.ecr.us-east-1.amazonaws.com but " + fmt.Sprintf(row, "base")}},
		{"another account may pull", sharing(lets("arn:aws:iam::444455556666:root", pullActions)), sharing(lets("arn:aws:iam::444455556666:root", pullActions) + "," + lets("arn:aws:iam::777788889999:root", pullActions)), true, "1 pull gained, 0 lost",
			[]string{"+ pull web - - - arn:aws:iam::777788889999:root (the image repository's policy)"}},
		{"another account may push and pull", sharing(lets("arn:aws:iam::444455556666:root", pullActions)), sharing(lets("arn:aws:iam::444455556666:root", pullActions) + "," + lets("arn:aws:iam::777788889999:root", pushActions)), true, "1 push gained, 0 lost",
			[]string{"+ push web - - - arn:aws:iam::777788889999:root (the image repository's policy)"}},
		{"everyone may pull", sharing(lets("arn:aws:iam::444455556666:root", pullActions)), sharing(lets("*", pullActions)), true, "1 pull gained, 1 lost",
			[]string{"+ pull web - - - everyone (the image repository's policy)", "- pull web - - - arn:aws:iam::444455556666:root (the image repository's policy)"}},
	} {
		t.Run(test.change, func(t *testing.T) {
			found := diff.Between(stateOf(t, map[string]string{"t.json": test.base}), stateOf(t, map[string]string{"t.json": test.now}), nil)
			if got := found.Verdict(); got != test.verdict {
				t.Errorf("verdict %q, want %q", got, test.verdict)
			}
			if found.Gains() != test.gains {
				t.Errorf("gains: %t, want %t", found.Gains(), test.gains)
			}
			if difference := cmp.Diff(test.rows, rows(t, found)); difference != "" {
				t.Errorf("rows (-want +got):\n%s", difference)
			}
		})
	}
}

// rows returns the rows of the text's table, with one blank between columns and without the remark, if
// there is none.
func rows(t *testing.T, found diff.Difference) (rows []string) {
	t.Helper()
	var out bytes.Buffer
	if err := diff.Write(&out, report.Text, found); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if mark := strings.TrimSpace(line[:min(4, len(line))]); mark == "+" || mark == "-" {
			rows = append(rows, mark+" "+strings.TrimSuffix(strings.Join(strings.Fields(line)[1:], " "), " -"))
		}
	}
	return rows
}

// Roles that may pull everything are common: one row is enough for a reviewer, and JSON has all.
func TestPullsThatAreAlikeAreOneRow(t *testing.T) {
	withImages := func(role string) string {
		var images []string
		for i := range 20 {
			images = append(images, fmt.Sprintf(`"Images%d": {"Type": "AWS::ECR::Repository", "Properties": {"RepositoryName": "app-%02d"}}`, i, i))
		}
		return strings.Replace(role, `{"Resources": {`, `{"Resources": {`+strings.Join(images, ", ")+", ", 1)
	}
	read := func(role string) diff.State {
		state, err := diff.Read(diff.Input{Label: "dist", Path: writeTemplate(t, withImages(role)), Settings: cloudformation.Settings{Account: "111122223333", Region: "us-east-1"}})
		if err != nil {
			t.Fatal(err)
		}
		return state
	}
	const of = " - - - arn:aws:iam::111122223333:role/ci arn:aws:iam::111122223333:role/deployer"
	base := deployer(pullActions, arns+"base")
	for _, test := range []struct {
		name, now string
		pulls     int
		rows      []string
	}{
		{"by a pattern", deployer(pullActions, arns+"base", pullActions, "*"), 21, []string{"+ pull every image repository but 111122223333.dkr.ecr.us-east-1.amazonaws.com/base (20 more are alike)" + of}},
		{"three", deployer(pullActions, arns+"base", pullActions, arns+"app-00", pullActions, arns+"app-01", pullActions, arns+"app-02"), 3,
			[]string{"+ pull " + registry + "app-00" + of, "+ pull " + registry + "app-01" + of, "+ pull " + registry + "app-02" + of}},
		{"four", deployer(pullActions, arns+"base", pullActions, arns+"app-00", pullActions, arns+"app-01", pullActions, arns+"app-02", pullActions, arns+"app-03"), 4,
			[]string{"+ pull " + registry + "app-00 (3 more are alike)" + of}},
		{"pushes, each by itself", deployer(pullActions, arns+"base", pushActions, arns+"app-00", pushActions, arns+"app-01", pushActions, arns+"app-02", pushActions, arns+"app-03"), 0,
			[]string{"+ push " + registry + "app-00" + of, "+ push " + registry + "app-01" + of, "+ push " + registry + "app-02" + of, "+ push " + registry + "app-03" + of}},
	} {
		found := diff.Between(read(base), read(test.now), nil)
		if len(found.Pulls) != test.pulls {
			t.Errorf("%s: got %d pulls, want %d", test.name, len(found.Pulls), test.pulls)
		}
		if difference := cmp.Diff(test.rows, rows(t, found)); difference != "" {
			t.Errorf("%s: rows (-want +got):\n%s", test.name, difference)
		}
	}
}

func writeTemplate(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "t.json")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}
