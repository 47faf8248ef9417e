package identity

import (
	"fmt"
	"regexp"
)

// OrganizationID is the id of an organization of AWS Organizations: "o-" and 10 to 32
// lower-case letters and digits (AWS Organizations API, Organization).
type OrganizationID string

var organizationID = regexp.MustCompile(`^o-[a-z0-9]{10,32}$`)

// Check reports anything else.
func (o OrganizationID) Check() error {
	if !organizationID.MatchString(string(o)) {
		return fmt.Errorf("organization id %q: want o- and 10 to 32 lower-case letters and digits", o)
	}
	return nil
}
