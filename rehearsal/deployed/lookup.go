package deployed

import "keyless-runners/identity"

// Role is the role with the ARN; nil if there is none.
func (a Account) Role(arn string) *Role {
	for i := range a.Roles {
		if a.Roles[i].ARN == arn {
			return &a.Roles[i]
		}
	}
	return nil
}

// Provider is the provider for an issuer, given without "https://"; nil if there is
// none.
func (a Account) Provider(url string) *Provider {
	for i := range a.Providers {
		if a.Providers[i].URL == url {
			return &a.Providers[i]
		}
	}
	return nil
}

// ImageRepository is the image repository with the ARN; nil if there is none.
func (a Account) ImageRepository(arn string) *ImageRepository {
	for i := range a.ImageRepositories {
		if a.ImageRepositories[i].ARN == arn {
			return &a.ImageRepositories[i]
		}
	}
	return nil
}

// Association is the association of a ServiceAccount of a cluster; nil if there is none.
func (a Account) Association(cluster identity.ClusterARN, subject identity.Subject) *Association {
	for i := range a.Associations {
		if a.Associations[i].Cluster == cluster && a.Associations[i].Subject == subject {
			return &a.Associations[i]
		}
	}
	return nil
}
