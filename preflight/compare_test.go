package preflight_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/policy"
	"keyless-runners/preflight"
	"keyless-runners/preflight/facts"
)

// changed is the facts with some documents made anew.
func (d tableDice) changed(base facts.Facts) facts.Facts {
	return d.mixed(base, d.facts())
}

// mixed is the facts with some documents of others.
func (d tableDice) mixed(base, other facts.Facts) facts.Facts {
	now := base
	now.Roles = slices.Clone(base.Roles)
	role, made := &now.Roles[0], other.Roles[0]
	if d.IntN(2) == 0 {
		role.Trust = made.Trust
	}
	if d.IntN(2) == 0 {
		role.Inline = made.Inline
	}
	if d.IntN(3) == 0 {
		role.BoundaryDocument = made.BoundaryDocument
	}
	if d.IntN(3) == 0 {
		now.ImageRepositories = other.ImageRepositories
	}
	if d.IntN(8) == 0 {
		now.Roles = append(now.Roles, other.Roles...)
		now.Roles[1].Name = text("other")
	}
	return now
}

// howFar returns how far a subject may do all of the actions with an image repository, by one
// role, as the policy evaluator judges each document. A trust policy is judged once for a
// subject, and the other documents once for an image repository.
func howFar(all facts.Facts, actions ...string) func(subject, arn string) policy.Truth {
	type way struct{ takes, acts func(string) policy.Truth }
	var ways []way
	for i := range all.Roles {
		one := all
		one.Roles = all.Roles[i : i+1]
		ways = append(ways, way{
			takes: once(func(subject string) policy.Truth { return takes(one, subject) }),
			acts: once(func(arn string) policy.Truth {
				truth := policy.Yes
				for _, action := range actions {
					truth = min(truth, acts(one, arn, action))
				}
				return truth
			}),
		})
	}
	return func(subject, arn string) policy.Truth {
		best := policy.No
		for _, way := range ways {
			best = max(best, min(way.takes(subject), way.acts(arn)))
		}
		return best
	}
}

func takes(all facts.Facts, subject string) policy.Truth {
	best := policy.No
	for _, audience := range []string{"sts.amazonaws.com", "vault"} {
		request := policy.Request{Principal: policy.Principal{Federated: policy.Values{tableProvider}}, Action: "sts:AssumeRoleWithWebIdentity", Resource: "*",
			Context: map[string][]string{tableIssuer + ":sub": {subject}, tableIssuer + ":aud": {audience}}}
		judged := policy.Judge(request, all.Roles[0].Trust.Policy)
		best = max(best, min(judged.Allow.Truth, policy.Yes-judged.Deny.Truth))
	}
	return best
}

func acts(all facts.Facts, arn, action string) policy.Truth {
	role, parts := all.Roles[0], strings.Split(arn, ":")
	self := strings.TrimSuffix(tableRole, "build") + role.Name.Value
	request := policy.Request{Principal: policy.Principal{AWS: policy.Values{self}}, Action: action, Resource: arn, Bounded: role.BoundaryDocument.There,
		Context: map[string][]string{"aws:RequestedRegion": {parts[3]}, "aws:ResourceAccount": {parts[4]}, "aws:PrincipalAccount": {"111122223333"}},
		Open:    func(key string) bool { return key == "aws:SourceVpc" || strings.HasPrefix(key, "aws:PrincipalTag/") }}
	own := policy.Judge(request, role.Inline[0].Document.Policy)
	allow, deny := own.Allow.Truth, own.Deny.Truth
	toSession := policy.No // which a boundary's implicit deny does not limit
	for _, repository := range all.ImageRepositories {
		if tableRegistry+repository.Name.Value == arn {
			named := policy.Judge(request, repository.Policy.Policy.ByName()).Allow.Truth
			allow = max(allow, named)
			if strings.Contains(string(repository.Policy.Policy.JSON()), ":assumed-role/") {
				toSession = named
			}
			deny = max(deny, policy.Judge(request, repository.Policy.Policy).Deny.Truth)
		}
	}
	if role.BoundaryDocument.There {
		bound := policy.Judge(request, role.BoundaryDocument.Policy)
		allow, deny = min(allow, bound.Allow.Truth), max(deny, bound.Deny.Truth)
	}
	return min(max(allow, toSession), policy.Yes-deny)
}

