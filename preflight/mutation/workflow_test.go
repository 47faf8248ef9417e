package mutation_test

import (
	"strings"

	"keyless-runners/preflight/source"
)

// workflow makes mutants of a workflow.
func (g *generator) workflow(file string) {
	top := site{file: file}
	job := top.in("jobs", "push")
	g.runsOn(job.in("runs-on"))
	g.workflowEnv(top.in("env"))
	g.inputs(top)
	g.steps(job.in("steps"))
	g.storedKeys(top, job)
	g.container(job)
	g.trivia(top, job)
}

// runsOn makes mutants of the labels that the job asks for.
func (g *generator) runsOn(at site) {
	last := at.item(g.size(at) - 1)
	text := g.text(last)
	g.sets("runs-on", last, []variant{
		{"misspelt", misspelt(text), by("KR060")},
		{"another", "another", by("KR060")},
		{"a letter more", text + "s", by("KR060")},
		{"without its last letter", text[:len(text)-1], by("KR060")},
		{"GitHub's own", "ubuntu-latest", by("KR060")},
		{"unknown", "${{ vars.LABEL }}", by("KR133")},
		{"of another case", strings.ToUpper(text), harmless("labels have no case")},
		{"by an expression", "${{ 'LABEL' }}", by("KR060")},
		{"by an expression that is the same", "${{ '" + text + "' }}", harmless("the expression comes to the same")},
	})
	g.add("runs-on: GitHub's own alone", at, by("KR060"), at.set("ubuntu-latest"))
	g.add("runs-on: one more that no runner has", at, by("KR060"), at.push(str("gpu")))
	g.add("runs-on: deleted", at, by("KR060"), at.remove())
	g.add("runs-on: misspelt", at, by("KR060"), at.rename("runs_on"))
	g.add("runs-on: an empty list", at, by("KR060"), at.put(list()))
	g.add("runs-on: unknown alone", at, by("KR133"), at.set("${{ vars.LABELS }}"))
	if g.single() {
		g.add("runs-on: self-hosted alone, of one pool", at, harmless("there are no other runners"), at.set("self-hosted"))
	} else {
		g.add("runs-on: self-hosted alone, of many pools", at, by("KR061"), at.set("self-hosted"))
		g.add("runs-on: its last label deleted", last, by("KR061"), last.remove())
		for _, other := range g.names() {
			if strings.HasPrefix(other, "workflows/") && other != at.file {
				theirs := g.trees[other][0].Get("jobs", "push", "runs-on")
				g.add("runs-on: of another pool", last, by("KR067"), last.put(clone(theirs.Items[len(theirs.Items)-1])))
			}
		}
	}
	g.sameRunsOn(at, text)
}

// sameRunsOn makes mutants that ask for the same runners, or for one more.
func (g *generator) sameRunsOn(at site, text string) {
	g.add("runs-on: the pool's label alone", at, harmless("self-hosted is implied"), at.set(text))
	g.add("runs-on: of JSON", at, harmless("the expression comes to the same"), at.set(`${{ fromJSON('["self-hosted", "`+text+`"]') }}`))
	above, _ := at.above()
	g.add("runs-on: of a matrix", at, harmless("the expression comes to the same"), both(
		at.set("${{ matrix.runner }}"), above.add("strategy", value(`{"matrix": {"runner": ["`+text+`"]}}`))))
	g.add("runs-on: of a matrix with another", at, by("KR060"), both(
		at.set("${{ matrix.runner }}"), above.add("strategy", value(`{"matrix": {"runner": ["`+text+`", "another"]}}`))))
	g.add("runs-on: as labels of an object", at, harmless("it asks for the same"), at.change(func(n *source.Node) { *n = *object("labels", clone(n)) }))
	g.add("runs-on: in another order", at, harmless("they have none"), at.change(func(n *source.Node) {
		n.Items[0], n.Items[len(n.Items)-1] = n.Items[len(n.Items)-1], n.Items[0]
	}))
	g.add("runs-on: with x64 and linux", at, harmless("the runner has them by itself"), at.change(func(n *source.Node) {
		n.Items = append(n.Items, str("x64"), str("Linux"))
	}))
}

