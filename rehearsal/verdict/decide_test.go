package verdict_test

import (
	"testing"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/session"
	"keyless-runners/rehearsal/verdict"
)

const (
	home   identity.AccountID = "111122223333"
	abroad identity.AccountID = "444455556666"
	put                       = "ecr:PutImage"
)

var (
	role = identity.RoleARN{Partition: "aws", Account: home, Path: "/ci/", Name: "pusher"}
	who  = session.Session{Role: role, Name: "job-1"}
)

// document has one statement about putting images anywhere.
func document(effect policy.Effect, sid string) policy.Document {
	return policy.Document{Version: policy.Version, Statement: []policy.Statement{{Sid: sid, Effect: effect, Action: policy.Values{put}, Resource: policy.Values{"*"}}}}
}

// of has one statement about putting images for the principal.
func of(effect policy.Effect, sid string, names ...string) *policy.Document {
	d := document(effect, sid)
	d.Statement[0].Principal, d.Statement[0].Resource = &policy.Principal{AWS: names}, nil
	return &d
}

// byARN has one statement about putting images for everyone whose role has the ARN.
func byARN(role string) *policy.Document {
	d := of(policy.EffectAllow, "Theirs", "*")
	d.Statement[0].Condition = policy.Condition{"ArnEquals": {"aws:PrincipalArn": policy.Values{role}}}
	return d
}

// denyAllBut has one statement that denies putting images to all but the principal.
func denyAllBut(names ...string) *policy.Document {
	d := of(policy.EffectDeny, "Theirs", names...)
	d.Statement[0].Principal, d.Statement[0].NotPrincipal = nil, d.Statement[0].Principal
	return d
}

var (
	allow   = deployed.Policy{Name: "push", Document: document(policy.EffectAllow, "AllowPush")}
	deny    = deployed.Policy{Name: "stop", Document: document(policy.EffectDeny, "DenyPush")}
	nothing = deployed.Policy{Name: "none", Document: policy.Document{Version: policy.Version}}
)

type want struct {
	allowed bool
	text    string
	// because is the end of IAM's sentence, for a refusal.
	because string
}

