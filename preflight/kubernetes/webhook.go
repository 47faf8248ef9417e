package kubernetes

import (
	"encoding/csv"
	"slices"
	"strconv"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// FromCluster is where a variable comes from whose value is the cluster's region.
const FromCluster = "the cluster's region"

// Inject returns a workload's Pod as EKS' pod identity webhook makes it for IRSA of the
// controller's, and the Pod as it is if the webhook leaves it alone. A nil ServiceAccount
// is one that the cluster does not have. It follows pkg/handler of
// aws/amazon-eks-pod-identity-webhook at 3bf80a3, which looks for a volume's and a mount's
// name and not at what they are; rehearsal/irsa does the same, as another witness.
func Inject(w *facts.Workload, sa *facts.ServiceAccount) facts.Pod {
	pod := facts.Pod{Volumes: w.Volumes, Containers: w.Containers}
	role := roleOf(sa)
	if w.SkipLabel.There || !role.There {
		return pod
	}
	if !hasVolume(pod.Volumes, identity.TokenVolume) {
		token := Token(sa)
		if seconds := expiration(w.PodAnnotations); seconds.There {
			token.Seconds = seconds
		}
		pod.Volumes = slices.Insert(slices.Clone(pod.Volumes), 0, facts.Volume{Place: role.Place, Name: known(identity.TokenVolume), Tokens: []facts.Token{token}})
	}
	pod.Containers = slices.Clone(pod.Containers)
	skipped := skippedContainers(w)
	for i := range pod.Containers {
		if c := &pod.Containers[i]; !slices.Contains(skipped, c.Name.Value) {
			inject(c, role)
		}
	}
	return pod
}

// Skips reports whether the Pod's annotation keeps the webhook from the container.
func Skips(w *facts.Workload, c *facts.Container) bool {
	return c.Name.Known() && slices.Contains(skippedContainers(w), c.Name.Value)
}

// Token returns the token that the webhook puts into the ServiceAccount's Pods, if they
// ask for no other expiration.
func Token(sa *facts.ServiceAccount) facts.Token {
	token := facts.Token{
		Place:    sa.Place,
		Path:     known(identity.TokenPath),
		Audience: facts.Text{Value: string(identity.AudienceSTS), Place: sa.Place, There: true},
		Seconds:  expiration(sa.Annotations),
	}
	if annotation := annotationOf(sa.Annotations, identity.AnnotationAudience); annotation != nil {
		token.Audience = annotation.Value
	}
	return token
}

// roleOf is the role's ARN as the annotation has it: the webhook does not look into it. An
// empty one counts as none.
func roleOf(sa *facts.ServiceAccount) facts.Text {
	if sa == nil {
		return facts.Text{}
	}
	annotation := annotationOf(sa.Annotations, identity.AnnotationRoleARN)
	if annotation == nil || annotation.Value.Is("") {
		return facts.Text{}
	}
	return annotation.Value
}

// expiration is the token's in seconds. Not there: no annotation has a number, so the
// webhook takes its default.
func expiration(annotations []facts.Annotation) facts.Text {
	annotation := annotationOf(annotations, identity.AnnotationTokenExpiration)
	if annotation == nil {
		return facts.Text{}
	}
	seconds, err := strconv.ParseInt(annotation.Value.Value, 10, 64)
	if err != nil {
		return facts.Text{}
	}
	return facts.Text{Value: strconv.FormatInt(max(seconds, identity.MinTokenSeconds), 10), Place: annotation.Value.Place, There: true}
}

// skippedContainers are the names in the Pod's annotation: one line of CSV, in which blanks
// count; none if it is no CSV.
func skippedContainers(w *facts.Workload) []string {
	annotation := annotationOf(w.PodAnnotations, identity.AnnotationSkipContainers)
	if annotation == nil {
		return nil
	}
	names, err := csv.NewReader(strings.NewReader(annotation.Value.Value)).Read()
	if err != nil {
		return nil
	}
	return names
}

// inject gives a container the variables and the mount that it does not have. One that has
// variables of every kind counts as injected already.
func inject(c *facts.Container, role facts.Text) {
	endpoints := hasVariable(c, identity.EnvRegionalEndpoints)
	region := hasVariable(c, identity.EnvRegion, identity.EnvDefaultRegion)
	own := hasVariable(c, identity.EnvRoleARN, identity.EnvTokenFile)
	if endpoints && region && own {
		return
	}
	if !region {
		c.Env = append(slices.Clip(c.Env),
			facts.EnvVar{Name: identity.EnvDefaultRegion, Place: role.Place, From: FromCluster},
			facts.EnvVar{Name: identity.EnvRegion, Place: role.Place, From: FromCluster})
	}
	if !own {
		c.Env = append(slices.Clip(c.Env),
			facts.EnvVar{Name: identity.EnvRoleARN, Place: role.Place, Value: role},
			facts.EnvVar{Name: identity.EnvTokenFile, Place: role.Place, Value: known(identity.TokenFolder + "/" + identity.TokenPath)})
	}
	if !hasMount(c.Mounts, identity.TokenVolume) {
		c.Mounts = append(slices.Clip(c.Mounts), facts.Mount{Volume: known(identity.TokenVolume), Path: known(identity.TokenFolder)})
	}
}

// hasVariable reports whether a container sets one of the variables by name.
func hasVariable(c *facts.Container, names ...string) bool {
	return slices.ContainsFunc(c.Env, func(v facts.EnvVar) bool { return slices.Contains(names, v.Name) })
}

func annotationOf(annotations []facts.Annotation, key string) *facts.Annotation {
	for i := range annotations {
		if annotations[i].Key == key {
			return &annotations[i]
		}
	}
	return nil
}
