package identity

import (
	"fmt"
	"strings"
)

// letters and digits, the base of every alphabet below.
const alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// checkPresent reports an empty value.
func checkPresent(kind, value string) error {
	if value == "" {
		return fmt.Errorf("%s is missing", kind)
	}
	return nil
}

// checkLength reports a value that is empty or longer than limit bytes.
func checkLength(kind, value string, limit int) error {
	if len(value) > limit {
		return fmt.Errorf("%s %q: want at most %d characters, got %d", kind, value, limit, len(value))
	}
	return checkPresent(kind, value)
}

// checkAlphabet reports the first character of value that is not in alphabet;
// allowed says the alphabet in words.
func checkAlphabet(kind, value, alphabet, allowed string) error {
	for i, r := range value {
		if !strings.ContainsRune(alphabet, r) {
			return fmt.Errorf("%s %q: %q at position %d is not allowed; want %s", kind, value, r, i+1, allowed)
		}
	}
	return nil
}

// firstError returns the first error that is not nil.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
