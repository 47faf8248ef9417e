package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A runner of one source repository decides what the name of that is in an image repository's.
func TestNamesByTheSourceRepository(t *testing.T) {
	const (
		proved = "proved: 1 runner can push to 1 image repository"
		scope  = "      repository: octo-org/my-app\n"
	)
	name := func(written string) edit {
		return edit{"workflow.yaml", "/my-app:${{ github.sha }}", "/" + written + ":${{ github.sha }}"}
	}
	script := func(written string) edit {
		return edit{"workflow.yaml", "docker push \"$IMAGE\"", "docker tag \"$IMAGE\" \"${{ steps.login.outputs.registry }}/" + written + ":${{ github.sha }}\"\n        docker push \"${{ steps.login.outputs.registry }}/" + written + ":${{ github.sha }}\""}
	}
	at := func(name string) []edit {
		return []edit{{"template.yaml", "RepositoryName: my-app\n", "RepositoryName: " + name + "\n"}, {"template.yaml", pushStatement, strings.Replace(pushStatement, "my-app", name, 1)},
			{"template.yaml", "amazonaws.com/my-app\n", "amazonaws.com/" + name + "\n"}}
	}
	runner := func(scope string) edit { return edit{"runner.yaml", "      repository: octo-org/my-app\n", scope} }
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
		says  string
	}{
		{"whole", append(at("octo-org/my-app"), name("${{ github.repository }}")), []string{}, proved},
		{"within a name", append(at("ci/octo-org/my-app/web"), name("ci/${{ github.repository }}/web")), []string{}, proved},
		{"its owner", append(at("octo-org/web"), name("${{ github.repository_owner }}/web")), []string{}, proved},
		{"of a script", append(at("octo-org/my-app"), script("$GITHUB_REPOSITORY")), []string{}, proved},
		{"of a script, without its owner", append(at("my-app"), script("${GITHUB_REPOSITORY#*/}")), []string{}, proved},
		{"in small letters", append(at("octo-org/my-app"), script("${GITHUB_REPOSITORY,,}"), runner("      repository: Octo-Org/My-App\n")), []string{}, proved},
		{"that another variable has", append(at("my-app"), script("$GITHUB_REPOSITORY"), edit{"workflow.yaml", "docker build", "GITHUB_REPOSITORY=my-app\n        docker build"}), []string{}, proved},
		{"of another variable, in small letters", append(at("octo-org/my-app"), script("${GITHUB_REPOSITORY,,}"), edit{"workflow.yaml", "docker build", "GITHUB_REPOSITORY=other\n        docker build"}), []string{"KR063"}, "${GITHUB_REPOSITORY,,} is known only when the job runs"},
		{"in capital letters", append(at("octo-org/my-app"), name("${{ github.repository }}"), runner("      repository: Octo-Org/my-app\n")), []string{"KR063"}, "github.repository is known only when the job runs"},
		{"beside something else", append(at("octo-org/my-app"), name("${{ github.repository }}/${{ github.ref_name }}")), []string{"KR063"}, "is known only when the job runs"},
		{"of an organization", append(at("octo-org/my-app"), name("${{ github.repository }}"), runner("      organization: octo-org\n      group: push\n")), []string{"KR063"}, "github.repository is known only when the job runs"},
		{"another image repository's", append(at("my-app"), name("${{ github.repository }}")), []string{"KR050", "KR054"}, `may not`},
		{"two that differ", append(at("octo-org/my-app"), name("${{ github.repository }}"), edit{"workflow.yaml", "docker push \"$IMAGE\"", "docker push \"$IMAGE\"\n        docker tag \"$IMAGE\" ${{ steps.login.outputs.registry }}/${{ github.repository }}/web:${{ github.sha }}\n        docker push ${{ steps.login.outputs.registry }}/${{ github.repository }}/web:${{ github.sha }}"}), []string{"KR050", "KR054"}, "repository/octo-org/my-app/web"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, nil); !cmp.Equal(got, test.want) || !strings.Contains(text, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, text)
			}
		})
	}
}
