package program

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"

	keyless "keyless-runners"
	"keyless-runners/cmd/internal/entry"
)

// Renderer is a digest of all that decides what is rendered besides the fleet: our
// code, the libraries, Node.js, and what the CDK, cdk8s, jsii and Node.js read of the
// environment.
func Renderer() (string, error) {
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
		id, err := ID()
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

func decides(variable string) bool {
	return slices.ContainsFunc([]string{"CDK", "JSII", "NODE"}, func(prefix string) bool {
		return strings.HasPrefix(variable, prefix)
	})
}
