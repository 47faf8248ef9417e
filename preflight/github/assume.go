package github

import (
	"regexp"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// assume adds the role that aws-actions/configure-aws-credentials is told to take.
func (a *action) assume() {
	role := a.given("role-to-assume")
	if role.empty() {
		return
	}
	at := a.input("role-to-assume").Place
	if !a.fact.AssumesRole.There {
		a.fact.AssumesRole = role.fact(at)
	}
	assumed := &facts.AssumedRole{ARN: role.fact(at), Session: facts.Document{Place: at},
		Chaining: a.setting("role-chaining"), Untagged: a.setting("role-skip-session-tagging"),
		Audience: a.setting("audience"), ExternalID: a.setting("role-external-id"), Seconds: a.setting("role-duration-seconds")}
	for _, other := range otherWays {
		if v := a.given(other.input); !v.empty() && isFalse(v) != other.set {
			assumed.With = other.with
		}
	}
	file, _ := a.given("web-identity-token-file").literal()
	assumed.OwnToken = file == identity.WebIdentityTokenFile && assumed.With == tokenOfFile
	if policy := a.input("inline-session-policy"); policy != nil {
		assumed.Session = sessionPolicy(a.given("inline-session-policy"), policy.Place)
	}
	for _, line := range a.lines("managed-session-policies") {
		assumed.SessionPolicies = append(assumed.SessionPolicies, a.alternatives(line).fact(line.at))
	}
	a.unsets(assumed)
	a.assumes(assumed, a.scope)
}

// withoutUnset matches the versions of the action that have no input unset-current-credentials.
var withoutUnset = regexp.MustCompile(`@v[123](\.|$)`)

// unsets takes the credentials of the role before away, if the action is told to: what it goes on with is the
// runner's role (configure-aws-credentials, src/index.ts).
func (a *action) unsets(assumed *facts.AssumedRole) {
	told := a.given("unset-current-credentials")
	if told.empty() || isFalse(told) || a.logins.as == nil || withoutUnset.MatchString(a.node.Get("uses").Text) {
		return
	}
	if text, known := told.literal(); known && strings.EqualFold(text, "true") {
		a.logins.as = nil
		return
	}
	assumed.With = "credentials that it may have taken away (unset-current-credentials)"
}

// otherWays are inputs by which the action takes other credentials than those that the job has, or
// sets the role's for no later step (configure-aws-credentials, src/index.ts), if they are set, or
// set to false.
var otherWays = []struct {
	input string
	set   bool
	with  string
}{
	{"aws-access-key-id", true, "a stored key"},
	{"web-identity-token-file", true, tokenOfFile},
	{"use-existing-credentials", true, "credentials that it keeps if they are valid (use-existing-credentials)"},
	{"aws-profile", true, "a profile that only some tools read (aws-profile)"},
	{"output-env-credentials", false, "no variables for later steps (output-env-credentials)"},
}

const tokenOfFile = "a token of a file"

func isFalse(v value) bool {
	text, known := v.literal()
	return known && strings.EqualFold(text, "false")
}

// setting returns the value of an input, not there if nothing is given.
func (a *action) setting(name string) facts.Text {
	v := a.given(name)
	if v.empty() {
		return facts.Text{}
	}
	return v.fact(a.input(name).Place)
}

// assumes has the job go on with a role from here on, in the runs of the scope.
func (j *job) assumes(role *facts.AssumedRole, s scope) {
	if j.logins.as != nil && role.With == "" && !j.logins.asScope.includes(s, nil) {
		role.With = "the role of another step, which not every run has"
	}
	role.Before = j.logins.as
	j.fact.Assumed = append(j.fact.Assumed, role)
	j.logins.as, j.logins.asScope = role, s
}

// accountOf is the account of a role that the job assumes; nil: of its runner's.
func accountOf(role *facts.AssumedRole) value {
	if role == nil {
		return value{{text: textStanding(facts.RoleAccount)}}
	}
	arn, err := identity.ParseRoleARN(role.ARN.Value)
	if err != nil {
		return unknownValue(kindUnknown, "the account of the role that the job assumes is not known")
	}
	return valueOf(string(arn.Account))
}

// sessionPolicy is the policy that a text holds; not there if that is empty.
func sessionPolicy(v value, at source.Place) facts.Document {
	if v.empty() {
		return facts.Document{Place: at}
	}
	text := v.fact(at)
	if text.Unknown != "" {
		return facts.NewDocument(&source.Node{Kind: source.Unknown, Text: text.Unknown, Place: at}, at)
	}
	return facts.NewDocument(&source.Node{Kind: source.String, Text: text.Value, Place: at}, at)
}

// assume reads "aws sts assume-role" and its like.
func (c *command) assume() {
	arns := c.flags("--role-arn")
	if len(arns) == 0 {
		return
	}
	assumed := &facts.AssumedRole{ARN: arns[len(arns)-1].fact(c.at), Command: true, Session: facts.Document{Place: c.at}}
	for _, policy := range c.flags("--policy") {
		if file, _ := policy.literal(); strings.HasPrefix(file, "file://") {
			policy = unknownValue(kindUnknown, "the session policy is in the file "+facts.Short(file))
		}
		assumed.Session = sessionPolicy(policy, c.at)
	}
	for _, word := range c.list("--policy-arns") {
		arn, _ := word.cutPrefix("arn=")
		assumed.SessionPolicies = append(assumed.SessionPolicies, arn.fact(c.at))
	}
	c.assumes(assumed, c.step)
}

// list are the words behind an option that takes several.
func (c *command) list(option string) (words []value) {
	at := slices.IndexFunc(c.words, func(word value) bool { text, _ := word.literal(); return text == option })
	if at < 0 {
		return nil
	}
	for _, word := range c.words[at+1:] {
		if text, _ := word.literal(); strings.HasPrefix(text, "-") {
			break
		}
		words = append(words, word)
	}
	return words
}

// permissions are those of the job, its workflow's or its caller's; nil if nothing sets them.
func (j *job) permissions() *source.Node {
	for _, permissions := range []*source.Node{j.node.Get("permissions"), j.root.Get("permissions")} {
		if permissions != nil && permissions.Kind != source.Null {
			return permissions
		}
	}
	return j.granted
}

// mayAskForToken reports whether the job may ask GitHub for a token.
func (j *job) mayAskForToken() bool {
	return j.permissions().Word() == "write-all" || j.permissions().Word("id-token") == "write"
}
