package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What one page of a command's output lacks may be on the next.
func TestPagesOfOutput(t *testing.T) {
	elsewhere := []edit{{"template.yaml", "  App:\n    Type: AWS::ECR::Repository\n    Properties:\n      RepositoryName: my-app\n      ImageTagMutability: IMMUTABLE\n", ""}}
	const (
		repositories = `{"repositories": [{"repositoryArn": "arn:aws:ecr:us-east-1:111122223333:repository/other", "repositoryName": "other", "imageTagMutability": "MUTABLE"}]`
		associations = `{"associations": [{"clusterName": "ci", "namespace": "dns", "serviceAccount": "dns", "associationArn": "arn:aws:eks:us-east-1:111122223333:podidentityassociation/ci/a-1"}]`
	)
	for _, test := range []struct {
		name, output string
		edits        []edit
		want         []string
		says         string
	}{
		{"all image repositories", repositories + "}", elsewhere, []string{"KR054"}, `my-app" is not among the files`},
		{"the last page of the interface", repositories + `, "nextToken": null}`, elsewhere, []string{"KR054"}, `my-app" is not among the files`},
		{"a page of the interface", repositories + `, "nextToken": "e30="}`, elsewhere, []string{"KR055"}, "the files show one page of the image repositories"},
		{"a page of the command line", repositories + `, "NextToken": "e30="}`, elsewhere, []string{"KR055"}, "the files show one page of the image repositories"},
		{"all associations", associations + "}", nil, []string{"KR059"}, "proved: 1 runner can push to 1 image repository"},
		{"a page of associations", associations + `, "nextToken": "e30="}`, nil, []string{"KR059", "KR128", "KR059"}, `printed one page, and there are more`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, test.edits, map[string]string{"zz-output.json": test.output})
			if !cmp.Equal(got, test.want) || !strings.Contains(text, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, text)
			}
		})
	}
}
