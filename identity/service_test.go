package identity_test

import (
	"testing"

	"keyless-runners/identity"
)

func TestIsService(t *testing.T) {
	for prefix, want := range map[string]bool{
		"ecr": true, "ecr-public": true, "ec2": true, "ecs": true, "eks": true, "sns": true, "sqs": true, "sso": true, "ssm": true,
		"sts": true, "S3": true, "a2c": true, "xray": true, "access-analyzer": true,
		"ecrr": false, "ect": false, "": false, "*": false,
	} {
		if got := identity.IsService(prefix); got != want {
			t.Errorf("%q: got %v, want %v", prefix, got, want)
		}
	}
}
