package identity_test

import (
	"testing"

	"keyless-runners/identity"
)

const (
	issuerUS    identity.Issuer = "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
	issuerChina identity.Issuer = "https://oidc.eks.cn-north-1.amazonaws.com.cn/id/0123456789ABCDEF0123456789ABCDEF"
	issuerGov   identity.Issuer = "https://oidc.eks.us-gov-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
)

// writtenForm ends every error about an issuer, except one about its region.
const writtenForm = `; want https://oidc.eks.REGION.amazonaws.com/id/ID (in China amazonaws.com.cn, in the European Sovereign Cloud amazonaws.eu), ID of 32 upper-case hexadecimal digits`

func TestIssuerIsOfTheWrittenForm(t *testing.T) {
	testCheck(t, []checkCase[identity.Issuer]{
		{"us-east-1", issuerUS, ""},
		{"China", issuerChina, ""},
		{"GovCloud", issuerGov, ""},
		{"empty", "", `issuer is missing` + writtenForm},
		{"without scheme", "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
			`issuer "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF": it does not start with "https://oidc.eks."` + writtenForm},
		{"http", "http://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
			`issuer "http://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF": it does not start with "https://oidc.eks."` + writtenForm},
		{"capitals in the scheme", "HTTPS://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
			`issuer "HTTPS://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF": it does not start with "https://oidc.eks."` + writtenForm},
		{"blank in front", " https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
			`issuer " https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF": it does not start with "https://oidc.eks."` + writtenForm},
		{"region before eks", "https://oidc.us-east-1.eks.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
			`issuer "https://oidc.us-east-1.eks.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF": it does not start with "https://oidc.eks."` + writtenForm},
		{"GitHub's issuer", "https://token.actions.githubusercontent.com",
			`issuer "https://token.actions.githubusercontent.com": it does not start with "https://oidc.eks."` + writtenForm},
		{"slash at the end", "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF/",
			`issuer "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF/": it ends in a slash` + writtenForm},
		{"no id", "https://oidc.eks.us-east-1.amazonaws.com",
			`issuer "https://oidc.eks.us-east-1.amazonaws.com": "/id/" is missing` + writtenForm},
		{"empty id", "https://oidc.eks.us-east-1.amazonaws.com/id/",
			`issuer "https://oidc.eks.us-east-1.amazonaws.com/id/": "" is no id` + writtenForm},
		{"31 digits", "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDE",
			`issuer "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDE": "0123456789ABCDEF0123456789ABCDE" is no id` + writtenForm},
		{"33 digits", "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF0",
			`issuer "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF0": "0123456789ABCDEF0123456789ABCDEF0" is no id` + writtenForm},
		{"lower-case digits", "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789abcdef0123456789abcdef",
			`issuer "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789abcdef0123456789abcdef": "0123456789abcdef0123456789abcdef" is no id` + writtenForm},
		{"Cyrillic A among the digits", "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789\u0410BCDEF0123456789ABCDEF",
			"issuer \"https://oidc.eks.us-east-1.amazonaws.com/id/0123456789\u0410BCDEF0123456789ABCDEF\": \"0123456789\u0410BCDEF0123456789ABCDEF\" is no id" + writtenForm},
		{"newline at the end", "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF\n",
			`issuer "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF\n": "0123456789ABCDEF0123456789ABCDEF\n" is no id` + writtenForm},
	})
}

