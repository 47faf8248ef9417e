package adopt

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"regexp"
)

// marked is the first line of a source that this package wrote, with the digest of the rest.
var marked = regexp.MustCompile(`^// Written by keyless init \(sha256:([0-9a-f]{64})\)\.\n`)

// mark begins a source with its mark.
func mark(source []byte) []byte {
	return fmt.Appendf(nil, "// Written by keyless init (sha256:%x).\n\n%s", sha256.Sum256(source), source)
}

// exampleAccount is the account of the fleet that this project comes with: one of AWS's own for
// documentation, which no one has.
const exampleAccount = `account = identity.AccountID("111122223333")`

// Replaceable reports why a declaration must not be replaced: someone wrote it, or edited what
// this package wrote. The fleet that this project comes with may be.
func Replaceable(source []byte) error {
	first := marked.FindSubmatch(source)
	switch {
	case first == nil && bytes.Contains(source, []byte(exampleAccount)):
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
