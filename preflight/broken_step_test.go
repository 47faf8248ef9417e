package preflight_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Steps before the push that fail in every run.
func TestBrokenSteps(t *testing.T) {
	const checkout, use = "    - uses: actions/checkout@v6\n", "    - uses: ./version\n"
	action := func(steps string) map[string]string {
		return map[string]string{"version/action.yml": "runs:\n  using: composite\n  steps:\n" + steps}
	}
	good := action("  - {shell: bash, run: make version}\n")
	before := func(steps string) []edit { return []edit{{"workflow.yaml", checkout, steps}} }
	for _, test := range []struct {
		name  string
		edits []edit
		files map[string]string
		want  []string
	}{
		{"an action of the source repository", before(checkout + use), good, []string{}},
		{"before the checkout", before(use + checkout), good, []string{"KR192"}},
		{"without one", before("    - uses: docker/setup-buildx-action@v3\n" + use), good, []string{"KR192"}},
		{"a program, without one", before(use), map[string]string{"version/action.yml": "runs: {using: node24, main: x.js}"}, []string{"KR192"}},
		{"behind a clone", before("    - run: git clone https://github.com/octo-org/my-app .\n" + use), good, []string{}},
		{"behind an action that may check out", before("    - uses: octo-org/actions/prepare@v1\n" + use), good, []string{}},
		{"without a shell", before(checkout + use), action("  - {run: make version}\n"), []string{"KR192"}},
		{"with a secret", before(checkout + use), action("  - {shell: bash, run: make version, env: {TOKEN: \"${{ secrets.TOKEN }}\"}}\n"), []string{"KR192"}},
		{"with an input", before(checkout + use), action("  - {shell: bash, run: make version, env: {TOKEN: \"${{ inputs.token || github.token }}\"}}\n"), []string{}},
		{"a step that uses an action and names no shell", before(checkout + use), action("  - {uses: docker/setup-buildx-action@v3}\n"), []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, test.files); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// What a builder of its own makes stays in its cache, and Docker can't push it.
func TestImagesThatStayInTheBuildersCache(t *testing.T) {
	const (
		image  = "${{ steps.login.outputs.registry }}/my-app:${{ github.sha }}"
		buildx = "    - uses: docker/setup-buildx-action@v3\n"
		build  = "    - uses: docker/build-push-action@v6\n      with:\n        tags: " + image + "\n"
		push   = "    - run: docker push " + image + "\n"
		script = "    - env:\n        IMAGE: " + image + "\n      run: |\n        docker build --tag \"$IMAGE\" .\n        docker push \"$IMAGE\"\n"
	)
	command := func(text string) string {
		return "    - env:\n        IMAGE: " + image + "\n      run: |\n        " + text + "\n        docker push \"$IMAGE\"\n"
	}
	for _, test := range []struct {
		name, steps string
		want        []string
	}{
		{"a build", buildx + build + push, []string{"KR192"}},
		{"a build that does not push", buildx + build + "        push: false\n" + push, []string{"KR192"}},
		{"a build that loads", buildx + build + "        load: true\n" + push, []string{}},
		{"a build that loads by its output", buildx + build + "        outputs: type=docker\n" + push, []string{}},
		{"a build of Docker's own builder", build + push, []string{}},
		{"a builder of Docker's driver", buildx + "      with: {driver: docker}\n" + build + push, []string{}},
		{"a builder in a container", buildx + "      with: {driver: docker-container}\n" + build + push, []string{"KR192"}},
		{"a builder that is not used", buildx + "      with: {use: false}\n" + build + push, []string{}},
		{"a builder that loads", buildx + "      with: {driver-opts: default-load=true}\n" + build + push, []string{}},
		{"a command", buildx + command(`docker buildx build --tag "$IMAGE" .`), []string{"KR192"}},
		{"a command that loads", buildx + command(`docker buildx build --load --tag "$IMAGE" .`), []string{}},
		{"a command that loads by its output", buildx + command(`docker buildx build --output=type=docker --tag "$IMAGE" .`), []string{}},
		{"a command for Docker's own builder", buildx + script, []string{}},
		{"a build for Docker's own builder", buildx + build + "      env: {BUILDX_BUILDER: default}\n" + push, []string{}},
		{"a command after Docker's own builder is chosen", buildx + command(`docker buildx use default; docker buildx build --tag "$IMAGE" .`), []string{}},
		{"a command after the builder is removed", buildx + command(`docker buildx rm; docker buildx build --tag "$IMAGE" .`), []string{}},
		{"a command after the builders are listed", buildx + command(`docker buildx ls; docker buildx build --tag "$IMAGE" .`), []string{"KR192"}},
		{"a command that a variable gives Docker's own builder", buildx + command(`export BUILDX_BUILDER=default; docker buildx build --tag "$IMAGE" .`), []string{}},
		{"a build, and one that loads", buildx + build + command(`docker buildx build --load --tag "$IMAGE" .`), []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, []edit{{"workflow.yaml", script, test.steps}}, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
