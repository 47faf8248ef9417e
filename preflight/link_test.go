package preflight_test

import (
	"slices"
	"testing"

	"keyless-runners/preflight"
	"keyless-runners/preflight/cloudformation"
)

// TestUnknownLinks looks at links of which the files do not determine whether they hold: they are
// unknown, and not broken.
func TestUnknownLinks(t *testing.T) {
	const issuer = "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
	good := func(edits ...edit) map[string]string {
		files := readGood(t)
		for _, e := range edits {
			replace(t, files, e.file, e.old, e.new)
		}
		return files
	}
	withChart := good(edit{"runner.yaml", "      serviceAccountName: build\n", "      serviceAccountName: builder\n"})
	withChart["values.yaml"] = "githubConfigUrl: https://github.com/octo-org\ngithubConfigSecret: github-app\n"
	for _, test := range []struct {
		name  string
		files map[string]string
		want  preflight.Link
	}{
		{"a client id", good(edit{"template.yaml", "ClientIdList: [sts.amazonaws.com]", "ClientIdList: [!ImportValue Audience]"}), preflight.Link{
			Name: preflight.LinkProvider, Text: `whether the provider takes the audience "sts.amazonaws.com" is not known: Fn::ImportValue "Audience" is another stack's output`,
			From: "ServiceAccount runners/build", To: "provider " + issuer,
		}},
		{"the name of a ServiceAccount", hookTemplateFiles(t, "configMap: {name: job-pod}\n", "configMap: {name: pods}\n"), preflight.Link{
			Name: preflight.LinkServiceAccount, Text: `the Pod's ServiceAccount is not known: ConfigMap "pods" of namespace "ci" is not among the files`,
			From: "job Pod of AutoscalingRunnerSet ci/images", To: "ServiceAccount ci/?",
		}},
		{"a ServiceAccount that a chart may have", withChart, preflight.Link{
			Name: preflight.LinkServiceAccount, Text: `ServiceAccount "builder" of namespace "runners" is not among the files`,
			From: "RunnerDeployment runners/build", To: "ServiceAccount runners/builder",
		}},
		{"a subject", good(edit{"runner.yaml", "  name: build\n  namespace: runners\n  annotations", "  name: build\n  annotations"}, edit{"runner.yaml", "  name: build\n  namespace: runners\nspec", "  name: build\nspec"}), preflight.Link{
			Name: preflight.LinkTrust, Text: "the subject of the token is not known", From: "provider", To: "role build",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			write(t, test.files)
			report, text := check(t, cloudformation.Settings{})
			links := report.Chains[0].Links
			i := slices.IndexFunc(links, func(link preflight.Link) bool { return link.Name == test.want.Name })
			if i < 0 {
				t.Fatalf("no link %q\n%s", test.want.Name, text)
			}
			got := links[i]
			got.Place = test.want.Place
			if test.want.State = preflight.Unknown; got != test.want {
				t.Errorf("got  %+v\nwant %+v\n%s", got, test.want, text)
			}
		})
	}
}
