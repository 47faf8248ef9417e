package preflight_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTagsOfAMatrix pushes from several jobs of one run to an image repository with immutable
// tags: one tag of all is refused to the second.
func TestTagsOfAMatrix(t *testing.T) {
	matrix := func(arch string) edit {
		return edit{"workflow.yaml", "    runs-on: [self-hosted, push-my-app]\n", "    runs-on: [self-hosted, push-my-app]\n    strategy: {matrix: {arch: " + arch + "}}\n"}
	}
	made := func(inputs string) []edit {
		return []edit{matrix("[amd64, arm64]"),
			{"workflow.yaml", "    - env:\n", "    - id: meta\n      uses: docker/metadata-action@v5\n      with: {images: \"${{ steps.login.outputs.registry }}/my-app\", " + inputs + "}\n    - env:\n"},
			{"workflow.yaml", "${{ steps.login.outputs.registry }}/my-app:${{ github.sha }}", "${{ steps.meta.outputs.tags }}"}}
	}
	const both = "[amd64, arm64]"
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"one tag of all", []edit{matrix(both)}, []string{"KR068"}},
		{"a tag of each", []edit{matrix(both), {"workflow.yaml", "${{ github.sha }}", "${{ github.sha }}-${{ matrix.arch }}"}}, []string{}},
		{"a job alone", []edit{matrix("[amd64]")}, []string{}},
		{"a push of one", []edit{matrix(both), {"workflow.yaml", "        docker push \"$IMAGE\"", "        if [ ${{ matrix.arch }} = amd64 ]; then docker push \"$IMAGE\"; fi"}}, []string{}},
		{"one tag of all, by the runner's variable", []edit{matrix(both), {"workflow.yaml", "${{ github.sha }}", "$GITHUB_SHA"}}, []string{"KR068"}},
		{"one tag of those that share a key", []edit{matrix("[amd64, arm64], version: [a, b]"), {"workflow.yaml", "${{ github.sha }}", "${{ github.sha }}-${{ matrix.version }}"}}, []string{"KR068"}},
		{"a tag of each of two keys", []edit{matrix("[amd64, arm64], version: [a, b]"), {"workflow.yaml", "${{ github.sha }}", "${{ github.sha }}-${{ matrix.version }}-${{ matrix.arch }}"}}, []string{}},
		{"a key that two of three have alike", []edit{matrix("[a], include: [{arch: b, as: x}, {arch: c, as: x}]"), {"workflow.yaml", "${{ github.sha }}", "${{ github.sha }}-${{ matrix.as }}"}}, []string{"KR068"}},
		{"a tag of each one's files", []edit{matrix(both), {"workflow.yaml", "${{ github.sha }}", "${{ hashFiles(matrix.arch) }}"}}, []string{"KR140"}},
		{"a tag of each that an action makes", made("tags: \"type=ref,event=branch\", flavor: \"suffix=-${{ matrix.arch }}\""), []string{"KR140"}},
		{"a tag of each that an action makes of the commit", made("tags: type=sha, flavor: \"suffix=-${{ matrix.arch }}\""), []string{}},
		{"a tag of each that an action takes over", made("tags: \"${{ github.sha }}-${{ matrix.arch }}\""), []string{}},
		{"one tag of all that an action makes of the commit", made("tags: type=sha"), []string{"KR068"}},
		{"one tag that an action makes in one", made("tags: \"type=raw,value=${{ github.sha }},enable=${{ matrix.arch == 'amd64' }}\""), []string{}},
		{"a tag of each one's environment", []edit{matrix(both), {"workflow.yaml", "${{ github.sha }}", "${{ vars.TAG }}-${{ github.sha }}"},
			{"workflow.yaml", "    steps:\n", "    environment: {name: \"${{ matrix.arch }}\", url: \"https://example.com\"}\n    steps:\n"}}, []string{}},
		{"a tag of one environment", []edit{matrix(both), {"workflow.yaml", "${{ github.sha }}", "${{ vars.TAG }}-${{ github.sha }}"}}, []string{"KR068"}},
		{"tags that can be overwritten", []edit{matrix(both), {"template.yaml", "ImageTagMutability: IMMUTABLE", "ImageTagMutability: MUTABLE"}}, []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
