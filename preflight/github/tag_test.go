package github_test

import (
	"strings"
	"testing"

	"keyless-runners/preflight/github"
)

// tags are those that a job pushes to its first image repository: the first, the others,
// and those that another run pushes again.
func tags(t *testing.T, workflow string) string {
	t.Helper()
	push := github.Read(parse(t, workflow), nil).Jobs[0].Pushes[0]
	all := show(push.Tag)
	for _, tag := range push.MoreTags {
		all += ", " + show(tag)
	}
	for _, tag := range push.Repeated {
		all += " again " + tag.Unknown
	}
	return strings.ReplaceAll(strings.ReplaceAll(all, " is known only when the job runs", ""), "docker/metadata-action makes the tag", "made")
}

// Whatever the order in which tags are pushed and the way, all of them are found.
func TestEveryTagIsFound(t *testing.T) {
	run := func(script string) string { return steps("- run: |\n" + indented(script, 4)) }
	build := func(inputs string) string {
		return steps("- uses: docker/build-push-action@v6\n  with:\n    push: true\n" + indented(inputs, 4))
	}
	made := func(events, inputs string) string {
		return strings.Replace(steps("- id: m\n  uses: docker/metadata-action@v5\n  with:\n    images: ${{ env.R }}/x\n"+indented(inputs, 4)+
			"\n- uses: docker/build-push-action@v6\n  with: {push: true, tags: \"${{ steps.m.outputs.tags }}\"}"), "on: push", "on: "+events, 1)
	}
	for _, c := range []struct{ name, workflow, want string }{
		{"lines", build("tags: |\n  ${{ env.R }}/x:${{ github.sha }}\n  ${{ env.R }}/x:latest"), "?(github.sha), latest"},
		{"commas", build("tags: \"${{ env.R }}/x:${{ github.sha }},${{ env.R }}/x:latest\""), "?(github.sha), latest"},
		{"several", build("tags: |\n  ${{ env.R }}/x:1\n  ${{ env.R }}/x:2\n  ${{ env.R }}/x:1"), "1, 2"},
		{"an output", build("tags: ${{ env.R }}/x:${{ github.sha }}\noutputs: type=registry,\"name=${{ env.R }}/x:edge\""), "edge"},
		{"by digest", build("tags: ${{ env.R }}/x\noutputs: type=image,push-by-digest=true,push=true"), "?(the build pushes by digest, without a tag)"},
		{"by digest, where the build is told to push", build("tags: ${{ env.R }}/x:1\noutputs: type=image,push-by-digest=true"), "?(the build pushes by digest, without a tag)"},
		{"of an image, where the build is told to push", build("outputs: type=image,name=${{ env.R }}/x:1"), "1"},
		{"by digest, with the name", build("outputs: type=image,name=${{ env.R }}/x,push-by-digest=true,push=true"), "?(the build pushes by digest, without a tag)"},
		{"two of a manifest of OCI", run("oras push $R/x:$GITHUB_SHA,latest a.txt"), "?($GITHUB_SHA), latest"},
		{"another in the registry", run("docker push $R/x:$GITHUB_SHA\ncrane tag $R/x:$GITHUB_SHA latest\noras tag $R/x:$GITHUB_SHA v1 v2"), "?($GITHUB_SHA), latest, v1, v2"},
		{"joined under tags that were made", steps("- uses: docker/metadata-action@v5\n  with: {images: \"${{ env.R }}/x\", tags: \"type=sha\\ntype=raw,value=latest\"}\n- run: docker buildx imagetools create $(jq .tags) a"), "?(made of the commit), latest"},
		{"two pushes", run("docker push $R/x:$GITHUB_SHA\ndocker push $R/x:latest"), "?($GITHUB_SHA), latest"},
		{"no tag", run("docker push $R/x:$GITHUB_SHA\ndocker push $R/x"), "?($GITHUB_SHA), -"},
		{"two flags", run("docker buildx build --push -t $R/x:$GITHUB_SHA -t $R/x:latest ."), "?($GITHUB_SHA), latest"},
		{"a tag of another manifest", run("docker push $R/x:$GITHUB_SHA\ndocker buildx imagetools create -t $R/x:stable $R/x:$GITHUB_SHA"), "?($GITHUB_SHA), stable"},
		{"copies", run("crane copy a $R/x:$GITHUB_SHA\nskopeo copy a docker://$R/x:latest"), "?($GITHUB_SHA), latest"},
		{"kaniko", run("/kaniko/executor -d $R/x:$GITHUB_SHA -d $R/x:latest"), "?($GITHUB_SHA)"},
		{"all tags of a build", run("docker build -t $R/x:$GITHUB_SHA -t $R/x:latest .\ndocker push --all-tags $R/x"), "?($GITHUB_SHA), latest"},
		{"all tags, one of the commit", run("docker build -t $R/x:$GITHUB_SHA .\ndocker push -a $R/x"), "?($GITHUB_SHA)"},
		{"all tags that were given", run("docker build -t a .\ndocker tag a $R/x:$GITHUB_SHA\ndocker image tag a $R/x:v1\ndocker push $R/x --all-tags"), "?($GITHUB_SHA), v1"},
		{"all tags in a later step", steps("- run: docker build -t $R/x:v1 .\n- run: docker push -a $R/x"), "v1"},
		{"all tags that nothing gave", run("docker push -a $R/x"), "-"},
		{"in a loop", run("for t in $GITHUB_SHA latest; do docker push $R/x:$t; done"), "?($GITHUB_SHA), latest"},
		{"in a loop over a variable", run("T=$GITHUB_SHA\nT=\"$T latest\"\nfor t in $T; do docker push $R/x:$t; done"), "?($GITHUB_SHA), latest"},
		{"in a loop over what a condition adds to", run("T=$GITHUB_SHA\nif [ $GITHUB_REF = refs/heads/main ]; then T=\"$T latest\"; fi\nfor t in $T; do docker push $R/x:$t; done"), "?($GITHUB_SHA), latest"},
		{"of flags in a variable", run("F=\"-t $R/x:$GITHUB_SHA -t $R/x:latest\"\ndocker buildx build --push $F ."), "?($GITHUB_SHA), latest"},
		{"of flags that a condition adds to", run("F=\"-t $R/x:$GITHUB_SHA\"\n[ $A = b ] && F=\"$F -t $R/x:latest\"\ndocker buildx build --push $F ."), "?($GITHUB_SHA), latest"},
		{"of one of two", run("if [ $A = b ]; then I=$R/x:1; else I=$R/x:2; fi\ndocker push $I"), "1, 2"},
		{"of the branch", run("docker push $R/x:${{ github.ref_name }}"), "?(github.ref_name) again github.ref_name"},
		{"of the branch, by a variable", run("docker push $R/x:$GITHUB_REF_NAME"), "?($GITHUB_REF_NAME) again $GITHUB_REF_NAME"},
		{"of a tag of git", strings.Replace(run("docker push $R/x:${{ github.ref_name }}"), "on: push", "on: {push: {tags: ['v*']}, release: {types: [published]}}", 1), "?(github.ref_name)"},
		{"of a tag of git, by a variable", strings.Replace(run("docker push $R/x:$GITHUB_REF_NAME"), "on: push", "on: {push: {tags: ['v*']}}", 1), "?($GITHUB_REF_NAME)"},
		{"of a tag of git or a branch", strings.Replace(run("docker push $R/x:${{ github.ref_name }}"), "on: push", "on: {push: {tags: ['v*'], branches: [main]}}", 1), "?(github.ref_name) again github.ref_name"},
		{"of a tag of git, or whatever it is run for", strings.Replace(run("docker push $R/x:${{ github.ref_name }}"), "on: push", "on: {push: {tags: ['v*']}, workflow_dispatch: {}}", 1), "?(github.ref_name) again github.ref_name"},
		{"of a part of the branch", run("docker push $R/x:${GITHUB_REF##*/}"), "?(${GITHUB_REF##*/}) again ${GITHUB_REF##*/}"},
		{"of the branch and the commit", run("docker push $R/x:${{ github.ref_name }}-${{ github.sha }}"), "?(github.ref_name)"},
		{"of a version in a file", run("V=$(cat VERSION)\ndocker push $R/x:v$V"), "?($(cat VERSION)) again $(cat VERSION)"},
		{"of a version that is cut out of a file", run("F=pom.xml\nV=\"$(grep -m1 '<version>' \"$F\" | sed 's/<[^>]*>//g' | tr -d ' ')\"\ndocker push $R/x:$V"), "?($(grep -m1 '<version>' \"$F\" | sed 's/<[^>]*>//g' | tr -d ' ')) again $(grep -m1 '<version>' \"$F\" | sed 's/<[^>]*>//g' | tr -d ' ')"},
		{"of a file as input", run("docker push $R/x:$(jq -r .version < package.json)"), "?($(jq -r .version < package.json)) again $(jq -r .version < package.json)"},
		{"of a version in a step's output", steps("- id: v\n  run: echo \"v=$(jq -r .version package.json)\" >> $GITHUB_OUTPUT\n- run: docker push $R/x:${{ steps.v.outputs.v }}"), "?($(jq -r .version package.json)) again $(jq -r .version package.json)"},
		{"of git's last tag", run("docker push $R/x:$(git describe --tags --abbrev=0)"), "?($(git describe --tags --abbrev=0)) again $(git describe --tags --abbrev=0)"},
		{"of the day", run("docker push $R/x:$(date -u +%Y-%m-%d)"), "?($(date -u +%Y-%m-%d)) again $(date -u +%Y-%m-%d)"},
		{"of the second", run("docker push $R/x:$(date +%Y%m%d%H%M%S)"), "?($(date +%Y%m%d%H%M%S))"},
		{"of the time", run("docker push $R/x:$(date)"), "?($(date))"},
		{"of the commits since git's last tag", run("docker push $R/x:$(git describe --tags)"), "?($(git describe --tags))"},
		{"of the commit", run("docker push $R/x:$(git rev-parse HEAD | cut -c1-7)"), "?($(git rev-parse HEAD | cut -c1-7))"},
		{"of what is made up", run("docker push $R/x:$(head -c8 /dev/urandom)"), "?($(head -c8 /dev/urandom))"},
		{"of a file and the run", run("docker push $R/x:$(cat VERSION)-$GITHUB_RUN_NUMBER"), "?($(cat VERSION))"},
		{"of an unknown file", run("docker push $R/x:$(cat $X)"), "?($(cat $X))"},
		{"of a file that the script writes", run("git rev-parse --short HEAD > ./VERSION\ndocker push $R/x:$(cat VERSION)"), "?($(cat VERSION))"},
		{"of a file that a step writes", steps("- run: git rev-parse HEAD | tee VERSION\n- run: docker push $R/x:$(cat VERSION)"), "?($(cat VERSION))"},
		{"of a version, for tags of git", strings.Replace(run("docker push $R/x:$(cat VERSION)"), "on: push", "on: {push: {tags: ['v*']}}", 1), "?($(cat VERSION))"},
		{"of files", run("docker push $R/x:v-${{ hashFiles('web/**') }}"), "?(hashFiles()) again hashFiles()"},

		{"made from lines", made("push", "tags: |\n  type=sha\n  type=raw,value=latest"), "?(made of the commit), latest"},
		{"made from a bare value", made("push", "tags: |\n  type=sha\n  nightly"), "?(made of the commit), nightly"},
		{"made with what is around it", made("push", "tags: type=raw,value=1,prefix=v,suffix=-rc"), "v1-rc"},
		{"made from the commit by a template", made("push", "tags: type=raw,value={{sha}}"), "?(made)"},
		{"made not at all", made("push", "tags: |\n  type=sha\n  type=raw,value=latest,enable=false"), "?(made of the commit)"},
		{"made for the branch", made("push", "tags: type=ref,event=branch"), "?(made) again made"},
		{"made by themselves", made("push", ""), "?(made) again made"},
		{"made with latest", made("push", "tags: type=sha\nflavor: latest=true"), "?(made of the commit), latest"},
		{"made for a release", made("{push: {tags: ['v*']}}", "tags: type=semver,pattern={{version}}"), "?(made), latest"},
		{"made for a release without latest", made("{push: {tags: ['v*']}}", "tags: type=semver,pattern={{version}}\nflavor: latest=false"), "?(made)"},
		{"made each night", made("[push, schedule]", "tags: |\n  type=sha\n  type=schedule"), "?(made of the commit), nightly"},
		{"made of another branch", made("push", "tags: |\n  type=sha\n  type=edge"), "?(made of the commit), edge"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := tags(t, c.workflow); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
