package preflight_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A job that logs in to Amazon ECR, and gives what it pushes a name of Docker Hub.
func TestPushesToDockerHub(t *testing.T) {
	name := func(image string) edit {
		return edit{"workflow.yaml", "${{ steps.login.outputs.registry }}/my-app", image}
	}
	first := func(step string) edit { return edit{"workflow.yaml", "    - env:\n", step + "    - env:\n"} }
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"no registry", []edit{name("my-app")}, []string{"KR190"}},
		{"a user of Docker Hub", []edit{name("octo/my-app")}, []string{"KR190"}},
		{"after a login of a script to Amazon ECR", []edit{name("my-app"),
			first("    - run: aws ecr get-login-password | docker login --username AWS --password-stdin \"$ACCOUNT.dkr.ecr.us-east-1.amazonaws.com\"\n")}, []string{"KR190"}},
		{"another registry", []edit{name("ghcr.io/octo-org/my-app")}, []string{"KR058"}},
		{"a registry with a port", []edit{name("localhost:5000/my-app")}, []string{"KR058"}},
		{"a login to Docker Hub", []edit{name("octo/my-app"), first("    - uses: docker/login-action@v3\n      with: {username: octo, password: \"${{ secrets.HUB }}\"}\n")}, []string{"KR058"}},
		{"a login to Docker Hub by its name", []edit{name("octo/my-app"), first("    - uses: docker/login-action@v3\n      with: {registry: docker.io, username: octo, password: \"${{ secrets.HUB }}\"}\n")}, []string{"KR058"}},
		{"a login of a script to Docker Hub", []edit{name("octo/my-app"), first("    - run: docker login --password-stdin\n")}, []string{"KR058"}},
		{"a login to what is not known", []edit{name("octo/my-app"), first("    - run: docker login --password-stdin \"$HOST\"\n")}, []string{"KR058"}},
		{"an action that is not read", []edit{name("octo/my-app"), first("    - uses: ./login\n")}, []string{"KR058", "KR107"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
