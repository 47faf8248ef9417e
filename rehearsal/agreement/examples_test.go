package agreement_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	core "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/job"
	"keyless-runners/rehearsal/scaleset"
	"keyless-runners/rehearsal/stage"
)

// examples deploys and uses examples that check proves: every runner does its job, and others are
// refused.
func examples(t *testing.T, w *world) {
	w.equip(t)
	for _, test := range []struct {
		name, example string
		// before makes what the example says is someone else's, and after has others try.
		before, after func(*testing.T, *example)
	}{
		{"two pools in two namespaces", "namespaces", ownNamespace, otherNamespaces},
		{"two clusters with one role", "blue-green", nil, otherClusters},
		{"a scale set", "scale-set", nil, otherScaleSets},
		{"a GitHub Enterprise Server", "enterprise-server", nil, enterpriseServer},
		{"image repositories of another account", "central-registry", nil, otherAccounts},
		{"an image repository that exists in another account", "existing-registry", existingRegistry, otherPolicy},
		{"policies that others make", "role", existingPolicies, otherDocuments},
		{"a cache", "cache", nil, otherImages},
		{"each builder's Pod", "builders", nil, builders},
		{"a Pod for each job", "container-modes", nil, podsOfJobs},
		{"from IRSA to EKS Pod Identity", "move-to-pod-identity", nil, moveToPodIdentity},
		{"to EKS Pod Identity too early, and back", "move-to-pod-identity", nil, moveAndBack},
		{"from a RunnerDeployment to a scale set", "move-to-scale-set", nil, moveToScaleSet},
	} {
		t.Run(test.name, func(t *testing.T) { test.after(t, w.rehearse(t, test.example, test.before)) })
	}
	t.Run("every example is valid", func(t *testing.T) { valid(t, w) })
}