func TestIssuerIsInAKnownRegionsDomain(t *testing.T) {
	testCheck(t, []checkCase[identity.Issuer]{
		{"region typo", "https://oidc.eks.us-esat-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
			`issuer "https://oidc.eks.us-esat-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF": unknown region "us-esat-1"; did you mean "us-east-1"?`},
		{"capitals in the region", "https://oidc.eks.US-EAST-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
			`issuer "https://oidc.eks.US-EAST-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF": unknown region "US-EAST-1"; did you mean "us-east-1"?`},
		{"no region", "https://oidc.eks.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
			`issuer "https://oidc.eks.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF": unknown region "amazonaws": want a region code such as "us-east-1"`},
		{"empty region", "https://oidc.eks..amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
			`issuer "https://oidc.eks..amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF": region is missing; want a region code such as "us-east-1"`},
		{"China without .cn", "https://oidc.eks.cn-north-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
			`issuer "https://oidc.eks.cn-north-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF": the domain in region "cn-north-1" is "amazonaws.com.cn", got "amazonaws.com"` + writtenForm},
		{"us-east-1 with .cn", "https://oidc.eks.us-east-1.amazonaws.com.cn/id/0123456789ABCDEF0123456789ABCDEF",
			`issuer "https://oidc.eks.us-east-1.amazonaws.com.cn/id/0123456789ABCDEF0123456789ABCDEF": the domain in region "us-east-1" is "amazonaws.com", got "amazonaws.com.cn"` + writtenForm},
		{"port", "https://oidc.eks.us-east-1.amazonaws.com:443/id/0123456789ABCDEF0123456789ABCDEF",
			`issuer "https://oidc.eks.us-east-1.amazonaws.com:443/id/0123456789ABCDEF0123456789ABCDEF": the domain in region "us-east-1" is "amazonaws.com", got "amazonaws.com:443"` + writtenForm},
		{"someone else's domain", "https://oidc.eks.us-east-1.amazonaws.com.example.org/id/0123456789ABCDEF0123456789ABCDEF",
			`issuer "https://oidc.eks.us-east-1.amazonaws.com.example.org/id/0123456789ABCDEF0123456789ABCDEF": the domain in region "us-east-1" is "amazonaws.com", got "amazonaws.com.example.org"` + writtenForm},
		{"path before the id", "https://oidc.eks.us-east-1.amazonaws.com/x/id/0123456789ABCDEF0123456789ABCDEF",
			`issuer "https://oidc.eks.us-east-1.amazonaws.com/x/id/0123456789ABCDEF0123456789ABCDEF": the domain in region "us-east-1" is "amazonaws.com", got "amazonaws.com/x"` + writtenForm},
	})
}

func TestIssuerNamesItsRegion(t *testing.T) {
	for _, c := range []struct {
		issuer identity.Issuer
		want   identity.Region
	}{
		{issuerUS, "us-east-1"},
		{issuerChina, "cn-north-1"},
		{issuerGov, "us-gov-west-1"},
		{"", ""},
		{"oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF", ""},
		{"https://oidc.eks.us-east-1.amazonaws.com/id/", ""},
	} {
		if got := c.issuer.Region(); got != c.want {
			t.Errorf("issuer %q: got %q, want %q", c.issuer, got, c.want)
		}
	}
}

func TestConditionKeysHaveNoScheme(t *testing.T) {
	wantText(t, issuerUS.Host(), "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF")
	wantText(t, issuerUS.SubjectKey(), "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub")
	wantText(t, issuerUS.AudienceKey(), "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:aud")
	wantText(t, issuerChina.SubjectKey(), "oidc.eks.cn-north-1.amazonaws.com.cn/id/0123456789ABCDEF0123456789ABCDEF:sub")
	wantText(t, issuerChina.AudienceKey(), "oidc.eks.cn-north-1.amazonaws.com.cn/id/0123456789ABCDEF0123456789ABCDEF:aud")
}

func TestMeantIssuer(t *testing.T) {
	const id = "/id/0123456789ABCDEF0123456789ABCDEF"
	for host, want := range map[string]identity.Issuer{
		"oidc.us-east-1.eks.amazonaws.com" + id:     "https://oidc.eks.us-east-1.amazonaws.com" + id,
		"eks.oidc.eu-west-1.amazonaws.com" + id:     "https://oidc.eks.eu-west-1.amazonaws.com" + id,
		"oidc.cn-north-1.eks.amazonaws.com.cn" + id: "https://oidc.eks.cn-north-1.amazonaws.com.cn" + id,
		"oidc.eks.us-east-1.amazonaws.com" + id:     "",
		"oidc.us-esat-1.eks.amazonaws.com" + id:     "",
		"token.actions.githubusercontent.com":       "",
		"oidc.us-east-1.eks.example.com" + id:       "",
		"":                                          "",
	} {
		if got, ok := identity.MeantIssuer(host); ok != (want != "") || ok && got != want {
			t.Errorf("%q: got %q, %v, want %q", host, got, ok, want)
		}
	}
}
