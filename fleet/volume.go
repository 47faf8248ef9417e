package fleet

import (
	"errors"
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation"

	"keyless-runners/identity"
)

// builtIn lists what a Pod has by its kind of runner and its builder.
type builtIn struct {
	// volumes are the names of the volumes, and folders where they are mounted in the
	// runner or in the Docker sidecar.
	volumes, folders []string
}

// builtIn returns what the controllers mount (actions-runner-controller, runner_controller.go
// and charts/gha-runner-scale-set, _helpers.tpl), and what the builder needs.
func (p Pool) builtIn() builtIn {
	has := builtIn{[]string{"runner", "work"}, []string{"/runner", "/runner/_work"}}
	if p.ScaleSet != nil {
		has = builtIn{[]string{"work"}, []string{"/home/runner", "/home/runner/_work"}}
	}
	switch {
	case p.Builder.RootlessBuildKit != nil:
		has = has.and(builtIn{volumes: []string{BuildKitVolume}})
	case p.Builder.SharedBuildKit != nil:
		has = has.and(builtIn{[]string{BuildKitTLSVolume}, []string{BuildKitTLSFolder}})
	case p.UsesDocker() && p.ScaleSet != nil:
		has = has.and(builtIn{[]string{"dind-sock", "dind-externals"}, []string{"/home/runner/externals", "/run", "/var/run"}})
	case p.UsesDocker():
		has = has.and(builtIn{[]string{"var-run"}, []string{"/run", "/var/run"}})
	}
	if mode := p.ContainerMode(); mode != nil {
		has = has.and(mode.builtIn())
	}
	if p.ScaleSet != nil && p.ScaleSet.GitHubServerTLS != nil {
		has = builtIn{append(has.volumes, ServerCertificateVolume), append(has.folders, p.ScaleSet.GitHubServerTLS.File())}
	}
	return has
}

func (b builtIn) and(more builtIn) builtIn {
	return builtIn{slices.Concat(b.volumes, more.volumes), slices.Concat(b.folders, more.folders)}
}

// What EKS mounts. It leaves a volume of its token's name as it is, and the runner without
// its token.
var (
	tokenVolumes = []string{identity.TokenVolume, identity.AgentTokenVolume}
	tokenFolders = []string{identity.TokenFolder, identity.AgentTokenFolder}
)

func checkVolumes(volumes []corev1.Volume, has builtIn, at place, problems *Problems) {
	for i, volume := range volumes {
		at := at.index(i)
		problems.add(at, checkVolume(volume, has))
		if slices.ContainsFunc(volumes[:i], func(other corev1.Volume) bool { return other.Name == volume.Name }) {
			problems.add(at, fmt.Errorf("volume %q is listed twice", volume.Name))
		}
	}
}

func checkVolume(volume corev1.Volume, has builtIn) error {
	switch {
	case volume.Name == "":
		return errors.New("name of the volume is missing")
	case slices.Contains(has.volumes, volume.Name) || slices.Contains(tokenVolumes, volume.Name):
		return fmt.Errorf("volume %q: the controller or EKS has one of this name in the Pod; want another", volume.Name)
	case volume.HostPath != nil:
		return fmt.Errorf("volume %q: hostPath lets jobs change the node, and each other; want emptyDir, ephemeral or persistentVolumeClaim", volume.Name)
	case !isRendered(volume.VolumeSource):
		return fmt.Errorf("volume %q: want configMap, csi, emptyDir, ephemeral, nfs, persistentVolumeClaim, projected (of tokens, ConfigMaps and Secrets) or secret", volume.Name)
	case setFields(volume.VolumeSource) != 1:
		return fmt.Errorf("volume %q has %d sources; want one", volume.Name, setFields(volume.VolumeSource))
	}
	if claim := volume.Ephemeral; claim != nil && claim.VolumeClaimTemplate == nil {
		return fmt.Errorf("volume %q has no volumeClaimTemplate; want one", volume.Name)
	}
	return checkKubernetes("volume", volume.Name, validation.IsDNS1123Label(volume.Name))
}

// isRendered reports whether the volume's source is one of those that are rendered. The
// others are deprecated in Kubernetes, or about the Pod itself.
func isRendered(source corev1.VolumeSource) bool {
	if source.Projected != nil {
		return !slices.ContainsFunc(source.Projected.Sources, func(one corev1.VolumeProjection) bool { return one.DownwardAPI != nil })
	}
	others := source
	others.ConfigMap, others.CSI, others.EmptyDir, others.Ephemeral, others.NFS, others.PersistentVolumeClaim, others.Secret = nil, nil, nil, nil, nil, nil, nil
	return setFields(others) == 0
}

// setFields counts the fields that are set in a struct of pointers, of which Kubernetes
// wants one.
func setFields(choice any) (count int) {
	for _, field := range reflect.ValueOf(choice).Fields() {
		if !field.IsNil() {
			count++
		}
	}
	return count
}

func checkMounts(mounts []corev1.VolumeMount, volumes []corev1.Volume, has builtIn, at place, problems *Problems) {
	for i, mount := range mounts {
		at := at.index(i)
		problems.add(at, checkMountPath(mount.MountPath, has))
		if !slices.ContainsFunc(volumes, func(volume corev1.Volume) bool { return volume.Name == mount.Name }) {
			problems.add(at, fmt.Errorf("volume %q is not among pod.volumes", mount.Name))
		}
		if slices.ContainsFunc(mounts[:i], func(other corev1.VolumeMount) bool { return path.Clean(other.MountPath) == path.Clean(mount.MountPath) }) {
			problems.add(at, fmt.Errorf("mount path %q is listed twice", mount.MountPath))
		}
	}
}

func checkMountPath(folder string, has builtIn) error {
	if !path.IsAbs(folder) || path.Clean(folder) != folder {
		return fmt.Errorf("mount path %q: want an absolute path, without a slash behind it", folder)
	}
	for _, own := range slices.Concat(has.folders, tokenFolders) {
		if isWithin(own, folder) {
			return fmt.Errorf("mount path %q hides %q, which the runner needs; want another", folder, own)
		}
	}
	for _, token := range tokenFolders {
		if isWithin(folder, token) {
			return fmt.Errorf("mount path %q is where EKS mounts the token; want another", folder)
		}
	}
	return nil
}

// isWithin reports whether a path is the folder, or below it.
func isWithin(name, folder string) bool {
	return name == folder || strings.HasPrefix(name, strings.TrimSuffix(folder, "/")+"/")
}
