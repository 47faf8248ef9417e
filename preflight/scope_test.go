package preflight_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	goodScope  = "      repository: octo-org/my-app\n"
	goodLabels = "      labels: [push-my-app]\n"
)

// blanks are those that align the columns of a table.
var blanks = regexp.MustCompile(` {2,}`)

// jobsIn are the columns SCOPE, GROUP and LABELS of a report, for each row, and the verdict.
func jobsIn(text string) (rows []string, verdict string) {
	_, table, _ := strings.Cut(text, "who can push where")
	lines := strings.Split(strings.TrimSpace(table), "\n")
	for _, line := range lines[2 : len(lines)-2] {
		rows = append(rows, strings.Join(blanks.Split(line[4:], -1)[1:4], " | "))
	}
	return rows, lines[len(lines)-1]
}

// Whose jobs a runner takes changes the table and the verdict: AWS does not know it, so
// nothing else in the report does.
func TestScopeGroupAndLabelsAreReported(t *testing.T) {
	scope := func(text string) []edit { return []edit{{"runner.yaml", goodScope, text}} }
	for _, c := range []struct {
		name    string
		edits   []edit
		rows    []string
		verdict string
	}{
		{"a source repository", nil, []string{"octo-org/my-app | - | self-hosted, push-my-app"},
			"proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app, and no one else can (3 files)"},
		{"widened to an organization", scope("      organization: octo-org\n"), []string{"organization octo-org | default | self-hosted, push-my-app"},
			"proved: 1 runner can push to 1 image repository, for jobs of organization octo-org on labels self-hosted, push-my-app, and no one else can (3 files)"},
		{"widened to an enterprise", scope("      enterprise: octo\n"), []string{"enterprise octo | default | self-hosted, push-my-app"},
			"proved: 1 runner can push to 1 image repository, for jobs of enterprise octo on labels self-hosted, push-my-app, and no one else can (3 files)"},
		{"a group", scope("      organization: octo-org\n      group: builders\n"), []string{"organization octo-org | builders | self-hosted, push-my-app"},
			"proved: 1 runner can push to 1 image repository, for jobs of organization octo-org in group builders on labels self-hosted, push-my-app, and no one else can (3 files)"},
		{"a group of a source repository, which has none", scope(goodScope + "      group: builders\n"), []string{"octo-org/my-app | - | self-hosted, push-my-app"},
			"proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app, and no one else can (3 files)"},
		{"several scopes", scope("      organization: octo-org\n      enterprise: octo\n"), []string{"unknown | unknown | self-hosted, push-my-app"},
			"not proved: 1 error (3 files)"},
		{"no scope", scope(""), []string{"unknown | unknown | self-hosted, push-my-app"},
			"not proved: 1 error (3 files)"},
		{"no labels", []edit{{"runner.yaml", goodLabels, ""}, {"workflow.yaml", "[self-hosted, push-my-app]", "self-hosted"}}, []string{"octo-org/my-app | - | self-hosted"},
			"proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on label self-hosted, and no one else can (3 files)"},
		{"labels that every runner has", []edit{{"runner.yaml", goodLabels, "      labels: [linux, push-my-app, Self-Hosted]\n"}}, []string{"octo-org/my-app | - | self-hosted, push-my-app"},
			"proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app, and no one else can (3 files)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, text := ids(t, c.edits, nil)
			rows, verdict := jobsIn(text)
			if diff := cmp.Diff(c.rows, rows); diff != "" || verdict != c.verdict {
				t.Errorf("rows (-want +got)\n%s\nverdict %s\nwant    %s", diff, verdict, c.verdict)
			}
		})
	}
}

