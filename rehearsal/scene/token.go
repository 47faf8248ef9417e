package scene

import (
	"context"
	"strings"
	"time"

	"keyless-runners/identity"
)

// What STS says to those that it refuses.
const (
	notAuthorized = "Not authorized to perform sts:AssumeRoleWithWebIdentity"
	noProvider    = "No OpenIDConnect provider found in your account"
	badAudience   = "Incorrect token audience"
	badKey        = "Couldn't retrieve verification key from your identity provider"
	notJWT        = "The ID Token provided is not a valid JWT"
	expired       = "Token expired"
	badARN        = "Request ARN is invalid"
)

// tokens are attempts with a token at STS.
func (r *Rehearsal) tokens(t *target) []attempt {
	role := t.Role.String()
	with := func(who string, token source, refusal string) attempt {
		return attempt{who: who, what: "take the pool's role", refusal: refusal, try: func(ctx context.Context) (string, error) {
			return r.assume(ctx, t.pushes.Registry.Region, role, token)
		}}
	}
	its := func(what, arn, refusal string) attempt {
		return attempt{who: "the pool's runner", what: what, refusal: refusal, try: func(ctx context.Context) (string, error) {
			return r.assume(ctx, t.pushes.Registry.Region, arn, t.own)
		}}
	}
	return []attempt{
		with("the pool's runner", t.own, ""),
		with("another ServiceAccount of the namespace", t.of(t.cluster.Cluster, t.Subject.Namespace, intruder), notAuthorized),
		with("the namespace's default ServiceAccount", t.of(t.cluster.Cluster, t.Subject.Namespace, "default"), notAuthorized),
		with("another pool of the namespace", t.of(t.cluster.Cluster, t.Subject.Namespace, neighbour), notAuthorized),
		with("the same name in another namespace", t.of(t.cluster.Cluster, elsewhere, t.Subject.ServiceAccount), notAuthorized),
		with("the same names in another cluster", t.of(t.stranger.Cluster, t.Subject.Namespace, t.Subject.ServiceAccount), notAuthorized),
		with("a token for the cluster itself", t.forAudience("https://kubernetes.default.svc"), badAudience),
		with("a token for China's GitHub", t.forAudience("sts.amazonaws.com.cn"), badAudience),
		with("a token that is over", t.old, expired),
		with("a token that is not yet valid", t.forged(t.cluster.Cluster, "nbf", time.Now().Add(time.Hour).Unix()), "InvalidIdentityToken"),
		with("a token without a subject", t.forged(t.cluster.Cluster, "sub", nil), notAuthorized),
		with("a token without an audience", t.forged(t.cluster.Cluster, "aud", nil), "InvalidIdentityToken"),
		with("a token of an issuer without a provider", t.forged(t.cluster.Cluster, "iss", string(another(t.cluster.Issuer, "23"))), noProvider),
		with("a token whose subject was changed", t.changed, badKey),
		with("a token whose signature was changed", t.broken, badKey),
		with("a token that someone else signed", t.signedElsewhere, badKey),
		with("a token without a signature", t.unsigned, notJWT),
		with("a token signed with the public key", t.signedWithPublicKey, "InvalidIdentityToken"),
		with("something that is no token", fixed("open sesame"), notJWT),
		with("a token of nothing", fixed("e30.e30.e30"), "InvalidIdentityToken"),
		its("take a neighbour's role", arn(t.Role, "/", neighbourRole), notAuthorized),
		its("take the node's role", arn(t.Role, "/", nodeRole), notAuthorized),
		its("take the role by which the CDK deploys", arn(t.Role, "/", bootstrapRole("deploy", t)), notAuthorized),
		its("take the role by which CloudFormation works", arn(t.Role, "/", bootstrapRole("cfn-exec", t)), notAuthorized),
		its("take a role that is not there", arn(t.Role, "/", "nobody"), notAuthorized),
		its("take its role under another path", arn(t.Role, "/other/", t.Role.Name), notAuthorized),
		its("take its role in other letters", arn(t.Role, t.Role.Path, identity.RoleName(strings.ToUpper(string(t.Role.Name)))), notAuthorized),
		its("take the same role of another account", arn(identity.RoleARN{Partition: t.Role.Partition, Account: otherAccount}, t.Role.Path, t.Role.Name), noProvider),
		its("take what is no role", string(t.Role.Name), badARN),
	}
}

// otherAccount does not exist here.
const otherAccount identity.AccountID = "999999999999"

func arn(of identity.RoleARN, path identity.RolePath, name identity.RoleName) string {
	of.Path, of.Name = path, name
	return of.String()
}

// bootstrapRole is a role that "cdk bootstrap" made.
func bootstrapRole(what string, t *target) identity.RoleName {
	return identity.RoleName("cdk-hnb659fds-" + what + "-role-" + string(t.Role.Account) + "-" + string(t.pushes.Registry.Region))
}

// assume brings a token to STS and returns what it is told.
func (r *Rehearsal) assume(ctx context.Context, region identity.Region, role string, token source) (string, error) {
	text, err := token(ctx)
	if err != nil {
		return "", err
	}
	return r.Assume(ctx, region, role, text)
}
