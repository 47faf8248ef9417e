package live_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	rbac "k8s.io/api/rbac/v1"
	"sigs.k8s.io/yaml"

	"keyless-runners/live"
	"keyless-runners/policy"
)

func TestThePermissionsAreWhatTheFilesHave(t *testing.T) {
	for file, got := range map[string]string{
		"testdata/policy.json":      live.PermissionsPolicies(prod)[0].JSON() + "\n",
		"testdata/clusterrole.yaml": live.ClusterRole(),
	} {
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}

// Each call is allowed, and nothing that writes.
func TestThePermissionsAllowWhatIsPlanned(t *testing.T) {
	role, _, _ := strings.Cut(live.ClusterRole(), "---\n")
	var clusterRole rbac.ClusterRole
	if err := yaml.UnmarshalStrict([]byte(role), &clusterRole); err != nil {
		t.Fatal(err)
	}
	lists := map[string]bool{}
	for _, rule := range clusterRole.Rules {
		if len(rule.Verbs) != 1 || rule.Verbs[0] != "list" {
			t.Errorf("got verbs %q, want list alone", rule.Verbs)
		}
		for _, resource := range rule.Resources {
			lists[strings.TrimSuffix("list "+resource+"."+rule.APIGroups[0], ".")] = true
		}
	}
	document := live.PermissionsPolicies(prod)[0].Policy
	for _, call := range live.Plan(prod)[1:] {
		if strings.HasPrefix(call.Permission, "list ") {
			if !lists[call.Permission] {
				t.Errorf("the ClusterRole does not let %s", call.Permission)
			}
			continue
		}
		on := map[bool]string{true: "arn:aws:eks:us-east-1:111122223333:" + childOf(call.Permission), false: "*"}[strings.HasPrefix(call.Permission, "eks:")]
		if decision := policy.Evaluate(policy.Request{Action: call.Permission, Resource: on}, document); decision.Outcome != policy.Allowed {
			t.Errorf("the policy does not allow %s on %s", call.Permission, on)
		}
	}
	for _, action := range document.Statement[0].Action {
		operation := action[strings.Index(action, ":")+1:]
		if !strings.HasPrefix(operation, "Get") && !strings.HasPrefix(operation, "List") && !strings.HasPrefix(operation, "Describe") {
			t.Errorf("%s may write", action)
		}
	}
}

// childOf is the resource type of an action of EKS (service authorization reference).
func childOf(permission string) string {
	switch permission {
	case "eks:DescribePodIdentityAssociation":
		return "podidentityassociation/prod/a-1"
	case "eks:DescribeAddon":
		return "addon/prod/eks-pod-identity-agent/1"
	case "eks:DescribeFargateProfile":
		return "fargateprofile/prod/fp/1"
	}
	return "cluster/prod"
}

// Where the account is not known, the cluster is named in any.
func TestThePermissionsOfAnyAccount(t *testing.T) {
	request := live.Request{Clusters: []live.Cluster{{Name: "prod", Region: "us-east-1"}}}
	permissions := live.PermissionsPolicies(request)
	if len(permissions) != 1 || permissions[0].Where != "the account of the credentials" || permissions[0].Policy.Statement[2].Resource[0] != "arn:aws:eks:us-east-1:*:cluster/prod" {
		t.Errorf("got %+v", permissions)
	}
}
