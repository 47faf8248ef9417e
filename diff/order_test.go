package diff_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/diff"
)

const ofTeam = "team-00.yaml"

// files are the files of a fleet of one pool.
func files(f fleet) map[string]string {
	return map[string]string{
		"infra/a.template.json": f.template(),
		"manifests/a/" + ofTeam: f.manifest(f.pools[0]),
		"workflows/" + ofTeam:   f.workflow(f.pools[0]),
	}
}

// with is the files with one of them changed; without its text it is gone.
func with(files map[string]string, name string, change func(text string) string) map[string]string {
	changed := map[string]string{}
	for other, text := range files {
		changed[other] = text
	}
	if changed[name] = change(files[name]); changed[name] == "" {
		delete(changed, name)
	}
	return changed
}

func replace(before, after string) func(string) string {
	return func(text string) string { return strings.ReplaceAll(text, before, after) }
}

func gone(string) string { return "" }

// Neither a runner that is left in a cluster nor a workflow of before may meet what it can't use.
func TestWhatComesFirst(t *testing.T) {
	const template, manifest, workflow = "infra/a.template.json", "manifests/a/" + ofTeam, "workflows/" + ofTeam
	base := files(teams(1))
	association := replace(`{"Resources": {`, `{"Resources": {
"Association": {"Type": "AWS::EKS::PodIdentityAssociation", "Properties": {"ClusterName": "a", "Namespace": "runners", "ServiceAccount": "team-00", "RoleArn": "arn:aws:iam::111122223333:role/push-team-00"}},`)
	other := replace("name: Push", "name: Push images")
	for _, test := range []struct {
		name string
		now  map[string]string
		want []string
	}{
		{"the trust of a runner that is left", with(with(base, template, replace(":runners:team-00", ":runners:other")), manifest, gone),
			[]string{"delete from the clusters what no file has any more, before its push goes", "deploy " + template}},
		{"a runner that is left with its trust", with(with(base, template, replace(`"IMMUTABLE"`, `"MUTABLE"`)), manifest, gone),
			[]string{"deploy " + template, "delete from the clusters what no file has any more"}},
		{"an association beside the annotation", with(with(base, template, association), workflow, other),
			[]string{"copy " + workflow + " to the source repositories, before the new association is there: the old ones may refuse its Pods", "deploy " + template}},
		{"an association instead of the annotation", with(with(with(base, template, association), workflow, other), manifest, replace("eks.amazonaws.com/role-arn", "example.com/role-arn")),
			[]string{"deploy " + template, "kubectl apply, after what its ServiceAccounts name is there", "copy " + workflow + " to the source repositories"}},
	} {
		found := diff.Between(stateOf(t, base), stateOf(t, test.now), nil)
		if difference := cmp.Diff(test.want, found.Order); difference != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, difference)
		}
	}
}