// For random pairs of states, the changes are exactly who gained and who lost what: tried over
// every name that can be made of what the documents write out, and over others.
func TestChangesAreWhoGainedAndWhoLost(t *testing.T) {
	d := tableDice{rand.New(rand.NewPCG(11, 12))}
	subjects, repositories := tableNames()
	gained, lost, unchanged := 0, 0, 0
	for n := range 200 {
		base := d.facts()
		now := d.changed(base)
		changes := preflight.Compare(base, now).Pushes
		earlier, later := howFar(base, "ecr:PutImage"), howFar(now, "ecr:PutImage")
		for _, subject := range subjects {
			for _, arn := range repositories {
				before, after := earlier(subject, arn), later(subject, arn)
				got := map[string]bool{}
				for _, change := range changes {
					who, _ := strings.CutSuffix(change.Who, " of "+tableIssuer)
					if describes(who, subject) && describes(change.ImageRepository, arn) {
						got[change.Kind.String()] = true
					}
				}
				switch {
				case after > before:
					gained++
				case after < before:
					lost++
				case before == policy.Possibly:
					continue // it may depend on something else
				default:
					unchanged++
				}
				if got["gained"] != (after > before) || got["lost"] != (after < before) {
					t.Fatalf("%d: %s to %s: %v in the changes, %v before and %v now\n%+v\nbefore: trust %s\nown %s\nboundary %s\nnow: trust %s\nown %s\nboundary %s", n, subject, arn, got, before, after, changes,
						base.Roles[0].Trust.Policy.JSON(), base.Roles[0].Inline[0].Document.Policy.JSON(), base.Roles[0].BoundaryDocument.Policy.JSON(),
						now.Roles[0].Trust.Policy.JSON(), now.Roles[0].Inline[0].Document.Policy.JSON(), now.Roles[0].BoundaryDocument.Policy.JSON())
				}
			}
		}
		if same := preflight.Compare(now, now).Pushes; len(same) > 0 {
			t.Fatalf("%d: from a state to itself: %+v", n, same)
		}
	}
	if gained < 1_000 || lost < 1_000 || unchanged < 10_000 {
		t.Errorf("%d gained, %d lost, %d unchanged", gained, lost, unchanged)
	}
}

// What is possible before and now is the same only if it depends on the same.
func TestAConditionOfTheRequestAloneIsComparedAsItIsWritten(t *testing.T) {
	trust := policy.Document{Version: policy.Version, Statement: []policy.Statement{{
		Effect: "Allow", Principal: &policy.Principal{Federated: policy.Values{tableProvider}}, Action: policy.Values{"sts:AssumeRoleWithWebIdentity"},
		Condition: policy.Condition{"StringEquals": {tableIssuer + ":sub": {"system:serviceaccount:ci:build"}, tableIssuer + ":aud": {"sts.amazonaws.com"}}},
	}}}
	pushOn := func(sources ...string) facts.Facts {
		d := tableDice{rand.New(rand.NewPCG(1, 2))}
		all := d.facts()
		permissions := policy.Document{Version: policy.Version}
		for _, vpc := range sources {
			statement := policy.Statement{Effect: "Allow", Action: policy.Values{"ecr:PutImage"}, Resource: policy.Values{tableRegistry + "other"}}
			if vpc != "" {
				statement.Condition = policy.Condition{"StringEquals": {"aws:SourceVpc": {vpc}}}
			}
			permissions.Statement = append(permissions.Statement, statement)
		}
		all.Roles = []facts.Role{{Name: text("build"), Path: text("/"), Account: text("111122223333"), Partition: text("aws"), Trust: there(trust), Inline: []facts.Policy{{Document: there(permissions)}}}}
		all.ImageRepositories = nil
		return all
	}
	const depends = "it depends on aws:SourceVpc, which only a request has"
	for _, test := range []struct {
		name      string
		base, now facts.Facts
		kind, why string
	}{
		{"the same condition", pushOn("vpc-1"), pushOn("vpc-1"), "", ""},
		{"another condition", pushOn("vpc-1"), pushOn("vpc-2"), "gained", "it depended on something else: " + depends},
		{"one condition more", pushOn("vpc-1"), pushOn("vpc-1", "vpc-2"), "gained", "it depended on something else: " + depends},
		{"one condition less", pushOn("vpc-1", "vpc-2"), pushOn("vpc-1"), "gained", "it depended on something else: " + depends}, // which is wider is not compared
		{"no condition any more", pushOn("vpc-1"), pushOn(""), "gained", "whether it could before is not known: " + depends},
		{"a condition now", pushOn(""), pushOn("vpc-1"), "lost", "whether it can now is not known: " + depends},
		{"a condition that is new", pushOn(), pushOn("vpc-1"), "gained", depends},
		{"nothing but a condition less", pushOn("", "vpc-1"), pushOn(""), "", ""},
	} {
		changes := preflight.Compare(test.base, test.now).Pushes
		kind, why := "", ""
		if len(changes) > 0 {
			kind, why = changes[0].Kind.String(), changes[0].Possibly
		}
		if kind != test.kind || why != test.why || len(changes) > 1 {
			t.Errorf("%s: got %q %q of %d, want %q %q", test.name, kind, why, len(changes), test.kind, test.why)
		}
	}
}

