package session

import "github.com/aws/aws-sdk-go-v2/aws"

// Environment is how a process is given credentials, such as those that a node would
// get for its own role.
func Environment(credentials aws.Credentials) []string {
	return []string{
		"AWS_ACCESS_KEY_ID=" + credentials.AccessKeyID,
		"AWS_SECRET_ACCESS_KEY=" + credentials.SecretAccessKey,
		"AWS_SESSION_TOKEN=" + credentials.SessionToken,
	}
}
