package fleet

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation"

	"keyless-runners/identity"
)

func (p Pod) check(at place, problems *Problems) {
	checkPairs(p.Labels, at.field("labels"), problems, func(key, value string) error {
		return firstError(checkReserved("label", key), checkLabel("label", key, value), checkPublic("label", key, value))
	})
	checkPairs(p.Annotations, at.field("annotations"), problems, func(key, value string) error {
		return firstError(checkReserved("annotation", key), checkKubernetes("annotation", key, validation.IsQualifiedName(strings.ToLower(key))), checkPublic("annotation", key, value))
	})
	checkPairs(p.NodeSelector, at.field("nodeSelector"), problems, func(key, value string) error {
		return firstError(checkLabel("node label", key, value), checkLinux(key, value))
	})
	for i, toleration := range p.Tolerations {
		problems.add(at.field("tolerations").index(i), checkToleration(toleration))
	}
	checkAffinity(p.Affinity, at.field("affinity"), problems)
	for i, constraint := range p.TopologySpreadConstraints {
		problems.add(at.field("topologySpreadConstraints").index(i), checkTopologySpread(constraint))
	}
	if p.PriorityClassName != "" {
		problems.add(at.field("priorityClassName"), checkPriorityClass(p.PriorityClassName))
	}
	for i, secret := range p.ImagePullSecrets {
		problems.add(at.field("imagePullSecrets").index(i), checkObjectName("Secret", secret.Name))
	}
	for i, alias := range p.HostAliases {
		problems.add(at.field("hostAliases").index(i), checkHostAlias(alias))
	}
	if seconds := p.TerminationGracePeriodSeconds; seconds != nil && *seconds < 0 {
		problems.add(at.field("terminationGracePeriodSeconds"), fmt.Errorf("%d seconds: want 0 or more", *seconds))
	}
}

// checkPairs reports what the check finds wrong with a pair, in the order of keys.
func checkPairs(pairs map[string]string, at place, problems *Problems, check func(key, value string) error) {
	for _, key := range slices.Sorted(maps.Keys(pairs)) {
		problems.add(at.key(key), check(key, pairs[key]))
	}
}

// checkReserved reports a label or annotation by which EKS or the controller would treat
// the Pod as another one.
func checkReserved(noun, key string) error {
	switch {
	case key == identity.AnnotationSkipContainers:
		return fmt.Errorf("%s %q: every pool sets it, so that the token is kept from the privileged sidecar; leave it out", noun, key)
	case strings.HasPrefix(key, "eks.amazonaws.com/"):
		return fmt.Errorf("%s %q: EKS' pod identity webhook decides by it whether the Pod gets its token; leave it out", noun, key)
	case strings.HasPrefix(key, "actions-runner") || strings.HasPrefix(key, "actions.github.com/") || slices.Contains(controllerLabels, key):
		return fmt.Errorf("%s %q: the controller knows its Pods by it; leave it out", noun, key)
	}
	return nil
}

// controllerLabels are the labels of actions-runner-controller that have no prefix
// (controllers/actions.summerwind.net/constants.go).
var controllerLabels = []string{"runner-deployment-name", "runner-template-hash", "runnerset-name"}

func checkLabel(noun, key, value string) error {
	return firstError(
		checkKubernetes(noun, key, validation.IsQualifiedName(key)),
		checkKubernetes(noun+" "+key, value, validation.IsValidLabelValue(value)),
	)
}

// expression is the end of what Kubernetes' checks say, which repeats it for machines.
var expression = regexp.MustCompile(`, regex used for validation is '.*?'\)`)

// checkKubernetes reports what Kubernetes' own check says of a value, if it says anything.
func checkKubernetes(noun, value string, says []string) error {
	if len(says) == 0 {
		return nil
	}
	return fmt.Errorf("%s %q: %s", noun, value, expression.ReplaceAllString(strings.Join(says, "; "), ")"))
}

// checkObjectName reports a name that no Kubernetes object of the kind has.
func checkObjectName(kind, name string) error {
	if name == "" {
		return fmt.Errorf("name of the %s is missing", kind)
	}
	return checkKubernetes(kind, name, validation.IsDNS1123Subdomain(name))
}

// systemLabels are the labels by which the kubelet names a node's system
// (https://kubernetes.io/docs/reference/labels-annotations-taints/).
var systemLabels = []string{corev1.LabelOSStable, "beta.kubernetes.io/os"}

// checkLinux reports a node label that keeps a Pod from nodes with Linux, if the values are those
// of the nodes that it may have.
func checkLinux(key string, values ...string) error {
	if slices.Contains(systemLabels, key) && !slices.Contains(values, "linux") {
		return fmt.Errorf("node label %s %s: runners are for Linux", key, quoted(values))
	}
	return nil
}

func checkPriorityClass(name string) error {
	if strings.HasPrefix(name, "system-") {
		return fmt.Errorf("PriorityClass %q: Kubernetes keeps those that begin with \"system-\" for itself; want another", name)
	}
	return checkObjectName("PriorityClass", name)
}

func checkHostAlias(alias corev1.HostAlias) error {
	if err := checkKubernetes("address", alias.IP, validation.IsValidIP(alias.IP)); err != nil {
		return err
	}
	if len(alias.Hostnames) == 0 {
		return fmt.Errorf("address %q has no host name; want at least one", alias.IP)
	}
	for _, host := range alias.Hostnames {
		if err := checkKubernetes("host name", host, validation.IsDNS1123Subdomain(host)); err != nil {
			return err
		}
	}
	return nil
}

// checkSecurityContext reports what the container that builds, which is in the same Pod,
// cannot live with, and what the pool sets itself.
func (p Pool) checkSecurityContext() error {
	context := p.Pod.SecurityContext
	switch {
	case context == nil:
		return nil
	case context.FSGroup != nil && p.Builder.RootlessBuildKit != nil:
		return fmt.Errorf("fsGroup %d: the BuildKit sidecar could not give files of images their owners; leave it out", *context.FSGroup)
	case context.FSGroup != nil:
		return fmt.Errorf("fsGroup %d: every pool's is %d, whose the token for AWS is; leave it out", *context.FSGroup, TokenReaders)
	case p.UsesDocker() && (context.RunAsUser != nil || context.RunAsGroup != nil || context.RunAsNonRoot != nil):
		return errors.New("runAsUser, runAsGroup and runAsNonRoot are for every container of the Pod, and the Docker sidecar runs as root; leave them out")
	case context.RunAsUser != nil || context.RunAsGroup != nil || context.RunAsNonRoot != nil:
		return errors.New("runAsUser, runAsGroup and runAsNonRoot are for every container of the Pod, and the runner's image names its user, whom Kubernetes cannot verify by that; leave them out")
	case p.UsesDocker() && context.SELinuxOptions != nil:
		return errors.New("seLinuxOptions make a Docker sidecar that is not privileged, in which Docker does not start; leave them out")
	case context.WindowsOptions != nil:
		return errors.New("windowsOptions: runners are for Linux; leave them out")
	}
	return p.checkBuilderSecurity()
}

// firstError returns the first error that is not nil.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
