package policy_test

import (
	"cmp"
	"math/rand/v2"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"keyless-runners/policy"
)

// witness decides single requests by sentences of the IAM user guide and by nothing of
// this package but its model. Where no sentence decides, it has no answer.
type witness struct {
	request policy.Request
	version string
	silent  bool
}

// "If there is an applicable explicit deny, the final decision is Deny." "Otherwise ... if
// there is an Allow, Allow", and else "an implicit deny".
func (w *witness) decide(document policy.Document) policy.Outcome {
	w.version = document.Version
	outcome := policy.ImplicitDeny
	for _, s := range document.Statement {
		if w.applies(s) {
			if s.Effect == policy.EffectDeny {
				outcome = policy.ExplicitDeny
			} else if outcome == policy.ImplicitDeny {
				outcome = policy.Allowed
			}
		}
	}
	return outcome
}

func (w *witness) applies(s policy.Statement) bool {
	return w.action(s) && w.resource(s) && w.principal(s) && w.condition(s.Condition)
}

// "The prefix and the action name are case insensitive." "* represents any combination of
// characters, ? any single character." "NotAction matches everything except the specified
// list of actions."
func (w *witness) action(s policy.Statement) bool {
	listed := func(actions policy.Values) bool {
		return slices.ContainsFunc(actions, func(a string) bool { return glob(`(?is)`, a).MatchString(w.request.Action) })
	}
	if s.NotAction != nil {
		return !listed(s.NotAction)
	}
	return listed(s.Action)
}

// "NotResource matches every resource except those specified." "Policy variables with no
// value ... the resource will not match any resource."
func (w *witness) resource(s policy.Statement) bool {
	listed := func(resources policy.Values) bool {
		for _, r := range resources {
			if text, ok := w.variables(r); ok && glob(`(?s)`, text).MatchString(w.request.Resource) {
				return true
			}
		}
		return false
	}
	if s.NotResource != nil {
		return !listed(s.NotResource)
	}
	return s.Resource == nil || listed(s.Resource)
}

// "Specify the role ARN", "the account ARN or the account ID"; "* for everyone".
func (w *witness) principal(s policy.Statement) bool {
	if s.Principal == nil {
		return true
	}
	for _, name := range s.Principal.AWS {
		if name == "*" {
			return true
		}
		for _, caller := range w.request.Principal.AWS {
			if name == caller || strings.Contains(caller, ":"+name+":") || name == account && strings.Contains(caller, ":111122223333:") {
				return true
			}
		}
	}
	return false
}

// "Multiple condition operators, or multiple keys, are evaluated using a logical AND."
func (w *witness) condition(condition policy.Condition) bool {
	for operator, keys := range condition {
		for key, values := range keys {
			if !w.operator(operator, w.request.Context[key], values) {
				return false
			}
		}
	}
	return true
}

func (w *witness) operator(name string, got []string, values policy.Values) bool {
	// "Null: true: the key doesn't exist, false: the key exists and its value is not null."
	if name == "Null" {
		return slices.Contains(values, strconv.FormatBool(len(got) == 0))
	}
	name, ifExists := strings.CutSuffix(name, "IfExists")
	name, forAll := strings.CutPrefix(name, "ForAllValues:")
	name, forAny := strings.CutPrefix(name, "ForAnyValue:")
	plain := strings.Replace(name, "Not", "", 1)
	negated := plain != name
	if len(got) == 0 {
		// "IfExists: If the key is not present, evaluate the condition element as true."
		// "ForAllValues also returns true if there are no context keys in the request."
		// "ForAnyValue: if no key, returns false." "A negated matching operator is true
		// when the key is not present."
		return ifExists || forAll || negated && !forAny
	}
	if len(got) > 1 && !forAll && !forAny {
		w.silent = true
	}
	// "Multiple values ... are evaluated using a logical OR", "a negated matching operator
	// ... using a logical NOR".
	one := func(value string) bool {
		return negated != slices.ContainsFunc(values, func(want string) bool { return w.compare(plain, want, value) })
	}
	if forAll {
		return !slices.ContainsFunc(got, func(value string) bool { return !one(value) })
	}
	return slices.ContainsFunc(got, one)
}

