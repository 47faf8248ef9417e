package identity

import (
	"fmt"
	"regexp"
)

// KMSKeyARN identifies a key of AWS KMS. The zero value identifies no key.
type KMSKeyARN struct {
	Partition Partition
	Region    Region
	Account   AccountID
	// ID is a UUID, or "mrk-" and 32 hexadecimal digits for a multi-Region key.
	ID string
}

// String is "arn:PARTITION:kms:REGION:ACCOUNT:key/ID".
func (a KMSKeyARN) String() string {
	return "arn:" + string(a.Partition) + ":kms:" + string(a.Region) + ":" + string(a.Account) + ":key/" + a.ID
}

var kmsKeyID = regexp.MustCompile(`^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$`)

// Check reports the first part that is wrong.
func (a KMSKeyARN) Check() error {
	if err := firstError(a.Partition.Check(), a.Region.Check(), a.Account.Check(), checkPresent("KMS key id", a.ID)); err != nil {
		return err
	}
	if !kmsKeyID.MatchString(a.ID) {
		return fmt.Errorf("KMS key id %q: want a UUID, or mrk- and 32 hexadecimal digits", a.ID)
	}
	return nil
}
