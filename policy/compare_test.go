package policy_test

import "testing"

// IAM user guide, "IAM JSON policy elements: Condition operators", Numeric.
func TestEvaluateComparesNumbers(t *testing.T) {
	ten := context{"k": {"10"}}
	testConditions(t, []circumstance{
		{"equals", `{"NumericEquals":{"k":"10"}}`, ten, true},
		{"equals in another writing", `{"NumericEquals":{"k":"10.0"}}`, ten, true},
		{"equals, another", `{"NumericEquals":{"k":"9"}}`, ten, false},
		{"not equals", `{"NumericNotEquals":{"k":"9"}}`, ten, true},
		{"not equals, the same", `{"NumericNotEquals":{"k":10}}`, ten, false},
		{"less, as numbers and not as text", `{"NumericLessThan":{"k":"9"}}`, ten, false},
		{"less", `{"NumericLessThan":{"k":"100"}}`, ten, true},
		{"less, the same", `{"NumericLessThan":{"k":"10"}}`, ten, false},
		{"less or equal, the same", `{"NumericLessThanEquals":{"k":"10"}}`, ten, true},
		{"less or equal, more", `{"NumericLessThanEquals":{"k":"9.5"}}`, ten, false},
		{"greater", `{"NumericGreaterThan":{"k":"-10"}}`, ten, true},
		{"greater, the same", `{"NumericGreaterThan":{"k":"10"}}`, ten, false},
		{"greater or equal, the same", `{"NumericGreaterThanEquals":{"k":"10"}}`, ten, true},
		{"greater or equal, less", `{"NumericGreaterThanEquals":{"k":"10.5"}}`, ten, false},
		{"one of several", `{"NumericEquals":{"k":[1,10]}}`, ten, true},
		{"no number in the policy", `{"NumericEquals":{"k":"ten"}}`, ten, false},
		{"no number in the request", `{"NumericLessThan":{"k":"100"}}`, context{"k": {"ten"}}, false},
		{"infinity is no number", `{"NumericLessThan":{"k":"inf"}}`, ten, false},
		{"a variable is none", `{"NumericEquals":{"k":"${k}"}}`, ten, false},
	})
}

// IAM user guide, "IAM JSON policy elements: Condition operators", Date and time.
func TestEvaluateComparesDates(t *testing.T) {
	noon := context{"k": {"2026-11-23T12:00:00Z"}}
	testConditions(t, []circumstance{
		{"equals", `{"DateEquals":{"k":"2026-11-23T12:00:00Z"}}`, noon, true},
		{"equals in another zone", `{"DateEquals":{"k":"2026-11-23T13:00:00+01:00"}}`, noon, true},
		{"equals without seconds", `{"DateEquals":{"k":"2026-11-23T12:00Z"}}`, noon, true},
		{"equals in seconds since 1970", `{"DateEquals":{"k":1795435200}}`, noon, true},
		{"equals, another", `{"DateEquals":{"k":"2026-11-23"}}`, noon, false},
		{"not equals", `{"DateNotEquals":{"k":"2026-11-23"}}`, noon, true},
		{"less", `{"DateLessThan":{"k":"2026-11-24"}}`, noon, true},
		{"less, the same", `{"DateLessThan":{"k":"2026-11-23T12:00:00Z"}}`, noon, false},
		{"less or equal, the same", `{"DateLessThanEquals":{"k":"2026-11-23T12:00:00Z"}}`, noon, true},
		{"less or equal, a fraction more", `{"DateLessThanEquals":{"k":"2026-11-23T11:59:59.5Z"}}`, noon, false},
		{"greater than a year", `{"DateGreaterThan":{"k":"2026"}}`, noon, true},
		{"greater than a month", `{"DateGreaterThan":{"k":"2026-12"}}`, noon, false},
		{"greater, the same", `{"DateGreaterThan":{"k":"2026-11-23T12:00:00Z"}}`, noon, false},
		{"greater or equal, the same", `{"DateGreaterThanEquals":{"k":"2026-11-23T12:00:00Z"}}`, noon, true},
		{"no date", `{"DateLessThan":{"k":"tomorrow"}}`, noon, false},
		{"a wildcard is none", `{"DateEquals":{"k":"2026-*"}}`, noon, false},
	})
}

// IAM user guide, "IAM JSON policy elements: Condition operators", Boolean and
// Binary.
func TestEvaluateComparesBooleansAndBytes(t *testing.T) {
	testConditions(t, []circumstance{
		{"true", `{"Bool":{"k":"true"}}`, context{"k": {"true"}}, true},
		{"true without quotes", `{"Bool":{"k":true}}`, context{"k": {"true"}}, true},
		{"true in capitals", `{"Bool":{"k":"True"}}`, context{"k": {"true"}}, true},
		{"true for false", `{"Bool":{"k":"true"}}`, context{"k": {"false"}}, false},
		{"false", `{"Bool":{"k":"false"}}`, context{"k": {"false"}}, true},
		{"no boolean", `{"Bool":{"k":"yes"}}`, context{"k": {"yes"}}, false},
		{"bytes", `{"BinaryEquals":{"k":"QmluYXJ5VmFsdWVJbkJhc2U2NA=="}}`, context{"k": {"BinaryValueInBase64"}}, true},
		{"other bytes", `{"BinaryEquals":{"k":"QmluYXJ5VmFsdWVJbkJhc2U2NA=="}}`, context{"k": {"binaryValueInBase64"}}, false},
		{"no base64", `{"BinaryEquals":{"k":"Q"}}`, context{"k": {"Q"}}, false},
	})
}

// IAM user guide, "IAM JSON policy elements: Condition operators", IP address.
func TestEvaluateComparesAddresses(t *testing.T) {
	v4, v6 := context{"k": {"203.0.113.9"}}, context{"k": {"2001:db8:1234:5678::1"}}
	testConditions(t, []circumstance{
		{"in the range", `{"IpAddress":{"k":"203.0.113.0/24"}}`, v4, true},
		{"in a range that is not written from its start", `{"IpAddress":{"k":"203.0.113.7/24"}}`, v4, true},
		{"not in the range", `{"IpAddress":{"k":"203.0.114.0/24"}}`, v4, false},
		{"the address", `{"IpAddress":{"k":"203.0.113.9"}}`, v4, true},
		{"an address has the prefix /32", `{"IpAddress":{"k":"203.0.113.0"}}`, v4, false},
		{"everywhere", `{"IpAddress":{"k":"0.0.0.0/0"}}`, v4, true},
		{"one of several", `{"IpAddress":{"k":["10.0.0.0/8","203.0.113.0/24"]}}`, v4, true},
		{"IPv6", `{"IpAddress":{"k":"2001:DB8:1234:5678::/64"}}`, v6, true},
		{"IPv6, not in the range", `{"IpAddress":{"k":"2001:DB8:1234:5679::/64"}}`, v6, false},
		{"IPv6 is not in every IPv4", `{"IpAddress":{"k":"0.0.0.0/0"}}`, v6, false},
		{"not the address, in the range", `{"NotIpAddress":{"k":"203.0.113.0/24"}}`, v4, false},
		{"not the address, not in the range", `{"NotIpAddress":{"k":"10.0.0.0/8"}}`, v4, true},
		{"no address", `{"IpAddress":{"k":"203.0.113.*"}}`, v4, false},
		{"no address in the request", `{"IpAddress":{"k":"0.0.0.0/0"}}`, context{"k": {"here"}}, false},
	})
}
