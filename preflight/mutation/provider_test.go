package mutation_test

import (
	"strings"

	"keyless-runners/preflight/source"
)

// provider makes mutants of an OIDC provider.
func (g *generator) provider(at site) {
	url := at.in("Properties", "Url")
	text := g.text(url)
	host := strings.TrimPrefix(text, "https://")
	domain, id, _ := strings.Cut(host, "/id/")
	region := strings.Split(domain, ".")[2]
	g.sets("provider URL", url, []variant{
		{"not encrypted", "http://" + host, by("KR031")},
		{"without a scheme", host, by("KR031")},
		{"of another scheme", "ftp://" + host, by("KR031")},
		{"in capitals", strings.ToUpper(text), by("KR031")},
		{"with a slash behind", text + "/", by("KR031")},
		{"with a port", "https://" + domain + ":443/id/" + id, by("KR031")},
		{"its id in small letters", "https://" + domain + "/id/" + strings.ToLower(id), by("KR031", "KR030")},
		{"its id too short", text[:len(text)-1], by("KR031", "KR030")},
		{"its id too long", text + "0", by("KR031", "KR030")},
		{"its id misspelt", "https://" + domain + "/id/" + misspelt(id), by("KR030")},
		{"without its id", "https://" + domain, by("KR031", "KR030")},
		{"of another cluster", "https://" + domain + "/id/" + strings.Repeat("0A", 16), by("KR030")},
		{"of another region", strings.Replace(text, region, others[region], 1), by("KR030")},
		{"of a misspelt region", strings.Replace(text, region, misspelt(region), 1), by("KR031", "KR030")},
		{"its host misspelt", strings.Replace(text, "oidc.eks", "oidc.esk", 1), by("KR030")},
		{"its parts changed about", strings.Replace(text, "oidc.eks", "eks.oidc", 1), by("KR030")},
		{"of another domain", strings.Replace(text, "amazonaws.com", "amazonaws.org", 1), by("KR031", "KR030")},
		{"GitHub's", "https://token.actions.githubusercontent.com", by("KR030")},
		{"with a blank behind", text + " ", by("KR031", "KR030")},
		{"with a blank before", " " + text, by("KR031", "KR030")},
		{"the ARN", "arn:aws:iam::111122223333:oidc-provider/" + host, by("KR031", "KR030")},
		{"empty", "", by("KR031", "KR030")},
	})
	g.add("provider URL: deleted", url, by("KR030"), url.remove())
	g.add("provider URL: misspelt property", url, by("KR030"), url.rename("URL"))
	g.add("provider URL: unknown", url, by("KR030"), both(url.put(value(`{"Ref": "Issuer"}`)), site{file: at.file}.add("Parameters", value(`{"Issuer": {"Type": "String"}}`))))
	g.functions("provider URL", url)
	g.clientIDs(at.in("Properties", "ClientIdList"))
	g.add("provider: with a thumbprint", at, harmless("IAM does not look at it for issuers of EKS"), at.in("Properties").add("ThumbprintList", value(`["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"]`)))
	g.add("provider: another beside it", at, harmless("it is of another issuer"), site{file: at.file}.in("Resources").add("Another", value(
		`{"Type": "AWS::IAM::OIDCProvider", "Properties": {"Url": "https://token.actions.githubusercontent.com", "ClientIdList": ["sts.amazonaws.com"]}}`)))
	g.add("provider: the same with other client ids", at, by("KR034"), site{file: at.file}.in("Resources").add("Another", value(
		`{"Type": "AWS::IAM::OIDCProvider", "Properties": {"Url": "`+text+`", "ClientIdList": ["other"]}}`)))
	g.add("provider: as CDK's custom resource makes it", at, harmless("it is the same provider"), at.change(func(n *source.Node) {
		n.Member("Type").Value = str("Custom::AWSCDKOpenIdConnectProvider")
		n.Get("Properties").Member("ClientIdList").Name = "ClientIDList"
	}))
}

