package fleet

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation"

	"keyless-runners/identity"
	"keyless-runners/secrets"
)

var (
	envName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
	// podField are the fields that Kubernetes puts into variables (Kubernetes documentation,
	// "Downward API").
	podField = regexp.MustCompile(`^(metadata\.(name|namespace|uid|(labels|annotations)\['[^']+'\])|spec\.(nodeName|serviceAccountName)|status\.(hostIP|podIPs?))$`)
	envValue = regexp.MustCompile(`^[^\x00-\x08\x0b-\x1f\x7f\x{FFFD}]*$`)
)

// maxEnvValue keeps a manifest small enough for etcd.
const maxEnvValue = 32 << 10

// reservedEnv says why a pool may not set a variable. The order in which SDKs
// look for credentials puts stored keys before the role
// (https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html),
// and the EKS pod identity webhook leaves a container alone that has one of its
// two variables.
var reservedEnv = map[string]string{
	"AWS_ACCESS_KEY_ID":                 "a stored key would win over the role",
	"AWS_SECRET_ACCESS_KEY":             "a stored key would win over the role",
	"AWS_SESSION_TOKEN":                 "a stored key would win over the role",
	"AWS_PROFILE":                       "a stored profile would win over the role",
	"AWS_DEFAULT_PROFILE":               "a stored profile would win over the role",
	"AWS_SHARED_CREDENTIALS_FILE":       "a stored key would win over the role",
	"AWS_CONFIG_FILE":                   "a stored profile would win over the role",
	"AWS_ENDPOINT_URL":                  "the token would go to another host than AWS's",
	"AWS_ENDPOINT_URL_STS":              "the token would go to another host than AWS's",
	"DOCKER_HOST":                       arcSets,
	"RUNNER_ENTERPRISE":                 arcSets,
	"ACTIONS_RUNNER_INPUT_JITCONFIG":    arcSets,
	"RUNNER_WAIT_FOR_DOCKER_IN_SECONDS": arcSets,
	"RUNNER_EPHEMERAL":                  arcSets,
	"RUNNER_GROUP":                      arcSets,
	"RUNNER_LABELS":                     arcSets,
	"RUNNER_ORG":                        arcSets,
	"RUNNER_REPO":                       arcSets,
	"AWS_ROLE_ARN":                      "EKS sets it from the ServiceAccount's annotation, unless it is set already",
	"AWS_WEB_IDENTITY_TOKEN_FILE":       "EKS sets it from the ServiceAccount's annotation, unless it is set already",

	"AWS_CONTAINER_CREDENTIALS_FULL_URI":     eksSets,
	"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": eksSets,
	"AWS_CONTAINER_AUTHORIZATION_TOKEN":      "the token would go to the credentials' address, and be no secret here",
	"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "SDKs would ask Amazon ECS, which is not there, before EKS Pod Identity",

	metadataDisabled: "every pool sets it, so that the node's role stays out of reach",
}

const (
	metadataDisabled = "AWS_EC2_METADATA_DISABLED"
	eksSets          = "EKS Pod Identity sets it where the ServiceAccount has an association, unless it is set already"
	arcSets          = "the controller sets it from the pool, whatever stands here"
)

// AllEnv is the environment of the pool's runner container: what every pool
// sets, the proxy, then Env.
//
// Without the instance metadata service a broken chain fails visibly; with it, SDKs
// would fall back to the node's role.
func (p Pool) AllEnv() []corev1.EnvVar {
	env := []corev1.EnvVar{{Name: metadataDisabled, Value: "true"}}
	if p.ScaleSet == nil {
		return slices.Concat(env, p.Proxy.env(), p.Env)
	}
	if p.UsesDocker() {
		env = append(env, dockerEnv...)
	}
	if mode := p.ContainerMode(); mode != nil {
		env = append(env, mode.env(p.Image)...)
	}
	return slices.Concat(env, p.ScaleSet.GitHubServerTLS.env(), p.Proxy.upper(), p.Env)
}

