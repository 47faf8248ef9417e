package diagnose_test

import (
	"testing"

	"keyless-runners/diagnose"
)

const host = "111122223333.dkr.ecr.us-east-1.amazonaws.com"

var ecrSamples = []sample{
	{"no image repository", "name unknown: The repository with name 'team/app' does not exist in the registry with id '111122223333'", "the registry has no image repository of that name", diagnose.Registry, "image repository=team/app; registry=111122223333"},
	{"no image repository, hidden", "NAME_UNKNOWN: The repository with name 'service-t' does not exist in the registry with id '***'", "the registry has no image repository of that name", diagnose.Registry, "image repository=service-t"},
	{"tag", "tag invalid: The image tag 'latest' already exists in the 'team/app' repository and cannot be overwritten because the repository is immutable.", "the tag is taken, and tags of the image repository are immutable", diagnose.Registry, "tag=latest; image repository=team/app"},
	{"tag, since 2025", "TAG_INVALID: The image tag 'cache' already exists in the 'team/app' repository and cannot be overwritten because the tag is immutable.", "the tag is taken, and tags of the image repository are immutable", diagnose.Registry, "tag=cache; image repository=team/app"},
	{"images", "ERROR: failed to push " + host + "/team/app:1: denied:\nThe repository with name 'team/app' in registry with id '111122223333'\nalready has the maximum allowed number of images which is '100000'", "the image repository is full", diagnose.Registry, "image repository=team/app; registry=111122223333; limit=100000"},
	{"tags", "DENIED: Adding tag 'a36l' to an image in the repository with name 'team/app' in registry with id '111122223333' exceeds the maximum allowed number of tags per image which is '1000'", "the image has too many tags", diagnose.Registry, "image repository=team/app; registry=111122223333; limit=1000"},
	{"password expired", "denied: Your authorization token has expired. Reauthenticate and try again.", "the password of docker login is expired", diagnose.Registry, ""},
	{"not logged in", "5f70bf18a086: Preparing\n" + noLogin, "Docker is not logged in to the registry", diagnose.Registry, ""},
	{"password of another region", "Error response from daemon: login attempt to https://" + host + "/v2/ failed with status: 400 Bad Request", "the registry does not take the password", diagnose.Registry, "registry=111122223333; region=us-east-1"},
	{"no password", "Error: Cannot perform an interactive login from a non TTY device", "docker login got no password", diagnose.Registry, ""},
	{"password not kept", "Error saving credentials: error storing credentials - err: exit status 1, out: `not implemented`", "Docker cannot keep the password", diagnose.Registry, ""},
	{"no host, China", `Get "https://111122223333.dkr.ecr.cn-northwest-1.amazonaws.com/v2/": dial tcp: lookup 111122223333.dkr.ecr.cn-northwest-1.amazonaws.com on 10.0.0.2:53: no such host`, "the registry's host is out of reach", diagnose.Registry, "host=111122223333.dkr.ecr.cn-northwest-1.amazonaws.com; region=cn-northwest-1"},
	{"no host, Node.js", "Error: getaddrinfo ENOTFOUND api.ecr-public.ap-northeast-1.amazonaws.com", "the registry's host is out of reach", diagnose.Registry, "host=api.ecr-public.ap-northeast-1.amazonaws.com; region=ap-northeast-1"},
	{"no host, Python", `Could not connect to the endpoint URL: "https://api.ecr.us-esat-1.amazonaws.com/"`, "the registry's host is out of reach", diagnose.Registry, "host=api.ecr.us-esat-1.amazonaws.com; region=us-esat-1"},
	{"throttled", "toomanyrequests: Rate exceeded", "ECR throttles the requests", diagnose.Registry, ""},
	{"cache", `error: failed to solve: rpc error: code = Unknown desc = error writing manifest blob: failed commit on ref "sha256:dbddfa9d": unexpected status from PUT request to https://` + host + `/v2/team/app/manifests/cache: 400 Bad Request`, "ECR does not take the build cache's manifest", diagnose.Registry, "registry=111122223333; region=us-east-1; image repository=team/app"},
	{"cache, older BuildKit", `ERROR: failed to solve: error writing manifest blob: failed commit on ref "sha256:4687663f": unexpected status: 400 Bad Request`, "ECR does not take the build cache's manifest", diagnose.Registry, ""},
	{"manifest", `error: failed to solve: failed commit on ref "manifest-sha256:ff940752": unexpected status: 400 Bad Request`, "ECR takes the manifest for wrong", diagnose.Registry, ""},
	{"look before a push", "ERROR: failed to solve: failed to push " + host + "/team/app:1: unexpected status from HEAD request to https://" + host + "/v2/team/app/manifests/sha256:8131fb7c: 403 Forbidden", "the registry lets nobody look before the push", diagnose.RoleToRepository, "registry=111122223333; region=us-east-1; image repository=team/app"},
	{"push", `ERROR: failed to push ` + host + `/team/app:4.9.0: failed commit on ref "manifest-sha256:fdcb9b1b": unexpected status from PUT request to https://` + host + `/v2/team/app/manifests/sha256:fdcb9b1b: 403 Forbidden`, "the registry refuses what is pushed", diagnose.RoleToRepository, "registry=111122223333; region=us-east-1; image repository=team/app"},
	{"push, hidden", `unexpected status from POST request to https://***.dkr.ecr.***.amazonaws.com/v2/team/app/blobs/uploads/: 403 Forbidden`, "the registry refuses what is pushed", diagnose.RoleToRepository, "image repository=team/app"},
	{"push, older BuildKit", "error: failed to solve: failed to push " + host + "/team/app:1: unexpected status: 403 Forbidden", "the registry refuses what is pushed", diagnose.RoleToRepository, "registry=111122223333; region=us-east-1; image repository=team/app"},
	{"nothing there", "error: failed to solve: unexpected status: 404 Not Found", "the registry has no such image repository", diagnose.Registry, ""},
	{"empty answer", `error parsing HTTP 403 response body: unexpected end of JSON input: ""`, "the registry refuses without a word", diagnose.RoleToRepository, ""},
	{"retries, Docker", "763ac63792f3: Retrying in 1 second\n59d3f253c6c7: Retrying in 1 second\nEOF\n", "the registry ends the push again and again", diagnose.RoleToRepository, ""},
	{"retries, BuildKit", `#12 0.643 error: failed to do request: Post "https://` + host + `/v2/team/app/blobs/uploads/": EOF` + "\n#12 0.643 retrying in 1s", "the registry ends the push again and again", diagnose.RoleToRepository, "registry=111122223333; region=us-east-1; image repository=team/app"},
}

