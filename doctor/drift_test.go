package doctor_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/doctor"
	"keyless-runners/live"
)

const (
	roles        = "live:iam/111122223333/roles-and-policies"
	providers    = "live:iam/111122223333/open-id-connect-providers"
	summary      = "live:iam/111122223333/account-summary"
	repositories = "live:ecr/111122223333/us-east-1/repositories"
	caches       = "live:ecr/111122223333/us-east-1/pull-through-cache-rules"
	templates    = "live:ecr/111122223333/us-east-1/creation-templates"
	example      = "live:eks/example/"
	prod         = "live:eks/prod/"

	role       = `role "self_hosted_runner_role" of account 111122223333`
	template   = "dist/infra/keyless-runners.template.json"
	manifest   = "dist/manifests/example/build.k8s.yaml"
	deployment = `RunnerDeployment "self-hosted-runners/runner-deployment"`
	account    = `ServiceAccount "self-hosted-runners/self-hosted-runner-service-account"`
)

// change is one change of what is deployed, and all that is to be said of it.
type change struct {
	name, document, old, new string
	want                     []string
}

func (c change) test(t *testing.T, open func(*testing.T) *world, of func(doctor.Diagnosis) []doctor.Finding) {
	t.Run(c.name, func(t *testing.T) {
		w := open(t)
		w.replace(t, c.document, c.old, c.new)
		found, output := w.examine(t)
		if diff := cmp.Diff(c.want, lines(of(found))); diff != "" {
			t.Errorf("(-want +got):\n%s\n%s", diff, output)
		}
		if found.Proved() {
			t.Errorf("it is proved:\n%s", output)
		}
	})
}

func lines(findings []doctor.Finding) []string {
	var found []string
	for _, f := range findings {
		found = append(found, fmt.Sprintf("%s: %s", f.Name, f.Text))
		for _, detail := range f.Details {
			found = append(found, "  "+detail)
		}
	}
	return found
}

func drift(d doctor.Diagnosis) []doctor.Finding    { return d.Drift }
func troubles(d doctor.Diagnosis) []doctor.Finding { return d.Troubles }

