package preflight_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"keyless-runners/preflight"
	"keyless-runners/preflight/cloudformation"
)

// The controller's Deployment, as its chart renders it.
const controller = `
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: arc-gha-rs-controller, namespace: arc-systems, labels: {app.kubernetes.io/version: VERSION}}
spec:
  template:
    spec:
      serviceAccountName: arc-gha-rs-controller
      containers:
      - name: manager
        image: ghcr.io/actions/gha-runner-scale-set-controller:VERSION
`

// A scale set that the chart has rendered is proved, and each change by which the real
// controller of version 0.14.2, with the API server of Kubernetes 1.35, has no runner with a
// role is found.
func TestScaleSetsThatTheControllerRefuses(t *testing.T) {
	const (
		labels  = "    app.kubernetes.io/part-of: gha-rs\n"
		spec    = "  githubConfigUrl: https://github.com/octo-org/app\n"
		version = "    app.kubernetes.io/version: \"0.14.2\"\n"
		restart = "      restartPolicy: Never\n"
		account = "      serviceAccountName: arc-runner\n"
		runner  = "      - name: runner\n        image"
		run     = "        command: [\"/home/runner/run.sh\"]\n"
		inits   = "      initContainers:\n"
		skip    = "eks.amazonaws.com/skip-pod-identity-webhook: 'true'"
		name    = "  name: arc-runner-set\n"
	)
	mounted := func(at, command string) edit {
		return edit{"arc.yaml", run + "        volumeMounts:\n", "        command: [" + command + "]\n        volumeMounts:\n        - {name: dind-sock, mountPath: " + at + "}\n"}
	}
	affinity := func(operator string) string {
		return "{nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/os, operator: " + operator + "}]}]}}}"
	}
	sidecar := func(policy string) edit {
		return edit{"arc.yaml", inits, inits + "      - name: docker\n        image: docker:dind\n        startupProbe: {exec: {command: [docker, info]}}\n" + policy}
	}
	const first = "# Source: arc-runner/templates/serviceaccount.yaml\n"
	external := func(spec string) edit {
		return edit{"arc.yaml", first, "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: github, namespace: arc-runners}\nspec: {" + spec + "}\n---\n"}
	}
	sealed := func(spec string) edit {
		return edit{"arc.yaml", first, "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: pre-defined-secret, namespace: arc-runners}\nspec: {" + spec + "}\n---\n"}
	}
	secret := func(data string) edit {
		return edit{"arc.yaml", first, "apiVersion: v1\nkind: Secret\nmetadata: {name: pre-defined-secret, namespace: arc-runners}\nstringData: {" + data + "}\n---\n"}
	}
	const own = "apiVersion: v1\nkind: Secret\nmetadata: {name: pre-defined-secret, namespace: arc-runners}\n---\n"
	elsewhere := func(more string) edit {
		return edit{"arc.yaml", first, more + "apiVersion: v1\nkind: Secret\nmetadata: {name: pre-defined-secret, namespace: arc-systems}\n---\n"}
	}
	with := func(old, more string) edit { return edit{"arc.yaml", old, old + more} }
	without := func(old string) edit { return edit{"arc.yaml", old, ""} }
	other := func(version string) edit {
		return edit{"arc.yaml", "app.kubernetes.io/version: \"0.14.2\"", "app.kubernetes.io/version: \"" + version + "\""}
	}
	for _, test := range []struct {
		name       string
		controller string
		edit       edit
		want       []string
	}{
		{"as the chart renders it", "", edit{}, nil},
		{"with its controller", "0.14.2", edit{}, nil},
		{"with another patch of its controller", "0.14.0", edit{}, nil},
		{"with a controller of another version", "0.13.1", edit{}, []string{"KR160"}},
		{"with a controller of another version in another folder", "other/0.13.1", edit{}, []string{"KR161"}},
		{"with its controller in another folder", "other/0.14.1", edit{}, nil},
		{"with a controller that takes every set", "canary-1a2b3c4", without(version), nil},
		{"of an older version, with a controller that takes every set", "canary-1a2b3c4", other("0.13.1"), nil},
		{"of an older version", "", other("0.13.1"), []string{"KR161"}},
		{"of an older version, with its controller", "0.13.1", other("0.13.0"), nil},
		{"of an older version, before minor versions were compared, with another patch of its controller", "0.9.3", other("0.9.2"), []string{"KR160"}},
		{"of an older version, before minor versions were compared, with its controller", "0.9.3", other("0.9.3"), nil},
		{"of no version", "", other("stable"), []string{"KR160"}},
		{"without a version", "", without(version), []string{"KR168"}},
		{"without a version, with a controller", "0.14.2", without(version), []string{"KR160"}},
		{"with a label that the controller hands down", "", with(labels, "    "+skip+"\n"), []string{"KR086"}},
		{"with a label that the controller excludes", "0.14.2 --exclude-label-propagation-prefix=eks.amazonaws.com", with(labels, "    "+skip+"\n"), nil},
		{"with a label beside those that it excludes", "0.14.2 --exclude-label-propagation-prefix=argocd", with(labels, "    "+skip+"\n"), []string{"KR086"}},
		{"with a runner's label, which it does not exclude", "0.14.2 --exclude-label-propagation-prefix=eks.amazonaws.com", with(spec, "  ephemeralRunnerMetadata: {labels: {"+skip+"}}\n"), []string{"KR086"}},
		{"with a runner's label", "", with(spec, "  ephemeralRunnerMetadata: {labels: {"+skip+"}}\n"), []string{"KR086"}},
		{"with a runner set's label", "", with(spec, "  ephemeralRunnerSetMetadata: {labels: {"+skip+"}}\n"), []string{"KR086"}},
		{"with a runner's annotation that the template has too", "", with(spec, "  ephemeralRunnerMetadata: {annotations: {eks.amazonaws.com/skip-containers: runner}}\n"), nil},
		{"with a runner's annotation", "", edit{"arc.yaml", "  template:\n    metadata:\n      annotations:\n        eks.amazonaws.com/skip-containers: dind\n",
			"  ephemeralRunnerMetadata: {annotations: {eks.amazonaws.com/skip-containers: \"runner,dind\"}}\n  template:\n"}, []string{"KR086"}},
		{"whose listener alone has the label", "", with(spec, "  autoscalingListener: {labels: {"+skip+"}}\n"), nil},
		{"without a container runner", "", edit{"arc.yaml", runner, strings.Replace(runner, "runner", "build", 1)}, []string{"KR162"}},
		{"without a restartPolicy", "", without(restart), []string{"KR163"}},
		{"that starts again when it fails", "", edit{"arc.yaml", restart, "      restartPolicy: OnFailure\n"}, nil},
		{"with a restartPolicy that there is not", "", edit{"arc.yaml", restart, "      restartPolicy: never\n"}, []string{"KR019"}},
		{"without a Secret", "", without("  githubConfigSecret: pre-defined-secret\n"), []string{"KR164"}},
		{"without a URL", "", without(spec), []string{"KR164"}},
		{"with a URL of no scope", "", edit{"arc.yaml", spec, "  githubConfigUrl: https://github.com/octo-org/app/tree/main\n"}, []string{"KR164"}},
		{"with the URL of an organization's page", "", edit{"arc.yaml", spec, "  githubConfigUrl: https://github.com/orgs/octo-org\n"}, []string{"KR164"}},
		{"with the URL of an enterprise's page", "", edit{"arc.yaml", spec, "  githubConfigUrl: https://github.com/enterprise/octo\n"}, []string{"KR164"}},
		{"with the URL of GitHub's API", "", edit{"arc.yaml", spec, "  githubConfigUrl: https://api.github.com/octo-org/app\n"}, []string{"KR164"}},
		{"with the URL of a clone", "", edit{"arc.yaml", spec, "  githubConfigUrl: https://github.com/octo-org/app.git\n"}, []string{"KR164"}},
		{"with a URL of a name with a blank", "", edit{"arc.yaml", spec, "  githubConfigUrl: https://github.com/octo-org/my app\n"}, []string{"KR164"}},
		{"with the URL of an organization", "", edit{"arc.yaml", spec, "  githubConfigUrl: https://github.com/octo-org/\n"}, nil},
		{"with a Secret of a token", "", secret("github_token: x"), nil},
		{"with a Secret of a GitHub App", "", secret("github_app_id: x, github_app_installation_id: x, github_app_private_key: x"), nil},
		{"with a Secret of both", "", secret("github_token: x, github_app_id: x, github_app_installation_id: x, github_app_private_key: x"), []string{"KR164"}},
		{"with a Secret of half an App", "", secret("github_app_id: x, github_app_private_key: x"), []string{"KR164"}},
		{"with a Secret of another namespace", "", elsewhere(""), []string{"KR218"}},
		{"with a Secret of its namespace and one of another", "", elsewhere(own), nil},
		{"with a Secret that is filled in elsewhere", "", secret(""), nil},
		{"with an ExternalSecret of a token", "", external("target: {name: pre-defined-secret}, data: [{secretKey: github_token}]"), nil},
		{"with an ExternalSecret of another key", "", external("target: {name: pre-defined-secret}, data: [{secretKey: token}]"), []string{"KR164"}},
		{"with an ExternalSecret of another name", "", external("target: {name: other}, data: [{secretKey: token}]"), nil},
		{"with an ExternalSecret of all keys", "", external("target: {name: pre-defined-secret}, data: [{secretKey: token}], dataFrom: [{extract: {key: x}}]"), nil},
		{"with an ExternalSecret whose keys a template makes", "", external("target: {name: pre-defined-secret, template: {data: {github_token: x}}}, data: [{secretKey: token}]"), nil},
		{"with a SealedSecret of a token", "", sealed("encryptedData: {github_token: x}"), nil},
		{"with a SealedSecret of another key", "", sealed("encryptedData: {token: x}"), []string{"KR164"}},
		{"with a SealedSecret whose template has keys", "", sealed("encryptedData: {token: x}, template: {data: {github_token: x}}"), nil},
		{"with a minimum above the maximum", "", edit{"arc.yaml", "  minRunners: 0\n", "  minRunners: 6\n"}, []string{"KR165"}},
		{"with a minimum below zero", "", edit{"arc.yaml", "  minRunners: 0\n", "  minRunners: -1\n"}, []string{"KR214"}},
		{"with a maximum of none", "", edit{"arc.yaml", "  maxRunners: 5\n", "  maxRunners: 0\n"}, []string{"KR174"}},
		{"with a maximum in quotes", "", edit{"arc.yaml", "  maxRunners: 5\n", "  maxRunners: \"5\"\n"}, []string{"KR097"}},
		{"with a minimum and no maximum", "", edit{"arc.yaml", "  maxRunners: 5\n  minRunners: 0\n", "  minRunners: 6\n"}, nil},
		{"with a name of 46", "", edit{"arc.yaml", name, "  name: " + strings.Repeat("a", 46) + "\n"}, []string{"KR060", "KR092"}},
		{"whose ServiceAccount is not there", "", edit{"arc.yaml", account, "      serviceAccountName: arc-runners\n"}, []string{"KR010"}},
		{"with a runner that is too old and never updates itself", "", edit{"arc.yaml", runner + ": ghcr.io/actions/actions-runner:2.337.0", runner + ": ghcr.io/actions/actions-runner:2.336.0"}, []string{"KR166"}},
		{"with a sidecar that starts first", "", sidecar("        restartPolicy: Always\n"), nil},
		{"with an init container that has a probe", "", sidecar(""), []string{"KR019"}},
		{"without a command", "", edit{"arc.yaml", run, ""}, []string{"KR203"}},
		{"with a command that sleeps", "", edit{"arc.yaml", run, "        command: [sleep, infinity]\n"}, []string{"KR203"}},
		{"with a command that there is not", "", edit{"arc.yaml", run, "        command: [/home/runner/runner.sh]\n"}, []string{"KR203"}},
		{"with arguments for a command", "", edit{"arc.yaml", run, "        args: [./run.sh]\n"}, nil},
		{"with a script that starts the runner", "", edit{"arc.yaml", run, "        command: [bash, -c, 'sudo chmod 777 /x; exec /home/runner/run.sh']\n"}, nil},
		{"with a script that may start the runner", "", edit{"arc.yaml", run, "        command: [sudo, bash, -c, '$START']\n"}, []string{"KR196"}},
		{"with a mounted script", "", mounted("/start", "/start/run.sh"), []string{"KR196"}},
		{"with a volume over the runner", "", mounted("/home/runner", "/home/runner/run.sh"), []string{"KR196"}},
		{"with a legacy runner's image", "", edit{"arc.yaml", runner + ": ghcr.io/actions/actions-runner:2.337.0\n", runner + ": summerwind/actions-runner:v2.337.0-ubuntu-22.04\n"}, []string{"KR203"}},
		{"on nodes of Windows", "", edit{"arc.yaml", account, account + "      nodeSelector: {kubernetes.io/os: windows}\n"}, []string{"KR197"}},
		{"on nodes of Windows, by its affinity", "", edit{"arc.yaml", account, account + "      affinity: " + affinity("In, values: [windows]") + "\n"}, []string{"KR197"}},
		{"on nodes that are not of Windows, by its affinity", "", edit{"arc.yaml", account, account + "      affinity: " + affinity("NotIn, values: [windows]") + "\n"}, nil},
		{"on nodes of either, by its affinity", "", edit{"arc.yaml", account, account + "      affinity: " + affinity("In, values: [windows, linux]") + "\n"}, nil},
		{"with a container without a name", "", edit{"arc.yaml", inits, inits + "      - {image: busybox}\n"}, []string{"KR019"}},
		{"with a command that runs as root", "", with(run, "        securityContext: {runAsUser: 0}\n"), []string{"KR220"}},
		{"with a command that may run as root", "", edit{"arc.yaml", "        - name: DOCKER_HOST\n          value: unix:///var/run/docker.sock\n      - name: dind\n", "        - {name: DOCKER_HOST, value: 'unix:///var/run/docker.sock'}\n        - {name: RUNNER_ALLOW_RUNASROOT, value: '1'}\n        securityContext: {runAsUser: 0}\n      - name: dind\n"}, nil},
		{"with a command that may be told to run as root", "", with(run, "        securityContext: {runAsUser: 0}\n        envFrom: [{configMapRef: {name: root}}]\n"), []string{"KR088"}},
		{"with a script that may leave root", "", edit{"arc.yaml", run, "        command: [bash, -c, 'sudo -u runner /home/runner/run.sh']\n        securityContext: {runAsUser: 0}\n"}, nil},
		{"with a user of another number", "", with(run, "        securityContext: {runAsUser: 4000}\n"), []string{"KR128"}},
		{"with the image's user", "", with(run, "        securityContext: {runAsUser: 1001, runAsNonRoot: true}\n"), nil},
		{"with a user that has to have a number", "", with(run, "        securityContext: {runAsNonRoot: true}\n"), []string{"KR220"}},
		{"as root, which it may not be", "", with(run, "        securityContext: {runAsUser: 0, runAsNonRoot: true}\n"), []string{"KR220"}},
		{"with folders that it can't write to", "", with(run, "        securityContext: {readOnlyRootFilesystem: true}\n"), []string{"KR220"}},
		{"with folders that it can't write to, of which it leaves one", "", edit{"arc.yaml", run, "        command: [bash, -c, 'cp -r /home/runner/. /runner && exec /runner/run.sh']\n        securityContext: {readOnlyRootFilesystem: true}\n"}, []string{"KR128"}},
		{"with a probe that runs a command", "", with(run, "        livenessProbe: {exec: {command: [pgrep, Runner.Listener]}}\n"), nil},
		{"with a Docker daemon before it", "", with(inits, "      - {name: docker, image: 'docker:dind'}\n"), []string{"KR220"}},
		{"with a Docker client before it", "", with(inits, "      - {name: docker, image: 'docker:dind', command: [docker, version]}\n"), nil},
		{"with a scheduling gate", "", with(account, "      schedulingGates: [{name: example.com/wait}]\n"), []string{"KR128"}},
		{"with a deadline of seconds", "", with(account, "      activeDeadlineSeconds: 30\n"), []string{"KR128"}},
		{"with a deadline of hours", "", with(account, "      activeDeadlineSeconds: 7200\n"), nil},
		{"with a deadline of none", "", with(account, "      activeDeadlineSeconds: 0\n"), []string{"KR019"}},
		{"without DNS", "", with(account, "      dnsPolicy: None\n"), []string{"KR019"}},
		{"with DNS of its own", "", with(account, "      dnsPolicy: None\n      dnsConfig: {nameservers: [10.0.0.2]}\n"), nil},
		{"with its own address of STS", "", with(account, "      hostAliases: [{ip: 10.0.0.9, hostnames: [sts.us-east-1.amazonaws.com]}]\n"), []string{"KR128"}},
		{"with an address of another host", "", with(account, "      hostAliases: [{ip: 10.0.0.9, hostnames: [git.example.com, notgithub.com]}]\n"), nil},
		{"with GitHub's URL without TLS", "", edit{"arc.yaml", spec, "  githubConfigUrl: http://github.com/octo-org/app\n"}, []string{"KR164"}},
		{"with a server's URL without TLS", "", edit{"arc.yaml", spec, "  githubConfigUrl: http://github.example.com/octo-org/app\n"}, nil},
		{"on nodes of Linux", "", edit{"arc.yaml", account, account + "      nodeSelector: {kubernetes.io/os: linux}\n"}, nil},
		{"without a command, of one's own image", "", edit{"arc.yaml", runner + ": ghcr.io/actions/actions-runner:2.337.0\n        command: [\"/home/runner/run.sh\"]\n", runner + ": ghcr.io/octo-org/runner:1\n"}, nil},
		{"without an image", "", edit{"arc.yaml", runner + ": ghcr.io/actions/actions-runner:2.337.0\n", "      - name: runner\n"}, []string{"KR019"}},
		{"with a mount of no path", "", edit{"arc.yaml", inits, inits + "      - {name: a, image: b, volumeMounts: [{name: c}]}\n"}, []string{"KR019"}},
		{"with a container of capital letters", "", edit{"arc.yaml", "      - name: init-dind-externals", "      - name: initExternals"}, []string{"KR019"}},
		{"with an annotation that is a list", "", edit{"arc.yaml", "eks.amazonaws.com/skip-containers: dind", "eks.amazonaws.com/skip-containers: [dind]"}, []string{"KR097"}},
		{"with two containers of one name", "", edit{"arc.yaml", "init-dind-externals", "dind"}, []string{"KR019"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			archive, err := txtar.ParseFile("testdata/inputs/scale-set.txtar")
			if err != nil {
				t.Fatal(err)
			}
			files := map[string]string{}
			for _, file := range archive.Files {
				files[file.Name] = string(file.Data)
			}
			delete(files, "want")
			if strings.Count(files["arc.yaml"], test.edit.old) != 1 && test.edit.old != "" {
				t.Fatalf("%q is %d times in the file", test.edit.old, strings.Count(files["arc.yaml"], test.edit.old))
			}
			files["arc.yaml"] = strings.Replace(files["arc.yaml"], test.edit.old, test.edit.new, 1)
			if version, elsewhere := strings.CutPrefix(test.controller, "other/"); elsewhere {
				files["other/controller.yaml"] = strings.ReplaceAll(controller, "VERSION", version)
			} else if test.controller != "" {
				version, args, _ := strings.Cut(test.controller, " ")
				files["controller.yaml"] = strings.ReplaceAll(controller, "VERSION", version) + "        args: [" + args + "]\n"
			}
			write(t, files)
			found, output := check(t, cloudformation.Settings{Account: "111122223333", Region: "us-east-1"})
			ours := []string{"KR163", "KR168"} // notes that are about the set, and leave it proved
			var got []string
			for _, finding := range found.Findings {
				if finding.Kind.Severity != preflight.Note || slices.Contains(ours, finding.Kind.ID) {
					got = append(got, finding.Kind.ID)
				}
			}
			proved := !slices.ContainsFunc(test.want, func(id string) bool { return !slices.Contains(ours, id) })
			if !slices.Equal(got, test.want) || found.Proved() != proved {
				t.Errorf("got %q, want %q\n%s", got, test.want, output)
			}
		})
	}
}

