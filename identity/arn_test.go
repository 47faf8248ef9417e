package identity_test

import (
	"testing"

	"keyless-runners/identity"
)

func TestIsARN(t *testing.T) {
	for text, want := range map[string]bool{
		"arn:aws:ecr:us-east-1:111122223333:repository/my-app": true,
		"arn:aws:s3:::bucket/*":                                true,
		"arn:aws:iam::111122223333:root":                       true,
		"arn:*":                                                true,
		"arn:aws:s3:bucket":                                    false,
		"111122223333.dkr.ecr.us-east-1.amazonaws.com/my-app":  false,
		"my-app":  false,
		"*my-app": false,
		" arn:aws:ecr:us-east-1:111122223333:repository/my-app": false,
		"": false,
	} {
		if got := identity.IsARN(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}
