package preflight_test

import (
	"strings"
	"testing"
)

// A tag is empty if nothing sets its variable, and what is not read may set it.
func TestTagsOfVariablesThatNothingSets(t *testing.T) {
	const login = "    - id: login\n"
	at := func(tag string) edit { return edit{"workflow.yaml", "my-app:${{ github.sha }}", "my-app:" + tag} }
	inScript := func(line string) edit {
		return edit{"workflow.yaml", `docker push "$IMAGE"`, line + "\n        docker tag \"$IMAGE\" \"$IMAGE-$ARCH\"\n        docker push \"$IMAGE-$ARCH\""}
	}
	before := func(step string) edit { return edit{"workflow.yaml", login, step + login} }
	for _, test := range []struct {
		name  string
		edits []edit
		want  string
	}{
		{"in env", []edit{at("${{ env.TAG }}")}, "KR193"},
		{"in a script", []edit{{"workflow.yaml", `docker push "$IMAGE"`, "docker tag \"$IMAGE\" \"$IMAGE-$ARCH\"\n        docker push \"$IMAGE-$ARCH\""}}, "KR193"},
		{"in a part of it", []edit{at("v${{ env.TAG }}")}, "KR193"},
		{"with a default", []edit{at("${{ env.TAG || github.sha }}")}, ""},
		{"with a default in a script", []edit{{"workflow.yaml", `docker push "$IMAGE"`, "docker tag \"$IMAGE\" \"$IMAGE-${ARCH:-amd64}\"\n        docker push \"$IMAGE-${ARCH:-amd64}\""}}, ""},
		{"that is set", []edit{at("${{ env.TAG }}"), {"workflow.yaml", "  AWS_REGION: us-east-1\n", "  AWS_REGION: us-east-1\n  TAG: v1-${{ github.sha }}\n"}}, ""},
		{"that GitHub sets", []edit{{"workflow.yaml", `docker push "$IMAGE"`, "docker tag \"$IMAGE\" \"$IMAGE-$GITHUB_RUN_ID\"\n        docker push \"$IMAGE-$GITHUB_RUN_ID\""}}, ""},
		{"that a step sets", []edit{at("${{ env.TAG }}"), before("    - run: echo \"TAG=$GITHUB_SHA\" >> \"$GITHUB_ENV\"\n")}, ""},
		{"that an action of others may set", []edit{at("${{ env.TAG }}"), before("    - uses: gittools/actions/gitversion/execute@v3\n")}, ""},
		{"that an action of Docker does not set", []edit{at("${{ env.TAG }}"), before("    - uses: docker/setup-buildx-action@v3\n")}, "KR193"},
		{"of docker/metadata-action", []edit{at("${{ env.DOCKER_METADATA_OUTPUT_VERSION }}"), before("    - uses: docker/metadata-action@v5\n      with: {images: my-app, tags: type=sha}\n")}, ""},
		{"that make may set", []edit{at("${{ env.TAG }}"), before("    - run: make version\n")}, ""},
		{"that a program may set", []edit{at("${{ env.TAG }}"), before("    - run: semantic-release\n")}, ""},
		{"that a script of the files may set", []edit{at("${{ env.TAG }}"), before("    - run: ./version.sh\n")}, ""},
		{"that the runner has", []edit{at("${{ env.TAG }}"), podHas("TAG", "v1")}, ""},
		{"of bash", []edit{{"workflow.yaml", `docker push "$IMAGE"`, "docker tag \"$IMAGE\" \"$IMAGE-$HOSTNAME-$RANDOM-$EPOCHSECONDS-$CI\"\n        docker push \"$IMAGE-$HOSTNAME-$RANDOM-$EPOCHSECONDS-$CI\""}}, ""},
		{"of bash in env", []edit{at("${{ env.HOSTNAME }}")}, "KR193"},
		{"that a program prints", []edit{at("${{ env.TAG }}"), before("    - run: jq -r .env version.json >> $GITHUB_ENV\n")}, ""},
		{"that a file has", []edit{at("${{ env.TAG }}"), before("    - run: cat .env >> ${{ github.env }}\n")}, ""},
		{"that a loop writes", []edit{at("${{ env.TAG }}"), before("    - run: while read -r line; do echo \"$line\" >> $GITHUB_ENV; done < .env\n")}, ""},
		{"that a step sets another of", []edit{at("${{ env.TAG }}"), before("    - run: echo \"TGA=$GITHUB_SHA\" >> \"$GITHUB_ENV\"\n")}, "KR193"},
		{"of AWS Secrets Manager", []edit{at("${{ env.TAG }}"), before("    - uses: aws-actions/aws-secretsmanager-get-secrets@v2\n")}, ""},
		{"that export takes from a file", []edit{inScript("export $(<.env)")}, ""},
		{"that export takes from words", []edit{inScript(`for pair in $(cat .env); do export "$pair"; done`)}, ""},
		{"that printf sets", []edit{inScript("printf -v ARCH %s amd64")}, ""},
		{"that a function sets for all", []edit{inScript("f() { declare -g ARCH=amd64; }; f")}, ""},
		{"that a function sets for itself", []edit{inScript("f() { declare ARCH=amd64; }; f")}, "KR193"},
		{"that a function sets by another name", []edit{inScript("f() { local -n to=$1; to=amd64; }; f ARCH")}, ""},
		{"of no step", []edit{at("${{ steps.meta.outputs.version }}")}, "KR142"},
		{"of a step", []edit{at("${{ steps.meta.outputs.version }}"), before("    - id: meta\n      run: ./version.sh\n")}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, test.edits, nil)
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
