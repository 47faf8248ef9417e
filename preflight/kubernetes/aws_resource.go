package kubernetes

import (
	"slices"
	"strings"
)

// awsControllers end the API groups of resources of AWS: those of AWS Controllers for Kubernetes, and
// of Crossplane's providers.
var awsControllers = []string{".services.k8s.aws", ".aws.upbound.io", ".aws.m.upbound.io", ".aws.crossplane.io"}

// makesPrincipal reports whether the object is a resource of AWS that may let someone push.
func (o object) makesPrincipal() bool {
	service, _, _ := strings.Cut(o.group(), ".")
	if !slices.Contains(awsControllers, strings.TrimPrefix(o.group(), service)) {
		return false
	}
	switch service {
	case "iam":
		return o.kind != "OpenIDConnectProvider" && o.kind != "InstanceProfile"
	case "ecr":
		return o.kind == "RepositoryPolicy" || o.kind == "RegistryPolicy" || o.root.Has("spec", "policy")
	}
	return service == "eks" && o.kind == "PodIdentityAssociation"
}
