package identity

import "strings"

// IsARN reports whether the text has the form of an ARN,
// "arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE", or of a pattern of ARNs, in which a
// wildcard may stand for several parts (IAM user guide, "IAM JSON policy elements:
// Resource").
func IsARN(text string) bool {
	return strings.HasPrefix(text, "arn:") && (strings.Count(text, ":") >= 5 || strings.ContainsAny(text, "*?"))
}
