package preflight_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"keyless-runners/preflight"
	"keyless-runners/preflight/cloudformation"
)

// TestPodsAsTheWebhookMakesThem runs the archives of testdata/findings/pod: the good chain
// with a few lines changed, what is found in it and which links do not hold ("output"), and
// the lines that mend it ("mended"), after which it is proved. Each was compared with the
// real webhook and with Kubernetes' own validation.
func TestPodsAsTheWebhookMakesThem(t *testing.T) {
	names, err := filepath.Glob(exampleFolder + "/pod/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d archives: %v", len(names), err)
	}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		good := readGood(t)
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			if got := judgePod(t, good, archive); got != "" {
				t.Errorf("not mended:\n%s", got)
			}
		})
		if *update {
			if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// judgePod makes the changes of an archive, compares what is found then with its output,
// and returns what is found in the end.
func judgePod(t *testing.T, good map[string]string, archive *txtar.Archive) string {
	t.Helper()
	files := maps.Clone(good)
	for i := range archive.Files {
		section := &archive.Files[i]
		switch section.Name {
		case "output":
			got := podFindings(t, files)
			if diff := cmp.Diff(string(section.Data), got); diff != "" && !*update {
				t.Errorf("output (-want +got)\n%s", diff)
			}
			if *update {
				section.Data = []byte(got)
			}
			if i == len(archive.Files)-1 {
				return ""
			}
		case "mended":
			files["runner.yaml"] = applied(t, files["runner.yaml"], string(section.Data))
		default:
			files[section.Name] = applied(t, files[section.Name], string(section.Data))
		}
	}
	return podFindings(t, files)
}

func applied(t *testing.T, before, hunks string) string {
	t.Helper()
	after, _, err := apply(before, hunks)
	if err != nil {
		t.Fatal(err)
	}
	return after
}

// podFindings are the findings and the links that are not proved, a line each.
func podFindings(t *testing.T, files map[string]string) string {
	t.Helper()
	write(t, files)
	found, _ := check(t, cloudformation.Settings{})
	var out strings.Builder
	for _, finding := range found.Findings {
		fmt.Fprintf(&out, "%s: %s %s: %s\n    fix: %s\n", finding.Place, finding.Kind.Severity, finding.Kind.ID, finding.Problem, finding.Fix)
	}
	for _, chain := range found.Chains {
		for _, link := range chain.Links {
			if link.State != preflight.Proved {
				fmt.Fprintf(&out, "%s: %s: %s\n", link.Name, link.State, link.Text)
			}
		}
	}
	return out.String()
}

// TestPodsOfEveryKind judges one Pod as each kind that makes Pods has it.
func TestPodsOfEveryKind(t *testing.T) {
	const account = "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: build\n  namespace: runners\n  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/runners/build\n---\n"
	kinds := []struct{ name, before, after string }{
		{"Pod", "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: runners, LABELS}\nspec:\n", ""},
		{"Deployment", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: p, namespace: runners}\nspec:\n template:\n  metadata: {LABELS}\n  spec:\n", ""},
		{"AutoscalingRunnerSet", "apiVersion: actions.github.com/v1alpha1\nkind: AutoscalingRunnerSet\nmetadata: {name: push-my-app, namespace: runners, labels: {app.kubernetes.io/version: 0.14.2}}\nspec:\n githubConfigUrl: https://github.com/octo-org/my-app\n githubConfigSecret: github-app\n template:\n  metadata: {LABELS}\n  spec:\n   restartPolicy: Never\n", ""},
		{"RunnerDeployment", "apiVersion: actions.summerwind.dev/v1alpha1\nkind: RunnerDeployment\nmetadata: {name: p, namespace: runners}\nspec:\n template:\n  metadata: {LABELS}\n  spec:\n", "   repository: octo-org/my-app\n   labels: [push-my-app]\n   dockerEnabled: false\n"},
	}
	const runner = "name: runner, image: ghcr.io/octo-org/actions-runner:2, command: [/home/runner/run.sh], env: [{name: AWS_EC2_METADATA_DISABLED, value: 'true'}ENV]"
	const token = "projected: {sources: [{serviceAccountToken: {audience: sts.amazonaws.com, path: token}}]}"
	pod := func(env, mounts, volumes, sidecar string) string {
		return "   serviceAccountName: build\n   securityContext: {fsGroup: 1001}\n   containers:\n   - {" + strings.Replace(runner, "ENV", env, 1) +
			", volumeMounts: [" + mounts + "]}\n" + sidecar + "   volumes: [" + volumes + "]\n"
	}
	const docker = "   - {name: docker, image: docker:dind, securityContext: {privileged: true}}\n"
	const folder = "/var/run/secrets/eks.amazonaws.com/serviceaccount"
	for _, test := range []struct{ name, labels, pod, want string }{
		{"as it should be", "", pod("", "", "", ""), ""},
		{"the label that keeps EKS' webhook away", "eks.amazonaws.com/skip-pod-identity-webhook: 'true'", pod("", "", "", ""), "KR086"},
		{"that label without a value", "eks.amazonaws.com/skip-pod-identity-webhook: ''", pod("", "", "", ""), "KR086"},
		{"that label as null", "eks.amazonaws.com/skip-pod-identity-webhook: ", pod("", "", "", ""), "KR086"},
		{"that label, and all by hand", "eks.amazonaws.com/skip-pod-identity-webhook: ''", pod(", {name: AWS_ROLE_ARN, value: 'arn:aws:iam::111122223333:role/runners/build'}, {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: /aws/token}", "{name: aws, mountPath: /aws}", "{name: aws, "+token+"}", ""), ""},
		{"a folder by the volume's name", "", pod("", "", "{name: aws-iam-token, emptyDir: {}}", ""), "KR086"},
		{"a folder of the node by the volume's name", "", pod("", "", "{name: aws-iam-token, hostPath: {path: /x}}", ""), "KR086"},
		{"a Secret by the volume's name", "", pod("", "", "{name: aws-iam-token, secret: {secretName: aws}}", ""), "KR086"},
		{"a projected Secret by the volume's name", "", pod("", "", "{name: aws-iam-token, projected: {sources: [{secret: {name: aws}}]}}", ""), "KR086"},
		{"a token for another audience", "", pod("", "", "{name: aws-iam-token, projected: {sources: [{serviceAccountToken: {audience: vault, path: token}}]}}", ""), "KR040"},
		{"a token at another path", "", pod("", "", "{name: aws-iam-token, projected: {sources: [{serviceAccountToken: {audience: sts.amazonaws.com, path: aws}}]}}", ""), "KR086"},
		{"the token", "", pod("", "", "{name: aws-iam-token, "+token+"}", ""), ""},
		{"the token elsewhere", "", pod("", "{name: aws-iam-token, mountPath: /work}", "{name: aws-iam-token, "+token+"}", ""), "KR086"},
		{"the token above", "", pod("", "{name: aws-iam-token, mountPath: /var/run/secrets/eks.amazonaws.com}", "{name: aws-iam-token, "+token+"}", ""), "KR086"},
		{"the token in its place, with a slash", "", pod("", "{name: aws-iam-token, mountPath: "+folder+"/}", "{name: aws-iam-token, "+token+"}", ""), ""},
		{"another volume over the token's folder", "", pod("", "{name: cache, mountPath: /var/run/secrets}", "{name: cache, emptyDir: {}}", ""), ""},
		{"another volume at the token's folder", "", pod("", "{name: cache, mountPath: "+folder+"}", "{name: cache, emptyDir: {}}", ""), "KR019"},
		{"another volume there, with a slash", "", pod("", "{name: cache, mountPath: "+folder+"/}", "{name: cache, emptyDir: {}}", ""), "KR128"},
		{"another volume over the token's file", "", pod("", "{name: cache, mountPath: "+folder+"/token}", "{name: cache, emptyDir: {}}", ""), "KR086"},
		{"a volume that is not there", "", pod("", "{name: cache, mountPath: /cache}", "", ""), "KR019"},
		{"two volumes of a name", "", pod("", "", "{name: cache, emptyDir: {}}, {name: cache, emptyDir: {}}", ""), "KR019"},
		{"a token for a minute", "", pod("", "", "{name: other, projected: {sources: [{serviceAccountToken: {path: token, expirationSeconds: 60}}]}}", ""), "KR019"},
		{"a token without a path", "", pod("", "", "{name: other, projected: {sources: [{serviceAccountToken: {audience: vault}}]}}", ""), "KR019"},
		{"a privileged sidecar", "", pod("", "", "", docker), "KR082"},
		{"a sidecar with a role", "", pod("", "", "", "   - {name: logs, image: fluent/fluent-bit:3, env: [{name: AWS_ROLE_ARN, value: x}]}\n"), ""},
		{"a role", "", pod(", {name: AWS_ROLE_ARN, value: 'arn:aws:iam::111122223333:role/runners/build'}", "", "", ""), "KR085"},
		{"a file", "", pod(", {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: "+folder+"/token}", "", "", ""), "KR085"},
		{"role and file", "", pod(", {name: AWS_ROLE_ARN, value: 'arn:aws:iam::111122223333:role/runners/build'}, {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: "+folder+"/token}", "", "", ""), ""},
		{"another role and file", "", pod(", {name: AWS_ROLE_ARN, value: 'arn:aws:iam::111122223333:role/runners/other'}, {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: "+folder+"/token}", "", "", ""), "KR022"},
		{"all kinds of variables, so no mount", "", pod(", {name: AWS_REGION, value: us-east-1}, {name: AWS_STS_REGIONAL_ENDPOINTS, value: regional}, {name: AWS_ROLE_ARN, value: 'arn:aws:iam::111122223333:role/runners/build'}, {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: "+folder+"/token}", "", "", ""), "KR086"},
		{"a role of a Secret", "", pod(", {name: AWS_ROLE_ARN, valueFrom: {secretKeyRef: {name: aws, key: role}}}, {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: "+folder+"/token}", "", "", ""), "KR128"},
		{"a role of other variables", "", pod(", {name: AWS_ROLE_ARN, value: $(ROLE)}, {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: "+folder+"/token}", "", "", ""), "KR128"},
	} {
		for _, kind := range kinds {
			t.Run(test.name+" in a "+kind.name, func(t *testing.T) {
				labels := "labels: {" + test.labels + "}"
				got, text := ids(t, nil, map[string]string{"runner.yaml": account + strings.Replace(kind.before, "LABELS", labels, 1) + test.pod + kind.after})
				// Without Docker it pushes nothing. The set has not all labels, and those of a Pod are not known.
				got = slices.DeleteFunc(got, func(id string) bool { return id == "KR060" || id == "KR133" || id == "KR106" })
				if strings.Join(got, " ") != test.want {
					t.Errorf("got %q, want %q\n%s", got, test.want, text)
				}
			})
		}
	}
}

// A workload that takes a role by hand is followed, though its ServiceAccount names none.
func TestRoleByHandOfAnotherWorkload(t *testing.T) {
	files := readGood(t)
	files["template.yaml"] = strings.Replace(files["template.yaml"], exactSubject, strings.Replace(exactSubject, "system:serviceaccount:runners:build\n", "['system:serviceaccount:runners:build', 'system:serviceaccount:runners:tool']\n", 1), 1)
	files["tool.yaml"] = `apiVersion: v1
kind: ServiceAccount
metadata: {name: tool, namespace: runners}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: tool, namespace: runners}
spec:
  template:
    spec:
      serviceAccountName: tool
      containers:
      - name: tool
        image: tool
        env:
        - {name: AWS_ROLE_ARN, value: "arn:aws:iam::111122223333:role/runners/build"}
        - {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: /aws/token}
        volumeMounts: [{name: aws, mountPath: /aws}]
      volumes:
      - {name: aws, projected: {sources: [{serviceAccountToken: {audience: sts.amazonaws.com, path: token}}]}}
`
	write(t, files)
	found, output := check(t, cloudformation.Settings{})
	if len(found.Findings) > 0 || len(found.Chains) != 2 {
		t.Errorf("got %d chains\n%s", len(found.Chains), output)
	}
	for _, chain := range found.Chains {
		for _, link := range chain.Links {
			if link.State != preflight.Proved {
				t.Errorf("%s: %s: %s", chain.Workload, link.Name, link.Text)
			}
			if want := `AWS_ROLE_ARN of its Pods is the ARN of role "build"`; chain.Pool == "tool" && link.Name == preflight.LinkRole && link.Text != want {
				t.Errorf("got %q, want %q", link.Text, want)
			}
		}
	}
}