// A job that asks for a runner group is given to no runner of another one.
func TestJobsAreInAGroup(t *testing.T) {
	asks := func(group string) edit {
		return edit{"workflow.yaml", "    runs-on: [self-hosted, push-my-app]\n", "    runs-on: {group: " + group + ", labels: [push-my-app]}\n"}
	}
	organization, group := edit{"runner.yaml", goodScope, "      organization: octo-org\n"}, edit{"runner.yaml", goodScope, "      organization: octo-org\n      group: builders\n"}
	for _, c := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"the runner's", []edit{group, asks("Builders")}, []string{}},
		{"another", []edit{group, asks("others")}, []string{"KR060"}},
		{"the default one", []edit{organization, asks("Default")}, []string{}},
		{"one that the runner does not name", []edit{organization, asks("builders")}, []string{"KR060"}},
		{"one, of a source repository's runner", []edit{asks("builders")}, []string{"KR060"}},
		{"one that is not known", []edit{organization, asks("\"${{ vars.GROUP }}\"")}, []string{"KR133"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, text := ids(t, c.edits, nil); !cmp.Equal(c.want, got) {
				t.Errorf("got %q, want %q\n%s", got, c.want, text)
			}
		})
	}
}

// A second runner with the ServiceAccount lets its jobs push too.
func TestEveryRunnerOfAServiceAccountIsReported(t *testing.T) {
	_, text := ids(t, nil, map[string]string{"more.yaml": `apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerDeployment
metadata: {name: wide, namespace: runners}
spec:
  template:
    metadata: {annotations: {eks.amazonaws.com/skip-containers: docker}}
    spec:
      organization: octo-org
      labels: [push-my-app]
      image: summerwind/actions-runner:v2.337.0-ubuntu-22.04
      serviceAccountName: build
      securityContext: {fsGroup: 1001}
      env: [{name: AWS_EC2_METADATA_DISABLED, value: "true"}]
`})
	rows, verdict := jobsIn(text)
	want := []string{"octo-org/my-app | - | self-hosted, push-my-app", "organization octo-org | default | self-hosted, push-my-app"}
	const proved = "proved: 2 runners can push to 1 image repository, for jobs of 1 source repository and 1 organization, and no one else can (4 files)"
	if diff := cmp.Diff(want, rows); diff != "" || verdict != proved {
		t.Errorf("rows (-want +got)\n%s\nverdict %s\nwant    %s", diff, verdict, proved)
	}
}

// Of a role that a template and the account have, the runner is the same.
func TestScopeOfARoleThatIsThereTwice(t *testing.T) {
	const issuer = "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
	_, text := ids(t, nil, map[string]string{"account.json": `{"RoleDetailList": [{
  "Path": "/runners/", "RoleName": "build", "Arn": "arn:aws:iam::111122223333:role/runners/build",
  "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{
    "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
    "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/` + issuer + `"},
    "Condition": {"StringEquals": {"` + issuer + `:sub": "system:serviceaccount:runners:build", "` + issuer + `:aud": "sts.amazonaws.com"}}
  }]},
  "RolePolicyList": [{"PolicyName": "push", "PolicyDocument": {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "ecr:PutImage", "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/my-app"}]}}],
  "AttachedManagedPolicies": []
}]}`})
	if rows, _ := jobsIn(text); !cmp.Equal(rows, []string{"octo-org/my-app | - | self-hosted, push-my-app"}) {
		t.Errorf("got %q\n%s", rows, text)
	}
}

