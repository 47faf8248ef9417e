package preflight

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"keyless-runners/identity"
	"keyless-runners/preflight/account"
	"keyless-runners/preflight/cloudformation"
	"keyless-runners/preflight/eksctl"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/github"
	"keyless-runners/preflight/kubernetes"
	"keyless-runners/preflight/secrets"
	"keyless-runners/preflight/source"
	"keyless-runners/preflight/terraform"
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

// leaveOverlaid leaves nothing but what is secret of the files that Flux or Argo CD applies with
// changes, and returns the objects by which they do.
func leaveOverlaid(files []inputFile, results []fileResult) (overlays []facts.Unrendered) {
	names, at := make([]string, len(files)), map[string]*fileResult{}
	for i := range files {
		names[i], at[files[i].name] = files[i].name, &results[i]
	}
	var left []string
	for i := range results {
		for _, overlay := range results[i].overlays {
			folder, applied := overlay.Files(names)
			if slices.ContainsFunc(applied, func(name string) bool { return overlay.Changes(&at[name].facts, at[name].variables) }) {
				left = append(left, applied...)
				overlays = append(overlays, overlay.Unrendered(folder))
			}
		}
	}
	for _, name := range left {
		if of := at[name]; len(of.facts.Objects)+len(of.facts.Unrendered) > 0 {
			of.facts, of.used = facts.Facts{Secrets: of.facts.Secrets}, true
		}
	}
	return overlays
}

// readWorkflows reads the workflows that are kept until every file is there. One that
// nothing starts but a call is read where it is called, if that is among the files.
func readWorkflows(results []fileResult, repository *sourceRepository) {
	called := map[string]bool{}
	for i := range results {
		for _, workflow := range results[i].workflows {
			for _, path := range github.Calls(workflow) {
				if root := repository.of(workflow.Place.File)(path); root != nil {
					called[root.Place.File] = true
				}
			}
		}
	}
	for i := range results {
		for _, workflow := range results[i].workflows {
			if file := workflow.Place.File; !called[file] || !github.OnlyCalled(workflow) {
				read := github.Read(workflow, repository.of(file))
				results[i].facts.Add(&read)
			}
		}
	}
}

// withoutCharts leaves out the files of Helm's charts, which are templates, but for those
// that were named. Each chart is a result.
func (i Input) withoutCharts(files []inputFile) (left []inputFile, charts []fileResult) {
	var names []string
	for _, file := range files {
		if !file.named && !file.account {
			names = append(names, file.name)
		}
	}
	inChart := map[string]bool{}
	for _, chart := range unrendered.Charts(names) {
		for _, name := range chart.Files {
			inChart[name] = true
		}
		named := slices.ContainsFunc(i.Paths, func(path string) bool { return filepath.Clean(path) == chart.Folder })
		charts = append(charts, fileResult{known: true, facts: facts.Facts{Unrendered: []facts.Unrendered{chart.Unrendered(named)}}})
	}
	return slices.DeleteFunc(files, func(f inputFile) bool { return inChart[f.name] }), charts
}

// setKustomized marks the files of which kustomize makes other objects, and returns the
// kustomizations.
func setKustomized(files []inputFile) (kustomizations []facts.Unrendered) {
	var names []string
	for _, file := range files {
		if !file.account {
			names = append(names, file.name)
		}
	}
	kustomized := map[string]bool{}
	for _, found := range unrendered.Kustomizations(names) {
		for _, name := range found.Files {
			kustomized[name] = true
		}
		kustomizations = append(kustomizations, found.Unrendered())
	}
	for i := range files {
		files[i].kustomized = kustomized[files[i].name]
	}
	return kustomizations
}

