package webhook

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	core "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/source"
)

// TestProofMakesTheSamePod compares the Pods that the webhook makes with those that
// "keyless check" reads out of the same files.
func TestProofMakesTheSamePod(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	changed := 0
	for range 2000 {
		account, pod := randomAccount(random), randomPod(random)
		var a core.ServiceAccount
		var p core.Pod
		must(t, yaml.UnmarshalStrict([]byte(account), &a))
		must(t, yaml.UnmarshalStrict([]byte(pod), &p))
		if mutate(&p, settingsOf(&a), "us-east-1") {
			changed++
		}
		w := read(t, pod).Workloads[0]
		sa := read(t, account).ServiceAccounts[0]
		if diff := cmp.Diff(played(&p), proved(kubernetes.Inject(&w, &sa))); diff != "" {
			t.Fatalf("%s---\n%s(-played +proved)\n%s", account, pod, diff)
		}
	}
	if changed < 1000 {
		t.Errorf("%d Pods were changed, want half of them", changed)
	}
}

// randomAccount is a ServiceAccount with some of the annotations.
func randomAccount(random *rand.Rand) string {
	text := "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  annotations:\n    x: y\n"
	for _, annotation := range []string{"role-arn|the role|the role|the role|", "audience|vault||sts.amazonaws.com", "token-expiration|300|7200|1h|4294967297|99999999999999999999"} {
		key, values, _ := strings.Cut(annotation, "|")
		if one := pick(random, append(strings.Split(values, "|"), "-")); one != "-" {
			text += fmt.Sprintf("    eks.amazonaws.com/%s: %q\n", key, one)
		}
	}
	return text
}

// randomPod is a Pod of up to three containers with some of what the webhook looks at.
func randomPod(random *rand.Rand) string {
	text := "apiVersion: v1\nkind: Pod\nmetadata:\n  annotations:\n    x: y\n"
	if one := pick(random, []string{"", "", "b", "b,c", "b, c", `"b`, "c\nb"}); one != "" {
		text += fmt.Sprintf("    eks.amazonaws.com/skip-containers: %q\n", one)
	}
	if one := pick(random, []string{"", "", "60", "3600", "x"}); one != "" {
		text += fmt.Sprintf("    eks.amazonaws.com/token-expiration: %q\n", one)
	}
	text += "spec:\n  volumes:\n  - {name: work, emptyDir: {}}\n"
	text += pick(random, []string{"", "", "  - {name: aws-iam-token, emptyDir: {}}\n", "  - {name: aws-iam-token, projected: {sources: [{serviceAccountToken: {audience: vault, path: t}}]}}\n"})
	for _, container := range []string{"  containers:\n  - name: a\n", "  - name: b\n", "  initContainers:\n  - name: c\n"} {
		text += container + "    env:\n    - {name: A, value: b}\n"
		for _, name := range []string{"AWS_REGION", "AWS_DEFAULT_REGION", "AWS_STS_REGIONAL_ENDPOINTS", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE"} {
			if random.IntN(4) == 0 {
				text += fmt.Sprintf("    - {name: %s, value: own}\n", name)
			}
		}
		text += pick(random, []string{"", "    volumeMounts: [{name: work, mountPath: /w}]\n", "    volumeMounts: [{name: aws-iam-token, mountPath: /t}]\n"})
	}
	return text
}

func pick(random *rand.Rand, values []string) string { return values[random.IntN(len(values))] }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, text string) facts.Facts {
	t.Helper()
	roots, err := source.Parse("pod.yaml", []byte(text))
	must(t, err)
	return kubernetes.Read(roots[0])
}

// played are the lines of a Pod, of its variables those that decide about the role.
func played(pod *core.Pod) (lines []string) {
	for _, containers := range [][]core.Container{pod.Spec.Containers, pod.Spec.InitContainers} {
		for _, c := range containers {
			line := c.Name
			for _, v := range c.Env {
				line += variable(v.Name, v.Value)
			}
			for _, m := range c.VolumeMounts {
				line += " " + m.Name + " at " + m.MountPath
			}
			lines = append(lines, line)
		}
	}
	for _, v := range pod.Spec.Volumes {
		line := v.Name
		if v.Projected != nil {
			for _, s := range v.Projected.Sources {
				line += fmt.Sprintf(" %s for %q", s.ServiceAccountToken.Path, s.ServiceAccountToken.Audience)
				if seconds := s.ServiceAccountToken.ExpirationSeconds; seconds != nil && *seconds != defaultExpiration {
					line += fmt.Sprint(", ", *seconds)
				}
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// proved are the same lines of what the proof reads.
func proved(pod facts.Pod) (lines []string) {
	for _, c := range pod.Containers {
		line := c.Name.Value
		for _, v := range c.Env {
			value := v.Value.Value
			if v.From == kubernetes.FromCluster {
				value = "us-east-1"
			}
			line += variable(v.Name, value)
		}
		for _, m := range c.Mounts {
			line += " " + m.Volume.Value + " at " + m.Path.Value
		}
		lines = append(lines, line)
	}
	for _, v := range pod.Volumes {
		line := v.Name.Value
		for _, token := range v.Tokens {
			line += fmt.Sprintf(" %s for %q", token.Path.Value, token.Audience.Value)
			if token.Seconds.There {
				line += ", " + token.Seconds.Value
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// variable is one of a line. The proof has no use for how STS is reached.
func variable(name, value string) string {
	if name == "AWS_STS_REGIONAL_ENDPOINTS" {
		return ""
	}
	return " " + name + "=" + value
}
