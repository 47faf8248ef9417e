// Package hooks plays GitHub's container hooks for Kubernetes, by which a runner makes a Pod for
// its job and runs the steps there: with a volume that both share, or without one. It follows
// actions/runner-container-hooks, packages/k8s/src/k8s/index.ts and utils.ts, at 009ddc4, and for
// the mode without a volume release 0.8.0. Each request is made with the token of the runner's
// Pod, so what its ServiceAccount may not do fails. No container runs, so neither the shared volume nor
// the folders that the hooks copy into the job's Pod are played.
package hooks

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	authorization "k8s.io/api/authorization/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/yaml"

	"keyless-runners/rehearsal/cluster"
)

// Environment variables of a runner's container. Package identity has them too: the rehearsal is an
// independent witness.
const (
	envHooks    = "ACTIONS_RUNNER_CONTAINER_HOOKS"
	envTemplate = "ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE"
	envPodName  = "ACTIONS_RUNNER_POD_NAME"
	envImage    = "ACTIONS_RUNNER_IMAGE"
	envRequired = "ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER"
)

// JobContainer is the container of a job's Pod in which the steps run.
const JobContainer = "job"

// programs are the hooks of GitHub's image, and whether runner and job share a volume.
var programs = map[string]bool{
	"/home/runner/k8s/index.js":          true,
	"/home/runner/k8s-novolume/index.js": false,
}

// tokenFile is where Kubernetes mounts the token for its API.
const tokenFile = "/var/run/secrets/kubernetes.io/serviceaccount/token"

// Runner is a runner that has hooks.
type Runner struct {
	cluster *cluster.Cluster
	pod     *core.Pod
	env     map[string]string
	shares  bool
	client  *kubernetes.Clientset
}

// Of returns the runner of a Pod, whose container has what a kubelet gives it; nil if it has no hooks.
func Of(c *cluster.Cluster, pod *core.Pod, given cluster.Container) (*Runner, error) {
	env := map[string]string{}
	for _, variable := range given.Env {
		name, value, _ := strings.Cut(variable, "=")
		env[name] = value
	}
	program := env[envHooks]
	if program == "" {
		return nil, nil
	}
	shares, there := programs[program]
	if !there {
		return nil, fmt.Errorf("%s: GitHub's image has no hooks at %q", envHooks, program)
	}
	if env[envPodName] == "" {
		return nil, fmt.Errorf("%s environment variable is required", envPodName)
	}
	config := rest.AnonymousClientConfig(c.Config)
	config.BearerToken = given.Tokens[tokenFile]
	client, err := kubernetes.NewForConfig(config)
	return &Runner{c, pod, env, shares, client}, err
}

// Requires reports whether the runner refuses jobs without a container.
func (r *Runner) Requires() bool { return r.env[envRequired] == "true" }

// Prepare makes the Pod for a job whose container has the image.
func (r *Runner) Prepare(ctx context.Context, image string) (*core.Pod, error) {
	if err := r.authorized(ctx); err != nil {
		return nil, err
	}
	if err := r.prune(ctx); err != nil {
		return nil, err
	}
	template, err := r.template(ctx)
	if err != nil {
		return nil, err
	}
	made, err := r.build(ctx, image)
	if err != nil {
		return nil, err
	}
	merge(made, template)
	var pod core.Pod
	if err := runtime.DefaultUnstructuredConverter.FromUnstructuredWithValidation(made, &pod, true); err != nil {
		return nil, err
	}
	created, err := r.client.CoreV1().Pods(r.pod.Namespace).Create(ctx, &pod, meta.CreateOptions{})
	if err != nil {
		return nil, fmt.Errorf("failed to create job pod: %w", err)
	}
	return created, nil
}

// permission lists what the hooks do with a kind of object.
type permission struct {
	group, resource, subresource string
	verbs                        []string
}

func (r *Runner) permissions() []permission {
	required := []permission{
		{"", "pods", "", []string{"get", "list", "create", "delete"}},
		{"", "pods", "exec", []string{"get", "create"}},
		{"", "pods", "log", []string{"get", "list", "watch"}},
		{"", "secrets", "", []string{"create", "delete", "get", "list"}},
	}
	if r.shares {
		required = append(required, permission{"batch", "jobs", "", []string{"get", "list", "create", "delete"}})
	}
	return required
}

