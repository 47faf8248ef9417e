package sts_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	api "github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/aws-sdk-go-v2/service/sts/types"
	"github.com/golang-jwt/jwt/v5"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
)

const (
	asked   = "sts:AssumeRoleWithWebIdentity"
	trusted = "Statement[0] of the role trust policy"
)

func TestAGoodTokenGetsASession(t *testing.T) {
	f := newFixture(t)
	got, err := f.ask(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, got, want string }{
		{"subject", aws.ToString(got.SubjectFromWebIdentityToken), subject},
		{"audience", aws.ToString(got.Audience), "sts.amazonaws.com"},
		{"provider", aws.ToString(got.Provider), "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"},
		{"session", aws.ToString(got.AssumedRoleUser.Arn), "arn:aws:sts::111122223333:assumed-role/pusher/job-1"},
		{"end of its id", strings.TrimLeft(aws.ToString(got.AssumedRoleUser.AssumedRoleId), "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), ":job-1"},
		{"beginning of its key", aws.ToString(got.Credentials.AccessKeyId)[:4], "ASIA"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
	wantLifetime(t, got.Credentials, time.Hour)
	f.wantEntry(subject, asked, roleARN, true, trusted)
}

func wantLifetime(t *testing.T, c *types.Credentials, want time.Duration) {
	t.Helper()
	if left := time.Until(*c.Expiration); left > want || left < want-time.Minute {
		t.Errorf("got %s until the session ends, want %s", left, want)
	}
}

func TestATokenIsRefusedForWhatItClaims(t *testing.T) {
	const other = "https://oidc.eks.us-east-1.amazonaws.com/id/FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
	for _, c := range []struct {
		name       string
		claims     jwt.MapClaims
		code, text string // "" for the expiry's text, which has the time in it
		who, by    string
	}{
		{"another subject", jwt.MapClaims{"sub": "system:serviceaccount:actions-runners:default"}, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity", "system:serviceaccount:actions-runners:default", "no role trust policy allows it"},
		{"a subject in other letters", jwt.MapClaims{"sub": "system:serviceaccount:actions-runners:ECR-pusher"}, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity", "system:serviceaccount:actions-runners:ECR-pusher", "no role trust policy allows it"},
		{"another audience", jwt.MapClaims{"aud": "kubernetes"}, "InvalidIdentityToken", "Incorrect token audience", subject, "audience"},
		{"no audience", jwt.MapClaims{"aud": []string{}}, "InvalidIdentityToken", "Missing a required claim: aud", subject, "no audience"},
		{"another party than the audience", jwt.MapClaims{"azp": "somebody"}, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity", subject, "no role trust policy allows it"},
		{"no expiry", jwt.MapClaims{"exp": nil}, "InvalidIdentityToken", "Missing a required claim: exp", subject, "no expiry"},
		{"another issuer", jwt.MapClaims{"iss": other}, "InvalidIdentityToken", "No OpenIDConnect provider found in your account for " + other, "nobody", "no provider"},
		{"an issuer below ours", jwt.MapClaims{"iss": string(cluster) + "/x"}, "InvalidIdentityToken", "No OpenIDConnect provider found in your account for " + string(cluster) + "/x", "nobody", "no provider"},
		{"no issuer", jwt.MapClaims{"iss": ""}, "InvalidIdentityToken", "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)", "nobody", "no token"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFixture(t)
			_, err := f.ask(c.claims, nil)
			wantRefusal(t, err, c.code, c.text)
			f.wantEntry(c.who, asked, roleARN, false, c.by)
		})
	}
	t.Run("not yet valid", func(t *testing.T) {
		f := newFixture(t)
		if _, err := f.ask(jwt.MapClaims{"nbf": time.Now().Add(4 * time.Minute).Unix()}, nil); err != nil {
			t.Errorf("by 4 minutes: got %v, want none", err)
		}
		if _, err := f.ask(jwt.MapClaims{"nbf": time.Now().Add(6 * time.Minute).Unix()}, nil); err == nil {
			t.Error("by 6 minutes: got no error, want one")
		}
		f.wantEntry(subject, asked, roleARN, false, "token not yet valid")
	})
	t.Run("expired", func(t *testing.T) {
		f := newFixture(t)
		if _, err := f.ask(jwt.MapClaims{"exp": time.Now().Add(-time.Second).Unix()}, nil); err == nil {
			t.Error("got no error, want one")
		}
		f.wantEntry(subject, asked, roleARN, false, "token expired")
	})
}

// How StringEquals compares several values the IAM user guide leaves open, so it lets in
// none; the token's party stands for them.
func TestOneOfSeveralAudiencesHasToBeTheParty(t *testing.T) {
	several := []string{"kubernetes", "sts.amazonaws.com"}
	_, err := newFixture(t).ask(jwt.MapClaims{"aud": several}, nil)
	wantRefusal(t, err, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity")
	if _, err := newFixture(t).ask(jwt.MapClaims{"aud": several, "azp": "sts.amazonaws.com"}, nil); err != nil {
		t.Errorf("with a party: got %v, want none", err)
	}
}

// A trust policy may ask for more than our own does.
func TestATrustPolicyKnowsWhatAWSDerives(t *testing.T) {
	for _, c := range []struct {
		key, value, other string
		claims            jwt.MapClaims
	}{
		{"sts:RoleSessionName", "job-1", "job-2", nil},
		{"aws:SecureTransport", "true", "false", nil},
		{"aws:FederatedProvider", newAccount().Providers[0].ARN, "another", nil},
		{cluster.Host() + ":oaud", "sts.amazonaws.com", "another", jwt.MapClaims{"azp": "sts.amazonaws.com"}},
	} {
		f := newFixture(t)
		ask := func(value string) error {
			account := newAccount()
			account.Roles[0].Trust.Statement[0].Condition["StringEquals"][c.key] = policy.Values{value}
			f.door.State.Set(account)
			_, err := f.ask(c.claims, nil)
			return err
		}
		if err := ask(c.value); err != nil {
			t.Errorf("%s %q: got %v, want none", c.key, c.value, err)
		}
		wantRefusal(t, ask(c.other), "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity")
	}
}

func TestAnIssuerThatIsDownIsToldFromOneThatIsNone(t *testing.T) {
	for _, c := range []struct {
		status     int
		code, text string
	}{
		{http.StatusServiceUnavailable, "IDPCommunicationError", "The identity provider that was asked to verify the token could not be reached"},
		{http.StatusNotFound, "InvalidIdentityToken", "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements"},
	} {
		f := newFixture(t)
		f.door.Issuers = direct{http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(c.status) })}
		_, err := f.ask(nil, nil)
		wantRefusal(t, err, c.code, c.text)
		f.wantEntry("nobody", asked, roleARN, false, "signature")
	}
}

// An audience of the provider is not always one of the role.
func TestProviderAndTrustPolicyBothJudgeTheAudience(t *testing.T) {
	f := newFixture(t)
	account := newAccount()
	account.Providers[0].Audiences = []string{"sts.amazonaws.com", "kubernetes"}
	f.door.State.Set(account)
	_, err := f.ask(jwt.MapClaims{"aud": "kubernetes"}, nil)
	wantRefusal(t, err, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity")
}

func TestARequestIsRefusedForWhatItAsks(t *testing.T) {
	for _, c := range []struct {
		name       string
		change     func(*api.AssumeRoleWithWebIdentityInput)
		code, text string
	}{
		{"no ARN", func(i *api.AssumeRoleWithWebIdentityInput) {
			i.RoleArn = aws.String("arn:aws:iam::111122223333::role/x")
		}, "ValidationError", "Request ARN is invalid"},
		{"placeholder", func(i *api.AssumeRoleWithWebIdentityInput) {
			i.RoleArn = aws.String("arn:aws:iam::YOUR_ACCOUNT_ID:role/pusher")
		}, "ValidationError", "Request ARN is invalid"},
		{"role that is not there", func(i *api.AssumeRoleWithWebIdentityInput) {
			i.RoleArn = aws.String("arn:aws:iam::111122223333:role/pusher")
		}, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity"},
		{"session name", func(i *api.AssumeRoleWithWebIdentityInput) { i.RoleSessionName = aws.String("a b") }, "ValidationError",
			`1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]*`},
		{"too short", func(i *api.AssumeRoleWithWebIdentityInput) { i.DurationSeconds = aws.Int32(899) }, "ValidationError",
			"1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900"},
		{"too long", func(i *api.AssumeRoleWithWebIdentityInput) { i.DurationSeconds = aws.Int32(3601) }, "ValidationError",
			"The requested DurationSeconds exceeds the MaxSessionDuration set for this role."},
		{"text for a token", func(i *api.AssumeRoleWithWebIdentityInput) { i.WebIdentityToken = aws.String("a.b.c") }, "InvalidIdentityToken",
			"The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"},
		{"policies by ARN", func(i *api.AssumeRoleWithWebIdentityInput) {
			i.PolicyArns = []types.PolicyDescriptorType{{Arn: aws.String("arn:aws:iam::aws:policy/AdministratorAccess")}}
		}, "ValidationError", "PolicyArns is not supported in a rehearsal"},
		{"policy", func(i *api.AssumeRoleWithWebIdentityInput) { i.Policy = aws.String("{") }, "MalformedPolicyDocument", "line 1, column 1: not JSON: unexpected end of JSON input"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := newFixture(t).ask(nil, c.change)
			wantRefusal(t, err, c.code, c.text)
		})
	}
}

func TestASessionLastsAsLongAsItsRoleLets(t *testing.T) {
	f := newFixture(t)
	account := newAccount()
	account.Roles[0].MaxSession = 2 * time.Hour
	f.door.State.Set(account)
	for _, want := range []time.Duration{15 * time.Minute, 2 * time.Hour} {
		got, err := f.ask(nil, func(i *api.AssumeRoleWithWebIdentityInput) { i.DurationSeconds = aws.Int32(int32(want.Seconds())) })
		if err != nil {
			t.Fatal(err)
		}
		wantLifetime(t, got.Credentials, want)
	}
}

func TestTheProviderIsThatOfTheRolesAccount(t *testing.T) {
	f := newFixture(t)
	const abroad identity.AccountID = "444455556666"
	f.door.State.Set(deployed.Account{ID: abroad, Roles: []deployed.Role{{
		ARN:   "arn:aws:iam::444455556666:role/ci/pusher",
		Trust: policy.Trust(identity.ProviderARN{Partition: "aws", Account: abroad, Issuer: cluster}, identity.Subject{Namespace: "actions-runners", ServiceAccount: "ecr-pusher"}),
	}}})
	_, err := f.ask(nil, func(i *api.AssumeRoleWithWebIdentityInput) {
		i.RoleArn = aws.String("arn:aws:iam::444455556666:role/ci/pusher")
	})
	wantRefusal(t, err, "InvalidIdentityToken", "No OpenIDConnect provider found in your account for "+string(cluster))
}
