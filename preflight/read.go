package preflight

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"keyless-runners/preflight/cloudformation"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
	"keyless-runners/preflight/unrendered"
)

// Input names what is read, and gives what the files cannot.
type Input struct {
	// Paths are files, folders, or source.Stdin.
	Paths []string
	// Accounts are files, or source.Stdin, that hold what "aws iam
	// get-account-authorization-details" prints, and nothing else.
	Accounts []string
	// Texts are read as files of these names are, and are in no folder. One of a kind that is
	// not known is left out.
	Texts []Text
	// Ahead is what some of the files were found to say before. It serves one Read.
	Ahead Ahead
	// Settings describe the deployment of templates.
	Settings cloudformation.Settings
}

// Text is a text and the name that stands for its file.
type Text struct {
	Name  string
	Bytes []byte
}

// Read reads every file and returns what they say and how many there were. A file
// that was named and is of no kind that is known is an error; below a folder it is
// left out. Every *source.Error of every file is in the error that is returned.
func Read(input Input) (facts.Facts, int, error) {
	files, err := input.files()
	if err != nil {
		return facts.Facts{}, 0, err
	}
	files, charts := input.withoutCharts(files)
	kustomizations := setKustomized(files)
	setEnvironments(files, input.Settings)
	results := readFiles(files, input.Ahead)
	readImporting(results)
	readNested(files, results)
	readClusterConfigs(results, input.Settings.Account)
	repository := newSourceRepository(files)
	readWorkflows(results, repository)
	for i, file := range files {
		results[i].used = results[i].used || repository.read[file.name] != nil
		results[i].known = results[i].known || file.named && unrendered.IsKustomization(file.name)
	}
	for _, changed := range append(kustomizations, leaveOverlaid(files, results)...) {
		i := slices.IndexFunc(files, func(f inputFile) bool { return f.name == changed.Place.File })
		if i < 0 { // a kustomization without an extension
			charts = append(charts, fileResult{known: true, facts: facts.Facts{Unrendered: []facts.Unrendered{changed}}})
			continue
		}
		results[i].facts.Unrendered = append(results[i].facts.Unrendered, changed)
	}
	return join(input.Paths, files, slices.Concat(results, charts))
}

// files returns the files at the paths and those of the accounts, each once.
func (i Input) files() ([]inputFile, error) {
	var files []inputFile
	var errs []error
	seen := map[string]bool{}
	for _, path := range slices.Concat(i.Paths, i.Accounts) {
		found, err := source.Files(path)
		errs = append(errs, err)
		for _, name := range found {
			if !seen[name] {
				seen[name] = true
				files = append(files, inputFile{name: name, named: slices.Contains(i.Paths, name), account: slices.Contains(i.Accounts, name)})
			}
		}
	}
	for _, text := range i.Texts {
		files = append(files, text.file())
	}
	for _, path := range i.Accounts {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			errs = append(errs, notAccount(path, "a folder: name the file"))
		}
	}
	return files, errors.Join(errs...)
}

func notAccount(file, is string) error {
	return &source.Error{Place: source.Place{File: file},
		Problem: fmt.Sprintf(`--iam wants what "aws iam get-account-authorization-details" prints, and this is %s`, is)}
}

// join adds up what the files say, in their order, and what charts behind them do. The paths are those of folders if no
// file was named.
func join(paths []string, files []inputFile, results []fileResult) (facts.Facts, int, error) {
	var all facts.Facts
	var said, made []*facts.Facts
	var errs []error
	known := 0
	for i := range results {
		result := &results[i]
		switch {
		case result.err != nil:
			errs = append(errs, result.err)
		case result.known:
			known++
			said = append(said, &result.facts)
			for j := range result.made {
				made = append(made, &result.made[j])
			}
			if result.notLookedAt() {
				all.NotLookedAt = append(all.NotLookedAt, files[i].name)
			}
		case files[i].named:
			errs = append(errs, &source.Error{Place: source.Place{File: files[i].name},
				Problem: "neither a CloudFormation template, nor a Kubernetes object, nor a GitHub workflow, nor an IAM policy document, nor what Terraform or the AWS command line prints"})
		}
	}
	if len(errs) == 0 && known == 0 {
		for _, folder := range paths {
			errs = append(errs, &source.Error{Place: source.Place{File: folder},
				Problem: "no file below this folder is a CloudFormation template, a Kubernetes object, a GitHub workflow, an IAM policy document or what Terraform or the AWS command line prints"})
		}
	}
	all.Add(append(said, made...)...)
	return all, known, errors.Join(errs...)
}
