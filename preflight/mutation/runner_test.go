package mutation_test

import (
	"strings"

	"keyless-runners/preflight/source"
)

// runner makes mutants of a RunnerDeployment.
func (g *generator) runner(at site) {
	template := at.in("spec", "template")
	spec := template.in("spec")
	g.runnerName(at.in("metadata"))
	g.podAccount(spec)
	g.labels(spec.in("labels"))
	g.skip(template)
	g.fileSystemGroup(spec)
	g.environment(spec)
	g.docker(spec)
	g.containers(spec)
	g.token(template)
	g.otherKinds(at)
	g.unimportant(at, spec)
}

func (g *generator) runnerName(metadata site) {
	name, namespace := metadata.in("name"), metadata.in("namespace")
	g.sets("runner: name", name, []variant{
		{"another", "another", harmless("the controller makes the Pods' names of it")},
		{"that Kubernetes refuses", "Runner_1", by("KR092")},
		{"too long for its Pods", strings.Repeat("x", 64), by("KR092")},
	})
	text := g.text(namespace)
	g.sets("runner: namespace", namespace, []variant{
		{"another", "another", by("KR010")},
		{"misspelt", misspelt(text), by("KR010")},
		{"default", "default", by("KR010")},
		{"a letter more", text + "s", by("KR010")},
		{"in capitals", strings.ToUpper(text), by("KR092")},
		{"empty", "", by("KR011")},
	})
	g.add("runner: namespace deleted", namespace, by("KR011"), namespace.remove())
	g.add("runner: namespace in a misspelt field", namespace, by("KR011"), namespace.rename("nameSpace"))
}

// podAccount makes mutants of the ServiceAccount that the Pods run as.
func (g *generator) podAccount(spec site) {
	account := spec.in("serviceAccountName")
	text := g.text(account)
	g.sets("Pod's ServiceAccount", account, []variant{
		{"misspelt", misspelt(text), by("KR010")},
		{"another", "another", by("KR010")},
		{"default", "default", by("KR010", "KR012")},
		{"without its last letter", text[:len(text)-1], by("KR010")},
		{"a letter more", text + "s", by("KR010")},
		{"of another case", strings.ToUpper(text), by("KR010")},
		{"with its namespace", "runners/" + text, by("KR010")},
		{"its subject", "system:serviceaccount:runners:" + text, by("KR010")},
		{"with a blank behind", text + " ", by("KR010")},
		{"empty", "", by("KR012")},
	})
	g.add("Pod's ServiceAccount: deleted", account, by("KR012"), account.remove())
	g.add("Pod's ServiceAccount: null", account, by("KR012"), account.put(&source.Node{}))
	for _, field := range []string{"serviceAccount", "serviceaccountname", "ServiceAccountName", "serviceAccountname", "service_account_name"} {
		g.add("Pod's ServiceAccount: as "+field, account, by("KR012"), account.rename(field))
	}
	above, _ := spec.above()
	top, _ := above.above()
	g.add("Pod's ServiceAccount: beside the template", account, by("KR012"), both(account.remove(), top.add("serviceAccountName", str(text))))
	g.add("Pod's ServiceAccount: beside the Pod's spec", account, by("KR012"), both(account.remove(), above.add("serviceAccountName", str(text))))
	for _, other := range g.names() {
		if g.single() || !strings.HasPrefix(other, "manifests/us/") || other == spec.file || !strings.HasPrefix(spec.file, "manifests/us/") {
			continue
		}
		for _, document := range g.trees[other] {
			if document.Get("kind").Text == "ServiceAccount" {
				g.add("Pod's ServiceAccount: of another pool", account, by("KR067"), account.set(document.Get("metadata", "name").Text))
			}
		}
	}
}

// single reports whether the fleet has one pool, which has a workflow.
func (g *generator) single() bool {
	pools := 0
	for name := range g.trees {
		if strings.HasPrefix(name, "workflows/") {
			pools++
		}
	}
	return pools == 1
}