func (g *generator) clientIDs(at site) {
	first := at.item(0)
	text := g.text(first)
	g.sets("client id", first, []variant{
		{"of China", "sts.amazonaws.com.cn", by("KR032")},
		{"another", "other", by("KR032")},
		{"misspelt", misspelt(text), by("KR032")},
		{"in capitals", strings.ToUpper(text), by("KR032")},
		{"with a blank behind", text + " ", by("KR032")},
		{"with a blank before", " " + text, by("KR032")},
		{"with a zero-width space", "sts.amazonaws.com\u200b", by("KR032")},
		{"with the scheme", "https://" + text, by("KR032")},
		{"a wildcard", "*", by("KR032")},
		{"empty", "", by("KR032")},
	})
	g.add("client id: deleted", first, by("KR032"), first.remove())
	g.add("client id: all deleted", at, by("KR032"), at.remove())
	g.add("client id: all misspelt property", at, by("KR032"), at.rename("ClientIds"))
	g.add("client id: all with another", at, harmless("the trust policy wants the one"), at.push(str("other")))
	g.add("client id: all another before it", at, harmless("the trust policy wants the one"), at.change(func(n *source.Node) {
		n.Items = append([]*source.Node{str("other")}, n.Items...)
	}))
	g.functions("client id", first)
}

// imageRepository makes mutants of an image repository.
func (g *generator) imageRepository(at site) {
	properties := at.in("Properties")
	name := properties.in("RepositoryName")
	text := g.text(name)
	g.sets("image repository: name", name, []variant{
		{"misspelt", misspelt(text), by("KR054")},
		{"another", "another", by("KR054")},
		{"without its last letter", text[:len(text)-1], by("KR054")},
		{"a letter more", text + "s", by("KR054")},
		{"in capitals", strings.ToUpper(text), by("KR054")},
		{"with a part more", text + "/more", by("KR054")},
		{"with a folder before it", "team/" + text, by("KR054")},
		{"with a tag", text + ":latest", by("KR054")},
		{"with a blank behind", text + " ", by("KR054")},
		{"the URI", "111122223333.dkr.ecr.us-east-1.amazonaws.com/" + text, by("KR054")},
		{"empty", "", by("KR054")},
		{"that ECR refuses", "_" + text, by("KR092")},
	})
	g.add("image repository: name left to CloudFormation", name, by("KR054"), name.remove())
	g.add("image repository: name misspelt property", name, by("KR054"), name.rename("Name"))
	g.functions("image repository name", name)
	for _, tags := range []string{"MUTABLE", "MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION"} {
		g.add("image repository: tags "+strings.ToLower(tags), properties, harmless("every run pushes its own tag"), properties.add("ImageTagMutability", str(tags)))
	}
	for _, property := range []string{"EncryptionConfiguration", "ImageScanningConfiguration", "LifecyclePolicy", "ImageTagMutability"} {
		if g.get(properties.in(property)) != nil {
			g.add("image repository: without "+property, properties.in(property), harmless("pushing does not depend on it"), properties.in(property).remove())
		}
	}
	g.repositoryPolicy(properties)
}

// repositoryPolicy makes mutants of an image repository with its own policy.
func (g *generator) repositoryPolicy(properties site) {
	add := func(what string, want outcome, statement string) {
		g.add("image repository: policy "+what, properties, want,
			properties.add("RepositoryPolicyText", value(`{"Version": "2012-10-17", "Statement": [`+statement+`]}`)))
	}
	add("denies everybody", by("KR050"), `{"Effect": "Deny", "Principal": "*", "Action": "ecr:*"}`)
	add("denies everybody one action", by("KR050"), `{"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "ecr:UploadLayerPart"}`)
	add("lets everybody push", by("KR079"), `{"Effect": "Allow", "Principal": "*", "Action": ["ecr:PutImage", "ecr:InitiateLayerUpload"]}`)
	add("lets everybody do everything", by("KR079"), `{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "ecr:*"}`)
	add("with a resource", by("KR005"), `{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::999999999999:root"}, "Action": "ecr:BatchGetImage", "Resource": "*"}`)
	add("without a principal", by("KR005"), `{"Effect": "Allow", "Action": "ecr:BatchGetImage"}`)
	add("with a misspelt action", by("KR006"), `{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::999999999999:root"}, "Action": "ecr:BatchGetImages"}`)
	add("lets another account push", by("KR057"), `{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::999999999999:root"}, "Action": ["ecr:PutImage", "ecr:InitiateLayerUpload"]}`)
	add("lets another account pull", harmless("it lets nobody push"), `{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::999999999999:root"}, "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]}`)
	add("denies deleting", harmless("pushing does not need it"), `{"Effect": "Deny", "Principal": "*", "Action": "ecr:DeleteRepository"}`)
	g.add("image repository: policy none", properties, harmless("it is as if there were none"), properties.add("RepositoryPolicyText", value(`{"Ref": "AWS::NoValue"}`)))
}
