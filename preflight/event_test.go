package preflight_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What the event that starts a workflow does not have is empty.
func TestTagsOfEvents(t *testing.T) {
	for _, test := range []struct {
		name, on, tag string
		want          []string
	}{
		{"a release's", "release", "${{ github.event.release.tag_name }}", []string{}},
		{"a release's, of a push", "push", "${{ github.event.release.tag_name }}", []string{"KR142"}},
		{"a release's, of a push or a release", "[push, release]", "${{ github.event.release.tag_name }}", []string{}},
		{"a release's, or the commit", "push", "${{ github.event.release.tag_name || github.sha }}", []string{}},
		{"a release's, of whatever calls", "workflow_call", "${{ github.event.release.tag_name }}", []string{}},
		{"a pull request's", "{pull_request_target: {types: [labeled]}}", "${{ github.event.number }}-${{ github.sha }}", []string{}},
		{"a pull request's, of a push", "{push: {branches: [main]}}", "${{ github.event.pull_request.head.sha }}", []string{"KR142"}},
		{"the branch of a pull request, of a push", "push", "${{ github.head_ref }}", []string{"KR142"}},
		{"the branch of a pull request, or that of a push", "push", "${GITHUB_HEAD_REF:-$GITHUB_SHA}", []string{}},
		{"the branch of a pull request, if the event is one", "push", "${{ github.sha }}\n        if [ '${{ github.event_name }}' = pull_request ]; then IMAGE=$REGISTRY/my-app:${{ github.base_ref }}; fi", []string{}},
		{"the branch of a pull request, behind a condition", "push", "${{ github.sha }}\n        if [ -f a ]; then ls; fi; IMAGE=$REGISTRY/my-app:${{ github.base_ref }}", []string{"KR142"}},
		{"what any event has", "push", "${{ github.event.repository.pushed_at }}", []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			edits := []edit{{"workflow.yaml", "on: push\n", "on: " + test.on + "\n"}, {"workflow.yaml", "        IMAGE: ${{ steps.login.outputs.registry }}/my-app:${{ github.sha }}\n      run: |\n",
				"        REGISTRY: ${{ steps.login.outputs.registry }}\n      run: |\n        IMAGE=$REGISTRY/my-app:" + test.tag + "\n"}}
			if got, text := ids(t, edits, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// docker/metadata-action puts nothing in place of {{branch}} where a run is on no branch.
func TestTagsWithoutABranch(t *testing.T) {
	const push = "    - env:\n        IMAGE: ${{ steps.login.outputs.registry }}/my-app:${{ github.sha }}\n      run: |\n        docker build --tag \"$IMAGE\" .\n        docker push \"$IMAGE\"\n"
	for _, test := range []struct {
		name, on, rule, condition string
		want                      []string
	}{
		{"in front of the commit, on pull requests", "[push, pull_request]", "type=sha,prefix={{branch}}-", "", []string{"KR142"}},
		{"in front of the commit, on tags", "{push: {tags: [v*]}}", "type=sha,prefix={{branch}}-", "", []string{"KR142"}},
		{"in front of the commit, on releases", "{release: {types: [published]}}", "type=sha,prefix={{branch}}-", "", []string{"KR142"}},
		{"in front of a text", "[push, pull_request]", "type=raw,value={{branch}}-amd64", "", []string{"KR068", "KR142"}},
		{"in front of the commit, on branches", "{push: {branches: [main]}}", "type=sha,prefix={{branch}}-", "", []string{}},
		{"behind a text", "[push, pull_request]", "type=sha,prefix=b{{branch}}-", "", []string{}},
		{"where the rule is for some runs", "[push, pull_request]", "type=sha,prefix={{branch}}-,enable=${{ github.ref_type == 'branch' }}", "", []string{}},
		{"where the step is for some runs", "[push, pull_request]", "type=sha,prefix={{branch}}-", "      if: github.event_name == 'push'\n", []string{}},
		{"without a branch", "[push, pull_request]", "type=sha", "", []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			made := "    - id: meta\n" + test.condition + "      uses: docker/metadata-action@v5\n      with: {images: \"${{ steps.login.outputs.registry }}/my-app\", tags: \"" + test.rule + "\"}\n" +
				"    - uses: docker/build-push-action@v6\n" + test.condition + "      with: {push: true, tags: \"${{ steps.meta.outputs.tags }}\"}\n"
			if got, text := ids(t, []edit{{"workflow.yaml", "on: push\n", "on: " + test.on + "\n"}, {"workflow.yaml", push, made}}, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
