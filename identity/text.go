package identity

import (
	"fmt"
	"regexp"
	"strconv"
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

// checkAlphabet reports the first character of value that is not in alphabet, or that
// the value is an ARN; allowed says the alphabet in words.
func checkAlphabet(kind, value, alphabet, allowed string) error {
	position := 0
	for _, r := range value {
		position++
		if !strings.ContainsRune(alphabet, r) {
			if strings.HasPrefix(value, "arn:") {
				return fmt.Errorf("%s %q: it is an ARN; want %s", kind, value, allowed)
			}
			return fmt.Errorf("%s %q: %+q at position %d is not allowed; want %s", kind, value, r, position, allowed)
		}
	}
	return nil
}

// checkNoNumber reports a value that some readers of YAML take for a number and
// others for text: cdk8s writes 0o17 without quotes, and Kubernetes reads 15.
func checkNoNumber(kind, value string) error {
	if AmbiguousNumber(value) {
		return fmt.Errorf("%s %q: Kubernetes may read it as a number; want a name that is text to everybody", kind, value)
	}
	return nil
}

// decimal numbers are the ones that every writer of YAML puts into quotes.
var decimal = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// AmbiguousNumber reports whether readers of YAML may disagree on whether the text is a
// number: in another base than ten, with an exponent or with underscores.
func AmbiguousNumber(text string) bool {
	if decimal.MatchString(text) {
		return false
	}
	plain := strings.ReplaceAll(text, "_", "")
	_, notInteger := strconv.ParseInt(plain, 0, 64)
	_, notFloat := strconv.ParseFloat(plain, 64)
	return notInteger == nil || notFloat == nil
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
