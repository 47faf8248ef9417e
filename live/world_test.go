package live_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"keyless-runners/identity"
	"keyless-runners/live"
)

// world plays the services of AWS and a Kubernetes API on loopback: one account with a cluster
// that has one of everything.
type world struct {
	*httptest.Server
	mu sync.Mutex
	// answers are by call, as the plan names it; a call that is not there is answered by nothing.
	answers map[string]func(request) answer
	calls   []string
}

type request struct {
	form url.Values
	body string
	path string
	// query is the URL's query.
	query url.Values
}

type answer struct {
	status int
	body   string
}

// start starts the servers, and points AWS's SDK and kubeconfig at them.
func start(t *testing.T) *world {
	t.Helper()
	w := &world{answers: sound()}
	w.Server = httptest.NewServer(http.HandlerFunc(w.serve))
	t.Cleanup(w.Close)
	w.answers["eks:DescribeCluster"] = says(fmt.Sprintf(`{"cluster": {"arn": "arn:aws:eks:us-east-1:111122223333:cluster/prod", "name": "prod", "endpoint": %q, "createdAt": 1762000000,
  "identity": {"oidc": {"issuer": "https://oidc.eks.us-east-1.amazonaws.com/id/A"}}}}`, w.URL))
	config := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(config, []byte(fmt.Sprintf(`apiVersion: v1
kind: Config
current-context: other
clusters:
  - {name: of-prod, cluster: {server: %q}}
  - {name: elsewhere, cluster: {server: "http://127.0.0.1:1"}}
contexts:
  - {name: other, context: {cluster: elsewhere, user: me}}
  - {name: prod-admin, context: {cluster: of-prod, user: me}}
users:
  - {name: me, user: {token: `+"not-a-token"+`}}
`, w.URL)), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"KUBECONFIG": config, "AWS_ENDPOINT_URL": w.URL, "AWS_EC2_METADATA_DISABLED": "true", "AWS_PROFILE": "", "AWS_MAX_ATTEMPTS": "3",
		"AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_SESSION_TOKEN": "",
	} {
		t.Setenv(name, value)
	}
	return w
}

// prod is the cluster that is read.
var prod = live.Request{Clusters: []live.Cluster{{Name: "prod", Region: "us-east-1", Account: "111122223333"}}}

func (w *world) read(t *testing.T) live.Reading {
	t.Helper()
	return live.Read(t.Context(), prod)
}

func (w *world) serve(out http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	form, _ := url.ParseQuery(string(body))
	call, of := nameOf(r, form), request{form, string(body), r.URL.Path, r.URL.Query()}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.calls = append(w.calls, call)
	if r.Method != http.MethodGet && strings.HasPrefix(call, "list ") {
		call = r.Method + " " + call // doctor changes nothing
	}
	found := answer{http.StatusNotFound, `{"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404, "message": "no such path"}`}
	if isOfKubernetes(r.URL.Path) {
		found = answer{http.StatusOK, `{"kind": "List", "apiVersion": "v1", "metadata": {}, "items": []}`}
	}
	if act := w.answers[call]; act != nil {
		found = act(of)
	}
	switch {
	case strings.HasPrefix(call, "iam:"), strings.HasPrefix(call, "sts:"):
		out.Header().Set("Content-Type", "text/xml")
	case strings.HasPrefix(call, "ecr:"), strings.HasPrefix(call, "organizations:"):
		out.Header().Set("Content-Type", "application/x-amz-json-1.1")
	default:
		out.Header().Set("Content-Type", "application/json")
	}
	out.WriteHeader(found.status)
	_, _ = io.WriteString(out, found.body)
}

// isOfKubernetes reports whether every cluster answers at a path.
func isOfKubernetes(path string) bool {
	return strings.HasPrefix(path, "/api/v1/") || regexp.MustCompile(`^/apis/([a-z.]+\.k8s\.io|apps|batch)/v1/`).MatchString(path)
}

var targets = map[string]string{"AmazonEC2ContainerRegistry_V20150921": "ecr", "AWSOrganizationsV20161128": "organizations"}

// paths are EKS' by their calls.
var paths = []struct{ call, path string }{
	{"eks:DescribeCluster", `^/clusters/[^/]+$`},
	{"eks:ListPodIdentityAssociations", `^/clusters/[^/]+/pod-identity-associations$`},
	{"eks:DescribePodIdentityAssociation", `^/clusters/[^/]+/pod-identity-associations/[^/]+$`},
	{"eks:DescribeAddon", `^/clusters/[^/]+/addons/[^/]+$`},
	{"eks:ListFargateProfiles", `^/clusters/[^/]+/fargate-profiles$`},
	{"eks:DescribeFargateProfile", `^/clusters/[^/]+/fargate-profiles/[^/]+$`},
}

