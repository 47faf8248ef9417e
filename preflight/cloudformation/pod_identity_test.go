package cloudformation_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/cloudformation"
	"keyless-runners/preflight/facts"
)

// showPodIdentity writes every field of what templates say of EKS Pod Identity.
func showPodIdentity(found facts.Facts) string {
	var lines []string
	line := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	for _, a := range found.PodIdentityAssociations {
		line("association@%d %s of %s in %s, %s: %s/%s", a.Place.Line, spell(a.Cluster), spell(a.Account), spell(a.Region), spell(a.Cluster), spell(a.Namespace), spell(a.ServiceAccount))
		line("  role %q %s", a.Role.LogicalID, spell(a.Role.ARN))
		line("  target %q %s", a.TargetRole.LogicalID, spell(a.TargetRole.ARN))
		line("  tags disabled %s, policy %s", spell(a.DisableSessionTags), action(a.SessionPolicy))
	}
	for _, addon := range found.Addons {
		line("addon@%d %s of %s", addon.Place.Line, spell(addon.Name), spell(addon.Cluster))
	}
	for _, profile := range found.FargateProfiles {
		line("profile@%d of %s", profile.Place.Line, spell(profile.Cluster))
		for _, selector := range profile.Selectors {
			line("  selector@%d %s labels %t", selector.Place.Line, spell(selector.Namespace), selector.Labels)
		}
	}
	for _, conditional := range found.Templates[0].Conditional {
		line("conditional %s", conditional.Value)
	}
	for _, unread := range found.Unread {
		line("unread %s", unread.What)
	}
	return strings.Join(lines, "\n")
}

func TestPodIdentity(t *testing.T) {
	const named = "ClusterName: ci, Namespace: ci, ServiceAccount: build"
	for _, c := range []struct{ name, resources, want string }{
		{"an association", `
  A: {Type: AWS::EKS::PodIdentityAssociation, Properties: {` + named + `, RoleArn: "arn:aws:iam::111122223333:role/build"}}`, `
association@2 ci of 111122223333 in us-east-1, ci: ci/build
  role "" arn:aws:iam::111122223333:role/build
  target "" not there
  tags disabled not there, policy not there`},
		{"an association with everything", `
  A: {Type: AWS::EKS::PodIdentityAssociation, Properties: {` + named + `, RoleArn: a, TargetRoleArn: b, DisableSessionTags: true, Policy: '{"Statement": {"Effect": "Allow", "Action": "ecr:PutImage", "Resource": "*"}}'}}`, `
association@2 ci of 111122223333 in us-east-1, ci: ci/build
  role "" a
  target "" b
  tags disabled true, policy ecr:PutImage`},
		{"clusters of CDK's own kind", `
  C: {Type: "Custom::AWSCDK-EKS-Cluster", Properties: {Config: {name: ci}}}
  D: {Type: "Custom::AWSCDK-EKS-Cluster", Properties: {Config: {version: "1.35"}}}
  A: {Type: AWS::EKS::Addon, Properties: {ClusterName: !Ref C, AddonName: a}}
  B: {Type: AWS::EKS::Addon, Properties: {ClusterName: !Ref D, AddonName: b}}`, `
addon@4 a of ci
addon@5 b of unknown: the name of cluster "D" is made at deployment; state clusterName`},
		{"a role whose name CloudFormation makes", `
  R: {Type: AWS::IAM::Role}
  A: {Type: AWS::EKS::PodIdentityAssociation, Properties: {` + named + `, RoleArn: !GetAtt R.Arn}}`, `
association@3 ci of 111122223333 in us-east-1, ci: ci/build
  role "R" unknown: CloudFormation makes the name of role "R" at deployment; state RoleName
  target "" not there
  tags disabled not there, policy not there`},
		{"a role by its name, which is no ARN", `
  R: {Type: AWS::IAM::Role, Properties: {RoleName: build}}
  A: {Type: AWS::EKS::PodIdentityAssociation, Properties: {` + named + `, RoleArn: !Ref R}}`, `
association@3 ci of 111122223333 in us-east-1, ci: ci/build
  role "" build
  target "" not there
  tags disabled not there, policy not there`},
		{"an association of which nothing is known", `
  A: {Type: AWS::EKS::PodIdentityAssociation}`, `
association@2 unknown: ClusterName of "A" is missing of 111122223333 in us-east-1, unknown: ClusterName of "A" is missing: unknown: Namespace of "A" is missing/unknown: ServiceAccount of "A" is missing
  role "" unknown: RoleArn of "A" is missing
  target "" not there
  tags disabled not there, policy not there`},
		{"an association that is made under a condition", `
  A: {Type: AWS::EKS::PodIdentityAssociation, Condition: Unknown, Properties: {` + named + `, RoleArn: a}}`, `
association@2 ci of 111122223333 in us-east-1, ci: ci/build
  role "" a
  target "" not there
  tags disabled not there, policy not there
conditional A`},
		{"an association that is not made", `
  A: {Type: AWS::EKS::PodIdentityAssociation, Condition: Never, Properties: {` + named + `, RoleArn: a}}`, ``},
		{"the agent", `
  A: {Type: AWS::EKS::Addon, Properties: {ClusterName: ci, AddonName: eks-pod-identity-agent}}`, `
addon@2 eks-pod-identity-agent of ci`},
		{"a Fargate profile", `
  F: {Type: AWS::EKS::FargateProfile, Properties: {ClusterName: ci, Selectors: [{Namespace: ci-*}, {Namespace: x, Labels: [{Key: a, Value: b}]}]}}`, `
profile@2 of ci
  selector@2 ci-* labels false
  selector@2 x labels true`},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := "Resources:" + c.resources + "\nConditions: {Never: !Equals [a, b], Unknown: !Equals [!Ref P, b]}\nParameters: {P: {Type: String}}\n"
			found := read(t, "f", text, cloudformation.Settings{Account: "111122223333", Region: "us-east-1"})
			if diff := cmp.Diff(strings.TrimPrefix(c.want, "\n"), showPodIdentity(found)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