// labels makes mutants of the labels by which jobs find the runner.
func (g *generator) labels(labels site) {
	last := labels.item(g.size(labels) - 1)
	text := g.text(last)
	g.sets("labels: one", last, []variant{
		{"misspelt", misspelt(text), by("KR060")},
		{"another", "another", by("KR060")},
		{"without its last letter", text[:len(text)-1], by("KR060")},
		{"a letter more", text + "s", by("KR060")},
		{"two in one", text + ",other", by("KR069")},
		{"with a blank in it", strings.Replace(text, "-", " ", 1), by("KR069", "KR060")},
		{"with a blank behind", text + " ", by("KR069", "KR060")},
		{"empty", "", by("KR069", "KR060")},
		{"self-hosted alone", "self-hosted", by("KR060")},
		{"in capitals", strings.ToUpper(text), harmless("labels have no case")},
	})
	g.add("labels: one deleted", last, by("KR060"), last.remove())
	g.add("labels: deleted", labels, by("KR060"), labels.remove())
	g.add("labels: an empty list", labels, by("KR060"), labels.put(list()))
	g.add("labels: misspelt field", labels, by("KR060"), labels.rename("label"))
	g.add("labels: of the object", labels, by("KR060"), labels.rename("runnerLabels"))
	g.add("labels: one more", labels, harmless("a job asks for some of a runner's labels"), labels.push(str("more")))
	g.add("labels: one twice", labels, harmless("twice is once"), labels.push(str(text)))
	g.add("labels: the runner's own", labels, harmless("the runner has it anyway"), labels.push(str("self-hosted")))
	g.add("labels: in another order", labels, harmless("they have none"), labels.change(func(n *source.Node) {
		n.Items = append([]*source.Node{str("more")}, n.Items...)
		n.Items[0], n.Items[len(n.Items)-1] = n.Items[len(n.Items)-1], n.Items[0]
	}))
	for i := range g.size(labels) - 1 {
		g.add("labels: "+g.text(labels.item(i))+" deleted", labels.item(i), harmless("the runner has it by itself"), labels.item(i).remove())
	}
	for _, other := range g.names() {
		if other == labels.file || !strings.HasPrefix(other, "manifests/") {
			continue
		}
		for _, document := range g.trees[other] {
			if theirs := document.Get("spec", "template", "spec", "labels"); theirs != nil {
				g.add("labels: another pool's too", labels, by("KR061"), labels.push(clone(theirs.Items[len(theirs.Items)-1])))
			}
		}
	}
}

// skip makes mutants of what keeps the token from the Docker sidecar.
func (g *generator) skip(template site) {
	const key = "eks.amazonaws.com/skip-containers"
	annotations := template.in("metadata", "annotations")
	at := annotations.in(key)
	g.sets("skipped containers", at, []variant{
		{"misspelt", "dokcer", by("KR082")},
		{"another", "sidecar", by("KR082")},
		{"of another case", "Docker", by("KR082")},
		{"empty", "", by("KR082")},
		{"the runner", "runner", by("KR086", "KR082")},
		{"the runner too", "docker,runner", by("KR086")},
		{"the runner too, first", "runner, docker", by("KR086")},
		{"two in one", "docker;sidecar", by("KR082")},
		{"with another", "docker,sidecar", harmless("there is no such container")},
		{"with blanks", " docker ", by("KR082")},
		{"in quotes", `"docker"`, harmless("the webhook reads a list of comma-separated values")},
	})
	g.add("skipped containers: deleted", at, by("KR082"), at.remove())
	g.add("skipped containers: without annotations", annotations, by("KR082"), annotations.remove())
	g.add("skipped containers: without metadata", template, by("KR082"), template.in("metadata").remove())
	for _, misspelt := range []string{"eks.amazonaws.com/skip-container", "eks.amazonaws.com/skipcontainers", "eks.amazonaws.com/skip_containers", "skip-containers", "eks.aws.com/skip-containers"} {
		g.add("skipped containers: as "+misspelt, at, by("KR082"), at.rename(misspelt))
	}
	above, _ := template.above()
	top, _ := above.above()
	g.add("skipped containers: of the object", annotations, by("KR082"), both(annotations.remove(), top.in("metadata").add("annotations", object(key, str("docker")))))
	for _, text := range []string{"599", "100000", "one hour"} {
		g.add("Pod's annotation: token expiration "+text, annotations, by("KR024"), annotations.add("eks.amazonaws.com/token-expiration", str(text)))
	}
	g.add("Pod's annotation: misspelt", annotations, by("KR025"), annotations.add("eks.amazonaws.com/token-expirations", str("3600")))
	g.add("Pod's annotation: token expiration 3600", annotations, harmless("it is within the bounds"), annotations.add("eks.amazonaws.com/token-expiration", str("3600")))
	g.add("Pod's annotation: of another tool", annotations, harmless("EKS does not read it"), annotations.add("example.com/x", str("z")))
}

