package stage

import (
	"context"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/job"
)

// Ask has a process with the environment do a task, and returns the error that it is
// told, "" if there is none.
func (s *Stage) Ask(ctx context.Context, env []string, steps ...job.Step) (string, error) {
	report, err := s.Do(ctx, env, steps...)
	if err != nil {
		return "", err
	}
	if failed := report.Failure(); failed != nil {
		return failed.Error, nil
	}
	return "", nil
}

// Assume brings a token to STS to take a role, and returns the error that the AWS SDK
// tells, "" if there is none.
func (s *Stage) Assume(ctx context.Context, region identity.Region, role, token string) (string, error) {
	transport, err := s.Network.Peer().Transport()
	if err != nil {
		return "", err
	}
	defer transport.CloseIdleConnections()
	client := sts.New(sts.Options{Region: string(region), HTTPClient: &http.Client{Transport: transport}, RetryMaxAttempts: 1})
	_, err = client.AssumeRoleWithWebIdentity(ctx, &sts.AssumeRoleWithWebIdentityInput{
		RoleArn: &role, RoleSessionName: aws.String("rehearsal"), WebIdentityToken: &token,
	})
	if err != nil {
		return err.Error(), ctx.Err()
	}
	return "", nil
}
