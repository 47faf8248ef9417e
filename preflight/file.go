package preflight

import (
	"bytes"
	"cmp"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

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

func (t Text) file() inputFile { return inputFile{name: t.Name, text: t.Bytes} }

// fileResult is what a file says, and what of it has to wait until every file is there.
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

func (r fileResult) notLookedAt() bool {
	says := func(f facts.Facts) bool { return !f.Empty() }
	return r.known && !r.used && len(r.workflows) == 0 && r.facts.Empty() && !slices.ContainsFunc(r.made, says)
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
	case github.RecognizeSteps(root):
		return facts.Facts{}, "a list of steps"
	}
	return facts.Facts{}, ""
}
