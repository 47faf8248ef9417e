package identity

import (
	"fmt"
	"regexp"
	"strings"
)

// Issuer is the OIDC issuer of an EKS cluster, as "aws eks describe-cluster
// --query cluster.identity.oidc.issuer" prints it:
// "https://oidc.eks.REGION.amazonaws.com/id/" (in China "...amazonaws.com.cn/id/")
// and 32 upper-case hexadecimal digits. This is its only written form; the one
// without the scheme, which IAM uses, is derived from it.
type Issuer string

const (
	issuerScheme = "https://"
	issuerHost   = "oidc.eks."
	issuerIDs    = "/id/"
)

var issuerID = regexp.MustCompile(`^[0-9A-F]{32}$`)

// Check reports an issuer in any form but the written one.
func (i Issuer) Check() error {
	const form = "want https://oidc.eks.REGION.amazonaws.com/id/ID (in China amazonaws.com.cn, in the European Sovereign Cloud amazonaws.eu), ID of 32 upper-case hexadecimal digits"
	if i == "" {
		return fmt.Errorf("issuer is missing; %s", form)
	}
	fail := func(format string, args ...any) error {
		return fmt.Errorf("issuer %q: %s; %s", i, fmt.Sprintf(format, args...), form)
	}
	rest, ok := strings.CutPrefix(string(i), issuerScheme+issuerHost)
	if !ok {
		return fail("it does not start with %q", issuerScheme+issuerHost)
	}
	host, id, ok := strings.Cut(rest, issuerIDs)
	if !ok {
		return fail("%q is missing", issuerIDs)
	}
	region, suffix, _ := strings.Cut(host, ".")
	if err := Region(region).Check(); err != nil {
		return fmt.Errorf("issuer %q: %w", i, err)
	}
	if want := Region(region).Partition().DNSSuffix(); suffix != want {
		return fail("the domain in region %q is %q, got %q", region, want, suffix)
	}
	if strings.HasSuffix(id, "/") {
		return fail("it ends in a slash")
	}
	if !issuerID.MatchString(id) {
		return fail("%q is no id", id)
	}
	return nil
}

// Region is the region that the issuer names, "" if it is not of the written
// form.
func (i Issuer) Region() Region {
	if i.Check() != nil {
		return ""
	}
	region, _, _ := strings.Cut(strings.TrimPrefix(string(i), issuerScheme+issuerHost), ".")
	return Region(region)
}

// Host is the issuer without its scheme, as in provider ARNs and condition keys.
func (i Issuer) Host() string {
	return strings.TrimPrefix(string(i), issuerScheme)
}

// SubjectKey is the condition key that holds a token's subject.
func (i Issuer) SubjectKey() string {
	return i.Host() + ":sub"
}

// AudienceKey is the condition key that holds a token's audience.
func (i Issuer) AudienceKey() string {
	return i.Host() + ":aud"
}

// MeantIssuer returns the issuer that a host name with its labels out of order is meant for,
// such as "oidc.us-east-1.eks.amazonaws.com/id/ID"; ok is false for any other text, and for
// an issuer in its written form.
func MeantIssuer(host string) (meant Issuer, ok bool) {
	domain, id, _ := strings.Cut(host, issuerIDs)
	var region Region
	seen := map[string]bool{}
	for _, label := range strings.Split(domain, ".") {
		seen[label] = true
		if Region(label).Partition() != "" {
			region = Region(label)
		}
	}
	if region == "" || !seen["oidc"] || !seen["eks"] || !strings.HasSuffix(domain, region.Partition().DNSSuffix()) {
		return "", false
	}
	meant = Issuer(issuerScheme + issuerHost + string(region) + "." + region.Partition().DNSSuffix() + issuerIDs + id)
	return meant, meant.Host() != host
}
