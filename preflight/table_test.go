package preflight_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"keyless-runners/policy"
	"keyless-runners/preflight"
	"keyless-runners/preflight/facts"
)

const (
	tableIssuer   = "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
	tableProvider = "arn:aws:iam::111122223333:oidc-provider/" + tableIssuer
	tableRole     = "arn:aws:iam::111122223333:role/build"
	tableRegistry = "arn:aws:ecr:us-east-1:111122223333:repository/"
	tableHost     = "111122223333.dkr.ecr.us-east-1.amazonaws.com"
)

// tableDice makes the documents of one role and of two image repositories.
type tableDice struct{ *rand.Rand }

func (d tableDice) of(values ...string) string { return values[d.IntN(len(values))] }

func (d tableDice) some(make func() string) policy.Values {
	var values policy.Values
	for range 1 + d.IntN(2) {
		values = append(values, make())
	}
	return values
}

func (d tableDice) effect() policy.Effect {
	return policy.Effect(d.of("Allow", "Allow", "Allow", "Deny"))
}

func (d tableDice) trust() policy.Document {
	document := policy.Document{Version: policy.Version}
	subject := func() string {
		return "system:serviceaccount:" + d.of("ci", "team-a", "*", "t*") + ":" + d.of("build", "web", "*", "*b*")
	}
	for range 1 + d.IntN(3) {
		condition := policy.Condition{d.of("StringEquals", "StringLike", "StringLike", "StringNotLike", "StringNotEquals", "StringLikeIfExists"): {tableIssuer + ":sub": d.some(subject)}}
		if d.IntN(3) > 0 {
			condition[d.of("ForAnyValue:StringEquals", "ForAllValues:StringNotEquals")] = map[string]policy.Values{tableIssuer + ":aud": {d.of("sts.amazonaws.com", "vault")}}
		}
		document.Statement = append(document.Statement, policy.Statement{Effect: d.effect(), Principal: &policy.Principal{Federated: policy.Values{tableProvider}}, Action: policy.Values{"sts:AssumeRoleWithWebIdentity"}, Condition: condition})
	}
	return document
}

func (d tableDice) permissions() policy.Document {
	document := policy.Document{Version: policy.Version}
	resource := func() string {
		return d.of("*", tableRegistry+"*", tableRegistry+"my-app", tableRegistry+"shop/*", tableRegistry+"shop/web", tableRegistry+"other", "arn:aws:ecr:*:111122223333:repository/*app", "arn:aws:ecr:*/web", tableRegistry+"${aws:PrincipalTag/team}/web", tableRegistry+"${aws:PrincipalAccount}", "arn:aws:ecr:eu-west-1:*")
	}
	for range 1 + d.IntN(3) {
		s := policy.Statement{Effect: d.effect(), Action: d.some(func() string { return d.of("ecr:*", "ecr:PutImage", "ecr:Get*", "*") })}
		if d.IntN(4) == 0 {
			s.NotResource = d.some(resource)
		} else {
			s.Resource = d.some(resource)
		}
		if d.IntN(4) == 0 {
			s.Condition = policy.Condition{d.of("StringEquals", "StringNotEquals"): {d.of("aws:RequestedRegion", "aws:ResourceAccount", "aws:SourceVpc"): {d.of("us-east-1", "eu-west-1", "111122223333")}}}
		}
		document.Statement = append(document.Statement, s)
	}
	return document
}

func (d tableDice) repositoryPolicy() facts.Document {
	if d.IntN(2) == 0 {
		return facts.Document{}
	}
	return there(policy.Document{Version: policy.Version, Statement: []policy.Statement{{
		Effect: d.effect(), Principal: &policy.Principal{AWS: policy.Values{d.of(tableRole, "arn:aws:iam::111122223333:root", "arn:aws:sts::111122223333:assumed-role/build/job")}},
		Action: policy.Values{d.of("ecr:*", "ecr:PutImage", "ecr:Get*")},
	}}})
}

func there(document policy.Document) facts.Document {
	return facts.Document{There: true, Policy: document}
}

func text(value string) facts.Text { return facts.Text{Value: value, There: true} }

