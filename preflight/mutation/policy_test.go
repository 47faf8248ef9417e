package mutation_test

import (
	"fmt"
	"strings"

	"keyless-runners/preflight/source"
)

// policy makes mutants of a managed policy: what a role may do.
func (g *generator) policy(at site) {
	properties := at.in("Properties")
	document := properties.in("PolicyDocument")
	g.document("policy", document, by("KR050"), by("KR005"))
	statements := document.in("Statement")
	for i := range g.size(statements) {
		statement := statements.item(i)
		if g.get(statement.in("Action")).Kind == source.String {
			g.login(statement)
		} else {
			g.push(statement)
		}
		g.permission(statement)
	}
	g.policyStatements(statements)
	g.policyName(properties)
	for _, member := range g.get(site{file: at.file}.in("Resources")).Members {
		other := member.Value.Get("Properties", "PolicyDocument")
		if other != nil && g.get(statements.item(1).in("Resource")).Kind == source.List && other.Get("Statement").Items[1].Get("Resource").Kind != source.List {
			g.add("policy: another pool's, that pushes to less", document, by("KR050"), document.put(clone(other)))
		}
	}
}

func (g *generator) policyName(properties site) {
	name := properties.in("ManagedPolicyName")
	g.sets("policy: name", name, []variant{
		{"another", "another", harmless("the role refers to the policy, not to its name")},
		{"too long", strings.Repeat("x", 129), by("KR092")},
		{"with a blank", "push images", by("KR092")},
	})
	g.add("policy: name left to CloudFormation", name, harmless("the role refers to the policy, not to its name"), name.remove())
	g.add("policy: with a path", properties, harmless("the role refers to the policy, not to its path"), properties.add("Path", str("/runners/")))
	g.add("policy: too long", properties, by("KR091"), properties.in("PolicyDocument", "Statement").push(value(
		`{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::`+strings.Repeat("x", 6144)+`"}`)))
}

// needs says of each action that pushing uses what reports that it is missing: by
// design a note, where docker push alone does without.
func needs(action string) outcome {
	if action == "ecr:GetDownloadUrlForLayer" {
		return by("KR051")
	}
	return by("KR050")
}

// login makes mutants of the statement that lets the role log in.
func (g *generator) login(statement site) {
	action, resource := statement.in("Action"), statement.in("Resource")
	g.action("login", action, func(text string) edit { return action.set(text) })
	g.add("login: deleted", statement, by("KR050"), statement.remove())
	g.add("login: denied", statement, by("KR050"), statement.in("Effect").set("Deny"))
	g.add("login: on an image repository", resource, by("KR052"), resource.set("arn:aws:ecr:us-east-1:111122223333:repository/my-app"))
	g.add("login: on every image repository", resource, by("KR052"), resource.set("arn:aws:ecr:us-east-1:111122223333:repository/*"))
	g.add("login: on a registry", resource, by("KR052"), resource.set("arn:aws:ecr:us-east-1:111122223333:registry"))
	g.add("login: on nothing", resource, by("KR052", "KR050", "KR005"), resource.set(""))
	g.add("login: on everything of ECR", resource, by("KR052"), resource.set("arn:aws:ecr:*:*:*"))
	g.add("login: on all but something", resource, by("KR052", "KR050"), resource.rename("NotResource"))
	g.add("login: all but it", action, by("KR076", "KR077"), action.rename("NotAction"))
	g.add("login: in a list", action, harmless("one is a list of one"), action.put(list(str(g.text(action)))))
	g.add("login: on a list", resource, harmless("one is a list of one"), resource.put(list(str("*"))))
	g.add("login: on everything, twice said", resource, harmless("each matches all that there is"), resource.put(list(str("*"), str("**"))))
}

// action makes mutants of an action; set makes it another text.
func (g *generator) action(what string, at site, set func(string) edit) {
	action := g.text(at)
	service, operation, _ := strings.Cut(action, ":")
	missing := needs(action)
	misspeltWant := outcome{ids: append([]string{"KR006"}, missing.ids...)}
	for _, v := range []variant{
		{"misspelt", service + ":" + misspelt(operation), by("KR006")},
		{"without its last letter", action[:len(action)-1], by("KR006")},
		{"a letter more", action + "s", by("KR006")},
		{"of a misspelt service", misspelt(service) + ":" + operation, misspeltWant},
		{"of another service", "ecr-public:" + operation, missing},
		{"of EC2's", "ec2:" + operation, missing},
		{"without its service", operation, by("KR006", "KR005")},
		{"with a dot", service + "." + operation, by("KR006", "KR005")},
		{"with a blank", service + ": " + operation, misspeltWant},
		{"with a blank behind", action + " ", misspeltWant},
		{"empty", "", by("KR006", "KR005")},
		{"every action of ECR", "ecr:*", by("KR077")},
		{"every action that puts", "ecr:Put*", by("KR077")},
		{"everything", "*", by("KR076", "KR077")},
		{"deletes the image repository", "ecr:DeleteRepository", by("KR077")},
		{"in small letters", strings.ToLower(action), harmless("names of actions have no case")},
		{"in capitals", strings.ToUpper(action), harmless("names of actions have no case")},
		{"with a question mark", service + ":" + operation[:len(operation)-1] + "?", harmless("it is the only action of that form")},
	} {
		g.add(join(what, v.what), at, v.want, set(v.text))
		if _, needed := map[string]bool{"every action that puts": true, "deletes the image repository": true}[v.what]; needed && action != "ecr:PutImage" {
			g.add(join(what, v.what)+" in its place", at, missing, set(v.text))
		}
	}
}