// workflowEnv makes mutants of where the workflow says that it pushes.
func (g *generator) workflowEnv(env site) {
	region, registry, repository := env.in("AWS_REGION"), env.in("ECR_REGISTRY"), env.in("ECR_REPOSITORY")
	code := g.text(region)
	g.sets("region", region, []variant{
		{"another", others[code], by("KR062")},
		{"misspelt", misspelt(code), by("KR062", "KR095")},
		{"with a zone", code + "a", by("KR095")},
		{"in capitals", strings.ToUpper(code), by("KR095", "KR062")},
		{"of another partition", "eu-isoe-west-1", by("KR062", "KR095")},
	})
	without, clusters := harmless("the cluster's region is the same"), "the cluster's is the same"
	if !g.regionIsClusters(code, env.file) {
		without, clusters = by("KR062"), "the cluster's is another"
	}
	g.add("region: deleted, "+clusters, region, without, region.remove())
	g.add("region: by a variable that the login does not read, "+clusters, region, without, region.rename("AWS_DEFAULT_REGION"))
	g.registry(registry, code)
	g.sets("workflow's image repository", repository, []variant{
		{"another", "another", by("KR050", "KR054")},
		{"that ECR refuses", "My_App", by("KR092")},
		{"empty", "", by("KR058", "KR063", "KR092", "KR050")},
		{"unknown", "${{ vars.NAME }}", by("KR063")},
		{"of the source repository", "${{ github.event.repository.name }}", by("KR063")},
		{"of the branch", "${{ github.ref_name }}", by("KR063")},
		{"of an input that there is not", "${{ inputs.name }}", by("KR063", "KR092", "KR050")},
		{"without another", "${{ inputs.image-repository }}", by("KR058", "KR063", "KR092", "KR050")},
		{"with another for none", "${{ inputs.image-repository || 'another' }}", by("KR050", "KR054")},
	})
	g.add("workflow's image repository: deleted", repository, by("KR063", "KR092", "KR050"), repository.remove())
	tag := env.in("IMAGE_TAG")
	g.sets("tag", tag, []variant{
		{"fixed" + g.mutability(env.file), "latest", g.fixedTag(env.file)},
		{"a version" + g.mutability(env.file), "v1", g.fixedTag(env.file)},
		{"of the run", "${{ github.run_id }}", harmless("every run has another")},
		{"of the commit, with a word", "build-${{ github.sha }}", harmless("every commit has another")},
	})
}

// registry makes mutants of the registry that the workflow pushes to, which is in
// the region.
func (g *generator) registry(registry site, code string) {
	host := g.text(registry)
	id, rest, _ := strings.Cut(host, ".")
	g.sets("registry", registry, []variant{
		{"of another account", others[id] + "." + rest, by("KR050", "KR062")},
		{"account misspelt", misspelt(id) + "." + rest, by("KR050", "KR062")},
		{"account too short", host[1:], by("KR062")},
		{"of another region", strings.Replace(host, code, others[code], 1), by("KR062")},
		{"of a misspelt region", strings.Replace(host, code, misspelt(code), 1), by("KR062")},
		{"of another domain", strings.Replace(host, "amazonaws.com", "amazonaws.org", 1), by("KR062")},
		{"its parts changed about", strings.Replace(host, "dkr.ecr", "ecr.dkr", 1), by("KR058", "KR062", "KR063")},
		{"with a scheme", "https://" + host, by("KR058", "KR062", "KR063")},
		{"with a slash behind", host + "/", by("KR050", "KR062", "KR063", "KR092")},
		{"with a part of the name", host + "/team", by("KR050")},
		{"unknown", "${{ vars.REGISTRY }}", by("KR063")},
		{"of a secret", "${{ secrets.REGISTRY }}", by("KR063")},
		{"empty", "", by("KR058", "KR062", "KR063")},
		{"by an expression", "${{ '" + host + "' }}", harmless("the expression comes to the same")},
		{"by format", "${{ format('" + id + ".{0}', '" + rest + "') }}", harmless("the expression comes to the same")},
		{"with the region", strings.Replace(host, code, "${{ 'REGION' }}", 1), by("KR062")},
		{"with the same region", strings.Replace(host, code, "${{ '"+code+"' }}", 1), harmless("the expression comes to the same")},
	})
	g.add("registry: deleted", registry, by("KR062", "KR063"), registry.remove())
	g.add("registry: misspelt variable", registry, by("KR062", "KR063"), registry.rename("ECR_REGISTRIES"))
}

