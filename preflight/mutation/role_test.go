package mutation_test

import (
	"strings"

	"keyless-runners/preflight/source"
)

// role makes mutants of a role.
func (g *generator) role(at site) {
	properties := at.in("Properties")
	name, path := g.text(properties.in("RoleName")), g.text(properties.in("Path"))
	g.sets("role name", properties.in("RoleName"), []variant{
		{"misspelt", misspelt(name), by("KR022")},
		{"without its last letter", name[:len(name)-1], by("KR022")},
		{"with a part more", name + "-more", by("KR022")},
		{"of another case", strings.ToUpper(name), by("KR023")},
		{"empty", "", by("KR022")},
		{"with a character that IAM refuses", name + "!", by("KR092")},
		{"too long", strings.Repeat("x", 65), by("KR092")},
		{"with the path in it", path + name, by("KR092")},
	})
	g.add("role name: left to CloudFormation", properties.in("RoleName"), by("KR022"), properties.in("RoleName").remove())
	g.add("role name: misspelt property", properties.in("RoleName"), by("KR022"), properties.in("RoleName").rename("Rolename"))
	g.add("role name: a parameter without a default", properties.in("RoleName"), by("KR022"), both(
		properties.in("RoleName").put(value(`{"Ref": "Name"}`)), site{file: at.file}.add("Parameters", value(`{"Name": {"Type": "String"}}`))))
	g.sets("role path", properties.in("Path"), []variant{
		{"another", "/other/", by("KR023")},
		{"a part more", path + "more/", by("KR023")},
		{"without the slash at its end", strings.TrimSuffix(path, "/") + "/x", by("KR092", "KR023")},
		{"without a slash", "runners", by("KR092", "KR023")},
		{"with an empty part", path + "/", by("KR092", "KR023")},
		{"of another case", strings.ToUpper(path), by("KR023")},
		{"none", "/", by("KR023")},
	})
	removed := harmless(`"/" is what IAM takes for none`)
	if path != "/" {
		removed = by("KR023")
	}
	g.add("role path: removed where it is "+shortPath(path), properties.in("Path"), removed, properties.in("Path").remove())
	g.attached(properties)
	g.boundary(properties)
	g.add("role: longest session", properties, harmless("it speaks of how long a session may last"), properties.add("MaxSessionDuration", value("3600")))
	g.trust(properties.in("AssumeRolePolicyDocument"))
	g.functions("role name", properties.in("RoleName"))
	g.functions("role path", properties.in("Path"))
}

func shortPath(path string) string {
	if path == "/" {
		return "none"
	}
	return "one"
}

// What AWS's own managed policies allow is known to the checks.
const awsPolicy = "arn:aws:iam::aws:policy/"

// attached makes mutants of the managed policies of a role.
func (g *generator) attached(properties site) {
	arns := properties.in("ManagedPolicyArns")
	first := arns.item(0)
	id := g.text(first.in("Ref"))
	add := func(what string, at site, want outcome, edit edit) {
		g.add("role's policies: "+what, at, want, edit)
	}
	add("none", arns, by("KR050"), arns.remove())
	add("an empty list", arns, by("KR050"), arns.put(list()))
	add("misspelt property", arns, by("KR050"), arns.rename("ManagedPolicyArn"))
	add("a reference to what is not there", first, by("KR132"), first.in("Ref").set(misspelt(id)))
	add("a reference to the role itself", first, by("KR132"), first.put(value(`{"Fn::GetAtt": ["`+roleID(properties)+`", "Arn"]}`)))
	add("one that is in no file", first, by("KR132"), first.set(g.accountARN(properties, "policy/elsewhere")))
	add("AWS's own that only reads", first, by("KR050"), first.set(awsPolicy+"AmazonEC2ContainerRegistryReadOnly"))
	add("AWS's own that only pulls", first, by("KR050"), first.set(awsPolicy+"AmazonEC2ContainerRegistryPullOnly"))
	add("AWS's own that pushes everywhere", first, by("KR078"), first.set(awsPolicy+"AmazonEC2ContainerRegistryPowerUser"))
	add("AWS's own that deletes", first, by("KR077"), first.set(awsPolicy+"AmazonEC2ContainerRegistryFullAccess"))
	add("AWS's own that is not known", arns, by("KR132", "KR077"), arns.push(str(awsPolicy+"AmazonS3FullAccess")))
	add("with the administrator's", arns, by("KR076"), arns.push(str(awsPolicy+"AdministratorAccess")))
	add("more than ten", arns, by("KR094"), arns.change(func(n *source.Node) {
		for range 10 {
			n.Items = append(n.Items, clone(n.Items[0]))
		}
	}))
	add("one that deletes, inline", properties, by("KR077"), properties.add("Policies", value(
		`[{"PolicyName": "more", "PolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ecr:DeleteRepository", "Resource": "*"}}}]`)))
	add("one that may do everything, inline", properties, by("KR076"), properties.add("Policies", value(
		`[{"PolicyName": "more", "PolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}}]`)))
	add("one that denies, inline", properties, by("KR050"), properties.add("Policies", value(
		`[{"PolicyName": "no", "PolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "ecr:PutImage", "Resource": "*"}}}]`)))
	add("inline, larger than IAM takes", properties, by("KR091"), properties.add("Policies", value(
		`[{"PolicyName": "large", "PolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::`+strings.Repeat("x", 11_000)+`"}}}]`)))
	add("one that denies something else, inline", properties, harmless("pushing does not need it"), properties.add("Policies", value(
		`[{"PolicyName": "no", "PolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "ecr:DeleteRepository", "Resource": "*"}}}]`)))
	add("one that only describes, inline", properties, harmless("it reads what images there are"), properties.add("Policies", value(
		`[{"PolicyName": "look", "PolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["ecr:DescribeImages", "ecr:ListImages"], "Resource": "*"}}}]`)))
	g.sameAttached(properties, arns, id)
}

