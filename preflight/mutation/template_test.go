package mutation_test

import (
	"fmt"
	"strings"

	"keyless-runners/preflight/source"
)

// Types of resources.
const (
	roleType       = "AWS::IAM::Role"
	policyType     = "AWS::IAM::ManagedPolicy"
	providerType   = "AWS::IAM::OIDCProvider"
	repositoryType = "AWS::ECR::Repository"
)

// missing is what reports that a resource of the type is not there: of a role, its
// ServiceAccount's ARN; of a policy, the reference to it.
var missing = map[string]outcome{
	roleType:       by("KR022"),
	policyType:     by("KR132"),
	providerType:   by("KR030"),
	repositoryType: by("KR054"),
}

// empty is what reports that a resource of the type says nothing.
var empty = map[string]outcome{
	roleType:       by("KR022"),
	policyType:     by("KR050"),
	providerType:   by("KR030"),
	repositoryType: by("KR054"),
}

// twice is what reports that a resource of the type is there twice: an account has
// one of each name.
var twice = map[string]outcome{
	roleType:       by("KR004"),
	policyType:     by("KR004"),
	providerType:   by("KR034"),
	repositoryType: by("KR004"),
}

// template makes mutants of a template and its resources.
func (g *generator) template(file string) {
	top := site{file: file}
	resources := top.in("Resources")
	for _, member := range g.get(resources).Members {
		at := resources.in(member.Name)
		g.resource(at)
		g.live(at)
		switch g.text(at.in("Type")) {
		case roleType:
			g.role(at)
		case policyType:
			g.policy(at)
		case providerType:
			g.provider(at)
		case repositoryType:
			g.imageRepository(at)
		}
	}
	g.whole(top)
	g.unrelated(top)
	g.outputs(top.in("Outputs"))
}

// resource makes mutants that any resource can have.
func (g *generator) resource(at site) {
	kind := g.text(at.in("Type"))
	g.add("resource: "+kind+" deleted", at, missing[kind], at.remove())
	g.add("resource: "+kind+" of a misspelt type", at, missing[kind], at.in("Type").set(misspelt(kind)))
	g.add("resource: "+kind+" of another type", at, missing[kind], at.in("Type").set("AWS::S3::Bucket"))
	g.add("resource: "+kind+" under a condition that is false", at, missing[kind], both(
		at.add("Condition", str("Never")),
		site{file: at.file}.add("Conditions", value(`{"Never": {"Fn::Equals": ["a", "b"]}}`)),
	))
	g.add("resource: "+kind+" under a condition that is not known", at, by("KR002"), both(
		at.add("Condition", str("Perhaps")),
		site{file: at.file}.add("Conditions", value(`{"Perhaps": {"Fn::Equals": [{"Ref": "AWS::StackName"}, "a"]}}`)),
	))
	g.add("resource: "+kind+" without properties", at, empty[kind], at.in("Properties").remove())
	g.add("resource: "+kind+" its properties misspelt", at, empty[kind], at.in("Properties").rename("Propertys"))
	above, name := at.above()
	g.add("resource: "+kind+" twice", at, twice[kind], above.change(func(n *source.Node) {
		n.Members = append(n.Members, source.Member{Name: name + "Again", Value: clone(n.Get(name))})
	}))

	g.add("resource: "+kind+" under a condition that is true", at, harmless("the resource is made"), both(
		at.add("Condition", str("Always")),
		site{file: at.file}.add("Conditions", value(`{"Always": {"Fn::Equals": ["a", "a"]}}`)),
	))
	g.add("resource: "+kind+" depends on another", at, harmless("the order of making resources is not their content"), at.add("DependsOn", list()))
	for _, property := range []string{"Tags", "Description"} {
		if g.get(at.in("Properties", property)) != nil {
			g.add("resource: "+kind+" without "+property, at, harmless("nobody reads it"), at.in("Properties", property).remove())
		}
	}
	for _, attribute := range []string{"DeletionPolicy", "UpdateReplacePolicy"} {
		if g.get(at.in(attribute)) != nil {
			g.add("resource: "+kind+" without "+attribute, at, harmless("it speaks of the end of the stack"), at.in(attribute).remove())
		}
	}
	g.waivers(at, kind)
}

// waivers makes mutants of what a resource's metadata lets stand.
func (g *generator) waivers(at site, kind string) {
	metadata := at.in("Metadata")
	if g.get(metadata) == nil {
		g.add("resource: "+kind+" with metadata", at, harmless("nobody reads it"), at.add("Metadata", value(`{"owner": "somebody"}`)))
		return
	}
	for _, tool := range []string{"cdk_nag", "checkov"} {
		if g.get(metadata.in(tool)) != nil {
			g.add("resource: "+kind+" without the answer to "+tool, metadata, harmless("another tool reads it"), metadata.in(tool).remove())
		}
	}
	waived := metadata.in("keyless-runners", "waive")
	if g.get(waived) == nil {
		return
	}
	for _, member := range g.get(waived).Members {
		waiver := waived.in(member.Name)
		g.add("waiver: deleted", waiver, by(member.Name), waiver.remove())
		g.add("waiver: without a reason", waiver, by(member.Name), waiver.set(""))
		g.add("waiver: of a misspelt id", waiver, by(member.Name), waiver.rename("KR999"))
		g.add("waiver: of another id", waiver, by(member.Name), waiver.rename("KR040"))
		g.add("waiver: one more, of what is not found", waived, by("KR003"), waived.add("KR092", str("a name")))
		g.add("waiver: with another reason", waiver, harmless("any reason will do"), waiver.set("because"))
	}
}