func TestASessionMayWhatIAMWouldLetIt(t *testing.T) {
	const (
		roleARN    = "arn:aws:iam::111122223333:role/ci/pusher"
		sessionARN = "arn:aws:sts::111122223333:assumed-role/pusher/job-1"
		root       = "arn:aws:iam::111122223333:root"
	)
	yes := want{true, `"AllowPush" of identity-based policy "push"`, ""}
	no := want{false, "no identity-based policy allows it", "because no identity-based policy allows the ecr:PutImage action"}
	theirs := want{true, `"Theirs" of the resource-based policy`, ""}
	theirNo := want{false, "no resource-based policy allows it", "because no resource-based policy allows the ecr:PutImage action"}
	theirDeny := want{false, `"Theirs" of the resource-based policy`, "with an explicit deny in a resource-based policy"}
	bound := want{false, "no permissions boundary allows it", "because no permissions boundary allows the ecr:PutImage action"}
	for _, c := range []struct {
		name     string
		policies []deployed.Policy
		boundary *deployed.Policy
		session  *policy.Document
		theirs   *policy.Document
		registry identity.AccountID
		want     want
	}{
		{name: "allowed", policies: []deployed.Policy{nothing, allow}, want: yes},
		{name: "no policy", want: no},
		{name: "another policy", policies: []deployed.Policy{nothing}, want: no},
		{name: "denied", policies: []deployed.Policy{allow, deny}, want: want{false, `"DenyPush" of identity-based policy "stop"`, "with an explicit deny in an identity-based policy"}},

		{name: "within the boundary", policies: []deployed.Policy{allow}, boundary: &allow, want: yes},
		{name: "beyond the boundary", policies: []deployed.Policy{allow}, boundary: &nothing, want: bound},
		{name: "the boundary alone", boundary: &allow, want: no},
		{name: "denied by the boundary", policies: []deployed.Policy{allow}, boundary: &deny, want: want{false, `"DenyPush" of permissions boundary "stop"`, "with an explicit deny in a permissions boundary"}},

		{name: "denied by the boundary of a role without a policy", boundary: &deny, want: want{false, `"DenyPush" of permissions boundary "stop"`, "with an explicit deny in a permissions boundary"}},

		{name: "within the session's policy", policies: []deployed.Policy{allow}, session: &allow.Document, want: yes},
		{name: "beyond the session's policy", policies: []deployed.Policy{allow}, session: &nothing.Document, want: want{false, "no session policy allows it", "because no session policy allows the ecr:PutImage action"}},

		{name: "image repository names the role", theirs: of(policy.EffectAllow, "Theirs", roleARN), want: theirs},
		{name: "image repository names the session", theirs: of(policy.EffectAllow, "Theirs", sessionARN), want: theirs},
		{name: "image repository names everybody", theirs: of(policy.EffectAllow, "Theirs", "*"), want: theirs},
		{name: "image repository names another role", theirs: of(policy.EffectAllow, "Theirs", "arn:aws:iam::111122223333:role/other"), want: no},
		{name: "image repository leaves it to the account", theirs: of(policy.EffectAllow, "Theirs", root), want: no},
		{name: "image repository leaves it to the account, by number", theirs: of(policy.EffectAllow, "Theirs", string(home)), want: no},
		{name: "image repository allows beyond the boundary", boundary: &nothing, theirs: of(policy.EffectAllow, "Theirs", roleARN), want: bound},
		{name: "image repository allows beyond the boundary, to everyone by the role's ARN", boundary: &nothing, theirs: byARN(roleARN), want: theirs},
		{name: "image repository allows beyond the session's policy, to everyone by the role's ARN", session: &nothing.Document, theirs: byARN(roleARN), want: theirs},
		{name: "the same, denied by the boundary", boundary: &deny, theirs: byARN(roleARN), want: want{false, `"DenyPush" of permissions boundary "stop"`, "with an explicit deny in a permissions boundary"}},
		{name: "the same, by the ARN of another role", boundary: &nothing, theirs: byARN("arn:aws:iam::111122223333:role/other"), want: no},
		{name: "image repository allows everyone beyond the boundary", boundary: &nothing, theirs: of(policy.EffectAllow, "Theirs", "*"), want: bound},
		{name: "image repository denies", policies: []deployed.Policy{allow}, theirs: of(policy.EffectDeny, "Theirs", root), want: theirDeny},

		{name: "image repository denies all but the role, its account and its session", policies: []deployed.Policy{allow}, theirs: denyAllBut(roleARN, sessionARN, root), want: yes},
		{name: "the same, of a role with a boundary", policies: []deployed.Policy{allow}, boundary: &allow, theirs: denyAllBut(roleARN, sessionARN, root), want: theirDeny},

		{name: "abroad, both allow", policies: []deployed.Policy{allow}, theirs: of(policy.EffectAllow, "Theirs", roleARN), registry: abroad, want: theirs},
		{name: "abroad, the account is allowed", policies: []deployed.Policy{allow}, theirs: of(policy.EffectAllow, "Theirs", root), registry: abroad, want: theirs},
		{name: "abroad, the role alone", policies: []deployed.Policy{allow}, registry: abroad, want: theirNo},
		{name: "abroad, the image repository alone", theirs: of(policy.EffectAllow, "Theirs", roleARN), registry: abroad, want: no},
		{name: "abroad, denied there", policies: []deployed.Policy{allow}, theirs: of(policy.EffectDeny, "Theirs", roleARN), registry: abroad, want: theirDeny},
		{name: "abroad, beyond the boundary", policies: []deployed.Policy{allow}, boundary: &nothing, theirs: of(policy.EffectAllow, "Theirs", roleARN), registry: abroad, want: bound},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.registry == "" {
				c.registry = home
			}
			target := identity.ImageRepository{Registry: identity.Registry{Account: c.registry, Region: "us-east-1"}, Name: "team/app"}
			asker := who
			asker.Policy = c.session
			account := deployed.Account{ID: home, Roles: []deployed.Role{{ARN: role.String(), Policies: c.policies, Boundary: c.boundary}}}
			request := policy.Request{Principal: asker.Principal(), Action: put, Resource: target.ARN(), Context: map[string][]string{"aws:PrincipalArn": {roleARN}}}
			wantVerdict(t, verdict.OfSession(request, asker, account, &deployed.ImageRepository{ARN: target.ARN(), Policy: c.theirs}), c.want)
		})
	}
}

func wantVerdict(t *testing.T, got verdict.Verdict, want want) {
	t.Helper()
	if got.Allowed != want.allowed || got.String() != want.text {
		t.Errorf("got %t by %s, want %t by %s", got.Allowed, got, want.allowed, want.text)
	}
	if because := got.Because(put); !want.allowed && want.because != "" && because != want.because {
		t.Errorf("got %q, want %q", because, want.because)
	}
}

