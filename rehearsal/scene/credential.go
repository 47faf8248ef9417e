package scene

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/job"
	"keyless-runners/rehearsal/session"
	"keyless-runners/rehearsal/stage"
)

// credentials are attempts with credentials of another kind, or without.
func (r *Rehearsal) credentials(t *target) []attempt {
	login := job.Step{Do: job.Login, Image: t.pushes.Registry.String()}
	push := job.Step{Do: job.Push, Image: t.pushes.String() + ":others", Layers: []string{"others"}}
	with := func(who string, env []string, refusal string, steps ...job.Step) attempt {
		return attempt{who: who, what: "push to the pool's image repository", refusal: refusal, by: "it has no credentials", try: func(ctx context.Context) (string, error) {
			return r.Ask(ctx, env, steps...)
		}}
	}
	node := r.issue(t, nodeRole, time.Hour)
	neighbour := r.issue(t, neighbourRole, time.Hour)
	mixed := node
	mixed.SessionToken = neighbour.SessionToken
	wrong := neighbour
	wrong.SecretAccessKey += "x"
	invented := aws.Credentials{AccessKeyID: "invented", SecretAccessKey: "invented", SessionToken: "invented"}
	return slices.Concat(r.halves(t, with, login, push), r.besides(t, login, push), []attempt{
		with("a node's role", r.env(t, node), denied("BatchCheckLayerAvailability"), login, push),
		with("a neighbour's session", r.env(t, neighbour), denied("BatchCheckLayerAvailability"), login, push),
		with("a session that is over", r.env(t, r.issue(t, t.Role.Name, -time.Minute)), "ExpiredToken", login, push),
		with("a session with another's token", r.env(t, mixed), "The security token included in the request is invalid", login, push),
		with("a session with a wrong secret", r.env(t, wrong), "The request signature we calculated does not match", login, push),
		with("an invented key", r.env(t, invented), "The security token included in the request is invalid", login, push),
		with("nobody, without a login", r.env(t, aws.Credentials{}), "401", push),
		with("nobody, with no credentials", r.env(t, aws.Credentials{}), "no EC2 IMDS role found", login, push),
		{who: "a node's role", what: "take the pool's role", refusal: "AccessDenied", try: func(ctx context.Context) (string, error) {
			return r.Ask(ctx, r.env(t, node), job.Step{Do: job.Assume, Role: t.Role.String()})
		}},
		{who: "the neighbour", what: "push to its own image repository", try: func(ctx context.Context) (string, error) {
			return r.Ask(ctx, r.env(t, neighbour), login, job.Step{Do: job.Push, Image: t.neighbour().String() + ":1", Layers: []string{"neighbour"}})
		}},
	})
}

// halves are runners that lack one of the two variables which lead to the role.
func (r *Rehearsal) halves(t *target, with func(who string, env []string, refusal string, steps ...job.Step) attempt, steps ...job.Step) []attempt {
	without := func(what, variable, refusal string) attempt {
		return with("the runner without "+what, t.container.Without(variable).In(t.pushes.Registry.Region), refusal, steps...)
	}
	if t.Associated {
		return []attempt{
			without("its token", identity.EnvAuthorizationTokenFile, "Service account token cannot be empty"),
			without("its agent", identity.EnvCredentialsURI, "no EC2 IMDS role found"),
		}
	}
	return []attempt{
		without("its token", identity.EnvTokenFile, "no EC2 IMDS role found"),
		without("its role", identity.EnvRoleARN, "role ARN is not set"),
	}
}

// besides are the containers beside the runner, which have nothing that leads to the role.
func (r *Rehearsal) besides(t *target, steps ...job.Step) []attempt {
	var attempts []attempt
	runner := r.runners[of(t.Pool)]
	others := runner.Beside()
	if t.Runner != t.Subject {
		others = append(others, stage.ContainerRunner)
	}
	for _, name := range others {
		who := fmt.Sprintf("the container %q", name)
		switch name {
		case stage.ContainerDocker:
			who = "the Docker sidecar"
		case stage.ContainerRunner:
			who = "the runner, outside of the job's Pod"
		}
		try := func(ctx context.Context) (string, error) {
			other, err := runner.Start(ctx, name, r.folder("beside"))
			if err != nil {
				return "", err
			}
			return r.Ask(ctx, append(other.In(t.pushes.Registry.Region), "AWS_EC2_METADATA_DISABLED=true"), steps...)
		}
		attempts = append(attempts, attempt{
			who: who, what: "push to the pool's image repository", refusal: "no EC2 IMDS role found", by: "it has no credentials", try: try,
		})
	}
	return attempts
}

// issue gives a session of a role of the account.
func (r *Rehearsal) issue(t *target, role identity.RoleName, lifetime time.Duration) aws.Credentials {
	of := t.Role
	if role != of.Name {
		of.Path, of.Name = "/", role
	}
	return r.Cloud.Sessions.Issue(session.Session{Role: of, Name: "rehearsal"}, lifetime)
}

// env is the environment of a process with credentials, or with none, in a region,
// where no metadata service is.
func (r *Rehearsal) env(t *target, credentials aws.Credentials) []string {
	env := []string{"AWS_REGION=" + string(t.pushes.Registry.Region), "AWS_EC2_METADATA_DISABLED=true"}
	if credentials.AccessKeyID == "" {
		return env
	}
	return append(env, session.Environment(credentials)...)
}