// whole makes mutants of the template as a whole.
func (g *generator) whole(top site) {
	for _, test := range []struct {
		part           string
		count          int
		content, title string
	}{
		{"Resources", 501, `{"Type": "AWS::SNS::Topic"}`, "more resources than there may be"},
		{"Outputs", 201, `{"Value": "x"}`, "more outputs than there may be"},
		{"Parameters", 201, `{"Type": "String", "Default": "x"}`, "more parameters than there may be"},
	} {
		many := &source.Node{Kind: source.Map}
		if there := g.get(top.in(test.part)); there != nil {
			many = clone(there)
		}
		for i := range test.count {
			many.Members = append(many.Members, source.Member{Name: fmt.Sprintf("More%d", i), Value: value(test.content)})
		}
		g.add("template: "+test.title, top.in(test.part), by("KR093"), top.add(test.part, many))
	}
	g.add("template: larger than CloudFormation takes", top, by("KR093"), top.add("Metadata", str(strings.Repeat("x", 1<<20))))
	g.add("template: too large for a request", top, by("KR096"), top.add("Metadata", str(strings.Repeat("x", 52_000))))
	g.add("template: a macro makes more of it", top, by("KR002"), top.add("Transform", str("Macro")))
	g.add("template: a loop makes resources", top.in("Resources"), by("KR002"),
		top.in("Resources").add("Fn::ForEach::Topics", value(`["Name", ["a", "b"], {"Topic${Name}": {"Type": "AWS::SNS::Topic"}}]`)))
	g.add("template: resources misspelt", top, by("KR022"), top.in("Resources").rename("Resource"))

	if g.get(top.in("Description")) != nil {
		g.add("template: without a description", top, harmless("nobody reads it"), top.in("Description").remove())
	}
	g.add("template: with its version", top, harmless("there is one version"), top.add("AWSTemplateFormatVersion", str("2010-09-09")))
	g.add("template: language extensions", top, harmless("they add functions alone"), top.add("Transform", str("AWS::LanguageExtensions")))
	g.add("template: with a parameter", top, harmless("nothing refers to it"), top.add("Parameters", value(`{"P": {"Type": "String", "Default": "x"}}`)))
	g.add("template: with a mapping", top, harmless("nothing refers to it"), top.add("Mappings", value(`{"M": {"a": {"b": "c"}}}`)))
	g.add("template: with a condition", top, harmless("nothing has it"), top.add("Conditions", value(`{"C": {"Fn::Equals": [{"Ref": "AWS::Region"}, "us-east-1"]}}`)))
	g.add("template: without outputs", top, harmless("nothing of the chain reads them"), top.in("Outputs").remove())
}

// unrelated makes mutants of what stands beside the chain.
func (g *generator) unrelated(top site) {
	resources := top.in("Resources")
	add := func(what string, want outcome, resource string) {
		g.add("template: beside it "+what, resources, want, resources.add("Beside", value(resource)))
	}
	add("a bucket", harmless("it is no part of the chain"), `{"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Fn::Sub": "logs-${AWS::AccountId}"}}}`)
	add("a role of a service", harmless("it may not push"), `{"Type": "AWS::IAM::Role", "Properties": {"RoleName": "function",
		"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}}}}`)
	add("a policy of nobody", harmless("no role has it"), `{"Type": "AWS::IAM::ManagedPolicy", "Properties": {"ManagedPolicyName": "nobodys",
		"PolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}}}`)
	add("another image repository", harmless("nobody pushes to it"), `{"Type": "AWS::ECR::Repository", "Properties": {"RepositoryName": "beside"}}`)
	add("a role that everybody can take and push with", by("KR073"), `{"Type": "AWS::IAM::Role", "Properties": {"RoleName": "open",
		"AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*"}},
		"Policies": [{"PolicyName": "push", "PolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ecr:PutImage", "Resource": "*"}}}]}}`)
}

// outputs makes mutants of what the template prints. CloudFormation compares it
// with nothing, but an account or a region in it that is not the template's tells
// whoever reads it wrong.
func (g *generator) outputs(outputs site) {
	for _, member := range g.get(outputs).Members {
		at := outputs.in(member.Name, "Value")
		text := g.text(at)
		g.add("output: deleted", at, harmless("nothing of the chain reads it"), outputs.in(member.Name).remove())
		switch {
		case strings.HasPrefix(text, "arn:"):
			g.arns("output ARN", at, outputOutcome)
		case strings.Contains(text, ".dkr.ecr."):
			g.uri(at, text)
		}
	}
}

func outputOutcome(part segment, what string) outcome {
	if part == arnAccount && (what == "another" || what == "misspelt") {
		return by("KR007")
	}
	return harmless("an output is printed and nothing of the chain reads it")
}

// uri makes mutants of the output that says where docker push sends images. It is
// what tells the template's region.
func (g *generator) uri(at site, text string) {
	id, rest, _ := strings.Cut(text, ".")
	host, name, _ := strings.Cut(rest, "/")
	region := strings.Split(host, ".")[2]
	g.sets("output URI", at, []variant{
		{"another account", others[id] + "." + rest, by("KR007")},
		{"misspelt account", misspelt(id) + "." + rest, by("KR007")},
		{"another region", strings.Replace(text, region, others[region], 1), by("KR007", "KR054")},
		{"another name", id + "." + host + "/" + misspelt(name), harmless("nothing of the chain reads it")},
		{"with a tag", text + ":latest", harmless("nothing of the chain reads it")},
	})
}
