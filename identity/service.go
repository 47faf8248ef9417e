package identity

import (
	_ "embed"
	"slices"
	"strings"
)

// services.txt has the service prefixes of the service authorization reference, of September
// 2026, one a line and sorted.
//
//go:embed services.txt
var servicesText string

var services = strings.Fields(servicesText)

// IsService reports whether a service of AWS has the prefix, which actions have before their
// colon, such as "ecr", in whichever case (service authorization reference, "Actions,
// resources, and condition keys for AWS services"). A service may be newer than the list.
func IsService(prefix string) bool {
	_, found := slices.BinarySearch(services, strings.ToLower(prefix))
	return found
}