// ownNamespace makes a namespace that the example leaves to others.
func ownNamespace(t *testing.T, e *example) {
	appear(t, e.cluster.Cluster, identity.Subject{Namespace: "api-runners", ServiceAccount: "default"})
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

// enterpriseServer looks at whom runner and controller trust: GitHub's server by the certificate that
// the ConfigMap has, and without it no one.
func enterpriseServer(t *testing.T, e *example) {
	web := e.pool(t, "platform", "web")
	got, err := web.cluster.File(t.Context(), &web.runner.Pod, stage.ContainerRunner, web.container.Env["NODE_EXTRA_CA_CERTS"])
	must(t, err)
	if want := string(web.cluster.GitHub.Certificate); got != want {
		t.Errorf("the runner trusts %q, want %q", got, want)
	}
	sets := web.cluster.Dynamic.Resource(scaleset.ScaleSets).Namespace(web.runner.Pod.Namespace)
	set, err := sets.Get(t.Context(), "push-web", meta.GetOptions{})
	must(t, err)
	other := &unstructured.Unstructured{Object: map[string]any{"apiVersion": set.GetAPIVersion(), "kind": set.GetKind(), "spec": set.Object["spec"]}}
	unstructured.RemoveNestedField(other.Object, "spec", "githubServerTLS")
	other.SetName("distrusts")
	other.SetLabels(map[string]string{"app.kubernetes.io/version": "0.14.2"})
	_, err = sets.Create(t.Context(), other, meta.CreateOptions{})
	must(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if _, err := web.cluster.ScaleSetRunner(ctx, web.Subject.Namespace, "distrusts"); err == nil || !strings.Contains(err.Error(), `AutoscalingRunnerSet "distrusts" has no Pod of component "runner-scale-set-listener"`) {
		t.Errorf("a scale set without the certificate: got error %v, want that there is no listener", err)
	}
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

// existingRegistry makes the image repositories of another account, with the policy that is shown.
func existingRegistry(t *testing.T, e *example) {
	must(t, e.account.AddProvider(t.Context(), e.cluster.Issuer))
	var shown struct{ RepositoryName, PolicyText string }
	e.read(t, "web.json", &shown)
	document, err := policy.Parse([]byte(shown.PolicyText))
	must(t, err)
	registry := identity.Registry{Account: foreign, Region: region}
	for _, name := range []identity.ImageRepositoryName{"shop/web", "base/node"} {
		must(t, e.Accounts[foreign].AddImageRepository(t.Context(), identity.ImageRepository{Registry: registry, Name: name}))
	}
	must(t, e.Accounts[foreign].LetInto(t.Context(), identity.ImageRepository{Registry: registry, Name: identity.ImageRepositoryName(shown.RepositoryName)}, document))
}

// otherPolicy has the runner push where the other account's policy lets it pull alone, and at an
// image repository there that has none.
func otherPolicy(t *testing.T, e *example) {
	web := e.pool(t, "platform", "web")
	wantRefusal(t, "pull from an image repository without a policy", e.ask(t, web, region,
		job.Step{Do: job.Login, Image: web.pulls[0].Registry.String()}, job.Step{Do: job.Pull, Image: web.pulls[0].String() + ":22"}), mayNot)
	pull := policy.Document{Version: policy.Version, Statement: []policy.Statement{policy.PullByAccounts(region.Partition(), []identity.AccountID{account})}}
	must(t, e.Accounts[foreign].LetInto(t.Context(), web.pushes[0], pull))
	must(t, e.Refresh(t.Context()))
	wantRefusal(t, "push where the policy lets it pull alone", e.ask(t, web, region, push(web.pushes[0], "late")...), mayNot)
}

// existingPolicies makes the policies that the example's role has from others, and the image
// repository that it pulls from.
func existingPolicies(t *testing.T, e *example) {
	for arn, document := range e.policies(t) {
		must(t, e.account.AddPolicy(t.Context(), arn, document))
	}
	base := identity.ImageRepository{Registry: identity.Registry{Account: account, Region: region}, Name: "base/node"}
	must(t, e.account.AddImageRepository(t.Context(), base))
}

// policies are what "aws iam get-account-authorization-details" shows of them.
func (e *example) policies(t *testing.T) map[identity.ManagedPolicyARN]policy.Document {
	t.Helper()
	var shown struct {
		Policies []struct {
			Arn               string
			PolicyVersionList []struct {
				Document         json.RawMessage
				IsDefaultVersion bool
			}
		}
	}
	e.read(t, "policies.json", &shown)
	found := map[identity.ManagedPolicyARN]policy.Document{}
	for _, entry := range shown.Policies {
		arn, err := identity.ParseManagedPolicyARN(entry.Arn)
		must(t, err)
		for _, version := range entry.PolicyVersionList {
			if version.IsDefaultVersion && arn.Account != identity.AccountAWS {
				found[arn], err = policy.Parse(version.Document)
				must(t, err)
			}
		}
	}
	return found
}

// otherDocuments has each policy that others make deny the push, or allow it no more.
func otherDocuments(t *testing.T, e *example) {
	web := e.pool(t, "platform", "web")
	pullOnly(t, e, web)
	deny := policy.Document{Version: policy.Version, Statement: []policy.Statement{{Effect: policy.EffectDeny, Action: policy.Values{"ecr:PutImage"}, Resource: policy.Values{"*"}}}}
	read := policy.Document{Version: policy.Version, Statement: []policy.Statement{{Effect: policy.EffectAllow, Action: policy.Values{"ecr:Get*", "ecr:Batch*"}, Resource: policy.Values{"*"}}}}
	for arn, before := range e.policies(t) {
		for name, document := range map[string]policy.Document{"denies the push": deny, "allows it no more": read} {
			must(t, e.account.SetPolicy(t.Context(), arn, document))
			must(t, e.Refresh(t.Context()))
			// Its own tag: what is there already is not pushed again.
			told := e.ask(t, web, region, push(web.pushes[0], strings.ReplaceAll(string(arn.Name)+" "+name, " ", "-"))...)
			if isBoundary := arn.Name == "developer-boundary"; isBoundary || name == "denies the push" {
				wantRefusal(t, string(arn.Name)+" "+name, told, mayNot)
			} else {
				wantAllowed(t, string(arn.Name)+" "+name, told)
			}
		}
		must(t, e.account.SetPolicy(t.Context(), arn, before))
	}
	must(t, e.Refresh(t.Context()))
	wantAllowed(t, "with all policies as they were", e.ask(t, web, region, push(web.pushes[0], "again")...))
}

// read decodes a file beside the example's rendered folders.
func (e *example) read(t *testing.T, file string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(e.fleet.Folder, file))
	must(t, err)
	must(t, json.Unmarshal(text, into))
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

// podsOfJobs looks at runners that make a Pod for each job: the job alone has the role, by what is
// rendered for the Pod, and the runner may not do without what it is allowed.
func podsOfJobs(t *testing.T, e *example) {
	for name, without := range map[string]string{"web": wrongRole + "'", "tool": "this runner is '' to EKS Pod Identity"} {
		p := e.pool(t, "platform", name)
		if got := p.in.Pod.Spec.ServiceAccountName; got != "job" || p.runner.Pod.Spec.ServiceAccountName != "runner" {
			t.Errorf("pool %s: the job's Pod has ServiceAccount %q and the runner %q, want \"job\" and \"runner\"", name, got, p.runner.Pod.Spec.ServiceAccountName)
		}
		told, err := e.Ask(t.Context(), append(p.container.In(region), "AWS_EC2_METADATA_DISABLED=true"), push(p.pushes[0], "runners")...)
		must(t, err)
		wantRefusal(t, "the runner of pool "+name, told, "no EC2 IMDS role found")
		wantRefusal(t, "a job without a container on a runner of pool "+name, e.jobOf(t, p, "without-container.yaml", "container: ", "# "), "Jobs without a job container are forbidden on this runner")
		appear(t, p.cluster.Cluster, identity.Subject{Namespace: p.Subject.Namespace, ServiceAccount: "default"})
		configMap, err := p.cluster.Client.CoreV1().ConfigMaps(p.runner.Pod.Namespace).Get(t.Context(), "push-"+name+"-job-pod", meta.GetOptions{})
		must(t, err)
		configMap.Data["job-pod.yaml"] = "metadata: {}\n"
		_, err = p.cluster.Client.CoreV1().ConfigMaps(configMap.Namespace).Update(t.Context(), configMap, meta.UpdateOptions{})
		must(t, err)
		wantRefusal(t, "a job of pool "+name+" in a Pod of the default ServiceAccount", e.jobOf(t, p, "without-template.yaml", "", ""), without)
		roles := p.cluster.Client.RbacV1().RoleBindings(p.runner.Pod.Namespace)
		must(t, roles.Delete(t.Context(), "push-"+name+"-kube-mode", meta.DeleteOptions{}))
		wantRefusal(t, "a runner of pool "+name+" that may make no Pods", e.jobOf(t, p, "without-rights.yaml", "", ""), "the Service account needs the permission to get pods")
	}
	levels(t, e, []level{
		{"web", "baseline", "restricted", "allowPrivilegeEscalation != false"},
		{"tool", "baseline", "restricted", "allowPrivilegeEscalation != false"},
	})
}

// jobOf has a pool's runner do a job of its workflow in which a text is replaced, and returns what
// went wrong.
func (e *example) jobOf(t *testing.T, p pool, file, old, now string) string {
	t.Helper()
	text, err := os.ReadFile(p.Workflow)
	must(t, err)
	folder := e.folder(t)
	file = filepath.Join(folder, file)
	must(t, os.WriteFile(file, []byte(strings.Replace(string(text), old, now, 1)), 0o644))
	must(t, e.Cloud.ECR.Empty())
	asked, err := stage.Workflow(file)
	must(t, err)
	_, job, err := p.runner.Job(t.Context(), p.container, asked, filepath.Join(folder, "pod"))
	if err != nil {
		return err.Error()
	}
	steps, err := e.Work(t.Context(), asked, job, filepath.Join(folder, "job"))
	must(t, err)
	return failed(steps)
}

// builders looks at the Pod Security level of each builder's namespace.
func builders(t *testing.T, e *example) {
	levels(t, e, []level{
		{"web", "privileged", "baseline", "seccompProfile"},
		{"legacy", "privileged", "baseline", "seccompProfile"},
		{"api", "baseline", "restricted", "allowPrivilegeEscalation != false"},
		{"tool", "baseline", "restricted", "allowPrivilegeEscalation != false"},
	})
}

// level is the Pod Security level of a pool's namespace, and what of its Pods violates the next.
type level struct{ pool, level, stricter, violates string }

// levels looks at namespaces: the API server lets the
// builder's Pod in there, and not where the next stricter level is enforced.
func levels(t *testing.T, e *example, all []level) {
	for _, test := range all {
		p := e.pool(t, "platform", test.pool)
		namespace, err := p.cluster.Client.CoreV1().Namespaces().Get(t.Context(), p.runner.Pod.Namespace, meta.GetOptions{})
		must(t, err)
		if got := namespace.Labels[enforce]; got != test.level {
			t.Errorf("pool %s: its namespace enforces %q, want %q", p.Name, got, test.level)
		}
		told := tryIn(t, p, test.stricter)
		wantRefusal(t, "the Pod of pool "+p.Name+" under "+test.stricter, told, `violates PodSecurity "`+test.stricter+`:latest"`)
		wantRefusal(t, "the Pod of pool "+p.Name+" under "+test.stricter, told, test.violates)
	}
}

// enforce is the label of a namespace that says which level its Pods have to have.
const enforce = "pod-security.kubernetes.io/enforce"

// tryIn has the API server judge a pool's Pod in a namespace of another level, and returns what
// it says.
func tryIn(t *testing.T, p pool, level string) string {
	t.Helper()
	name := "level-" + level
	client := p.cluster.Client.CoreV1()
	_, err := client.Namespaces().Create(t.Context(), &core.Namespace{ObjectMeta: meta.ObjectMeta{Name: name, Labels: map[string]string{enforce: level}}}, meta.CreateOptions{})
	if err != nil && !apierrors.IsAlreadyExists(err) {
		t.Fatal(err)
	}
	appear(t, p.cluster.Cluster, identity.Subject{Namespace: identity.Namespace(name), ServiceAccount: p.Subject.ServiceAccount})
	pod := &core.Pod{ObjectMeta: meta.ObjectMeta{Name: "tried"}, Spec: p.in.Pod.Spec}
	if _, err := client.Pods(name).Create(t.Context(), pod, meta.CreateOptions{DryRun: []string{meta.DryRunAll}}); err != nil {
		return err.Error()
	}
	return ""
}
