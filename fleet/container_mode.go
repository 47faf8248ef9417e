package fleet

import "fmt"

// ContainerMode is where a pool's jobs build images.
type ContainerMode string

// ContainerModeDocker builds in a Docker sidecar that the runner talks to. The
// sidecar is privileged, and the token is kept from it.
const ContainerModeDocker ContainerMode = "docker"

// Check reports a mode other than ContainerModeDocker and the zero value. ARC
// itself takes any text without a word.
func (m ContainerMode) Check() error {
	switch m {
	case "", ContainerModeDocker:
		return nil
	case "kubernetes":
		return fmt.Errorf("container mode %q: its jobs run in Pods under another ServiceAccount and get no role (actions-runner-controller issue 2754); want %q", m, ContainerModeDocker)
	}
	return fmt.Errorf("unknown container mode %q: want %q", m, ContainerModeDocker)
}
