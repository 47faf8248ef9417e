// Package keyless knows the source code that decides what is rendered of a fleet.
package keyless

import (
	"crypto/sha256"
	"embed"
	"io/fs"
	"strings"
)

// The code is in the program as it was compiled. What only checks or measures is not.
//
//go:embed cmd/internal cmd/keyless imports
//go:embed fleet/*.go identity/*.go infra/*.go manifests/*.go policy/*.go render/*.go workflows/*.go workflows/*.tmpl
var sources embed.FS

// declared is left out of the digest: its values are in the fleet, and nothing else
// may depend on it.
const declared = "fleet/declared.go"

// SourcesDigest is a SHA-256 of the code, but for the declared fleet and tests.
func SourcesDigest() [sha256.Size]byte {
	hash := sha256.New()
	err := fs.WalkDir(sources, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || file == declared || strings.HasSuffix(file, "_test.go") {
			return err
		}
		content, err := fs.ReadFile(sources, file)
		digest := sha256.Sum256(content)
		hash.Write([]byte(file))
		hash.Write(digest[:])
		return err
	})
	if err != nil {
		panic(err) // the files are in the program
	}
	return [sha256.Size]byte(hash.Sum(nil))
}
