package kubernetes

import (
	"encoding/csv"
	"slices"
	"strconv"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// FromCluster is where a variable comes from whose value is the cluster's region.
const FromCluster = "the cluster's region"

// Inject returns a workload's Pod as EKS' pod identity webhook makes it for IRSA of the
// controller's, and the Pod as it is if the webhook leaves it alone. A nil ServiceAccount
// is one that the cluster does not have. It follows pkg/handler of
// aws/amazon-eks-pod-identity-webhook at 3bf80a3, which looks for a volume's and a mount's
// name and not at what they are; rehearsal/webhook does the same, as another witness.
func Inject(w *facts.Workload, sa *facts.ServiceAccount) facts.Pod {
	role := roleOf(sa)
	if !role.There {
		return facts.Pod{Volumes: w.Volumes, Containers: w.Containers}
	}
	return inject(w, injection{
		place:  role.Place,
		volume: identity.TokenVolume,
		folder: identity.TokenFolder,
		token:  Token(sa),
		variables: []facts.EnvVar{
			{Name: identity.EnvRoleARN, Place: role.Place, Value: role},
			{Name: identity.EnvTokenFile, Place: role.Place, Value: known(identity.TokenFolder + "/" + identity.TokenPath)},
		},
	})
}

// InjectAssociated returns a workload's Pod as the webhook makes it if its ServiceAccount
// has the EKS Pod Identity association at the place. The webhook asks for that first and
// adds nothing of IRSA's then; nor does it read the ServiceAccount's audience.
func InjectAssociated(w *facts.Workload, sa *facts.ServiceAccount, at source.Place) facts.Pod {
	token := facts.Token{Place: at, Path: known(identity.AgentTokenPath), Audience: known(identity.AudiencePodIdentity)}
	if sa != nil {
		token.Seconds = expiration(sa.Annotations)
	}
	return inject(w, injection{
		place:  at,
		volume: identity.AgentTokenVolume,
		folder: identity.AgentTokenFolder,
		token:  token,
		variables: []facts.EnvVar{
			{Name: identity.EnvCredentialsURI, Place: at, Value: known(identity.AgentURI)},
			{Name: identity.EnvAuthorizationTokenFile, Place: at, Value: known(identity.AgentTokenFolder + "/" + identity.AgentTokenPath)},
		},
	})
}

// injection holds what the webhook adds to a Pod for one of the ways to a role.
type injection struct {
	place source.Place
	// volume is the name of the token's, folder where containers get it.
	volume, folder string
	token          facts.Token
	// variables are the two that a container has both of or neither.
	variables []facts.EnvVar
}

func inject(w *facts.Workload, add injection) facts.Pod {
	pod := facts.Pod{Volumes: w.Volumes, Containers: w.Containers}
	if w.SkipLabel.There {
		return pod
	}
	if !hasVolume(pod.Volumes, add.volume) {
		if seconds := expiration(w.PodAnnotations); seconds.There {
			add.token.Seconds = seconds
		}
		pod.Volumes = slices.Insert(slices.Clone(pod.Volumes), 0, facts.Volume{Place: add.place, Name: known(add.volume), Tokens: []facts.Token{add.token}})
	}
	pod.Containers = slices.Clone(pod.Containers)
	skipped := skippedContainers(w)
	for i := range pod.Containers {
		if c := &pod.Containers[i]; !slices.Contains(skipped, c.Name.Value) {
			add.to(c)
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
		Audience: facts.Known(string(identity.AudienceSTS), sa.Place),
		Seconds:  expiration(sa.Annotations),
	}
	if annotation := facts.AnnotationOf(sa.Annotations, identity.AnnotationAudience); annotation != nil {
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
	if role := facts.AnnotationValue(sa.Annotations, identity.AnnotationRoleARN); !role.Is("") {
		return role
	}
	return facts.Text{}
}

// expiration is the token's in seconds. Not there: no annotation has a number, so the
// webhook takes its default.
func expiration(annotations []facts.Annotation) facts.Text {
	annotation := facts.AnnotationValue(annotations, identity.AnnotationTokenExpiration)
	seconds, err := strconv.ParseInt(annotation.Value, 10, 64)
	if err != nil {
		return facts.Text{}
	}
	return facts.Known(strconv.FormatInt(max(seconds, identity.MinTokenSeconds), 10), annotation.Place)
}

// skippedContainers are the names in the Pod's annotation: one line of CSV, in which blanks
// count; none if it is no CSV.
func skippedContainers(w *facts.Workload) []string {
	list := facts.AnnotationValue(w.PodAnnotations, identity.AnnotationSkipContainers)
	switch {
	case !list.There || list.Is(""):
		return nil
	case !strings.ContainsAny(list.Value, "\",\r\n"):
		return []string{list.Value} // one name, as most have; a csv.Reader takes 4 kB
	}
	names, err := csv.NewReader(strings.NewReader(list.Value)).Read()
	if err != nil {
		return nil
	}
	return names
}

// to gives a container the variables and the mount that it does not have. One that has
// variables of every kind counts as injected already.
func (add injection) to(c *facts.Container) {
	endpoints := hasVariable(c, identity.EnvRegionalEndpoints)
	region := hasVariable(c, identity.EnvRegion, identity.EnvDefaultRegion)
	own := hasVariable(c, add.variables[0].Name, add.variables[1].Name)
	if endpoints && region && own {
		return
	}
	var variables []facts.EnvVar
	if !region {
		variables = []facts.EnvVar{
			{Name: identity.EnvDefaultRegion, Place: add.place, From: FromCluster},
			{Name: identity.EnvRegion, Place: add.place, From: FromCluster},
		}
	}
	if !own {
		variables = append(variables, add.variables...)
	}
	c.Env = slices.Concat(c.Env, variables)
	if !hasMount(c.Mounts, add.volume) {
		c.Mounts = append(slices.Clip(c.Mounts), facts.Mount{Volume: known(add.volume), Path: known(add.folder)})
	}
}

func hasVariable(c *facts.Container, names ...string) bool {
	return slices.ContainsFunc(c.Env, func(v facts.EnvVar) bool { return slices.Contains(names, v.Name) })
}
