package identity

// Variables by which a runner starts job containers (actions/runner, and
// actions/runner-container-hooks, packages/k8s).
const (
	// EnvContainerHooks names a script that starts them in place of Docker.
	EnvContainerHooks = "ACTIONS_RUNNER_CONTAINER_HOOKS"
	// EnvHookTemplate names a file with what the script adds to their Pods.
	EnvHookTemplate = "ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE"
	// EnvRequireJobContainer forbids jobs without a container, if it is "true".
	EnvRequireJobContainer = "ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER"
	// EnvKubernetesNamespace is the namespace in which the script makes Pods. Not set: the runner's.
	EnvKubernetesNamespace = "ACTIONS_RUNNER_KUBERNETES_NAMESPACE"
	// EnvPodName is the name of the runner's Pod, from which the script finds its node and the
	// names of what it makes.
	EnvPodName = "ACTIONS_RUNNER_POD_NAME"
	// EnvClaimName is the claim that the Pods share where they do. Not set: that of the runner's volume "work".
	EnvClaimName = "ACTIONS_RUNNER_CLAIM_NAME"
	// EnvRunnerImage is the image from which the script copies what actions run with, where the
	// Pods share no volume.
	EnvRunnerImage = "ACTIONS_RUNNER_IMAGE"
)
