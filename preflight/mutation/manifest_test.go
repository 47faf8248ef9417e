package mutation_test

import (
	"strings"

	"keyless-runners/preflight/source"
)

// manifest makes mutants of a file of Kubernetes objects.
func (g *generator) manifest(file string) {
	documents := g.trees[file]
	for i, document := range documents {
		at := site{file: file, document: i}
		switch document.Get("kind").Text {
		case "Namespace":
			g.namespace(at)
		case "ServiceAccount":
			g.serviceAccount(at)
		case "RunnerDeployment":
			g.runner(at)
		case "HorizontalRunnerAutoscaler":
			g.autoscaler(at)
		}
		g.kubernetesObject(at)
	}
	if namespace := documents[0].Get("metadata", "namespace"); namespace != nil {
		g.besideObjects(file, namespace.Text)
	}
}

// absent is what reports that an object of the kind is not there.
func (g *generator) absent(kind string) outcome {
	switch {
	case kind == "Namespace":
		return harmless("it may be there already")
	case kind == "ServiceAccount":
		return by("KR010")
	case kind == "RunnerDeployment" && g.single():
		return by("KR001")
	case kind == "RunnerDeployment":
		return by("KR060")
	}
	return harmless("how many runners there are is no part of the chain")
}

// kubernetesObject makes mutants that any object can have.
func (g *generator) kubernetesObject(at site) {
	kind := g.text(at.in("kind"))
	gone := g.absent(kind)
	add := func(what string, at site, want outcome, edit edit) {
		g.add("object: "+kind+" "+what, at, want, edit)
	}
	add("deleted", at, gone, at.deleteDocument())
	misnamed := gone
	if kind == "HorizontalRunnerAutoscaler" {
		misnamed = by("KR200")
	}
	add("of a misspelt kind", at, misnamed, at.in("kind").set(misspelt(kind)))
	add("of another kind", at, gone, at.in("kind").set("ConfigMap"))
	add("kind in small letters", at, misnamed, at.in("kind").set(strings.ToLower(kind)))
	if gone.ids != nil {
		add("of another group", at, gone, at.in("apiVersion").set("example.com/v1"))
		add("twice with other content", at, by("KR004"), at.duplicate(func(n *source.Node) {
			n.Get("metadata").Members = append(n.Get("metadata").Members, source.Member{Name: "labels-more", Value: str("x")})
		}))
	}
	add("twice the same", at, harmless("applying it twice is applying it once"), at.duplicate(func(*source.Node) {}))
	unread := harmless("nothing in the chain reads it")
	add("label removed", at, unread, at.in("metadata", "labels", "app.kubernetes.io/managed-by").remove())
	add("label added", at, unread, at.in("metadata", "labels").add("team", str("x")))
	add("annotation added", at, unread, at.change(func(n *source.Node) {
		metadata := n.Member("metadata").Value
		if metadata.Member("annotations") == nil {
			metadata.Members = append(metadata.Members, source.Member{Name: "annotations", Value: &source.Node{Kind: source.Map}})
		}
		annotations := metadata.Get("annotations")
		annotations.Members = append(annotations.Members, source.Member{Name: "example.com/owner", Value: str("x")})
	}))
	add("with what was applied before", at, harmless("kubectl writes it"), at.applied())
	add("with a status", at, harmless("the API server writes it"), at.add("status", value(`{"phase": "x"}`)))
	add("as the API server shows it", at, harmless("it writes these members itself"), at.change(func(n *source.Node) {
		metadata := n.Get("metadata")
		for name, text := range map[string]string{"uid": "0f8e", "resourceVersion": "1234", "creationTimestamp": "2026-01-01T00:00:00Z"} {
			metadata.Members = append(metadata.Members, source.Member{Name: name, Value: str(text)})
		}
	}))
}

// applied gives the object the annotation in which kubectl keeps what it applied.
func (s site) applied() edit {
	return s.in("metadata").change(func(n *source.Node) {
		if n.Member("annotations") == nil {
			n.Members = append(n.Members, source.Member{Name: "annotations", Value: &source.Node{Kind: source.Map}})
		}
		annotations := n.Get("annotations")
		annotations.Members = append(annotations.Members, source.Member{Name: "kubectl.kubernetes.io/last-applied-configuration",
			Value: str(`{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"annotations":{"eks.amazonaws.com/role-arn":"x"}}}`)})
	})
}

