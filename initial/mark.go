package initial

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"regexp"
)

// markLine is the first line of a source that this package wrote, with the digest of the rest.
var markLine = regexp.MustCompile(`^// Written by keyless init \(sha256:([0-9a-f]{64})\)\.\n`)

// withMark begins a source with its mark.
func withMark(source []byte) []byte {
	return fmt.Appendf(nil, "// Written by keyless init (sha256:%x).\n\n%s", sha256.Sum256(source), source)
}

// example is the SHA-256 of the declaration that this project comes with.
const example = "889e3597502283be8551f923d835e9f7ad7228ba58bd14b858933e2f2f4cfe1d"

// Replaceable reports why a declaration must not be replaced: someone wrote it, or edited what
// this package wrote. The fleet that this project comes with may be.
func Replaceable(source []byte) error {
	first := markLine.FindSubmatch(source)
	switch {
	case first == nil && fmt.Sprintf("%x", sha256.Sum256(source)) == example:
		return nil
	case first == nil:
		return errors.New("it declares a fleet that keyless init did not write")
	}
	rest := bytes.TrimPrefix(source[len(first[0]):], []byte("\n"))
	if fmt.Sprintf("%x", sha256.Sum256(rest)) != string(first[1]) {
		return errors.New("it was edited since keyless init wrote it")
	}
	return nil
}
