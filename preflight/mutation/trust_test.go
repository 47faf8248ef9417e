package mutation_test

import (
	"strings"

	"keyless-runners/preflight/source"
)

// trust makes mutants of a trust policy.
func (g *generator) trust(document site) {
	properties, _ := document.above()
	statement := document.in("Statement", "0")
	condition := statement.in("Condition")
	equals := condition.in("StringEquals")
	var subject, audience site
	for _, member := range g.get(equals).Members {
		if strings.HasSuffix(member.Name, ":sub") {
			subject = equals.in(member.Name)
		} else {
			audience = equals.in(member.Name)
		}
	}
	g.document("trust policy", document, by("KR040"), harmless("it differs in variables, and there are none"))
	g.add("trust policy: too long", document, by("KR090"), document.in("Statement").push(value(
		`{"Effect": "Deny", "Action": "sts:AssumeRole", "Principal": {"AWS": "`+g.accountARN(properties, "role/"+strings.Repeat("x", 2048))+`"}}`)))
	g.add("trust policy: Resource in it", statement, by("KR005"), statement.add("Resource", str("*")))
	for _, member := range g.get(site{file: document.file}.in("Resources")).Members {
		other := member.Value.Get("Properties", "AssumeRolePolicyDocument")
		if other != nil && member.Name != roleID(properties) {
			g.add("trust policy: another pool's", document, by("KR040"), document.put(clone(other)))
		}
	}
	g.trustAction(statement.in("Action"))
	g.principal(statement)
	g.trustStatements(document, statement)
	g.operators(condition)
	g.key("sub", subject, by("KR070"))
	g.key("aud", audience, by("KR075"))
	g.subject(subject)
	g.audience(audience)
	g.functions("principal", statement.in("Principal", "Federated"))
}

// document makes mutants of the form of a policy document. missing is what reports
// that it is not there, old of the language's first version.
func (g *generator) document(what string, document site, missing, old outcome) {
	add := func(kind string, at site, want outcome, edit edit) {
		g.add(what+": "+kind, at, want, edit)
	}
	statements := document.in("Statement")
	add("deleted", document, missing, document.remove())
	add("null", document, missing, document.put(&source.Node{}))
	add("a text that is none", document, by("KR005"), document.set("allow everything"))
	add("a list", document, by("KR005"), document.put(list()))
	add("empty", document, by("KR005"), document.put(&source.Node{Kind: source.Map}))
	add("no statements", statements, by("KR005"), statements.remove())
	add("an empty list of statements", statements, by("KR005"), statements.put(list()))
	add("a statement that is text", statements, by("KR005"), statements.push(str("Allow")))
	add("an element that there is not", document, by("KR005"), document.add("Comment", str("x")))
	add("a version that there is not", document.in("Version"), by("KR005"), document.in("Version").set("2012-10-71"))
	add("version misspelt", document.in("Version"), by("KR005"), document.in("Version").rename("version:"))
	add("statement misspelt", statements, by("KR005"), statements.rename("Statements"))
	for _, member := range g.get(statements.item(0)).Members {
		at := statements.item(0).in(member.Name)
		add(member.Name+" misspelt", at, by("KR005"), at.rename(misspelt(member.Name)))
		switch member.Name {
		case "Effect", "Action", "Principal", "Resource":
			add("without "+member.Name, at, by("KR005"), at.remove())
			add(member.Name+" is null", at, by("KR005"), at.put(&source.Node{}))
			add(member.Name+" is a number", at, by("KR005"), at.put(value("1")))
			add(member.Name+" is an empty list", at, by("KR005"), at.put(list()))
		}
	}
	add("an element of a statement that there is not", statements.item(0), by("KR005"), statements.item(0).add("Comment", str("x")))
	effect := statements.item(0).in("Effect")
	g.sets(what+": effect", effect, []variant{
		{"in small letters", "allow", by("KR005")}, {"misspelt", "Alow", by("KR005")}, {"empty", "", by("KR005")},
	})

	add("of the old version", document.in("Version"), old, document.in("Version").set("2008-10-17"))
	add("without a version", document.in("Version"), old, document.in("Version").remove())
	add("with an id", document, harmless("it is a name"), document.add("Id", str("Policy1")))
	if g.size(statements) == 1 {
		add("one statement without a list", statements, harmless("IAM takes both"), statements.change(func(n *source.Node) { *n = *n.Items[0] }))
	}
	add("statement with a name", statements.item(0), harmless("it is a name"), statements.item(0).add("Sid", str("Named")))
}

