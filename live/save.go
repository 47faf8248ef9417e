package live

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Save writes the documents to files of their names below a folder, which it makes; one that is
// there has to be empty. What controllers made is left out: what they made it from is there. The
// error is about the first file that cannot be written.
func (r Reading) Save(folder string) error {
	if entries, err := os.ReadDir(folder); err == nil && len(entries) > 0 {
		return fmt.Errorf("%s: the folder is not empty; want a new one", folder)
	}
	for _, document := range r.Documents {
		if document.Made {
			continue
		}
		file := filepath.Join(folder, filepath.FromSlash(strings.TrimPrefix(document.Name, "live:"))+".json")
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(file, append(document.Text, '\n'), 0o600); err != nil {
			return err
		}
	}
	return nil
}