func TestEachDriftOfAWSHasItsName(t *testing.T) {
	for _, c := range []change{
		{"the role has another name", roles, `"RoleName": "self_hosted_runner_role"`, `"RoleName": "renamed"`, []string{
			"role-missing: " + role + " is not there; " + template + ":103:3 has it"}},
		{"the path", roles, `"Path": "/",
   "RoleName"`, `"Path": "/ci/",
   "RoleName"`, []string{"role-path: " + role + ` has path "/ci/"; ` + template + `:130:13 has "/"`}},
		{"the trust policy names no subject", roles, `"StringEquals": {
        "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:aud": "sts.amazonaws.com",
        "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub": "system:serviceaccount:self-hosted-runners:self-hosted-runner-service-account"
       }`, `"StringEquals": {
        "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:aud": "sts.amazonaws.com"
       }`, []string{
			"trust-policy: " + role + " has another trust policy than " + template + ":106:33",
			`  deployed: {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:aud":"sts.amazonaws.com"}}}]}`,
			`  declared: {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:aud":"sts.amazonaws.com","oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub":"system:serviceaccount:self-hosted-runners:self-hosted-runner-service-account"}}}]}`}},
		{"an inline policy", roles, `"RolePolicyList": []`, `"RolePolicyList": [{"PolicyName": "more", "PolicyDocument": {"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}}]`, []string{
			"inline-policy-added: " + role + ` has inline policy "more", and ` + template + ":103:3 has not"}},
		{"no managed policy", roles, `{
     "PolicyName": "self_hosted_runner_policy",
     "PolicyArn": "arn:aws:iam::111122223333:policy/self_hosted_runner_policy"
    }`, ``, []string{
			"managed-policy-detached: " + role + ` lacks managed policy "arn:aws:iam::111122223333:policy/self_hosted_runner_policy", which ` + template + ":103:3 attaches"}},
		{"one more managed policy", roles, `"AttachedManagedPolicies": [`, `"AttachedManagedPolicies": [{"PolicyName": "ReadOnlyAccess", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"},`, []string{
			"managed-policy-attached: " + role + ` has managed policy "arn:aws:iam::aws:policy/ReadOnlyAccess", and ` + template + ":103:3 attaches none of that name"}},
		{"a permissions boundary", roles, `"RolePolicyList": []`, `"RolePolicyList": [], "PermissionsBoundary": {"PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/edge"}`, []string{
			"permissions-boundary: " + role + ` has permissions boundary "arn:aws:iam::111122223333:policy/edge", and ` + template + ":103:3 has none"}},
		{"the managed policy allows less", roles, "      \"ecr:PutImage\",\n", "", []string{
			`managed-policy: managed policy "arn:aws:iam::111122223333:policy/self_hosted_runner_policy" says something else than ` + template + ":63:23",
			`  deployed: {"Version":"2012-10-17","Statement":[{"Sid":"AllowPush","Effect":"Allow","Action":["ecr:BatchCheckLayerAvailability","ecr:BatchGetImage","ecr:CompleteLayerUpload","ecr:GetDownloadUrlForLayer","ecr:InitiateLayerUpload","ecr:UploadLayerPart"],"Resource":"arn:aws:ecr:us-east-1:111122223333:repository/my-app"}]}`,
			`  declared: {"Version":"2012-10-17","Statement":[{"Sid":"AllowPush","Effect":"Allow","Action":["ecr:BatchCheckLayerAvailability","ecr:BatchGetImage","ecr:CompleteLayerUpload","ecr:GetDownloadUrlForLayer","ecr:InitiateLayerUpload","ecr:PutImage","ecr:UploadLayerPart"],"Resource":"arn:aws:ecr:us-east-1:111122223333:repository/my-app"}]}`}},
		{"the managed policy is gone", roles, `"Arn": "arn:aws:iam::111122223333:policy/self_hosted_runner_policy"`, `"Arn": "arn:aws:iam::111122223333:policy/renamed"`, []string{
			`managed-policy-missing: managed policy "arn:aws:iam::111122223333:policy/self_hosted_runner_policy" is not there; ` + template + ":58:3 has it"}},
		{"no provider", providers, `"Arn": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"`, `"Arn": "arn:aws:iam::111122223333:oidc-provider/example.com"`, []string{
			`provider-missing: account 111122223333 has no OIDC provider of issuer "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"; ` + template + ":7:3 has it"}},
		{"another client id", providers, `"sts.amazonaws.com"`, `"sts"`, []string{
			`provider-client-ids: the OIDC provider of issuer "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF" in account 111122223333 has other client ids than ` + template + ":7:3",
			"  deployed: sts", "  declared: sts.amazonaws.com"}},
		{"no image repository", repositories, `"repositoryName": "my-app"`, `"repositoryName": "my-ap"`, []string{
			`image-repository-missing: image repository "my-app" of account 111122223333 in us-east-1 is not there; ` + template + ":24:3 has it"}},
		{"tags are mutable", repositories, `"IMMUTABLE"`, `"MUTABLE"`, []string{
			`tag-mutability: image repository "my-app" of account 111122223333 in us-east-1 has tag mutability "MUTABLE"; ` + template + `:33:27 has "IMMUTABLE"`}},
		{"the image repository lets another account push", repositories, `"policyText": null`, `"policyText": "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"999988887777\"},\"Action\":\"ecr:PutImage\"}}"`, []string{
			`image-repository-policy: image repository "my-app" of account 111122223333 in us-east-1 has another policy than ` + template + ":24:3",
			`  deployed: {"Statement":[{"Effect":"Allow","Principal":{"AWS":"999988887777"},"Action":"ecr:PutImage"}]}`}},
	} {
		c.test(t, irsa, drift)
	}
}

// cached is the article's fleet with a pull through cache.
func cached(t *testing.T) *world {
	w := irsa(t)
	text, err := os.ReadFile(template)
	if err != nil {
		t.Fatal(err)
	}
	const resources = "\n \"Resources\": {"
	if strings.Count(string(text), resources) != 1 {
		t.Fatal("no resources in " + template)
	}
	text = []byte(strings.Replace(string(text), resources, resources+`
  "Rule": {"Type": "AWS::ECR::PullThroughCacheRule", "Properties": {"EcrRepositoryPrefix": "docker-hub", "UpstreamRegistryUrl": "registry-1.docker.io", "CredentialArn": "arn:aws:secretsmanager:us-east-1:111122223333:secret:ecr-pullthroughcache/docker-hub-AbCdEf"}},
  "Template": {"Type": "AWS::ECR::RepositoryCreationTemplate", "Properties": {"Prefix": "docker-hub", "AppliedFor": ["PULL_THROUGH_CACHE"], "ImageTagMutability": "MUTABLE"}},`, 1))
	if err := os.WriteFile(template, text, 0o644); err != nil {
		t.Fatal(err)
	}
	w.reading.Documents = append(w.reading.Documents, live.Document{Name: caches, Text: []byte(`{"pullThroughCacheRules": [{"ecrRepositoryPrefix": "docker-hub", "upstreamRegistryUrl": "registry-1.docker.io",
 "registryId": "111122223333", "credentialArn": "arn:aws:secretsmanager:us-east-1:111122223333:secret:ecr-pullthroughcache/docker-hub-AbCdEf"}]}`)},
		live.Document{Name: templates, Text: []byte(`{"registryId": "111122223333", "repositoryCreationTemplates": [{"prefix": "docker-hub", "appliedFor": ["PULL_THROUGH_CACHE"]}]}`)})
	return w
}

