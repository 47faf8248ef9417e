package preflight_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	appImage  = "${{ steps.login.outputs.registry }}/my-app"
	appAtSHA  = appImage + ":${{ github.sha }}"
	checkout  = "    - uses: actions/checkout@v6\n"
	ecrLogin  = "    - id: login\n      uses: aws-actions/amazon-ecr-login@v2\n"
	setBuildx = "    - uses: docker/setup-buildx-action@v3\n"
)

// built is a workflow whose job has the steps, with what it has besides, on an event.
func built(on, job, steps string) string {
	return "on: " + on + "\nenv: {AWS_REGION: us-east-1}\njobs:\n  push:\n    runs-on: [self-hosted, push-my-app]\n" + job + "    steps:\n" + steps
}

// buildPush is a step that builds and pushes an image, with more inputs.
func buildPush(tags, more string) string {
	return "    - uses: docker/build-push-action@v6\n      with:\n        push: true\n        tags: " + tags + "\n" + more
}

// script is a step with lines, in which IMAGE is the image to push.
func script(lines ...string) string {
	return "    - env:\n        IMAGE: " + appAtSHA + "\n      run: |\n        " + strings.Join(lines, "\n        ") + "\n"
}

type building struct {
	name, workflow string
	want           []string
}

func judgeBuilding(t *testing.T, all []building) {
	t.Helper()
	for _, test := range all {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, nil, map[string]string{"workflow.yaml": test.workflow}); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// A build needs the files that it is told of.
func TestFilesOfTheWorkspace(t *testing.T) {
	into := func(folder string) string { return checkout + "      with: {path: " + folder + "}\n" }
	from := func(before, inputs string) string {
		return built("push", "", before+ecrLogin+setBuildx+buildPush(appAtSHA, inputs))
	}
	judgeBuilding(t, []building{
		{"in the folder of the checkout", from(into("src"), "        context: ./src/app\n"), []string{}},
		{"in that folder itself", from(into("./src/"), "        context: src\n"), []string{}},
		{"beside that folder", from(into("src"), "        context: ./app\n"), []string{"KR192"}},
		{"in a folder of the same beginning", from(into("src"), "        context: src-app\n"), []string{"KR192"}},
		{"in the workspace", from(into("src"), "        context: .\n"), []string{"KR192"}},
		{"in the workspace, with the Dockerfile", from(into("src"), "        context: .\n        file: src/Dockerfile\n"), []string{}},
		{"with the Dockerfile elsewhere", from(into("src"), "        context: src\n        file: ./Dockerfile\n"), []string{"KR192"}},
		{"with the Dockerfile of another machine's path", from(into("src"), "        context: src\n        file: /Dockerfile\n"), []string{}},
		{"of GitHub", from(into("src"), ""), []string{}},
		{"behind a checkout of another one", from(into("src")+checkout, "        context: ./app\n"), []string{}},
		{"behind another action", from(into("src")+"    - uses: actions/download-artifact@v4\n", "        context: ./app\n"), []string{}},
		{"behind a folder that only a run knows", from(into("\"${{ github.run_id }}\""), "        context: ./app\n"), []string{}},
		{"an action in the folder", built("push", "", into("src")+"    - uses: ./version\n"+ecrLogin+buildPush(appAtSHA, "")), []string{"KR192"}},
	})
}

// What a script starts in the background may not end before the job does.
func TestPushesInTheBackground(t *testing.T) {
	steps := func(lines ...string) string {
		return built("push", "", checkout+ecrLogin+script(append([]string{`docker build --tag "$IMAGE" .`}, lines...)...))
	}
	judgeBuilding(t, []building{
		{"without wait", steps(`docker push "$IMAGE" &`), []string{"KR225"}},
		{"before wait", steps(`docker push "$IMAGE" &`, "wait"), []string{}},
		{"before wait for it", steps(`docker push "$IMAGE" & PID=$!`, "wait $PID"), []string{}},
		{"behind wait", steps("wait", `docker push "$IMAGE" &`), []string{"KR225"}},
		{"in a group", steps(`{ docker push "$IMAGE"; } &`), []string{"KR225"}},
		{"in a group that waits", steps(`(docker push "$IMAGE" & wait)`), []string{}},
		{"of a function", steps(`f() { docker push "$IMAGE"; }; f &`), []string{"KR225"}},
		{"as a coprocess", steps(`coproc docker push "$IMAGE"`), []string{"KR225"}},
		{"by a build", steps(`docker buildx build --push --tag "$IMAGE" . &`), []string{"KR225"}},
		{"before wait in another step", steps(`docker push "$IMAGE" &`) + "    - run: wait\n", []string{"KR225"}},
	})
}

// A job waits for those that it needs.
func TestJobsThatNeedAFailingOne(t *testing.T) {
	needing := func(of, needs string, more ...string) string {
		return strings.Replace(built("push", "    needs: "+needs+"\n", checkout+ecrLogin+buildPush(appAtSHA, "")), "jobs:\n", "jobs:\n"+strings.Join(more, "")+"  test:\n    runs-on: ubuntu-latest\n"+of, 1)
	}
	const fails = "    steps: [{run: exit 1}]\n"
	const between = "  lint:\n    needs: test\n    runs-on: ubuntu-latest\n    steps: [{run: make}]\n"
	judgeBuilding(t, []building{
		{"one that works", needing("    steps: [{run: make}]\n", "test"), []string{}},
		{"one that fails", needing(fails, "test"), []string{"KR192"}},
		{"several", needing(fails, "[lint, TEST]", "  lint: {runs-on: ubuntu-latest, steps: [{run: make}]}\n"), []string{"KR192"}},
		{"one that needs it", needing(fails, "lint", between), []string{"KR192"}},
		{"one that may fail", needing("    continue-on-error: true\n"+fails, "test"), []string{}},
		{"one that fails in some runs", needing("    steps: [{run: exit 1, if: \"github.ref == 'refs/heads/x'\"}]\n", "test"), []string{}},
		{"one that fails in a part of the matrix", needing("    strategy: {matrix: {os: [a, b]}}\n    steps: [{run: exit 1, if: \"matrix.os == 'a'\"}]\n", "test"), []string{}},
		{"one whatever it does", needing(fails, "test\n    if: always()"), []string{}},
		{"one unless the run is canceled", needing(fails, "test\n    if: ${{ !cancelled() }}"), []string{}},
		{"one if it works", needing(fails, "test\n    if: success() && github.ref == 'refs/heads/main'"), []string{"KR192"}},
	})
}

// BuildKit refuses to push a tag by digest, whatever tells it to.
func TestTagsThatArePushedByDigest(t *testing.T) {
	const output = "--output type=image,push-by-digest=true,push=true"
	steps := func(line string) string {
		return built("push", "", checkout+ecrLogin+setBuildx+script(line))
	}
	judgeBuilding(t, []building{
		{"a command with a tag", steps(`docker buildx build -t "$IMAGE" ` + output + ` .`), []string{"KR192"}},
		{"a command whose output has one", steps(`docker buildx build ` + output + `,name=$IMAGE .`), []string{"KR192"}},
		{"a command without one", steps(`docker buildx build ` + output + `,name=` + appImage + ` .`), []string{}},
		{"a step on a condition", built("push", "", checkout+ecrLogin+setBuildx+"    - uses: docker/build-push-action@v6\n      if: github.ref == 'refs/heads/main'\n      with: {tags: \""+appAtSHA+"\", outputs: 'type=image,push-by-digest=true,push=true'}\n"), []string{"KR192"}},
	})
}

// Two releases of kaniko can't log in to Amazon ECR.
func TestKanikoOfAJobsContainer(t *testing.T) {
	steps := func(version, before string) string {
		return built("push", "    container: gcr.io/kaniko-project/executor:"+version+"\n", checkout+"    - shell: sh\n      run: |\n        "+before+"/kaniko/executor --destination=111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app:$GITHUB_SHA\n")
	}
	const helper, password = `echo '{"credsStore":"ecr-login"}' > /kaniko/.docker/config.json; `, `echo "{\"auths\":{\"x\":{\"auth\":\"$A\"}}}" > /kaniko/.docker/config.json; `
	judgeBuilding(t, []building{
		{"that can't", steps("v1.19.1-debug", ""), []string{"KR066", "KR192"}},
		{"that can't, with a helper", steps("v1.19.1-debug", helper), []string{"KR066", "KR192"}},
		{"that can't, with a password", steps("v1.19.1-debug", password), []string{"KR066", "KR103"}},
		{"that can", steps("v1.23.2-debug", ""), []string{"KR066"}},
	})
}

// A builder can't do all that builds ask for.
func TestWhatBuildersCanDo(t *testing.T) {
	const (
		cache    = "        cache-to: type=registry,ref=" + appImage + ":cache-${{ github.sha }}"
		several  = "        platforms: linux/amd64,linux/arm64\n"
		remote   = setBuildx + "      with: {driver: remote, endpoint: 'tcp://127.0.0.1:1234'}\n"
		digest   = "    - uses: docker/build-push-action@v6\n      with: {outputs: 'type=image,name=" + appImage + ",push-by-digest=true,push=true'}\n"
		sidecars = "      dockerEnabled: false\n      volumeMounts: [{name: sock, mountPath: /run}]\n      volumes: [{name: sock, emptyDir: {}}]\n      sidecarContainers:\n      - "
	)
	dind := func(image, more string) string {
		return "{name: dind, image: '" + image + "', securityContext: {privileged: true}, volumeMounts: [{name: sock, mountPath: /run}]" + more + "}"
	}
	buildKit := func(image string) string {
		return "{name: buildkitd, image: '" + image + "', args: ['--addr=tcp://127.0.0.1:1234']}"
	}
	with := func(image string) string {
		return setBuildx + "      with: {driver-opts: 'image=" + image + ",network=host'}\n"
	}
	const old, recent = "docker:27.5-dind", "docker:29-dind"
	steps := func(before, inputs string) string { return before + buildPush(appAtSHA, inputs+"\n") }
	for _, test := range []struct{ name, sidecar, steps, want string }{
		{"a cache of Docker's builder", dind(old, ""), steps("", cache), "KR224"},
		{"a cache of a newer one", dind(recent, ""), steps("", cache), ""},
		{"a cache of the newest", dind("docker:dind", ""), steps("", cache), ""},
		{"a cache of one that is told", dind(old, ", args: [--group=123, --feature=containerd-snapshotter=true]"), steps("", cache), "KR133"},
		{"a cache of one that is not known", dind("octo-org/docker:1-dind", ""), steps("", cache), "KR133"},
		{"a cache in the image", dind(old, ""), steps("", "        cache-to: type=inline"), ""},
		{"a cache of GitHub", dind(old, ""), steps("", "        cache-to: type=gha,mode=max"), "KR224"},
		{"a cache of a builder in a container", dind(old, ""), steps(setBuildx, cache), ""},
		{"a cache of a builder that a variable names", dind(old, ""), steps("", cache+"\n      env: {BUILDX_BUILDER: other}"), "KR133"},
		{"a cache behind a script that is not read", dind(old, ""), steps("    - run: ./prepare.sh\n", cache), "KR133"},
		{"several platforms", dind(old, ""), steps("", several), "KR224"},
		{"several platforms of a newer one", dind(recent, ""), steps("", several), ""},
		{"several platforms of a builder in a container, pushed", dind(old, ""), steps(setBuildx, several), ""},
		{"several platforms of a builder in a container, loaded", dind(old, ""), steps(setBuildx, several+"\n        load: true"), "KR224"},
		{"several platforms, loaded into a newer one", dind(recent, ""), steps(setBuildx, several+"\n        load: true"), ""},
		{"several platforms, loaded into one that is not known", dind("octo-org/docker:1-dind", ""), steps(setBuildx, several+"\n        load: true"), "KR133"},
		{"several platforms that a command loads", dind(old, ""), setBuildx + script(`docker buildx build --load --platform linux/amd64,linux/arm64 --tag "$IMAGE" .`+"\n        docker push \"$IMAGE\""), "KR224"},
		{"one platform, loaded", dind(old, ""), steps(setBuildx, "        platforms: linux/arm64\n        load: true"), ""},
		{"one platform", dind(old, ""), steps("", "        platforms: linux/arm64"), ""},
		{"several platforms of a command", dind(old, ""), script(`docker buildx build --platform linux/amd64,linux/arm64 --push --tag "$IMAGE" .`), "KR224"},
		{"several platforms of a command for Docker's own", dind(old, ""), setBuildx + script(`docker build --platform linux/amd64,linux/arm64 --push --tag "$IMAGE" .`), "KR224"},
		{"several platforms of a builder that a command makes", dind(old, ""), script(`docker buildx create --use; docker buildx build --platform linux/amd64,linux/arm64 --push --tag "$IMAGE" .`), ""},
		{"a digest", dind(recent, ""), digest, "KR192"},
		{"a digest of a builder in a container", dind(recent, ""), setBuildx + digest, ""},
		{"an image of BuildKit that can't", dind(recent, ""), steps(with("moby/buildkit:v0.11.6"), cache+",image-manifest=true"), "KR192"},
		{"an image of BuildKit that can", dind(recent, ""), steps(with("moby/buildkit:v0.12.0"), cache+",image-manifest=true"), ""},
		{"an image of BuildKit that has to be told", dind(recent, ""), steps(with("moby/buildkit:v0.20.2-rootless"), cache), "KR192"},
		{"an image of BuildKit that does by itself", dind(recent, ""), steps(with("moby/buildkit:v0.21.0"), cache), ""},
		{"an image of BuildKit that is not known", dind(recent, ""), steps(with("octo-org/builder:1"), cache), "KR133"},
		{"an index", dind(recent, ""), steps(setBuildx, cache+",image-manifest=false"), "KR192"},
		{"another format", dind(recent, ""), steps(setBuildx, cache+",oci-mediatypes=false"), "KR192"},
		{"an old cache of another registry", dind(recent, ""), steps(with("moby/buildkit:v0.11.6"), "        cache-to: type=registry,ref=ghcr.io/octo-org/cache"), ""},
		{"a BuildKit beside the runner", buildKit("moby/buildkit:v0.20.2"), steps(remote, cache), "KR224"},
		{"a newer one beside the runner", buildKit("moby/buildkit:v0.27.0-rootless"), steps(remote, cache), ""},
		{"one beside the runner that is told", buildKit("moby/buildkit:v0.20.2"), steps(remote, cache+",image-manifest=true"), ""},
		{"one that is not known", buildKit("octo-org/buildkit:1"), steps(remote, cache), "KR133"},
		{"one elsewhere", buildKit("moby/buildkit:v0.20.2"), steps(strings.Replace(remote, "127.0.0.1", "buildkitd.ci.svc", 1), cache), "KR133"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, []edit{{"runner.yaml", "      labels: [push-my-app]\n", "      labels: [push-my-app]\n" + sidecars + test.sidecar + "\n"}},
				map[string]string{"workflow.yaml": built("push", "", checkout+ecrLogin+test.steps)})
			got = slices.DeleteFunc(got, func(id string) bool { return id == "KR082" })
			if got := strings.Join(got, " "); got != test.want {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// Which image store a Docker daemon elsewhere has is not known. The legacy controller's own sidecar is the newest, unless a
// flag of the controller says otherwise.
func TestCacheOfADockerElsewhere(t *testing.T) {
	steps := map[string]string{"workflow.yaml": built("push", "", checkout+ecrLogin+buildPush(appAtSHA, "        cache-to: type=gha\n"))}
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"elsewhere", []edit{podHas("DOCKER_HOST", "tcp://docker:2375")}, []string{"KR133"}},
		{"the controller's", nil, []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, steps); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// docker/metadata-action makes tags for some refs of git, and a push without any fails.
func TestRefsWithoutATag(t *testing.T) {
	steps := func(on, push, more string, rules ...string) string {
		return strings.Replace(built(on, "", checkout+ecrLogin+setBuildx+"    - id: meta\n      uses: docker/metadata-action@v5\n      with:\n        images: "+appImage+"\n"+more+"        tags: |\n          "+strings.Join(rules, "\n          ")+"\n"+
			buildPush("${{ steps.meta.outputs.tags }}", "")), "push: true", "push: "+push, 1)
	}
	const (
		main, everything = "{push: {branches: [main]}}", "{push: {branches: [main]}, pull_request: {}}"
		commit, version  = "type=sha,format=long", "type=semver,pattern={{version}}"
		unlessPull       = "${{ github.event_name != 'pull_request' }}"
	)
	judgeBuilding(t, []building{
		{"the branch", steps("push", "true", "", "type=raw,value={{branch}}"), []string{"KR225"}},
		{"the branch in front", steps("push", "true", "", "type=sha,prefix={{branch}}-"), []string{"KR225"}},
		{"the branch in front of all", steps("push", "true", "        flavor: prefix={{branch}}-\n", commit), []string{"KR225"}},
		{"the branch behind", steps("push", "true", "", "type=sha,suffix=-{{branch}}"), []string{}},
		{"the branch in front, on branches", steps(main, "true", "", "type=sha,prefix={{branch}}-"), []string{}},
		{"the branch in front, where there is one", steps("push", "true", "", "type=sha,prefix={{branch}}-,enable=${{ github.ref_type == 'branch' }}", "type=sha"), []string{}},
		{"the commit", steps("push", "true", "", commit), []string{}},
		{"versions, of anything that is pushed", steps("push", "true", "", version), []string{"KR225"}},
		{"versions and commits", steps("push", "true", "", version, commit), []string{}},
		{"the default branch", steps("push", "true", "", "type=edge"), []string{"KR068", "KR225"}},
		{"a pull request, of branches", steps("pull_request", "true", "", "type=ref,event=branch"), []string{"KR192", "KR140"}},
		{"branches, of pull requests too", steps(everything, "true", "", "type=ref,event=branch"), []string{"KR140", "KR225"}},
		{"branches, unless of pull requests", steps(everything, unlessPull, "", "type=ref,event=branch"), []string{"KR140"}},
		{"an event that is not looked at", steps("{repository_dispatch: {}}", "true", "", "type=ref,event=tag"), []string{}},
		{"an input that nothing declares", steps(main, "true", "", "type=raw,value=${{ inputs.tag }}", commit), []string{}},
		{"an input that nothing declares alone", steps(main, "true", "", "type=raw,value=${{ inputs.tag }}"), []string{"KR058", "KR192"}},
		{"an empty tag", steps(main, "true", "", "type=raw,value=", commit), []string{}},
	})
}

// The prefix of a rule takes the place of the one of all rules.
func TestPrefixOfARule(t *testing.T) {
	steps := built("{push: {branches: [main]}}", "", checkout+ecrLogin+"    - id: meta\n      uses: docker/metadata-action@v5\n      with: {images: \""+appImage+"\", tags: 'type=raw,value=1,prefix=v', flavor: 'prefix=a-,suffix=-z'}\n"+buildPush("${{ steps.meta.outputs.tags }}", ""))
	t.Run("", func(t *testing.T) {
		if got, text := ids(t, nil, map[string]string{"workflow.yaml": steps}); !cmp.Equal(got, []string{"KR068"}) || !strings.Contains(text, `pushes the tag "v1-z"`) {
			t.Errorf("got %q\n%s", got, text)
		}
	})
}

// GitHub puts outputs in place before a step begins.
func TestOutputsOfStepsThatHaveNotRun(t *testing.T) {
	const sets = "echo \"tag=$GITHUB_SHA\" >> \"$GITHUB_OUTPUT\""
	image := func(id string) string { return appImage + ":${{ steps." + id + ".outputs.tag }}" }
	tag := "    - id: tag\n      run: " + sets + "\n"
	judgeBuilding(t, []building{
		{"before", built("push", "", checkout+ecrLogin+tag+buildPush(image("tag"), "")), []string{}},
		{"behind", built("push", "", checkout+ecrLogin+buildPush(image("tag"), "")+tag), []string{"KR142"}},
		{"of the same step", built("push", "", checkout+ecrLogin+"    - id: tag\n      run: |\n        "+sets+"\n        docker build --push -t "+image("TAG")+" .\n"), []string{"KR142"}},
		{"of the job", strings.Replace(built("push", "    needs: version\n", checkout+ecrLogin+buildPush(appImage+":${{ needs.version.outputs.tag }}", "")), "jobs:\n", "jobs:\n  version:\n    runs-on: ubuntu-latest\n    outputs: {tag: \"${{ steps.tag.outputs.tag }}\"}\n    steps:\n"+tag, 1), []string{}},
	})
}

// A command builds from a folder, or from its input.
func TestBuildsWithoutAFolder(t *testing.T) {
	steps := func(lines ...string) string {
		return built("push", "", checkout+ecrLogin+script(append(lines, `docker push "$IMAGE"`)...))
	}
	judgeBuilding(t, []building{
		{"of docker build", steps(`docker build -t "$IMAGE" -f Dockerfile`), []string{"KR192"}},
		{"of docker buildx build", steps(`docker buildx build --push --tag="$IMAGE" --platform linux/amd64`), []string{"KR192"}},
		{"with one that only a run knows", steps(`docker build -t "$IMAGE" $FOLDER`), []string{}},
		{"with one in front", steps(`docker build . -t "$IMAGE"`), []string{}},
		{"with one behind an option that is not known", steps(`docker build --new-option value -t "$IMAGE"`), []string{}},
		{"with one that has the command's name", steps(`docker build -t "$IMAGE" build`), []string{}},
		{"from its input", steps(`echo FROM scratch | docker build -t "$IMAGE" -`), []string{}},
		{"with a help", steps(`docker buildx build --help`, `docker build -t "$IMAGE" .`), []string{}},
	})
}
