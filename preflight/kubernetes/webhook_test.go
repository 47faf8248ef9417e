package kubernetes_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/source"
)

// What the webhook gives a container, and a Pod. The cases are those of rehearsal/webhook.
const (
	injected = " AWS_DEFAULT_REGION=- from the cluster's region AWS_REGION=- from the cluster's region AWS_ROLE_ARN=the role" +
		" AWS_WEB_IDENTITY_TOKEN_FILE=/var/run/secrets/eks.amazonaws.com/serviceaccount/token mounts aws-iam-token:/var/run/secrets/eks.amazonaws.com/serviceaccount"
	injectedToken = " aws-iam-token (token token for sts.amazonaws.com, - s)"
)

func TestInject(t *testing.T) {
	for _, c := range []struct{ name, account, pod, want string }{
		{"a container", "", "spec: {containers: [{name: runner}]}", "runner" + injected + "\nvolumes" + injectedToken},
		{"init containers too", "", "spec: {containers: [{name: runner}], initContainers: [{name: init}]}", "runner" + injected + "\ninit" + injected + "\nvolumes" + injectedToken},
		{"before other volumes", "", "spec: {containers: [{name: runner}], volumes: [{name: work}]}", "runner" + injected + "\nvolumes" + injectedToken + " work"},
		{"containers that are skipped", "", "metadata: {annotations: {eks.amazonaws.com/skip-containers: 'docker,init'}}\nspec: {containers: [{name: runner}, {name: docker}], initContainers: [{name: init}]}", "runner" + injected + "\ndocker\ninit\nvolumes" + injectedToken},
		{"names as they stand, blanks and all", "", "metadata: {annotations: {eks.amazonaws.com/skip-containers: 'other, docker'}}\nspec: {containers: [{name: docker}]}", "docker" + injected + "\nvolumes" + injectedToken},
		{"no line of CSV", "", "metadata: {annotations: {eks.amazonaws.com/skip-containers: '\"docker'}}\nspec: {containers: [{name: docker}]}", "docker" + injected + "\nvolumes" + injectedToken},
		{"another audience", "eks.amazonaws.com/audience: vault", "spec: {containers: [{name: runner}]}", "runner" + injected + "\nvolumes aws-iam-token (token token for vault, - s)"},
		{"an empty audience", "eks.amazonaws.com/audience: ''", "spec: {containers: [{name: runner}]}", "runner" + injected + "\nvolumes aws-iam-token (token token for , - s)"},
		{"the ServiceAccount's expiration", "eks.amazonaws.com/token-expiration: '7200'", "spec: {containers: [{name: runner}]}", "runner" + injected + "\nvolumes aws-iam-token (token token for sts.amazonaws.com, 7200 s)"},
		{"the Pod's expiration first", "eks.amazonaws.com/token-expiration: '7200'", "metadata: {annotations: {eks.amazonaws.com/token-expiration: '3600'}}\nspec: {containers: [{name: runner}]}", "runner" + injected + "\nvolumes aws-iam-token (token token for sts.amazonaws.com, 3600 s)"},
		{"ten minutes at least", "eks.amazonaws.com/token-expiration: '-1'", "spec: {containers: [{name: runner}]}", "runner" + injected + "\nvolumes aws-iam-token (token token for sts.amazonaws.com, 600 s)"},
		{"an expiration that is no number", "eks.amazonaws.com/token-expiration: '7200'", "metadata: {annotations: {eks.amazonaws.com/token-expiration: 2h}}\nspec: {containers: [{name: runner}]}", "runner" + injected + "\nvolumes aws-iam-token (token token for sts.amazonaws.com, 7200 s)"},
		{"an expiration that is too long for a number", "eks.amazonaws.com/token-expiration: '9223372036854775808'", "spec: {containers: [{name: runner}]}", "runner" + injected + "\nvolumes" + injectedToken},
		{"one variable of a kind", "", "spec: {containers: [{name: runner, env: [{name: AWS_REGION, value: eu-west-1}, {name: AWS_ROLE_ARN, value: own}]}]}", "runner AWS_REGION=eu-west-1 AWS_ROLE_ARN=own mounts aws-iam-token:/var/run/secrets/eks.amazonaws.com/serviceaccount\nvolumes" + injectedToken},
		{"variables of every kind", "", "spec: {containers: [{name: runner, env: [{name: AWS_DEFAULT_REGION}, {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: /t}, {name: AWS_STS_REGIONAL_ENDPOINTS}]}]}", "runner AWS_DEFAULT_REGION= AWS_WEB_IDENTITY_TOKEN_FILE=/t AWS_STS_REGIONAL_ENDPOINTS=\nvolumes" + injectedToken},
		{"a volume that is mounted already", "", "spec: {containers: [{name: runner, volumeMounts: [{name: aws-iam-token, mountPath: /t}]}]}", "runner" + strings.Replace(injected, ":/var/run/secrets/eks.amazonaws.com/serviceaccount", ":/t", 1) + "\nvolumes" + injectedToken},
		{"a volume of the token's name", "", "spec: {containers: [{name: runner}], volumes: [{name: aws-iam-token, emptyDir: {}}]}", "runner" + injected + "\nvolumes aws-iam-token"},
		{"the label that keeps it away", "", "metadata: {labels: {eks.amazonaws.com/skip-pod-identity-webhook: ''}}\nspec: {containers: [{name: runner}]}", "runner\nvolumes"},
		{"no role", "eks.amazonaws.com/role-arn: ''", "spec: {containers: [{name: runner}]}", "runner\nvolumes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			account := c.account
			if !strings.Contains(account, "role-arn") {
				account = strings.TrimSuffix("eks.amazonaws.com/role-arn: the role, "+account, ", ")
			}
			sa := read(t, "apiVersion: v1\nkind: ServiceAccount\nmetadata: {annotations: {"+account+"}}").ServiceAccounts[0]
			w := read(t, "apiVersion: v1\nkind: Pod\n"+c.pod).Workloads[0]
			before := showPod(facts.Pod{Volumes: w.Volumes, Containers: w.Containers})
			if diff := cmp.Diff(c.want, showPod(kubernetes.Inject(&w, &sa))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if after := showPod(facts.Pod{Volumes: w.Volumes, Containers: w.Containers}); after != before {
				t.Errorf("it changed what was read:\n%s\nbefore:\n%s", after, before)
			}
		})
	}
}

