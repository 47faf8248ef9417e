package preflight_test

import (
	"strings"
	"testing"
)

// A tag is empty if nothing sets its variable, and what is not read may set it.
func TestTagsOfVariablesThatNothingSets(t *testing.T) {
	const login = "    - id: login\n"
	at := func(tag string) edit { return edit{"workflow.yaml", "my-app:${{ github.sha }}", "my-app:" + tag} }
	before := func(step string) edit { return edit{"workflow.yaml", login, step + login} }
	for _, test := range []struct {
		name  string
		edits []edit
		want  string
	}{
		{"in env", []edit{at("${{ env.TAG }}")}, "KR193"},
		{"in a script", []edit{{"workflow.yaml", `docker push "$IMAGE"`, `docker push "$IMAGE-$ARCH"`}}, "KR193"},
		{"in a part of it", []edit{at("v${{ env.TAG }}")}, "KR193"},
		{"with a default", []edit{at("${{ env.TAG || github.sha }}")}, ""},
		{"with a default in a script", []edit{{"workflow.yaml", `docker push "$IMAGE"`, `docker push "$IMAGE-${ARCH:-amd64}"`}}, ""},
		{"that is set", []edit{at("${{ env.TAG }}"), {"workflow.yaml", "  AWS_REGION: us-east-1\n", "  AWS_REGION: us-east-1\n  TAG: v1-${{ github.sha }}\n"}}, ""},
		{"that GitHub sets", []edit{{"workflow.yaml", `docker push "$IMAGE"`, `docker push "$IMAGE-$GITHUB_RUN_ID"`}}, ""},
		{"that a step sets", []edit{at("${{ env.TAG }}"), before("    - run: echo \"TAG=$GITHUB_SHA\" >> \"$GITHUB_ENV\"\n")}, ""},
		{"that an action of others may set", []edit{at("${{ env.TAG }}"), before("    - uses: gittools/actions/gitversion/execute@v3\n")}, ""},
		{"that an action of Docker does not set", []edit{at("${{ env.TAG }}"), before("    - uses: docker/setup-buildx-action@v3\n")}, "KR193"},
		{"that make may set", []edit{at("${{ env.TAG }}"), before("    - run: make version\n")}, ""},
		{"that a program may set", []edit{at("${{ env.TAG }}"), before("    - run: semantic-release\n")}, ""},
		{"that a script of the files may set", []edit{at("${{ env.TAG }}"), before("    - run: ./version.sh\n")}, ""},
		{"that the runner has", []edit{at("${{ env.TAG }}"), podHas("TAG", "v1")}, ""},
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
