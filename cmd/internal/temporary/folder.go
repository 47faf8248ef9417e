// Package temporary makes folders for temporary files.
package temporary

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// variable names the folder for temporary files.
const variable = "TMPDIR"

// Folder makes a folder for temporary files, which the caller removes. The pattern
// is that of os.MkdirTemp. Its error names the environment variable that decides where.
func Folder(pattern string) (string, error) {
	folder, err := os.MkdirTemp("", pattern)
	if err == nil {
		return folder, nil
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	if named := os.Getenv(variable); named != "" {
		return "", fmt.Errorf("%s %q: %w; want a folder that can be written to: correct %[1]s or unset it", variable, named, err)
	}
	return "", fmt.Errorf("%q, the folder for temporary files: %w; set %s to a folder that can be written to", os.TempDir(), err, variable)
}
