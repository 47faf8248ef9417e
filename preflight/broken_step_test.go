package preflight_test

import (
	"strings"
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

// What looks like a step that fails, and works.
func TestStepsThatWork(t *testing.T) {
	const (
		name  = "${{ steps.login.outputs.registry }}/my-app:"
		login = "    - id: login\n      uses: aws-actions/amazon-ecr-login@v2\n"
		start = "env: {AWS_REGION: us-east-1}\njobs:\n  push:\n    runs-on: [self-hosted, push-my-app]\n"
	)
	build := func(tag, more string) string {
		return login + "    - uses: docker/setup-buildx-action@v3\n    - uses: docker/build-push-action@v6\n      with:\n        push: true\n        tags: " + tag + "\n" + more
	}
	steps := func(before, more string) string {
		return "on: push\n" + start + "    steps:\n" + before + build(name+"${{ github.sha }}", more)
	}
	meta := func(on, rule string) string {
		return "on: " + on + "\n" + start + "    steps:\n" + login + "    - id: meta\n      uses: docker/metadata-action@v5\n      with: {images: \"${{ steps.login.outputs.registry }}/my-app\", tags: \"" + rule + "\"}\n" +
			strings.TrimPrefix(build("${{ steps.meta.outputs.tags }}", ""), login)
	}
	named := func(on string) string {
		return "on: " + on + "\n" + start + "    steps:\n" + build(name+"${{ github.ref_name }}", "")
	}
	called := func(of, job, secrets string) map[string]string {
		return map[string]string{
			".github/workflows/build.yaml": "on: workflow_call\n" + of + start + job + "    steps:\n    - uses: docker/login-action@v3\n      with: {username: octo, password: \"${{ secrets.HUB_TOKEN }}\"}\n" + build(name+"${{ github.sha }}", ""),
			".github/workflows/main.yaml":  "name: main\non: push\nconcurrency: main-${{ github.ref }}\njobs:\n  build:\n    uses: ./.github/workflows/build.yaml\n" + secrets,
		}
	}
	workflow := func(text string) map[string]string { return map[string]string{".github/workflows/push.yaml": text} }
	const inherit = "    secrets: inherit\n"
	for _, test := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"a context of a step's script", workflow(steps("    - run: make image\n", "        context: .\n")), []string{}},
		{"a context of an artifact", workflow(steps("    - uses: actions/download-artifact@v4\n", "        context: image\n")), []string{}},
		{"a context of GitHub", workflow(steps("", "        context: \"{{defaultContext}}:image\"\n")), []string{}},
		{"a context that nothing brings", workflow(steps("    - uses: docker/setup-qemu-action@v3\n", "        context: image\n")), []string{"KR192"}},
		{"a version of a tag of git", workflow(meta("{push: {tags: ['v*']}}", "type=semver,pattern={{version}}")), []string{"KR068"}},
		{"a version, started by anything that is pushed", workflow(meta("push", "type=semver,pattern={{version}}")), []string{}},
		{"a version that is given", workflow(meta("{push: {branches: [main]}}", "type=semver,pattern={{version}},value=v1.${{ github.run_number }}.0")), []string{}},
		{"a version of a branch", workflow(meta("{push: {branches: [main]}}", "type=semver,pattern={{version}}")), []string{"KR058", "KR192"}},
		{"the ref of a push", workflow(named("[push, pull_request]")), []string{"KR140"}},
		{"the ref of a pull request that was merged", workflow(named("{pull_request: {types: [closed]}}")), []string{"KR140"}},
		{"the ref of a pull request", workflow(named("pull_request")), []string{"KR140", "KR142"}},
		{"secrets that are inherited", called("", "", inherit), []string{}},
		{"secrets of an environment", called("", "    environment: production\n", ""), []string{}},
		{"no secret", called("", "", ""), []string{"KR192"}},
		{"another concurrency group", called("concurrency: build-${{ github.ref }}\n", "", inherit), []string{}},
		{"a concurrency group of the called workflow's input", called("concurrency: main-${{ inputs.name }}\n", "", inherit), []string{}},
		{"the caller's concurrency group", called("concurrency: {group: \"${{ github.workflow }}-${{ github.ref }}\"}\n", "", inherit), []string{"KR192"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.files["workflow.yaml"] = "on: push\njobs: {none: {runs-on: ubuntu-latest, steps: [{run: make}]}}\n"
			if got, text := ids(t, nil, test.files); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
