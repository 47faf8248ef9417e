package job_test

import (
	"strings"
	"testing"
	"time"

	"keyless-runners/diagnose"
	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/job"
	"keyless-runners/rehearsal/session"
)

// Of what a role of ours may not do each is refused, in words that name it.
func TestARoleDoesNothingButPush(t *testing.T) {
	w := newWorld(t)
	env := w.env(claims())
	image := app.String() + ":v1"
	w.must(env, login, job.Step{Do: job.Push, Image: image, Layers: []string{"base"}})
	for _, action := range []string{
		"BatchDeleteImage", "CreateRepository", "DeleteRepository", "DescribeRepositories", "GetRepositoryPolicy", "SetRepositoryPolicy",
		"DeleteRepositoryPolicy", "PutLifecyclePolicy", "PutImageTagMutability",
	} {
		wantDenied(t, w.run(env, job.Step{Do: job.Call, Action: action, Image: image}), "ecr:"+action, true)
	}
	wantDenied(t, w.run(env, login, job.Step{Do: job.Delete, Image: image}), "ecr:BatchDeleteImage", true)
	w.must(env, login, job.Step{Do: job.Pull, Image: image})
}

func TestARolePushesToItsImageRepositoriesAlone(t *testing.T) {
	w := newWorld(t)
	account := newAccount()
	other := identity.ImageRepository{Registry: registry, Name: "team/other"}
	account.ImageRepositories = append(account.ImageRepositories, deployed.ImageRepository{ARN: other.ARN(), URI: other.String()})
	w.cloud.State.Set(account)
	env := w.env(claims())
	for _, c := range []struct {
		name, image string
	}{
		{"another image repository", other.String()},
		{"one that is not there", registry.String() + "/team/none"},
		{"a name that begins like it", registry.String() + "/team/app2"},
		{"a name below it", registry.String() + "/team/app/sub"},
	} {
		t.Run(c.name, func(t *testing.T) {
			report := w.run(env, login, job.Step{Do: job.Push, Image: c.image + ":v1", Layers: []string{"base"}})
			wantDenied(t, report, "ecr:BatchCheckLayerAvailability", true)
			wantDenied(t, w.run(env, login, job.Step{Do: job.Pull, Image: c.image + ":v1"}), "ecr:BatchGetImage", true)
		})
	}
}

func TestAnImageRepositoryThatIsNotThereIsNamed(t *testing.T) {
	w := newWorld(t)
	account := newAccount()
	account.ImageRepositories = nil
	w.cloud.State.Set(account)
	failed := w.run(w.env(claims()), login, job.Step{Do: job.Push, Image: app.String() + ":v1", Layers: []string{"base"}}).Failure()
	if failed == nil || failed.Code != "NAME_UNKNOWN" {
		t.Fatalf("got %+v, want the code NAME_UNKNOWN", failed)
	}
	wantDiagnosis(t, *failed, "the registry has no image repository of that name", diagnose.Registry)
}

func TestARegistryTakesOnlyItsOwnPasswords(t *testing.T) {
	w := newWorld(t)
	elsewhere := identity.Registry{Account: account, Region: "eu-west-1"}
	_, err := w.cloud.OpenRegion(elsewhere.Region)
	check(t, err)
	check(t, w.cloud.OpenRegistry(elsewhere))
	push := job.Step{Do: job.Push, Image: app.String() + ":v1", Layers: []string{"base"}}

	t.Run("of another region", func(t *testing.T) {
		env := set(w.env(claims()), "AWS_REGION", "eu-west-1")
		failed := w.run(env, login, push).Failure()
		if failed == nil || failed.Step.Do != job.Login {
			t.Fatalf("got %+v, want a login that fails", failed)
		}
		wantDiagnosis(t, *failed, "the registry does not take the password", diagnose.Registry)
	})
	t.Run("none", func(t *testing.T) {
		failed := w.run(w.env(claims()), push).Failure()
		if failed == nil || !strings.HasSuffix(failed.Error, "unexpected status code 401 Unauthorized (HEAD responses have no body, use GET for details)") {
			t.Errorf("got %+v, want 401 Unauthorized", failed)
		}
	})
	t.Run("expired", func(t *testing.T) {
		env := append(w.env(claims()), session.Environment(w.cloud.Sessions.Issue(session.Session{Role: role, Name: "brief"}, 2*time.Second))...)
		failed := w.run(env, login, job.Step{Do: job.Wait, For: 2 * time.Second}, job.Step{Do: job.Pull, Image: push.Image}).Failure()
		if failed == nil || failed.Code != "DENIED" {
			t.Fatalf("got %+v, want the code DENIED", failed)
		}
		wantDiagnosis(t, *failed, "the password of docker login is expired", diagnose.Registry)
	})
}

func TestTheNodesRoleIsNamedAsSuch(t *testing.T) {
	w := newWorld(t)
	account := newAccount()
	node := identity.RoleARN{Partition: "aws", Account: account.ID, Path: "/", Name: "eksctl-ci-nodegroup-NodeInstanceRole"}
	read := policy.Document{Version: policy.Version, Statement: []policy.Statement{{Effect: policy.EffectAllow, Action: policy.Values{"ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer"}, Resource: policy.Values{"*"}}}}
	account.Roles = append(account.Roles, deployed.Role{ARN: node.String(), Policies: []deployed.Policy{{Name: "AmazonEC2ContainerRegistryReadOnly", Document: read}}})
	w.cloud.State.Set(account)
	credentials := w.cloud.Sessions.Issue(session.Session{Role: node, Name: "i-0e5afb93460d609d2"}, time.Hour)
	env := append([]string{"AWS_REGION=us-east-1"}, session.Environment(credentials)...)
	failed := w.run(env, login, job.Step{Do: job.Push, Image: app.String() + ":v1", Layers: []string{"base"}}).Failure()
	if failed == nil {
		t.Fatal("got no error, want one")
	}
	wantDiagnosis(t, *failed, `the node's role "eksctl-ci-nodegroup-NodeInstanceRole" was used, not the Pod's own`, diagnose.TokenToPod)
}

func TestAJobWaitsForSTS(t *testing.T) {
	w := newWorld(t)
	w.sts.Trouble.Set(100*time.Millisecond, 2)
	w.must(w.env(claims()), login)
	w.sts.Trouble.Set(0, 1000)
	failed := w.run(w.env(claims()), login).Failure()
	if failed == nil || failed.Code != "ServiceUnavailable" {
		t.Errorf("got %+v, want the code ServiceUnavailable", failed)
	}
}
