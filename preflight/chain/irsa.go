package chain

import (
	"fmt"

	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/kubernetes"
)

// IRSA is IAM roles for service accounts: AWS SDKs in a container are told to assume a role
// with a token of the Pod's ServiceAccount.
type IRSA struct {
	// Role is the role's ARN, Audience the token's.
	Role, Audience facts.Text
}

// annotatedWith returns what EKS' webhook gives the Pods of an annotated ServiceAccount.
func annotatedWith(sa *facts.ServiceAccount) IRSA {
	token := kubernetes.Token(sa)
	return IRSA{facts.AnnotationOf(sa.Annotations, identity.AnnotationRoleARN).Value, AudienceOf(&token)}
}

// RoleARN implements Way.
func (w IRSA) RoleARN() facts.Text { return w.Role }

func (w IRSA) is(other Way) bool {
	theirs, ok := other.(IRSA)
	return ok && w.Role.Same(theirs.Role) && w.Audience.Value == theirs.Audience.Value
}

// follow goes from the annotation, or the variable, to the role, and from the token by its
// provider to the role's trust policy.
func (w IRSA) follow(c *Chains, found *Identity) {
	named := c.find(w.Role)
	if w.Role.Unknown != "" { // only that of the annotation is followed
		named = RoleFound{Written: w.Role, Place: w.Role.Place, Role: c.AnnotatedRole(found.ServiceAccount)}
	}
	found.Role, found.Found = named.Role, []RoleFound{named}
	if found.Role == nil {
		found.add(LinkRole, Broken, found.ServiceAccount.Place, Said("it names no role of the files"), found.title(), "role")
		return
	}
	by, at := "AWS_ROLE_ARN of its Pods is the ARN of", w.Role.Place
	if annotation := facts.AnnotationOf(found.ServiceAccount.Annotations, identity.AnnotationRoleARN); annotation != nil && annotation.Value == w.Role {
		by, at = "its annotation is the ARN of", annotation.Place
	}
	found.add(LinkRole, Proved, at, Said(fmt.Sprintf("%s role %q", by, found.Role.Name)), found.title(), "role "+found.Role.Name.String())
	c.trusted(found, w.Audience)
	for _, issuer := range found.Issuers {
		found.Regions = append(found.Regions, regionOf(issuer))
	}
}

// regionOf is the region of the cluster whose tokens a role trusts.
func regionOf(issuer index.Federated) facts.Text {
	region := facts.Text{Value: string(identity.Issuer("https://" + issuer.Host).Region()), Place: issuer.Place, There: true}
	if region.Value == "" {
		region.Unknown = "issuer \"" + issuer.Host + "\" does not determine in which region the runner is"
	}
	return region
}