// push makes mutants of the statement that lets the role push.
func (g *generator) push(statement site) {
	actions := statement.in("Action")
	for i := range g.size(actions) {
		at := actions.item(i)
		action := g.text(at)
		_, operation, _ := strings.Cut(action, ":")
		g.add("push action: without "+operation, at, needs(action), at.remove())
		g.action("push action: "+operation, at, func(text string) edit { return at.set(text) })
		g.add("push action: "+operation+" denied beside", statement, needs(action), g.deny(statement, action))
	}
	for _, more := range []string{
		"ecr:BatchDeleteImage", "ecr:DeleteRepository", "ecr:DeleteRepositoryPolicy", "ecr:SetRepositoryPolicy", "ecr:PutLifecyclePolicy",
		"ecr:PutImageTagMutability", "ecr:CreateRepository", "ecr:PutRegistryPolicy", "ecr:PutReplicationConfiguration", "ecr:Delete*", "ecr:Set*", "ecr:*",
		"s3:GetObject", "iam:PassRole", "iam:*", "sts:AssumeRole", "ec2:RunInstances", "secretsmanager:GetSecretValue", "lambda:*", "s3:*",
	} {
		g.add("push action: also "+more, actions, by("KR077"), actions.push(str(more)))
	}
	for _, more := range []string{"ecr:DescribeImages", "ecr:ListImages", "ecr:DescribeRepositories", "ecr:ListTagsForResource", "ecr:BatchGetImage", "ecr:Describe*"} {
		g.add("push action: also "+more, actions, harmless("it only reads"), actions.push(str(more)))
	}
	g.add("push action: also everything", actions, by("KR076", "KR077"), actions.push(str("*")))
	g.add("push action: all but pushing", actions, by("KR076", "KR077", "KR050"), actions.rename("NotAction"))
	g.add("push action: both Action and NotAction", statement, by("KR005"), statement.add("NotAction", str("iam:*")))
	g.pushResources(statement)
}

func (g *generator) deny(statement site, action string) edit {
	above, _ := statement.above()
	return above.push(value(`{"Effect": "Deny", "Action": "` + action + `", "Resource": "*"}`))
}

// pushResources makes mutants of what the role may push to.
func (g *generator) pushResources(statement site) {
	resource := statement.in("Resource")
	targets := []site{resource}
	if g.get(resource).Kind == source.List {
		targets = nil
		for i := range g.size(resource) {
			targets = append(targets, resource.item(i))
		}
		g.add("push resource: one of several deleted", resource.item(0), by("KR050"), resource.item(0).remove())
	} else {
		g.add("push resource: in a list", resource, harmless("one is a list of one"), resource.put(list(str(g.text(resource)))))
	}
	for _, at := range targets {
		g.arns("push resource", at, resourceOutcome)
		arn := g.text(at)
		parts := strings.SplitN(arn, ":", 6)
		g.sets("push resource", at, []variant{
			{"everything", "*", by("KR078")},
			{"every image repository of the account", strings.Join(parts[:5], ":") + ":repository/*", by("KR078")},
			{"every region", strings.Replace(arn, parts[3], "*", 1), by("KR078")},
			{"every account", strings.Replace(arn, parts[4], "*", 1), by("KR078")},
			{"every name that begins so", arn + "*", by("KR078")},
			{"the URI", parts[4] + ".dkr.ecr." + parts[3] + ".amazonaws.com/x", by("KR050")},
			{"the name", "my-app", by("KR050", "KR005")},
			{"empty", "", by("KR050", "KR005")},
			{"with a tag", arn + ":latest", by("KR050")},
			{"another image repository", strings.Join(parts[:5], ":") + ":repository/another", by("KR050")},
		})
		g.add("push resource: unknown", at, by("KR132"), both(at.put(value(`{"Ref": "Where"}`)), site{file: at.file}.add("Parameters", value(`{"Where": {"Type": "String"}}`))))
		g.functions("push resource", at)
	}
	g.add("push resource: all but it", resource, by("KR050", "KR078"), resource.rename("NotResource"))
	g.add("push resource: everything too", resource, by("KR078"), resource.change(func(n *source.Node) { *n = *withItem(n, "*") }))
	g.add("push resource: twice", resource, harmless("twice is once"), resource.change(func(n *source.Node) { *n = *withItem(n, firstText(n)) }))
}

// withItem is the value as a list with a text more.
func withItem(n *source.Node, text string) *source.Node {
	if n.Kind == source.List {
		return list(append(clone(n).Items, str(text))...)
	}
	return list(clone(n), str(text))
}

func firstText(n *source.Node) string {
	if n.Kind == source.List {
		return n.Items[0].Text
	}
	return n.Text
}