// setEnvironments gives each file the settings of the deployment, with the account and region that
// CDK's manifest in its folder states for its template.
func setEnvironments(files []inputFile, settings cloudformation.Settings) {
	stated := map[string]cloudformation.Settings{}
	for _, file := range files {
		if filepath.Base(file.name) != "manifest.json" || file.text != nil {
			continue
		}
		text, err := source.Read(file.name)
		if err != nil {
			continue // readFile reports it.
		}
		if roots, err := source.Parse(file.name, text); err == nil && len(roots) == 1 && cloudformation.RecognizeAssembly(roots[0]) {
			for name, stack := range settings.Environments(roots[0]) {
				stated[filepath.Join(filepath.Dir(file.name), name)] = stack
			}
		}
	}
	for i := range files {
		files[i].settings = settings
		names := []string{filepath.Clean(files[i].name)}
		if strings.HasSuffix(names[0], cloudformation.NestedTemplate) {
			names = append(names, filepath.Join(filepath.Dir(names[0]), cloudformation.NestedTemplate))
		}
		for _, name := range names {
			if stack, there := stated[name]; there {
				files[i].settings = stack
			}
		}
	}
}

// inputFile is a file, whether the user named it, and whether as an account.
type inputFile struct {
	name           string
	named, account bool
	// text is its content, nil if that is to be read.
	text []byte
	// kustomized says that kustomize makes other objects of it, so that its own are not read.
	kustomized bool
	// settings describe the deployment of the file's template.
	settings cloudformation.Settings
	// nested are the parameters that a nested stack gave it.
	nested map[string]string
}

type fileResult struct {
	facts facts.Facts
	// made is what eksctl will make of the file. What another file has comes first.
	made []facts.Facts
	// configs are ClusterConfigs of eksctl, which are read when the clusters of all files are there.
	configs []*source.Node
	// known reports that the file is of a kind that is known.
	known bool
	// workflows are the workflows that use other files or may be used themselves, which are read
	// when all are there.
	workflows []*source.Node
	// exports are what its templates export, and importing those that wait for others' exports.
	exports   []map[string]string
	importing []importing
	// used says that a workflow uses the file.
	used bool
	// overlays are the objects by which Flux or Argo CD applies a folder, and variables reports that the file has
	// some for Flux.
	overlays  []unrendered.Overlay
	variables bool
	err       error
}

// importing is a template that imports what other stacks export.
type importing struct {
	root     *source.Node
	size     int
	settings cloudformation.Settings
}

// readImporting reads the templates that import what others export. A name that stands for different values,
// in several accounts or regions, is of none.
func readImporting(results []fileResult) {
	all := map[string]string{}
	several := map[string]bool{}
	for _, result := range results {
		for _, exports := range result.exports {
			for name, value := range exports {
				before, there := all[name]
				several[name] = several[name] || there && before != value
				all[name] = value
			}
		}
	}
	maps.DeleteFunc(all, func(name, _ string) bool { return several[name] })
	for i := range results {
		for _, template := range results[i].importing {
			template.settings.Exports = all
			read := cloudformation.Read(template.root, template.size, template.settings)
			results[i].facts.Add(&read)
		}
	}
}

// maxNesting is how many stacks within each other get their parameters.
const maxNesting = 5

// readNested reads the templates of nested stacks again, with the parameters that these give them. A template to which
// stacks give different ones is not read for them, nor one that imports what others export.
func readNested(files []inputFile, results []fileResult) {
	at := map[string]int{}
	for i := range files {
		at[path.Clean(filepath.ToSlash(files[i].name))] = i
	}
	for range maxNesting {
		changed := false
		for template, stacks := range nestedStacks(results) {
			i, there := at[template]
			parameters := stacks[0].Parameters
			same := !slices.ContainsFunc(stacks, func(stack *facts.Unread) bool { return !maps.Equal(stack.Parameters, parameters) })
			if there && same && len(results[i].importing) == 0 && !maps.Equal(parameters, files[i].nested) {
				files[i].nested, changed = parameters, true
				results[i] = readFile(files[i].with(parameters), nil)
			}
		}
		if !changed {
			break
		}
	}
	for template, stacks := range nestedStacks(results) {
		for _, stack := range stacks {
			if i, there := at[template]; there && !maps.Equal(stack.Parameters, files[i].nested) {
				stack.Template = ""
			}
		}
	}
}

