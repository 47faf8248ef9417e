package identity_test

import (
	"testing"

	"keyless-runners/identity"
)

func TestKMSKeyHasOneForm(t *testing.T) {
	key := func(id string) identity.KMSKeyARN {
		return identity.KMSKeyARN{Partition: "aws", Region: "us-east-1", Account: "111122223333", ID: id}
	}
	if got, want := key("01234567-89ab-cdef-0123-456789abcdef").String(), "arn:aws:kms:us-east-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	testCheck(t, []checkCase[identity.KMSKeyARN]{
		{"UUID", key("01234567-89ab-cdef-0123-456789abcdef"), ""},
		{"multi-Region", key("mrk-0123456789abcdef0123456789abcdef"), ""},
		{"none", key(""), "KMS key id is missing"},
		{"alias", key("alias/images"), `KMS key id "alias/images": want a UUID, or mrk- and 32 hexadecimal digits`},
		{"region", identity.KMSKeyARN{Partition: "aws", Region: "us-esat-1", Account: "111122223333"}, `unknown region "us-esat-1"; did you mean "us-east-1"?`},
	})
}

func TestOrganizationIDHasOneForm(t *testing.T) {
	testCheck(t, []checkCase[identity.OrganizationID]{
		{"as AWS shows it", "o-a1b2c3d4e5", ""},
		{"none", "", `organization id "": want o- and 10 to 32 lower-case letters and digits`},
		{"of GitHub", "octo-org", `organization id "octo-org": want o- and 10 to 32 lower-case letters and digits`},
		{"short", "o-a1b2c3d4e", `organization id "o-a1b2c3d4e": want o- and 10 to 32 lower-case letters and digits`},
	})
}
