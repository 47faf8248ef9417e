package mutation_test

import (
	"slices"
	"strings"

	"keyless-runners/preflight/source"
)

// sameOperators say the same as StringEquals of a value without wildcards, when a
// token always has the key, once.
var sameOperators = []string{
	"StringLike", "StringEqualsIgnoreCase", "StringEqualsIfExists", "StringLikeIfExists",
	"ForAnyValue:StringEquals", "ForAnyValue:StringLike", "ForAllValues:StringEquals", "ForAllValues:StringLike",
}

// otherOperators say something else of it.
var otherOperators = []string{
	"StringNotEquals", "StringNotLike", "StringNotEqualsIgnoreCase", "StringNotEqualsIfExists",
	"ForAnyValue:StringNotEquals", "ForAllValues:StringNotLike",
	"ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "Null",
	"NumericEquals", "NumericNotEquals", "NumericLessThan", "DateEquals", "DateGreaterThan",
}

// noOperators are none of IAM's.
var noOperators = []string{"StringEqual", "StringsEquals", "String", "StringMatches", "Equals", "ForEachValue:StringEquals", "StringEqualsIfExist", ""}

// otherOutcome is what reports the operator: it keeps ours out, or, if it negates a
// comparison that no text passes, lets everybody in.
func otherOutcome(operator, claims string) outcome {
	switch {
	case slices.Contains(noOperators, operator):
		return by("KR005")
	case !strings.Contains(operator, "Not") || strings.Contains(operator, "StringNot"):
		return by("KR040")
	case claims == "aud":
		return by("KR075")
	}
	return by("KR070")
}

// operators makes mutants of the operators of a condition: of both keys together,
// and of each by itself.
func (g *generator) operators(condition site) {
	equals := condition.in("StringEquals")
	type target struct {
		what string
		edit func(operator string) edit
	}
	targets := []target{{"sub and aud", func(operator string) edit { return equals.rename(operator) }}}
	for _, member := range g.get(equals).Members {
		claim := member.Name[strings.LastIndex(member.Name, ":")+1:]
		targets = append(targets, target{claim, func(operator string) edit {
			return both(equals.in(member.Name).remove(), condition.add(operator, object(member.Name, clone(member.Value))))
		}})
	}
	for _, t := range targets {
		for _, operator := range sameOperators {
			g.add("operator: "+operator+" of "+t.what, equals, harmless("the value has no wildcard, and a token always has the claim"), t.edit(operator))
		}
		for _, operator := range slices.Concat(otherOperators, noOperators) {
			g.add("operator: "+operator+" of "+t.what, equals, otherOutcome(operator, t.what), t.edit(operator))
			if strings.Contains(operator, "StringNot") && t.what == "sub" {
				g.add("operator: "+operator+" of "+t.what+" lets in others", equals, by("KR070"), t.edit(operator))
			}
		}
	}
	g.add("condition: deleted", condition, by("KR070"), condition.remove())
	g.add("condition: empty", condition, by("KR070"), condition.put(&source.Node{Kind: source.Map}))
	g.add("condition: operator without keys", equals, by("KR070"), equals.put(&source.Node{Kind: source.Map}))
	g.add("condition: a text", condition, by("KR005"), condition.set("StringEquals"))
	g.add("condition: a list", condition, by("KR005"), condition.change(func(n *source.Node) { *n = *list(clone(n)) }))
	g.add("condition: asks for what a token has not", equals, by("KR040"), condition.add("StringEqualsIgnoreCase", object("oidc.eks.example:amr", str("x"))))
	g.add("condition: asks where the request comes from", condition, by("KR130"), condition.add("IpAddress", object("aws:SourceIp", str("192.0.2.0/24"))))
	g.add("condition: the key of the token has to be missing", condition, by("KR040"), condition.add("Null", object(g.get(equals).Members[0].Name, str("true"))))
	g.add("condition: the key of the token has to be there", condition, harmless("a token always has it"), condition.add("Null", object(g.get(equals).Members[0].Name, str("false"))))
}