// fileSystemGroup makes mutants of who can read the token.
func (g *generator) fileSystemGroup(spec site) {
	security := spec.in("securityContext")
	group := security.in("fsGroup")
	for _, number := range []string{"1000", "0", "121", "1002", "65534", "100", "10010"} {
		g.add("fsGroup: "+number, group, by("KR081"), group.put(value(number)))
	}
	g.add("fsGroup: deleted", group, by("KR080"), group.remove())
	g.add("fsGroup: null", group, by("KR080"), group.put(&source.Node{}))
	g.add("fsGroup: misspelt field", group, by("KR080"), group.rename("fsgroup"))
	g.add("fsGroup: of the user", group, by("KR080"), group.rename("runAsGroup"))
	g.add("fsGroup: securityContext deleted", security, by("KR080"), security.remove())
	g.add("fsGroup: securityContext misspelt field", security, by("KR080"), security.rename("podSecurityContext"))
	image := spec.in("image")
	text := g.text(image)
	g.add("fsGroup: image of Ubuntu 20.04", image, by("KR081"), image.set(strings.Replace(text, "22.04", "20.04", 1)))
	g.sets("fsGroup: image", image, []variant{
		{"of Ubuntu 24.04", strings.Replace(text, "22.04", "24.04", 1), harmless("it has the same group")},
		{"of another version", strings.Replace(text, "v2.", "v3.", 1), harmless("it has the same group")},
		{"by digest", "summerwind/actions-runner@sha256:" + strings.Repeat("0a", 32), harmless("its group is not known, and ours may be it")},
		{"of another registry", "registry.example.com/" + text, harmless("it may be the same image")},
	})
	g.add("fsGroup: securityContext with a seccomp profile", security, harmless("it does not keep the token from being read"), security.add("seccompProfile", value(`{"type": "RuntimeDefault"}`)))
}

// environment makes mutants of the runner's variables.
func (g *generator) environment(spec site) {
	env := spec.in("env")
	first := env.item(0)
	g.sets("variables: node's metadata", first.in("value"), []variant{
		{"enabled", "false", by("KR083")},
		{"as a number", "1", by("KR083")},
		{"misspelt", "ture", by("KR083")},
		{"empty", "", by("KR083")},
		{"disabled in capitals", "TRUE", harmless("SDKs take no notice of the case")},
	})
	for _, name := range []string{"AWS_EC2_METADATA_DISABLE", "EC2_METADATA_DISABLED", "aws_ec2_metadata_disabled", "AWS_EC2_METADATA_V1_DISABLED"} {
		g.add("variables: node's metadata as "+name, first, by("KR083"), first.in("name").set(name))
	}
	g.add("variables: node's metadata deleted", first, by("KR083"), first.remove())
	g.add("variables: node's metadata all variables deleted", env, by("KR083"), env.remove())
	g.add("variables: node's metadata misspelt field", env, by("KR083"), env.rename("environment"))
	g.add("variables: node's metadata of the sidecar", env, by("KR083"), env.rename("dockerEnv"))
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"} {
		g.add("variables: "+name, env, by("KR084"), env.push(value(`{"name": "`+name+`", "value": "x"}`)))
		g.add("variables: "+name+" of a Secret", env, by("KR084"), env.push(value(`{"name": "`+name+`", "valueFrom": {"secretKeyRef": {"name": "aws", "key": "x"}}}`)))
	}
	for _, name := range []string{"AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE"} {
		g.add("variables: "+name, env, by("KR085"), env.push(value(`{"name": "`+name+`", "value": "x"}`)))
	}
	g.add("variables: a key in the file", env, by("KR065"), env.push(value(`{"name": "KEY", "value": "`+accessKeyID+`"}`)))
	g.wholeObjects(spec)
	for _, name := range []string{"AWS_REGION", "AWS_STS_REGIONAL_ENDPOINTS", "DISABLE_RUNNER_UPDATE", "HTTP_PROXY", "GOFLAGS"} {
		g.add("variables: "+name, env, harmless("it is no credential"), env.push(value(`{"name": "`+name+`", "value": "x"}`)))
	}
	g.add("variables: in another order", env, harmless("they have none"), env.change(func(n *source.Node) {
		n.Items = append([]*source.Node{value(`{"name": "FIRST", "value": "x"}`)}, n.Items...)
	}))
}