func TestEachDriftOfAPullThroughCacheHasItsName(t *testing.T) {
	t.Run("no change", func(t *testing.T) {
		if found, output := cached(t).examine(t); !found.Proved() || len(found.Drift) != 0 || strings.Contains(output, "pull through cache") {
			t.Error(output)
		}
	})
	const cache, made = `pull through cache "docker-hub" of account 111122223333 in us-east-1`, `repository creation template "docker-hub" of account 111122223333 in us-east-1`
	for _, c := range []change{
		{"another prefix", caches, `"docker-hub"`, `"hub"`, []string{"pull-through-cache-missing: " + cache + " is not there; " + template + ":7:3 has it"}},
		{"another registry", caches, "registry-1.docker.io", "quay.io", []string{
			"pull-through-cache-upstream: " + cache + ` has upstream registry "quay.io"; ` + template + `:7:129 has "registry-1.docker.io"`}},
		{"no secret", caches, `, "credentialArn": "arn:aws:secretsmanager:us-east-1:111122223333:secret:ecr-pullthroughcache/docker-hub-AbCdEf"`, "", []string{
			"pull-through-cache-credential: " + cache + " has no credential; " + template + `:7:170 has "arn:aws:secretsmanager:us-east-1:111122223333:secret:ecr-pullthroughcache/docker-hub-AbCdEf"`}},
		{"no template", templates, `"docker-hub"`, `"ROOT"`, []string{"creation-template-missing: " + made + " is not there; " + template + ":8:3 has it"}},
		{"a template for pushes", templates, "PULL_THROUGH_CACHE", "CREATE_ON_PUSH", []string{
			"creation-template-applied-for: " + made + " is applied for something else than " + template + ":8:3", "  deployed: CREATE_ON_PUSH", "  declared: PULL_THROUGH_CACHE"}},
		{"a template with a policy", templates, `"prefix"`, `"repositoryPolicy": "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ecr:PutImage\"}}", "prefix"`, []string{
			"creation-template-policy: " + made + " has another policy than " + template + ":8:3", `  deployed: {"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"ecr:PutImage"}]}`}},
	} {
		c.test(t, cached, drift)
	}
}

func TestEachDriftOfAnAssociationHasItsName(t *testing.T) {
	const association, at = `the EKS Pod Identity association of "web-runners/runner" in cluster "platform-prod-1"`, "dist/infra/runners.template.json"
	for _, c := range []change{
		{"it is of another ServiceAccount", prod + "association-a-1", `"serviceAccount": "runner"`, `"serviceAccount": "runnr"`, []string{
			"association-missing: " + association + " is not there; " + at + ":127:3 has it"}},
		{"another role", prod + "association-a-1", "role/web-runner", "role/other", []string{
			"association-role: " + association + ` has role "arn:aws:iam::111122223333:role/other"; ` + at + `:132:16 has "arn:aws:iam::111122223333:role/web-runner"`}},
		{"a target role", prod + "association-a-1", `"createdAt"`, `"targetRoleArn": "arn:aws:iam::999988887777:role/other", "createdAt"`, []string{
			"association-target-role: " + association + ` has target role "arn:aws:iam::999988887777:role/other", and ` + at + ":127:3 has none"}},
	} {
		c.test(t, podIdentity, drift)
	}
	t.Run("one that no file has", func(t *testing.T) {
		w := irsa(t)
		w.reading.Documents = append(w.reading.Documents, document(example+"association-a-2", `{"association": {"associationArn": "arn:aws:eks:us-east-1:111122223333:podidentityassociation/example/a-2",
  "clusterName": "example", "namespace": "self-hosted-runners", "serviceAccount": "self-hosted-runner-service-account", "roleArn": "arn:aws:iam::111122223333:role/other"}}`))
		found, output := w.examine(t)
		want := []string{`association-added: the EKS Pod Identity association of "self-hosted-runners/self-hosted-runner-service-account" in cluster "example" gives role "arn:aws:iam::111122223333:role/other", and no file has it`}
		if diff := cmp.Diff(want, lines(found.Drift)); diff != "" {
			t.Errorf("(-want +got):\n%s\n%s", diff, output)
		}
	})
}