// deleteDocument takes the document out of its file, and the file with the last.
func (s site) deleteDocument() edit {
	return func(f files) {
		documents := parse(s.file, f[s.file])
		if len(documents) == 1 {
			delete(f, s.file)
			return
		}
		kept := append(append([]*source.Node{}, documents[:s.document]...), documents[s.document+1:]...)
		f[s.file] = write(s.file, kept)
	}
}

// duplicate adds the document once more, changed.
func (s site) duplicate(change func(*source.Node)) edit {
	return s.again(s.file, change)
}

// again adds the document to a file, which may be new, changed.
func (s site) again(file string, change func(*source.Node)) edit {
	return func(f files) {
		more := clone(parse(s.file, f[s.file])[s.document])
		change(more)
		var documents []*source.Node
		if f[file] != "" {
			documents = parse(file, f[file])
		}
		f[file] = write(file, append(documents, more))
	}
}

func (g *generator) namespace(at site) {
	name := at.in("metadata", "name")
	g.sets("object: Namespace", name, []variant{
		{"another name", "another", harmless("ours may be there already")},
		{"a name that Kubernetes refuses", "Runners_1", by("KR092")},
		{"a name that is too long", strings.Repeat("x", 64), by("KR092")},
	})
	for _, file := range []string{at.file, "manifests/" + strings.Split(at.file, "/")[1] + "/zz-again.k8s.yaml"} {
		g.add("object: Namespace twice with another label", at, by("KR004"), at.again(file, func(n *source.Node) {
			labels := n.Get("metadata", "labels")
			labels.Members = append(labels.Members, source.Member{Name: "team", Value: str("x")})
		}))
	}
}

func (g *generator) autoscaler(at site) {
	const why = "how many runners there are is no part of the chain"
	spec := at.in("spec")
	g.add("object: HorizontalRunnerAutoscaler other bounds", spec, harmless(why), both(spec.in("minReplicas").put(value("1")), spec.in("maxReplicas").put(value("2"))))
	g.add("object: HorizontalRunnerAutoscaler without metrics", spec, harmless(why), spec.in("metrics").remove())
}

// besideObjects makes mutants of what stands beside the chain.
func (g *generator) besideObjects(file, namespace string) {
	at := site{file: file}
	add := func(what string, want outcome, object string) {
		g.add("object: beside the chain "+what, at, want, func(f files) {
			object := strings.ReplaceAll(object, "NAMESPACE", namespace)
			f[file] = write(file, append(parse(file, f[file]), value(object)))
		})
	}
	const pod = `"spec": {"containers": [{"name": "app", "image": "app"}]}`
	add("a Deployment", harmless("its Pods have no role"), `{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "NAMESPACE"}, "spec": {"template": {`+pod+`}}}`)
	add("a ServiceAccount without a role", harmless("nobody has it"), `{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "plain", "namespace": "NAMESPACE"}}`)
	add("a ConfigMap", harmless("it is no part of the chain"), `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "plain", "namespace": "NAMESPACE"}, "data": {"a": "b"}}`)
	add("an object of a kind that nobody knows", harmless("it is no part of the chain"), `{"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": "plain", "namespace": "NAMESPACE"}}`)
	add("a Secret with a key", by("KR065"), `{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "aws", "namespace": "NAMESPACE"}, "stringData": {"AWS_ACCESS_KEY_ID": "`+accessKeyID+`"}}`)
	add("a Secret with a secret key", by("KR065"), `{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "aws", "namespace": "NAMESPACE"}, "stringData": {"AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMIK7MDENGbPxRfiCYzz0123456789"}}`)
	add("a ServiceAccount whose role there is not", harmless("no runner has it"), `{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "other", "namespace": "NAMESPACE", "annotations": {"eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/not-there"}}}`)
	add("a name that Kubernetes refuses", by("KR092"), `{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "Not_A_Name", "namespace": "NAMESPACE"}}`)
	add("a runner without a ServiceAccount", by("KR016"), `{"apiVersion": "actions.summerwind.dev/v1alpha1", "kind": "RunnerDeployment", "metadata": {"name": "plain", "namespace": "NAMESPACE"}, "spec": {"template": {"spec": {"repository": "octo-org/plain", "labels": ["plain"]}}}}`)
	add("a waiver of what is not found", by("KR003"), `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "plain", "namespace": "NAMESPACE", "annotations": {"keyless-runners/waive.KR082": "because"}}}`)
}
