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

func TestPullReadsAndDoesNotWrite(t *testing.T) {
	wantJSON(t, policy.Pull([]identity.ImageRepository{imageRepository("us-east-1", "base/go"), imageRepository("us-east-1", "base/node")}), `{"Version":"2012-10-17","Statement":[`+
		`{"Sid":"AllowPull","Effect":"Allow",`+
		`"Action":["ecr:GetDownloadUrlForLayer","ecr:BatchGetImage","ecr:BatchCheckLayerAvailability"],`+
		`"Resource":["arn:aws:ecr:us-east-1:111122223333:repository/base/go","arn:aws:ecr:us-east-1:111122223333:repository/base/node"]}]}`)
}

func TestPullThroughFetchesBelowItsPrefixesAlone(t *testing.T) {
	document := policy.PullThrough([]identity.ImageRepository{imageRepository("us-east-1", "docker-hub")})
	wantJSON(t, document, `{"Version":"2012-10-17","Statement":[`+
		`{"Sid":"AllowPullThrough","Effect":"Allow","Action":["ecr:GetDownloadUrlForLayer","ecr:BatchGetImage",`+
		`"ecr:BatchCheckLayerAvailability","ecr:BatchImportUpstreamImage","ecr:CreateRepository"],`+
		`"Resource":"arn:aws:ecr:us-east-1:111122223333:repository/docker-hub/*"}]}`)
	for resource, want := range map[string]string{
		"docker-hub/library/node": `allowed by Statement[0] "AllowPullThrough" of document 0`,
		"docker-hub":              no,
		"docker-hub-2/node":       no,
	} {
		request := policy.Request{Action: "ecr:CreateRepository", Resource: "arn:aws:ecr:us-east-1:111122223333:repository/" + resource}
		if got := policy.Evaluate(request, document).String(); got != want {
			t.Errorf("create %s: got %s, want %s", resource, got, want)
		}
	}
}

var ourPush = policy.Push([]identity.ImageRepository{imageRepository("us-east-1", "team/app")})

func TestPushAllowsPushingToItsImageRepositoryAlone(t *testing.T) {
	for _, c := range []struct{ promise, action, resource, want string }{
		{"log in", "ecr:GetAuthorizationToken", "*", `allowed by Statement[0] "GetAuthorizationToken" of document 0`},
		{"push", "ecr:PutImage", app, `allowed by Statement[1] "AllowPush" of document 0`},
		{"push elsewhere", "ecr:PutImage", "arn:aws:ecr:us-east-1:111122223333:repository/team/api", no},
		{"push in another region", "ecr:PutImage", "arn:aws:ecr:us-west-2:111122223333:repository/team/app", no},
		{"delete", "ecr:BatchDeleteImage", app, no},
		{"change the policy", "ecr:SetRepositoryPolicy", app, no},
	} {
		t.Run(c.promise, func(t *testing.T) {
			request := policy.Request{Action: c.action, Resource: c.resource}
			if got := policy.Evaluate(request, ourPush).String(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func imageRepository(region identity.Region, name identity.ImageRepositoryName) identity.ImageRepository {
	return identity.ImageRepository{Registry: identity.Registry{Account: "111122223333", Region: region}, Name: name}
}

func TestADocumentIsTheCallersToChange(t *testing.T) {
	app := []identity.ImageRepository{{Registry: identity.Registry{Account: "111122223333", Region: "us-east-1"}, Name: "app"}}
	policy.Push(app).Statement[1].Action[0] = "ecr:DeleteRepository"
	policy.Pull(app).Statement[0].Action[0] = "ecr:DeleteRepository"
	if got := policy.Push(app).Statement[1].Action[0]; got != "ecr:GetDownloadUrlForLayer" {
		t.Errorf("push: got %s, want ecr:GetDownloadUrlForLayer", got)
	}
	if got := policy.Pull(app).Statement[0].Action[0]; got != "ecr:GetDownloadUrlForLayer" {
		t.Errorf("pull: got %s, want ecr:GetDownloadUrlForLayer", got)
	}
}
