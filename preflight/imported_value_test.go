package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A template may import what another one among the files exports, as those of the CDK do.
func TestImportedValues(t *testing.T) {
	const (
		provider = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
		exports  = `{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}, "Conditions": {"No": {"Fn::Equals": ["a", "b"]}},
			"Outputs": {"Provider": {"Value": "` + provider + `", "Export": {"Name": "Cluster:ExportsOutputRefProvider"}}}}`
	)
	imported := []edit{{"template.yaml", "Federated: " + provider, "Federated: !ImportValue 'Cluster:ExportsOutputRefProvider'"}}
	conditional := strings.Replace(exports, `"Export"`, `"Condition": "No", "Export"`, 1)
	other := strings.Replace(exports, "ABCDEF0123456789ABCDEF", "ABCDEF0123456789FEDCBA", 1)
	for _, test := range []struct {
		name string
		more map[string]string
		want []string
		says string
	}{
		{"that is exported", map[string]string{"cluster.json": exports}, []string{}, "no one else can"},
		{"that is another", map[string]string{"cluster.json": other}, []string{"KR040"}, "does not let"},
		{"that nothing exports", nil, []string{"KR130"}, "is another stack's output"},
		{"that two stacks export", map[string]string{"a.json": exports, "b.json": other}, []string{"KR130"}, "is another stack's output"},
		{"that is exported on a condition that does not hold", map[string]string{"cluster.json": conditional}, []string{"KR130"}, "is another stack's output"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, imported, test.more)
			if !cmp.Equal(got, test.want) || !strings.Contains(text, test.says) {
				t.Errorf("got %q, want %q and %q\n%s", got, test.want, test.says, text)
			}
		})
	}
}
