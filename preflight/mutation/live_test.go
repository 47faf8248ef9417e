package mutation_test

import (
	"strings"

	"keyless-runners/preflight/source"
)

// live makes mutants in which the account itself, as the AWS CLI prints it, stands
// for what a template defines, or beside it.
func (g *generator) live(at site) {
	properties := at.in("Properties")
	switch g.text(at.in("Type")) {
	case roleType:
		g.liveRole(at, properties)
	case providerType:
		g.liveProvider(at, properties)
	case repositoryType:
		g.liveRepository(at, properties)
	}
}

// output adds a file with what a command printed.
func output(name, text string) edit {
	return func(f files) { f["live/"+name+".json"] = text }
}

func (g *generator) liveRole(at, properties site) {
	id := g.text(properties.in("ManagedPolicyArns", "0", "Ref"))
	policy := site{file: at.file}.in("Resources", id)
	if g.get(at.in("Metadata", "keyless-runners")) != nil || g.get(policy.in("Metadata", "keyless-runners")) != nil {
		return // the waiver of a finding in them goes where they go
	}
	name, path := g.text(properties.in("RoleName")), g.text(properties.in("Path"))
	policyName := g.text(policy.in("Properties", "ManagedPolicyName"))
	arn := g.accountARN(properties, "policy/"+policyName)
	list := func(trust, permissions string) edit {
		return output("account", `{"UserDetailList": [], "GroupDetailList": [], "RoleDetailList": [{
			"Arn": "`+g.accountARN(properties, "role"+path+name)+`", "RoleName": "`+name+`", "Path": "`+path+`", "AssumeRolePolicyDocument": `+trust+`,
			"RolePolicyList": [], "AttachedManagedPolicies": [{"PolicyName": "`+policyName+`", "PolicyArn": "`+arn+`"}]}],
			"Policies": [{"Arn": "`+arn+`", "PolicyName": "`+policyName+`", "Path": "/", "DefaultVersionId": "v2", "PolicyVersionList": [
				{"VersionId": "v1", "IsDefaultVersion": false, "Document": {"Version": "2012-10-17", "Statement": []}},
				{"VersionId": "v2", "IsDefaultVersion": true, "Document": `+permissions+`}]}]}`)
	}
	trust := string(appendJSON(nil, g.get(properties.in("AssumeRolePolicyDocument"))))
	permissions := string(appendJSON(nil, g.get(policy.in("Properties", "PolicyDocument"))))
	const same = "the account has the same"
	instead := both(at.remove(), policy.remove())
	g.add("live: the account's role in place of the template's", at, harmless(same), both(instead, list(trust, permissions)))
	g.add("live: the account's role, its documents in text", at, harmless(same), both(instead, list(quoted(trust), quoted(permissions))))
	g.add("live: the account's role beside the template's", at, harmless(same), list(trust, permissions))
	if g.single() {
		g.add("live: its documents in files of their own", at, by("KR008"), both(instead, output("trust", trust), output("permissions", permissions)))
	}
	g.add("live: the account's role trusts another", at, by("KR040"), both(instead, list(strings.ReplaceAll(trust, ":serviceaccount:", ":serviceaccount:x"), permissions)))
	g.add("live: the account's role may not push", at, by("KR050"), both(instead, list(trust, strings.ReplaceAll(permissions, "ecr:PutImage", "ecr:ListImages"))))
}

func quoted(text string) string {
	return string(appendString(nil, text))
}

func (g *generator) liveProvider(at, properties site) {
	url := g.text(properties.in("Url"))
	host := strings.TrimPrefix(url, "https://")
	region := strings.Split(host, ".")[2]
	provider := func(ids string) edit {
		return output("provider", `{"Url": "`+host+`", "ClientIDList": [`+ids+`], "ThumbprintList": [], "CreateDate": "2026-01-01T00:00:00Z"}`)
	}
	const same = "the account has the same"
	g.add("live: the account's provider in place of the template's", at, harmless(same), both(at.remove(), provider(`"sts.amazonaws.com"`)))
	g.add("live: the account's provider beside the template's", at, harmless(same), provider(`"sts.amazonaws.com"`))
	g.add("live: the account's provider takes another audience", at, by("KR032"), both(at.remove(), provider(`"other"`)))
	cluster := func(issuer string) edit {
		return output("cluster", `{"cluster": {"name": "c", "arn": "arn:aws:eks:`+region+`:111122223333:cluster/c", "identity": {"oidc": {"issuer": "`+issuer+`"}}}}`)
	}
	kind := "live: one cluster of several"
	if g.single() {
		kind = "live: the cluster"
	}
	g.add(kind, at, harmless("it has the issuer that its roles trust"), cluster(url))
	g.add("live: another cluster", at, by("KR033"), cluster(url[:strings.LastIndex(url, "/")+1]+strings.Repeat("0A", 16)))
}

func (g *generator) liveRepository(at, properties site) {
	name := g.text(properties.in("RepositoryName"))
	arn := g.repositoryARN(name)
	if arn == "" {
		return
	}
	list := func(arn, name string) edit {
		return output("repositories", `{"repositories": [{"repositoryArn": "`+arn+`", "repositoryName": "`+name+`", "imageTagMutability": "IMMUTABLE"}]}`)
	}
	const same = "the account has the same"
	g.add("live: the account's image repository in place of the template's", at, harmless(same), both(at.remove(), list(arn, name)))
	g.add("live: the account's image repository beside the template's", at, harmless(same), list(arn, name))
	g.add("live: the account's image repository of another name", at, by("KR054"), both(at.remove(), list(arn+"x", name+"x")))
	g.add("live: the account's image repository in another account", at, by("KR054"), both(at.remove(), list(strings.NewReplacer("111122223333", "999999999999", "444455556666", "999999999999", "777788889999", "999999999999").Replace(arn), name)))
}

// repositoryARN is the ARN of the image repository that some policy names, "" if
// none does.
func (g *generator) repositoryARN(name string) string {
	found := ""
	for _, file := range g.names() {
		g.trees[file][0].Walk(func(n *source.Node) bool {
			if strings.HasSuffix(n.Text, ":repository/"+name) {
				found = n.Text
			}
			return true
		})
	}
	return found
}
