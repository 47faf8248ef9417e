package policy

import (
	"cmp"
	"encoding/base64"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// A value that is not of the kind that its operator compares, in the policy or
// in the request, matches nothing. The guide does not say what a negated
// operator makes of it; here it is true, as for any other value that does not
// match.

func equal(want symbols, got string) bool {
	return want.String() == got
}

func equalFold(want symbols, got string) bool {
	return strings.EqualFold(want.String(), got)
}

// What cmp.Compare says of the request's value and the policy's.
func equals(order int) bool          { return order == 0 }
func less(order int) bool            { return order < 0 }
func lessOrEquals(order int) bool    { return order <= 0 }
func greater(order int) bool         { return order > 0 }
func greaterOrEquals(order int) bool { return order >= 0 }

// numbers compares integers and decimals.
func numbers(holds func(order int) bool) func(symbols, string) bool {
	return func(want symbols, got string) bool {
		w, wanted := number(want.String())
		g, given := number(got)
		return wanted && given && holds(cmp.Compare(g, w))
	}
}

// number reads a decimal; hexadecimal, infinity and NaN are not decimals.
func number(text string) (float64, bool) {
	if strings.Trim(text, "+-.0123456789eE") != "" {
		return 0, false
	}
	value, err := strconv.ParseFloat(text, 64)
	return value, err == nil
}

// dates compares points in time.
func dates(holds func(order int) bool) func(symbols, string) bool {
	return func(want symbols, got string) bool {
		w, wanted := date(want.String())
		g, given := date(got)
		return wanted && given && holds(g.Compare(w))
	}
}

// The W3C forms of ISO 8601. RFC 3339 reads fractions of a second too.
var dateForms = []string{time.RFC3339, "2006-01-02T15:04Z07:00", time.DateOnly, "2006-01", "2006"}

// date reads one of the forms or seconds since 1970. Four digits are a year.
func date(text string) (time.Time, bool) {
	for _, form := range dateForms {
		if at, err := time.Parse(form, text); err == nil {
			return at, true
		}
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	return time.Unix(seconds, 0), err == nil
}

func sameBool(want symbols, got string) bool {
	text := strings.ToLower(want.String())
	return (text == "true" || text == "false") && strings.EqualFold(text, got)
}

// sameBytes compares the request's bytes with those that the policy holds in
// base64.
func sameBytes(want symbols, got string) bool {
	data, err := base64.StdEncoding.DecodeString(want.String())
	return err == nil && string(data) == got
}

// inRange reports whether the request's address is in the policy's range; an
// address without a prefix length is a range of one.
func inRange(want symbols, got string) bool {
	address, err := netip.ParseAddr(got)
	if err != nil {
		return false
	}
	text := want.String()
	if single, err := netip.ParseAddr(text); err == nil {
		return single == address
	}
	prefix, err := netip.ParsePrefix(text)
	return err == nil && prefix.Contains(address)
}