func (w *witness) compare(operator, want, got string) bool {
	switch operator {
	case "StringEquals", "StringEqualsIgnoreCase", "StringLike", "Bool":
		text, ok := w.variables(want)
		if !ok {
			return false // "the value is not equal to or like the effectively null value"
		}
		if operator == "StringLike" {
			return glob(`(?s)`, text).MatchString(got)
		}
		want = strings.ReplaceAll(text, `\`, "")
		return want == got || operator != "StringEquals" && strings.EqualFold(want, got)
	case "ArnLike":
		// "Each of the six colon-delimited components of the ARN is checked separately and
		// each can include multi-character match wildcards."
		w, g := strings.SplitN(want, ":", 6), strings.SplitN(got, ":", 6)
		if len(w) != 6 || len(g) != 6 {
			return false
		}
		for i := range w {
			if !glob(`(?s)`, w[i]).MatchString(g[i]) {
				return false
			}
		}
		return true
	case "NumericEquals", "NumericLessThan", "NumericGreaterThanEquals":
		a, err := strconv.Atoi(got)
		b, err2 := strconv.Atoi(want)
		order := cmp.Compare(a, b)
		return err == nil && err2 == nil && (operator == "NumericEquals" && order == 0 || operator == "NumericLessThan" && order < 0 || operator == "NumericGreaterThanEquals" && order >= 0)
	case "DateLessThan":
		// "W3C implementations of the ISO 8601 date formats or in epoch (UNIX) time."
		a, err := time.Parse(time.RFC3339, got)
		if seconds, epoch := strconv.ParseInt(got, 10, 64); epoch == nil {
			a, err = time.Unix(seconds, 0), nil
		}
		b, err2 := time.Parse(time.RFC3339, want)
		return err == nil && err2 == nil && a.Before(b)
	case "IpAddress":
		a, err := netip.ParseAddr(got)
		b, err2 := netip.ParsePrefix(want)
		return err == nil && err2 == nil && b.Contains(a)
	}
	panic(operator)
}

var variable = regexp.MustCompile(`\$\{([^},]*)(?:, '([^']*)')?\}`)

// "Version 2012-10-17 ... policy variables": earlier ones treat them as literal strings.
// "${*}, ${?} and ${$}" stand for the characters. "You can add a default value".
func (w *witness) variables(text string) (expanded string, ok bool) {
	ok = true
	if w.version != policy.Version {
		return text, true
	}
	expanded = variable.ReplaceAllStringFunc(text, func(found string) string {
		parts := variable.FindStringSubmatch(found)
		switch values := w.request.Context[parts[1]]; {
		case strings.Contains("*?$", parts[1]):
			return `\` + parts[1]
		case len(values) == 1:
			return regexp.MustCompile(`[*?]`).ReplaceAllString(values[0], `\$0`)
		case len(values) > 1:
			w.silent = true
			return ""
		case strings.Contains(found, ", '"):
			return parts[2]
		}
		ok = false
		return ""
	})
	return expanded, ok
}

// globs are the regular expressions that glob has made: there are few, and each is asked often.
var globs = map[string]*regexp.Regexp{}

// glob is a pattern as a regular expression; "\*" is the character.
func glob(flags, pattern string) *regexp.Regexp {
	if made := globs[flags+pattern]; made != nil {
		return made
	}
	quoted := strings.NewReplacer(`\\\*`, `\*`, `\\\?`, `\?`, `\\\$`, `\$`, `\*`, `.*`, `\?`, `.`).Replace(regexp.QuoteMeta(pattern))
	made := regexp.MustCompile(flags + `^` + quoted + `$`)
	globs[flags+pattern] = made
	return made
}

func (d dice) witnessed() (policy.Document, policy.Request) {
	const e = "arn:aws:ecr:us-east-1:111122223333:repository/"
	document := policy.Document{Version: d.of(policy.Version, policy.Version, policy.Version, "2008-10-17", "")}
	for range 1 + d.IntN(5) {
		s := policy.Statement{Effect: policy.Effect(d.of("Allow", "Allow", "Deny"))}
		actions := d.values("ecr:PutImage", "ECR:put*", "ecr:?utImage", "*", "s3:*", "ecr:Get*")
		resources := d.values("*", e+"a", e+"*", e+"a/*", e+"${k}", e+"${l, 'a'}", e+"${*}", e+"${m}/b", "arn:aws:ecr:*:111122223333:repository/a", "arn:aws:ecr:us-east-1:*", e+"?")
		if d.IntN(4) == 0 {
			s.NotAction = actions
		} else {
			s.Action = actions
		}
		switch d.IntN(8) {
		case 0:
		case 1, 2:
			s.NotResource = resources
		default:
			s.Resource = resources
		}
		if d.IntN(3) == 0 {
			s.Principal = &policy.Principal{AWS: d.values("*", role, session, "111122223333", account, "444455556666")}
		}
		for range d.IntN(3) {
			operator, values := d.operator()
			if s.Condition == nil {
				s.Condition = policy.Condition{}
			}
			s.Condition[operator] = map[string]policy.Values{d.of("k", "l", "m"): values}
		}
		document.Statement = append(document.Statement, s)
	}
	request := policy.Request{Action: d.of("ecr:PutImage", "ecr:PutImage", "s3:GetObject"), Resource: e + d.of("a", "b", "a/b", "${k}", "*"), Context: context{}}
	if d.IntN(3) > 0 {
		request.Principal.AWS = policy.Values{session, role}
	}
	for _, key := range []string{"k", "l"} {
		for range d.IntN(3) {
			request.Context[key] = append(request.Context[key], d.of("a", "b", "A", "1", "2", "true", "2026-01-01T00:00:00Z", "10.1.2.3", "*", e+"a"))
		}
		if len(request.Context[key]) > 1 && d.IntN(3) > 0 {
			request.Context[key] = request.Context[key][:1]
		}
	}
	return document, request
}

func (d dice) operator() (name string, values policy.Values) {
	kinds := map[string]func() policy.Values{
		"String": func() policy.Values { return d.values("a", "*", "?", "${k}", "${m}", "${m, 'a'}", "${*}", "B", "1") },
		"Arn": func() policy.Values {
			return d.values("arn:aws:ecr:*:*:repository/*", "arn:aws:ecr:us-east-1:111122223333:repository/a", "arn:*", "*")
		},
		"Numeric": func() policy.Values { return d.values("1", "2", "3") },
		"Date":    func() policy.Values { return d.values("2025-01-01T00:00:00Z", "2027-01-01T00:00:00Z") },
		"Ip":      func() policy.Values { return d.values("10.0.0.0/8", "192.168.0.0/16") },
	}
	kind := d.of("String", "String", "String", "Arn", "Numeric", "Date", "Ip", "Null")
	if kind == "Null" {
		return kind, d.values("true", "false")
	}
	name = map[string]string{
		"String":  d.of("StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike"),
		"Arn":     d.of("ArnLike", "ArnNotLike"),
		"Numeric": d.of("NumericEquals", "NumericLessThan", "NumericGreaterThanEquals"),
		"Date":    "DateLessThan",
		"Ip":      d.of("IpAddress", "NotIpAddress"),
	}[kind]
	return d.of("", "", "ForAllValues:", "ForAnyValue:") + name + d.of("", "", "IfExists"), kinds[kind]()
}

func TestEvaluateAgreesWithTheGuidesSentences(t *testing.T) {
	d := dice{rand.New(rand.NewPCG(7, 8))}
	seen, silent := map[policy.Outcome]int{}, 0
	for range 20_000 {
		document, request := d.witnessed()
		w := witness{request: request}
		want := w.decide(document)
		if w.silent {
			silent++
			continue
		}
		seen[want]++
		if got := policy.Evaluate(request, document); got.Outcome != want || got.Open != "" {
			t.Fatalf("%s\nof %+v\ngot  %s\nwant %s", document.JSON(), request, got, want)
		}
	}
	if silent > 5000 {
		t.Errorf("the guide is silent of %d", silent)
	}
	for _, outcome := range []policy.Outcome{policy.ImplicitDeny, policy.ExplicitDeny, policy.Allowed} {
		if seen[outcome] < 2000 {
			t.Errorf("%s: came up %d times of 20000, want 2000", outcome, seen[outcome])
		}
	}
}