func TestEachDriftOfAnObjectHasItsName(t *testing.T) {
	for _, c := range []change{
		{"no ServiceAccount", example + "serviceaccounts", `"name": "self-hosted-runner-service-account"`, `"name": "other"`, []string{
			"object-missing: " + account + ` is not in cluster "example"; ` + manifest + ":2:1 has it",
			`object-added: ServiceAccount "self-hosted-runners/other" is in cluster "example", and no file has it`}},
		{"no annotation", example + "serviceaccounts", "     \"eks.amazonaws.com/role-arn\": \"arn:aws:iam::111122223333:role/self_hosted_runner_role\",\n", "", []string{
			"field-missing: " + account + ` lacks metadata.annotations["eks.amazonaws.com/role-arn"]; ` + manifest + `:6:33 has "arn:aws:iam::111122223333:role/self_hosted_runner_role"`}},
		{"another role", example + "serviceaccounts", "role/self_hosted_runner_role", "role/other", []string{
			"field-changed: " + account + ` has "arn:aws:iam::111122223333:role/other" at metadata.annotations["eks.amazonaws.com/role-arn"]; ` + manifest + `:6:33 has "arn:aws:iam::111122223333:role/self_hosted_runner_role"`}},
		{"one more annotation that EKS reads", example + "serviceaccounts", `"annotations": {`, `"annotations": {"eks.amazonaws.com/audience": "other",`, []string{
			"field-added: " + account + ` has "other" at metadata.annotations["eks.amazonaws.com/audience"], and ` + manifest + ":2:1 has none"}},
		{"no runners", example + "runnerdeployments", `"name": "runner-deployment"`, `"name": "renamed"`, []string{
			"object-missing: " + deployment + ` is not in cluster "example"; ` + manifest + ":14:1 has it",
			`object-added: RunnerDeployment "self-hosted-runners/renamed" is in cluster "example", and no file has it`}},
		{"another image", example + "runnerdeployments", "v2.337.0", "v2.336.0", []string{
			"field-changed: " + deployment + ` has "summerwind/actions-runner:v2.336.0-ubuntu-22.04" at spec.template.spec.image; ` + manifest + `:37:14 has "summerwind/actions-runner:v2.337.0-ubuntu-22.04"`}},
		{"another label", example + "runnerdeployments", `"push-my-app"`, `"push-other"`, []string{
			"field-missing: " + deployment + " lacks spec.template.spec.labels.push-my-app; " + manifest + `:40:11 has "push-my-app"`,
			"field-added: " + deployment + ` has "push-other" at spec.template.spec.labels.push-other, and ` + manifest + ":40:9 has none"}},
		{"another scope", example + "runnerdeployments", `"repository": "octo-org/my-app"`, `"organization": "octo-org"`, []string{
			"field-missing: " + deployment + " lacks spec.template.spec.repository; " + manifest + `:41:19 has "octo-org/my-app"`,
			"field-added: " + deployment + ` has "octo-org" at spec.template.spec.organization, and ` + manifest + ":30:7 has none"}},
		{"another ServiceAccount", example + "runnerdeployments", `"serviceAccountName": "self-hosted-runner-service-account"`, `"serviceAccountName": "default"`, []string{
			"field-changed: " + deployment + ` has "default" at spec.template.spec.serviceAccountName; ` + manifest + `:44:27 has "self-hosted-runner-service-account"`}},
		{"not ephemeral", example + "runnerdeployments", `"ephemeral": true`, `"ephemeral": false`, []string{
			"field-changed: " + deployment + ` has "false" at spec.template.spec.ephemeral; ` + manifest + `:36:18 has "true"`}},
		{"its own variable", example + "runnerdeployments", `"env": [`, `"env": [{"name": "AWS_PROFILE", "value": "other"},`, []string{
			"field-added: " + deployment + ` has {name, value} at spec.template.spec.env.AWS_PROFILE, and ` + manifest + ":34:9 has none"}},
		{"its own container", example + "runnerdeployments", `"env": [`, `"sidecarContainers": [{"name": "more", "image": "docker.io/library/busybox:1"}], "env": [`, []string{
			"field-added: " + deployment + ` has a list of 1 at spec.template.spec.sidecarContainers, and ` + manifest + ":30:7 has none"}},
		{"an init container that goes on", example + "runnerdeployments", `"ephemeral": true`, `"ephemeral": true, "initContainers": [{"name": "more", "image": "docker.io/library/busybox:1"}]`, []string{
			"field-added: " + deployment + ` has a list of 1 at spec.template.spec.initContainers, and ` + manifest + ":30:7 has none"}},
		{"the token reaches the sidecar", example + "runnerdeployments", `"eks.amazonaws.com/skip-containers": "docker",`, ``, []string{
			"field-missing: " + deployment + ` lacks spec.template.metadata.annotations["eks.amazonaws.com/skip-containers"]; ` + manifest + `:27:44 has "docker"`}},
		{"more of them", example + "runnerdeployments", `"replicas": 1`, `"replicas": 3`, []string{
			"field-changed: " + deployment + ` has "3" at spec.replicas; ` + manifest + `:23:13 has "1"`}},
		{"another level of Pod Security", example + "namespaces", `"pod-security.kubernetes.io/enforce": "privileged"`, `"pod-security.kubernetes.io/enforce": "baseline"`, []string{
			`field-changed: Namespace "self-hosted-runners" has "baseline" at metadata.labels["pod-security.kubernetes.io/enforce"]; dist/manifests/example/00-self-hosted-runners.k8s.yaml:7:41 has "privileged"`}},
	} {
		c.test(t, irsa, drift)
	}
}

