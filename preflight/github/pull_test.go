package github_test

import (
	"slices"
	"testing"

	"keyless-runners/preflight/github"
)

func TestImagesArePulledBeforeTheFirstStep(t *testing.T) {
	const image = host + "/tools:1"
	for _, c := range []struct {
		name, workflow string
		want           []string
	}{
		{"a container", "jobs: {a: {container: " + image + "}}", []string{image}},
		{"a container with more", "jobs: {a: {container: {image: " + image + ", options: --rm}}}", []string{image}},
		{"a container with a password", "jobs: {a: {container: {image: " + image + ", credentials: {username: AWS, password: x}}}}", nil},
		{"services", "jobs: {a: {services: {db: {image: " + image + "}, cache: {image: redis}, s: {image: " + image + ", credentials: {username: AWS, password: x}}}}}", []string{image}},
		{"a step", steps("- uses: aws-actions/amazon-ecr-login@v2\n- uses: docker://" + image), []string{image}},
		{"of a variable", "env: {R: " + host + "}\njobs: {a: {container: \"${{ env.R }}/tools:${{ github.sha }}\"}}", []string{host + "/tools:*"}},
		{"of a matrix", "jobs: {a: {strategy: {matrix: {v: ['1', '2']}}, container: \"" + host + "/tools:${{ matrix.v }}\"}}", []string{image, host + "/tools:2"}},
		{"of another registry", "jobs: {a: {container: ghcr.io/x, services: {a: {image: \"${{ vars.X }}\"}}, steps: [{uses: docker://alpine}]}}", nil},
		{"none", "jobs: {a: {container: '', services: {}}}", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, image := range github.Read(parse(t, c.workflow), nil).Jobs[0].StartImages {
				got = append(got, show(image))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestScriptsPullImages(t *testing.T) {
	const login = "aws ecr get-login-password --region us-east-1 | docker login $R\n"
	for script, want := range map[string]string{
		"docker pull $R/x:1":                                 "R x 1 after",
		login + "docker pull $R/x":                           "R x -",
		"docker pull $R/x\n" + login:                         "R x - after",
		"podman pull --quiet $R/x":                           "R x - after",
		"docker run --rm -v $PWD:/src -e A=$R/y $R/x:2 make": "R x 2 after",
		"docker create --name a $R/x":                        "R x - after",
		"docker build -t $R/x .\ndocker run $R/x test":       "",
		"docker tag a $R/x\ndocker run $R/x test":            "",
		"docker load -i x.tar\ndocker run $R/x test":         "",
		"make image\ndocker run $R/x test":                   "",
		"docker build -t $R/x .\ndocker pull $R/base":        "R base - after",
		"docker run alpine echo x":                           "",
		"docker pull ghcr.io/a/b":                            "",
		"f() { docker pull $R/x; }\n" + login + "f":          "R x -",
	} {
		job := github.Read(parse(t, steps("- run: |\n"+indented(script, 4))), nil).Jobs[0]
		got := ""
		for _, pull := range job.Pulls {
			got += show(pull.Registry) + " " + show(pull.Name) + " " + show(pull.Tag) + showBefore(pull, job.Logins)
		}
		if len(job.Logins) == 0 && got != "" {
			got += " after"
		}
		if want != "" {
			want = host + want[1:]
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", script, got, want)
		}
	}
}