// wholeObjects makes mutants of variables that are the keys of a Secret or a ConfigMap.
func (g *generator) wholeObjects(spec site) {
	namespace := g.text(site{spec.file, spec.document, []string{"metadata", "namespace"}})
	all := func(what string, want outcome, ref, kind, data string) {
		g.add("variables: all of a "+what, spec, want, both(
			spec.add("envFrom", value(`[{"`+ref+`": {"name": "aws"}}]`)),
			func(f files) {
				f[spec.file] = write(spec.file, append(parse(spec.file, f[spec.file]), value(`{"apiVersion": "v1", "kind": "`+kind+`",
					"metadata": {"name": "aws", "namespace": "`+namespace+`"}, "data": {`+data+`}}`)))
			}))
	}
	all("Secret with a key", by("KR084"), "secretRef", "Secret", `"AWS_ACCESS_KEY_ID": "eA==", "AWS_SECRET_ACCESS_KEY": "eQ=="`)
	all("ConfigMap with a key", by("KR084"), "configMapRef", "ConfigMap", `"AWS_SESSION_TOKEN": "x"`)
	all("ConfigMap with a profile", by("KR089"), "configMapRef", "ConfigMap", `"AWS_PROFILE": "x"`)
	all("Secret that is not there", by("KR088"), "secretRef", "ConfigMap", `"A": "b"`)
	all("Secret without a key", harmless("it is no key of AWS"), "secretRef", "Secret", `"NPM_TOKEN": "eA=="`)
	all("ConfigMap with a role", harmless("EKS sets its own over it"), "configMapRef", "ConfigMap", `"AWS_ROLE_ARN": "x", "AWS_REGION": "eu-west-3"`)
	for _, name := range []string{"AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"} {
		g.add("variables: "+name, spec.in("env"), by("KR089"), spec.in("env").push(value(`{"name": "`+name+`", "value": "x"}`)))
	}
	g.add("variables: a volume where AWS tools look", spec, by("KR089"), spec.add("volumeMounts", value(`[{"name": "aws", "mountPath": "/home/runner/.aws"}]`)))
	g.add("variables: the default profile", spec.in("env"), harmless("it is the one that is taken anyway"), spec.in("env").push(value(`{"name": "AWS_PROFILE", "value": "default"}`)))
}

