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

// Docker pushes an image by a name that it has.
func TestPushesOfNamesThatNoImageHas(t *testing.T) {
	const build = "        docker build --tag \"$IMAGE\" .\n"
	for name, test := range map[string]struct {
		lines string
		want  []string
	}{
		"a name of this machine":            {"docker build --tag my-app .", []string{"KR192"}},
		"a name of Docker Hub":              {"docker build --tag octo-org/my-app:1 .", []string{"KR192"}},
		"a name that buildx gives":          {"docker buildx build --load --tag my-app .", []string{"KR192"}},
		"a name that is given besides":      {"docker build --tag my-app .\ndocker tag my-app \"$IMAGE\"", []string{}},
		"a second name":                     {"docker build --tag my-app --tag \"$IMAGE\" .", []string{}},
		"a name that is given on failure":   {"docker build --tag my-app .\ndocker tag \"$IMAGE\" old || docker tag my-app \"$IMAGE\"", []string{}},
		"a name that is given in a loop":    {"docker build --tag my-app .\nfor name in \"$IMAGE\"; do docker tag my-app \"$name\"; done", []string{}},
		"a name that is not known":          {"docker build --tag \"$REGISTRY/my-app\" .", []string{}},
		"options that are not known":        {"docker build --tag my-app $OPTIONS .", []string{}},
		"words that are not known":          {"docker build --tag my-app .\ndocker tag $NAMES", []string{}},
		"an image from an archive":          {"docker build --tag my-app .\ndocker load --input image.tar", []string{}},
		"an image of a container":           {"docker build --tag my-app .\ndocker commit app \"$IMAGE\"", []string{}},
		"an image of a Compose file":        {"docker build --tag my-app .\ndocker-compose build", []string{}},
		"an image that another tool brings": {"docker build --tag my-app .\nskopeo copy docker://alpine docker-daemon:$IMAGE", []string{}},
		"a name that an output gives":       {"docker build --tag my-app .\ndocker buildx build --output type=docker,name=$IMAGE .", []string{}},
		"another program":                   {"docker build --tag my-app .\nmake image", []string{}},
		"a function":                        {"name() { docker tag my-app \"$1\"; }\ndocker build --tag my-app .\nname \"$IMAGE\"", []string{}},
		"no build":                          {"echo \"$IMAGE\"", []string{}},
		"a build without a name":            {"docker build .", []string{"KR192"}},
		"another tag":                       {"docker build --tag \"$IMAGE-1\" .", []string{"KR192"}},
		"the tag of none":                   {"docker build --tag \"${IMAGE%:*}\" .", []string{}},
		"a name of another":                 {"docker build --tag app .\ndocker tag my-app \"$IMAGE\"", []string{"KR192"}},
		"a name of an image that is pulled": {"docker pull alpine:3.20\ndocker tag alpine:3.19 \"$IMAGE\"", []string{"KR192"}},
		"an image that is pulled":           {"docker pull alpine\ndocker tag docker.io/library/alpine:latest \"$IMAGE\"", []string{}},
		"an id":                             {"docker build --quiet . > id\ndocker tag \"$(cat id)\" \"$IMAGE\"", []string{}},
		"the beginning of an id":            {"docker build .\ndocker tag 0a1b2c \"$IMAGE\"", []string{}},
		"an image that is removed":          {"docker build --tag \"$IMAGE\" .\ndocker rmi \"$IMAGE\"", []string{"KR192"}},
		"another image that is removed":     {"docker build --tag \"$IMAGE\" .\ndocker image rm \"$IMAGE-1\"", []string{}},
		"an image that may be removed":      {"docker build --tag \"$IMAGE\" .\n[ -f keep ] || docker rmi \"$IMAGE\"", []string{}},
		"all images that are not used":      {"docker build --tag \"$IMAGE\" .\ndocker system prune -af", []string{"KR192"}},
		"images without a name":             {"docker build --tag \"$IMAGE\" .\ndocker image prune -f", []string{}},
		"images of last week":               {"docker build --tag \"$IMAGE\" .\ndocker image prune -af --filter until=168h", []string{}},
		"a question that no one answers":    {"docker build --tag \"$IMAGE\" .\ndocker system prune --all", []string{}},
		"a clean-up before the build":       {"docker rmi \"$IMAGE\" || true\ndocker system prune -af\ndocker build --tag \"$IMAGE\" .", []string{}},
		"Docker of another machine":         {"export DOCKER_HOST=tcp://docker:2375\ndocker build --tag my-app .", []string{}},
		"several names":                     {"docker build --tag \"$IMAGE\" .\ndocker push \"$IMAGE\" \"$IMAGE\"", []string{"KR192"}},
		"an image of buildah":               {"buildah bud --tag my-app .\nbuildah push my-app \"$IMAGE\"\nexit 0", []string{}},
		"an image of buildah, of no name":   {"buildah bud --tag my-app .\nbuildah push \"$IMAGE\"\nexit 0", []string{"KR192"}},
		"a name with a transport":           {"buildah bud --tag \"$IMAGE\" .\nbuildah push \"docker://$IMAGE\"\nexit 0", []string{}},
		"a file of another name":            {"docker build --tag \"$IMAGE\" .\ndocker save --output image.tar my-app", []string{"KR192"}},
		"a file of it":                      {"docker build --tag \"$IMAGE\" .\ndocker save --output image.tar \"$IMAGE\"", []string{}},
		"a push before the build":           {"docker push \"$IMAGE\"\ndocker build --tag \"$IMAGE\" .", []string{"KR192"}},
		"a manifest of podman":              {"podman manifest create \"$IMAGE\"\npodman push \"$IMAGE\"\nexit 0", []string{}},
		"a push that may fail":              {"docker build --tag my-app .\nset +e", []string{}},
		"a name behind the push, too late":  {"docker build --tag my-app .\ndocker push \"$IMAGE\"\ndocker tag my-app \"$IMAGE\"", []string{"KR192"}},
	} {
		t.Run(name, func(t *testing.T) {
			lines := "        " + strings.ReplaceAll(test.lines, "\n", "\n        ") + "\n"
			if got, text := ids(t, []edit{{"workflow.yaml", build, lines}}, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// Docker has images of other jobs only where it outlives them.
func TestImagesOfOtherJobs(t *testing.T) {
	const (
		image  = "    - env: {IMAGE: \"${{ steps.login.outputs.registry }}/my-app:${{ github.sha }}\"}\n      run: "
		login  = "    - id: login\n      uses: aws-actions/amazon-ecr-login@v2\n"
		build  = "  build:\n    runs-on: [self-hosted, push-my-app]\n    steps:\n    - uses: actions/checkout@v6\n" + login + image + "docker build --tag \"$IMAGE\" .\n"
		load   = "    - uses: actions/download-artifact@v4\n    - run: docker load --input image.tar\n"
		labels = "      labels: [push-my-app]\n"
	)
	workflow := func(more string) string {
		return "on: push\nenv: {AWS_REGION: us-east-1}\njobs:\n" + build + "  push:\n    needs: build\n    runs-on: [self-hosted, push-my-app]\n    steps:\n" + login + more + image + "docker push \"$IMAGE\"\n"
	}
	runner := func(more string) []edit { return []edit{{"runner.yaml", labels, labels + more}} }
	for name, test := range map[string]struct {
		edits []edit
		more  string
		want  []string
	}{
		"its own runner":                  {nil, "", []string{"KR058", "KR192"}},
		"its own runner, and an artifact": {nil, load, []string{"KR058"}},
		"a runner of several jobs":        {runner("      ephemeral: false\n"), "", []string{"KR058", "KR225"}},
		"the node's Docker":               {runner("      dockerEnabled: false\n      volumes: [{name: run, hostPath: {path: /var/run/docker.sock}}]\n      volumeMounts: [{name: run, mountPath: /var/run/docker.sock}]\n"), "", []string{"KR058", "KR225"}},
		"Docker's folder on the node": {runner("      dockerVolumeMounts: [{name: images, mountPath: /var/lib/docker}]\n      volumes: [{name: images, hostPath: {path: /mnt/docker}}]\n"),
			"", []string{"KR058", "KR225"}},
		"Docker's folder in the Pod": {runner("      dockerVolumeMounts: [{name: images, mountPath: /var/lib/docker}]\n      volumes: [{name: images, emptyDir: {}}]\n"),
			"", []string{"KR058", "KR192"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got, text := ids(t, test.edits, map[string]string{"workflow.yaml": workflow(test.more)}); !cmp.Equal(got, test.want) {
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
		{"a builder that a command made", command(`docker buildx create --use; docker buildx build --tag "$IMAGE" .`), []string{"KR192"}},
		{"a builder that a command made, which loads", command(`docker buildx create --use; docker buildx build --load --tag "$IMAGE" .`), []string{}},
		{"a builder that a command made and does not use", command(`docker buildx create --name b; docker buildx build --tag "$IMAGE" .`), []string{}},
		{"a builder that a variable names", command(`docker buildx create --name b --driver docker-container; export BUILDX_BUILDER=b; docker build --tag "$IMAGE" .`), []string{"KR192"}},
		{"a builder that an option names", command(`docker buildx create --name b; docker buildx build --builder b --tag "$IMAGE" .`), []string{"KR192"}},
		{"a builder that an option names, of Docker's driver", command(`docker buildx create --name b --driver docker; docker buildx build --builder b --tag "$IMAGE" .`), []string{}},
		{"a builder that is made where there is none", command(`docker buildx inspect b || docker buildx create --name b --use; docker buildx build --tag "$IMAGE" .`), []string{}},
		{"a command for Docker's own builder behind the making", command(`docker buildx create --use; docker build --tag "$IMAGE" .`), []string{}},
		{"a build, and one that loads", buildx + build + command(`docker buildx build --load --tag "$IMAGE" .`), []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, []edit{{"workflow.yaml", script, test.steps}}, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// A script that fails in every run does not come to the push.
func TestScriptsThatFail(t *testing.T) {
	const step, push = "    - uses: actions/checkout@v6\n", "        docker push \"$IMAGE\"\n"
	within := func(lines string) edit { return edit{"workflow.yaml", push, "        " + lines + "\n" + push} }
	before := func(keys, lines string) edit {
		return edit{"workflow.yaml", step, step + "    - " + keys + "run: |\n        " + lines + "\n"}
	}
	for _, test := range []struct {
		name string
		edit edit
		want []string
	}{
		{"exit", within("exit 1"), []string{"KR192"}},
		{"exit in a step before", before("", "echo no; exit 2"), []string{"KR192"}},
		{"exit in a function", within(`die() { echo "$1"; exit 1; }; die no`), []string{"KR192"}},
		{"exit in a function that may be called", within(`die() { echo "$1"; exit 1; }; [ -f x ] || die no`), []string{}},
		{"exit behind a test", within(`[ -n "$X" ] || exit 1`), []string{}},
		{"exit behind a test that never holds", within(`[ -n "$AWS_REGION" ] || exit 1`), []string{}},
		{"exit behind a test that always holds", within(`[ -z "$AWS_REGION" ] || exit 1`), []string{"KR192"}},
		{"exit behind a loop that may end well", before("", "for i in 1 2 3; do make && exit 0; done; exit 1"), []string{}},
		{"exit where a step may end before", before("", `[ -f x ] && exit; exit 1`), []string{}},
		{"exit with a number that only a run knows", before("", `make; exit $?`), []string{}},
		{"exit of a part", before("", `(exit 1) || true`), []string{}},
		{"exit in the background", before("", `exit 1 &`), []string{}},
		{"exit behind a condition of the step", before("if: github.ref == 'refs/heads/x'\n      ", "exit 1"), []string{}},
		{"exit where a step before failed", before("if: failure()\n      ", "exit 1"), []string{}},
		{"exit in a step that may fail", before("continue-on-error: true\n      ", "exit 1"), []string{}},
		{"return", within("return"), []string{"KR192"}},
		{"return in a function", within("f() { return 1; }; f || true"), []string{}},

		{"false", within("false"), []string{"KR192"}},
		{"false of sh", before("shell: sh\n      ", "false"), []string{"KR192"}},
		{"false of bash with options", before("shell: bash -euo pipefail {0}\n      ", "false"), []string{"KR192"}},
		{"false of bash without options", before("shell: bash {0}\n      ", "false; true"), []string{}},
		{"false where failures end nothing", before("", "set +e; false"), []string{}},
		{"false where failures end nothing any more", before("", "set +e; false; set -e; false"), []string{"KR192"}},
		{"false where the option is named", before("", "set +o errexit; false; true"), []string{}},
		{"false as a condition", before("", "if false; then ls; fi; ! false; false && ls; false || true"), []string{}},
		{"false at last", before("", "true && false"), []string{"KR192"}},
		{"false in a function that is a condition", before("", "f() { false; }; if f; then ls; fi"), []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, []edit{test.edit}, nil); !cmp.Equal(got, test.want) {
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
		{"a version, started by anything that is pushed", workflow(meta("push", "type=semver,pattern={{version}}")), []string{"KR225"}},
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
