package preflight_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight"
	"keyless-runners/preflight/cloudformation"
)

// What was read ahead counts for the file as it is found: not if it has another text by then,
// nor where another file or a setting makes something else of it.
func TestWhatWasReadAheadIsOfTheFileAsItWas(t *testing.T) {
	const (
		before  = "Resources: {Images: {Type: AWS::ECR::Repository, Properties: {RepositoryName: before}}}"
		after   = "Resources: {Images: {Type: AWS::ECR::Repository, Properties: {RepositoryName: after}}}"
		builder = "{apiVersion: v1, kind: ServiceAccount, metadata: {name: builder, namespace: ci, annotations: {eks.amazonaws.com/role-arn: r}}}"
	)
	ahead := []preflight.Text{{Name: "template.yaml", Bytes: []byte(before)}, {Name: "builder.yaml", Bytes: []byte(builder)}}
	for name, test := range map[string]struct {
		files    map[string]string
		settings cloudformation.Settings
		want     []string
	}{
		"as it was":            {map[string]string{"template.yaml": before, "builder.yaml": builder}, cloudformation.Settings{}, []string{"before in ", "ci/builder"}},
		"another text":         {map[string]string{"template.yaml": after}, cloudformation.Settings{}, []string{"after in "}},
		"never written":        {map[string]string{"builder.yaml": builder}, cloudformation.Settings{}, []string{"ci/builder"}},
		"a setting":            {map[string]string{"template.yaml": before}, cloudformation.Settings{Account: "111122223333"}, []string{"before in 111122223333"}},
		"kustomize changes it": {map[string]string{"builder.yaml": builder, "kustomization.yaml": "{resources: [builder.yaml], namePrefix: a-}"}, cloudformation.Settings{}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			write(t, test.files)
			found, _, err := preflight.Read(preflight.Input{Paths: []string{"."}, Ahead: preflight.ReadAhead(ahead), Settings: test.settings})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, repository := range found.ImageRepositories {
				got = append(got, repository.Name.Value+" in "+repository.Account.Value)
			}
			for _, account := range found.ServiceAccounts {
				got = append(got, account.Namespace.Value+"/"+account.Name.Value)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
