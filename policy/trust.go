package policy

import (
	"slices"

	"keyless-runners/identity"
)

// Trust lets one ServiceAccount of one cluster take the role, and no one else:
// the token must come from the provider, name the subject, and be meant for STS.
// Both conditions compare letter by letter.
func Trust(provider identity.ProviderARN, subject identity.Subject) Document {
	return trustToken(provider, subject.String())
}

// TrustActions lets the jobs of GitHub Actions take the role whose tokens have this very
// subject, and no one else.
func TrustActions(provider identity.ProviderARN, subject identity.ActionsSubject) Document {
	return trustToken(provider, subject.String())
}

func trustToken(provider identity.ProviderARN, subject string) Document {
	return Document{
		Version: Version,
		Statement: []Statement{{
			Effect:    EffectAllow,
			Principal: &Principal{Federated: Values{provider.String()}},
			Action:    Values{"sts:AssumeRoleWithWebIdentity"},
			Condition: Condition{StringEquals: {
				provider.Issuer.SubjectKey():  {subject},
				provider.Issuer.AudienceKey(): {string(identity.AudienceSTS)},
			}},
		}},
	}
}

// TrustPodIdentity lets EKS Pod Identity give the role to one ServiceAccount of one
// cluster. EKS takes the role and tags the session, so it needs both actions; without the
// conditions any association of the account would do (Amazon EKS user guide, "Create IAM
// role with trust policy required by EKS Pod Identity").
func TrustPodIdentity(cluster identity.ClusterARN, subject identity.Subject) Document {
	return Document{
		Version: Version,
		Statement: []Statement{{
			Effect:    EffectAllow,
			Principal: &Principal{Service: Values{identity.ServicePodIdentity}},
			Action:    takeActions(),
			Condition: Condition{StringEquals: {
				requestTag + identity.TagClusterARN:     {cluster.String()},
				requestTag + identity.TagNamespace:      {string(subject.Namespace)},
				requestTag + identity.TagServiceAccount: {string(subject.ServiceAccount)},
			}},
		}},
	}
}

// TrustRole lets another role take the role, with the tags that its session has (Amazon EKS user
// guide, "Access AWS Resources using EKS Pod Identity Target IAM Roles").
func TrustRole(role identity.RoleARN) Document {
	return Document{
		Version: Version,
		Statement: []Statement{{
			Effect:    EffectAllow,
			Principal: &Principal{AWS: Values{role.String()}},
			Action:    takeActions(),
		}},
	}
}

// Assume allows to take another role, as it trusts by TrustRole.
func Assume(role identity.RoleARN) Document {
	return Document{
		Version: Version,
		Statement: []Statement{{
			Sid:      SidAssume,
			Effect:   EffectAllow,
			Action:   takeActions(),
			Resource: Values{role.String()},
		}},
	}
}

// takeActions returns what EKS Pod Identity does to take a role and to tag its session.
func takeActions() Values { return Values{"sts:AssumeRole", "sts:TagSession"} }

// requestTag begins the condition keys of the tags that a session is given.
const requestTag = "aws:RequestTag/"

// Join is one document with the statements of all, in order.
func Join(documents ...Document) Document {
	joined := Document{Version: Version}
	for _, document := range documents {
		joined.Statement = slices.Concat(joined.Statement, document.Statement)
	}
	return joined
}
