package live_test

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"keyless-runners/identity"
	"keyless-runners/live"
	"keyless-runners/preflight"
)

func TestDocumentsAreWhatCommandsPrint(t *testing.T) {
	w := start(t)
	reading := w.read(t)
	for _, unread := range reading.Unread {
		t.Errorf("not read: %+v", unread)
	}
	archive := &txtar.Archive{}
	for _, document := range reading.Documents {
		archive.Files = append(archive.Files, txtar.File{Name: document.Name, Data: append(document.Text, '\n')})
	}
	want, err := os.ReadFile("testdata/documents.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), strings.ReplaceAll(string(txtar.Format(archive)), w.URL, "https://endpoint")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The readers of preflight read each document but the summary, of which no rule is.
func TestDocumentsAreRead(t *testing.T) {
	var texts []preflight.Text
	for _, document := range start(t).read(t).Documents {
		texts = append(texts, preflight.Text{Name: document.Name, Bytes: document.Text})
	}
	found, known, err := preflight.Read(preflight.Input{Texts: texts})
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintf("%d documents; %d roles, %d users, %d policies, %d providers, %d image repositories, %d clusters, %d associations, %d add-ons, %d profiles, %d organization policies, %d registry policies, %d ServiceAccounts, %d workloads",
		known, len(found.Roles), len(found.Users), len(found.ManagedPolicies), len(found.Providers), len(found.ImageRepositories), len(found.Clusters), len(found.PodIdentityAssociations),
		len(found.Addons), len(found.FargateProfiles), len(found.Organization), len(found.RegistryPolicies), len(found.ServiceAccounts), len(found.Workloads))
	want := "13 documents; 1 roles, 1 users, 1 policies, 1 providers, 1 image repositories, 1 clusters, 1 associations, 1 add-ons, 1 profiles, 1 organization policies, 1 registry policies, 1 ServiceAccounts, 2 workloads"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestThePlanListsEveryCall(t *testing.T) {
	w := start(t)
	w.read(t)
	var planned []string
	for _, call := range live.Plan(prod) {
		planned = append(planned, call.Permission)
	}
	if diff := cmp.Diff(slices.Compact(slices.Sorted(slices.Values(planned))), w.made()); diff != "" {
		t.Errorf("(-planned +made):\n%s", diff)
	}
}

// Pull through caches are asked for where a fleet has some, by permissions of their own.
func TestPullThroughCachesAreReadWhereTheyAreAskedFor(t *testing.T) {
	w := start(t)
	request := live.Request{Clusters: prod.Clusters, PullThroughCaches: []identity.Registry{registry("111122223333")}}
	reading := live.Read(t.Context(), request)
	var planned []string
	for _, call := range live.Plan(request) {
		planned = append(planned, call.Permission)
	}
	if diff := cmp.Diff(slices.Compact(slices.Sorted(slices.Values(planned))), w.made()); diff != "" || !slices.Contains(planned, "ecr:DescribePullThroughCacheRules") {
		t.Errorf("(-planned +made):\n%s", diff)
	}
	var texts []preflight.Text
	for _, document := range reading.Documents {
		texts = append(texts, preflight.Text{Name: document.Name, Bytes: document.Text})
	}
	found, _, err := preflight.Read(preflight.Input{Texts: texts})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, rule := range found.PullThroughCaches {
		got = append(got, strings.Join([]string{rule.Place.File, rule.Prefix.Value, rule.Account.Value, rule.Upstream.Value, rule.Credential.Value}, " "))
	}
	for _, template := range found.CreationTemplates {
		got = append(got, strings.Join([]string{template.Place.File, template.Prefix.Value, template.Account.Value}, " "))
	}
	want := []string{
		"live:ecr/111122223333/us-east-1/pull-through-cache-rules quay 111122223333 quay.io ",
		"live:ecr/111122223333/us-east-1/pull-through-cache-rules hub 111122223333 registry-1.docker.io arn:aws:secretsmanager:us-east-1:111122223333:secret:ecr-pullthroughcache/hub",
		"live:ecr/111122223333/us-east-1/creation-templates quay 111122223333",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if policy := live.PermissionsPolicies(request)[0].JSON(); !strings.Contains(policy, `"Sid": "ReadPullThroughCaches"`) || !strings.Contains(policy, `"ecr:DescribeRepositoryCreationTemplates"`) {
		t.Errorf("got the permissions %s", policy)
	}
}

// Whatever is denied is unknown, by its permission, and all else is read. The context is named,
// because without the endpoint it could not be found.
func TestWhatIsDeniedIsUnread(t *testing.T) {
	all := len(start(t).read(t).Documents)
	for _, call := range live.Plan(prod)[1:] {
		t.Run(call.Permission, func(t *testing.T) {
			w := start(t)
			code := "AccessDeniedException"
			switch {
			case strings.HasPrefix(call.Permission, "list "):
				code = "Forbidden"
			case strings.HasPrefix(call.Permission, "iam:"):
				code = "AccessDenied"
			}
			w.answers[call.Permission] = refuses(call.Permission, code, http.StatusForbidden)
			reading := live.Read(t.Context(), live.Request{Clusters: []live.Cluster{{Name: "prod", Region: "us-east-1", Account: "111122223333", Context: "prod-admin"}}})
			if len(reading.Unread) != 1 || reading.Unread[0].Call != call || !reading.Unread[0].Denied || !strings.Contains(reading.Unread[0].Why, "not allowed to "+call.Permission) {
				t.Errorf("got %+v, want %+v", reading.Unread, call)
			}
			if n := len(reading.Documents); n < all-3 {
				t.Errorf("%d documents of %d are left", n, all)
			}
		})
	}
}

func TestAllPagesAreRead(t *testing.T) {
	w := start(t)
	w.answers["iam:GetAccountAuthorizationDetails"] = func(r request) answer {
		page := func(role, user, more string) answer {
			return result("GetAccountAuthorizationDetails", more+`<RoleDetailList><member><RoleName>`+role+`</RoleName><Arn>arn:aws:iam::111122223333:role/`+role+`</Arn></member></RoleDetailList>
<UserDetailList><member><UserName>`+user+`</UserName><Arn>arn:aws:iam::111122223333:user/`+user+`</Arn></member></UserDetailList>`)(r)
		}
		if r.form.Get("Marker") == "" {
			return page("first", "ann", "<IsTruncated>true</IsTruncated><Marker>2</Marker>")
		}
		return page("second", "bob", "<IsTruncated>false</IsTruncated>")
	}
	w.answers["ecr:DescribeRepositories"] = func(r request) answer {
		if !strings.Contains(r.body, "nextToken") {
			return answer{http.StatusOK, `{"repositories": [{"repositoryName": "one"}], "nextToken": "2"}`}
		}
		return answer{http.StatusOK, `{"repositories": [{"repositoryName": "two"}]}`}
	}
	w.answers["eks:ListPodIdentityAssociations"] = func(r request) answer {
		if r.query.Get("nextToken") == "" {
			return answer{http.StatusOK, `{"associations": [{"associationId": "a-1"}], "nextToken": "2"}`}
		}
		return answer{http.StatusOK, `{"associations": [{"associationId": "a-2"}]}`}
	}
	w.answers["list serviceaccounts"] = func(r request) answer {
		if r.query.Get("continue") == "" {
			return answer{http.StatusOK, `{"kind": "ServiceAccountList", "apiVersion": "v1", "metadata": {"continue": "2"}, "items": [{"metadata": {"name": "one"}}]}`}
		}
		return answer{http.StatusOK, `{"kind": "ServiceAccountList", "apiVersion": "v1", "metadata": {}, "items": [{"metadata": {"name": "two"}}]}`}
	}
	reading := w.read(t)
	for name, want := range map[string][]string{
		"live:iam/111122223333/roles-and-policies":     {`"first"`},
		"live:iam/111122223333/roles-and-policies-2":   {`"second"`},
		"live:iam/111122223333/users-and-groups":       {`"ann"`, `"bob"`},
		"live:ecr/111122223333/us-east-1/repositories": {`"one"`, `"two"`},
		"live:eks/prod/association-a-1":                {`"association"`},
		"live:eks/prod/association-a-2":                {`"association"`},
		"live:eks/prod/serviceaccounts":                {`"one"`, `"two"`},
	} {
		text := textOf(reading, name)
		for _, part := range want {
			if !strings.Contains(text, part) {
				t.Errorf("%s lacks %s:\n%s", name, part, text)
			}
		}
	}
}

func textOf(reading live.Reading, name string) string {
	i := slices.IndexFunc(reading.Documents, func(d live.Document) bool { return d.Name == name })
	if i < 0 {
		return "there is no such document"
	}
	return string(reading.Documents[i].Text)
}

func TestThrottlingIsWaitedOut(t *testing.T) {
	w := start(t)
	first, listed := w.answers["iam:ListOpenIDConnectProviders"], 0
	w.answers["iam:ListOpenIDConnectProviders"] = func(r request) answer {
		if listed++; listed == 1 {
			return refuses("iam:ListOpenIDConnectProviders", "Throttling", http.StatusBadRequest)(r)
		}
		return first(r)
	}
	if reading := w.read(t); len(reading.Unread) > 0 || listed != 2 {
		t.Errorf("it was asked %d times, and is not read: %+v", listed, reading.Unread)
	}
}

func TestNothingCanBeRead(t *testing.T) {
	start(t)
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "")
	t.Setenv("KUBECONFIG", os.DevNull)
	reading := live.Read(t.Context(), prod)
	var got []string
	for _, unread := range reading.Unread {
		got = append(got, unread.Where+": "+unread.Permission)
	}
	want := []string{"Kubernetes, cluster prod: list all", "account 111122223333: any call", "the default credentials: sts:GetCallerIdentity"}
	if diff := cmp.Diff(want, got); diff != "" || len(reading.Documents) > 0 {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if why := reading.Unread[0].Why; why != `kubeconfig has no context of the cluster: run "aws eks update-kubeconfig --name prod --region us-east-1", or name one with --context` {
		t.Errorf("got %s", why)
	}
}

// An account that needs a profile has it, and one without credentials is reported.
func TestAccountsOfProfiles(t *testing.T) {
	w := start(t)
	w.answers["sts:GetCallerIdentity"] = func(r request) answer {
		if len(w.calls) > 1 {
			return result("GetCallerIdentity", "<Account>444455556666</Account>")(r)
		}
		return result("GetCallerIdentity", "<Account>111122223333</Account>")(r)
	}
	config := t.TempDir() + "/config"
	if err := os.WriteFile(config, []byte("[profile images]\nregion = us-east-1\naws_access_key_id = other\naws_secret_access_key = other\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_CONFIG_FILE", config)
	request := prod
	request.Profiles = []string{"images"}
	request.Registries = append(request.Registries, registry("444455556666"), registry("777788889999"))
	reading := live.Read(t.Context(), request)
	if diff := cmp.Diff("[111122223333 444455556666]", fmt.Sprint(reading.Accounts)); diff != "" {
		t.Error(diff)
	}
	if len(reading.Unread) != 1 || reading.Unread[0].Where != "account 777788889999" || reading.Unread[0].Why != "no credentials are of this account" {
		t.Errorf("got %+v", reading.Unread)
	}
	if text := textOf(reading, "live:ecr/444455556666/us-east-1/repositories"); !strings.Contains(text, "repositoryName") {
		t.Error(text)
	}
}

// Something else may answer at the address of a cluster: what is nowhere there is not known.
func TestAnAddressThatIsNoCluster(t *testing.T) {
	w := start(t)
	w.answers["list namespaces"] = refuses("list namespaces", "NotFound", http.StatusNotFound)
	if got := w.read(t); len(got.Unread) != 1 || got.Unread[0].Permission != "list all" || got.Listed("prod", "", "ServiceAccount") {
		t.Errorf("got %+v", got.Unread)
	}
}

// A kind that a cluster does not have is known to have no objects, and one that was denied is not.
func TestWhatIsListed(t *testing.T) {
	w := start(t)
	w.answers["list roles.rbac.authorization.k8s.io"] = refuses("list roles.rbac.authorization.k8s.io", "Forbidden", http.StatusForbidden)
	reading := w.read(t)
	for of, want := range map[[3]string]bool{
		{"prod", "actions.github.com", "AutoscalingRunnerSet"}: true,
		{"prod", "", "ServiceAccount"}:                         true,
		{"prod", "rbac.authorization.k8s.io", "Role"}:          false,
		{"prod", "", "Secret"}:                                 false,
		{"other", "", "ServiceAccount"}:                        false,
	} {
		if got := reading.Listed(of[0], of[1], of[2]); got != want {
			t.Errorf("%q: got %t", of, got)
		}
	}
}

// A context that is named is used, and one that is not there is said.
func TestTheContextOfKubeconfig(t *testing.T) {
	for name, want := range map[string]string{"prod-admin": "", "none": `kubeconfig has no context "none"`} {
		start(t)
		request := live.Request{Clusters: slices.Clone(prod.Clusters)}
		request.Clusters[0].Context = name
		got := ""
		for _, unread := range live.Read(t.Context(), request).Unread {
			got += unread.Why
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

// Of a cluster that does not answer, or that does not know the user, one thing is said.
func TestAClusterThatCannotBeReached(t *testing.T) {
	w := start(t)
	request := live.Request{Clusters: slices.Clone(prod.Clusters)}
	request.Clusters[0].Context = "other" // where nothing listens
	if got := live.Read(t.Context(), request); len(got.Unread) != 1 || got.Unread[0].Permission != "list all" || len(got.Clusters) > 0 || !strings.Contains(got.Unread[0].Why, "connection refused") {
		t.Errorf("got %+v of clusters %q", got.Unread, got.Clusters)
	}
	w.answers["list namespaces"] = refuses("list namespaces", "Unauthorized", http.StatusUnauthorized)
	if got := w.read(t); len(got.Unread) != 1 || got.Unread[0].Permission != "list all" || !strings.Contains(got.Unread[0].Why, "not allowed to list namespaces") {
		t.Errorf("got %+v", got.Unread)
	}
}

// What is not there is no failure: no policy, no add-on, no organization, and of the management
// account no policy that counts.
func TestWhatIsNotThereIsRead(t *testing.T) {
	w := start(t)
	w.answers["ecr:GetRepositoryPolicy"] = refuses("ecr:GetRepositoryPolicy", "RepositoryPolicyNotFoundException", http.StatusBadRequest)
	w.answers["ecr:GetRegistryPolicy"] = refuses("ecr:GetRegistryPolicy", "RegistryPolicyNotFoundException", http.StatusBadRequest)
	w.answers["eks:DescribeAddon"] = func(request) answer {
		return answer{http.StatusNotFound, `{"__type": "ResourceNotFoundException", "message": "no such add-on"}`}
	}
	w.answers["organizations:DescribeOrganization"] = refuses("organizations:DescribeOrganization", "AWSOrganizationsNotInUseException", http.StatusBadRequest)
	reading := w.read(t)
	if len(reading.Unread) > 0 {
		t.Errorf("not read: %+v", reading.Unread)
	}
	if text := textOf(reading, "live:ecr/111122223333/us-east-1/repositories"); !strings.Contains(text, `"policyText": null`) {
		t.Error(text)
	}
	for _, name := range []string{"live:ecr/111122223333/us-east-1/registry-policy", "live:eks/prod/addon-eks-pod-identity-agent", "live:organizations/111122223333/p-1"} {
		if text := textOf(reading, name); text != "there is no such document" {
			t.Errorf("%s: %s", name, text)
		}
	}
	w.answers["organizations:DescribeOrganization"] = says(`{"Organization": {"Id": "o-1", "MasterAccountId": "111122223333"}}`)
	if text := textOf(w.read(t), "live:organizations/111122223333/p-1"); text != "there is no such document" {
		t.Error(text)
	}
}

// Each permission that is missing is named, and one that is missing for many calls once.
func TestEachPermissionIsNamedOnce(t *testing.T) {
	w := start(t)
	w.answers["ecr:DescribeRepositories"] = says(`{"repositories": [{"repositoryName": "one"}, {"repositoryName": "two"}]}`)
	for _, call := range []string{"ecr:GetRepositoryPolicy", "ecr:GetRegistryPolicy"} {
		w.answers[call] = refuses(call, "AccessDeniedException", http.StatusBadRequest)
	}
	reading := w.read(t)
	var got []string
	for _, unread := range reading.Unread {
		got = append(got, unread.Permission)
	}
	if diff := cmp.Diff([]string{"ecr:GetRegistryPolicy", "ecr:GetRepositoryPolicy"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if text := textOf(reading, "live:ecr/111122223333/us-east-1/repositories"); strings.Contains(text, "policyText") {
		t.Errorf("the policy is stated, though it was not read:\n%s", text)
	}
}
