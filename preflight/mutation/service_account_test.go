package mutation_test

import (
	"strings"

	"keyless-runners/preflight/source"
)

const roleAnnotation = "eks.amazonaws.com/role-arn"

// serviceAccount makes mutants of a ServiceAccount.
func (g *generator) serviceAccount(at site) {
	metadata := at.in("metadata")
	annotations := metadata.in("annotations")
	annotation := annotations.in(roleAnnotation)
	arn := g.text(annotation)
	g.arns("annotation", annotation, annotationOutcome)
	g.sets("annotation", annotation, []variant{
		{"the role's name alone", arn[strings.LastIndex(arn, "/")+1:], by("KR021")},
		{"with a blank before", " " + arn, by("KR021")},
		{"with a slash more", strings.Replace(arn, ":role/", ":role//", 1), by("KR021")},
		{"a role that is assumed", strings.NewReplacer(":iam:", ":sts:", ":role/", ":assumed-role/").Replace(arn), by("KR021")},
		{"an instance profile", strings.Replace(arn, ":role/", ":instance-profile/", 1), by("KR021")},
		{"of a placeholder", strings.Replace(arn, strings.Split(arn, ":")[4], "YOUR_ACCOUNT_ID", 1), by("KR021")},
		{"of a template", strings.Replace(arn, strings.Split(arn, ":")[4], "${ACCOUNT}", 1), by("KR151")},
		{"in quotes", `"` + arn + `"`, by("KR021")},
		{"with a zero-width space", arn + "\u200b", by("KR021")},
		{"empty", "", by("KR020", "KR021")},
	})
	for _, other := range g.names() {
		if other == at.file || !strings.HasPrefix(other, "manifests/") {
			continue
		}
		for _, document := range g.trees[other] {
			if theirs := document.Get("metadata", "annotations", roleAnnotation); theirs != nil {
				g.add("annotation: another pool's role", annotation, by("KR040"), annotation.set(theirs.Text))
			}
		}
	}
	g.add("annotation: null", annotation, by("KR020", "KR021"), annotation.put(&source.Node{}))
	g.add("annotation: a list", annotation, by("KR020", "KR021"), annotation.put(list(str(arn))))
	g.add("annotation: deleted", annotation, by("KR020"), annotation.remove())
	g.add("annotation: all deleted", annotations, by("KR020"), annotations.remove())
	g.add("annotation: written twice", annotation, by(unreadable), annotations.change(func(n *source.Node) {
		n.Members = append(n.Members, source.Member{Name: roleAnnotation, Value: str(arn)})
	}))
	g.annotationPlace(at, metadata, arn)
	g.tokenAnnotations(annotations)
	g.accountName(metadata)
	g.add("ServiceAccount: mounts the API's token", at, harmless("it is another token"), at.add("automountServiceAccountToken", value("true")))
	g.add("ServiceAccount: with pull secrets", at, harmless("they are for pulling the Pod's images"), at.add("imagePullSecrets", value(`[{"name": "x"}]`)))
}

// annotationPlace makes mutants with the role's ARN under another key or elsewhere.
func (g *generator) annotationPlace(at, metadata site, arn string) {
	annotations := metadata.in("annotations")
	annotation := annotations.in(roleAnnotation)
	for _, key := range []string{
		"eks.amazonaws.com/role_arn", "eks.amazonaws.com/rolearn", "eks.amazonaws.com/role-Arn", "eks.amazonaws.com/role", "eks.amazonaws.com/iam-role-arn",
		"eks.amazonaws.com.cn/role-arn", "eks.aws.com/role-arn", "eks.amazonaw.com/role-arn", "amazonaws.com/role-arn", "iam.amazonaws.com/role",
		"role-arn", "eks.amazonaws.com/role-arn ", "eks.amazonaws.com:role-arn", "EKS.amazonaws.com/role-arn", "eks.amazonaws.com/role-arns",
	} {
		g.add("annotation key: "+key, annotation, by("KR020"), annotation.rename(key))
	}
	for _, place := range []string{"annotation", "Annotations", "labels", "annotations:"} {
		g.add("annotation: under "+place, annotations, by("KR020"), both(annotations.remove(), metadata.add(place, object(roleAnnotation, str(arn)))))
	}
	g.add("annotation: beside the metadata", annotations, by("KR020"), both(annotations.remove(), at.add("annotations", object(roleAnnotation, str(arn)))))
}

func annotationOutcome(part segment, what string) outcome {
	switch {
	case part == arnPartition && what == "another", part == arnAccount && (what == "another" || what == "misspelt"):
		return by("KR023")
	case part == arnPath && what != "with an empty part":
		return by("KR023")
	case part == arnName && what == "in capitals":
		return by("KR023")
	case part == arnName && what == "with a part more":
		return by("KR022")
	case part == arnName && (what == "misspelt" || what == "without its last letter"):
		return by("KR022")
	}
	return by("KR021")
}

// tokenAnnotations makes mutants with the other annotations that EKS reads.
func (g *generator) tokenAnnotations(annotations site) {
	add := func(key, text string, want outcome) {
		g.add("token annotation: "+key+" "+text, annotations, want, annotations.add("eks.amazonaws.com/"+key, str(text)))
	}
	for _, text := range []string{"sts.amazonaws.com.cn", "other", "sts.amazonaws.com ", "STS.amazonaws.com", "https://sts.amazonaws.com"} {
		add("audience", text, by("KR040"))
	}
	for _, text := range []string{"599", "86401", "0", "-1", "1h", "", "3600.5", "1e3"} {
		add("token-expiration", text, by("KR024"))
	}
	for _, key := range []string{"token-expirations", "tokenexpiration", "audiance", "sts-regional-endpoint"} {
		add(key, "true", by("KR025"))
	}
	add("audience", "sts.amazonaws.com", harmless("it is the default"))
	add("token-expiration", "600", harmless("it is within the bounds"))
	add("token-expiration", "3600", harmless("it is within the bounds"))
	add("token-expiration", "86400", harmless("it is the default"))
	add("sts-regional-endpoints", "true", harmless("it is the default"))
}

// accountName makes mutants of a ServiceAccount's name and namespace.
func (g *generator) accountName(metadata site) {
	name, namespace := metadata.in("name"), metadata.in("namespace")
	for _, at := range []site{name, namespace} {
		_, what := at.above()
		text := g.text(at)
		without := by("KR010", "KR011")
		for _, v := range []variant{
			{"misspelt", misspelt(text), by("KR010")},
			{"another", "another", by("KR010")},
			{"default", "default", by("KR010")},
			{"without its last letter", text[:len(text)-1], by("KR010")},
			{"a letter more", text + "s", by("KR010")},
			{"in capitals", strings.ToUpper(text), by("KR092")},
			{"with an underscore", strings.Replace(text, "-", "_", 1) + "_", by("KR092")},
			{"with a blank behind", text + " ", by("KR092", "KR010")},
			{"empty", "", without},
		} {
			g.add("ServiceAccount: "+what+" "+v.what, at, v.want, at.set(v.text))
		}
		g.add("ServiceAccount: "+what+" deleted", at, without, at.remove())
		g.add("ServiceAccount: "+what+" null", at, without, at.put(&source.Node{}))
		g.add("ServiceAccount: "+what+" in a misspelt field", at, without, at.rename(misspelt(what)))
	}
	g.add("ServiceAccount: name changed about with the namespace", metadata, by("KR010"), both(name.set(g.text(namespace)), namespace.set(g.text(name))))
	g.add("ServiceAccount: namespace deleted, said", namespace, by("KR011"), namespace.remove())
}
