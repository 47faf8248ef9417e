package program

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// change is a text of a source file that is another one where it is built.
type change struct {
	File, Old, New string
}

// loopback has the manager's admission webhooks listen on loopback only. The manager
// has a flag for their port and none for their host, and controller-runtime takes
// every interface by default.
var loopback = change{
	File: "main.go",
	Old:  "		Port:               port,\n",
	New:  "		Port:               port,\n		Host:               \"127.0.0.1\",\n",
}

// copy makes a copy of the module in source, with the change, in the folder to. (Go
// refuses an overlay for what is in its module cache.) A source that does not have
// the text exactly once is another version than the change was made for.
func (c change) copy(source, to string) error {
	if err := os.CopyFS(to, os.DirFS(source)); err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(source, c.File))
	if err != nil {
		return err
	}
	if n := strings.Count(string(text), c.Old); n != 1 {
		return fmt.Errorf("%s has %q %d times, want once: the change to it is for another version", filepath.Join(source, c.File), strings.TrimSpace(c.Old), n)
	}
	return os.WriteFile(filepath.Join(to, c.File), []byte(strings.Replace(string(text), c.Old, c.New, 1)), 0o600)
}
