package job

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/google/go-containerregistry/pkg/authn"

	"keyless-runners/rehearsal/docker"
)

func (j *job) whoAmI(ctx context.Context, outcome *Outcome) error {
	got, err := sts.NewFromConfig(j.aws).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err == nil {
		outcome.Identity = aws.ToString(got.Arn)
	}
	return err
}

func (j *job) assume(ctx context.Context, step Step) error {
	_, err := sts.NewFromConfig(j.aws).AssumeRole(ctx, &sts.AssumeRoleInput{RoleArn: &step.Role, RoleSessionName: aws.String("second-role")})
	return err
}

func (j *job) login(ctx context.Context, step Step) error {
	got, err := ecr.NewFromConfig(j.aws).GetAuthorizationToken(ctx, &ecr.GetAuthorizationTokenInput{})
	if err != nil {
		return err
	}
	if len(got.AuthorizationData) == 0 {
		return errors.New("ECR gave no password")
	}
	user, password, err := docker.Credentials(aws.ToString(got.AuthorizationData[0].AuthorizationToken))
	if err != nil {
		return err
	}
	j.logins[step.Image] = authn.FromConfig(authn.AuthConfig{Username: user, Password: password})
	return j.tryLogin(ctx, step.Image, user, password)
}

// tryLogin shows the registry the password, with Docker's own words for a failure
// (moby/moby, registry/auth.go).
func (j *job) tryLogin(ctx context.Context, registry, user, password string) error {
	endpoint := "https://" + registry + "/v2/"
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, endpoint, nil)
	if err != nil {
		return err
	}
	request.SetBasicAuth(user, password)
	response, err := j.sent.RoundTrip(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("login attempt to %s failed with status: %s", endpoint, response.Status)
	}
	return nil
}
