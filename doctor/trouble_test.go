package doctor_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEachTroubleHasItsName(t *testing.T) {
	const pod = `Pod "self-hosted-runners/runner-1" in cluster "example"`
	for _, c := range []change{
		{"a Pod without a token", example + "made/pods", "AWS_ROLE_ARN", "OTHER", []string{
			"pod-without-token: " + pod + ` has no token for role "arn:aws:iam::111122223333:role/self_hosted_runner_role", which its ServiceAccount "self-hosted-runners/self-hosted-runner-service-account" names: it was made before the annotation, or the webhook did not reach it`}},
		{"a Pod with the role that was", example + "made/pods", "role/self_hosted_runner_role", "role/other", []string{
			"pod-with-old-role: " + pod + ` has role "arn:aws:iam::111122223333:role/other"; its ServiceAccount "self-hosted-runners/self-hosted-runner-service-account" names "arn:aws:iam::111122223333:role/self_hosted_runner_role" since`}},
		{"no webhook", example + "mutatingwebhookconfigurations", "iam-for-pods.amazonaws.com", "other.example.com", []string{
			`webhook-missing: cluster "example" has no pod identity webhook (iam-for-pods.amazonaws.com): new Pods get neither a token nor credentials`}},
		{"no controller", example + "deployments", "summerwind/actions-runner-controller", "summerwind/other", []string{
			`controller-missing: cluster "example" has runners of actions.summerwind.dev, and no Deployment runs actions-runner-controller`}},
		{"a controller that is not available", example + "deployments", `"availableReplicas": 1`, `"availableReplicas": 0`, []string{
			`controller-not-ready: Deployment "actions-runner-system/actions-runner-controller" in cluster "example" is not available: no one makes runners`}},
		{"another version of the controller", example + "deployments", "v0.27.6", "v0.26.0", []string{
			`controller-version: Deployment "actions-runner-system/actions-runner-controller" in cluster "example" runs actions-runner-controller v0.26.0; the proof is of 0.27.6, and another version may make other Pods`}},
		{"hardly any more roles", summary, `"Roles": 40`, `"Roles": 900`, []string{
			`quota: account 111122223333 has 900 of 1000 roles`}},
		{"a role that can have no more policies", summary, `"AttachedPoliciesPerRoleQuota": 10`, `"AttachedPoliciesPerRoleQuota": 1`, []string{
			`quota: role self_hosted_runner_role has 1 of 1 managed policies`}},
	} {
		c.test(t, irsa, troubles)
	}
}

func TestPodsThatAreOlder(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*testing.T, *world)
		open   func(*testing.T) *world
		want   string
	}{
		{"than the ServiceAccount", func(t *testing.T, w *world) {
			w.replace(t, example+"made/pods", "AWS_ROLE_ARN", "OTHER")
			w.replace(t, example+"made/pods", "2026-11-01T11:00:00Z", "2026-11-01T09:00:00Z")
		}, irsa, `pod-before-service-account: Pod "self-hosted-runners/runner-1" in cluster "example" is older (2026-11-01T09:00:00Z) than its ServiceAccount "self-hosted-runners/self-hosted-runner-service-account" (2026-11-01T10:00:00Z): it has no token for the role`},
		{"than the association", func(t *testing.T, w *world) {
			w.replace(t, prod+"made/pods", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "OTHER")
			w.replace(t, prod+"made/pods", "2026-11-01T11:00:00Z", "2026-11-01T10:15:00Z")
		}, podIdentity, `pod-before-association: Pod "web-runners/web-1" in cluster "prod" is older (2026-11-01T10:15:00Z) than the EKS Pod Identity association of its ServiceAccount "web-runners/runner" (2026-11-01T10:30:00Z): it has none of the role's credentials`},
		{"than nothing, and the webhook did not reach it", func(t *testing.T, w *world) {
			w.replace(t, prod+"made/pods", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "OTHER")
		}, podIdentity, `pod-without-credentials: Pod "web-runners/web-1" in cluster "prod" is younger than the EKS Pod Identity association of its ServiceAccount "web-runners/runner", and lacks AWS_CONTAINER_CREDENTIALS_FULL_URI: the webhook did not reach it`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := c.open(t)
			c.change(t, w)
			found, output := w.examine(t)
			if diff := cmp.Diff([]string{c.want}, lines(found.Troubles)); diff != "" || found.Proved() {
				t.Errorf("(-want +got):\n%s\n%s", diff, output)
			}
		})
	}
}

