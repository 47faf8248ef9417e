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
		{"tags that can be overwritten", []edit{matrix(both), {"template.yaml", "ImageTagMutability: IMMUTABLE", "ImageTagMutability: MUTABLE"}}, []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