// sameAttached makes mutants in which the role has the same policy otherwise.
func (g *generator) sameAttached(properties, arns site, id string) {
	policy := site{file: properties.file}.in("Resources", id)
	document := g.get(policy.in("Properties", "PolicyDocument"))
	add := func(what, why string, edit edit) {
		g.add("role's policies: "+what, arns, harmless(why), edit)
	}
	add("twice the same", "twice is once", arns.push(value(`{"Ref": "`+id+`"}`)))
	add("by GetAtt", "it is the same ARN", arns.item(0).put(value(`{"Fn::GetAtt": ["`+id+`", "PolicyArn"]}`)))
	add("by its ARN", "it is the same ARN", arns.item(0).set(g.accountARN(properties, "policy/"+g.text(policy.in("Properties", "ManagedPolicyName")))))
	if g.get(policy.in("Metadata", "keyless-runners")) != nil {
		return // the waiver of a finding in the policy goes where the policy goes
	}
	inline := &source.Node{Kind: source.Map, Members: []source.Member{{Name: "PolicyName", Value: str("push")}, {Name: "PolicyDocument", Value: document}}}
	add("inline", "a role may have it inline", both(arns.remove(), properties.add("Policies", list(clone(inline)))))
	apart := clone(inline)
	apart.Members = append(apart.Members, source.Member{Name: "Roles", Value: list(value(`{"Ref": "` + roleID(properties) + `"}`))})
	add("as its own resource", "a policy may name the role", both(arns.remove(), policy.put(&source.Node{Kind: source.Map, Members: []source.Member{
		{Name: "Type", Value: str("AWS::IAM::Policy")}, {Name: "Properties", Value: apart}}})))
	add("by the policy's own list", "a policy may name the role",
		both(arns.remove(), policy.in("Properties").add("Roles", list(value(`{"Ref": "`+roleID(properties)+`"}`)))))
	add("by the role's name", "a policy may name the role",
		both(arns.remove(), policy.in("Properties").add("Roles", list(str(g.text(properties.in("RoleName")))))))
}

// boundary makes mutants with a permissions boundary.
func (g *generator) boundary(properties site) {
	id := g.text(properties.in("ManagedPolicyArns", "0", "Ref"))
	add := func(what string, want outcome, boundary *source.Node) {
		g.add("permissions boundary: "+what, properties, want, properties.add("PermissionsBoundary", boundary))
	}
	add("that only reads", by("KR050"), str(awsPolicy+"AmazonEC2ContainerRegistryReadOnly"))
	add("that is in no file", by("KR132"), str(g.accountARN(properties, "policy/boundary")))
	add("that allows everything", harmless("it takes nothing away"), str(awsPolicy+"AdministratorAccess"))
	add("the role's own policy", harmless("it takes nothing away"), value(`{"Ref": "`+id+`"}`))
}

// roleID is the logical id of the role that has the properties.
func roleID(properties site) string {
	return properties.steps[1]
}

// accountARN is the ARN of a resource of IAM in the role's account.
func (g *generator) accountARN(properties site, resource string) string {
	provider := g.text(properties.in("AssumeRolePolicyDocument", "Statement", "0", "Principal", "Federated"))
	before, _, _ := strings.Cut(provider, "oidc-provider/")
	return before + resource
}