// While runners move from IRSA to EKS Pod Identity, Pods that have the role either way are fine.
func TestPodsWhileRunnersMove(t *testing.T) {
	const old = "arn:aws:iam::111122223333:role/self_hosted_runner_role"
	association := document(example+"association-a-2", `{"association": {"associationArn": "arn:aws:eks:us-east-1:111122223333:podidentityassociation/example/a-2",
  "clusterName": "example", "namespace": "self-hosted-runners", "serviceAccount": "self-hosted-runner-service-account", "roleArn": "`+old+`", "createdAt": "2026-11-01T12:00:00Z"}}`)
	agent := document(example+"daemonsets", `{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"name": "eks-pod-identity-agent", "namespace": "kube-system"},
  "spec": {"template": {"spec": {"containers": []}}}, "status": {"numberReady": 1, "desiredNumberScheduled": 1}}]}`)
	t.Run("both ways are valid", func(t *testing.T) {
		w := irsa(t)
		w.reading.Documents = append(w.reading.Documents, association, agent)
		if found, output := w.examine(t); len(found.Troubles) > 0 {
			t.Error(output)
		}
	})
	t.Run("the annotation is gone", func(t *testing.T) {
		w := irsa(t)
		w.reading.Documents = append(w.reading.Documents, association, agent)
		w.replace(t, example+"serviceaccounts", `"eks.amazonaws.com/role-arn"`, `"example.com/role-arn"`)
		found, output := w.examine(t)
		want := []string{`pod-with-old-role: Pod "self-hosted-runners/runner-1" in cluster "example" has role "` + old + `"; its ServiceAccount "self-hosted-runners/self-hosted-runner-service-account" has an EKS Pod Identity association since`}
		if diff := cmp.Diff(want, lines(found.Troubles)); diff != "" {
			t.Errorf("(-want +got):\n%s\n%s", diff, output)
		}
	})
	t.Run("the annotation is gone, and there is no association", func(t *testing.T) {
		w := irsa(t)
		w.replace(t, example+"serviceaccounts", `"eks.amazonaws.com/role-arn"`, `"example.com/role-arn"`)
		found, output := w.examine(t)
		want := []string{`pod-with-old-role: Pod "self-hosted-runners/runner-1" in cluster "example" has role "` + old + `"; its ServiceAccount "self-hosted-runners/self-hosted-runner-service-account" names none since`}
		if diff := cmp.Diff(want, lines(found.Troubles)); diff != "" {
			t.Errorf("(-want +got):\n%s\n%s", diff, output)
		}
	})
	t.Run("the runner names a role itself", func(t *testing.T) {
		w := irsa(t)
		w.replace(t, example+"runnerdeployments", `"env": [`, `"env": [{"name": "AWS_ROLE_ARN", "value": "arn:aws:iam::111122223333:role/other"},`)
		w.replace(t, example+"made/pods", old, "arn:aws:iam::111122223333:role/other")
		if found, output := w.examine(t); len(found.Troubles) > 0 {
			t.Error(output)
		}
	})
}