// nestedStacks are the nested stacks whose templates may be among the files, by these.
func nestedStacks(results []fileResult) map[string][]*facts.Unread {
	stacks := map[string][]*facts.Unread{}
	for i := range results {
		for n := range results[i].facts.Unread {
			if stack := &results[i].facts.Unread[n]; stack.Template != "" {
				stacks[stack.Template] = append(stacks[stack.Template], stack)
			}
		}
	}
	return stacks
}

// with returns a file whose template has other parameters too.
func (f inputFile) with(parameters map[string]string) inputFile {
	all := map[string]string{}
	maps.Copy(all, f.settings.Parameters)
	maps.Copy(all, parameters)
	f.settings.Parameters = all
	return f
}

// readClusterConfigs reads what eksctl makes of the clusters of all files.
func readClusterConfigs(results []fileResult, account identity.AccountID) {
	var clusters []facts.Cluster
	for _, result := range results {
		clusters = append(clusters, result.facts.Clusters...)
	}
	for i := range results {
		for _, config := range results[i].configs {
			results[i].made = append(results[i].made, eksctl.Read(config, account, clusters))
		}
	}
}

func (r fileResult) notLookedAt() bool {
	says := func(f facts.Facts) bool { return !f.Empty() }
	return r.known && !r.used && len(r.workflows) == 0 && r.facts.Empty() && !slices.ContainsFunc(r.made, says)
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

func (t Text) file() inputFile { return inputFile{name: t.Name, text: t.Bytes} }

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

// readFiles reads each file by itself, on all processors at once.
func readFiles(files []inputFile, ahead Ahead) []fileResult {
	results := make([]fileResult, len(files))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, file := range files {
		group.Go(func() error {
			results[i] = readFile(file, ahead)
			return nil
		})
	}
	group.Wait()
	return results
}

func readFile(file inputFile, ahead Ahead) fileResult {
	if file.text == nil {
		text, err := source.Read(file.name)
		if err != nil {
			return fileResult{err: err}
		}
		file.text = text
	}
	if result, there := ahead.of(file); there {
		return result
	}
	return readText(file)
}

func readText(file inputFile) fileResult {
	text := file.text
	if err := terraform.Refuse(file.name, text); err != nil {
		return fileResult{err: err}
	}
	roots, err := source.Parse(file.name, text)
	if err != nil {
		return fileResult{err: cmp.Or(unrendered.TemplateError(file.name, text), err)}
	}
	if len(roots) == 1 && terraform.Recognize(roots[0]) {
		return readTerraform(file, roots[0], text)
	}
	if file.kustomized {
		return readSecrets(roots)
	}
	found := fileResult{variables: bytes.Contains(text, []byte("${"))}
	for _, root := range roots {
		found.overlays = append(found.overlays, unrendered.Overlays(root)...)
		if !file.account && found.takeUnrendered(root) {
			continue
		}
		if file.named && unrendered.InstallsController(root) {
			return fileResult{err: &source.Error{Place: root.Place, Problem: "the values of the chart actions-runner-controller, which installs the controller and no runner: name the files of the RunnerDeployments"}}
		}
		facts, kind := found.recognize(root, len(text), file.settings)
		if err := acceptable(file, root, kind); err != nil {
			return fileResult{err: err}
		}
		if kind != "" {
			found.known = true
			facts.Secrets = append(facts.Secrets, secrets.Find(root)...)
			found.facts.Add(&facts)
		}
	}
	found.facts.Waivers = append(found.facts.Waivers, waivers(file.name, text)...)
	return found
}

// readSecrets finds what is secret, and reads nothing else.
func readSecrets(roots []*source.Node) fileResult {
	found := fileResult{known: true, used: true}
	for _, root := range roots {
		found.facts.Secrets = append(found.facts.Secrets, secrets.Find(root)...)
	}
	return found
}

// readTerraform reads a plan or a state. No comment of it can be a waiver, because it has
// none.
func readTerraform(file inputFile, root *source.Node, text []byte) fileResult {
	if file.account {
		return fileResult{err: notAccount(file.name, `what "terraform show -json" prints: name it without --iam`)}
	}
	found, err := terraform.Read(root, text, file.settings.Account, file.settings.Region)
	return fileResult{facts: found, known: true, err: err}
}

// takeUnrendered takes a tree that has to be rendered, of which nothing else is read. The
// values of a file that are not filled in are one fact.
func (r *fileResult) takeUnrendered(root *source.Node) bool {
	if values := unrendered.Values(root); len(values) > 0 {
		r.known = true
		r.facts.ChartValues = append(r.facts.ChartValues, values...)
	}
	found, ok := unrendered.Recognize(root)
	texts := unrendered.Placeholders(root)
	if !ok && len(texts) == 0 {
		return false
	}
	r.known = true
	r.facts.Secrets = append(r.facts.Secrets, secrets.Find(root)...)
	if ok {
		r.facts.Unrendered = append(r.facts.Unrendered, found)
		return true
	}
	if all := r.facts.Unrendered; len(all) == 0 || len(all[len(all)-1].Placeholders) == 0 {
		r.facts.Unrendered = append(all, facts.Unrendered{Place: texts[0].Place, What: "the file is a template"})
	}
	last := &r.facts.Unrendered[len(r.facts.Unrendered)-1]
	for _, text := range texts {
		last.Placeholders = append(last.Placeholders, text.Value)
	}
	return true
}

// acceptable returns an error about a tree of another kind than the user names it as, or
// one that lacks what its next pages hold: roles that are not there cannot be judged.
func acceptable(file inputFile, root *source.Node, kind string) error {
	switch {
	case file.account && kind == "":
		return notAccount(file.name, "of no kind that is known")
	case file.account && !account.IsAuthorizationDetails(root):
		return notAccount(file.name, kind+": name it without --iam")
	case account.IsAuthorizationDetails(root) && account.IsPage(root):
		return &source.Error{Place: source.Place{File: file.name},
			Problem: `one page of what "aws iam get-account-authorization-details" prints: run it without --max-items, --starting-token and --no-paginate`}
	}
	return nil
}

// recognize has the reader of its kind read a tree, and names the kind, "" for none that is
// known. A workflow that uses other files, or that others call, is kept, and an action is read
// with those that use it.
func (r *fileResult) recognize(root *source.Node, size int, settings cloudformation.Settings) (read facts.Facts, kind string) {
	switch {
	case eksctl.Recognize(root):
		r.configs = append(r.configs, root)
		return facts.Facts{}, "an eksctl ClusterConfig"
	case cloudformation.Recognize(root):
		r.exports = append(r.exports, cloudformation.Exports(root, size, settings))
		if cloudformation.Imports(root) {
			r.importing = append(r.importing, importing{root, size, settings})
			return facts.Facts{}, "a CloudFormation template"
		}
		return cloudformation.Read(root, size, settings), "a CloudFormation template"
	case cloudformation.RecognizeAssembly(root):
		r.used = true
		return facts.Facts{}, "the manifest of a CDK app"
	case kubernetes.Recognize(root):
		return kubernetes.Read(root), "a Kubernetes object"
	case account.RecognizeDocument(root):
		return account.ReadDocument(root), "an IAM policy document"
	case account.Recognize(root):
		return account.Read(root), "what another AWS command prints"
	case github.Recognize(root) && (github.UsesFiles(root) || github.OnlyCalled(root)):
		r.workflows = append(r.workflows, root)
		return facts.Facts{}, "a GitHub workflow"
	case github.Recognize(root):
		return github.Read(root, nil), "a GitHub workflow"
	case github.RecognizeAction(root):
		return facts.Facts{}, "a GitHub action"
	}
	return facts.Facts{}, ""
}