// Two subjects of one name are two.
func TestSubjectsOfOneName(t *testing.T) {
	binding := func(first, second string) string {
		return `{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "b", "namespace": "self-hosted-runners"},
 "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "r"},
 "subjects": [{"kind": "ServiceAccount", "name": "runner", "namespace": "` + first + `"}, {"kind": "ServiceAccount", "name": "runner", "namespace": "` + second + `"}]}`
	}
	w := irsa(t)
	if err := os.WriteFile("dist/manifests/example/b.yaml", []byte(binding("a", "b")), 0o600); err != nil {
		t.Fatal(err)
	}
	w.reading.Documents = append(w.reading.Documents, document(example+"rolebindings", binding("a", "b")))
	if found, output := w.examine(t); len(found.Drift) > 0 {
		t.Error(output)
	}
	w.replace(t, example+"rolebindings", `"subjects": [`, `"subjects": [{"kind": "User", "name": "ann"}, `)
	found, output := w.examine(t)
	if diff := cmp.Diff([]string{`field-added: RoleBinding "self-hosted-runners/b" has {kind, name} at subjects.ann, and dist/manifests/example/b.yaml:3:14 has none`}, lines(found.Drift)); diff != "" {
		t.Errorf("(-want +got):\n%s\n%s", diff, output)
	}
	w.replace(t, example+"rolebindings", `{"kind": "User", "name": "ann"}, `, "")
	w.replace(t, example+"rolebindings", `"namespace": "b"`, `"namespace": "c"`)
	found, output = w.examine(t)
	want := []string{`field-changed: RoleBinding "self-hosted-runners/b" has "c" at subjects.runner.namespace; dist/manifests/example/b.yaml:3:137 has "b"`}
	if diff := cmp.Diff(want, lines(found.Drift)); diff != "" {
		t.Errorf("(-want +got):\n%s\n%s", diff, output)
	}
}

// What the API server, kubectl and controllers write, and another order, is no drift: nothing but
// one change is found in a state that has all of it. Nor is what no file of ours is about.
func TestWhatOthersWriteIsNoDrift(t *testing.T) {
	for _, c := range []struct{ name, document, old, new string }{
		{"a label of a tool", example + "serviceaccounts", `"labels": {`, `"labels": {"argocd.argoproj.io/instance": "runners",`},
		{"defaults of the API server", example + "runnerdeployments", `"ephemeral": true`, `"ephemeral": true, "dnsPolicy": "ClusterFirst", "hostNetwork": false, "volumes": []`},
		{"actions in another order", roles, "\"ecr:GetDownloadUrlForLayer\",\n         \"ecr:BatchGetImage\"", "\"ecr:BatchGetImage\", \"ecr:GetDownloadUrlForLayer\""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := irsa(t)
			w.replace(t, c.document, c.old, c.new)
			if found, output := w.examine(t); len(found.Drift) > 0 {
				t.Error(output)
			}
		})
	}
}