func (d tableDice) facts() facts.Facts {
	role := facts.Role{Name: text("build"), Path: text("/"), Account: text("111122223333"), Partition: text("aws"), Trust: there(d.trust()), Inline: []facts.Policy{{Document: there(d.permissions())}}}
	if d.IntN(2) == 0 {
		role.BoundaryDocument = there(d.permissions())
	}
	all := facts.Facts{
		Roles:     []facts.Role{role},
		Providers: []facts.Provider{{URL: text("https://" + tableIssuer), Account: text("111122223333"), ClientIDsKnown: true, ClientIDs: []facts.Text{text("sts.amazonaws.com"), text("vault")}}},
	}
	for _, name := range []string{"my-app", "shop/web"} {
		all.ImageRepositories = append(all.ImageRepositories, facts.ImageRepository{Name: text(name), Account: text("111122223333"), Region: text("us-east-1"), Policy: d.repositoryPolicy()})
	}
	return all
}

// canTake asks the trust policy about one token.
func canTake(all facts.Facts, subject string) bool {
	for _, audience := range []string{"sts.amazonaws.com", "vault"} {
		request := policy.Request{Principal: policy.Principal{Federated: policy.Values{tableProvider}}, Action: "sts:AssumeRoleWithWebIdentity", Resource: "*",
			Context: map[string][]string{tableIssuer + ":sub": {subject}, tableIssuer + ":aud": {audience}}}
		if maybe(policy.Evaluate(request, all.Roles[0].Trust.Policy)) {
			return true
		}
	}
	return false
}

func maybe(decision policy.Decision) bool {
	return decision.Outcome == policy.Allowed || decision.Outcome == policy.ImplicitDeny && decision.Open != ""
}

// canPush asks the policies about one image repository of the role's account, in the order
// of the IAM user guide's "Policy evaluation logic".
func canPush(all facts.Facts, arn string) bool {
	role := all.Roles[0]
	parts := strings.Split(arn, ":")
	request := policy.Request{Principal: policy.Principal{AWS: policy.Values{tableRole}}, Action: "ecr:PutImage", Resource: arn, Bounded: role.BoundaryDocument.There,
		Context: map[string][]string{"aws:RequestedRegion": {parts[3]}, "aws:ResourceAccount": {parts[4]}, "aws:PrincipalAccount": {"111122223333"}},
		Open:    func(key string) bool { return key == "aws:SourceVpc" || strings.HasPrefix(key, "aws:PrincipalTag/") }}
	own := policy.Evaluate(request, role.Inline[0].Document.Policy)
	toSession := false // a boundary's implicit deny does not limit what a session is granted by its own name
	bound, theirs, named := policy.Decision{Outcome: policy.Allowed}, policy.Decision{}, policy.Decision{}
	if role.BoundaryDocument.There {
		bound = policy.Evaluate(request, role.BoundaryDocument.Policy)
	}
	for _, repository := range all.ImageRepositories {
		if tableRegistry+repository.Name.Value == arn {
			theirs = policy.Evaluate(request, repository.Policy.Policy)
			named = policy.Evaluate(request, repository.Policy.Policy.ByName())
			toSession = strings.Contains(string(repository.Policy.Policy.JSON()), ":assumed-role/")
		}
	}
	for _, decision := range []policy.Decision{own, bound, theirs} {
		if decision.Outcome == policy.ExplicitDeny {
			return false
		}
	}
	return maybe(bound) && (maybe(own) || maybe(named)) || toSession && maybe(named)
}

// once answers a question the first time that it is asked, and remembers the answer.
func once[Question comparable, Answer any](answer func(Question) Answer) func(Question) Answer {
	var known sync.Map
	return func(question Question) Answer {
		if found, ok := known.Load(question); ok {
			return found.(Answer)
		}
		found := answer(question)
		known.Store(question, found)
		return found
	}
}

// describes reports whether the words of a table are about a subject or an ARN.
func describes(words, value string) bool { return described([2]string{words, value}) }

var described = once(func(asked [2]string) bool {
	words, value := asked[0], asked[1]
	head, exceptions, _ := strings.Cut(words, " but ")
	if !describesAll(head, value) {
		return false
	}
	for exception := range strings.SplitSeq(exceptions, ", ") {
		if exception != "" && describesAll(exception, value) {
			return false
		}
	}
	return true
})

