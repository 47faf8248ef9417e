package account_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/account"
	"keyless-runners/rehearsal/deployed"
)

var platform = identity.ClusterARN{Partition: "aws", Region: "us-east-1", Account: "111122223333", Name: "platform"}

const associationOf = `"Association": {"Type": "AWS::EKS::PodIdentityAssociation", "Properties":
	{"ClusterName": "platform", "Namespace": "web-runners", "ServiceAccount": "runner", "RoleArn": {"Fn::GetAtt": ["Role", "Arn"]}}}`

func withCluster(t *testing.T) *account.Account {
	t.Helper()
	a := start(t, "us-east-1")
	if err := a.AddCluster(t.Context(), platform); err != nil {
		t.Fatal(err)
	}
	return a
}

func wantAssociations(t *testing.T, a *account.Account, want ...deployed.Association) {
	t.Helper()
	read, err := a.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, read.Associations, cmpopts.IgnoreFields(deployed.Association{}, "ARN", "ID")); diff != "" {
		t.Errorf("associations (-want +got):\n%s", diff)
	}
	for _, a := range read.Associations {
		if arn := "arn:aws:eks:us-east-1:111122223333:podidentityassociation/platform/" + a.ID; !strings.HasPrefix(a.ID, "a-") || a.ARN != arn {
			t.Errorf("association %q has the ARN %q, want %q", a.ID, a.ARN, arn)
		}
	}
}

func TestAssociationIsReadBack(t *testing.T) {
	a := withCluster(t)
	deploy(t, a, "us-east-1", resources(policyOf+","+roleOf+","+associationOf))
	runner := identity.Subject{Namespace: "web-runners", ServiceAccount: "runner"}
	wantAssociations(t, a, deployed.Association{Cluster: platform, Subject: runner, Role: "arn:aws:iam::111122223333:role/pusher"})

	deploy(t, a, "us-east-1", resources(policyOf+","+roleOf+","+strings.Replace(associationOf, "web-runners", "api-runners", 1)))
	runner.Namespace = "api-runners"
	wantAssociations(t, a, deployed.Association{Cluster: platform, Subject: runner, Role: "arn:aws:iam::111122223333:role/pusher"})

	deploy(t, a, "us-east-1", resources(policyOf+","+roleOf))
	wantAssociations(t, a)
}

func TestAssociationThatEKSRefuses(t *testing.T) {
	for _, test := range []struct{ promise, old, new, want string }{
		{"of a cluster that is not there", `"platform"`, `"plattform"`, "Association (AWS::EKS::PodIdentityAssociation): No cluster found for name: plattform."},
		{"with a role of another account", `{"Fn::GetAtt": ["Role", "Arn"]}`, `"arn:aws:iam::444455556666:role/pusher"`,
			"Association (AWS::EKS::PodIdentityAssociation): Role arn:aws:iam::444455556666:role/pusher is of another account"},
		{"with a misspelt property", `"RoleArn"`, `"RoleARN"`, "Association (AWS::EKS::PodIdentityAssociation): there is no property RoleARN"},
		{"of a ServiceAccount that has one", "}}}", "}}}," + strings.Replace(associationOf, "Association", "Second", 1),
			"Second (AWS::EKS::PodIdentityAssociation): Association already exists"},
	} {
		a := withCluster(t)
		text := strings.Replace(associationOf, test.old, test.new, 1)
		err := a.Deploy(t.Context(), "us-east-1", "test", []byte(resources(policyOf+","+roleOf+","+text)))
		if err == nil || !strings.HasSuffix(err.Error(), test.want) {
			t.Errorf("%s: got error %v, want %q", test.promise, err, test.want)
		}
	}
}