func (g *generator) trustAction(at site) {
	action := g.text(at)
	g.sets("trust action", at, []variant{
		{"misspelt", misspelt(action), by("KR006")},
		{"of another service", strings.Replace(action, "sts:", "iam:", 1), by("KR006", "KR040")},
		{"without its service", strings.TrimPrefix(action, "sts:"), by("KR006", "KR005")},
		{"for roles and users", "sts:AssumeRole", by("KR040")},
		{"for SAML", "sts:AssumeRoleWithSAML", by("KR040")},
		{"empty", "", by("KR006", "KR005")},
		{"with a blank behind", action + " ", by("KR006", "KR005")},
		{"in small letters", strings.ToLower(action), harmless("names of actions have no case")},
		{"with a wildcard", "sts:AssumeRoleWithWeb*", harmless("it is the only action of that form")},
	})
	g.add("trust action: in a list", at, harmless("one is a list of one"), at.put(list(str(action))))
	g.add("trust action: twice", at, harmless("twice is once"), at.put(list(str(action), str(action))))
	g.add("trust action: with session tags", at, harmless("a token of EKS has none"), at.put(list(str(action), str("sts:TagSession"))))
	above, _ := at.above()
	g.add("trust action: all but it", at, by("KR040"), above.change(func(n *source.Node) { n.Member("Action").Name = "NotAction" }))
}

// principal makes mutants of whom a trust policy speaks.
func (g *generator) principal(statement site) {
	principal := statement.in("Principal")
	federated := principal.in("Federated")
	arn := g.text(federated)
	add := func(what string, want outcome, edit edit) {
		g.add("principal: "+what, principal, want, edit)
	}
	g.arns("principal", federated, principalOutcome)
	id := arn[strings.LastIndex(arn, "/")+1:]
	g.sets("principal", federated, []variant{
		{"with the scheme", strings.Replace(arn, "oidc-provider/", "oidc-provider/https://", 1), by("KR035", "KR040", "KR041")},
		{"with a slash behind", arn + "/", by("KR035", "KR040", "KR041")},
		{"another issuer of the region", strings.Replace(arn, id, strings.Repeat("0A", 16), 1), by("KR040", "KR041")},
		{"the issuer alone", arn[strings.Index(arn, "oidc.eks"):], by("KR040")},
		{"GitHub's issuer", arn[:strings.Index(arn, "oidc.eks")] + "token.actions.githubusercontent.com", by("KR040", "KR041")},
		{"a wildcard", "*", by("KR040", "KR005")},
		{"the subject", "system:serviceaccount:runners:x", by("KR040", "KR005")},
		{"empty", "", by("KR040", "KR005")},
	})
	add("an AWS principal of the ARN", by("KR040"), federated.rename("AWS"))
	add("a service of the ARN", by("KR040"), federated.rename("Service"))
	add("a kind that there is not", by("KR005"), federated.rename("Federation"))
	add("all but it", by("KR040", "KR073", "KR005"), principal.rename("NotPrincipal"))
	add("everybody", by("KR040", "KR073"), principal.set("*"))
	add("every principal of AWS", by("KR040", "KR073"), principal.put(value(`{"AWS": "*"}`)))
	add("the ARN without its kind", by("KR005"), principal.set(arn))
	add("the nodes' service", by("KR040"), principal.put(value(`{"Service": "ec2.amazonaws.com"}`)))
	add("Pod Identity's service", by("KR040"), principal.put(value(`{"Service": "pods.eks.amazonaws.com"}`)))
	add("the account too", by("KR074"), principal.add("AWS", str(g.accountARN(statementDocument(statement), "root"))))
	add("a user too", by("KR074"), principal.add("AWS", str(g.accountARN(statementDocument(statement), "user/somebody"))))
	add("a service too", by("KR074"), principal.add("Service", str("ec2.amazonaws.com")))
	add("a SAML provider too", by("KR074"), federated.put(list(str(arn), str(g.accountARN(statementDocument(statement), "saml-provider/x")))))
	add("Cognito too", by("KR074"), federated.put(list(str(arn), str("cognito-identity.amazonaws.com"))))
	add("another provider too", by("KR072"),
		federated.put(list(str(arn), str(strings.Replace(arn, id, strings.Repeat("0A", 16), 1)))))
	add("in a list", harmless("one is a list of one"), federated.put(list(str(arn))))
	add("twice in a list", harmless("twice is once"), federated.put(list(str(arn), str(arn))))
}