func resourceOutcome(part segment, what string) outcome {
	if part == arnName && what == "a wildcard" {
		return by("KR078")
	}
	return by("KR050")
}

// permission makes mutants that any statement of a role's policy can have.
func (g *generator) permission(statement site) {
	add := func(what string, want outcome, edit edit) {
		g.add("permission: "+what, statement, want, edit)
	}
	add("denies", by("KR050"), statement.in("Effect").set("Deny"))
	add("with a principal", by("KR005"), statement.add("Principal", str("*")))
	add("on a condition of the request", by("KR132", "KR050"), statement.add("Condition", value(`{"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}`)))
	add("on a condition of another principal", by("KR132", "KR050"), statement.add("Condition", value(`{"StringEquals": {"aws:PrincipalTag/team": "other"}}`)))
	add("on a condition that there is not", by("KR005"), statement.add("Condition", value(`{"StringIs": {"aws:PrincipalTag/team": "other"}}`)))
	add("without Resource and NotResource", by("KR005"), statement.in("Resource").remove())
	add("without Action and NotAction", by("KR005"), statement.in("Action").remove())
	add("with a name that IAM refuses", by("KR005"), statement.in("Sid").set("Allow Push!"))
	add("without a name", harmless("a statement needs none"), statement.in("Sid").remove())
	add("with another name", harmless("it is a name"), statement.in("Sid").set("Other"))
	above, _ := statement.above()
	add("twice, without a name", harmless("twice is once"), above.change(func(n *source.Node) {
		more := clone(n.Items[0])
		more.Members = more.Members[:len(more.Members)-1]
		n.Items = append(n.Items, more)
	}))
	add("twice, with its own name", harmless("twice is once"), above.change(func(n *source.Node) {
		for _, item := range n.Items {
			more := clone(item)
			more.Member("Sid").Value = str("Again" + item.Get("Sid").Text)
			n.Items = append(n.Items, more)
		}
	}))
	add("twice, with its name", by("KR005"), above.change(func(n *source.Node) { n.Items = append(n.Items, clone(n.Items[0])) }))
}

// policyStatements makes mutants of the statements together.
func (g *generator) policyStatements(statements site) {
	g.add("statements: in another order", statements, harmless("they have none"), statements.change(func(n *source.Node) {
		n.Items[0], n.Items[1] = n.Items[1], n.Items[0]
	}))
	g.add("statements: the push on everything, in one", statements, by("KR078"), statements.change(func(n *source.Node) {
		actions := clone(n.Items[1].Get("Action"))
		actions.Items = append(actions.Items, clone(n.Items[0].Get("Action")))
		*n = *list(value(`{"Effect": "Allow", "Resource": "*"}`))
		n.Items[0].Members = append(n.Items[0].Members, source.Member{Name: "Action", Value: actions})
	}))
	g.add("statements: the login on the image repository, in one", statements, by("KR052"), statements.change(func(n *source.Node) {
		n.Items[1].Get("Action").Items = append(n.Items[1].Get("Action").Items, clone(n.Items[0].Get("Action")))
		n.Items = n.Items[1:]
	}))
	g.add("statements: one for each action", statements, harmless("what several allow together is allowed"), statements.change(func(n *source.Node) {
		whole := n.Items[1]
		n.Items = n.Items[:1]
		for i, action := range whole.Get("Action").Items {
			part := clone(whole)
			part.Member("Action").Value = clone(action)
			part.Member("Sid").Value = str(fmt.Sprintf("Push%d", i))
			n.Items = append(n.Items, part)
		}
	}))
	g.add("statements: actions in another order", statements, harmless("they have none"), statements.change(func(n *source.Node) {
		actions := n.Items[1].Get("Action").Items
		actions[0], actions[len(actions)-1] = actions[len(actions)-1], actions[0]
	}))
	g.add("statements: an action twice", statements, harmless("twice is once"), statements.change(func(n *source.Node) {
		actions := n.Items[1].Get("Action")
		actions.Items = append(actions.Items, clone(actions.Items[0]))
	}))
	g.add("statements: one that denies what nobody needs", statements, harmless("pushing does not need it"),
		statements.push(value(`{"Effect": "Deny", "Action": "ecr:DeleteRepository", "Resource": "*"}`)))
	g.add("statements: one that denies pushing elsewhere", statements, harmless("it speaks of another image repository"),
		statements.push(value(`{"Effect": "Deny", "Action": "ecr:*", "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/elsewhere"}`)))
	g.add("statements: one that denies all but ours", statements, by("KR050"),
		statements.push(value(`{"Effect": "Deny", "NotAction": "ecr:GetAuthorizationToken", "Resource": "*"}`)))
	g.add("statements: the push deleted", statements.item(1), by("KR050"), statements.item(1).remove())
	g.add("statements: deleted by AWS::NoValue", statements.item(1), by("KR050"), statements.item(1).put(value(`{"Ref": "AWS::NoValue"}`)))
	g.add("statements: unknown", statements, by("KR130", "KR132"), both(statements.put(value(`{"Fn::ImportValue": "Statements"}`))))
}