func TestARoleThatIsGoneMayNothing(t *testing.T) {
	request := policy.Request{Principal: who.Principal(), Action: put, Resource: "*"}
	wantVerdict(t, verdict.OfSession(request, who, deployed.Account{ID: home}, nil), want{false, "no identity-based policy allows it", ""})
}

func TestARefusalBeforeAnyPolicySaysWhy(t *testing.T) {
	wantVerdict(t, verdict.Refused("token expired"), want{false, "token expired", ""})
}

func TestAStatementWithoutSidIsNamedByItsPlace(t *testing.T) {
	unnamed := deployed.Policy{Name: "push", Document: document(policy.EffectAllow, "")}
	account := deployed.Account{ID: home, Roles: []deployed.Role{{ARN: role.String(), Policies: []deployed.Policy{unnamed}}}}
	request := policy.Request{Principal: who.Principal(), Action: put, Resource: "*"}
	wantVerdict(t, verdict.OfSession(request, who, account, nil), want{true, `Statement[0] of identity-based policy "push"`, ""})
}

func TestASecondRoleHasToTrustTheFirst(t *testing.T) {
	assume := func(effect policy.Effect, principal *policy.Principal) policy.Document {
		return policy.Document{Version: policy.Version, Statement: []policy.Statement{{Effect: effect, Principal: principal, Action: policy.Values{"sts:AssumeRole"}}}}
	}
	trustOf := func(names ...string) policy.Document {
		return assume(policy.EffectAllow, &policy.Principal{AWS: names})
	}
	may := deployed.Policy{Name: "assume", Document: assume(policy.EffectAllow, nil)}
	mayNot := deployed.Policy{Name: "stop", Document: assume(policy.EffectDeny, nil)}
	for _, c := range []struct {
		name     string
		second   identity.AccountID
		trust    policy.Document
		policies []deployed.Policy
		boundary *deployed.Policy
		want     want
	}{
		{"names the role", home, trustOf(role.String()), nil, nil, want{true, "Statement[0] of the role trust policy", ""}},
		{"names the account, which allows", home, trustOf(string(home)), []deployed.Policy{may}, nil, want{true, `Statement[0] of identity-based policy "assume"`, ""}},
		{"names the account, which does not", home, trustOf(string(home)), nil, nil, want{false, "no identity-based policy allows it", ""}},
		{"names somebody else", home, trustOf("arn:aws:iam::111122223333:role/other"), []deployed.Policy{may}, nil, want{false, "no role trust policy allows it", ""}},
		{"denied to the role", home, trustOf(role.String()), []deployed.Policy{mayNot}, nil, want{false, `Statement[0] of identity-based policy "stop"`, ""}},
		{"within the boundary", home, trustOf(role.String()), nil, &may, want{true, "Statement[0] of the role trust policy", ""}},
		{"beyond the boundary", home, trustOf(role.String()), nil, &nothing, want{false, "no permissions boundary allows it", ""}},
		{"abroad, both allow", abroad, trustOf(role.String()), []deployed.Policy{may}, nil, want{true, `Statement[0] of identity-based policy "assume"`, ""}},
		{"abroad, trust alone", abroad, trustOf(role.String()), nil, nil, want{false, "no identity-based policy allows it", ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			second := identity.RoleARN{Partition: "aws", Account: c.second, Path: "/", Name: "admin"}
			account := deployed.Account{ID: home, Roles: []deployed.Role{{ARN: role.String(), Policies: c.policies, Boundary: c.boundary}}}
			request := policy.Request{Principal: who.Principal(), Action: "sts:AssumeRole", Resource: second.String()}
			wantVerdict(t, verdict.OfAssume(request, who, account, &deployed.Role{ARN: second.String(), Trust: c.trust}), c.want)
		})
	}
	t.Run("of a role that is gone", func(t *testing.T) {
		second := &deployed.Role{ARN: "arn:aws:iam::111122223333:role/admin", Trust: trustOf(role.String())}
		request := policy.Request{Principal: who.Principal(), Action: "sts:AssumeRole", Resource: second.ARN}
		wantVerdict(t, verdict.OfAssume(request, who, deployed.Account{ID: home}, second), want{false, "no identity-based policy allows it", ""})
	})
	t.Run("not there", func(t *testing.T) {
		wantVerdict(t, verdict.OfAssume(policy.Request{}, who, deployed.Account{ID: home}, nil), want{false, "no such role", ""})
	})
}
