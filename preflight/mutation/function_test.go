package mutation_test

import (
	"strings"

	"keyless-runners/preflight/source"
)

// functions makes mutants in which one of CloudFormation's functions stands for the
// literal at a site. What most of them come to is the same.
func (g *generator) functions(of string, at site) {
	const same = "the function comes to the same text"
	text := g.text(at)
	top := site{file: at.file}
	add := func(what, function string, more ...edit) {
		put := both(append(more, at.put(value(function)))...)
		g.add("function: "+of+", "+what, at, harmless(same), put)
		g.add("function: "+of+", "+what+", in YAML's short form", at, harmless(same), both(put, inShortForm(at.file)))
	}
	quoted := string(appendString(nil, text))
	half := len(text) / 2
	add("Sub of the text", `{"Fn::Sub": `+quoted+`}`)
	add("Sub with a variable", `{"Fn::Sub": ["${Start}`+text[half:]+`", {"Start": "`+text[:half]+`"}]}`)
	add("Join", `{"Fn::Join": ["", ["`+text[:half]+`", "`+text[half:]+`"]]}`)
	add("Select", `{"Fn::Select": [1, ["other", `+quoted+`]]}`)
	add("Select as text", `{"Fn::Select": ["0", [`+quoted+`]]}`)
	add("Split", `{"Fn::Select": [1, {"Fn::Split": ["|", "other|`+text+`"]}]}`)
	add("a parameter", `{"Ref": "Text"}`, top.add("Parameters", value(`{"Text": {"Type": "String", "Default": `+quoted+`}}`)))
	add("Sub of a parameter", `{"Fn::Sub": "${Text}"}`, top.add("Parameters", value(`{"Text": {"Type": "String", "Default": `+quoted+`}}`)))
	add("FindInMap", `{"Fn::FindInMap": ["M", "a", "b"]}`, top.add("Mappings", value(`{"M": {"a": {"b": `+quoted+`}}}`)))
	add("If that holds", `{"Fn::If": ["C", `+quoted+`, "other"]}`, top.add("Conditions", value(`{"C": {"Fn::Equals": ["a", "a"]}}`)))
	add("If that does not hold", `{"Fn::If": ["C", "other", `+quoted+`]}`, top.add("Conditions", value(`{"C": {"Fn::Not": [{"Fn::Equals": ["a", "a"]}]}}`)))
	add("If of two that are the same", `{"Fn::If": ["C", `+quoted+`, `+quoted+`]}`, top.add("Conditions", value(`{"C": {"Fn::Equals": [{"Ref": "AWS::StackName"}, "a"]}}`)))
	if strings.HasPrefix(text, "arn:") {
		g.pseudo(at, text, add)
	}
	g.wrongFunctions(of, at)
}

// pseudo writes an ARN with what CloudFormation knows of the deployment, and as an
// attribute of the resource that it is of.
func (g *generator) pseudo(at site, arn string, add func(what, function string, more ...edit)) {
	parts := strings.SplitN(arn, ":", 6)
	account := "arn:${AWS::Partition}:" + parts[2] + ":" + parts[3] + ":${AWS::AccountId}:" + parts[5]
	add("Sub with the account", `{"Fn::Sub": "`+account+`"}`)
	if parts[3] != "" && g.tellsRegion(at.file) {
		add("Sub with the account and the region", `{"Fn::Sub": "`+strings.Replace(account, parts[3], "${AWS::Region}", 1)+`"}`)
		add("Join with the account and the region", `{"Fn::Join": [":", ["arn", {"Ref": "AWS::Partition"}, "ecr", {"Ref": "AWS::Region"}, {"Ref": "AWS::AccountId"}, "`+parts[5]+`"]]}`)
	}
	host, isProvider := strings.CutPrefix(parts[5], "oidc-provider/")
	repository, _ := strings.CutPrefix(parts[5], "repository/")
	for _, member := range g.get(site{file: at.file}.in("Resources")).Members {
		properties := member.Value.Get("Properties")
		switch {
		case isProvider && properties.Has("Url") && properties.Get("Url").Text == "https://"+host:
			add("GetAtt of the provider", `{"Fn::GetAtt": ["`+member.Name+`", "Arn"]}`)
			add("GetAtt of the provider as text", `{"Fn::GetAtt": "`+member.Name+`.Arn"}`)
			add("Ref of the provider", `{"Ref": "`+member.Name+`"}`)
			add("Sub with the provider", `{"Fn::Sub": "${`+member.Name+`}"}`)
		case properties.Has("RepositoryName") && properties.Get("RepositoryName").Text == repository:
			add("GetAtt of the image repository", `{"Fn::GetAtt": ["`+member.Name+`", "Arn"]}`)
			add("Sub with the image repository", `{"Fn::Sub": "${`+member.Name+`.Arn}"}`)
			add("Sub with the image repository's name", `{"Fn::Sub": "`+strings.Join(parts[:5], ":")+`:repository/${`+member.Name+`}"}`)
		}
	}
}

// tellsRegion reports whether an output of the template writes out an image repository of
// its own.
func (g *generator) tellsRegion(file string) bool {
	tells := false
	g.get(site{file: file}.in("Outputs")).Walk(func(n *source.Node) bool {
		tells = tells || strings.Contains(n.Text, ".dkr.ecr.")
		return true
	})
	return tells
}

// wrongFunctions makes mutants with a function that is not known to come to the
// text.
func (g *generator) wrongFunctions(of string, at site) {
	kind := "function: " + of + ", "
	want := by("KR002", "KR128", "KR129", "KR130", "KR131", "KR132", "KR022", "KR023", "KR030", "KR032", "KR040", "KR050", "KR054")
	top := site{file: at.file}
	for what, function := range map[string]string{
		"Ref of what is not there":    `{"Ref": "NotThere"}`,
		"GetAtt of what is not there": `{"Fn::GetAtt": ["NotThere", "Arn"]}`,
		"Sub of what is not there":    `{"Fn::Sub": "${NotThere}"}`,
		"another stack's output":      `{"Fn::ImportValue": "Exported"}`,
		"a secret":                    `{"Fn::Sub": "{{resolve:secretsmanager:name}}"}`,
		"a misspelt function":         `{"Fn::Subs": "x"}`,
		"the stack's name":            `{"Ref": "AWS::StackName"}`,
	} {
		g.add(kind+what, at, want, at.put(value(function)))
	}
	g.add(kind+"If that is not known", at, want, both(at.put(value(`{"Fn::If": ["C", `+string(appendString(nil, g.text(at)))+`, "other"]}`)),
		top.add("Conditions", value(`{"C": {"Fn::Equals": [{"Ref": "AWS::StackName"}, "a"]}}`))))
	g.add(kind+"If with the other value", at, want, both(at.put(value(`{"Fn::If": ["C", "other", `+string(appendString(nil, g.text(at)))+`]}`)),
		top.add("Conditions", value(`{"C": {"Fn::Equals": ["a", "a"]}}`))))
	g.add(kind+"a parameter with another default", at, want, both(at.put(value(`{"Ref": "Text"}`)),
		top.add("Parameters", value(`{"Text": {"Type": "String", "Default": "other"}}`))))
	g.add(kind+"a literal that was meant for Sub", at, want, at.set("${AWS::AccountId}-x"))
}
