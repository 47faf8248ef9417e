package diff_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/diff"
)

// cluster is how a row names the cluster of a ServiceAccount.
var cluster = regexp.MustCompile(`^(cluster )?\S+`)

// TestRunnersOfTwoClusters compares runners with one role in two clusters, of which one joins another
// runner group: what the other cluster's take stays as it is.
func TestRunnersOfTwoClusters(t *testing.T) {
	const (
		host    = "oidc.eks.us-east-1.amazonaws.com/id/"
		east    = host + "0123456789ABCDEF0123456789ABCDE1"
		west    = host + "0123456789ABCDEF0123456789ABCDE2"
		subject = "system:serviceaccount:runners:build of "
	)
	role := func(trust string) string {
		return `"Role": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "build",
  "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [` + trust + `]},
  "Policies": [{"PolicyName": "push", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ` + pushActions + `, "Resource": "` + arns + `web"}]}}]}}`
	}
	associated := func(cluster string) (trust, association string) {
		return `{"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": ["sts:AssumeRole", "sts:TagSession"], "Condition": {"StringEquals": {
    "aws:RequestTag/eks-cluster-arn": "arn:aws:eks:us-east-1:111122223333:cluster/` + cluster + `", "aws:RequestTag/kubernetes-namespace": "runners", "aws:RequestTag/kubernetes-service-account": "build"}}}`,
			`"Of` + cluster + `": {"Type": "AWS::EKS::PodIdentityAssociation", "Properties": {"ClusterName": "` + cluster + `", "Namespace": "runners", "ServiceAccount": "build", "RoleArn": "arn:aws:iam::111122223333:role/build"}}`
	}
	federated := func(issuer string) string {
		return `{"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/` + issuer + `"}, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {
    "` + issuer + `:aud": "sts.amazonaws.com", "` + issuer + `:sub": "system:serviceaccount:runners:build"}}}`
	}
	describe := func(name, issuer string) string {
		return `{"cluster": {"name": "` + name + `", "arn": "arn:aws:eks:us-east-1:111122223333:cluster/` + name + `", "identity": {"oidc": {"issuer": "https://` + issuer + `"}}}}`
	}
	trustEast, ofEast := associated("east")
	trustWest, ofWest := associated("west")
	runner := func(group, annotations string) string {
		return `apiVersion: v1
kind: ServiceAccount
metadata: {name: build, namespace: runners` + annotations + `}
---
apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerDeployment
metadata: {name: build, namespace: runners}
spec: {template: {spec: {organization: octo-org, group: ` + group + `, labels: [push], image: summerwind/actions-runner:v2.337.0-ubuntu-22.04, serviceAccountName: build}}}
`
	}
	annotated := `, annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/build"}`
	for _, test := range []struct {
		name, template, annotations string
		more                        map[string]string
		who                         []string
	}{
		{"by EKS Pod Identity", `{"Resources": {` + strings.Join([]string{role(trustEast + ", " + trustWest), ofEast, ofWest}, ", ") + `}}`, "", nil, []string{"cluster west"}},
		{"by IRSA, with both clusters", `{"Resources": {` + role(federated(east)+", "+federated(west)) + `}}`, annotated,
			map[string]string{"east.json": describe("east", east), "west.json": describe("west", west)}, []string{west}},
		{"by IRSA, without them", `{"Resources": {` + role(federated(east)+", "+federated(west)) + `}}`, annotated, nil, []string{east, west}},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := func(west string) map[string]string {
				files := map[string]string{"template.json": test.template, "east/runner.yaml": runner("blue", test.annotations), "west/runner.yaml": runner(west, test.annotations)}
				for name, text := range test.more {
					files[name] = text
				}
				return files
			}
			found := diff.Between(stateOf(t, files("green")), stateOf(t, files("violet")), nil)
			var got []string
			for _, row := range rows(t, found) {
				if strings.HasPrefix(row, "+") {
					_, who, _ := strings.Cut(row, subject)
					got = append(got, cluster.FindString(who))
				}
			}
			if difference := cmp.Diff(test.who, got); difference != "" {
				t.Errorf("rows (-want +got):\n%s%q", difference, rows(t, found))
			}
		})
	}
}
