package secrets

import (
	"regexp"
	"slices"
	"strings"
)

// userinfo matches a URL with a user and a password (RFC 3986, section 3.2.1).
var userinfo = regexp.MustCompile(`[A-Za-z][A-Za-z0-9+.-]*://[^\s/?#@:]*:([^\s/?#@]+)@`)

// HasPasswordInURL reports whether the text holds a URL with a password. A reference
// to a variable, such as "$PASSWORD" or "${{ secrets.PASSWORD }}", is not a password.
func HasPasswordInURL(text string) bool {
	return slices.ContainsFunc(userinfo.FindAllStringSubmatch(text, -1), func(found []string) bool { return !strings.HasPrefix(found[1], "$") })
}