func principalOutcome(part segment, what string) outcome {
	switch part {
	case arnAccount:
		return by("KR037", "KR007")
	case arnPath, arnName:
		return by("KR030", "KR035", "KR040", "KR041")
	}
	return by("KR035", "KR037", "KR040")
}

// statementDocument is such that accountARN finds the provider by it.
func statementDocument(statement site) site {
	statement.steps = statement.steps[:len(statement.steps)-3]
	return statement
}

// trustStatements makes mutants of the statements of a trust policy.
func (g *generator) trustStatements(document, statement site) {
	statements := document.in("Statement")
	add := func(what string, want outcome, edit edit) {
		g.add("trust statement: "+what, statements, want, edit)
	}
	root := g.accountARN(statementDocument(statement), "root")
	add("denies", by("KR040"), statement.in("Effect").set("Deny"))
	add("one more that denies the same", by("KR040"), g.copyStatement(statement, "Effect", "Deny"))
	add("one more for everybody", by("KR073", "KR005"), statements.push(value(`{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*"}`)))
	add("one more for every principal of AWS", by("KR073"), statements.push(value(`{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}`)))
	add("one more for the account", by("KR074"), statements.push(value(`{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "`+root+`"}}`)))
	add("one more for the nodes", by("KR074"), statements.push(value(`{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}`)))
	add("one more for everybody on a condition", by("KR073", "KR074"), statements.push(value(
		`{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}, "Condition": {"Bool": {"aws:SecureTransport": "true"}}}`)))
	add("one more for all but one", by("KR073", "KR005"), statements.push(value(`{"Effect": "Allow", "Action": "sts:AssumeRole", "NotPrincipal": {"AWS": "`+root+`"}}`)))
	add("one more without conditions", by("KR070"), statements.push(value(
		`{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Principal": {"Federated": "`+g.text(statement.in("Principal", "Federated"))+`"}}`)))
	add("one more of another issuer", by("KR072"), statements.change(func(n *source.Node) {
		more := clone(n.Items[0])
		replaceIn(more, g.issuerID(statement), strings.Repeat("0A", 16))
		n.Items = append(n.Items, more)
	}))
	add("one more of GitHub's issuer", by("KR074", "KR072", "KR071"), statements.push(value(`{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
		"Principal": {"Federated": "`+g.accountARN(statementDocument(statement), "oidc-provider/token.actions.githubusercontent.com")+`"},
		"Condition": {"StringEquals": {"token.actions.githubusercontent.com:sub": "repo:octo-org/app:ref:refs/heads/main", "token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}}`)))
	add("twice", harmless("twice is once, and it has no name"), g.copyStatement(statement, "Effect", "Allow"))
	add("one more that denies another", harmless("it does not speak of ours"), statements.change(func(n *source.Node) {
		more := clone(n.Items[0])
		more.Member("Effect").Value = str("Deny")
		more.Walk(func(v *source.Node) bool {
			if strings.HasPrefix(v.Text, "system:serviceaccount:") {
				v.Text = "system:serviceaccount:other:other"
			}
			return true
		})
		n.Items = append(n.Items, more)
	}))
}

// copyStatement adds the statement once more, with one element another.
func (g *generator) copyStatement(statement site, element, text string) edit {
	above, _ := statement.above()
	return above.change(func(n *source.Node) {
		more := clone(n.Items[0])
		more.Member(element).Value = str(text)
		n.Items = append(n.Items, more)
	})
}

func (g *generator) issuerID(statement site) string {
	arn := g.text(statement.in("Principal", "Federated"))
	return arn[strings.LastIndex(arn, "/")+1:]
}

// replaceIn replaces a text in every name and string of the value.
func replaceIn(n *source.Node, from, to string) {
	n.Walk(func(v *source.Node) bool {
		v.Text = strings.ReplaceAll(v.Text, from, to)
		for i := range v.Members {
			v.Members[i].Name = strings.ReplaceAll(v.Members[i].Name, from, to)
		}
		return true
	})
}
