package scene

import (
	"context"
	"encoding/base64"
	"os"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/cluster"
	"keyless-runners/rehearsal/issuer"
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

// source is where somebody has a token from.
type source func(context.Context) (string, error)

// tokens are those who bring a token to STS.
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
		with("the same names in another cluster", t.of(t.stranger, t.Subject.Namespace, t.Subject.ServiceAccount), notAuthorized),
		with("a token for the cluster itself", t.forAudience("https://kubernetes.default.svc"), badAudience),
		with("a token for China's GitHub", t.forAudience("sts.amazonaws.com.cn"), badAudience),
		with("a token that is over", t.old, expired),
		with("a token that is not yet valid", t.forged(t.cluster.Cluster, "nbf", time.Now().Add(time.Hour).Unix()), "InvalidIdentityToken"),
		with("a token without a subject", t.forged(t.cluster.Cluster, "sub", nil), notAuthorized),
		with("a token without an audience", t.forged(t.cluster.Cluster, "aud", nil), "InvalidIdentityToken"),
		with("a token of an issuer that nobody knows", t.forged(t.cluster.Cluster, "iss", string(t.cluster.Issuer[:len(t.cluster.Issuer)-4]+"FFFF")), noProvider),
		with("a token whose subject was changed", t.changed, badKey),
		with("a token whose signature was changed", t.broken, badKey),
		with("a token that somebody else signed", t.signedElsewhere, badKey),
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

// otherAccount is nobody's here.
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

// own is the token that the pool's runner has.
func (t *target) own(context.Context) (string, error) {
	text, err := os.ReadFile(t.container.Tokens[0])
	return string(text), err
}

func fixed(token string) source {
	return func(context.Context) (string, error) { return token, nil }
}

// of is a token of a ServiceAccount, for STS.
func (t *target) of(c *cluster.Cluster, namespace identity.Namespace, account identity.ServiceAccount) source {
	return func(ctx context.Context) (string, error) {
		return c.Token(ctx, cluster.TokenRequest{Namespace: namespace, ServiceAccount: account, Audience: string(identity.AudienceSTS)})
	}
}

// forAudience is a token of the pool's ServiceAccount for somebody else.
func (t *target) forAudience(audience string) source {
	return func(ctx context.Context) (string, error) {
		return t.cluster.Token(ctx, cluster.TokenRequest{Namespace: t.Subject.Namespace, ServiceAccount: t.Subject.ServiceAccount, Audience: audience})
	}
}

// forged is the runner's token with one claim changed, signed by the cluster's own
// key; nil takes the claim out.
func (t *target) forged(c *cluster.Cluster, claim string, value any) source {
	return func(ctx context.Context) (string, error) {
		token, err := t.own(ctx)
		if err != nil {
			return "", err
		}
		return c.Forge(token, func(claims jwt.MapClaims) {
			claims[claim] = value
			if value == nil {
				delete(claims, claim)
			}
		})
	}
}

// old is the runner's token of the day before yesterday.
func (t *target) old(ctx context.Context) (string, error) {
	own, err := t.own(ctx)
	if err != nil {
		return "", err
	}
	return t.cluster.Backdate(own, 48*time.Hour)
}

// changed is the token of an intruder with the runner's claims.
func (t *target) changed(ctx context.Context) (string, error) {
	own, err := t.own(ctx)
	if err != nil {
		return "", err
	}
	other, err := t.of(t.cluster.Cluster, t.Subject.Namespace, intruder)(ctx)
	if err != nil {
		return "", err
	}
	mine, its := strings.Split(other, "."), strings.Split(own, ".")
	return mine[0] + "." + its[1] + "." + mine[2], nil
}

// broken is the runner's token with one letter of its signature changed.
func (t *target) broken(ctx context.Context) (string, error) {
	own, err := t.own(ctx)
	at := strings.LastIndex(own, ".") + 10
	letter := "A"
	if own[at] == 'A' {
		letter = "B"
	}
	return own[:at] + letter + own[at+1:], err
}

// claims are those of the runner's token.
func (t *target) claims(ctx context.Context) (jwt.MapClaims, error) {
	own, err := t.own(ctx)
	if err != nil {
		return nil, err
	}
	claims := jwt.MapClaims{}
	_, _, err = jwt.NewParser().ParseUnverified(own, claims)
	return claims, err
}

// signedElsewhere has the runner's claims and a key that is none of the cluster's.
func (t *target) signedElsewhere(ctx context.Context) (string, error) {
	claims, err := t.claims(ctx)
	if err != nil {
		return "", err
	}
	other, err := issuer.New(t.cluster.Issuer)
	if err != nil {
		return "", err
	}
	return other.Sign(claims)
}

// unsigned has the runner's claims and says that it needs no signature.
func (t *target) unsigned(ctx context.Context) (string, error) {
	own, err := t.own(ctx)
	return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + strings.Split(own, ".")[1] + ".", err
}

// signedWithPublicKey takes what everybody knows for a secret.
func (t *target) signedWithPublicKey(ctx context.Context) (string, error) {
	claims, err := t.claims(ctx)
	if err != nil {
		return "", err
	}
	public, err := t.cluster.PublicKey()
	if err != nil {
		return "", err
	}
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(public)
}