// What the webhook gives a container, and a Pod, whose ServiceAccount has an association.
const (
	associated = " AWS_DEFAULT_REGION=- from the cluster's region AWS_REGION=- from the cluster's region AWS_CONTAINER_CREDENTIALS_FULL_URI=http://169.254.170.23/v1/credentials" +
		" AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=/var/run/secrets/pods.eks.amazonaws.com/serviceaccount/eks-pod-identity-token" + associatedMount
	associatedMount = " mounts eks-pod-identity-token:/var/run/secrets/pods.eks.amazonaws.com/serviceaccount"
	associatedToken = " eks-pod-identity-token (token eks-pod-identity-token for pods.eks.amazonaws.com, - s)"
)

func TestInjectAssociated(t *testing.T) {
	for _, c := range []struct{ name, account, pod, want string }{
		{"a container", "", "spec: {containers: [{name: runner}]}", "runner" + associated + "\nvolumes" + associatedToken},
		{"nothing of IRSA", "eks.amazonaws.com/role-arn: the role, eks.amazonaws.com/audience: vault", "spec: {containers: [{name: runner}]}", "runner" + associated + "\nvolumes" + associatedToken},
		{"init containers too, before other volumes", "", "spec: {containers: [{name: runner}], initContainers: [{name: init}], volumes: [{name: work}]}", "runner" + associated + "\ninit" + associated + "\nvolumes" + associatedToken + " work"},
		{"containers that are skipped", "", "metadata: {annotations: {eks.amazonaws.com/skip-containers: docker}}\nspec: {containers: [{name: runner}, {name: docker}]}", "runner" + associated + "\ndocker\nvolumes" + associatedToken},
		{"the ServiceAccount's expiration", "eks.amazonaws.com/token-expiration: '7200'", "spec: {containers: [{name: runner}]}", "runner" + associated + "\nvolumes" + strings.Replace(associatedToken, "- s", "7200 s", 1)},
		{"the Pod's expiration first", "eks.amazonaws.com/token-expiration: '7200'", "metadata: {annotations: {eks.amazonaws.com/token-expiration: '3600'}}\nspec: {containers: [{name: runner}]}", "runner" + associated + "\nvolumes" + strings.Replace(associatedToken, "- s", "3600 s", 1)},
		{"variables of IRSA of its own", "", "spec: {containers: [{name: runner, env: [{name: AWS_ROLE_ARN, value: own}, {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: /t}]}]}", "runner AWS_ROLE_ARN=own AWS_WEB_IDENTITY_TOKEN_FILE=/t" + associated + "\nvolumes" + associatedToken},
		{"one of the two variables", "", "spec: {containers: [{name: runner, env: [{name: AWS_REGION, value: r}, {name: AWS_CONTAINER_CREDENTIALS_FULL_URI, value: own}]}]}", "runner AWS_REGION=r AWS_CONTAINER_CREDENTIALS_FULL_URI=own" + associatedMount + "\nvolumes" + associatedToken},
		{"variables of every kind", "", "spec: {containers: [{name: runner, env: [{name: AWS_DEFAULT_REGION}, {name: AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, value: /t}, {name: AWS_STS_REGIONAL_ENDPOINTS}]}]}", "runner AWS_DEFAULT_REGION= AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=/t AWS_STS_REGIONAL_ENDPOINTS=\nvolumes" + associatedToken},
		{"a volume of the token's name", "", "spec: {containers: [{name: runner}], volumes: [{name: eks-pod-identity-token, emptyDir: {}}]}", "runner" + associated + "\nvolumes eks-pod-identity-token"},
		{"the label that keeps it away", "", "metadata: {labels: {eks.amazonaws.com/skip-pod-identity-webhook: ''}}\nspec: {containers: [{name: runner}]}", "runner\nvolumes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			sa := read(t, "apiVersion: v1\nkind: ServiceAccount\nmetadata: {annotations: {"+c.account+"}}").ServiceAccounts[0]
			w := read(t, "apiVersion: v1\nkind: Pod\n"+c.pod).Workloads[0]
			if diff := cmp.Diff(c.want, showPod(kubernetes.InjectAssociated(&w, &sa, source.Place{}))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	w := read(t, "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: runner}]}").Workloads[0]
	if got := showPod(kubernetes.InjectAssociated(&w, nil, source.Place{})); got != "runner"+associated+"\nvolumes"+associatedToken {
		t.Errorf("without a ServiceAccount: got %q", got)
	}
}

func TestInjectWithoutAServiceAccount(t *testing.T) {
	w := read(t, "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: runner}]}").Workloads[0]
	if got := showPod(kubernetes.Inject(&w, nil)); got != "runner\nvolumes" {
		t.Errorf("got %q", got)
	}
}

// showPod writes a Pod without places, a container on a line.
func showPod(pod facts.Pod) string {
	var lines []string
	for _, c := range pod.Containers {
		lines = append(lines, c.Name.Value+showEnv(c.Env)+showMounts(c.Mounts))
	}
	lines = append(lines, "volumes"+showVolumes(pod.Volumes))
	return places.ReplaceAllString(strings.Join(lines, "\n"), "")
}

func TestFileAt(t *testing.T) {
	const volumes = "volumes: [{name: token, projected: {sources: [{serviceAccountToken: {path: a/token}}]}}, {name: other}]"
	for _, c := range []struct{ name, mounts, file, token, unknown string }{
		{"in a mount", "{name: token, mountPath: /t}", "/t/a/token", "a/token", ""},
		{"written otherwise", "{name: token, mountPath: /t//}", "/t/./a/../a/token", "a/token", ""},
		{"in a mount of everything", "{name: token, mountPath: /}", "/a/token", "a/token", ""},
		{"beside it", "{name: token, mountPath: /t}", "/t/token", "", ""},
		{"beside the mount", "{name: token, mountPath: /t}", "/t2/a/token", "", ""},
		{"in no mount", "", "/t/a/token", "", ""},
		{"in a mount without a path", "{name: token}", "/t/a/token", "", ""},
		{"under a deeper mount", "{name: token, mountPath: /t}, {name: other, mountPath: /t/a}", "/t/a/token", "", ""},
		{"in the deeper mount", "{name: token, mountPath: /t/t}, {name: other, mountPath: /t}", "/t/t/a/token", "a/token", ""},
		{"in the later of two", "{name: other, mountPath: /t}, {name: token, mountPath: /t/}", "/t/a/token", "a/token", `volumes "other" and "token" are both at "/t", and which of them hides the other is up to the container runtime`},
		{"in the earlier of two", "{name: token, mountPath: /t}, {name: other, mountPath: /t/}", "/t/a/token", "", `volumes "token" and "other" are both at "/t", and which of them hides the other is up to the container runtime`},
		{"deeper than two", "{name: other, mountPath: /t}, {name: other, mountPath: /t/}, {name: token, mountPath: /t/t}", "/t/t/a/token", "a/token", ""},
		{"a part of the volume", "{name: token, mountPath: /t, subPath: a}", "/t/token", "a/token", `volume "token" is mounted by subPath, and the kubelet does not renew a token there`},
		{"the file alone", "{name: token, mountPath: /t, subPath: a/token}", "/t", "a/token", `volume "token" is mounted by subPath, and the kubelet does not renew a token there`},
		{"an unknown part", "{name: token, mountPath: /t, subPathExpr: $(A)}", "/t/a/token", "a/token", "subPathExpr depends on the container's variables"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := read(t, "apiVersion: v1\nkind: Pod\nspec: {"+volumes+", containers: [{name: c, volumeMounts: ["+c.mounts+"]}]}").Workloads[0]
			pod := facts.Pod{Volumes: w.Volumes, Containers: w.Containers}
			found := kubernetes.FileAt(pod, &pod.Containers[0], c.file)
			token := ""
			if found.Token != nil {
				token = found.Token.Path.Value
			}
			if token != c.token || found.Unknown != c.unknown {
				t.Errorf("got token %q, unknown %q; want %q, %q", token, found.Unknown, c.token, c.unknown)
			}
		})
	}
}
