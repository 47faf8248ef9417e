package account_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/identity"
)

// A stack's own names are those of its partition and region.
func TestEveryPartitionAndRegion(t *testing.T) {
	for _, c := range []struct {
		region identity.Region
		want   []string
	}{
		{"us-east-1", []string{
			"arn:aws:iam::111122223333:oidc-provider/example.com/id/A",
			"arn:aws:iam::111122223333:role/pusher",
			"arn:aws:iam::111122223333:policy/push",
			"arn:aws:ecr:us-east-1:111122223333:repository/app",
			"111122223333.dkr.ecr.us-east-1.amazonaws.com/app",
			"arn:aws:x:amazonaws.com",
		}},
		{"cn-north-1", []string{
			"arn:aws-cn:iam::111122223333:oidc-provider/example.com/id/A",
			"arn:aws-cn:iam::111122223333:role/pusher",
			"arn:aws-cn:iam::111122223333:policy/push",
			"arn:aws-cn:ecr:cn-north-1:111122223333:repository/app",
			"111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/app",
			"arn:aws-cn:x:amazonaws.com.cn",
		}},
		{"us-gov-west-1", []string{
			"arn:aws-us-gov:iam::111122223333:oidc-provider/example.com/id/A",
			"arn:aws-us-gov:iam::111122223333:role/pusher",
			"arn:aws-us-gov:iam::111122223333:policy/push",
			"arn:aws-us-gov:ecr:us-gov-west-1:111122223333:repository/app",
			"111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/app",
			"arn:aws-us-gov:x:amazonaws.com",
		}},
	} {
		t.Run(string(c.region), func(t *testing.T) {
			a := start(t, c.region)
			deploy(t, a, c.region, replaced(t, `"Resource": "*"`, `"Resource": {"Fn::Sub": "arn:${AWS::Partition}:x:${AWS::URLSuffix}"}`))
			got := read(t, a)
			role, repository := got.Roles[0], got.ImageRepositories[0]
			names := []string{got.Providers[0].ARN, role.ARN, role.Policies[0].ARN, repository.ARN, repository.URI, role.Policies[0].Document.Statement[0].Resource[0]}
			if diff := cmp.Diff(c.want, names); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestImageRepositoriesOfSeveralRegions(t *testing.T) {
	a := start(t, "us-east-1", "eu-west-1")
	deploy(t, a, "us-east-1", resources(repository))
	deploy(t, a, "eu-west-1", resources(repository))
	var got []string
	for _, repository := range read(t, a).ImageRepositories {
		got = append(got, repository.URI)
	}
	want := []string{"111122223333.dkr.ecr.us-east-1.amazonaws.com/app", "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
