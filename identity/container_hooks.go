package identity

// Variables by which a runner starts job containers (actions/runner, and
// actions/runner-container-hooks, packages/k8s).
const (
	// EnvContainerHooks names a script that starts them in place of Docker.
	EnvContainerHooks = "ACTIONS_RUNNER_CONTAINER_HOOKS"
	// EnvHookTemplate names a file with what the script adds to their Pods.
	EnvHookTemplate = "ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE"
	// EnvRequireJobContainer forbids jobs without a container of their own, if it is true.
	EnvRequireJobContainer = "ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER"
)