// regionIsClusters reports whether the role that the workflow wants trusts an issuer of
// the region: EKS puts the cluster's region into the Pod.
func (g *generator) regionIsClusters(code, file string) bool {
	arn := g.text(site{file: file}.in("jobs", "push", "steps", "0", "env", "WANT_ROLE_ARN"))
	is := false
	for _, name := range g.names() {
		resources := g.trees[name][0].Get("Resources")
		if resources == nil {
			continue
		}
		for _, member := range resources.Members {
			role := member.Value.Get("Properties", "RoleName")
			if role.Scalar() && strings.HasSuffix(arn, "/"+role.Text) {
				member.Value.Walk(func(n *source.Node) bool {
					is = is || strings.Contains(n.Text, "oidc-provider/oidc.eks."+code+".")
					return true
				})
			}
		}
	}
	return is
}

// fixedTag is what reports a tag that every run pushes: of an image repository of
// which no file tells whether a tag can be pushed twice, nothing can.
func (g *generator) fixedTag(file string) outcome {
	if g.mutability(file) == "" {
		return by("KR068")
	}
	return harmless("whether a tag can be pushed twice is in no file")
}

func (g *generator) mutability(file string) string {
	pushed := g.text(site{file: file}.in("on", "workflow_call", "inputs", "image-repository", "default"))
	for _, name := range g.names() {
		resources := g.trees[name][0].Get("Resources")
		if resources == nil {
			continue
		}
		for _, member := range resources.Members {
			if named := member.Value.Get("Properties", "RepositoryName"); named.Scalar() && named.Text == pushed {
				return ""
			}
		}
	}
	return ", of an image repository that is elsewhere"
}

// inputs makes mutants of what the workflow may be given.
func (g *generator) inputs(top site) {
	g.choice(top.in("on", "workflow_dispatch"))
	called := top.in("on", "workflow_call", "inputs", "image-repository", "default")
	g.add("default: another", called, by("KR050"), called.set("another"))
	g.add("default: misspelt", called, by("KR050"), called.set(misspelt(g.text(called))))
	g.add("default: that ECR refuses", called, by("KR092"), called.set("My_App"))
	for _, event := range []string{"workflow_dispatch", "push"} {
		g.add("trigger: without "+event, top.in("on", event), harmless("what is left pushes to the same"), top.in("on", event).remove())
	}
	g.add("trigger: without workflow_call", top.in("on", "workflow_call"), harmless("an input that nothing declares gives way to what stands behind ||"), top.in("on", "workflow_call").remove())
	g.add("trigger: also on a schedule", top.in("on"), harmless("it pushes to the same"), top.in("on").add("schedule", value(`[{"cron": "0 3 * * *"}]`)))
}

// choice makes mutants of where a person may have the workflow push.
func (g *generator) choice(dispatch site) {
	repository := dispatch.in("inputs", "image-repository")
	if g.get(repository) == nil {
		one := func(name string) *source.Node {
			return value(`{"inputs": {"image-repository": {"type": "choice", "options": ["` + name + `"]}}}`)
		}
		above, _ := dispatch.above()
		mine := g.text(above.in("workflow_call", "inputs", "image-repository", "default"))
		g.add("choice: added", dispatch, harmless("it is where the workflow pushes without it"), dispatch.put(one(mine)))
		g.add("choice: added, misspelt", dispatch, by("KR050"), dispatch.put(one(misspelt(mine))))
		return
	}
	options := repository.in("options")
	g.add("choice: one more", options, by("KR050"), options.push(str("another")))
	g.add("choice: one misspelt", options.item(0), by("KR050"), options.item(0).set(misspelt(g.text(options.item(0)))))
	g.add("choice: one that ECR refuses", options, by("KR092"), options.push(str("My_App")))
	g.add("choice: free text", options, harmless("the default is the one that is proved"), both(repository.in("type").set("string"), options.remove()))
	g.add("choice: deleted", repository, harmless("the default is the one that is proved"), repository.remove())
}

