package preflight_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What a namespace has beside the runners may keep their Pods from being made, or from what they
// need.
func TestWhatANamespaceLimits(t *testing.T) {
	quota := func(spec string) string {
		return "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: limits, namespace: runners}\nspec: {" + spec + "}\n"
	}
	defaults := func(item string) string {
		return quota("hard: {requests.cpu: '8', limits.memory: 8Gi}") + "---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: defaults, namespace: runners}\nspec: {limits: [{" + item + "}]}\n"
	}
	network := func(spec string) string {
		return "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: runners, namespace: runners}\nspec: {" + spec + "}\n"
	}
	egress := func(rules string) string {
		return network("podSelector: {}, policyTypes: [Egress], egress: [" + rules + "]")
	}
	const (
		dns      = "{ports: [{port: 53, protocol: UDP}]}"
		outside  = "{ports: [{port: 443}], to: [{ipBlock: {cidr: 0.0.0.0/0}}]}"
		resource = "{requests: {cpu: 1}, limits: {memory: 1Gi}}"
	)
	const both = "      resources: " + resource + "\n      dockerdContainerResources: " + resource + "\n"
	pods := func(bounds string) string {
		return "apiVersion: v1\nkind: LimitRange\nmetadata: {name: pods, namespace: runners}\nspec: {limits: [{type: Pod, " + bounds + "}]}\n"
	}
	selected := func(labels, rules string) string {
		return "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: more, namespace: runners}\nspec: {podSelector: {matchLabels: {" + labels + "}}, policyTypes: [Egress], egress: [" + rules + "]}\n"
	}
	labelled := []edit{{"runner.yaml", "      annotations:\n", "      labels: {runner: 'yes'}\n      annotations:\n"}}
	field := func(fields string) []edit {
		return []edit{{"runner.yaml", "      serviceAccountName: build\n", "      serviceAccountName: build\n" + fields}}
	}
	for _, test := range []struct {
		name  string
		file  string
		edits []edit
		want  []string
	}{
		{"no Pods", quota("hard: {pods: '0'}"), nil, []string{"KR221"}},
		{"no Pods, by the other name", quota("hard: {count/pods: 0}"), nil, []string{"KR221"}},
		{"some Pods", quota("hard: {pods: '20', requests.storage: '0', count/services: '0'}"), nil, []string{}},
		{"no Pods of a priority", quota("hard: {pods: '0'}, scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In, values: [high]}]}"), nil, []string{}},
		{"no Pods that end", quota("hard: {pods: '0'}, scopes: [Terminating]"), nil, []string{}},
		{"what no container says", quota("hard: {requests.cpu: '8'}"), nil, []string{"KR128"}},
		{"what no container says, in short", quota("hard: {memory: 8Gi}"), nil, []string{"KR128"}},
		{"what one container says", quota("hard: {requests.cpu: '8', limits.memory: 8Gi}"), field("      resources: " + resource + "\n"), []string{"KR128"}},
		{"what all containers say", quota("hard: {requests.cpu: '8', limits.memory: 8Gi}"), field("      resources: " + resource + "\n      dockerdContainerResources: " + resource + "\n"), []string{}},
		{"what is the request too", quota("hard: {requests.memory: 8Gi}"), field("      resources: " + resource + "\n      dockerdContainerResources: " + resource + "\n"), []string{}},
		{"what no container has to say", quota("hard: {limits.ephemeral-storage: 8Gi, requests.nvidia.com/gpu: '1'}"), nil, []string{}},
		{"what has a default", defaults("type: Container, default: {memory: 1Gi}, defaultRequest: {cpu: 1}"), nil, []string{}},
		{"what has a bound", defaults("type: Container, max: {memory: 1Gi}, min: {cpu: 1}"), nil, []string{}},
		{"what has a default in part", defaults("type: Container, defaultRequest: {memory: 1Gi, cpu: 1}"), nil, []string{"KR128"}},
		{"one Pod above all", quota("hard: {limits.memory: 1536Mi}"), field("      resources: " + resource + "\n      dockerdContainerResources: " + resource + "\n"), []string{"KR205"}},
		{"one Pod as all", quota("hard: {limits.memory: 2Gi, cpu: 2000m}"), field("      resources: " + resource + "\n      dockerdContainerResources: " + resource + "\n"), []string{}},
		{"one Pod above all by its default", defaults("type: Container, default: {memory: 5Gi}, defaultRequest: {cpu: 1}"), nil, []string{"KR205"}},
		{"one Pod above all GPUs", quota("hard: {requests.nvidia.com/gpu: '1'}"), field("      resources: {limits: {nvidia.com/gpu: 2}}\n"), []string{"KR205"}},
		{"a limit above the maximum", defaults("type: Container, max: {memory: 512Mi}, default: {cpu: 1}"), field("      resources: " + resource + "\n"), []string{"KR205"}},
		{"a limit that is the maximum", defaults("type: Container, max: {memory: 1024Mi, cpu: 1}"), field("      resources: " + resource + "\n"), []string{}},
		{"a request below the minimum", defaults("type: Container, min: {cpu: 1500m}, default: {memory: 1Gi}"), field("      resources: " + resource + "\n"), []string{"KR205"}},
		{"a request above the default limit", defaults("type: Container, default: {cpu: 500m, memory: 1Gi}"), field("      resources: " + resource + "\n"), []string{"KR205"}},
		{"a limit of many requests", defaults("type: Container, maxLimitRequestRatio: {cpu: 4}, default: {cpu: 1, memory: 1Gi}"), field("      resources: {requests: {cpu: 100m}, limits: {cpu: 401m}}\n"), []string{"KR205"}},
		{"a limit of just so many requests", defaults("type: Container, maxLimitRequestRatio: {cpu: 4}, default: {cpu: 1, memory: 1Gi}"), field("      resources: {requests: {cpu: 100m}, limits: {cpu: 400m}}\n"), []string{}},
		{"what has a bound for Pods", pods("max: {memory: 1Gi}"), nil, []string{"KR128"}},
		{"limits together above the maximum of Pods", pods("max: {memory: 1536Mi}"), field(both), []string{"KR205"}},
		{"limits together at the maximum of Pods", pods("max: {memory: 2Gi}"), field(both), []string{}},
		{"one limit above the maximum of Pods", pods("max: {memory: 512Mi}"), field("      resources: " + resource + "\n"), []string{"KR205"}},
		{"one limit below the maximum of Pods", pods("max: {memory: 2Gi}"), field("      resources: " + resource + "\n"), []string{}},
		{"an init container above the maximum of Pods", pods("max: {memory: 2Gi}"), field(both + "      initContainers: [{name: warm, image: busybox, resources: {limits: {memory: 3Gi}}}]\n"), []string{"KR205"}},
		{"an init container below the maximum of Pods", pods("max: {memory: 2Gi}"), field(both + "      initContainers: [{name: warm, image: busybox, resources: {limits: {memory: 2Gi}}}]\n"), []string{}},
		{"no limit, with a maximum of Pods", pods("max: {cpu: 4}"), field(both), []string{"KR128"}},
		{"a limit by default above the maximum of Pods", defaults("type: Pod, max: {memory: 1Gi}}, {type: Container, default: {memory: 1Gi}, defaultRequest: {cpu: 1}"), nil, []string{"KR205"}},
		{"requests together below the minimum of Pods", pods("min: {cpu: 3}"), field(both), []string{"KR205"}},
		{"requests together at the minimum of Pods", pods("min: {cpu: 2}"), field(both), []string{}},
		{"requests in part below the minimum of Pods", pods("min: {cpu: 3}"), field("      resources: " + resource + "\n"), []string{}},
		{"no request, with a minimum of Pods", pods("min: {ephemeral-storage: 1Gi}"), field(both), []string{"KR128"}},
		{"limits together of many requests", pods("maxLimitRequestRatio: {memory: 2}"), field(strings.ReplaceAll(both, "cpu: 1", "memory: 400Mi")), []string{"KR205"}},
		{"limits together of just so many requests", pods("maxLimitRequestRatio: {memory: 4}"), field(strings.ReplaceAll(both, "cpu: 1", "memory: 256Mi")), []string{}},

		{"nothing is sent", network("podSelector: {}, policyTypes: [Egress]"), nil, []string{"KR222"}},
		{"nothing is received", network("podSelector: {}, policyTypes: [Ingress]"), nil, []string{}},
		{"nothing is said", network("podSelector: {}"), nil, []string{}},
		{"other Pods send nothing", network("podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]"), nil, []string{}},
		{"names and the rest", egress(dns + ", " + outside), nil, []string{}},
		{"everything", egress("{}"), nil, []string{}},
		{"names alone", egress(dns), nil, []string{"KR222"}},
		{"all but names", egress(outside), nil, []string{"KR222"}},
		{"within the cluster alone", egress("{to: [{namespaceSelector: {}}]}"), nil, []string{"KR222"}},
		{"a range of ports", egress(dns + ", {ports: [{port: 1, endPort: 1024}]}"), nil, []string{}},
		{"a port with a name", egress(dns + ", {ports: [{port: https}]}"), nil, []string{}},
		{"by a proxy", egress(dns + ", {to: [{podSelector: {matchLabels: {app: proxy}}}]}"), []edit{podHas("HTTPS_PROXY", "http://proxy:3128")}, []string{}},
		{"by another policy for other Pods", egress(dns) + "---\n" + selected("runner: 'yes'", outside), nil, []string{"KR222"}},
		{"by another policy for these Pods", egress(dns) + "---\n" + selected("runner: 'yes'", outside), labelled, []string{}},
		{"by another policy for labels that the controller may add", egress(dns) + "---\n" + selected("pod-template-hash: x", outside), nil, []string{}},
		{"names alone, of these Pods", selected("runner: 'yes'", dns), labelled, []string{"KR222"}},
		{"names alone, by the controller's label", selected("runner-deployment-name: build", dns), nil, []string{"KR222"}},
		{"names alone, of another value", selected("runner: 'no'", dns), labelled, []string{}},
		{"private addresses alone", egress(dns + ", {ports: [{port: 443}], to: [{ipBlock: {cidr: 10.0.0.0/8}}, {ipBlock: {cidr: 100.64.0.0/10}}]}"), nil, []string{"KR222"}},
		{"private addresses too", egress(dns + ", {ports: [{port: 443}], to: [{ipBlock: {cidr: 10.0.0.0/8}}, {ipBlock: {cidr: 140.82.112.0/20}}]}"), nil, []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, text := ids(t, test.edits, map[string]string{"namespace.yaml": test.file}); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// What a network plugin's own policies let Pods send is not looked into.
func TestPoliciesOfNetworkPlugins(t *testing.T) {
	const deny = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny, namespace: runners}\nspec: {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 53, protocol: UDP}]}]}\n---\n"
	for _, test := range []struct{ name, kind, metadata, want string }{
		{"Cilium's for all", "cilium.io/v2\nkind: CiliumClusterwideNetworkPolicy", "name: github", `whether CiliumClusterwideNetworkPolicy "github" does is not looked into`},
		{"Calico's for all", "projectcalico.org/v3\nkind: GlobalNetworkPolicy", "name: github", `whether GlobalNetworkPolicy "github" does is not looked into`},
		{"Calico's of the name", "projectcalico.org/v3\nkind: NetworkPolicy", "name: github, namespace: runners", `whether NetworkPolicy "github" does is not looked into`},
		{"another namespace's", "projectcalico.org/v3\nkind: NetworkPolicy", "name: github, namespace: web", `they push only if the cluster does not enforce "deny"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, text := ids(t, nil, map[string]string{"namespace.yaml": deny + "apiVersion: " + test.kind + "\nmetadata: {" + test.metadata + "}\nspec: {egress: [{}]}\n"})
			if want := "by which they reach GitHub and AWS: " + test.want; !strings.Contains(text, want) {
				t.Errorf("want %q\n%s", want, text)
			}
		})
	}
}

// Cilium's own policies say by peers of other kinds what Pods may send.
func TestCiliumsPolicies(t *testing.T) {
	const dns = "{toEndpoints: [{matchLabels: {k8s-app: kube-dns}}], toPorts: [{ports: [{port: '53', protocol: ANY}]}]}"
	for _, test := range []struct {
		name, selector, egress string
		want                   []string
	}{
		{"names alone", "{}", dns, []string{"KR222"}},
		{"of other Pods", "{matchLabels: {app: web}}", dns, []string{}},
		{"nothing", "{}", "{}", []string{"KR222"}},
		{"the world", "{}", dns + ", {toEntities: [world]}", []string{}},
		{"the world, by another port", "{}", dns + ", {toEntities: [world], toPorts: [{ports: [{port: '22', protocol: TCP}]}]}", []string{"KR222"}},
		{"the cluster", "{}", dns + ", {toEntities: [cluster]}", []string{"KR222"}},
		{"host names", "{}", dns + ", {toFQDNs: [{matchPattern: '*.amazonaws.com'}, {matchName: github.com}], toPorts: [{ports: [{port: '443'}]}]}", []string{}},
		{"every address", "{}", dns + ", {toCIDR: [0.0.0.0/0]}", []string{}},
		{"private addresses", "{}", dns + ", {toCIDRSet: [{cidr: 10.0.0.0/8}]}", []string{"KR222"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, text := ids(t, nil, map[string]string{"policy.yaml": "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: x, namespace: runners}\nspec: {endpointSelector: " + test.selector + ", egress: [" + test.egress + "]}\n"})
			if !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
	for egress, want := range map[string]string{"{toCIDR: [0.0.0.0/0, 169.254.170.23/32]}": "KR222", "{toEntities: [world]}, {toEntities: [host], toPorts: [{ports: [{port: '80', protocol: TCP}]}]}": ""} {
		t.Run(egress, func(t *testing.T) {
			files := associated(t)
			files["policy.yaml"] = "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: x, namespace: runners}\nspec: {endpointSelector: {}, egress: [" + egress + "]}\n"
			if got, text := found(t, files); got != want {
				t.Errorf("got %q, want %q\n%s", got, want, text)
			}
		})
	}
}

// A runner whose controller gives it a proxy sends to that, and one of an association asks the agent too.
func TestWhatRunnersHaveToSendTo(t *testing.T) {
	const (
		policy = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: runners, namespace: NAMESPACE}\nspec: {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 53, protocol: UDP}]}, EGRESS]}\n"
		within = "{to: [{namespaceSelector: {}}]}"
		agent  = "{ports: [{port: 80}], to: [{ipBlock: {cidr: 169.254.170.23/32}}]}"
		tls    = "{ports: [{port: 443}]}"
		group  = "  runnerGroup: Image builds\n"
	)
	for _, test := range []struct {
		name, example, namespace, egress string
		edit                             edit
		want                             []string
	}{
		{"a proxy within the cluster", "scale-set", "app-runners", within, edit{"manifests/platform/apps.k8s.yaml", group, group + "  proxy: {https: {url: 'http://proxy:3128'}}\n"}, []string{}},
		{"no proxy", "scale-set", "app-runners", within, edit{}, []string{"KR222"}},
		{"the agent", "pod-identity", "web-runners", tls + ", " + agent, edit{}, []string{"KR120", "KR127"}},
		{"all but the agent", "pod-identity", "web-runners", "{ports: [{port: 443}, {port: 80}], to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.0.0/16]}}]}", edit{}, []string{"KR120", "KR222", "KR127"}},
		{"no port of the agent", "pod-identity", "web-runners", tls, edit{}, []string{"KR120", "KR222", "KR127"}},
		{"the agent, and no metadata", "pod-identity", "web-runners", "{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}}]}", edit{}, []string{"KR120", "KR127"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := filesOfExample(t, test.example)
			files[test.edit.file] = strings.Replace(files[test.edit.file], test.edit.old, test.edit.new, 1)
			delete(files, "")
			files["policy.yaml"] = strings.NewReplacer("NAMESPACE", test.namespace, "EGRESS", test.egress).Replace(policy)
			write(t, files)
			if got, text := foundIDs(t); !cmp.Equal(got, test.want) {
				t.Errorf("got %q, want %q\n%s", got, test.want, text)
			}
		})
	}
}

// Each cluster has a folder: a default of another one's namespace of the name is none here.
func TestWhatANamespaceOfAnotherClusterGives(t *testing.T) {
	good := readGood(t)
	files := map[string]string{"template.yaml": good["template.yaml"], "workflow.yaml": good["workflow.yaml"], "a/r.yaml": good["runner.yaml"], "b/r.yaml": good["runner.yaml"],
		"a/q.yaml": "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: limits, namespace: runners}\nspec: {hard: {cpu: '8'}}\n",
		"b/d.yaml": "apiVersion: v1\nkind: LimitRange\nmetadata: {name: defaults, namespace: runners}\nspec: {limits: [{type: Container, default: {cpu: 1}}]}\n"}
	write(t, files)
	got, text := foundIDs(t)
	if want := []string{"KR128"}; !cmp.Equal(got, want) {
		t.Errorf("got %q, want %q\n%s", got, want, text)
	}
}
