package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/smithy-go"
	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
)

// Main is the process of a job: it reads a Task from in, does it with the environment
// that it finds, and writes the Report to out. It returns the exit status: 0, or 1 if
// a step failed.
func Main(ctx context.Context, in io.Reader, out io.Writer) int {
	var task Task
	if err := json.NewDecoder(in).Decode(&task); err != nil {
		fmt.Fprintf(out, "%q", "task: "+err.Error())
		return 1
	}
	report := do(ctx, task)
	if err := json.NewEncoder(out).Encode(report); err != nil || report.Failure() != nil {
		return 1
	}
	return 0
}

// job is a task that is being done.
type job struct {
	aws  aws.Config
	sent *sent
	// logins are the passwords by registry.
	logins map[string]authn.Authenticator
}

func do(ctx context.Context, task Task) Report {
	var report Report
	j, err := start(ctx, task)
	for _, step := range task.Steps {
		outcome := Outcome{Step: step}
		if err == nil {
			err = j.do(ctx, step, &outcome)
			outcome.Layers, outcome.Manifests = j.sent.take()
		}
		if err != nil {
			outcome.Error, outcome.Code = err.Error(), code(err)
		}
		report.Outcomes = append(report.Outcomes, outcome)
		if err != nil {
			break
		}
	}
	return report
}

// start reads the environment as every program with the AWS SDK does.
func start(ctx context.Context, task Task) (*job, error) {
	network, err := task.Network.Transport()
	if err != nil {
		return nil, err
	}
	settings, err := config.LoadDefaultConfig(ctx, config.WithHTTPClient(&http.Client{Transport: network}))
	if err != nil {
		return nil, err
	}
	return &job{aws: settings, sent: &sent{RoundTripper: network}, logins: map[string]authn.Authenticator{}}, nil
}

func (j *job) do(ctx context.Context, step Step, outcome *Outcome) error {
	switch step.Do {
	case WhoAmI:
		return j.whoAmI(ctx, outcome)
	case Assume:
		return j.assume(ctx, step)
	case Wait:
		return wait(ctx, step.For)
	case Login:
		return j.login(ctx, step)
	case Push, PushIndex, ExportCache:
		return j.push(ctx, step, outcome)
	case Pull:
		return j.pull(ctx, step, outcome)
	case Delete:
		return j.delete(ctx, step)
	case Call:
		return j.call(ctx, step.Action, step.Image)
	}
	return fmt.Errorf("unknown step %q", step.Do)
}

func wait(ctx context.Context, long time.Duration) error {
	select {
	case <-time.After(long):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// code returns the code of the innermost error that has one: an SDK's error about credentials
// has that of STS inside.
func code(err error) string {
	var refused *transport.Error
	if errors.As(err, &refused) && len(refused.Errors) > 0 {
		return string(refused.Errors[0].Code)
	}
	var found string
	for {
		var of smithy.APIError
		if !errors.As(err, &of) {
			return found
		}
		found = of.ErrorCode()
		inner, ok := of.(interface{ Unwrap() error })
		if !ok {
			return found
		}
		err = inner.Unwrap()
	}
}
