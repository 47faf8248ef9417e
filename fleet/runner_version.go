package fleet

import (
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"

	"keyless-runners/identity"
)

// checkRunnerVersion reports a runner that GitHub refuses. An image whose tag does not state
// the version is not looked at.
func (p Pool) checkRunnerVersion() error {
	if err := identity.RunnerImage(p.Image).CheckVersion(p.updatesItself()); err != nil {
		return fmt.Errorf("%w; want a newer one, %s", err, p.exampleImage())
	}
	return nil
}

// updatesItself reports whether a runner that is too old gets a newer one first. Those of
// scale sets are forbidden to by their controller (autoscalingrunnerset_controller.go,
// RunnerSetting).
func (p Pool) updatesItself() bool {
	return p.ScaleSet == nil && !slices.Contains(p.Env, corev1.EnvVar{Name: identity.EnvDisableRunnerUpdate, Value: "true"})
}