// A kind that could not be listed is not compared: it would all be missing.
func TestWhatWasNotReadIsNoDrift(t *testing.T) {
	w := irsa(t)
	w.lacks(example + "serviceaccounts")
	w.lacks(roles)
	w.reading.Unread = unread("list serviceaccounts", "Kubernetes, cluster example", "their roles")
	found, output := w.examine(t)
	if len(found.Drift) > 0 || found.Proved() {
		t.Error(output)
	}
	for _, line := range []string{
		"live: warning KR002: serviceaccounts (Kubernetes, cluster example) could not be listed, so whether one is missing is not known",
		"not proved: 1 warning (10 files; 2 files hold nothing that is looked at)",
		"  the role of " + template + ":103:3: its name or account is not known, or was not read",
		"  the managed policy of " + template + ":58:3: its name or account is not known, or was not read",
		`  objects of kind ServiceAccount in the folder "example", of which no list was read`,
		"deployed: not proved, as dist has it as far as it was compared, 1 call failed",
	} {
		if !strings.Contains("\n"+output, "\n"+line+"\n") {
			t.Errorf("no line %q in\n%s", line, output)
		}
	}
	if !strings.Contains(output, "\nnot read, and so unknown:\n  Kubernetes, cluster example: their roles: no\n      fix: allow list serviceaccounts\n") {
		t.Error(output)
	}
}

// What the template leaves to a parameter is not compared.
func TestWhatATemplateDoesNotDetermineIsNoDrift(t *testing.T) {
	w := irsa(t)
	text, err := os.ReadFile(template)
	if err != nil {
		t.Fatal(err)
	}
	const written = `"arn:aws:ecr:us-east-1:111122223333:repository/my-app"`
	if strings.Count(string(text), written) != 1 {
		t.Fatalf("the template does not have %s once", written)
	}
	open := strings.Replace(string(text), written, `{"Ref": "Repository"}`, 1)
	open = strings.Replace(open, `"Resources": {`, `"Parameters": {"Repository": {"Type": "String"}}, "Resources": {`, 1)
	if err := os.WriteFile(template, []byte(open), 0o600); err != nil {
		t.Fatal(err)
	}
	found, output := w.examine(t)
	if len(found.Drift) > 0 || !strings.Contains(output, "\nnot compared with dist:\n  the policy document of "+template+":63:23, of which something is not known\n") {
		t.Error(output)
	}
}

// The provider of a role that no file of ours makes has to be there too.
func TestWithoutAProviderNothingIsProved(t *testing.T) {
	w := irsa(t)
	w.replace(t, providers, `{
   "Arn": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
   "Url": "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
   "ClientIDList": [
    "sts.amazonaws.com"
   ]
  }`, "")
	found, output := w.examine(t)
	if found.Report.Proved() || !strings.Contains(output, `no provider of issuer "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF" is among the files`) {
		t.Error(output)
	}
}

// An association of someone else's ServiceAccount is not compared.
func TestAssociationsOfOthersAreNoDrift(t *testing.T) {
	w := irsa(t)
	w.reading.Documents = append(w.reading.Documents, document(example+"association-a-2", `{"association": {"associationArn": "arn:aws:eks:us-east-1:111122223333:podidentityassociation/example/a-2",
  "clusterName": "example", "namespace": "monitoring", "serviceAccount": "agent", "roleArn": "arn:aws:iam::111122223333:role/other"}}`))
	found, output := w.examine(t)
	if len(found.Drift)+len(found.Troubles) > 0 {
		t.Error(output)
	}
}

// Runners that the controller made of a RunnerDeployment are in no file.
func TestWhatControllersMakeIsNoDrift(t *testing.T) {
	w := irsa(t)
	made := document(example+"made/runners", `{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "actions.summerwind.dev/v1alpha1", "kind": "Runner",
  "metadata": {"name": "runner-1", "namespace": "self-hosted-runners"}, "spec": {"repository": "octo-org/my-app"}}]}`)
	made.Made = true
	w.reading.Documents = append(w.reading.Documents, made)
	if found, output := w.examine(t); !found.Proved() {
		t.Error(output)
	}
}
