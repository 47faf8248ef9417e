package identity_test

import (
	"testing"

	"keyless-runners/identity"
)

func TestAudienceIsSTSInEveryPartition(t *testing.T) {
	testCheck(t, []checkCase[identity.Audience]{
		{"the constant", identity.AudienceSTS, ""},
		{"empty", "", `audience "": want "sts.amazonaws.com", in every partition`},
		{"China's host name", "sts.amazonaws.com.cn", `audience "sts.amazonaws.com.cn": want "sts.amazonaws.com", in every partition`},
		{"capitals", "STS.amazonaws.com", `audience "STS.amazonaws.com": want "sts.amazonaws.com", in every partition`},
		{"scheme", "https://sts.amazonaws.com", `audience "https://sts.amazonaws.com": want "sts.amazonaws.com", in every partition`},
		{"regional host", "sts.us-east-1.amazonaws.com", `audience "sts.us-east-1.amazonaws.com": want "sts.amazonaws.com", in every partition`},
		{"invisible character", "sts.amazonaws.com\u200b", `audience "sts.amazonaws.com\u200b": want "sts.amazonaws.com", in every partition`},
		{"newline", "sts.amazonaws.com\n", `audience "sts.amazonaws.com\n": want "sts.amazonaws.com", in every partition`},
	})
}

func TestAudienceSTSIsWrittenAsTokensHaveIt(t *testing.T) {
	wantText(t, string(identity.AudienceSTS), "sts.amazonaws.com")
}
