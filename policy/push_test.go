package policy_test

import (
	"testing"

	"keyless-runners/identity"
	"keyless-runners/policy"
)

func TestPushAllowsOneImageRepository(t *testing.T) {
	wantJSON(t, policy.Push([]identity.ImageRepository{imageRepository("us-east-1", "team/app")}), `{"Version":"2012-10-17","Statement":[`+
		`{"Sid":"GetAuthorizationToken","Effect":"Allow","Action":"ecr:GetAuthorizationToken","Resource":"*"},`+
		`{"Sid":"AllowPush","Effect":"Allow","Action":[`+
		`"ecr:GetDownloadUrlForLayer","ecr:BatchGetImage","ecr:BatchCheckLayerAvailability","ecr:PutImage",`+
		`"ecr:InitiateLayerUpload","ecr:UploadLayerPart","ecr:CompleteLayerUpload"],`+
		`"Resource":"arn:aws:ecr:us-east-1:111122223333:repository/team/app"}]}`)
}

func TestPushAllowsSeveralImageRepositoriesInChina(t *testing.T) {
	wantJSON(t, policy.Push([]identity.ImageRepository{imageRepository("cn-north-1", "web"), imageRepository("cn-northwest-1", "api")}), `{"Version":"2012-10-17","Statement":[`+
		`{"Sid":"GetAuthorizationToken","Effect":"Allow","Action":"ecr:GetAuthorizationToken","Resource":"*"},`+
		`{"Sid":"AllowPush","Effect":"Allow","Action":[`+
		`"ecr:GetDownloadUrlForLayer","ecr:BatchGetImage","ecr:BatchCheckLayerAvailability","ecr:PutImage",`+
		`"ecr:InitiateLayerUpload","ecr:UploadLayerPart","ecr:CompleteLayerUpload"],`+
		`"Resource":["arn:aws-cn:ecr:cn-north-1:111122223333:repository/web","arn:aws-cn:ecr:cn-northwest-1:111122223333:repository/api"]}]}`)
}

func imageRepository(region identity.Region, name identity.ImageRepositoryName) identity.ImageRepository {
	return identity.ImageRepository{Registry: identity.Registry{Account: "111122223333", Region: region}, Name: name}
}