// steps makes mutants of the job's steps.
func (g *generator) steps(steps site) {
	for i := range g.size(steps) {
		step := steps.item(i)
		uses := g.text(step.in("uses"))
		switch {
		case g.get(step.in("env", "WANT_ROLE_ARN")) != nil:
			g.wantedRole(step.in("env", "WANT_ROLE_ARN"))
			g.add("step: the check of the role deleted", step, harmless("it checks what is proved here"), step.remove())
		case strings.Contains(uses, "amazon-ecr-login"):
			g.ecrLogin(step)
		case strings.Contains(uses, "checkout"):
			g.add("step: the checkout deleted", step, harmless("what is built is no part of the chain"), step.remove())
			g.add("step: the checkout of another version", step.in("uses"), harmless("what is built is no part of the chain"), step.in("uses").set("actions/checkout@v6"))
		case g.text(step.in("id")) == "push":
			g.pushStep(step)
		}
	}
}

func (g *generator) wantedRole(at site) {
	arn := g.text(at)
	g.arns("wanted role", at, func(segment, string) outcome { return by("KR067") })
	g.sets("wanted role", at, []variant{
		{"another", arn[:strings.LastIndex(arn, "/")+1] + "another", by("KR067")},
		{"unknown", "${{ vars.ROLE }}", harmless("the step checks it when the job runs")},
	})
	g.add("wanted role: deleted", at, harmless("the step checks it when the job runs"), at.remove())
}

func (g *generator) ecrLogin(step site) {
	registries := step.in("with", "registries")
	id := g.text(registries)
	g.sets("login step: registries", registries, []variant{
		{"another account", others[id], by("KR062")},
		{"misspelt account", misspelt(id), by("KR062")},
		{"two", id + "," + others[id], harmless("ours is one of them")},
	})
	g.add("login step: registries deleted", registries, harmless("the default is the role's account"), registries.remove())
	g.add("login step: step deleted", step, by("KR056"), step.remove())
	g.add("login step: to the public registry", step.in("with"), by("KR056", "KR062"), step.in("with").add("registry-type", str("public")))
	g.add("login step: of another version", step.in("uses"), harmless("it logs in the same way"), step.in("uses").set("aws-actions/amazon-ecr-login@v2"))
	above, _ := step.above()
	g.add("login step: its output is the registry", step, harmless("it logs in to the role's account in the region"), both(
		step.add("id", str("login")), above.change(func(n *source.Node) {
			push := n.Items[len(n.Items)-1]
			push.Members = append(push.Members, source.Member{Name: "env", Value: value(`{"ECR_REGISTRY": "${{ steps.login.outputs.registry }}"}`)})
		})))
	g.add("login step: its output under another id", step, by("KR063"), both(
		step.add("id", str("login")), above.change(func(n *source.Node) {
			push := n.Items[len(n.Items)-1]
			push.Members = append(push.Members, source.Member{Name: "env", Value: value(`{"ECR_REGISTRY": "${{ steps.logon.outputs.registry }}"}`)})
		})))
	g.loginByScript(step)
	g.loginByAction(step)
	g.loginInOrder(step)
}

