package identity_test

import (
	"testing"

	"keyless-runners/identity"
)

func TestParseVersion(t *testing.T) {
	since, ok := identity.PodIdentitySince("AWS-Actions/amazon-ecr-login")
	if !ok || since.String() != "v2.1.0" {
		t.Fatalf("got %v, %v", since, ok)
	}
	for reference, want := range map[string]struct{ known, before bool }{
		"v2":                    {true, false},
		"v2.0":                  {true, true},
		"v2.0.1":                {true, true},
		"v2.1.0":                {true, false},
		"2.1.1":                 {true, false},
		"v1":                    {true, true},
		"main":                  {true, false},
		"v2-node20":             {false, false},
		"f2e9fc6c2b355c1890b65": {false, false},
		"":                      {false, false},
	} {
		version, known := identity.ParseVersion(reference)
		if known != want.known || known && version.Before(since) != want.before {
			t.Errorf("%q: got %v, known %v, before %v", reference, version, known, version.Before(since))
		}
	}
}
