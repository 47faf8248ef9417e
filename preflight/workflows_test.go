package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/cloudformation"
)

// TestWorkflowsOfOthers judges workflows as people write them: those that work are
// proved, and of the others the finding says why they do not.
func TestWorkflowsOfOthers(t *testing.T) {
	const head = "on: push\nenv: {REGISTRY: 111122223333.dkr.ecr.us-east-1.amazonaws.com, IMAGE: my-app}\njobs:\n  push:\n    runs-on: [self-hosted, push-my-app]\n    steps:\n"
	for _, test := range []struct {
		name, steps string
		want        []string
	}{
		{"the ECR documentation's", `
    - uses: actions/checkout@v6
    - run: |
        aws ecr get-login-password --region us-east-1 | docker login --username AWS --password-stdin 111122223333.dkr.ecr.us-east-1.amazonaws.com
        docker build -t my-app .
        docker tag my-app:latest 111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app:$GITHUB_SHA
        docker push 111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app:$GITHUB_SHA
`, []string{}},
		{"the login in its own step, variables in between", `
    - name: vars
      id: vars
      run: |
        echo "account=111122223333" >> "$GITHUB_OUTPUT"
        echo "ECR=111122223333.dkr.ecr.us-east-1.amazonaws.com" >> "$GITHUB_ENV"
    - run: aws ecr get-login-password --region ${AWS_REGION:-us-east-1} | docker login -u AWS --password-stdin $ECR
      env: {AWS_REGION: us-east-1}
    - run: docker push ${{ steps.vars.outputs.account }}.dkr.ecr.us-east-1.amazonaws.com/my-app:$GITHUB_SHA
`, []string{}},
		{"the script of old", `
    - run: |
        $(aws ecr get-login --no-include-email --region us-east-1)
        docker push $REGISTRY/$IMAGE:$GITHUB_SHA
`, []string{"KR103"}},
		{"the script of old, with the version that has it", `
    - run: pip install --user awscli
    - run: |
        $(aws ecr get-login --no-include-email --region us-east-1)
        docker push $REGISTRY/$IMAGE:$GITHUB_SHA
`, []string{}},
		{"the script of old in another region", `
    - run: |
        eval "$(aws ecr get-login --no-include-email --region us-east-2)"
        docker push $REGISTRY/$IMAGE:$GITHUB_SHA
`, []string{"KR103", "KR062"}},
		{"build-push-action with a login that only main has", `
    - uses: docker/setup-buildx-action@v3
    - uses: docker/login-action@v3
      if: github.ref == 'refs/heads/main'
      with: {registry: "${{ env.REGISTRY }}"}
    - uses: docker/build-push-action@v6
      with:
        push: ${{ github.ref == 'refs/heads/main' }}
        tags: ${{ env.REGISTRY }}/my-app:${{ github.sha }}
`, []string{}},
		{"build-push-action that pushes more often than it logs in", `
    - uses: docker/login-action@v3
      if: github.ref == 'refs/heads/main'
      with: {registry: "${{ env.REGISTRY }}"}
    - uses: docker/build-push-action@v6
      with:
        push: ${{ github.event_name != 'pull_request' }}
        tags: ${{ env.REGISTRY }}/my-app:${{ github.sha }}
`, []string{"KR102"}},
		{"a cache that is read before the login", `
    - uses: docker/build-push-action@v6
      with:
        load: true
        tags: app
        cache-from: type=registry,ref=${{ env.REGISTRY }}/my-app:cache
    - uses: aws-actions/amazon-ecr-login@v2
    - run: docker tag app $REGISTRY/my-app:$GITHUB_SHA && docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{"KR100"}},
		{"a login with the password of a vault", `
    - uses: docker/login-action@v3
      with: {registry: "${{ env.REGISTRY }}", username: AWS, password: "${{ steps.vault.outputs.password }}", ecr: false}
    - run: docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{"KR103"}},
		{"two regions, the one behind the other", `
    - uses: aws-actions/configure-aws-credentials@v5
      with: {aws-region: us-east-1}
    - uses: aws-actions/amazon-ecr-login@v2
    - run: docker push $REGISTRY/my-app:$GITHUB_SHA
    - uses: aws-actions/configure-aws-credentials@v5
      with: {aws-region: eu-west-1}
    - uses: aws-actions/amazon-ecr-login@v2
    - run: docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"logged out before the push", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: docker logout $REGISTRY
    - run: docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{"KR100"}},
		{"logged out of the login's registry before the push", `
    - id: login
      uses: aws-actions/amazon-ecr-login@v2
    - run: docker logout ${{ steps.login.outputs.registry }}
    - run: docker push ${{ steps.login.outputs.registry }}/my-app:$GITHUB_SHA
`, []string{"KR100"}},
		{"logged out behind the push", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: |
        docker push $REGISTRY/my-app:$GITHUB_SHA
        docker logout $REGISTRY
`, []string{}},
		{"a retry around it", `
    - run: |
        for i in 1 2 3; do
          aws ecr get-login-password --region us-east-1 | docker login -u AWS --password-stdin $REGISTRY && break
          sleep 5
        done
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"a function", `
    - run: |
        login() {
          aws ecr get-login-password --region "$1" | docker login -u AWS --password-stdin "111122223333.dkr.ecr.$1.amazonaws.com"
        }
        login us-east-1
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"a function that is given another region", `
    - run: |
        login() {
          aws ecr get-login-password --region "$1" | docker login -u AWS --password-stdin $REGISTRY
        }
        login us-east-2
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{"KR101"}},
		{"a function that is given a fixed tag", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: |
        push() { docker push "$REGISTRY/my-app:$1"; }
        push "$GITHUB_SHA"
        push latest
`, []string{"KR068"}},
		{"kaniko, which logs in itself", `
    - run: /kaniko/executor --context . --destination $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"ko, which logs in itself", `
    - run: ko build --bare --tags $GITHUB_SHA .
      env: {KO_DOCKER_REPO: "${{ env.REGISTRY }}/my-app"}
`, []string{}},
		{"skopeo with its own password", `
    - run: skopeo copy --dest-creds "AWS:$(aws ecr get-login-password --region us-east-1)" docker-archive:x.tar docker://$REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"skopeo with the password of another region", `
    - run: skopeo copy --dest-creds "AWS:$(aws ecr get-login-password --region us-east-2)" docker-archive:x.tar docker://$REGISTRY/my-app:$GITHUB_SHA
`, []string{"KR101"}},
		{"buildah", `
    - run: |
        aws ecr get-login-password --region us-east-1 | buildah login -u AWS --password-stdin $REGISTRY
        buildah bud -t app .
        buildah push app docker://$REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"the credential helper", `
    - run: |
        mkdir -p ~/.docker
        echo '{"credHelpers": {"111122223333.dkr.ecr.us-east-1.amazonaws.com": "ecr-login"}}' > ~/.docker/config.json
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"a Helm chart", `
    - run: |
        aws ecr get-login-password --region us-east-1 | helm registry login --username AWS --password-stdin $REGISTRY
        helm push my-app-1.0.0.tgz oci://$REGISTRY/
`, []string{"KR068"}},
		{"a Helm chart of another name", `
    - run: |
        aws ecr get-login-password --region us-east-1 | helm registry login --username AWS --password-stdin $REGISTRY
        helm push charts/web-1.0.0.tgz oci://$REGISTRY
`, []string{"KR050", "KR054"}},
		{"a login to the registry by its address", `
    - run: |
        PASSWORD=$(aws ecr get-login-password)
        docker login -u AWS -p $PASSWORD https://$REGISTRY
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"the name of an image repository in the login", `
    - run: aws ecr get-login-password | docker login -u AWS --password-stdin $REGISTRY/my-app
    - run: docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"a tag that is pushed with all others", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: docker push --all-tags $REGISTRY/my-app
`, []string{"KR068"}},
		{"a password in an unexported region", `
    - run: |
        AWS_DEFAULT_REGION=us-east-2
        aws ecr get-login-password | docker login -u AWS --password-stdin $REGISTRY
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"aws configure", `
    - run: |
        aws configure set region us-east-2
        aws ecr get-login-password | docker login -u AWS --password-stdin $REGISTRY
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"the account by STS", `
    - run: |
        ACCOUNT=$(aws sts get-caller-identity --query Account --output text)
        aws ecr get-login-password --region us-east-1 | docker login -u AWS --password-stdin $ACCOUNT.dkr.ecr.us-east-1.amazonaws.com
        docker push $ACCOUNT.dkr.ecr.us-east-1.amazonaws.com/my-app:$GITHUB_SHA
`, []string{}},
		{"login-action that is given the name AWS", `
    - id: p
      run: echo "password=$(aws ecr get-login-password)" >> "$GITHUB_OUTPUT"
    - uses: docker/login-action@v3
      with: {registry: "${{ env.REGISTRY }}", username: AWS, password: "${{ steps.p.outputs.password }}"}
    - run: docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{"KR108"}},
		{"a push as root alone", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: sudo docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{"KR109"}},
		{"a push as root with the runner's home", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: sudo -E docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"all as root", `
    - run: |
        aws ecr get-login-password | sudo docker login -u AWS --password-stdin $REGISTRY
        sudo bash -c "docker push $REGISTRY/my-app:$GITHUB_SHA"
`, []string{}},
		{"another token", `
    - uses: aws-actions/amazon-ecr-login@v2
      env: {AWS_WEB_IDENTITY_TOKEN_FILE: /tmp/token}
    - run: docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{"KR105"}},
		{"a push of another shell", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: bash -ec 'docker push $REGISTRY/web:$GITHUB_SHA'
`, []string{"KR050", "KR054"}},
		{"options in quotes", `
    - uses: actions/checkout@v6
    - uses: aws-actions/amazon-ecr-login@v2
    - run: |
        OPTIONS="--push -t $REGISTRY/my-app:$GITHUB_SHA"
        docker buildx build "$OPTIONS" .
`, []string{"KR063"}},
		{"an option with blanks in its value", `
    - uses: actions/checkout@v6
    - uses: aws-actions/amazon-ecr-login@v2
    - run: docker buildx build --push -t "$REGISTRY/my-app:$GITHUB_SHA" "--build-arg=NAME=the app" --label "a b" .
`, []string{}},
		{"an empty role", `
    - uses: aws-actions/amazon-ecr-login@v2
      env: {AWS_ROLE_ARN: ''}
    - run: docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{"KR191"}},
		{"a token that a script takes out", `
    - run: |
        unset AWS_WEB_IDENTITY_TOKEN_FILE
        aws ecr get-login-password --region us-east-1 | docker login -u AWS --password-stdin $REGISTRY
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{"KR191"}},
		{"an empty role for docker/login-action", `
    - uses: docker/login-action@v3
      env: {AWS_ROLE_ARN: "${{ env.NONE && 'x' }}"}
      with: {registry: "${{ env.REGISTRY }}"}
    - run: docker push $REGISTRY/my-app:$GITHUB_SHA
      env: {AWS_ROLE_ARN: ''}
`, []string{}},
		{"variables of EKS Pod Identity that are empty", `
    - uses: aws-actions/amazon-ecr-login@v2
      env: {AWS_CONTAINER_CREDENTIALS_FULL_URI: ''}
    - run: docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"a push over ssh", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: ssh build@host "docker push $REGISTRY/my-app:$GITHUB_SHA"
`, []string{"KR063"}},
		{"a push over ssh, from a document", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: |
        ssh build@host <<END
        docker push $REGISTRY/my-app:$GITHUB_SHA
        END
`, []string{"KR063"}},
		{"a push in a Pod", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: kubectl exec build -- docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{"KR063"}},
		{"a look at a host", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: |
        ssh build@host docker ps
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"Python that pushes", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: |
        python3 - <<'END'
        import os
        os.system("docker push 111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app:latest")
        END
`, []string{"KR063"}},
		{"a task of npm that pushes", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: npm run docker:push
`, []string{"KR063"}},
		{"a package of npm", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: |
        git commit -m "docker push" && npm publish
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"bake with an output", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: docker buildx bake --set '*.output=type=registry' app
`, []string{"KR063"}},
		{"a login as another user", `
    - run: |
        aws ecr get-login-password --region us-east-1 | docker login -u admin --password-stdin $REGISTRY
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{"KR103"}},
		{"a login without a user", `
    - run: |
        aws ecr get-login-password --region us-east-1 | docker login --password-stdin $REGISTRY
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{"KR103"}},
		{"a login as a user of a variable", `
    - env: {WHO: AWS}
      run: |
        aws ecr get-login-password --region us-east-1 | docker login --username $WHO --password-stdin $REGISTRY
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"a password for no one", `
    - run: |
        aws ecr get-login-password --region us-east-1 --no-sign-request | docker login -u AWS --password-stdin $REGISTRY
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{"KR103"}},
		{"a password of another endpoint", `
    - uses: aws-actions/amazon-ecr-login@v2
      env: {AWS_ENDPOINT_URL: "http://localhost:4566"}
    - run: docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{"KR103"}},
		{"a password of an endpoint of AWS", `
    - run: |
        aws ecr get-login-password --region us-east-1 --endpoint-url https://api.ecr.us-east-1.amazonaws.com | docker login -u AWS --password-stdin $REGISTRY
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"the credential helper for the registry", `
    - run: |
        echo '{"credHelpers": {"111122223333.dkr.ecr.us-east-1.amazonaws.com": "ecr-login"}}' > ~/.docker/config.json
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"the credential helper for another registry", `
    - run: |
        echo '{"credHelpers": {"444455556666.dkr.ecr.us-east-1.amazonaws.com": "ecr-login"}}' > ~/.docker/config.json
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{"KR056"}},
		{"a tag with a sign that tags have not", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: docker push $REGISTRY/my-app:1.0.0+${{ github.run_number }}
`, []string{"KR142"}},
		{"a script that a step writes", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: |
        cat > ci.sh <<'END'
        docker push $REGISTRY/my-app:latest
        END
        chmod +x ci.sh
    - run: ./ci.sh
`, []string{"KR068"}},
		{"a script that a step writes and does not run", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: |
        echo "docker push $REGISTRY/my-app:latest" > ci.sh
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"Skaffold with an image repository", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: skaffold build --default-repo $REGISTRY
`, []string{"KR063"}},
		{"a login on a condition of the script", `
    - run: |
        if [ "$GITHUB_REF" = refs/heads/main ]; then
          aws ecr get-login-password --region us-east-1 | docker login -u AWS --password-stdin $REGISTRY
        fi
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{"KR102"}},
		{"a login and a push on a condition of the script", `
    - run: |
        if [ "$GITHUB_REF" = refs/heads/main ]; then
          aws ecr get-login-password --region us-east-1 | docker login -u AWS --password-stdin $REGISTRY
          if [ -f Dockerfile ]; then docker push $REGISTRY/my-app:$GITHUB_SHA; fi
        fi
`, []string{}},
		{"a login of each branch of a script", `
    - run: |
        if docker --version; then
          aws ecr get-login-password --region us-east-1 | docker login -u AWS --password-stdin $REGISTRY
        else
          install-docker
          aws ecr get-login-password --region us-east-1 | docker login -u AWS --password-stdin $REGISTRY
        fi
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"a login as a condition of the script", `
    - run: |
        if ! aws ecr get-login-password --region us-east-1 | docker login -u AWS --password-stdin $REGISTRY; then exit 1; fi
        docker push $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"regctl", `
    - run: |
        aws ecr get-login-password --region us-east-1 | regctl registry login -u AWS --pass-stdin $REGISTRY
        regctl image copy --digest-tags ghcr.io/octo-org/app:1 $REGISTRY/my-app:$GITHUB_SHA
`, []string{}},
		{"regctl to another image repository", `
    - uses: aws-actions/amazon-ecr-login@v2
    - run: |
        regctl image mod $REGISTRY/my-app:$GITHUB_SHA --create $REGISTRY/my-app:latest --label a=b
        regctl image import $REGISTRY/web:$GITHUB_SHA image.tar
`, []string{"KR050", "KR054", "KR068"}},
		{"ECR in the name alone", `
    - uses: actions/checkout@v6
    - uses: aws-actions/amazon-ecr-login@v2
      with: {registries: 111122223333, registry-type: private, mask-password: true, skip-logout: true}
    - uses: docker/build-push-action@v6
      with: {context: ., push: true, tags: "${{ env.REGISTRY }}/${{ env.IMAGE }}:${{ github.sha }}", provenance: false}
`, []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, nil, map[string]string{"workflow.yaml": head + test.steps[1:]})
			if !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// A called workflow that is not read may hold a key and push: the verdict does not pass
// over it.
func TestCallsOfWorkflowsAreNotPassedOver(t *testing.T) {
	const proved = "proved: 1 runner can push to 1 image repository, for jobs of octo-org/my-app on labels self-hosted, push-my-app, and no one else can "
	call := func(gives string) map[string]string {
		return map[string]string{".github/workflows/release.yaml": "on: push\njobs:\n  release:\n    uses: acme/shared/.github/workflows/docker.yml@main\n" + gives}
	}
	local := func(gives string) map[string]string {
		files := call(gives)
		files[".github/workflows/release.yaml"] = strings.Replace(files[".github/workflows/release.yaml"], "acme/shared/.github/workflows/docker.yml@main", "./.github/workflows/docker.yml", 1)
		return files
	}
	with := func(files map[string]string, callee string) map[string]string {
		files[".github/workflows/docker.yml"] = callee
		return files
	}
	for _, c := range []struct {
		name    string
		files   map[string]string
		want    []string
		verdict string
	}{
		{"no secret", call(""), []string{"KR107"}, proved + "(4 files, 1 note)"},
		{"every secret", call("    secrets: inherit\n"), []string{"KR107"}, proved + "(4 files, 1 note)"},
		{"a secret of another name", call("    secrets: {TOKEN: \"${{ secrets.TOKEN }}\"}\n"), []string{"KR107"}, proved + "(4 files, 1 note)"},
		{"a stored key", call("    secrets:\n      AWS_ACCESS_KEY_ID: ${{ secrets.AWS_ACCESS_KEY_ID }}\n      AWS_SECRET_ACCESS_KEY: ${{ secrets.AWS_SECRET_ACCESS_KEY }}\n"),
			[]string{"KR107", "KR064"}, "not proved: 2 errors (4 files, 1 note)"},
		{"a workflow that is not among the files", local("    secrets: inherit\n"), []string{"KR107"}, proved + "(4 files, 1 note)"},
		{"a workflow that is, with a key of another name", with(local("    secrets: {KEY: \"${{ secrets.PRODUCTION }}\"}\n"),
			"on: {workflow_call: {secrets: {KEY: {}}}}\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n    - uses: aws-actions/configure-aws-credentials@v5\n      with: {aws-secret-access-key: \"${{ secrets.KEY }}\"}\n"),
			[]string{"KR144"}, "not proved: 1 warning (5 files)"},
		{"a workflow that is, without a key", with(local("    secrets: inherit\n"),
			"on: workflow_call\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n    - run: make test\n"),
			[]string{}, proved + "(5 files)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, text := ids(t, nil, c.files)
			if !cmp.Equal(got, c.want) || !strings.HasSuffix(text, "\n"+c.verdict+"\n") {
				t.Errorf("got %q, want %q and\n%s\n%s", got, c.want, c.verdict, text)
			}
		})
	}
}

// Two workflows may call one by jobs of one name: what is wrong in it is one finding of each
// kind all the same.
func TestAWorkflowThatTwoCallIsJudgedOnce(t *testing.T) {
	const call = "on: push\njobs:\n  web:\n    uses: ./.github/workflows/build.yaml\n"
	files := readGood(t)
	files[".github/workflows/a.yaml"], files[".github/workflows/b.yaml"] = call, call
	files[".github/workflows/build.yaml"] = "on: workflow_call\njobs:\n  build:\n    runs-on: [self-hosted, push-my-app]\n    container: node:20\n    env: {AWS_REGION: us-east-1, AWS_PROFILE: ci}\n" +
		"    steps:\n    - uses: actions/checkout@v6\n    - uses: ./.github/actions/build\n    - uses: aws-actions/amazon-ecr-login@v2\n" +
		"    - uses: aws-actions/configure-aws-credentials@v5\n      with: {role-to-assume: \"arn:aws:iam::111122223333:role/other\", aws-region: us-east-1}\n"
	write(t, files)
	found, text := check(t, cloudformation.Settings{})
	var got []string
	for _, finding := range found.Findings {
		got = append(got, finding.Kind.ID)
	}
	if want := []string{"KR058", "KR066", "KR105", "KR107", "KR134"}; !cmp.Equal(got, want) {
		t.Errorf("got %q, want %q\n%s", got, want, text)
	}
}
