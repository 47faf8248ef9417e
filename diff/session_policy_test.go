package diff_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/diff"
)

// TestSessionPolicyOfAnAssociation compares associations by what their session policies leave of a
// role that stays as it is.
func TestSessionPolicyOfAnAssociation(t *testing.T) {
	const who = " - - - system:serviceaccount:runners:build of cluster ci shared"
	of := func(names ...string) string {
		if names == nil {
			return ""
		}
		return fmt.Sprintf(`, "DisableSessionTags": true, "Policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"ecr:*\", \"Resource\": [\"%s\"]}}"`, arns+strings.Join(names, `\", \"`+arns))
	}
	template := func(session string) string {
		return fmt.Sprintf(`{"Resources": {
  "Role": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "shared",
    "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": ["sts:AssumeRole", "sts:TagSession"]}]},
    "Policies": [{"PolicyName": "push", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": %s, "Resource": ["%sshop", "%sweb"]}]}}]}},
  "Association": {"Type": "AWS::EKS::PodIdentityAssociation", "Properties": {"ClusterName": "ci", "Namespace": "runners", "ServiceAccount": "build", "RoleArn": {"Fn::GetAtt": ["Role", "Arn"]}%s}}}}`,
			pushActions, arns, arns, session)
	}
	for _, test := range []struct {
		change, base, now string
		want              []string
	}{
		{"it goes", of("web"), of(), []string{"+ push " + registry + "shop" + who}},
		{"it comes", of(), of("web"), []string{"- push " + registry + "shop" + who}},
		{"it is for another", of("web"), of("shop"), []string{"+ push " + registry + "shop" + who, "- push " + registry + "web" + who}},
		{"it allows what the role does not", of("web"), of("web", "base"), nil},
	} {
		t.Run(test.change, func(t *testing.T) {
			found := diff.Between(stateOf(t, map[string]string{"t.json": template(test.base)}), stateOf(t, map[string]string{"t.json": template(test.now)}), nil)
			if difference := cmp.Diff(test.want, rows(t, found)); difference != "" {
				t.Errorf("rows (-want +got):\n%s", difference)
			}
		})
	}
}
