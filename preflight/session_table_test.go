package preflight_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/cloudformation"
)

// TestWhoCanPushInASession shows the table of a role that may push to two image repositories, and
// of which an association leaves its Pods less.
func TestWhoCanPushInASession(t *testing.T) {
	const (
		arns    = "arn:aws:ecr:us-east-1:111122223333:repository/"
		shop    = "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop"
		web     = "111122223333.dkr.ecr.us-east-1.amazonaws.com/web"
		runner  = ": system:serviceaccount:runners:build of cluster ci"
		another = ": every EKS Pod Identity association of the account"
	)
	session := func(resource string) string {
		return `, "DisableSessionTags": true, "Policy": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"ecr:*\", \"Resource\": \"` + resource + `\"}}"`
	}
	for _, test := range []struct {
		name, resource, session string
		want                    []string
	}{
		{"no session policy", `["` + arns + `shop", "` + arns + `web"]`, "", []string{shop + another, shop + runner, web + another, web + runner}},
		{"one of the two", `["` + arns + `shop", "` + arns + `web"]`, session(arns + "web"), []string{shop + another, web + another, web + runner}},
		{"neither", `["` + arns + `shop", "` + arns + `web"]`, session(arns + "base"), []string{shop + another, web + another}},
		{"more than the role may", `"` + arns + `web"`, session("*"), []string{web + another, web + runner}},
		{"one of a pattern", `"` + arns + `*"`, session(arns + "web"), []string{
			web + runner, "every image repository of 111122223333.dkr.ecr.us-east-1.amazonaws.com" + another}},
		{"a policy that is not known", `"` + arns + `web"`, `, "DisableSessionTags": true, "Policy": {"Fn::ImportValue": "p"}`, []string{web + another, web + runner + " (possibly)"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			write(t, map[string]string{"template.json": fmt.Sprintf(`{"Resources": {
  "Role": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "build",
    "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": ["sts:AssumeRole", "sts:TagSession"]}]},
    "Policies": [{"PolicyName": "push", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:*", "Resource": %s}]}}]}},
  "Association": {"Type": "AWS::EKS::PodIdentityAssociation", "Properties": {"ClusterName": "ci", "Namespace": "runners", "ServiceAccount": "build", "RoleArn": {"Fn::GetAtt": ["Role", "Arn"]}%s}}}}`,
				test.resource, test.session)})
			found, output := check(t, cloudformation.Settings{Account: "111122223333", Region: "us-east-1"})
			var rows []string
			for _, row := range found.Access {
				text := row.ImageRepository + ": " + row.Who
				if row.Possibly != "" {
					text += " (possibly)"
				}
				rows = append(rows, text)
			}
			if diff := cmp.Diff(test.want, rows); diff != "" {
				t.Errorf("(-want +got)\n%s%s", diff, output)
			}
		})
	}
}