// loginByScript makes mutants in which a script logs in.
func (g *generator) loginByScript(step site) {
	code := g.text(site{file: step.file}.in("env", "AWS_REGION"))
	script := func(what string, want outcome, run string) {
		g.add("login step: by a script"+what, step, want, step.change(func(n *source.Node) {
			n.Members = []source.Member{{Name: "run", Value: str("pip install awscli\n" + run)}}
		}))
	}
	const in = ` | docker login --username AWS --password-stdin "$ECR_REGISTRY"`
	script("", harmless("it logs in the same way"), "aws ecr get-login-password"+in)
	script(" in the region", harmless("it logs in the same way"), "aws ecr get-login-password --region "+code+in)
	script(" by a variable", harmless("it logs in the same way"), "password=$(aws ecr get-login-password)\necho \"$password\""+in)
	script(" by $( )", harmless("it logs in the same way"), `docker login -u AWS -p "$(aws ecr get-login-password)" "$ECR_REGISTRY"`)
	script(" as long ago", harmless("it logs in the same way"), "eval $(aws ecr get-login --no-include-email)")
	script(" in another region", by("KR101"), "aws ecr get-login-password --region eu-west-3"+in)
	script(" with another region's variable", by("KR101"), "AWS_REGION=eu-west-3 aws ecr get-login-password"+in)
	script(" of another region", by("KR062"), `aws ecr get-login-password --region eu-west-3 | docker login -u AWS --password-stdin 111122223333.dkr.ecr.eu-west-3.amazonaws.com`)
	script(" to Docker Hub", by("KR056"), `aws ecr get-login-password | docker login -u AWS --password-stdin`)
	script(" without a password of AWS", by("KR103"), `echo "$PASSWORD"`+in)
	script(" that only asks", by("KR056"), `aws ecr get-login-password > password`)
	script(" in an unknown region", by("KR103"), `aws ecr get-login-password --region "${{ vars.REGION }}"`+in)
}

// loginByAction makes mutants in which another action logs in.
func (g *generator) loginByAction(step site) {
	action := func(what string, want outcome, with string) {
		g.add("login step: by an action"+what, step, want, step.change(func(n *source.Node) {
			n.Members = value(`{"uses": "docker/login-action@v3", "with": {"registry": "${{ env.ECR_REGISTRY }}"` + with + `}}`).Members
		}))
	}
	action("", harmless("it logs in with the role"), "")
	action(" with a name", by("KR108"), `, "username": "AWS", "password": "${{ steps.p.outputs.password }}"`)
	action(" with a password of nobody knows where", by("KR103"), `, "username": "AWS", "password": "${{ steps.p.outputs.password }}", "ecr": false`)
	g.add("login step: by an action of the source repository", step, by("KR056"), step.change(func(n *source.Node) {
		n.Members = value(`{"uses": "./.github/actions/login"}`).Members
	}))
}

// loginInOrder makes mutants of when the job logs in.
func (g *generator) loginInOrder(step site) {
	above, _ := step.above()
	g.add("login step: behind the push", step, by("KR100"), above.change(func(n *source.Node) {
		last := len(n.Items) - 1
		n.Items[last-1], n.Items[last] = n.Items[last], n.Items[last-1]
	}))
	g.add("login step: first of all", step, harmless("it holds for all that comes"), above.change(func(n *source.Node) {
		last := len(n.Items) - 1
		n.Items = append([]*source.Node{n.Items[last-1]}, append(n.Items[:last-1:last-1], n.Items[last])...)
	}))
	g.add("login step: logged out behind it", step, by("KR100"), above.change(func(n *source.Node) {
		last := len(n.Items) - 1
		n.Items = append(n.Items[:last:last], value(`{"run": "docker logout \"$ECR_REGISTRY\""}`), n.Items[last])
	}))
	g.add("login step: on a condition", step, by("KR102"), step.add("if", str("github.ref == 'refs/heads/main'")))
	g.add("login step: on a condition of the run", step, by("KR102"), step.add("if", str("vars.ANY == 'true'")))
	g.add("login step: never", step, by("KR056"), step.add("if", str("false")))
	g.add("login step: if all goes well", step, harmless("it is the default"), step.add("if", str("success()")))
	g.add("login step: on the push's condition", step, harmless("both are in the same runs"), above.change(func(n *source.Node) {
		for _, item := range n.Items[len(n.Items)-2:] {
			item.Members = append(item.Members, source.Member{Name: "if", Value: str("github.ref == 'refs/heads/main'")})
		}
	}))
	g.add("login step: in another region", step, by("KR062"), step.add("env", object("AWS_REGION", str("eu-west-3"))))
	g.add("login step: in an unknown region", step, by("KR103"), step.add("env", object("AWS_REGION", str("${{ vars.REGION }}"))))
}

// accessKeyID looks like one and is none; in one piece it would be found here too.
const accessKeyID = "AKIA" + "QWERTYUIOPASDFGH"

