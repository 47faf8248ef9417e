package moto

import (
	"embed"
	"os"
	"path/filepath"
)

//go:embed plugin/*.py
var plugin embed.FS

// writePlugin puts the plugin where "python -m plugin" finds it.
func writePlugin(folder string) error {
	place := filepath.Join(folder, "plugin")
	if err := os.RemoveAll(place); err != nil {
		return err
	}
	return os.CopyFS(folder, plugin)
}
