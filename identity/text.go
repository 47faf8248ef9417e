package identity

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
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

// checkLength reports a value that is empty or longer than limit characters.
func checkLength(kind, value string, limit int) error {
	if n := utf8.RuneCountInString(value); n > limit {
		return fmt.Errorf("%s %q: want at most %d characters, got %d", kind, value, limit, n)
	}
	return checkPresent(kind, value)
}

// checkAlphabet reports the first character of value that is not in alphabet;
// allowed says the alphabet in words.
func checkAlphabet(kind, value, alphabet, allowed string) error {
	position := 0
	for _, r := range value {
		position++
		if !strings.ContainsRune(alphabet, r) {
			return fmt.Errorf("%s %q: %+q at position %d is not allowed; want %s", kind, value, r, position, allowed)
		}
	}
	return nil
}

// checkPlain reports blanks around a value and characters in it that do not
// print.
func checkPlain(kind, value string) error {
	if strings.TrimSpace(value) != value {
		return fmt.Errorf("%s %q: want no blanks around it", kind, value)
	}
	position := 0
	for _, r := range value {
		position++
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			return fmt.Errorf("%s %q: %+q at position %d does not print", kind, value, r, position)
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
