package identity

import (
	"fmt"
	"strings"
)

// ClusterName is the name of an EKS cluster: 1 to 100 letters, digits, hyphens
// and underscores, beginning with a letter or digit.
type ClusterName string

// Check reports a name that EKS would refuse.
func (n ClusterName) Check() error {
	if err := firstError(
		checkLength("cluster name", string(n), 100),
		checkAlphabet("cluster name", string(n), alphanumeric+"-_", "letters, digits, - and _"),
	); err != nil {
		return err
	}
	if strings.ContainsAny(string(n[0]), "-_") {
		return fmt.Errorf("cluster name %q: want a letter or digit at the beginning", n)
	}
	return nil
}
