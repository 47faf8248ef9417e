package docker_test

import (
	"io"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-containerregistry/pkg/registry"

	"keyless-runners/rehearsal/docker"
	"keyless-runners/rehearsal/network"
)

const host = "111122223333.dkr.ecr.us-east-1.amazonaws.com"

// home is a job's, on a network with a registry that wants a login.
func home(t *testing.T) {
	t.Helper()
	n, err := network.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.Stop)
	images := registry.New(registry.Logger(log.New(io.Discard, "", 0)))
	if err := n.Serve(host, wantLogin(images)); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := n.Peer().Write(filepath.Join(folder, "network")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", folder)
	t.Setenv(docker.NetworkVariable, filepath.Join(folder, "network"))
	t.Chdir(folder)
	if err := os.WriteFile("Dockerfile", []byte("FROM scratch\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

func wantLogin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "AWS" || password != "open sesame" {
			w.Header().Set("WWW-Authenticate", `Basic realm="registry"`)
			http.Error(w, "", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// login types a password.
func login(t *testing.T, password string) int {
	t.Helper()
	file := filepath.Join(t.TempDir(), "stdin")
	if err := os.WriteFile(file, []byte(password+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	stdin, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	before := os.Stdin
	defer func() { os.Stdin = before }()
	os.Stdin = stdin
	return docker.Main([]string{"login", "--username", "AWS", "--password-stdin", host})
}

func TestScriptBuildsAndPushes(t *testing.T) {
	home(t)
	image := host + "/my-app:1"
	for _, step := range []struct {
		args []string
		want int
	}{
		{[]string{"build", ".", "--file", "Dockerfile", "--tag", "built"}, 0},
		{[]string{"tag", "built", image}, 0},
		{[]string{"push", image}, 1}, // no one logged in
	} {
		if got := docker.Main(step.args); got != step.want {
			t.Fatalf("docker %q: got status %d, want %d", step.args, got, step.want)
		}
	}
	if got := login(t, "open sesame"); got != 0 {
		t.Fatalf("docker login: got status %d", got)
	}
	for _, step := range []struct {
		args []string
		want int
	}{
		{[]string{"manifest", "inspect", image}, 1}, // not there yet
		{[]string{"push", image}, 0},
		{[]string{"manifest", "inspect", image}, 0},
		{[]string{"push", host + "/my-app:2"}, 1}, // no such image here
		{[]string{"tag", "biult", image}, 1},
		{[]string{"build", "nowhere", "--tag", "x"}, 1},
		{[]string{"tag", "built"}, 1},
		{[]string{"run", "alpine"}, 125},
		{nil, 125},
	} {
		if got := docker.Main(step.args); got != step.want {
			t.Errorf("docker %q: got status %d, want %d", step.args, got, step.want)
		}
	}
}

func TestSecondLoginReplacesTheFirst(t *testing.T) {
	home(t)
	login(t, "wrong")
	docker.Main([]string{"build", ".", "--tag", host + "/my-app:1"})
	if got := docker.Main([]string{"push", host + "/my-app:1"}); got != 1 {
		t.Errorf("with a wrong password: got status %d, want 1", got)
	}
	login(t, "open sesame")
	if got := docker.Main([]string{"push", host + "/my-app:1"}); got != 0 {
		t.Errorf("with the right password: got status %d, want 0", got)
	}
}

func TestBuildxPushesImageAndCache(t *testing.T) {
	home(t)
	image, cache := host+"/my-app:1", host+"/cache:my-app"
	build := []string{
		"buildx", "build", ".", "--file", "Dockerfile", "--tag", image, "--push",
		"--platform", "linux/amd64,linux/arm64", "--build-arg", "NODE_VERSION=24", "--secret", "id=npm,env=NPM_TOKEN",
		"--cache-from", "type=registry,ref=" + cache, "--cache-to", "type=registry,ref=" + cache + ",mode=max",
	}
	if got := docker.Main(build); got != 1 {
		t.Errorf("without a login: got status %d, want 1", got)
	}
	login(t, "open sesame")
	for _, step := range []struct {
		args []string
		want int
	}{
		{build, 0},
		{[]string{"manifest", "inspect", image}, 0},
		{[]string{"manifest", "inspect", cache}, 0},
		{build, 0}, // with the cache
		{[]string{"buildx", "build", ".", "--tag", image}, 1},
		{[]string{"buildx", "bake"}, 1},
		{[]string{"buildx", "build", ".", "--tag", image, "--push", "--cache-to", "type=gha"}, 1},
	} {
		if got := docker.Main(step.args); got != step.want {
			t.Errorf("docker %q: got status %d, want %d", step.args, got, step.want)
		}
	}
}
