package scene

import (
	"context"
	"os"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/job"
	"keyless-runners/rehearsal/stage"
)

// What EKS Auth and the agent say to those that they refuse.
const (
	noPermission  = "EKS does not have permissions to assume the associated role"
	noAssociation = "No association found"
	notValid      = "Token is not valid"
	notOfPod      = "Token is not bound to a Pod"
	overForAgent  = "failed basic claim validations"
	notParsed     = "cannot be parsed"
)

// associations are attempts to get the pool's role from EKS' Pod Identity Agent: Pods of others,
// each with an association with it, and those who bring another token.
func (r *Rehearsal) associations(t *target) []attempt {
	const what = "get the pool's role"
	pod := func(who string, c *stage.Cluster, subject identity.Subject) attempt {
		return attempt{who: who + ", associated with it", what: what, refusal: noPermission, try: func(ctx context.Context) (string, error) {
			return r.associated(ctx, t, c, subject)
		}}
	}
	token := func(who string, token source, refusal string) attempt {
		return attempt{who: who, what: what, refusal: refusal, by: "the Pod Identity Agent", try: func(ctx context.Context) (string, error) {
			return r.bring(ctx, t, token)
		}}
	}
	return []attempt{
		{who: "the pool's runner", what: what, try: func(ctx context.Context) (string, error) {
			return r.Ask(ctx, t.container.In(t.pushes.Registry.Region), job.Step{Do: job.WhoAmI})
		}},
		pod("another ServiceAccount of the namespace", t.cluster, identity.Subject{Namespace: t.Subject.Namespace, ServiceAccount: intruder}),
		pod("the same name in another namespace", t.cluster, identity.Subject{Namespace: elsewhere, ServiceAccount: t.Subject.ServiceAccount}),
		pod("the same names in another cluster", t.stranger, t.Subject),
		token("a token for STS", t.forAudience(string(identity.AudienceSTS)), notValid),
		token("a token of no Pod", t.forAudience(identity.AudiencePodIdentity), notOfPod),
		token("a token that is over", t.old, overForAgent),
		token("a token whose signature was changed", t.broken, notValid),
		token("a token that someone else signed", t.signedElsewhere, notValid),
		token("something that is no token", fixed("open sesame"), notParsed),
		{who: "the pool's runner", what: what + " when its association is gone", refusal: noAssociation, try: func(ctx context.Context) (string, error) {
			return r.dissociated(ctx, t)
		}},
	}
}

// associated gives a ServiceAccount an association with the pool's role, and returns what its
// Pod is told.
func (r *Rehearsal) associated(ctx context.Context, t *target, c *stage.Cluster, subject identity.Subject) (string, error) {
	if err := r.Accounts[t.Role.Account].AddAssociation(ctx, c.EKS, subject, t.Role.String()); err != nil {
		return "", err
	}
	if err := r.Refresh(ctx); err != nil {
		return "", err
	}
	pod, err := c.Pod(ctx, subject)
	if err != nil {
		return "", err
	}
	container, err := pod.Start(ctx, stage.ContainerRunner, r.folder("pods", pod.Pod.Name))
	if err != nil {
		return "", err
	}
	return r.Ask(ctx, container.In(t.pushes.Registry.Region), job.Step{Do: job.WhoAmI})
}

// bring has a container like the runner's bring another token to the agent.
func (r *Rehearsal) bring(ctx context.Context, t *target, token source) (string, error) {
	text, err := token(ctx)
	if err != nil {
		return "", err
	}
	file := r.folder("another-token")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return "", err
	}
	container := t.container.Without(identity.EnvAuthorizationTokenFile)
	container.Env[identity.EnvAuthorizationTokenFile] = file
	return r.Ask(ctx, container.In(t.pushes.Registry.Region), job.Step{Do: job.WhoAmI})
}

// dissociated takes the pool's association out of what is deployed, and puts it back.
func (r *Rehearsal) dissociated(ctx context.Context, t *target) (string, error) {
	account := r.Cloud.State.Account(t.Role.Account)
	without := account
	without.Associations = nil
	r.Cloud.State.Set(without)
	defer r.Cloud.State.Set(account)
	return r.Ask(ctx, t.container.In(t.pushes.Registry.Region), job.Step{Do: job.WhoAmI})
}