// nameOf is a call as the plan names it.
func nameOf(r *http.Request, form url.Values) string {
	if service, operation, ok := strings.Cut(r.Header.Get("X-Amz-Target"), "."); ok {
		return targets[service] + ":" + operation
	}
	if action := form.Get("Action"); action != "" {
		service := map[string]string{"2010-05-08": "iam", "2011-06-15": "sts"}[form.Get("Version")]
		return service + ":" + action
	}
	for _, eks := range paths {
		if regexp.MustCompile(eks.path).MatchString(r.URL.Path) {
			return eks.call
		}
	}
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if len(parts) == 4 { // apis/GROUP/VERSION/RESOURCE
		return "list " + parts[3] + "." + parts[1]
	}
	return "list " + parts[len(parts)-1]
}

// made are the calls that were made, each once, sorted.
func (w *world) made() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Compact(slices.Sorted(slices.Values(w.calls)))
}

func says(body string) func(request) answer {
	return func(request) answer { return answer{http.StatusOK, body} }
}

// result is an answer of IAM or STS.
func result(action, body string) func(request) answer {
	return says(fmt.Sprintf("<%[1]sResponse><%[1]sResult>%[2]s</%[1]sResult></%[1]sResponse>", action, body))
}

// refuses answers with an error, in the form of the call's service.
func refuses(call, code string, status int) func(request) answer {
	service, _, _ := strings.Cut(call, ":")
	body := fmt.Sprintf(`{"__type": %q, "code": %q, "message": "not allowed to %s"}`, code, code, call)
	switch {
	case strings.HasPrefix(call, "list "):
		body = fmt.Sprintf(`{"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": %q, "code": %d, "message": "not allowed to %s"}`, code, status, call)
	case service == "iam" || service == "sts":
		body = fmt.Sprintf("<ErrorResponse><Error><Code>%s</Code><Message>not allowed to %s</Message></Error></ErrorResponse>", code, call)
	}
	return func(request) answer { return answer{status, body} }
}

