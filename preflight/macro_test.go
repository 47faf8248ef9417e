package preflight_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What a role lacks, a macro may add, or a loop over what is not known.
func TestMacrosMayAddPolicies(t *testing.T) {
	macro := edit{"template.yaml", "Resources:\n", "Transform: [AddPush]\nResources:\n"}
	loop := edit{"template.yaml", "Parameters:\n", "Transform: AWS::LanguageExtensions\nParameters:\n  Names: {Type: CommaDelimitedList}\n"}
	unread := edit{"template.yaml", "Resources:\n", "Resources:\n  Fn::ForEach::Policies: [Name, !Ref Names, {'Push${Name}': {Type: AWS::IAM::Policy}}]\n"}
	unattached := edit{"template.yaml", "      ManagedPolicyArns: [!Ref Push]\n", ""}
	unused := edit{"workflow.yaml", "docker push", "echo"}
	for _, test := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"an action", []edit{macro, {"template.yaml", "          - ecr:PutImage\n", ""}}, []string{"KR002", "KR132"}},
		{"all of them", []edit{macro, unattached}, []string{"KR002", "KR132"}},
		{"all of them, for no push", []edit{macro, unattached, unused}, []string{"KR002", "KR132", "KR058"}},
		{"nothing", []edit{macro}, []string{"KR002"}},
		{"all of them, by a loop", []edit{loop, unread, unattached}, []string{"KR002", "KR132"}},
		{"without a macro", []edit{unattached}, []string{"KR050"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, nil); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}
