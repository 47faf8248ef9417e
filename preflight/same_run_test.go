package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Two jobs of a run that push one tag: the second fails, if tags are immutable.
func TestTagsOfTwoJobs(t *testing.T) {
	second := func(job, image string) edit {
		return edit{"workflow.yaml", "jobs:\n", `jobs:
  second:
    runs-on: [self-hosted, push-my-app]
` + job + `    steps:
    - uses: actions/checkout@v6
    - id: login
      uses: aws-actions/amazon-ecr-login@v2
    - env:
        IMAGE: ` + image + `
      run: |
        docker build --tag "$IMAGE" .
        docker push "$IMAGE"
`}
	}
	metadata := func(rule string) string {
		return "    - id: meta\n      uses: docker/metadata-action@v5\n      with: {images: \"${{ steps.login.outputs.registry }}/my-app\", tags: \"" + rule + "\"}\n    - env:\n"
	}
	made := func(first, other string) []edit {
		const image = "${{ steps.meta.outputs.tags }}"
		job := second("", image)
		job.new = strings.Replace(job.new, "    - env:\n", metadata(other), 1)
		return []edit{{"workflow.yaml", "${{ steps.login.outputs.registry }}/my-app:${{ github.sha }}", image}, {"workflow.yaml", "    - env:\n", metadata(first)}, job}
	}
	const same = "${{ steps.login.outputs.registry }}/my-app:${{ github.sha }}"
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"one tag", []edit{second("", same)}, []string{"KR068"}},
		{"one tag, one after the other", []edit{second("    needs: push\n", same)}, []string{"KR068"}},
		{"a tag of each", []edit{second("", same+"-arm64")}, []string{}},
		{"jobs of which one may run", []edit{second("    if: github.ref == 'refs/heads/main'\n", same)}, []string{}},
		{"one tag that docker/metadata-action makes", made("type=sha", "type=sha"), []string{"KR068"}},
		{"tags that docker/metadata-action makes in two forms", made("type=sha", "type=sha,format=long"), []string{}},
		{"tags that docker/metadata-action makes with two prefixes", made("type=sha", "type=sha,prefix=arm64-"), []string{}},
		{"tags that docker/metadata-action makes of two types", made("type=sha", "type=semver,pattern={{version}}"), []string{}},
		{"a tag of an environment", []edit{second("    environment: production\n", same)}, []string{}},
		{"tags that can be overwritten", []edit{second("", same), {"template.yaml", "ImageTagMutability: IMMUTABLE", "ImageTagMutability: MUTABLE"}}, []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
