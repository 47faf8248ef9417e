package identity

// API groups of both generations of actions-runner-controller: the community's, which is the legacy one,
// and GitHub's.
const (
	GroupLegacy   = "actions.summerwind.dev"
	GroupScaleSet = "actions.github.com"
)

// Images of runners that are published, without tags: for the legacy kinds, and for scale sets.
const (
	ImageLegacyRunner   = "summerwind/actions-runner"
	ImageScaleSetRunner = "ghcr.io/actions/actions-runner"
)

// Charts of Helm: the legacy controller's, and those of GitHub for a scale set and for its controller.
const (
	ChartLegacy             = "actions-runner-controller"
	ChartScaleSet           = "gha-runner-scale-set"
	ChartScaleSetController = ChartScaleSet + "-controller"
)

// Containers of a runner's Pod: the one in which jobs run (actions-runner-controller,
// EphemeralRunnerContainerName), and the sidecar in which Docker runs for the legacy kinds
// (controllers/actions.summerwind.net/runner_controller.go).
const (
	ContainerRunner = "runner"
	ContainerDocker = "docker"
)

// Container modes of the chart of a scale set: with a Docker sidecar, and with job containers that are
// separate Pods, which share a volume with the runner or do not.
const (
	ModeDind               = "dind"
	ModeKubernetes         = "kubernetes"
	ModeKubernetesNoVolume = "kubernetes-novolume"
)

// ContainerModes are the container modes, sorted.
var ContainerModes = []string{ModeDind, ModeKubernetes, ModeKubernetesNoVolume}