// A scale set is registered by a URL, and has the labels that it is given and no others.
func TestScopeOfAScaleSet(t *testing.T) {
	scaleSet := func(spec string) map[string]string {
		return map[string]string{"runner.yaml": `apiVersion: v1
kind: ServiceAccount
metadata:
  name: build
  namespace: runners
  annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/runners/build"}
---
apiVersion: actions.github.com/v1alpha1
kind: AutoscalingRunnerSet
metadata: {name: push-my-app, namespace: runners}
spec:
` + spec + `  template:
    spec:
      serviceAccountName: build
      containers: [{name: runner, image: "ghcr.io/actions/actions-runner:2.337.0", env: [{name: AWS_EC2_METADATA_DISABLED, value: "true"}]}]
`}
	}
	for _, c := range []struct{ name, spec, want string }{
		{"a source repository", "  githubConfigUrl: https://github.com/octo-org/my-app\n", "octo-org/my-app | - | push-my-app"},
		{"an organization", "  githubConfigUrl: https://github.com/octo-org/\n", "organization octo-org | default | push-my-app"},
		{"an enterprise", "  githubConfigUrl: https://www.github.com/enterprises/octo\n", "enterprise octo | default | push-my-app"},
		{"its own server", "  githubConfigUrl: https://git.example.com/octo-org\n", "organization git.example.com/octo-org | default | push-my-app"},
		{"a group and a name", "  githubConfigUrl: https://github.com/octo-org\n  runnerGroup: builders\n  runnerScaleSetName: push\n", "organization octo-org | builders | push"},
		{"no URL", "", "unknown | unknown | push-my-app"},
		{"no scheme", "  githubConfigUrl: github.com/octo-org\n", "unknown | unknown | push-my-app"},
		{"no scope in it", "  githubConfigUrl: https://github.com\n", "unknown | unknown | push-my-app"},
		{"too long a path", "  githubConfigUrl: https://github.com/octo-org/my-app/tree\n", "unknown | unknown | push-my-app"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, text := ids(t, nil, scaleSet(c.spec))
			if rows, _ := jobsIn(text); !cmp.Equal(rows, []string{c.want}) {
				t.Errorf("got %q, want %q\n%s", rows, c.want, text)
			}
		})
	}
}

// What is no runner of GitHub's may run anybody's jobs.
func TestScopeOfAnotherWorkloadIsUnknown(t *testing.T) {
	_, text := ids(t, []edit{
		{"runner.yaml", "apiVersion: actions.summerwind.dev/v1alpha1\nkind: RunnerDeployment\n", "apiVersion: apps/v1\nkind: Deployment\n"},
	}, nil)
	if rows, _ := jobsIn(text); !cmp.Equal(rows, []string{"unknown | unknown | unknown"}) {
		t.Errorf("got %q\n%s", rows, text)
	}
}

// A job that asks for a runner group gets a runner that is in it: an organization's that names
// none is in the default one, and a source repository's is in none.
func TestJobsThatAskForAGroup(t *testing.T) {
	for _, c := range []struct {
		name, scope, group string
		want               []string
	}{
		{"that its runner names", "      organization: octo-org\n      group: builders\n", "builders", []string{}},
		{"other than its runner's", "      organization: octo-org\n      group: builders\n", "deployers", []string{"KR060"}},
		{"the default one", "      organization: octo-org\n", "Default", []string{}},
		{"of a runner that names none", "      organization: octo-org\n", "builders", []string{"KR060"}},
		{"that a source repository's runner names in vain", goodScope + "      group: builders\n", "builders", []string{"KR060"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, text := ids(t, []edit{{"runner.yaml", goodScope, c.scope}, {"workflow.yaml", "runs-on: [self-hosted, push-my-app]", "runs-on: {group: " + c.group + ", labels: [push-my-app]}"}}, nil)
			if !cmp.Equal(got, c.want) {
				t.Errorf("got %q, want %q\n%s", got, c.want, text)
			}
		})
	}
}

// GitHub gives no one the name that a legacy runner serves.
func TestScopesThatGitHubDoesNotHave(t *testing.T) {
	for scope, want := range map[string]string{
		"repository: my-app":                              `source repository "my-app": want "owner/name"`,
		"repository: https://github.com/octo-org/my-app":  `did you mean "octo-org/my-app"?`,
		"repository: octo-org/my app":                     `source repository name "my app"`,
		"organization: https://github.com/octo-org":       `organization "https://github.com/octo-org"`,
		"organization: octo-org/my-app":                   `organization "octo-org/my-app"`,
		"enterprise: https://github.com/enterprises/octo": `enterprise "https://github.com/enterprises/octo"`,
	} {
		t.Run(scope, func(t *testing.T) {
			got, text := ids(t, []edit{{"runner.yaml", goodScope, "      " + scope + "\n"}}, nil)
			if !cmp.Equal(got, []string{"KR018"}) || !strings.Contains(text, want) {
				t.Errorf("got %q, want %q\n%s", got, want, text)
			}
		})
	}
}
