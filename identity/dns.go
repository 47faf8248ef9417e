package identity

import (
	"fmt"
	"strings"
)

const (
	dnsAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789-"
	dnsAllowed  = "lower-case letters, digits and -"
)

// checkDNSLabel reports a value that is not an RFC 1123 label of at most limit
// characters.
func checkDNSLabel(kind, value string, limit int) error {
	return firstError(
		checkLength(kind, value, limit),
		checkAlphabet(kind, value, dnsAlphabet, dnsAllowed),
		checkHyphens(kind, value),
		checkNoNumber(kind, value),
	)
}

// checkDNSSubdomain reports a value that is not an RFC 1123 subdomain: labels
// joined by dots, 253 characters at most.
func checkDNSSubdomain(kind, value string) error {
	if err := firstError(
		checkLength(kind, value, 253),
		checkAlphabet(kind, value, dnsAlphabet+".", dnsAllowed+", in parts joined by dots"),
	); err != nil {
		return err
	}
	for label := range strings.SplitSeq(value, ".") {
		if label == "" || checkHyphens(kind, label) != nil {
			return fmt.Errorf("%s %q: want a letter or digit at both ends of each part", kind, value)
		}
	}
	return checkNoNumber(kind, value)
}

func checkHyphens(kind, value string) error {
	if strings.HasPrefix(value, "-") || strings.HasSuffix(value, "-") {
		return fmt.Errorf("%s %q: want a letter or digit at both ends", kind, value)
	}
	return nil
}
