package github_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/github"
)

// word is a word of a container's command, or the value of a variable.
func word(text string) facts.Text { return facts.Text{Value: text, There: true} }

func words(texts ...string) (all []facts.Text) {
	for _, text := range texts {
		all = append(all, word(text))
	}
	return all
}

func TestContainersPush(t *testing.T) {
	variables := []facts.EnvVar{
		{Name: "R", Value: word(host)},
		{Name: "APP", Value: word("$(R)/app")},
		{Name: "SECRET", From: "secretKeyRef", Value: facts.Text{Unknown: "it is in the cluster", There: true}},
		{Name: "SETTING", From: "configMapKeyRef", Value: word("$(R)")},
		{Name: "AWS_REGION", Value: word("us-east-1")},
		{Name: "EARLY", Value: word("$(LATE)")},
		{Name: "LATE", Value: word("late")},
	}
	kaniko := func(args ...string) facts.Container {
		return facts.Container{Image: word("gcr.io/kaniko-project/executor:v1.23.2"), Args: words(args...)}
	}
	for _, c := range []struct {
		name      string
		container facts.Container
		want      []string
	}{
		{"kaniko", kaniko("--context=.", "--destination=$(R)/app:1", "-d", "$(APP):2", "-d=$(R)/other"), []string{"push R app 1", "push R app 2", "push R other -"}},
		{"kaniko with a cache beside", kaniko("--cache=true", "--destination=$(R)/app:1"), []string{"push R app 1", "cache R app/cache -"}},
		{"kaniko with a cache elsewhere", kaniko("--cache", "--destination=$(R)/app:1", "--cache-repo=$(R)/layers"), []string{"push R app 1", "cache R layers -"}},
		{"kaniko whose cache is off", kaniko("--cache=false", "--destination=$(R)/app:1", "--cache-repo=$(R)/layers"), []string{"push R app 1"}},
		{"kaniko that does not push", kaniko("--no-push", "--destination=$(R)/app:1"), nil},
		{"kaniko to another registry", kaniko("--destination=ghcr.io/octo-org/app"), nil},
		{"a variable of a Secret", kaniko("--destination=$(SECRET)/app:1"), []string{"push ?(it is in the cluster) app 1"}},
		{"a value that refers to nothing", kaniko("--destination=$(SETTING)/app:1"), []string{`push ?("$(R)" is no registry) app 1`}},
		{"a variable before it is set", kaniko("--destination=$(R)/$(EARLY)"), []string{`push R ?("$(LATE)" is no image repository's name) -`}},
		{"an escaped reference", kaniko("--destination=$$(R)/app:1"), []string{`push ?("$(R)" is no registry) app 1`}},
		{"kaniko by its command", facts.Container{Image: word("octo-org/build:1"), Command: words("/kaniko/executor"), Args: words("--destination", "$(APP)")}, []string{"push R app -"}},
		{"a command in place of kaniko", facts.Container{Image: word("gcr.io/kaniko-project/executor:debug"), Command: words("sleep", "infinity"), Args: words("--destination=$(APP)")}, nil},
		{"a script", facts.Container{Image: word("quay.io/buildah/stable"), Command: words("/bin/sh", "-c"), Args: words("buildah build -t \"$APP:1\" .\nbuildah push $APP:1")}, []string{"push R app 1"}},
		{"crane", facts.Container{Image: word("gcr.io/go-containerregistry/crane"), Args: words("copy", "alpine", "$(APP):3")}, []string{"push R app 3"}},
		{"skopeo", facts.Container{Image: word("quay.io/skopeo/stable"), Args: words("copy", "docker://alpine", "docker://$(APP):3")}, []string{"push R app 3"}},
		{"BuildKit", facts.Container{Image: word("moby/buildkit"), Command: words("buildctl-daemonless.sh", "build", "--output", "type=image,name=$(APP):4,push=true")}, []string{"push R app 4"}},
		{"another program", facts.Container{Image: word("nginx"), Args: words("--destination=$(APP)")}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, push := range github.ReadContainer(&c.container, variables).Pushes {
				got = append(got, strings.ReplaceAll(showPush(push), host, "R"))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
