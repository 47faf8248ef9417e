package github_test

import (
	"fmt"
	"testing"
)

func TestCommandsPush(t *testing.T) {
	const tag, digest = "push R x 1", "push R x ?(the build pushes by digest, without a tag)"
	for _, c := range []struct {
		command string
		want    []string
	}{
		{"docker push $R/x:1", []string{tag}},
		{"docker push --quiet $R/x:1", []string{tag}},
		{"docker push -a $R/x", []string{"push R x -"}},
		{"docker push --platform linux/amd64 $R/x:1", []string{tag}},
		{"docker --config /d --context c push $R/x:1", []string{tag}},
		{"docker image push $R/x:1", []string{tag}},
		{"docker manifest push -p $R/x:1", []string{tag}},
		{"docker push $R/x@sha256:0", []string{"push R x -"}},
		{"docker push $R/x:1@sha256:0", []string{tag}},
		{"docker push $R/a/b/x:1", []string{"push R a/b/x 1"}},
		{"docker push", nil},
		{"docker push a b $R/x", []string{"push ?(it is one of 3 words) ?(it is one of 3 words) -"}},
		{"docker tag x $R/x", nil},
		{"docker pull $R/x", nil},
		{"docker build -t $R/x .", nil},
		{"docker build --push -t $R/x:1 .", []string{tag}},
		{"docker buildx build --push=true --tag=$R/x:1 --tag $R/y .", []string{tag, "push R y -"}},
		{"docker buildx b --push -t$R/x:1 -t=$R/y .", []string{tag, "push R y -"}},
		{"docker --builder b image build . -t $R/x:1 --push", []string{tag}},
		{"docker buildx build --push .", []string{"push ?(the words of the build do not name it) ?(the words of the build do not name it) -"}},
		{"docker buildx build --load -t $R/x:1 .", nil},
		{"docker buildx build -o type=registry -t $R/x:1 .", []string{tag}},
		{"docker buildx build --output type=image,push=true -t $R/x:1 .", []string{tag}},
		{"docker buildx build --output=type=image,name=$R/x:1,push=true .", []string{tag}},
		{"docker buildx build --output type=image,push=false -t $R/x:1 .", nil},
		{"docker buildx build --output type=local,dest=. -t $R/x:1 .", nil},
		{"docker buildx build --output 'type=image,\"name='$R'/x:1,'$R'/y\",push=true' .", []string{tag, "push R y -"}},
		{"docker buildx build --cache-to type=registry,ref=$R/c:1,mode=max --cache-from=type=registry,ref=$R/c:1 .", []string{"cache R c 1", "read R c 1"}},
		{"docker build --cache-from $R/x:1 .", []string{"read R x 1"}},
		{"docker buildx build --cache-to type=gha --cache-to type=inline --cache-from type=local,src=x .", nil},
		{"docker buildx build --push --cache-to type=registry,ref=$R/x:c -t $R/x:1 .", []string{tag, "cache R x c"}},
		{"docker buildx imagetools create -t $R/x:1 a b", []string{tag}},
		{"docker buildx imagetools create $(cat tags) $R/x:1", []string{"push ?(the words of docker buildx imagetools create do not name it) ?(the words of docker buildx imagetools create do not name it) -"}},
		{"docker buildx imagetools create --dry-run $R/x:1", nil},
		{"docker buildx imagetools inspect $R/x:1", nil},
		{"docker buildx build --push --output type=image,push-by-digest=true -t $R/x:1 .", []string{digest}},
		{"docker buildx build --output type=image,name=$R/x,push-by-digest=true,push=true .", []string{digest}},
		{"docker buildx build --output type=image,name=$R/x:1,push-by-digest=false,push=true .", []string{tag}},
		{"docker buildx bake --push", []string{"push ?(the file that docker buildx bake reads says where to push) ?(the file that docker buildx bake reads says where to push) -"}},
		{"docker compose push", []string{"push ?(the Compose file says where to push) ?(the Compose file says where to push) -"}},
		{"docker compose -f x.yaml push", []string{"push ?(the Compose file says where to push) ?(the Compose file says where to push) -"}},
		{"docker-compose build --push", []string{"push ?(the Compose file says where to push) ?(the Compose file says where to push) -"}},
		{"docker compose run app push", nil},
		{"docker run $R/x push", nil},
		{"sudo -E docker push $R/x:1", []string{tag}},
		{"time docker push $R/x:1", []string{tag}},
		{"timeout -s KILL 600 docker push $R/x:1", []string{tag}},
		{"timeout 600 docker push $R/x:1", []string{tag}},
		{"env -i A=b docker push $R/x:1", []string{tag}},
		{"DOCKER_BUILDKIT=1 docker push $R/x:1", []string{tag}},
		{"/usr/bin/docker push $R/x:1", []string{tag}},
		{"exec docker push $R/x:1", []string{tag}},
		{"podman push --creds a:b $R/x:1", []string{tag}},
		{"podman push localhost/x docker://$R/x:1", []string{tag}},
		{"podman push x oci:dir", nil},
		{"nerdctl push $R/x:1", []string{tag}},
		{"buildah push x docker://$R/x:1", []string{tag}},
		{"crane push x.tar $R/x:1", []string{tag}},
		{"crane copy $R/a $R/x:1", []string{tag}},
		{"crane --platform linux/amd64 cp a $R/x:1", []string{tag}},
		{"crane append --base a -f x.tar -t $R/x:1", []string{tag}},
		{"crane mutate -l a=b $R/x:1", []string{tag}},
		{"crane tag $R/x:a 1", []string{tag}},
		{"crane tag $R/x@sha256:0 1", []string{tag}},
		{"crane tag $R/x:a", nil},
		{"crane pull $R/x x.tar", nil},
		{"skopeo copy --all docker://a docker://$R/x:1", []string{tag}},
		{"skopeo copy --dest-creds AWS:p docker-archive:x.tar docker://$R/x:1", []string{tag}},
		{"skopeo copy docker://$R/x dir:x", nil},
		{"oras push $R/x:1 a.txt b.txt", []string{tag}},
		{"oras push --artifact-type t $R/x:1 a.txt", []string{tag}},
		{"oras push $R/x:1,2 a.txt", []string{tag}},
		{"oras tag $R/x:a 1", []string{tag}},
		{"oras tag $R/x:a", nil},
		{"oras cp $R/a $R/x:1", []string{tag}},
		{"oras push", nil},
		{"/kaniko/executor --destination=$R/x:1 -d $R/y --cache=true --cache-repo=$R/c", []string{tag, "push R y -", "cache R c -"}},
		{"/kaniko/executor --no-push --destination=$R/x:1", nil},
		{"KO_DOCKER_REPO=$R/x ko build --bare .", []string{"push R x -"}},
		{"KO_DOCKER_REPO=$R ko build .", []string{"push R ?(ko makes the name) -"}},
		{"ko build --local .", nil},
		{"buildctl build --output type=image,name=$R/x:1,push=true --export-cache type=registry,ref=$R/c", []string{tag, "cache R c -"}},
		{"helm push app-1.2.0+b.tgz oci://$R/charts/", []string{"push R charts/app 1.2.0_b"}},
		{"helm push dist/my-app-0.1.0-rc.1.tgz oci://$R", []string{"push R my-app 0.1.0-rc.1"}},
		{"helm push app-1.0.${{ github.run_number }}+b.tgz oci://$R", []string{"push R app ?(github.run_number is known only when the job runs)"}},
		{"helm push dist/app-$V.tgz oci://$R", []string{"push R app ?($V is not set in the workflow)"}},
		{"helm push $CHART-1.0.0.tgz oci://$R", []string{"push R ?(Helm takes the name from the chart) -"}},
		{"helm push --registry-config c *.tgz oci://$R", []string{"push R ?(Helm takes the name from the chart) -"}},
		{"helm push app-1.2.0.tgz museum", nil},
		{"helm upgrade app ./push oci://$R", nil},
		{"bash -c 'docker push $R/x:1'", []string{tag}},
		{"sudo bash -euxo pipefail -c \"docker push $R/x:1\"", []string{tag}},
		{"sh -lc 'A=$R/x:1; docker push $A'", []string{tag}},
		{"bash -c \"docker push $R/$NAME:$GITHUB_SHA\"", []string{"push R ?($NAME is not set in the workflow) ?($GITHUB_SHA is known only when the job runs)"}},
		{"bash push.sh -c 'docker push $R/x:1'", []string{"push ?(bash push.sh is not read) ?(bash push.sh is not read) -"}},
		{"bash -c", nil},
		{"bash -c \"$(cat script)\"", []string{"push ?(the run makes a script for bash) ?(the run makes a script for bash) -"}},
		{"eval docker push '$R/x:1'", []string{tag}},
		{"eval 'A=x:1'; docker push $R/$A", []string{tag}},
		{"eval docker push $R/a-$A; docker push $R/b-$B", []string{"push R ?($A is not set in the workflow) -", "push R ?($B is not set in the workflow) -"}},
		{"eval docker push $R/$A:x-$GITHUB_SHA", []string{"push R ?($A is not set in the workflow) ?($GITHUB_SHA is known only when the job runs)"}},
		{"eval \"docker push $R/x:$GITHUB_SHA\" \"&& docker push $R/$A:1\"", []string{"push R x ?($GITHUB_SHA is known only when the job runs)", "push R ?($A is not set in the workflow) 1"}},
		{"eval $(cat script)", nil},
		{"bash -c 'bash -c \"bash -c \\\"bash -c 1\\\"\"'", nil},
		{"aws ecr describe-images --repository-name x", nil},
		{"aws ecr put-image --repository-name x --image-manifest m", nil},
		{"./gradlew jib --image=$R/x:1", []string{"push ?(./gradlew jib is not read) ?(./gradlew jib is not read) -"}},
		{"./gradlew jibDockerBuild", nil},
		{"mvn compile jib:build", []string{"push ?(mvn compile is not read) ?(mvn compile is not read) -"}},
		{"mvn verify", nil},
		{"pack build $R/x:1 --publish", []string{"push ?(pack build is not read) ?(pack build is not read) -"}},
		{"pack build $R/x:1", nil},
		{"earthly --push +image", []string{"push ?(earthly --push is not read) ?(earthly --push is not read) -"}},
		{"$CMD push $R/x", nil},
	} {
		testScripts(t, []scripting{{c.command, c.command, c.want}})
	}
}