// docker makes mutants of where builds run.
func (g *generator) docker(spec site) {
	mode := func(what, text string, want outcome) {
		g.add("container mode: "+what, spec, want, spec.add("containerMode", str(text)))
	}
	mode("kubernetes", "kubernetes", by("KR013"))
	mode("kubernetes, its rights", "kubernetes", by("KR087"))
	mode("without a volume, which is of scale sets", "kubernetes-novolume", by("KR015"))
	mode("misspelt", "kubernetse", by("KR015"))
	mode("of another case", "Kubernetes", by("KR015"))
	mode("docker", "docker", by("KR015"))
	mode("none", "", harmless("it is the default"))
	noSidecar := spec.add("dockerEnabled", value("false"))
	g.add("container mode: docker no sidecar", spec, by("KR106"), noSidecar)
	g.add("container mode: docker of another machine", spec.in("env"), harmless("the job builds there"), both(noSidecar, spec.in("env").push(value(`{"name": "DOCKER_HOST", "value": "tcp://docker:2376"}`))))
	g.add("container mode: docker of the node", spec, harmless("the job builds there"), both(noSidecar, spec.add("volumes", value(`[{"name": "docker", "hostPath": {"path": "/var/run/docker.sock"}}]`))))
	g.add("container mode: docker in one's own container", spec, by("KR082"), both(noSidecar, spec.add("sidecarContainers", value(`[{"name": "dind", "image": "docker:dind", "securityContext": {"privileged": true}}]`))))
	g.add("container mode: docker the default", spec.in("dockerEnabled"), harmless("the sidecar is there by default"), spec.in("dockerEnabled").remove())
	g.add("container mode: docker within the runner by default", spec.in("dockerdWithinRunnerContainer"), harmless("it is not, by default"), spec.in("dockerdWithinRunnerContainer").remove())
	g.add("container mode: docker within the runner", spec, by("KR082"), spec.add("dockerdWithinRunnerContainer", value("true")))
}

// containers makes mutants of the Pod's other containers.
func (g *generator) containers(spec site) {
	add := func(what, field, containers string, want outcome) {
		g.add("containers: "+what, spec, want, spec.add(field, value(containers)))
	}
	add("a privileged sidecar", "sidecarContainers", `[{"name": "dind", "image": "docker:dind", "securityContext": {"privileged": true}}]`, by("KR082"))
	add("a privileged container to begin with", "initContainers", `[{"name": "setup", "image": "busybox", "securityContext": {"privileged": true}}]`, by("KR082"))
	add("a key in the runner", "containers", `[{"name": "runner", "env": [{"name": "AWS_EC2_METADATA_DISABLED", "value": "true"}, {"name": "AWS_ACCESS_KEY_ID", "value": "x"}]}]`, by("KR084"))
	add("the runner with other variables", "containers", `[{"name": "runner", "env": [{"name": "A", "value": "b"}]}]`, by("KR083"))
	add("a sidecar", "sidecarContainers", `[{"name": "logs", "image": "logs"}]`, harmless("it is not privileged"))
	add("one to begin with", "initContainers", `[{"name": "setup", "image": "busybox"}]`, harmless("it is not privileged"))
	add("the runner by name", "containers", `[{"name": "runner", "resources": {"limits": {"memory": "1Gi"}}}]`, harmless("it has the variables of the spec"))
	add("a volume", "volumes", `[{"name": "cache", "emptyDir": {}}]`, harmless("it holds no credential"))
}