// key makes mutants of a condition key. without is what reports that it is gone.
func (g *generator) key(claim string, at site, without outcome) {
	above, key := at.above()
	issuer, _, _ := strings.Cut(key, ":"+claim)
	slash := strings.LastIndex(issuer, "/") + 1
	host, id := issuer[:slash], issuer[slash:]
	for _, v := range []variant{
		{"of another issuer", host + strings.Repeat("0A", 16) + ":" + claim, by("KR041", "KR040")},
		{"its id misspelt", host + misspelt(id) + ":" + claim, by("KR041", "KR040")},
		{"its id too short", issuer[:len(issuer)-1] + ":" + claim, by("KR041", "KR040")},
		{"without its id", strings.TrimSuffix(host, "/") + ":" + claim, by("KR041", "KR040")},
		{"its host misspelt", misspelt(host) + id + ":" + claim, by("KR041", "KR040")},
		{"of GitHub's issuer", "token.actions.githubusercontent.com:" + claim, by("KR041", "KR040")},
		{"with the scheme", "https://" + key, by("KR041", "KR040")},
		{"with a slash behind the issuer", issuer + "/:" + claim, by("KR041", "KR040")},
		{"with a blank behind the issuer", issuer + " :" + claim, by("KR041", "KR040")},
		{"with the provider's ARN", "arn:aws:iam::111122223333:oidc-provider/" + key, by("KR041", "KR040")},
		{"of another claim", issuer + ":azp", by("KR040")},
		{"its claim misspelt", issuer + ":" + misspelt(claim), by("KR040")},
		{"without its claim", issuer, by("KR040")},
		{"with two colons", issuer + "::" + claim, by("KR040", "KR041")},
		{"a wildcard", "*:" + claim, by("KR040", "KR041")},
		{"empty", "", by("KR040", "KR005")},
		{"of AWS", "aws:PrincipalArn", by("KR040", "KR130")},
		{"in capitals", strings.ToUpper(key), harmless("names of condition keys have no case")},
		{"in small letters", strings.ToLower(key), harmless("names of condition keys have no case")},
	} {
		g.add("key of "+claim+": "+v.what, at, v.want, at.rename(v.text))
	}
	g.add("key of "+claim+": deleted", at, without, at.remove())
	g.add("key of "+claim+": twice", at, by(unreadable), above.change(func(n *source.Node) {
		n.Members = append(n.Members, source.Member{Name: key, Value: str("x")})
	}))
}

// subject makes mutants of the subject that a trust policy wants.
func (g *generator) subject(at site) {
	const start = "system:serviceaccount:"
	text := g.text(at)
	namespace, name, _ := strings.Cut(strings.TrimPrefix(text, start), ":")
	g.sets("wanted sub", at, []variant{
		{"of another namespace", start + "other:" + name, by("KR040")},
		{"namespace misspelt", start + misspelt(namespace) + ":" + name, by("KR040")},
		{"namespace empty", start + ":" + name, by("KR040")},
		{"namespace of another case", start + strings.ToUpper(namespace) + ":" + name, by("KR040")},
		{"of another ServiceAccount", start + namespace + ":other", by("KR040")},
		{"of the default ServiceAccount", start + namespace + ":default", by("KR040")},
		{"name misspelt", start + namespace + ":" + misspelt(name), by("KR040")},
		{"name empty", start + namespace + ":", by("KR040")},
		{"name of another case", start + namespace + ":" + strings.ToUpper(name), by("KR040")},
		{"without its last letter", text[:len(text)-1], by("KR040")},
		{"a letter more", text + "s", by("KR040")},
		{"name and namespace changed about", start + name + ":" + namespace, by("KR040")},
		{"with a blank in it", start + " " + namespace + ":" + name, by("KR040")},
		{"with a blank before", " " + text, by("KR040")},
		{"with a blank behind", text + " ", by("KR040")},
		{"with a slash", start + namespace + "/" + name, by("KR040")},
		{"its start misspelt", misspelt(start) + namespace + ":" + name, by("KR040")},
		{"plural", "system:serviceaccounts:" + namespace + ":" + name, by("KR040")},
		{"without its start", namespace + ":" + name, by("KR040")},
		{"GitHub's", "repo:octo-org/my-app:ref:refs/heads/main", by("KR040")},
		{"a pattern, letter by letter", start + namespace + ":*", by("KR040")},
		{"everything, letter by letter", "*", by("KR040")},
		{"a variable", start + namespace + ":${aws:username}", by("KR040")},
		{"empty", "", by("KR040")},
		{"the audience", "sts.amazonaws.com", by("KR040")},
	})
	g.values("wanted sub", at, text)
	g.otherSubjects(at, text, namespace, name)
}