func TestAnUnknownRegionIsTheFirstCause(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"lookup 111122223333.dkr.ecr.us-esat-1.amazonaws.com on 10.0.0.2:53: no such host", `unknown region "us-esat-1": did you mean "us-east-1"?`},
		{"lookup sts.us-esat-1.amazonaws.com on 10.0.0.2:53: no such host", `unknown region "us-esat-1": did you mean "us-east-1"?`},
		{"lookup 111122223333.dkr.ecr.us-east-1.amazonaws.com on 10.0.0.2:53: no such host", "the account, the region or the domain in the name is mistyped; in China it ends in .com.cn, and ECR Public is in us-east-1 alone"},
		{"lookup ***.dkr.ecr.***.amazonaws.com on 10.0.0.2:53: no such host", "the account, the region or the domain in the name is mistyped; in China it ends in .com.cn, and ECR Public is in us-east-1 alone"},
	} {
		if got := diagnose.Explain(c.text)[0].Causes[0].What; got != c.want {
			t.Errorf("%s: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestANameWithTheRegistryInItIsTheFirstCause(t *testing.T) {
	const twice = "the name begins with a registry, so that the image's whole name has the registry twice"
	for _, c := range []struct {
		name string
		want bool
	}{
		{host + "/app", true},
		{"***.dkr.ecr.us-east-1.amazonaws.com/app", true},
		{"public.ecr.aws/a1b2c3/app", true},
		{"team/app", false},
	} {
		text := "The repository with name '" + c.name + "' does not exist in the registry with id '111122223333'"
		if got := diagnose.Explain(text)[0].Causes[0].What == twice; got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}