// token makes mutants of what comes into the way of the token that EKS' webhook puts into
// the Pod.
func (g *generator) token(template site) {
	const folder = "/var/run/secrets/eks.amazonaws.com/serviceaccount"
	spec := template.in("spec")
	add := func(what, volumes, mounts string, want outcome) {
		g.add("token: "+what, spec, want, both(spec.add("volumes", value(volumes)), spec.add("volumeMounts", value(mounts))))
	}
	projected := func(token string) string {
		return `[{"name": "aws-iam-token", "projected": {"sources": [{"serviceAccountToken": ` + token + `}]}}]`
	}
	const token = `{"audience": "sts.amazonaws.com", "path": "token"}`
	const cache = `[{"name": "cache", "emptyDir": {}}]`
	for _, text := range []string{"", "true", "false"} {
		g.add("token: EKS' webhook kept away by a label of value "+text, template, by("KR086"), template.in("metadata").add("labels", object("eks.amazonaws.com/skip-pod-identity-webhook", str(text))))
	}
	add("a folder by its volume's name", `[{"name": "aws-iam-token", "emptyDir": {}}]`, `[]`, by("KR086"))
	add("another audience", projected(`{"audience": "vault", "path": "token"}`), `[]`, by("KR040"))
	add("another path", projected(`{"audience": "sts.amazonaws.com", "path": "aws"}`), `[]`, by("KR086"))
	add("the Pod's own", projected(token), `[]`, harmless("it is what EKS would have put there"))
	add("elsewhere", projected(token), `[{"name": "aws-iam-token", "mountPath": "/token"}]`, by("KR086"))
	add("in its place", projected(token), `[{"name": "aws-iam-token", "mountPath": "`+folder+`"}]`, harmless("it is where EKS would have put it"))
	add("another volume at its folder", cache, `[{"name": "cache", "mountPath": "`+folder+`"}]`, by("KR019"))
	add("another volume at its folder, with a slash", cache, `[{"name": "cache", "mountPath": "`+folder+`/"}]`, by("KR128"))
	add("another volume at its file", cache, `[{"name": "cache", "mountPath": "`+folder+`/token"}]`, by("KR086"))
	add("another volume above it", cache, `[{"name": "cache", "mountPath": "/var/run/secrets"}]`, harmless("the deeper mount hides it"))
	add("a volume that is not there", `[]`, `[{"name": "cache", "mountPath": "/cache"}]`, by("KR019"))
	add("a volume twice", `[{"name": "cache", "emptyDir": {}}, {"name": "cache", "emptyDir": {}}]`, `[]`, by("KR019"))
	add("a volume by the name of the controller's", `[{"name": "var-run", "emptyDir": {}}]`, `[]`, by("KR019"))
	add("a volume for the work", `[{"name": "work", "emptyDir": {}}]`, `[{"name": "work", "mountPath": "/runner/_work"}]`, harmless("the controller takes it for its own"))
}

// otherKinds makes mutants of the kind that makes the Pods.
func (g *generator) otherKinds(at site) {
	kind := at.in("kind")
	g.add("runner: a RunnerSet", kind, by("KR014"), kind.set("RunnerSet"))
	g.add("runner: a RunnerReplicaSet", kind, harmless("a RunnerDeployment makes one"), kind.set("RunnerReplicaSet"))
	g.add("runner: template misspelt", at.in("spec", "template"), by("KR012", "KR060"), at.in("spec", "template").rename("Template"))
	g.add("runner: spec misspelt", at.in("spec"), by("KR012", "KR060"), at.in("spec").rename("Spec"))
	g.add("runner: without a template", at.in("spec", "template"), by("KR012", "KR060"), at.in("spec", "template").remove())
	g.add("runner: the Pod's spec without a template", at.in("spec", "template"), by("KR012", "KR060"), at.in("spec").change(func(n *source.Node) {
		*n = *clone(n.Get("template", "spec"))
	}))
}

// unimportant makes mutants of what the chain does not depend on.
func (g *generator) unimportant(at, spec site) {
	g.add("runner: other replicas", at.in("spec"), harmless("how many runners there are is no part of the chain"), at.in("spec").add("replicas", value("3")))
	for _, scope := range []string{"repository", "organization"} {
		if g.get(spec.in(scope)) != nil {
			another := map[string]string{"repository": "octo-org/elsewhere", "organization": "elsewhere"}[scope]
			g.add("runner: of another "+scope, spec.in(scope), harmless("no file tells in which source repository the workflow lies"), spec.in(scope).set(another))
			g.add("runner: "+scope+" that is none", spec.in(scope), by("KR018"), spec.in(scope).set("octo org"))
		}
	}
	g.add("runner: of another group", spec, harmless("the job asks for none"), spec.add("group", str("Other")))
	g.add("runner: not ephemeral", spec, harmless("it speaks of how long a runner lives"), spec.add("ephemeral", value("false")))
	g.add("runner: pulls its image if it has none", spec, harmless("it is the same image"), spec.add("imagePullPolicy", str("IfNotPresent")))
	g.add("runner: on other nodes", spec, harmless("any node of the cluster gives the token"), spec.add("nodeSelector", value(`{"kubernetes.io/arch": "amd64"}`)))
	g.add("runner: mounts the API's token", spec, harmless("it is another token"), spec.add("automountServiceAccountToken", value("true")))
	g.add("runner: with tolerations", spec, harmless("any node of the cluster gives the token"), spec.add("tolerations", value(`[{"operator": "Exists"}]`)))
}
