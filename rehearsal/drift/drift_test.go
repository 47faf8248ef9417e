// Package drift_test has keyless doctor examine what is deployed to moto's account and to a real
// kube-apiserver, as dist/ has it and after it was changed by hand.
package drift_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	ecrtypes "github.com/aws/aws-sdk-go-v2/service/ecr/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/google/go-cmp/cmp"

	"keyless-runners/doctor"
)

func TestDoctorFindsWhatWasChanged(t *testing.T) {
	w := deployed(t)
	found, output := w.examine(t)
	if !found.Proved() || !strings.HasSuffix(output, "\ndeployed: proved, as "+w.dist+" has it\n") {
		t.Fatalf("what is deployed as dist has it is not proved:\n%s", output)
	}
	w.declareAnew(t)
	w.examineWithoutPermissions(t)
	w.controller.Stop() // the Pods stay as they are
	w.changeAccount(t)
	w.changeCluster(t)
	found, output = w.examine(t)
	if diff := cmp.Diff(w.changed(), w.lines(found)); diff != "" {
		t.Errorf("(-want +got):\n%s\n%s", diff, output)
	}
	w.deleteAll(t)
	found, output = w.examine(t)
	if diff := cmp.Diff(deleted, w.lines(found)); diff != "" {
		t.Errorf("after deletions (-want +got):\n%s\n%s", diff, output)
	}
}

// examineWithoutPermissions examines as someone who may list nothing: each list is unknown, by its
// permission.
func (w *world) examineWithoutPermissions(t *testing.T) {
	t.Helper()
	before := os.Getenv("KUBECONFIG")
	t.Setenv("KUBECONFIG", w.user(t))
	defer t.Setenv("KUBECONFIG", before)
	found, output := w.examine(t)
	for _, unread := range found.Reading.Unread {
		if !unread.Denied || unread.Where != "Kubernetes, cluster example" || !strings.HasPrefix(unread.Permission, "list ") {
			t.Errorf("got %+v", unread)
		}
	}
	if n := len(found.Reading.Unread); n != 24 || found.Proved() || len(found.Drift) > 0 {
		t.Errorf("%d lists are unknown, want 24, no drift, and no proof:\n%s", n, output)
	}
}

// lines are the findings, with the folder of what was deployed as dist.
func (w *world) lines(d doctor.Diagnosis) []string {
	var found []string
	for _, f := range append(d.Drift, d.Troubles...) {
		found = append(found, strings.ReplaceAll(fmt.Sprintf("%s: %s", f.Name, f.Text), w.dist, "dist"))
	}
	return found
}

const (
	policyARN    = "arn:aws:iam::111122223333:policy/self_hosted_runner_policy"
	providerARN  = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
	readOnlyARN  = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"
	anyone       = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Federated": "` + providerARN + `"}, "Action": "sts:AssumeRoleWithWebIdentity"}]}`
	everything   = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:*", "Resource": "*"}]}`
	letsOthersIn = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::999988887777:root"}, "Action": "ecr:PutImage"}]}`
)

