// Package keyless knows the source code that the program was compiled from.
package keyless

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

//go:embed *.go go.mod go.sum
//go:embed cmd fleet identity imports infra manifests policy preflight render workflows
var sources embed.FS

// declared is left out of the digest: its values are in the fleet, and nothing else
// may depend on it.
const declared = "fleet/declared.go"

// SourcesDigest is a SHA-256 of the code that decides what is rendered of a fleet. What
// only checks or measures is not in it.
func SourcesDigest() [sha256.Size]byte {
	all, err := read(sources)
	if err != nil {
		panic(err) // the files are in the program
	}
	hash := sha256.New()
	for _, file := range slices.Sorted(maps.Keys(all.files)) {
		if file == declared || strings.HasPrefix(file, "preflight/") {
			continue
		}
		digest := sha256.Sum256(all.files[file])
		hash.Write([]byte(file))
		hash.Write(digest[:])
	}
	return [sha256.Size]byte(hash.Sum(nil))
}

// AreSources says whether a repository holds the very code that the program was
// compiled from, and no other, and nothing of it was changed since a time. The latter
// is for the time when the build began: of a file that is changed meanwhile, the
// compiler may have seen less than what is in the program as text.
func AreSources(repository fs.FS, since time.Time) (bool, error) {
	var want, got code
	var group errgroup.Group
	group.Go(func() (err error) { want, err = read(sources); return err })
	group.Go(func() (err error) { got, err = read(repository); return err })
	err := group.Wait()
	return maps.EqualFunc(want.files, got.files, bytes.Equal) && got.changed.Before(since), err
}

// apart are the folders at the top whose code is in other programs, or is not ours.
var apart = []string{"bench", "node_modules", "rehearsal"}

// code is what a program can be compiled from: all Go code but tests, the modules that
// it needs, and what else is in the program.
type code struct {
	// files are by path.
	files map[string][]byte
	// changed is when the last of them was.
	changed time.Time
}

func read(repository fs.FS) (code, error) {
	all := code{files: map[string][]byte{}}
	err := fs.WalkDir(repository, ".", func(file string, entry fs.DirEntry, err error) error {
		name := entry.Name()
		hidden := name != "." && strings.ContainsAny(name[:1], "._") // Go does not look at it
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			if hidden || name == "testdata" || slices.Contains(apart, file) {
				return fs.SkipDir
			}
			return nil
		case hidden || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		if path.Ext(name) == ".go" || strings.HasPrefix(name, "go.") || embedded(file) {
			return all.add(repository, file, entry)
		}
		return nil
	})
	return all, err
}

func (c *code) add(repository fs.FS, file string, entry fs.DirEntry) error {
	info, err := entry.Info()
	if err != nil {
		return err
	}
	if info.ModTime().After(c.changed) {
		c.changed = info.ModTime()
	}
	c.files[file], err = fs.ReadFile(repository, file)
	return err
}

func embedded(file string) bool {
	_, err := fs.Stat(sources, file)
	return err == nil
}
