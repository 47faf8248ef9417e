package policy

import "unicode"

// MaxManagedSize is how many characters a managed policy may hold, white space
// not counted (IAM quotas, "IAM and STS character limits").
const MaxManagedSize = 6144

// MaxTrustSize is how many characters a trust policy may hold unless the account has a
// higher quota, white space not counted (IAM quotas, "Role trust policy length").
const MaxTrustSize = 2048

// MaxSessionSize is how many characters a session policy may hold (Amazon STS API reference,
// AssumeRole; Amazon EKS takes as many).
const MaxSessionSize = 2048

// Size is how many characters IAM counts in the document: all but white space.
func (d Document) Size() int {
	size := 0
	for _, r := range string(d.JSON()) {
		if !unicode.IsSpace(r) {
			size++
		}
	}
	return size
}
