// Package program identifies a build of this program: by its own content,
// by what it was built from, and by what it renders with.
package program

import (
	"crypto/sha256"
	"debug/elf"
	"encoding/hex"
	"fmt"
	"os"
	"runtime/debug"
)

// ID is the build id of this program.
func ID() (string, error) {
	executable, err := os.Executable()
	if err != nil {
		return "", err
	}
	return buildID(executable)
}

// buildID is the hash of a program's content that its linker put into it. A program
// without one is hashed as a whole, which takes a moment.
func buildID(file string) (string, error) {
	if program, err := elf.Open(file); err == nil {
		defer program.Close()
		for _, name := range []string{".note.go.buildid", ".note.gnu.build-id"} {
			if section := program.Section(name); section != nil {
				id, err := section.Data()
				return hex.EncodeToString(id), err
			}
		}
	}
	content, err := os.ReadFile(file)
	return fmt.Sprintf("%x", sha256.Sum256(content)), err
}

// libraries are the version of Go and the checksums of the modules, and whether that is
// all of them: a folder that stands in for a module has no checksum.
func libraries() (list []string, all bool) {
	info, all := debug.ReadBuildInfo()
	if !all {
		return nil, false
	}
	list = []string{info.GoVersion}
	for _, module := range info.Deps {
		if module.Replace != nil {
			module = module.Replace
		}
		all = all && module.Sum != ""
		list = append(list, module.Path+" "+module.Sum)
	}
	return list, all
}