// A Pod that has ended, and one that the webhook is kept from, lack nothing.
func TestPodsThatLackNothing(t *testing.T) {
	for _, c := range []struct{ old, new string }{
		{`"phase": "Running"`, `"phase": "Succeeded"`},
		{`"namespace": "self-hosted-runners"`, `"namespace": "self-hosted-runners", "labels": {"eks.amazonaws.com/skip-pod-identity-webhook": ""}`},
		{`"serviceAccountName": "self-hosted-runner-service-account"`, `"serviceAccountName": "default"`},
	} {
		t.Run(c.new, func(t *testing.T) {
			w := irsa(t)
			w.replace(t, example+"made/pods", "AWS_ROLE_ARN", "OTHER")
			w.replace(t, example+"made/pods", c.old, c.new)
			if found, output := w.examine(t); len(found.Troubles) > 0 {
				t.Error(output)
			}
		})
	}
}

// Pods of others may lack what they like.
func TestPodsOfOthersAreNotExamined(t *testing.T) {
	w := irsa(t)
	w.reading.Documents = append(w.reading.Documents, document(example+"serviceaccounts-2", `{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "ServiceAccount",
  "metadata": {"name": "web", "namespace": "web", "annotations": {"eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/web"}}}]}`),
		document(example+"pods", `{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Pod",
  "metadata": {"name": "web", "namespace": "web"}, "spec": {"serviceAccountName": "web", "containers": [{"name": "web", "image": "web:1"}]}, "status": {"phase": "Running"}}]}`))
	if found, output := w.examine(t); len(found.Troubles) > 0 {
		t.Error(output)
	}
}

func TestTheAgent(t *testing.T) {
	for _, c := range []change{
		{"it is not there", prod + "daemonsets", `"name": "eks-pod-identity-agent",
    "namespace"`, `"name": "other",
    "namespace"`, []string{`agent-missing: cluster "prod" has no EKS Pod Identity agent, and associations of runners`}},
		{"it is not ready", prod + "daemonsets", `"numberReady": 3`, `"numberReady": 2`, []string{
			`agent-not-ready: the EKS Pod Identity agent is ready on 2 of 3 nodes of cluster "prod": Pods on the others get no credentials`}},
	} {
		c.test(t, podIdentity, troubles)
	}
	t.Run("EKS Auto Mode has it built in", func(t *testing.T) {
		w := podIdentity(t)
		w.lacks(prod + "daemonsets")
		w.replace(t, prod+"cluster", `"endpoint"`, `"computeConfig": {"enabled": true}, "endpoint"`)
		if found, output := w.examine(t); len(found.Troubles) > 0 {
			t.Error(output)
		}
	})
}

func TestAResourceQuotaThatIsUsedUp(t *testing.T) {
	quota := func(namespace, used string) string {
		return `{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"namespace": "` + namespace + `", "name": "pods"},
  "spec": {"hard": {"pods": "10"}}, "status": {"hard": {"pods": "10"}, "used": {"pods": "` + used + `"}}}]}`
	}
	for _, c := range []struct {
		namespace, used string
		want            []string
	}{
		{"self-hosted-runners", "8", nil},
		{"self-hosted-runners", "9", []string{`resource-quota: ResourceQuota "self-hosted-runners/pods" in cluster "example" is nearly used up: 9 of 10 pods`}},
		{"others", "10", nil},
	} {
		t.Run(c.namespace+" "+c.used, func(t *testing.T) {
			w := irsa(t)
			w.reading.Documents = append(w.reading.Documents, document(example+"resourcequotas", quota(c.namespace, c.used)))
			found, output := w.examine(t)
			if diff := cmp.Diff(c.want, lines(found.Troubles)); diff != "" {
				t.Errorf("(-want +got):\n%s\n%s", diff, output)
			}
		})
	}
}

// An operator may have made the controller's Deployment.
func TestAControllerThatAnOperatorMade(t *testing.T) {
	w := irsa(t)
	for i, d := range w.reading.Documents {
		if d.Name == example+"deployments" {
			w.reading.Documents[i].Name, w.reading.Documents[i].Made = example+"made/deployments", true
		}
	}
	if found, output := w.examine(t); len(found.Troubles) > 0 {
		t.Error(output)
	}
}
