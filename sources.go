// Package keyless knows the source code that the program was compiled from.
package keyless

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// A room is in the program as a whole, with its tests, because no pattern can leave
// something out.
//
//go:embed *.go go.mod go.sum
//go:embed adopt cmd diagnose diff doctor fleet identity imports infra initial internal live manifests migrate policy preflight render secrets workflows
var sources embed.FS

// declared is left out of the digest: its values are in the fleet, and nothing else
// may depend on it.
const declared = "fleet/declared.go"

// judging are the rooms on which nothing that is rendered depends.
var judging = []string{"adopt", "diagnose", "diff", "doctor", "initial", "live", "preflight", "migrate"}

// SourcesDigest is a SHA-256 of our code that what is rendered may depend on, but for
// the declared fleet.
func SourcesDigest() [sha256.Size]byte {
	all, err := read(sources, judging)
	if err != nil {
		panic(err) // the files are in the program
	}
	hash := sha256.New()
	for _, file := range slices.Sorted(maps.Keys(all.files)) {
		if !strings.Contains(file, "/") || file == declared {
			continue
		}
		digest := sha256.Sum256(all.files[file])
		hash.Write([]byte(file))
		hash.Write(digest[:])
	}
	return [sha256.Size]byte(hash.Sum(nil))
}

// AreSources reports whether a repository holds the very code that the program was
// compiled from, and no other, and nothing of it was changed since a time. The latter
// is for the time when the build began: of a file that is changed meanwhile, the
// compiler may have seen less than what is in the program as text.
func AreSources(repository fs.FS, since time.Time) (bool, error) {
	var want, got *code
	var group errgroup.Group
	group.Go(func() (err error) { want, err = read(sources, apart); return err })
	group.Go(func() (err error) { got, err = read(repository, apart); return err })
	if err := group.Wait(); err != nil {
		return false, err
	}
	return maps.EqualFunc(want.files, got.files, bytes.Equal) && got.changed.Before(since), nil
}

// HasFleet reports whether a repository declares the very fleet that the program was compiled
// with. One that has no file for it declares no other.
func HasFleet(repository fs.FS) bool {
	want, _ := fs.ReadFile(sources, declared)
	got, err := fs.ReadFile(repository, declared)
	return err != nil || bytes.Equal(want, got)
}

// apart lists what lies at the top and is code of other programs, or is not ours.
var apart = []string{"bench", "examples", "node_modules", "rehearsal"}

// code lists what a program can be compiled from, except other modules: what is in its
// rooms and no test, and Go code wherever else it is.
type code struct {
	// files are by path.
	files map[string][]byte
	// changed is when the last of them was.
	changed time.Time
	mutex   sync.Mutex
}

// read reads the code in a repository, but for folders at its top that are left out.
func read(repository fs.FS, leftOut []string) (*code, error) {
	all := &code{files: map[string][]byte{}}
	var files []string
	err := fs.WalkDir(repository, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		hidden := name != "." && strings.ContainsAny(name[:1], "._") // Go does not look at it
		other := hidden || name == "testdata" || slices.Contains(leftOut, file)
		switch {
		case entry.IsDir() && other:
			return fs.SkipDir
		case entry.IsDir(), other, strings.HasSuffix(name, "_test.go"):
			return nil
		case entry.Type() == fs.ModeSymlink: // it may lead to more code than can be seen here
			all.add(file, nil, time.Time{})
			return nil
		case path.Ext(name) == ".go", strings.HasPrefix(name, "go."), inRoom(file):
			files = append(files, file)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var group errgroup.Group
	for part := range slices.Chunk(files, len(files)/runtime.GOMAXPROCS(0)+1) {
		group.Go(func() error { return all.read(repository, part) })
	}
	return all, group.Wait()
}

// inRoom reports whether what a path begins with is in the program.
func inRoom(file string) bool {
	room, _, _ := strings.Cut(file, "/")
	_, err := fs.Stat(sources, room)
	return err == nil
}

func (c *code) read(repository fs.FS, files []string) error {
	for _, file := range files {
		opened, err := repository.Open(file)
		if err != nil {
			return err
		}
		info, err := opened.Stat()
		if err != nil {
			return err
		}
		text := make([]byte, info.Size())
		_, err = io.ReadFull(opened, text)
		if err := errors.Join(err, opened.Close()); err != nil {
			return err
		}
		c.add(file, text, info.ModTime())
	}
	return nil
}

func (c *code) add(file string, text []byte, changed time.Time) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.files[file] = text
	if changed.After(c.changed) {
		c.changed = changed
	}
}
