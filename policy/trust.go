package policy

import "keyless-runners/identity"

// Trust lets one ServiceAccount of one cluster take the role, and nobody else:
// the token must come from the provider, name the subject, and be meant for STS.
// Both conditions compare letter by letter.
func Trust(provider identity.ProviderARN, subject identity.Subject) Document {
	return Document{
		Version: Version,
		Statement: []Statement{{
			Effect:    EffectAllow,
			Principal: &Principal{Federated: Values{provider.String()}},
			Action:    Values{"sts:AssumeRoleWithWebIdentity"},
			Condition: Condition{StringEquals: {
				provider.Issuer.SubjectKey():  {subject.String()},
				provider.Issuer.AudienceKey(): {string(identity.AudienceSTS)},
			}},
		}},
	}
}