// otherSubjects makes mutants in which others than ours are wanted too.
func (g *generator) otherSubjects(at site, text, namespace, name string) {
	const start = "system:serviceaccount:"
	g.add("wanted sub: with a stranger", at, by("KR071"), at.put(list(str(text), str(start+namespace+":other"))))
	g.add("wanted sub: a stranger and ours", at, by("KR071"), at.put(list(str(start+"other:"+name), str(text))))
	for what, pattern := range map[string]string{
		"every namespace":         start + "*:" + name,
		"every name":              start + namespace + ":*",
		"every ServiceAccount":    start + "*",
		"everything":              "*",
		"every name that begins":  start + namespace + ":" + name[:len(name)-1] + "*",
		"every name that goes on": start + namespace + ":" + name + "*",
		"every name that ends":    start + namespace + ":*" + name[1:],
		"one letter of any kind":  start + namespace + ":" + name[:len(name)-1] + "?",
		"every namespace beside":  start + namespace + "*:" + name,
	} {
		above, key := at.above()
		condition, _ := above.above()
		g.add("wanted sub: like "+what, at, by("KR070"), both(at.remove(), condition.add("StringLike", object(key, str(pattern)))))
	}
}

// values makes mutants of what a condition compares with.
func (g *generator) values(what string, at site, text string) {
	g.add(what+": null", at, by("KR005"), at.put(&source.Node{}))
	g.add(what+": a number", at, by("KR040"), at.put(value("1")))
	g.add(what+": an object", at, by("KR005"), at.put(object("a", str("b"))))
	g.add(what+": no value", at, by("KR005", "KR040"), at.put(list()))
	g.add(what+": unknown", at, by("KR130"), both(at.put(value(`{"Ref": "Wanted"}`)), site{file: at.file}.add("Parameters", value(`{"Wanted": {"Type": "String"}}`))))
	g.add(what+": in a list", at, harmless("one is a list of one"), at.put(list(str(text))))
	g.add(what+": twice in a list", at, harmless("twice is once"), at.put(list(str(text), str(text))))
	g.functions(what, at)
}

// audience makes mutants of the audience that a trust policy wants.
func (g *generator) audience(at site) {
	text := g.text(at)
	g.sets("wanted aud", at, []variant{
		{"of China", "sts.amazonaws.com.cn", by("KR040")},
		{"regional", "sts.us-east-1.amazonaws.com", by("KR040")},
		{"misspelt", misspelt(text), by("KR040")},
		{"of another case", strings.ToUpper(text), by("KR040")},
		{"with a blank behind", text + " ", by("KR040")},
		{"with a zero-width space", "sts.amazonaws.com\u200b", by("KR040")},
		{"with the scheme", "https://" + text, by("KR040")},
		{"with a dot behind", text + ".", by("KR040")},
		{"Kubernetes' own", "https://kubernetes.default.svc", by("KR040")},
		{"a wildcard, letter by letter", "*", by("KR040")},
		{"empty", "", by("KR040")},
	})
	g.values("wanted aud", at, text)
	g.add("wanted aud: with another", at, harmless("the provider takes no other"), at.put(list(str(text), str("other"))))
	above, key := at.above()
	condition, _ := above.above()
	g.add("wanted aud: like everything", at, by("KR075"), both(at.remove(), condition.add("StringLike", object(key, str("*")))))
	g.add("wanted aud: like its start", at, harmless("the provider takes no other"), both(at.remove(), condition.add("StringLike", object(key, str("sts.*")))))
}
