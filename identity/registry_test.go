package identity_test

import (
	"testing"

	"keyless-runners/identity"
)

func TestRegistryIsAHostName(t *testing.T) {
	wantText(t, identity.Registry{Account: "111122223333", Region: "us-east-1"}.String(), "111122223333.dkr.ecr.us-east-1.amazonaws.com")
	wantText(t, identity.Registry{Account: "111122223333", Region: "cn-north-1"}.String(), "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn")
	wantText(t, identity.Registry{Account: "111122223333", Region: "us-gov-west-1"}.String(), "111122223333.dkr.ecr.us-gov-west-1.amazonaws.com")
}

func TestRegistryReportsItsFirstWrongPart(t *testing.T) {
	testCheck(t, []checkCase[identity.Registry]{
		{"both parts right", identity.Registry{Account: "111122223333", Region: "us-east-1"}, ""},
		{"zero value", identity.Registry{}, `account is missing; want 12 digits`},
		{"account before region", identity.Registry{Account: "1", Region: "us-esat-1"}, `account "1": want 12 digits, got 1`},
		{"region", identity.Registry{Account: "111122223333", Region: "us-esat-1"}, `unknown region "us-esat-1"; did you mean "us-east-1"?`},
	})
}

func TestParseRegistryReadsWhatStringWrites(t *testing.T) {
	testParse(t, identity.ParseRegistry, identity.Registry.String, []parseCase[identity.Registry]{
		{"us-east-1", "111122223333.dkr.ecr.us-east-1.amazonaws.com", identity.Registry{Account: "111122223333", Region: "us-east-1"}, ""},
		{"China", "111122223333.dkr.ecr.cn-northwest-1.amazonaws.com.cn", identity.Registry{Account: "111122223333", Region: "cn-northwest-1"}, ""},
		{"European Sovereign Cloud", "111122223333.dkr.ecr.eusc-de-east-1.amazonaws.eu", identity.Registry{Account: "111122223333", Region: "eusc-de-east-1"}, ""},
		{"GovCloud", "111122223333.dkr.ecr.us-gov-east-1.amazonaws.com", identity.Registry{Account: "111122223333", Region: "us-gov-east-1"}, ""},
	})
}

func TestParseRegistryRejectsAnyOtherText(t *testing.T) {
	none := identity.Registry{}
	testParse(t, identity.ParseRegistry, identity.Registry.String, []parseCase[identity.Registry]{
		{"empty", "", none, `registry "": want ACCOUNT.dkr.ecr.REGION.amazonaws.com`},
		{"Docker Hub", "docker.io", none, `registry "docker.io": want ACCOUNT.dkr.ecr.REGION.amazonaws.com`},
		{"public registry", "public.ecr.aws", none, `registry "public.ecr.aws": want ACCOUNT.dkr.ecr.REGION.amazonaws.com`},
		{"service's API host", "api.ecr.us-east-1.amazonaws.com", none, `registry "api.ecr.us-east-1.amazonaws.com": want ACCOUNT.dkr.ecr.REGION.amazonaws.com`},
		{"short account", "12345678901.dkr.ecr.us-east-1.amazonaws.com", none, `registry "12345678901.dkr.ecr.us-east-1.amazonaws.com": account "12345678901": want 12 digits, got 11`},
		{"region typo", "111122223333.dkr.ecr.us-esat-1.amazonaws.com", none, `registry "111122223333.dkr.ecr.us-esat-1.amazonaws.com": unknown region "us-esat-1"; did you mean "us-east-1"?`},
		{"China without .cn", "111122223333.dkr.ecr.cn-north-1.amazonaws.com", none, `registry "111122223333.dkr.ecr.cn-north-1.amazonaws.com": want "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn" in region "cn-north-1"`},
		{"us-east-1 with .cn", "111122223333.dkr.ecr.us-east-1.amazonaws.com.cn", none, `registry "111122223333.dkr.ecr.us-east-1.amazonaws.com.cn": want "111122223333.dkr.ecr.us-east-1.amazonaws.com" in region "us-east-1"`},
		{"slash at the end", "111122223333.dkr.ecr.us-east-1.amazonaws.com/", none, `registry "111122223333.dkr.ecr.us-east-1.amazonaws.com/": want "111122223333.dkr.ecr.us-east-1.amazonaws.com" in region "us-east-1"`},
		{"scheme", "https://111122223333.dkr.ecr.us-east-1.amazonaws.com", none, `registry "https://111122223333.dkr.ecr.us-east-1.amazonaws.com": account "https://111122223333": 'h' at position 1 is not allowed; want 12 digits`},
		{"newline at the end", "111122223333.dkr.ecr.us-east-1.amazonaws.com\n", none, `registry "111122223333.dkr.ecr.us-east-1.amazonaws.com\n": want "111122223333.dkr.ecr.us-east-1.amazonaws.com" in region "us-east-1"`},
	})
}

func TestParseRegistryHost(t *testing.T) {
	for host, want := range map[string]string{
		"111122223333.dkr.ecr.us-east-1.amazonaws.com":                "111122223333.dkr.ecr.us-east-1.amazonaws.com",
		"111122223333.dkr.ecr-fips.us-east-1.amazonaws.com":           "111122223333.dkr.ecr.us-east-1.amazonaws.com",
		"111122223333.dkr-ecr.us-west-2.on.aws":                       "111122223333.dkr.ecr.us-west-2.amazonaws.com",
		"111122223333.dkr-ecr-fips.us-gov-west-1.on.aws":              "111122223333.dkr.ecr.us-gov-west-1.amazonaws.com",
		"111122223333.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn": "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn",
	} {
		if got, err := identity.ParseRegistryHost(host); err != nil || got.String() != want {
			t.Errorf("%s: got %s, %v, want %s", host, got, err, want)
		}
	}
	for _, host := range []string{"", "docker.io", "1.dkr-ecr.us-west-2.on.aws", "111122223333.dkr-ecr.us-west-2.amazonaws.com", "111122223333.dkr-ecr.us-wets-2.on.aws", "111122223333.dkr-ecr.cn-north-1.on.aws"} {
		if got, err := identity.ParseRegistryHost(host); err == nil {
			t.Errorf("%q: got %s, want an error", host, got)
		}
	}
}
