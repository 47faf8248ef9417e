package terraform

import (
	"bytes"
	"path/filepath"
	"slices"

	"keyless-runners/preflight/source"
)

// Recognize reports whether "terraform show -json" printed the tree, or it is a stored
// state, terraform.tfstate, which Read refuses.
func Recognize(root *source.Node) bool {
	return isPlan(root) || isState(root) || isStored(root)
}

func isPlan(root *source.Node) bool {
	return root.Has("format_version") && (root.Has("planned_values") || root.Has("resource_changes"))
}

// isState accepts the state of a configuration without resources too: it has neither
// values nor, in some versions, a terraform_version.
func isState(root *source.Node) bool {
	return root.Has("format_version") && !isPlan(root) &&
		(root.Has("values") || len(root.Members) == 1 || root.Has("terraform_version") && len(root.Members) == 2)
}

func isStored(root *source.Node) bool {
	return root.Has("version") && root.Has("lineage") && root.Has("serial")
}

const (
	showPlan  = `run "terraform plan -out FILE" and give what "terraform show -json FILE" prints`
	showState = `give what "terraform show -json" prints of it`
)

// Refuse returns a *source.Error for a file that Terraform reads or writes in another form
// than Read does, nil for any other file.
func Refuse(file string, text []byte) error {
	switch {
	case slices.Contains([]string{".tf", ".tofu"}, filepath.Ext(file)):
		return refuse(source.Place{File: file}, "Terraform's configuration, of which Terraform alone knows what it comes to: "+showPlan)
	case bytes.HasPrefix(text, []byte(`{"@level":`)):
		return refuse(source.Place{File: file}, "the log of a command of Terraform: "+showPlan)
	case bytes.HasPrefix(text, []byte("PK\x03\x04")):
		return refuse(source.Place{File: file}, `an archive, as "terraform plan -out" writes: give what "terraform show -json FILE" prints of it`)
	}
	return nil
}

func refuse(at source.Place, problem string) error {
	return &source.Error{Place: at, Problem: problem}
}
