package scene

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/diagnose"
	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/job"
)

// need takes each action away from the deployed policy, and sees the work fail that
// needs it: an image is pushed, and a cache that was pushed before is imported.
func (r *Rehearsal) need(ctx context.Context) error {
	t, ok, err := r.target()
	if err != nil || !ok {
		return err
	}
	r.Story.Chapter("Each action that the policy allows is needed")
	role, err := r.role(t.Pool)
	if err != nil {
		return err
	}
	whole, arn, err := managed(role)
	if err != nil {
		return err
	}
	for _, action := range pushActions(whole) {
		if err := r.Story.Step("without "+action, func() (string, error) {
			if err := r.setPolicy(ctx, arn, without(whole, action)); err != nil {
				return "", err
			}
			return r.miss(ctx, t, action)
		}); err != nil {
			return err
		}
	}
	return r.Story.Step("with all of them again", func() (string, error) {
		if err := r.setPolicy(ctx, arn, whole); err != nil {
			return "", err
		}
		return "both work", r.try(ctx, []attempt{r.work(t, "whole", "")})
	})
}

// managed returns the policy of a pool's role that lets it push, with its ARN.
func managed(role *deployed.Role) (policy.Document, identity.ManagedPolicyARN, error) {
	at := slices.IndexFunc(role.Policies, func(p deployed.Policy) bool { return len(pushActions(p.Document)) > 0 })
	if at < 0 {
		return policy.Document{}, identity.ManagedPolicyARN{}, fmt.Errorf("no policy of role %s has a statement %q", role.ARN, policy.SidPush)
	}
	arn, err := identity.ParseManagedPolicyARN(role.Policies[at].ARN)
	return role.Policies[at].Document, arn, err
}

// pushActions returns the actions by which a pool's own policy lets it sign in and push, each once.
func pushActions(document policy.Document) []string {
	var all []string
	for _, statement := range document.Statement {
		if statement.Sid != policy.SidLogin && statement.Sid != policy.SidPush {
			continue
		}
		for _, action := range statement.Action {
			if !slices.Contains(all, action) {
				all = append(all, action)
			}
		}
	}
	return all
}

// without is the document without an action, and without statements that have none.
func without(whole policy.Document, action string) policy.Document {
	less := policy.Document{Version: whole.Version}
	for _, statement := range whole.Statement {
		statement.Action = slices.DeleteFunc(slices.Clone(statement.Action), func(a string) bool { return a == action })
		if len(statement.Action) > 0 {
			less.Statement = append(less.Statement, statement)
		}
	}
	return less
}

func (r *Rehearsal) setPolicy(ctx context.Context, arn identity.ManagedPolicyARN, document policy.Document) error {
	if err := r.Accounts[arn.Account].SetPolicy(ctx, arn, document); err != nil {
		return err
	}
	return r.Refresh(ctx)
}

// work pushes a new image and imports the cache that the pool pushed before.
func (r *Rehearsal) work(t *target, tag, refusal string) attempt {
	return attempt{who: "the pool's runner", what: "push an image and import a cache", refusal: refusal, try: func(ctx context.Context) (string, error) {
		return r.Ask(ctx, t.container.In(t.pushes.Registry.Region),
			job.Step{Do: job.Login, Image: t.pushes.Registry.String()},
			job.Step{Do: job.Push, Image: t.pushes.String() + ":" + tag, Layers: []string{tag}},
			job.Step{Do: job.Pull, Image: t.pushes.String() + ":" + t.Name + "-cache"},
		)
	}}
}

// miss works without an action, and wants "keyless explain --error" to name it.
func (r *Rehearsal) miss(ctx context.Context, t *target, action string) (string, error) {
	short := strings.TrimPrefix(action, "ecr:")
	a := r.work(t, short, denied(short))
	a.who += ", without " + action
	var told string
	try := a.try
	a.try = func(ctx context.Context) (_ string, err error) {
		told, err = try(ctx)
		return told, err
	}
	if err := r.try(ctx, []attempt{a}); err != nil {
		return "", err
	}
	for _, diagnosis := range diagnose.Explain(told) {
		if diagnosis.Value("action") == action {
			return "refused; keyless explain says: " + diagnosis.Title, nil
		}
	}
	return "", errors.New("keyless explain does not name the action: " + told)
}
