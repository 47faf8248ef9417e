package main

import (
	"crypto/sha256"
	"debug/elf"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"slices"
	"strings"

	keyless "keyless-runners"
	"keyless-runners/cmd/internal/entry"
)

// program is the build id of this program.
func program() (string, error) {
	executable, err := os.Executable()
	if err != nil {
		return "", err
	}
	return buildID(executable)
}

// renderer is a digest of all that decides what is rendered besides the fleet: our
// code, the libraries, Node.js, and what the CDK, cdk8s, jsii and Node.js read of the
// environment.
func renderer() (string, error) {
	node, err := entry.Node()
	if err != nil {
		return "", err
	}
	if node, err = exec.LookPath(node); err != nil {
		return "", err
	}
	nodeID, err := buildID(node)
	if err != nil {
		return "", err
	}
	libraries, all := libraries()
	if !all { // so the program has to speak for them
		id, err := program()
		if err != nil {
			return "", err
		}
		libraries = []string{id}
	}
	hash := sha256.New()
	fmt.Fprintf(hash, "%x %q %q\n", keyless.SourcesDigest(), nodeID, libraries)
	for _, variable := range slices.Sorted(slices.Values(os.Environ())) {
		if decides(variable) {
			fmt.Fprintf(hash, "%q\n", variable)
		}
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
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

func decides(variable string) bool {
	return slices.ContainsFunc([]string{"CDK", "JSII", "NODE"}, func(prefix string) bool {
		return strings.HasPrefix(variable, prefix)
	})
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