// authorized asks whether the runner may do all that the hooks do.
func (r *Runner) authorized(ctx context.Context) error {
	for _, required := range r.permissions() {
		for _, verb := range required.verbs {
			review, err := r.client.AuthorizationV1().SelfSubjectAccessReviews().Create(ctx, &authorization.SelfSubjectAccessReview{
				Spec: authorization.SelfSubjectAccessReviewSpec{ResourceAttributes: &authorization.ResourceAttributes{
					Namespace: r.pod.Namespace, Verb: verb, Group: required.group, Resource: required.resource, Subresource: required.subresource,
				}},
			}, meta.CreateOptions{})
			if err != nil {
				return err
			}
			if !review.Status.Allowed {
				return fmt.Errorf("the Service account needs the permission to %s %s", verb, path.Join(required.group, required.resource, required.subresource))
			}
		}
	}
	return nil
}

// label marks everything that the hooks make for the runner.
func (r *Runner) label() map[string]any { return map[string]any{"runner-pod": r.env[envPodName]} }

// prune deletes what a job before left.
func (r *Runner) prune(ctx context.Context) error {
	pods := r.client.CoreV1().Pods(r.pod.Namespace)
	left, err := pods.List(ctx, meta.ListOptions{LabelSelector: "runner-pod=" + r.env[envPodName]})
	if err != nil {
		return err
	}
	now := int64(0)
	for _, pod := range left.Items {
		if err := pods.Delete(ctx, pod.Name, meta.DeleteOptions{GracePeriodSeconds: &now}); err != nil {
			return err
		}
	}
	return nil
}

// template returns the template for the Pods of the runner's jobs; nil if there is none.
func (r *Runner) template(ctx context.Context) (map[string]any, error) {
	file := r.env[envTemplate]
	if file == "" {
		return nil, nil
	}
	text, err := r.cluster.File(ctx, r.pod, "runner", file)
	if err != nil {
		return nil, err
	}
	var template map[string]any
	if err := yaml.UnmarshalStrict([]byte(text), &template); err != nil {
		return nil, fmt.Errorf("failed to parse %s: %w", file, err)
	}
	return template, nil
}

// nameLength is the most characters that the hooks give a Pod's name.
const nameLength = 63

// build returns the Pod without what the template adds.
func (r *Runner) build(ctx context.Context, image string) (map[string]any, error) {
	const suffix = "-workflow"
	name := r.env[envPodName]
	name = name[:min(len(name), nameLength-len(suffix))] + suffix
	container := map[string]any{
		"name": JobContainer, "image": image, "command": []any{"tail"}, "args": []any{"-f", "/dev/null"},
		"env": []any{map[string]any{"name": "GITHUB_ACTIONS", "value": "true"}, map[string]any{"name": "CI", "value": "true"}},
	}
	spec := map[string]any{"containers": []any{container}, "restartPolicy": string(core.RestartPolicyNever)}
	if err := r.place(ctx, spec, container); err != nil {
		return nil, err
	}
	return map[string]any{
		"apiVersion": "v1", "kind": "Pod", "spec": spec,
		"metadata": map[string]any{"name": name, "labels": r.label(), "annotations": map[string]any{}},
	}, nil
}

// place gives the Pod the runner's node and volume, or a separate folder and the container that
// copies the programs of actions into it.
func (r *Runner) place(ctx context.Context, spec, container map[string]any) error {
	mount := func(volume, at, subPath string) any {
		mount := map[string]any{"name": volume, "mountPath": at}
		if subPath != "" {
			mount["subPath"] = subPath
		}
		return mount
	}
	if !r.shares {
		const user = int64(1001)
		empty := func(name string) any { return map[string]any{"name": name, "emptyDir": map[string]any{}} }
		spec["securityContext"] = map[string]any{"fsGroup": user}
		spec["volumes"] = []any{empty("externals"), empty("github")}
		spec["initContainers"] = []any{map[string]any{
			"name": "fs-init", "image": r.env[envImage], "command": []any{"sh", "-c", "sudo mv /home/runner/externals/* /mnt/externals"},
			"securityContext": map[string]any{"runAsUser": user, "runAsGroup": user},
			"volumeMounts":    []any{mount("externals", "/mnt/externals", "")},
		}}
		container["volumeMounts"] = []any{mount("externals", "/__e", ""), mount("github", "/github", "")}
		return nil
	}
	now, err := r.client.CoreV1().Pods(r.pod.Namespace).Get(ctx, r.env[envPodName], meta.GetOptions{})
	if err != nil {
		return err
	}
	if now.Spec.NodeName == "" {
		return errors.New("failed to determine node name")
	}
	spec["nodeName"] = now.Spec.NodeName
	spec["volumes"] = []any{map[string]any{"name": "work", "persistentVolumeClaim": map[string]any{"claimName": r.env[envPodName] + "-work"}}}
	container["volumeMounts"] = []any{
		mount("work", "/__w", ""), mount("work", "/__e", "externals"),
		mount("work", "/github/home", "_temp/_github_home"), mount("work", "/github/workflow", "_temp/_github_workflow"),
	}
	return nil
}