// sound is one of everything.
func sound() map[string]func(request) answer {
	return map[string]func(request) answer{
		"sts:GetCallerIdentity": result("GetCallerIdentity", "<Account>111122223333</Account>"),
		"iam:GetAccountAuthorizationDetails": result("GetAccountAuthorizationDetails", `<IsTruncated>false</IsTruncated>
<UserDetailList><member><UserName>ci</UserName><Arn>arn:aws:iam::111122223333:user/ci</Arn><Path>/</Path><GroupList><member>pushers</member></GroupList></member></UserDetailList>
<GroupDetailList><member><GroupName>pushers</GroupName><Arn>arn:aws:iam::111122223333:group/pushers</Arn><Path>/</Path></member></GroupDetailList>
<RoleDetailList><member><RoleName>build</RoleName><Arn>arn:aws:iam::111122223333:role/build</Arn><Path>/</Path><CreateDate>2026-11-01T10:00:00Z</CreateDate>
  <AssumeRolePolicyDocument>%7B%22Statement%22%3A%5B%5D%7D</AssumeRolePolicyDocument></member></RoleDetailList>
<Policies><member><PolicyName>push</PolicyName><Arn>arn:aws:iam::111122223333:policy/push</Arn><Path>/</Path><DefaultVersionId>v1</DefaultVersionId>
  <PolicyVersionList><member><VersionId>v1</VersionId><IsDefaultVersion>true</IsDefaultVersion><Document>%7B%7D</Document></member></PolicyVersionList></member></Policies>`),
		"iam:ListOpenIDConnectProviders": result("ListOpenIDConnectProviders", `<OpenIDConnectProviderList><member><Arn>arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/A</Arn></member></OpenIDConnectProviderList>`),
		"iam:GetOpenIDConnectProvider":   result("GetOpenIDConnectProvider", `<Url>oidc.eks.us-east-1.amazonaws.com/id/A</Url><ClientIDList><member>sts.amazonaws.com</member></ClientIDList>`),
		"iam:GetAccountSummary":          result("GetAccountSummary", `<SummaryMap><entry><key>Roles</key><value>7</value></entry></SummaryMap>`),

		"organizations:DescribeOrganization": says(`{"Organization": {"Id": "o-1", "MasterAccountId": "999988887777"}}`),
		"organizations:ListParents": func(r request) answer {
			if strings.Contains(r.body, "111122223333") {
				return answer{http.StatusOK, `{"Parents": [{"Id": "ou-1", "Type": "ORGANIZATIONAL_UNIT"}]}`}
			}
			return answer{http.StatusOK, `{"Parents": [{"Id": "r-1", "Type": "ROOT"}]}`}
		},
		"organizations:ListPoliciesForTarget": func(r request) answer {
			if strings.Contains(r.body, "r-1") && strings.Contains(r.body, "SERVICE_CONTROL_POLICY") {
				return answer{http.StatusOK, `{"Policies": [{"Id": "p-1"}]}`}
			}
			return answer{http.StatusOK, `{"Policies": []}`}
		},
		"organizations:DescribePolicy": says(`{"Policy": {"PolicySummary": {"Id": "p-1", "Name": "no-push", "Type": "SERVICE_CONTROL_POLICY"}, "Content": "{\"Statement\":[]}"}}`),

		"ecr:DescribeRepositories": says(`{"repositories": [{"repositoryArn": "arn:aws:ecr:us-east-1:111122223333:repository/app", "registryId": "111122223333", "repositoryName": "app", "imageTagMutability": "IMMUTABLE"}]}`),
		"ecr:GetRepositoryPolicy":  says(`{"registryId": "111122223333", "repositoryName": "app", "policyText": "{\"Statement\":[]}"}`),
		"ecr:GetRegistryPolicy":    says(`{"registryId": "111122223333", "policyText": "{}"}`),

		"ecr:DescribePullThroughCacheRules": func(r request) answer {
			if !strings.Contains(r.body, "nextToken") {
				return answer{http.StatusOK, `{"pullThroughCacheRules": [{"ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "quay.io", "registryId": "111122223333"}], "nextToken": "2"}`}
			}
			return answer{http.StatusOK, `{"pullThroughCacheRules": [{"ecrRepositoryPrefix": "hub", "upstreamRegistryUrl": "registry-1.docker.io", "registryId": "111122223333", "credentialArn": "arn:aws:secretsmanager:us-east-1:111122223333:secret:ecr-pullthroughcache/hub"}]}`}
		},
		"ecr:DescribeRepositoryCreationTemplates": says(`{"registryId": "111122223333", "repositoryCreationTemplates": [{"prefix": "quay", "appliedFor": ["PULL_THROUGH_CACHE"], "imageTagMutability": "MUTABLE"}]}`),

		"eks:ListPodIdentityAssociations":    says(`{"associations": [{"associationId": "a-1", "associationArn": "arn:aws:eks:us-east-1:111122223333:podidentityassociation/prod/a-1"}]}`),
		"eks:DescribePodIdentityAssociation": says(`{"association": {"associationArn": "arn:aws:eks:us-east-1:111122223333:podidentityassociation/prod/a-1", "associationId": "a-1", "clusterName": "prod", "namespace": "ci", "serviceAccount": "build", "roleArn": "arn:aws:iam::111122223333:role/build", "createdAt": 1762000000, "disableSessionTags": false}}`),
		"eks:DescribeAddon":                  says(`{"addon": {"addonName": "eks-pod-identity-agent", "clusterName": "prod", "status": "ACTIVE"}}`),
		"eks:ListFargateProfiles":            says(`{"fargateProfileNames": ["fp"]}`),
		"eks:DescribeFargateProfile":         says(`{"fargateProfile": {"fargateProfileName": "fp", "clusterName": "prod", "selectors": [{"namespace": "batch", "labels": {"a": "b"}}]}}`),

		"list serviceaccounts": says(`{"kind": "ServiceAccountList", "apiVersion": "v1", "metadata": {}, "items": [{"metadata": {"name": "build", "namespace": "ci", "managedFields": [{"manager": "kubectl"}]}}]}`),
		"list pods": says(`{"kind": "PodList", "apiVersion": "v1", "metadata": {}, "items": [
  {"metadata": {"name": "by-hand", "namespace": "ci"}, "spec": {"serviceAccountName": "build", "containers": [{"name": "a", "image": "b"}]}},
  {"metadata": {"name": "made", "namespace": "ci", "ownerReferences": [{"apiVersion": "v1", "kind": "Runner", "name": "made", "uid": "1", "controller": true}]}}]}`),
	}
}

func registry(account identity.AccountID) identity.Registry {
	return identity.Registry{Account: account, Region: "us-east-1"}
}
