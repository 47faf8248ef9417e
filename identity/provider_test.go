package identity_test

import (
	"testing"

	"keyless-runners/identity"
)

func TestProviderARNEndsInTheIssuerWithoutScheme(t *testing.T) {
	for _, c := range []struct {
		arn  identity.ProviderARN
		want string
	}{
		{identity.ProviderARN{Partition: "aws", Account: "111122223333", Issuer: issuerUS},
			"arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"},
		{identity.ProviderARN{Partition: "aws-cn", Account: "111122223333", Issuer: issuerChina},
			"arn:aws-cn:iam::111122223333:oidc-provider/oidc.eks.cn-north-1.amazonaws.com.cn/id/0123456789ABCDEF0123456789ABCDEF"},
		{identity.ProviderARN{Partition: "aws-us-gov", Account: "111122223333", Issuer: issuerGov},
			"arn:aws-us-gov:iam::111122223333:oidc-provider/oidc.eks.us-gov-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"},
	} {
		wantText(t, c.arn.String(), c.want)
	}
}

func TestProviderARNReportsItsFirstWrongPart(t *testing.T) {
	testCheck(t, []checkCase[identity.ProviderARN]{
		{"every part right", identity.ProviderARN{Partition: "aws", Account: "111122223333", Issuer: issuerUS}, ""},
		{"zero value", identity.ProviderARN{}, `partition "": want "aws", "aws-cn", "aws-us-gov" or "aws-eusc"`},
		{"account", identity.ProviderARN{Partition: "aws", Account: "1"}, `account "1": want 12 digits, got 1`},
		{"issuer", identity.ProviderARN{Partition: "aws", Account: "111122223333"},
			`issuer is missing` + writtenForm},
	})
}

func TestParseProviderARNReadsWhatStringWrites(t *testing.T) {
	testParse(t, identity.ParseProviderARN, identity.ProviderARN.String, []parseCase[identity.ProviderARN]{
		{"us-east-1", "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
			identity.ProviderARN{Partition: "aws", Account: "111122223333", Issuer: issuerUS}, ""},
		{"China", "arn:aws-cn:iam::111122223333:oidc-provider/oidc.eks.cn-north-1.amazonaws.com.cn/id/0123456789ABCDEF0123456789ABCDEF",
			identity.ProviderARN{Partition: "aws-cn", Account: "111122223333", Issuer: issuerChina}, ""},
		{"GovCloud", "arn:aws-us-gov:iam::111122223333:oidc-provider/oidc.eks.us-gov-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
			identity.ProviderARN{Partition: "aws-us-gov", Account: "111122223333", Issuer: issuerGov}, ""},
	})
}

func TestParseProviderARNRejectsAnyOtherText(t *testing.T) {
	none := identity.ProviderARN{}
	testParse(t, identity.ParseProviderARN, identity.ProviderARN.String, []parseCase[identity.ProviderARN]{
		{"empty", "", none, `provider ARN "": want arn:PARTITION:iam::ACCOUNT:oidc-provider/ISSUER without https://`},
		{"issuer alone", "https://oidc.eks.us-east-1.amazonaws.com/id/0", none,
			`provider ARN "https://oidc.eks.us-east-1.amazonaws.com/id/0": want arn:PARTITION:iam::ACCOUNT:oidc-provider/ISSUER without https://`},
		{"issuer with scheme", "arn:aws:iam::111122223333:oidc-provider/https://oidc.eks.us-east-1.amazonaws.com/id/0", none,
			`provider ARN "arn:aws:iam::111122223333:oidc-provider/https://oidc.eks.us-east-1.amazonaws.com/id/0": want arn:PARTITION:iam::ACCOUNT:oidc-provider/ISSUER without https://`},
		{"role", "arn:aws:iam::111122223333:role/pusher", none,
			`provider ARN "arn:aws:iam::111122223333:role/pusher": want arn:PARTITION:iam::ACCOUNT:oidc-provider/ISSUER without https://`},
		{"SAML provider", "arn:aws:iam::111122223333:saml-provider/octo", none,
			`provider ARN "arn:aws:iam::111122223333:saml-provider/octo": want arn:PARTITION:iam::ACCOUNT:oidc-provider/ISSUER without https://`},
		{"region", "arn:aws:iam:us-east-1:111122223333:oidc-provider/o", none,
			`provider ARN "arn:aws:iam:us-east-1:111122223333:oidc-provider/o": want arn:PARTITION:iam::ACCOUNT:oidc-provider/ISSUER without https://`},
		{"partition", "arn:aws-gov:iam::111122223333:oidc-provider/o", none,
			`provider ARN "arn:aws-gov:iam::111122223333:oidc-provider/o": partition "aws-gov": want "aws", "aws-cn", "aws-us-gov" or "aws-eusc"`},
		{"short account", "arn:aws:iam::12345678901:oidc-provider/o", none,
			`provider ARN "arn:aws:iam::12345678901:oidc-provider/o": account "12345678901": want 12 digits, got 11`},
		{"id too short", "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0", none,
			`provider ARN "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0": issuer "https://oidc.eks.us-east-1.amazonaws.com/id/0": "0" is no id` + writtenForm},
		{"region typo", "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-esat-1.amazonaws.com/id/0", none,
			`provider ARN "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-esat-1.amazonaws.com/id/0": issuer "https://oidc.eks.us-esat-1.amazonaws.com/id/0": unknown region "us-esat-1"; did you mean "us-east-1"?`},
		{"newline", "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0\n", none,
			`provider ARN "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0\n": issuer "https://oidc.eks.us-east-1.amazonaws.com/id/0\n": "0\n" is no id` + writtenForm},
	})
}