func (g *generator) pushStep(step site) {
	run := step.in("run")
	text := g.text(run)
	set := func(what string, want outcome, replaced ...string) {
		g.add("push step: "+what, run, want, run.set(strings.NewReplacer(replaced...).Replace(text)))
	}
	const image = "$ECR_REGISTRY/$ECR_REPOSITORY:$IMAGE_TAG"
	set("to another image repository", by("KR050"), image, "$ECR_REGISTRY/another:$IMAGE_TAG")
	set("to another folder", by("KR050"), image, "$ECR_REGISTRY/team/$ECR_REPOSITORY:$IMAGE_TAG")
	set("to another account", by("KR050", "KR062"), image, "444455556666.dkr.ecr.us-east-1.amazonaws.com/$ECR_REPOSITORY:$IMAGE_TAG", "x", "x")
	set("with a fixed tag"+g.mutability(step.file), g.fixedTag(step.file), image, "$ECR_REGISTRY/$ECR_REPOSITORY:latest")
	set("without a tag"+g.mutability(step.file), g.fixedTag(step.file), image, "$ECR_REGISTRY/$ECR_REPOSITORY")
	set("of a misspelt variable", by("KR063"), image, "$ECR_REGISTRY/$ECR_REPO:$IMAGE_TAG")
	set("of a misspelt registry", by("KR063", "KR062"), image, "$ECR_REGSITRY/$ECR_REPOSITORY:$IMAGE_TAG")
	set("of what a command prints", by("KR063"), image, "$ECR_REGISTRY/$(cat name):$IMAGE_TAG")
	joined := "without a slash"
	if strings.Contains(g.text(site{file: step.file}.in("on", "workflow_call", "inputs", "image-repository", "default")), "/") {
		joined = "with one slash less"
	}
	set(joined, by("KR190", "KR063", "KR050", "KR062"), image, "$ECR_REGISTRY$ECR_REPOSITORY:$IMAGE_TAG")
	set("one more, elsewhere", by("KR050"), `docker push "$image"`, "docker push \"$image\"\ndocker push \"$ECR_REGISTRY/another:$IMAGE_TAG\"")
	set("a key in the script", by("KR065"), `docker push "$image"`, "export KEY="+accessKeyID+"\ndocker push \"$image\"")
	set("a stored key in the script", by("KR064"), `docker push "$image"`, "export AWS_ACCESS_KEY_ID=${{ secrets.KEY }}\ndocker push \"$image\"")
	set("a cache elsewhere", by("KR050"), `docker push "$image"`, "docker buildx build --push --tag \"$image\" --cache-to type=registry,ref=\"$ECR_REGISTRY/cache:x\" .")
	set("to Docker Hub too", harmless("it is no image repository of ECR"), `docker push "$image"`, "docker push \"$image\"\ndocker tag \"$image\" docker.io/octo-org/app:latest\ndocker push docker.io/octo-org/app:latest")
	set("with braces", harmless("the shell takes both for the same"), image, "${ECR_REGISTRY}/${ECR_REPOSITORY}:${IMAGE_TAG}")
	set("of the image's name", harmless("it is the same image"), `docker push "$image"`, `docker push "`+image+`"`)
	set("by buildx", harmless("it pushes the same image"), `docker push "$image"`, "sudo apt-get install --yes docker-buildx\ndocker buildx build --push --tag \"$image\" .")
	set("with a comment", harmless("the shell leaves it out"), `docker push "$image"`, "# docker push elsewhere/another\ndocker push \"$image\"")
	g.otherPush(step)
}