// GitHub has one scale set of a name in a group, without regard to case.
func TestScaleSetsThatGitHubTakesForOne(t *testing.T) {
	const url = "https://github.com/octo-org"
	for _, test := range []struct {
		name, old, new string
		want           bool
	}{
		{"as they are", "", "", true},
		{"of one name on GitHub", "  githubConfigUrl", "  runnerScaleSetName: Images\n  githubConfigUrl", true},
		{"of the group that a set without a group is in", "  githubConfigUrl", "  runnerGroup: Default\n  githubConfigUrl", true},
		{"of another group", "  githubConfigUrl", "  runnerGroup: builds\n  githubConfigUrl", false},
		{"of another name on GitHub", "  githubConfigUrl", "  runnerScaleSetName: pictures\n  githubConfigUrl", false},
		{"of another organization", url, "https://github.com/hooli-org", false},
		{"of a source repository", url, url + "/my-app", false},
		{"of another GitHub", url, "https://github.example.com/octo-org", false},
		{"of the same namespace, for another cluster", "namespace: builds", "namespace: runners", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			example := readExample(t, exampleFolder+"/KR209.txtar")
			second := example.files["second.yaml"]
			if !strings.Contains(second, test.old) {
				t.Fatalf("second.yaml has no %q", test.old)
			}
			example.files["second.yaml"] = strings.Replace(second, test.old, test.new, 1)
			ids, output := found(t, example.files)
			if got := strings.Contains(ids, "KR209"); got != test.want {
				t.Errorf("got KR209 %t, want %t\n%s", got, test.want, output)
			}
		})
	}
}
