package agreement_test

import (
	"testing"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/job"
)

// TestExamplesPush lives through examples that check proves: every runner does its job, and
// others are refused.
func TestExamplesPush(t *testing.T) {
	w := newWorld(t)
	w.equip(t)
	for _, test := range []struct {
		example string
		// owned are namespaces that the example says are someone else's.
		owned  []string
		others func(*testing.T, *example)
	}{
		{"namespaces", []string{"api-runners"}, otherNamespaces},
		{"blue-green", nil, otherClusters},
		{"scale-set", nil, otherScaleSets},
		{"central-registry", nil, otherAccounts},
		{"cache", nil, otherImages},
	} {
		t.Run(test.example, func(t *testing.T) { test.others(t, w.rehearse(t, test.example, test.owned...)) })
	}
}

// otherNamespaces has each of two pools in two namespaces try what is the other's.
func otherNamespaces(t *testing.T, e *example) {
	web, api := e.pool(t, "platform", "web"), e.pool(t, "platform", "api")
	if web.Subject.Namespace == api.Subject.Namespace {
		t.Fatalf("both pools are in namespace %s", web.Subject.Namespace)
	}
	for _, pair := range [][2]pool{{web, api}, {api, web}} {
		one, other := pair[0], pair[1]
		wantRefusal(t, one.Name+" with the token of its own ServiceAccount", e.take(t, one.cluster.Cluster, one.Subject, other.Role.String()), notTrusted)
		wantRefusal(t, one.Name+" at the other's image repository", e.ask(t, one, region, push(other.pushes[0], "others")...), mayNot)
	}
}

// otherClusters has ServiceAccounts of both clusters try what the two pools may, whose roles
// both clusters share.
func otherClusters(t *testing.T, e *example) {
	for _, cluster := range []identity.ClusterName{"blue", "green"} {
		web, api := e.pool(t, cluster, "web"), e.pool(t, cluster, "api")
		elsewhere := identity.Subject{Namespace: api.Subject.Namespace, ServiceAccount: web.Subject.ServiceAccount}
		wantRefusal(t, string(cluster)+": a ServiceAccount of the name in another namespace", e.take(t, web.cluster.Cluster, elsewhere, web.Role.String()), notTrusted)
		elsewhere = identity.Subject{Namespace: web.Subject.Namespace, ServiceAccount: "intruder"}
		wantRefusal(t, string(cluster)+": a Pod of another ServiceAccount, associated with the role", e.associate(t, api.cluster, elsewhere, api.Role.String()), noPermission)
	}
	// A cluster that EKS calls otherwise, with the same names in it.
	api := e.pool(t, "green", "api")
	red := eksCluster(region, "red")
	must(t, e.Name(e.stranger, red))
	must(t, e.account.AddCluster(t.Context(), red))
	wantRefusal(t, "the same names in a third cluster", e.associate(t, e.stranger, api.Subject, api.Role.String()), noPermission)
}

func otherScaleSets(t *testing.T, e *example) {
	apps := e.pool(t, "platform", "apps")
	for _, name := range apps.runner.Beside() {
		other, err := apps.runner.Start(t.Context(), name, e.folder(t))
		must(t, err)
		told, err := e.Ask(t.Context(), append(other.In(region), "AWS_EC2_METADATA_DISABLED=true"), push(apps.pushes[0], "others")...)
		must(t, err)
		wantRefusal(t, "container "+name, told, "no EC2 IMDS role found")
	}
	intruder := identity.Subject{Namespace: apps.Subject.Namespace, ServiceAccount: "intruder"}
	wantRefusal(t, "another ServiceAccount of the namespace", e.take(t, apps.cluster.Cluster, intruder, apps.Role.String()), notTrusted)
}

// otherAccounts has the runner, and another role of its account, at image repositories of
// another account: one that it pushes to, and one that it may pull from alone.
func otherAccounts(t *testing.T, e *example) {
	web := e.pool(t, "platform", "web")
	if own := web.pushes[0].Registry.Account; own != foreign {
		t.Fatalf("the image repository is in account %s, want %s", own, foreign)
	}
	neighbour := e.as(t, account, "neighbour", policy.Push(web.pushes))
	told, err := e.Ask(t.Context(), append(neighbour, "AWS_REGION="+string(region)), push(web.pushes[0], "neighbours")...)
	must(t, err)
	wantRefusal(t, "another role of the runners' account, whose own policy allows it", told, mayNot)
	pullOnly(t, e, web)
}

// otherImages has the runner use a cache, whose tags it may move, and image repositories that it
// may pull from alone.
func otherImages(t *testing.T, e *example) {
	shop := e.pool(t, "ci", "shop")
	cache := identity.ImageRepository{Registry: identity.Registry{Account: account, Region: region}, Name: "cache/shop"}
	for _, layer := range []string{"first", "second"} {
		wantAllowed(t, "the cache of the "+layer+" build", e.ask(t, shop, region,
			job.Step{Do: job.Login, Image: cache.Registry.String()},
			job.Step{Do: job.ExportCache, Image: cache.String() + ":shop-web", Layers: []string{layer}},
			job.Step{Do: job.Pull, Image: cache.String() + ":shop-web"}))
	}
	pullOnly(t, e, shop)
}

// pullOnly has the runner pull from each image repository that it may pull from alone, and
// refused to push to it.
func pullOnly(t *testing.T, e *example, p pool) {
	if len(p.pulls) == 0 {
		t.Fatal("it pulls from no image repository alone")
	}
	for _, repository := range p.pulls {
		in := repository.Registry.Region
		image := e.publish(t, repository)
		login := job.Step{Do: job.Login, Image: repository.Registry.String()}
		wantAllowed(t, "pull of "+image, e.ask(t, p, in, login, job.Step{Do: job.Pull, Image: image}))
		wantRefusal(t, "push to "+repository.String(), e.ask(t, p, in, push(repository, "runners")...), mayNot)
		wantRefusal(t, "delete of "+image, e.ask(t, p, in, job.Step{Do: job.Call, Action: "BatchDeleteImage", Image: image}), mayNot)
	}
}
