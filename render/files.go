package render

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Files is a tree of files: content by path, with slashes, below the tree's root.
type Files map[string][]byte

// kinds are the folders of dist/ and how the names of their files end.
var kinds = map[string]string{
	"infra":     ".template.json",
	"manifests": ".k8s.yaml",
	"workflows": ".yaml",
}

// read adds the rendered files below dir to the tree, under folder.
func (f Files) read(folder, dir string) error {
	return filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(file, kinds[folder]) {
			return err
		}
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, file)
		if err != nil {
			return err
		}
		f[path.Join(folder, filepath.ToSlash(name))] = content
		return nil
	})
}

// maxTemplate is how many bytes CloudFormation reads, by way of S3 (CloudFormation
// quotas).
const maxTemplate = 1_000_000

// checkTemplates reports a template that CloudFormation would refuse for its size.
func (f Files) checkTemplates() error {
	for name, content := range f {
		if strings.HasPrefix(name, "infra/") && len(content) > maxTemplate {
			return fmt.Errorf("%s has %d bytes, limit %d, nothing was written; give some pools another stack", name, len(content), maxTemplate)
		}
	}
	return nil
}