// dockerEnv lets a scale set's runner find the Docker sidecar, and wait for it
// (charts/gha-runner-scale-set, _helpers.tpl).
var dockerEnv = []corev1.EnvVar{
	{Name: "DOCKER_HOST", Value: "unix:///var/run/docker.sock"},
	{Name: "RUNNER_WAIT_FOR_DOCKER_IN_SECONDS", Value: "120"},
}

func checkEnv(env []corev1.EnvVar, proxy *Proxy, at place, problems *Problems) {
	names := map[string]bool{}
	for i, variable := range env {
		at := at.index(i)
		problems.add(at, checkEnvVar(variable))
		if slices.ContainsFunc(proxy.env(), func(set corev1.EnvVar) bool { return set.Name == variable.Name }) {
			problems.add(at, fmt.Errorf("environment variable %q: the pool's proxy sets it; leave it out", variable.Name))
		}
		if names[variable.Name] {
			problems.add(at, fmt.Errorf("environment variable %q is listed twice", variable.Name))
		}
		names[variable.Name] = true
	}
}

func checkEnvVar(e corev1.EnvVar) error {
	if !envName.MatchString(e.Name) {
		return fmt.Errorf("environment variable %q: want a letter or underscore, then letters, digits and underscores", e.Name)
	}
	if why, reserved := reservedEnv[e.Name]; reserved {
		return fmt.Errorf("environment variable %q: %s; leave it out", e.Name, why)
	}
	if e.ValueFrom != nil {
		return checkValueFrom(e)
	}
	if err := checkPublic("environment variable", e.Name, e.Value); err != nil {
		return err
	}
	if !envValue.MatchString(e.Value) || len(e.Value) > maxEnvValue {
		return fmt.Errorf("environment variable %q: want a value of up to %d bytes of UTF-8 without control characters", e.Name, maxEnvValue)
	}
	if identity.AmbiguousNumber(e.Value) {
		return fmt.Errorf("environment variable %q: %q is a number to some readers of YAML and text to others; write it in decimal", e.Name, e.Value)
	}
	return nil
}

func checkValueFrom(e corev1.EnvVar) error {
	from := e.ValueFrom
	if e.Value != "" {
		return fmt.Errorf("environment variable %q has a value and valueFrom; want one of them", e.Name)
	}
	switch {
	case setFields(*from) != 1 || from.ResourceFieldRef != nil:
		return fmt.Errorf("environment variable %q: want one of configMapKeyRef, secretKeyRef and fieldRef in valueFrom", e.Name)
	case from.ConfigMapKeyRef != nil:
		return checkKeyRef("ConfigMap", from.ConfigMapKeyRef.Name, from.ConfigMapKeyRef.Key)
	case from.SecretKeyRef != nil:
		return checkKeyRef("Secret", from.SecretKeyRef.Name, from.SecretKeyRef.Key)
	case !podField.MatchString(from.FieldRef.FieldPath):
		return fmt.Errorf("environment variable %q: unknown field %q of a Pod: want for example \"spec.nodeName\" or \"metadata.labels['KEY']\"", e.Name, from.FieldRef.FieldPath)
	}
	return nil
}

func checkKeyRef(kind, name, key string) error {
	return firstError(checkObjectName(kind, name), checkKubernetes("key of "+kind+" "+name, key, validation.IsConfigMapKey(key)))
}

// checkPublic reports a value that looks like a secret, without the value: dist/ is
// committed, and everyone who reads it would have the secret.
func checkPublic(noun, name, value string) error {
	what := secrets.In(name, value)
	if secrets.HasPasswordInURL(value) {
		what = append(what, "a URL with a password")
	}
	if len(what) == 0 {
		return nil
	}
	return fmt.Errorf("%s %q holds what looks like %s, and dist/ would show it; leave it out", noun, name, strings.Join(what, " and "))
}