// otherPush makes mutants in which something else pushes, or nothing.
func (g *generator) otherPush(step site) {
	run := step.in("run")
	byAction := func(what string, want outcome, tags string) {
		g.add("push step: by an action"+what, step, want, step.change(func(n *source.Node) {
			*n = *value(`{"uses": "docker/build-push-action@v6", "with": {"push": true, "tags": "` + tags + `"}}`)
		}))
	}
	byAction("", by("KR226"), "${{ env.ECR_REGISTRY }}/${{ env.ECR_REPOSITORY }}:${{ env.IMAGE_TAG }}")
	byAction(" to another image repository", by("KR050"), "${{ env.ECR_REGISTRY }}/another:${{ env.IMAGE_TAG }}")
	byAction(" to what is unknown", by("KR063"), "${{ vars.IMAGE }}")
	above, _ := step.above()
	job, _ := above.above()
	matrix := strings.ReplaceAll(g.text(run), "$ECR_REPOSITORY:", "${{ matrix.name }}:")
	mine := g.text(site{file: step.file}.in("on", "workflow_call", "inputs", "image-repository", "default"))
	g.add("push step: of a matrix", step, harmless("the role may push to it"), both(
		run.set(matrix), job.add("strategy", value(`{"matrix": {"name": ["`+mine+`"]}}`))))
	g.add("push step: of a matrix with another", step, by("KR050"), both(
		run.set(matrix), job.add("strategy", value(`{"matrix": {"name": ["`+mine+`", "another"]}}`))))
	g.add("push step: deleted", step, by("KR058"), step.remove())
	g.add("push step: without an id", step, harmless("what the job tells others is no part of the chain"), step.in("id").remove())
	g.add("push step: on a condition", step, harmless("it may run"), step.add("if", str("github.ref == 'refs/heads/main'")))
	g.add("push step: with another name", step, harmless("it is a name"), step.in("name").set("Push"))
	g.add("push step: by bash", step, harmless("it is the default"), step.add("shell", str("bash")))
}

// storedKeys makes mutants with a key beside the role.
func (g *generator) storedKeys(top, job site) {
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"} {
		secret := str("${{ secrets." + name + " }}")
		g.add("stored key: "+name+" of the workflow", top.in("env"), by("KR064"), top.in("env").add(name, secret))
		g.add("stored key: "+name+" of the job", job, by("KR064"), job.add("env", object(name, secret)))
		for i := range g.size(job.in("steps")) {
			step := job.in("steps").item(i)
			g.add("stored key: "+name+" of a step", step, by("KR064"), step.change(func(n *source.Node) {
				if n.Member("env") == nil {
					n.Members = append(n.Members, source.Member{Name: "env", Value: &source.Node{Kind: source.Map}})
				}
				env := n.Get("env")
				env.Members = append(env.Members, source.Member{Name: name, Value: secret})
			}))
		}
		g.add("stored key: "+name+" of a variable", top.in("env"), by("KR064"), top.in("env").add(name, str("${{ vars.KEY }}")))
	}
	first := func(what string, want outcome, step string) {
		g.add("step more: "+what, job.in("steps"), want, job.in("steps").change(func(n *source.Node) {
			n.Items = append([]*source.Node{value(step)}, n.Items...)
		}))
	}
	const configure = `"uses": "aws-actions/configure-aws-credentials@v5", "with": `
	first("credentials of a stored key", by("KR064"), `{`+configure+`{"aws-access-key-id": "${{ secrets.ID }}", "aws-secret-access-key": "${{ secrets.KEY }}", "aws-region": "us-east-1"}}`)
	first("credentials of another role", by("KR134"), `{`+configure+`{"role-to-assume": "arn:aws:iam::111122223333:role/other"}}`)
	first("credentials of a region", by("KR062"), `{`+configure+`{"aws-region": "eu-west-3"}}`)
	first("a login with a stored password", by("KR064"), `{"uses": "docker/login-action@v3", "with": {"registry": "111122223333.dkr.ecr.us-east-1.amazonaws.com", "username": "${{ secrets.ID }}", "password": "${{ secrets.KEY }}"}}`)
	first("aws configure", by("KR064"), `{"run": "aws configure set aws_access_key_id \"$KEY\"", "env": {"KEY": "${{ secrets.KEY }}"}}`)
	first("a key for the steps behind", by("KR064"), `{"run": "echo \"AWS_ACCESS_KEY_ID=$KEY\" >> \"$GITHUB_ENV\"", "env": {"KEY": "${{ secrets.KEY }}"}}`)
	first("a token of GitHub in the file", by("KR065"), `{"run": "git clone https://ghp_abcdefghijklmnopqrstuvwxyz0123456789@github.com/octo-org/x"}`)
	first("a private key in the file", by("KR065"), `{"run": "cat > key <<EOF\n-----BEGIN RSA PRIVATE KEY-----\n`+strings.Repeat("MIIE", 16)+`\nEOF"}`)
	first("another registry's password", harmless("it is no key of AWS"), `{"uses": "docker/login-action@v3", "with": {"username": "${{ secrets.HUB_USER }}", "password": "${{ secrets.HUB_TOKEN }}"}}`)
	first("a script", harmless("it pushes nothing"), `{"run": "make test"}`)
	first("another build without an action", harmless("it pushes nothing"), `{"run": "docker build --tag octo-org/app https://github.com/octo-org/app.git"}`)
	first("another build", by("KR226"), `{"uses": "docker/build-push-action@v6", "with": {"push": false, "tags": "octo-org/app"}}`)
	for _, name := range []string{"AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"} {
		g.add("stored key: perhaps by "+name, top.in("env"), by("KR105"), top.in("env").add(name, str("x")))
	}
	g.add("stored key: in the file", top.in("env"), by("KR065"), top.in("env").add("KEY", str(accessKeyID)))
	g.add("stored key: secret in the file", top.in("env"), by("KR065"), top.in("env").add("AWS_SECRET_ACCESS_KEY", str("wJalrXUtnFEMIK7MDENGbPxRfiCYzz0123456789")))
	g.add("variable: of GitHub's token", top.in("env"), harmless("GitHub makes it for the run"), top.in("env").add("GH_TOKEN", str("${{ secrets.GITHUB_TOKEN }}")))
	g.add("variable: of a secret", top.in("env"), harmless("it is no key of AWS"), top.in("env").add("NPM_TOKEN", str("${{ secrets.NPM_TOKEN }}")))
}

