package identity_test

import (
	"testing"

	"keyless-runners/identity"
)

func TestAccountIDIsTwelveDigits(t *testing.T) {
	testCheck(t, []checkCase[identity.AccountID]{
		{"twelve digits", "111122223333", ""},
		{"zeros in front count", "000000000012", ""},
		{"whole ARN", "arn:aws:iam::111122223333:root", `account "arn:aws:iam::111122223333:root": it is an ARN; want 12 digits`},
		{"empty", "", `account is missing; want 12 digits`},
		{"11 digits", "12345678901", `account "12345678901": want 12 digits, got 11`},
		{"13 digits", "1234567890123", `account "1234567890123": want 12 digits, got 13`},
		{"letters", "account", `account "account": 'a' at position 1 is not allowed; want 12 digits`},
		{"the letter O for a zero", "1111222233O3", `account "1111222233O3": 'O' at position 11 is not allowed; want 12 digits`},
		{"hyphens as the console shows them", "1111-2222-3333", `account "1111-2222-3333": '-' at position 5 is not allowed; want 12 digits`},
		{"minus", "-11112222333", `account "-11112222333": '-' at position 1 is not allowed; want 12 digits`},
		{"blank in front", " 111122223333", `account " 111122223333": ' ' at position 1 is not allowed; want 12 digits`},
		{"newline at the end", "111122223333\n", `account "111122223333\n": '\n' at position 13 is not allowed; want 12 digits`},
		{"second YAML document", "111122223333\n---\nkind: Pod", `account "111122223333\n---\nkind: Pod": '\n' at position 13 is not allowed; want 12 digits`},
		{"NUL", "11112222333\x00", `account "11112222333\x00": '\x00' at position 12 is not allowed; want 12 digits`},
		{"invalid UTF-8", "11112222333\xff", `account "11112222333\xff": '\ufffd' at position 12 is not allowed; want 12 digits`},
		{"full-width digits", "１１１１", `account "１１１１": '\uff11' at position 1 is not allowed; want 12 digits`},
		{"Arabic digit", "11112222333٣", `account "11112222333٣": '\u0663' at position 12 is not allowed; want 12 digits`},
		{"placeholder of the article", "YOUR_ACCOUNT_ID", `account "YOUR_ACCOUNT_ID": 'Y' at position 1 is not allowed; want 12 digits`},
	})
}
