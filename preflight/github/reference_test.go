package github_test

import (
	"slices"
	"testing"

	"keyless-runners/preflight/github"
)

// https://pkg.go.dev/github.com/distribution/reference
func TestNamesThatDockerRefuses(t *testing.T) {
	for script, want := range map[string][]string{
		"docker push https://$R/x:1":                         {"https://" + host + "/x:1"},
		"docker push http://$R/x:${{ github.sha }}":          {"http://" + host + "/x:*"},
		"docker push $R/x:":                                  {host + "/x:"},
		"docker push $R/X:1":                                 {host + "/X:1"},
		"docker push $R/x:-1":                                {host + "/x:-1"},
		"docker push $R//x":                                  {host + "//x"},
		"docker push $R/x:1:2":                               {host + "/x:1:2"},
		"docker push $R/x:${{ github.ref }}":                 {host + "/x:refs/*"},
		"docker push $R/x:v-$GITHUB_REF":                     {host + "/x:v-refs/*"},
		"docker push $R/x:${{ github.ref_name }}":            nil,
		"docker push $R/x:1,latest":                          {host + "/x:1,latest"},
		"docker build --push -t $R/x:${{ vars.T }},latest .": {host + "/x:*,latest"},
		"docker build --output name=$R/x:1,type=image .":     nil,
		"oras push $R/x:1,latest a.txt":                      nil,
		"docker push $R/x:1":                                 nil,
		"docker push $R/x":                                   nil,
		"docker push ${{ vars.R }}/x:${{ vars.TAG }}":        nil,
		"docker push ${{ vars.IMAGE }}":                      nil,
		"docker push ${{ vars.IMAGE }}:latest":               nil,
		"docker push $R${{ vars.IMAGE }}":                    nil,
		"docker push localhost:${{ vars.PORT_AND_NAME }}:1":  nil,
		"docker push $R/x@${{ vars.DIGEST }}":                nil,
		"skopeo copy a docker://$R/x:1":                      nil,
		"skopeo copy a dir:/tmp/x":                           nil,
		"docker push \"$R/x y\"":                             nil,
		"helm push a-1.0.0.tgz oci://$R/":                    nil,
		"buildah push x docker://$R/x:1":                     nil,
		"docker push $R/x:${{ inputs.tag }}":                 {host + "/x:"},
		"docker push $R/x:${{ inputs.tag || github.sha }}":   nil,
	} {
		var got []string
		for _, refused := range github.Read(parse(t, steps("- run: |\n    "+script)), nil).Jobs[0].Refused {
			got = append(got, refused.Value)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", script, got, want)
		}
	}
}