// container makes mutants of where the steps run.
func (g *generator) container(job site) {
	g.add("job container: an image", job, by("KR066"), job.add("container", str("node:24")))
	g.add("job container: an object", job, by("KR066"), job.add("container", value(`{"image": "node:24"}`)))
	g.add("job container: of a variable", job, by("KR066"), job.add("container", str("${{ vars.IMAGE }}")))
	g.add("job container: none", job, harmless("the steps run on the runner"), job.add("container", str("")))
	g.add("job: with a service", job, harmless("the steps run on the runner"), job.add("services", value(`{"db": {"image": "postgres"}}`)))
}

// trivia makes mutants of what the chain does not depend on.
func (g *generator) trivia(top, job site) {
	above, _ := job.above()
	g.add("workflow: with another name", top.in("name"), harmless("it is a name"), top.in("name").set("Build"))
	g.add("workflow: without a name", top.in("name"), harmless("it is a name"), top.in("name").remove())
	g.add("workflow: with other rights", top.in("permissions"), harmless("they are GitHub's"), top.in("permissions").add("id-token", str("write")))
	g.add("workflow: with another concurrency group", top.in("concurrency"), harmless("it says when the job runs"), top.in("concurrency").put(str("push")))
	g.add("workflow: without concurrency", top.in("concurrency"), harmless("it says when the job runs"), top.in("concurrency").remove())
	g.add("job: shown under another name", job.in("name"), harmless("it is a name"), job.in("name").set("Push"))
	g.add("job: with another id", job, harmless("it is a name"), both(job.in("outputs").remove(), job.rename("build")))
	g.add("job: with another timeout", job.in("timeout-minutes"), harmless("it speaks of how long the job runs"), job.in("timeout-minutes").put(value("5")))
	g.add("job: without outputs", job.in("outputs"), harmless("nobody reads them"), job.in("outputs").remove())
	g.add("job: another beside it", above, harmless("it has nothing to do with AWS"), above.add("test", value(`{"runs-on": "ubuntu-latest", "steps": [{"run": "make test"}]}`)))
	g.add("job: another beside it that pushes elsewhere", above, by("KR060"), above.add("other", value(
		`{"runs-on": "ubuntu-latest", "steps": [{"uses": "aws-actions/amazon-ecr-login@v2"}, {"run": "docker push 111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app:x"}]}`)))
}
