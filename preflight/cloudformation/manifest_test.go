package cloudformation_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/cloudformation"
)

// Custom resources of CDK's eks.Cluster, as CDK 2.270 makes them.
func TestObjectsThatCDKApplies(t *testing.T) {
	const sa = `{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "build", "namespace": "ci", "annotations": {"eks.amazonaws.com/role-arn": `
	for _, c := range []struct{ name, resources, want string }{
		{"a ServiceAccount whose role has a name", `
  R: {Type: AWS::IAM::Role, Properties: {RoleName: build}}
  S: {Type: "Custom::AWSCDK-EKS-KubernetesResource", Properties: {Manifest: !Join ["", ['[` + sa + `"', !GetAtt R.Arn, '"}}}]']]}}`, `
ServiceAccount@3 ci/build eks.amazonaws.com/role-arn=arn:aws:iam::111122223333:role/build`},
		{"a ServiceAccount whose role has none", `
  R: {Type: AWS::IAM::Role}
  S: {Type: "Custom::AWSCDK-EKS-KubernetesResource", Properties: {Manifest: !Join ["", ['[` + sa + `"', !GetAtt R.Arn, '"}}}]']]}}`, `
ServiceAccount@3 ci/build eks.amazonaws.com/role-arn=unknown: CloudFormation makes the name of role "R" at deployment; state RoleName`},
		{"several objects, and no function", `
  S: {Type: "Custom::AWSCDK-EKS-KubernetesResource", Properties: {Manifest: '[{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "ci"}}, ` + sa + `"a"}}}]'}}`, `
ServiceAccount@2 ci/build eks.amazonaws.com/role-arn=a
object Namespace
object ServiceAccount`},
		{"a manifest that is not known", `
  S: {Type: "Custom::AWSCDK-EKS-KubernetesResource", Properties: {Manifest: !ImportValue m}}`, `
unread the manifest of S`},
		{"a manifest that is no text", `
  S: {Type: "Custom::AWSCDK-EKS-KubernetesResource", Properties: {Manifest: !Join ["", ["[{", !Ref "AWS::StackId", "]"]]}}`, `
unread the manifest of S`},
		{"no manifest", `
  S: {Type: "Custom::AWSCDK-EKS-KubernetesResource"}`, ``},
		{"runners by Helm", `
  H: {Type: "Custom::AWSCDK-EKS-HelmChart", Properties: {Chart: "oci://ghcr.io/actions/actions-runner-controller-charts/gha-runner-scale-set", Version: 0.14.2, Values: '{"minRunners": 1}'}}`, `
chart gha-runner-scale-set 0.14.2
chart gha-runner-scale-set 0.14.2 minRunners
unread the manifest, which "helm get manifest" prints, of H`},
		{"another chart", `
  H: {Type: "Custom::AWSCDK-EKS-HelmChart", Properties: {Chart: ingress-nginx, Values: '{"a": 1}'}}`, ``},
		{"conditions of a trust policy by CfnJson", `
  J: {Type: "Custom::AWSCDKCfnJson", Properties: {Value: !Join ["", ['{"', oidc.example.com, ':sub": "system:serviceaccount:ci:build"}']]}}
  R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: a, Principal: "*", Condition: {StringEquals: !GetAtt J.Value}}}}}`, `
trust map[oidc.example.com:sub:[system:serviceaccount:ci:build]]`},
		{"a CfnJson that refers to itself", `
  J: {Type: "Custom::AWSCDKCfnJson", Properties: {Value: !Join ["", [!GetAtt J.Value, !GetAtt J.Value]]}}
  R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: a, Principal: "*", Condition: {StringEquals: !GetAtt J.Value}}}}}`, `
trust unknown: the name of "J" refers to itself`},
		{"a CfnJson that is none", `
  J: {Type: "Custom::AWSCDKCfnJson", Properties: {Value: "{"}}
  R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: a, Principal: "*", Condition: {StringEquals: !GetAtt J.Value}}}}}`, `
trust unknown: "{" is no JSON`},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := read(t, "t.yaml", "Resources:"+c.resources, cloudformation.Settings{Account: "111122223333", Region: "us-east-1"})
			var lines []string
			line := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
			for _, sa := range found.ServiceAccounts {
				for _, annotation := range sa.Annotations {
					line("ServiceAccount@%d %s/%s %s=%s", sa.Place.Line, spell(sa.Namespace), spell(sa.Name), annotation.Key, spell(annotation.Value))
				}
			}
			for _, object := range found.Objects {
				if len(found.Objects) > 1 {
					line("object %s", object.Kind)
				}
			}
			for _, values := range found.ChartValues {
				text := "chart " + values.Chart + " " + values.Version.Value
				for _, member := range values.Values.Entries() {
					text += " " + member.Name
				}
				line("%s", text)
			}
			for _, unread := range found.Unread {
				line("unread %s", unread.What)
			}
			for _, role := range found.Roles {
				if role.Trust.Unknown != "" {
					line("trust unknown: %s", role.Trust.Unknown)
				}
				for _, statement := range role.Trust.Policy.Statement {
					line("trust %v", statement.Condition["StringEquals"])
				}
			}
			if diff := cmp.Diff(strings.TrimPrefix(c.want, "\n"), strings.Join(lines, "\n")); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
