package preflight_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A login writes the runner's Docker configuration anew, which a mounted one may not allow.
func TestLoginsThatKeepNoPassword(t *testing.T) {
	const publishedImage = "      image: summerwind/actions-runner:v2.337.0-ubuntu-22.04\n"
	mounted := func(volume, mount string) []edit {
		return []edit{{"runner.yaml", ownImage, publishedImage}, {"runner.yaml", "      serviceAccountName: build\n", "      serviceAccountName: build\n      volumes: [{name: hub, " + volume + "}]\n      volumeMounts: [{name: hub, " + mount + "}]\n"}}
	}
	const (
		secret = "secret: {secretName: hub, items: [{key: .dockerconfigjson, path: config.json}]}"
		folder = "mountPath: /home/runner/.docker"
		file   = "mountPath: /home/runner/.docker/config.json, subPath: config.json"
	)
	found, none := []string{"KR192"}, []string{}
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"a Secret", mounted(secret, folder), found},
		{"a ConfigMap", mounted("configMap: {name: hub}", folder), found},
		{"a file of a Secret", mounted(secret, file), found},
		{"a Secret elsewhere", mounted(secret, "mountPath: /etc/docker"), none},
		{"another file", mounted(secret, "mountPath: /home/runner/.docker/daemon.json, subPath: config.json"), none},
		{"a folder to write to", mounted("emptyDir: {}", folder), none},
		{"a Secret, with the configuration elsewhere", append(mounted(secret, folder), edit{"runner.yaml", "      env:\n", "      env:\n      - {name: DOCKER_CONFIG, value: /tmp/docker}\n"}), none},
		{"a Secret at the configuration elsewhere", append(mounted(secret, "mountPath: /tmp/docker"), edit{"runner.yaml", "      env:\n", "      env:\n      - {name: DOCKER_CONFIG, value: /tmp/docker}\n"}), found},
		{"a Secret of an image with another home", mounted(secret, folder)[1:], none},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