func TestPushesToOtherRegistriesAreLeftOut(t *testing.T) {
	for ref, want := range map[string][]string{
		"x":                                   nil,
		"x:1":                                 nil,
		"x:$TAG":                              nil,
		"localhost/x":                         nil,
		"localhost:5000/x":                    nil,
		"team/x":                              nil,
		"docker.io/team/x":                    nil,
		"ghcr.io/${{ github.repository }}":    nil,
		"public.ecr.aws/a/x":                  nil,
		"$REGISTRY.azurecr.io/x":              nil,
		"${{ vars.REGION }}-docker.pkg.dev/x": nil,
		"$R/":                                 {"push R  -"},
		"$A/":                                 nil,
		"/x":                                  nil,
		"":                                    nil,
		"$IMAGE":                              {"push ?($IMAGE is not set in the workflow) ?($IMAGE is not set in the workflow) -"},
		"$IMAGE:$TAG":                         {"push ?($IMAGE is not set in the workflow) ?($IMAGE is not set in the workflow) ?($TAG is not set in the workflow)"},
		"$REGISTRY/x":                         {"push ?($REGISTRY is not set in the workflow) x -"},
		"$REGISTRY/$NAME":                     {"push ?($REGISTRY is not set in the workflow) ?($NAME is not set in the workflow) -"},
		"$ACCOUNT.dkr.ecr.us-east-1.amazonaws.com/x":              {"push ?($ACCOUNT is not set in the workflow) x -"},
		"$ACCOUNT.dkr.ecr.$REGION.amazonaws.com/x":                {"push ?($ACCOUNT is not set in the workflow) x -"},
		"111122223333.dkr.ecr.$REGION.amazonaws.com/x":            {"push ?($REGION is not set in the workflow) x -"},
		"111122223333.dkr.ecr-fips.us-east-1.amazonaws.com/x":     {"push 111122223333.dkr.ecr-fips.us-east-1.amazonaws.com x -"},
		"111122223333.dkr-ecr.us-east-1.on.aws/x":                 {"push 111122223333.dkr-ecr.us-east-1.on.aws x -"},
		"111122223333.ecr.us-east-1.amazonaws.com/x":              {"push 111122223333.ecr.us-east-1.amazonaws.com x -"},
		"111122223333.ecr.dkr.us-east-1.amazonaws.com/x":          {"push 111122223333.ecr.dkr.us-east-1.amazonaws.com x -"},
		"YOUR_ACCOUNT.dkr.ecr.YOUR_REGION.amazonaws.com/YOUR_APP": {"push YOUR_ACCOUNT.dkr.ecr.YOUR_REGION.amazonaws.com YOUR_APP -"},
		"'{{ registry }}/x'":                                      {`push ?("{{ registry }}" is no registry) x -`},
	} {
		testScripts(t, []scripting{{ref, fmt.Sprintf("docker push %s", ref), want}})
	}
}

func TestPushesAreThereOnce(t *testing.T) {
	testScripts(t, []scripting{
		{"several tags", "docker push $R/x:1\ndocker push $R/x:2\ndocker push $R/y", []string{"push R x 1", "push R y -"}},
		{"the cache is another", "docker buildx build --push -t $R/x --cache-from $R/x .", []string{"push R x -", "read R x -"}},
	})
}

// Where the registry is not known, it takes a login to think of Amazon ECR.
func TestPushesWithoutALogin(t *testing.T) {
	job := func(ref string) string { return "jobs:\n  a: {steps: [{run: docker push " + ref + "}]}" }
	testReadings(t, []reading{
		{"a registry that is known", job(host + "/x"), "a\npush " + host + " x -"},
		{"one of Amazon ECR for certain", job("$A.dkr.ecr.us-east-1.amazonaws.com/x"), "a\npush ?($A is not set in the workflow) x -"},
		{"one that is not known", job("$A/x"), "a"},
		{"all unknown", job("$A"), "a"},
	})
}