// changeAccount changes what the account has of the fleet.
func (w *world) changeAccount(t *testing.T) {
	t.Helper()
	role := aws.String("self_hosted_runner_role")
	_, err := w.iam.UpdateAssumeRolePolicy(t.Context(), &iam.UpdateAssumeRolePolicyInput{RoleName: role, PolicyDocument: aws.String(anyone)})
	must(t, err)
	_, err = w.iam.PutRolePolicy(t.Context(), &iam.PutRolePolicyInput{RoleName: role, PolicyName: aws.String("more"), PolicyDocument: aws.String(everything)})
	must(t, err)
	_, err = w.iam.AttachRolePolicy(t.Context(), &iam.AttachRolePolicyInput{RoleName: role, PolicyArn: aws.String(readOnlyARN)})
	must(t, err)
	_, err = w.iam.PutRolePermissionsBoundary(t.Context(), &iam.PutRolePermissionsBoundaryInput{RoleName: role, PermissionsBoundary: aws.String(readOnlyARN)})
	must(t, err)
	_, err = w.iam.CreatePolicyVersion(t.Context(), &iam.CreatePolicyVersionInput{PolicyArn: aws.String(policyARN), PolicyDocument: aws.String(everything), SetAsDefault: true})
	must(t, err)
	_, err = w.iam.DeleteOpenIDConnectProvider(t.Context(), &iam.DeleteOpenIDConnectProviderInput{OpenIDConnectProviderArn: aws.String(providerARN)})
	must(t, err)
	_, err = w.iam.CreateOpenIDConnectProvider(t.Context(), &iam.CreateOpenIDConnectProviderInput{Url: aws.String(string(issuer)), ClientIDList: []string{"sts.amazonaws.com", "other"}})
	must(t, err)
	_, err = w.ecr.PutImageTagMutability(t.Context(), &ecr.PutImageTagMutabilityInput{RepositoryName: aws.String("my-app"), ImageTagMutability: ecrtypes.ImageTagMutabilityMutable})
	must(t, err)
	_, err = w.ecr.SetRepositoryPolicy(t.Context(), &ecr.SetRepositoryPolicyInput{RepositoryName: aws.String("my-app"), PolicyText: aws.String(letsOthersIn)})
	must(t, err)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// changeCluster changes what the cluster has of the fleet.
func (w *world) changeCluster(t *testing.T) {
	t.Helper()
	const namespace = "self-hosted-runners"
	patch := func(what, how string) {
		t.Helper()
		w.kubectl(t, "", "patch", what, "-n", namespace, "--type=merge", "-p", how)
	}
	// The controller's own webhook is gone with it, and would refuse each change.
	w.kubectl(t, "", "delete", "validatingwebhookconfigurations,mutatingwebhookconfigurations", "--all")
	patch("serviceaccount/self-hosted-runner-service-account", `{"metadata": {"annotations": {"eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/other", "eks.amazonaws.com/audience": "other"}}}`)
	patch("serviceaccount/self-hosted-runner-service-account", `{"automountServiceAccountToken": true}`)
	patch("runnerdeployment/runner-deployment", `{"spec": {"replicas": 3, "template": {"spec": {
  "image": "summerwind/actions-runner:latest", "labels": ["push-other"], "repository": null, "organization": "octo-org", "ephemeral": false,
  "env": [{"name": "AWS_EC2_METADATA_DISABLED", "value": "false"}]}}}}`)
	patch("runnerdeployment/runner-deployment", `{"spec": {"template": {"metadata": {"annotations": {"eks.amazonaws.com/skip-containers": null}}}}}`)
	w.kubectl(t, "", "label", "namespace", namespace, "pod-security.kubernetes.io/enforce=baseline", "--overwrite")
	w.kubectl(t, `apiVersion: actions.summerwind.dev/v1alpha1
kind: RunnerDeployment
metadata: {name: by-hand, namespace: self-hosted-runners}
spec: {template: {spec: {organization: octo-org, serviceAccountName: self-hosted-runner-service-account}}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: by-hand, namespace: self-hosted-runners, annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/self_hosted_runner_role"}}
`, "apply", "-f", "-")
	w.kubectl(t, "", "set", "image", "deployment/actions-runner-controller", "-n", "kube-system", "manager=summerwind/actions-runner-controller:v0.26.0")
}

const (
	role       = `role "self_hosted_runner_role" of account 111122223333`
	repository = `image repository "my-app" of account 111122223333 in us-east-1`
	provider   = `OIDC provider of issuer "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"`
	sa         = `ServiceAccount "self-hosted-runners/self-hosted-runner-service-account"`
	runners    = `RunnerDeployment "self-hosted-runners/runner-deployment"`
	template   = "dist/infra/keyless-runners.template.json"
	manifest   = "dist/manifests/example/build.k8s.yaml"
)

// changedRunners are the findings about the RunnerDeployment and its namespace, which stay.
var changedRunners = []string{
	"field-changed: " + runners + ` has "3" at spec.replicas; ` + manifest + `:23:13 has "1"`,
	"field-missing: " + runners + ` lacks spec.template.metadata.annotations["eks.amazonaws.com/skip-containers"]; ` + manifest + `:27:44 has "docker"`,
	"field-changed: " + runners + ` has "false" at spec.template.spec.env.AWS_EC2_METADATA_DISABLED.value; ` + manifest + `:35:18 has "true"`,
	"field-changed: " + runners + ` has "false" at spec.template.spec.ephemeral; ` + manifest + `:36:18 has "true"`,
	"field-changed: " + runners + ` has "summerwind/actions-runner:latest" at spec.template.spec.image; ` + manifest + `:37:14 has "summerwind/actions-runner:v2.337.0-ubuntu-22.04"`,
	"field-missing: " + runners + " lacks spec.template.spec.labels.push-my-app; " + manifest + `:40:11 has "push-my-app"`,
	"field-added: " + runners + ` has "push-other" at spec.template.spec.labels.push-other, and ` + manifest + ":40:9 has none",
	"field-missing: " + runners + " lacks spec.template.spec.repository; " + manifest + `:41:19 has "octo-org/my-app"`,
	"field-added: " + runners + ` has "octo-org" at spec.template.spec.organization, and ` + manifest + ":30:7 has none",
}

const changedNamespace = `field-changed: Namespace "self-hosted-runners" has "baseline" at metadata.labels["pod-security.kubernetes.io/enforce"]; dist/manifests/example/00-self-hosted-runners.k8s.yaml:7:41 has "privileged"`

const noWebhook = `webhook-missing: cluster "example" has no pod identity webhook (iam-for-pods.amazonaws.com): new Pods get neither a token nor credentials`

// changed are the findings about what was changed.
func (w *world) changed() []string {
	return slices.Concat([]string{
		"trust-policy: " + role + " has another trust policy than " + template + ":106:33",
		"inline-policy-added: " + role + ` has inline policy "more", and ` + template + ":103:3 has not",
		"managed-policy-attached: " + role + ` has managed policy "` + readOnlyARN + `", and ` + template + ":103:3 attaches none of that name",
		"permissions-boundary: " + role + ` has permissions boundary "` + readOnlyARN + `", and ` + template + ":103:3 has none",
		`managed-policy: managed policy "` + policyARN + `" says something else than ` + template + ":63:23",
		"provider-client-ids: the " + provider + " in account 111122223333 has other client ids than " + template + ":7:3",
		"tag-mutability: " + repository + ` has tag mutability "MUTABLE"; ` + template + `:33:27 has "IMMUTABLE"`,
		"image-repository-policy: " + repository + " has another policy than " + template + ":24:3",
		changedNamespace,
		"field-changed: " + sa + ` has "arn:aws:iam::111122223333:role/other" at metadata.annotations["eks.amazonaws.com/role-arn"]; ` + manifest + `:6:33 has "arn:aws:iam::111122223333:role/self_hosted_runner_role"`,
		"field-added: " + sa + ` has "other" at metadata.annotations["eks.amazonaws.com/audience"], and ` + manifest + ":2:1 has none",
		"field-changed: " + sa + ` has "true" at automountServiceAccountToken; ` + manifest + `:12:31 has "false"`,
	}, changedRunners, []string{
		`object-added: RunnerDeployment "self-hosted-runners/by-hand" is in cluster "example", and no file has it`,
		`object-added: ServiceAccount "self-hosted-runners/by-hand" is in cluster "example", and no file has it`,
		noWebhook,
		`controller-version: Deployment "kube-system/actions-runner-controller" in cluster "example" runs actions-runner-controller v0.26.0; the proof is of 0.27.6, and another version may make other Pods`,
		`pod-with-old-role: Pod "self-hosted-runners/` + w.pod + `" in cluster "example" has role "arn:aws:iam::111122223333:role/self_hosted_runner_role"; its ` + sa + ` names "arn:aws:iam::111122223333:role/other" since`,
	})
}

// deleteAll deletes what was deployed, each in its own way.
func (w *world) deleteAll(t *testing.T) {
	t.Helper()
	role := aws.String("self_hosted_runner_role")
	for _, arn := range []string{policyARN, readOnlyARN} {
		_, err := w.iam.DetachRolePolicy(t.Context(), &iam.DetachRolePolicyInput{RoleName: role, PolicyArn: aws.String(arn)})
		must(t, err)
	}
	_, err := w.iam.DeleteRolePolicy(t.Context(), &iam.DeleteRolePolicyInput{RoleName: role, PolicyName: aws.String("more")})
	must(t, err)
	_, err = w.iam.DeleteRole(t.Context(), &iam.DeleteRoleInput{RoleName: role})
	must(t, err)
	_, err = w.iam.DeletePolicyVersion(t.Context(), &iam.DeletePolicyVersionInput{PolicyArn: aws.String(policyARN), VersionId: aws.String("v1")})
	must(t, err)
	_, err = w.iam.DeletePolicy(t.Context(), &iam.DeletePolicyInput{PolicyArn: aws.String(policyARN)})
	must(t, err)
	_, err = w.iam.DeleteOpenIDConnectProvider(t.Context(), &iam.DeleteOpenIDConnectProviderInput{OpenIDConnectProviderArn: aws.String(providerARN)})
	must(t, err)
	_, err = w.ecr.DeleteRepository(t.Context(), &ecr.DeleteRepositoryInput{RepositoryName: aws.String("my-app"), Force: true})
	must(t, err)
	w.kubectl(t, "", "delete", "--wait=false", "-n", "self-hosted-runners", "runnerdeployment/by-hand", "serviceaccount/by-hand", "serviceaccount/self-hosted-runner-service-account")
	w.kubectl(t, "", "delete", "deployment/actions-runner-controller", "-n", "kube-system")
}

// deleted are the findings about what was deleted, and about what was changed before and is there.
var deleted = slices.Concat([]string{
	"role-missing: " + role + " is not there; " + template + ":103:3 has it",
	`managed-policy-missing: managed policy "` + policyARN + `" is not there; ` + template + ":58:3 has it",
	"provider-missing: account 111122223333 has no " + provider + "; " + template + ":7:3 has it",
	"image-repository-missing: " + repository + " is not there; " + template + ":24:3 has it",
	changedNamespace,
	"object-missing: " + sa + ` is not in cluster "example"; ` + manifest + ":2:1 has it",
}, changedRunners, []string{
	noWebhook,
	`controller-missing: cluster "example" has runners of actions.summerwind.dev, and no Deployment runs actions-runner-controller`,
})