var quotedText = regexp.MustCompile(`"([^"]*)"`)

func describesAll(words, value string) bool {
	var quoted []string
	for _, match := range quotedText.FindAllStringSubmatch(words, -1) {
		quoted = append(quoted, match[1])
	}
	fields := strings.Split(value, ":")
	const subject = "system:serviceaccount:"
	switch {
	case words == "every ServiceAccount", words == "every image repository":
		return true
	case strings.Contains(words, " like "):
		return !slices.ContainsFunc(quoted, func(pattern string) bool { return !matches(pattern, value) })
	case strings.Contains(words, "of namespace"):
		return strings.HasPrefix(value, subject+quoted[0]+":")
	case strings.Contains(words, "of every namespace"):
		return strings.HasSuffix(value, ":"+quoted[0])
	case strings.Contains(words, "of account "):
		return strings.HasSuffix(words, "of account "+fields[4])
	case strings.Contains(words, "of region "):
		return strings.HasSuffix(words, "of region "+fields[3])
	case strings.Contains(words, "of "+tableHost+" that begin"):
		return strings.HasPrefix(value, tableRegistry+quoted[0])
	case strings.Contains(words, "of "+tableHost):
		return strings.HasPrefix(value, tableRegistry)
	}
	if strings.HasPrefix(value, subject) {
		return value == words || strings.Replace(strings.TrimPrefix(value, subject), ":", "/", 1) == words
	}
	return fmt.Sprintf("%s.dkr.ecr.%s.amazonaws.com/%s", fields[4], fields[3], strings.TrimPrefix(fields[5], "repository/")) == words
}

func matches(pattern, text string) bool { return expression(pattern).MatchString(text) }

var expression = once(func(pattern string) *regexp.Regexp {
	return regexp.MustCompile("^" + strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern)) + "$")
})

// tableNames are subjects and ARNs that can be made of what the documents write out, and
// others.
func tableNames() (subjects, repositories []string) {
	for _, namespace := range []string{"ci", "team-a", "t", "x", "cib"} {
		for _, name := range []string{"build", "web", "b", "x", "a-b-c"} {
			subjects = append(subjects, "system:serviceaccount:"+namespace+":"+name)
		}
	}
	for _, name := range []string{"my-app", "shop/web", "shop/x", "other", "app", "web", "x/web", "111122223333", "my-appx"} {
		for _, region := range []string{"us-east-1", "eu-west-1", "eu-west-2"} {
			repositories = append(repositories, "arn:aws:ecr:"+region+":111122223333:repository/"+name)
		}
	}
	return subjects, repositories
}

// For random documents, the table is exactly who can push what, or may: tried over every
// name that can be made of what the documents write out, and over others.
func TestTheTableIsWhoCanPush(t *testing.T) {
	d := tableDice{rand.New(rand.NewPCG(9, 10))}
	subjects, repositories := tableNames()
	pairs, rows := 0, 0
	for n := range 300 {
		all := d.facts()
		table := preflight.Check(all).Access
		takes := once(func(subject string) bool { return canTake(all, subject) })
		pushes := once(func(arn string) bool { return canPush(all, arn) })
		for _, subject := range subjects {
			for _, arn := range repositories {
				want := takes(subject) && pushes(arn)
				got := slices.ContainsFunc(table, func(row preflight.Access) bool {
					who, _ := strings.CutSuffix(row.Who, " of "+tableIssuer)
					return describes(who, subject) && describes(row.ImageRepository, arn)
				})
				if want {
					pairs++
				}
				if got != want {
					t.Fatalf("%d: %s to %s: in the table %t, want %t\n%+v\ntrust %s\nown %s\nboundary %s\ntheirs %s and %s", n, subject, arn, got, want, table,
						all.Roles[0].Trust.Policy.JSON(), all.Roles[0].Inline[0].Document.Policy.JSON(), all.Roles[0].BoundaryDocument.Policy.JSON(), all.ImageRepositories[0].Policy.Policy.JSON(), all.ImageRepositories[1].Policy.Policy.JSON())
				}
			}
		}
		rows += len(table)
	}
	if pairs < 5_000 || rows < 300 {
		t.Errorf("%d pairs in %d rows", pairs, rows)
	}
}