// pushers is a role that may push to one image repository, with a trust policy.
func pushers(role, trust string) facts.Facts {
	document, err := policy.Parse([]byte(`{"Version": "2012-10-17", "Statement": [` + trust + `]}`))
	if err != nil {
		panic(err) // the tests write it
	}
	permissions := policy.Document{Version: policy.Version, Statement: []policy.Statement{{Effect: "Allow", Action: policy.Values{"ecr:PutImage"}, Resource: policy.Values{tableRegistry + "my-app"}}}}
	return facts.Facts{Roles: []facts.Role{{Name: text(role), Path: text("/"), Account: text("111122223333"), Partition: text("aws"), Trust: there(document), Inline: []facts.Policy{{Document: there(permissions)}}}}}
}

func TestWhoGainsAndLosesByName(t *testing.T) {
	aws := func(name string) string {
		return `{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "` + name + `"}}`
	}
	github := func(subject string) string {
		return `{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
		  "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "` + subject + `", "token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}}`
	}
	eks := func(namespace, serviceAccount string) string {
		return `{"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:TagSession"], "Principal": {"Service": "pods.eks.amazonaws.com"},
		  "Condition": {"StringLike": {"aws:RequestTag/kubernetes-namespace": "` + namespace + `", "aws:RequestTag/kubernetes-service-account": "` + serviceAccount + `"},
		    "StringEquals": {"aws:RequestTag/eks-cluster-arn": "arn:aws:eks:us-east-1:111122223333:cluster/one"}}}`
	}
	const root, other, user = "arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:role/other", "arn:aws:iam::444455556666:user/jo"
	const ofGitHub = " of token.actions.githubusercontent.com"
	for _, test := range []struct {
		name      string
		base, now facts.Facts
		want      []string
	}{
		{"a role that is renamed", pushers("build", aws(root)), pushers("renamed", aws(root)), nil},
		{"an account more", pushers("build", aws(root)), pushers("build", aws(root)+","+aws(user)), []string{"gained " + user}},
		{"a role of an account that is let in", pushers("build", aws(root)), pushers("build", aws(other)), []string{"lost " + root}},
		{"an account instead of a role", pushers("build", aws(other)), pushers("build", aws(root)), []string{"gained " + root}},
		{"everyone", pushers("build", aws(root)), pushers("build", aws("*")), []string{"gained everyone"}},
		{"no longer everyone", pushers("build", aws("*")), pushers("build", aws(root)), []string{"lost everyone"}},
		{"GitHub's tokens of one branch, and then of all", pushers("build", github("repo:octo/app:ref:refs/heads/main")), pushers("build", github("repo:octo/app:*")),
			[]string{`gained every token with a subject like "repo:octo/app:*" but repo:octo/app:ref:refs/heads/main` + ofGitHub}},
		{"GitHub's tokens of a source repository, and then of an organization", pushers("build", github("repo:octo/app:*")), pushers("build", github("repo:octo/*")),
			[]string{`gained every token with a subject like "repo:octo/*" but those with a subject like "repo:octo/app:*"` + ofGitHub}},
		{"GitHub's tokens, and then another pattern that is within", pushers("build", github("repo:octo/*")), pushers("build", github("repo:octo/app:*")),
			[]string{`lost every token with a subject like "repo:octo/*" but those with a subject like "repo:octo/app:*"` + ofGitHub}},
		{"the same by another pattern", pushers("build", github("repo:octo/app:*")), pushers("build", github("repo:octo/app:**")), nil},
		{"an association of one ServiceAccount, and then another", pushers("build", eks("ci", "build")), pushers("build", eks("ci", "web")),
			[]string{"gained system:serviceaccount:ci:web of cluster one", "lost system:serviceaccount:ci:build of cluster one"}},
		{"every ServiceAccount of a namespace", pushers("build", eks("ci", "build")), pushers("build", eks("ci", "*")),
			[]string{`gained every ServiceAccount but "build" of namespace "ci" of cluster "arn:aws:eks:us-east-1:111122223333:cluster/one", by EKS Pod Identity`}},
	} {
		changes := preflight.Compare(test.base, test.now).Pushes
		var got []string
		for _, change := range changes {
			got = append(got, change.Kind.String()+" "+change.Who)
			if change.ImageRepository != tableHost+"/my-app" {
				t.Errorf("%s: %s", test.name, change.ImageRepository)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

// Of every example, what the table is about is gained from nothing and lost to nothing, and from
// its files to the same files, read again, nothing differs.
func TestExamplesComparedWithNothingAndWithThemselves(t *testing.T) {
	read := func(t *testing.T, e *example) facts.Facts {
		all, _, err := preflight.Read(preflight.Input{Paths: []string{"."}, Settings: e.settings})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	examples := accessExamples(t)
	for _, e := range readExamples(t) {
		examples[e.ID] = e
	}
	for name, e := range examples {
		t.Run(name, func(t *testing.T) {
			write(t, e.files)
			first, again := read(t, e), read(t, e)
			if changes := preflight.Compare(first, again).Pushes; len(changes) > 0 {
				t.Errorf("from the files to themselves: %+v", changes)
			}
			table, gained, lost := map[string]bool{}, map[string]bool{}, map[string]bool{}
			for _, row := range preflight.Check(first).Access {
				table[row.ImageRepository] = true
			}
			of := map[string]bool{}
			for _, change := range preflight.Compare(facts.Facts{}, again).Pushes {
				gained[change.Kind.String()+" "+change.ImageRepository+" "+change.Who] = true
				of[change.ImageRepository] = true
			}
			for _, change := range preflight.Compare(again, facts.Facts{}).Pushes {
				lost[strings.Replace(change.Kind.String(), "lost", "gained", 1)+" "+change.ImageRepository+" "+change.Who] = true
			}
			if diff := cmp.Diff(table, of); diff != "" {
				t.Errorf("image repositories of the table, and of what is gained from nothing (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(gained, lost); diff != "" {
				t.Errorf("gained from nothing, and lost to nothing (-want +got):\n%s", diff)
			}
		})
	}
}

// What an image repository's own policy allows is compared by its conditions too, and a role that
// no ServiceAccount has any more could push before.
func TestPoliciesOfImageRepositoriesAreCompared(t *testing.T) {
	const statement = `{"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "ecr:*"%s}`
	images := func(statements string) facts.Facts {
		document, err := policy.Parse([]byte(`{"Version": "2012-10-17", "Statement": [` + statements + `]}`))
		if err != nil {
			t.Fatal(err)
		}
		return facts.Facts{ImageRepositories: []facts.ImageRepository{{Name: text("my-app"), Account: text("111122223333"), Region: text("us-east-1"), Policy: there(document)}}}
	}
	lets := func(who, condition string) string { return fmt.Sprintf(statement, who, condition) }
	inOrganization := func(id string) string {
		return `, "Condition": {"StringEquals": {"aws:PrincipalOrgID": "` + id + `"}}`
	}
	held := func(f facts.Facts) facts.Facts {
		f.Roles = pushers("build", `{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Principal": {"Federated": "`+tableProvider+`"}, "Condition": {"StringEquals": {"`+tableIssuer+`:sub": "system:serviceaccount:ci:build"}}}`).Roles
		f.ServiceAccounts = []facts.ServiceAccount{{Namespace: text("ci"), Name: text("build"), Annotations: []facts.Annotation{{Key: "eks.amazonaws.com/role-arn", Value: text(tableRole)}}}}
		return f
	}
	const jo = "arn:aws:iam::444455556666:user/jo"
	for _, test := range []struct {
		name      string
		base, now facts.Facts
		want      []string
	}{
		{"the same", images(lets(jo, "")), images(lets(jo, "")), nil},
		{"a principal more", images(lets(jo, "")), images(lets(jo, "") + "," + lets("*", "")), []string{"gained everyone"}},
		{"a condition that is changed", images(lets("*", inOrganization("o-1"))), images(lets("*", inOrganization("o-2"))),
			[]string{"gained everyone who meets a condition", "lost everyone who meets a condition"}},
		{"the role of a ServiceAccount, which is judged by who can assume it", facts.Facts{}, held(images(lets(tableRole, ""))),
			[]string{"gained system:serviceaccount:ci:build of " + tableIssuer}},
		{"a ServiceAccount that goes, whose role stays named", held(images(lets(tableRole, ""))), images(lets(tableRole, "")),
			[]string{"lost system:serviceaccount:ci:build of " + tableIssuer}},
	} {
		var got []string
		for _, change := range preflight.Compare(test.base, test.now).Pushes {
			got = append(got, change.Kind.String()+" "+change.Who)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

// Patterns that are too many together are compared as each state describes them, and every change
// is possible.
func TestTooEntangledToBeComparedIsPossible(t *testing.T) {
	entangled := func(prefix, letters string) (patterns []string) {
		for i := range len(letters) - 2 {
			patterns = append(patterns, prefix+"*"+letters[i:i+1]+"*"+letters[i+1:i+2]+"*"+letters[i+2:i+3]+"*")
		}
		return patterns
	}
	pushing := func(letters string) facts.Facts {
		all := pushers("build", `{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}}`)
		all.Roles[0].Inline[0].Document.Policy.Statement[0].Resource = entangled(tableRegistry, letters)
		return all
	}
	trusting := func(letters string) facts.Facts {
		var patterns []string
		for _, pattern := range entangled("system:serviceaccount:", letters) {
			patterns = append(patterns, `"`+pattern+`"`)
		}
		return pushers("build", `{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Principal": {"Federated": "`+tableProvider+`"}, "Condition": {"StringLike": {"`+tableIssuer+`:sub": [`+strings.Join(patterns, ", ")+`]}}}`)
	}
	const why = "the patterns of its policies are too many, or too entangled, to be compared"
	for _, test := range []struct {
		name      string
		base, now facts.Facts
		kinds     []string
	}{
		{"too many together", trusting("abcdefg"), trusting("hijklmn"), []string{"gained", "lost"}},
		{"too many in each state", trusting("abcdefghijklmnop"), trusting("bcdefghijklmnopq"), []string{"gained"}},
		{"image repositories, too many together", pushing("abcdefg"), pushing("hijklmn"), []string{"gained", "lost"}},
		{"image repositories, too many in each state", pushing("abcdefghijklmnop"), pushing("bcdefghijklmnopq"), []string{"gained"}},
		{"image repositories, too many, and the same", pushing("abcdefghijklmnop"), pushing("abcdefghijklmnop"), nil},
		{"too many, and the same", trusting("abcdefghijklmnop"), trusting("abcdefghijklmnop"), nil},
	} {
		kinds := map[string]bool{}
		for _, change := range preflight.Compare(test.base, test.now).Pushes {
			kinds[change.Kind.String()] = true
			if !strings.Contains(change.Possibly, why) {
				t.Errorf("%s: %s %s: possibly %q", test.name, change.Kind, change.Who, change.Possibly)
			}
		}
		if got := slices.Sorted(maps.Keys(kinds)); !slices.Equal(got, test.kinds) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.kinds)
		}
	}
}
