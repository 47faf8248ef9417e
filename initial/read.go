package initial

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/preflight"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/eksctl"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/rule"
	"keyless-runners/preflight/source"
)

// Found holds what the files show to exist.
type Found struct {
	chains   *chain.Chains
	findings []preflight.Finding
	// objects and members are the values of the files: objects by where they begin, the values
	// of members by where their names are.
	objects, members map[source.Place]*source.Node
	// stacks are the templates that this project rendered, by their files.
	stacks map[string]renderedStack
	// workflows are the workflows that this project rendered, by the names of their pools.
	workflows map[string]*source.Node
	// deployWorkflows are the workflows by which GitHub Actions deploys, by the names of their stacks.
	deployWorkflows map[string]*source.Node
	// configs are ClusterConfigs of eksctl, in the order of the files.
	configs []*source.Node
}

// Read reads the files at the paths, and below folders: everything that keyless check reads.
// Every *source.Error of every file is in the error that is returned.
func Read(paths []string) (Found, error) {
	if slices.Contains(paths, source.Stdin) {
		return Found{}, errors.New("standard input can be read once, and init reads its files twice; name a file")
	}
	all, _, err := preflight.Read(preflight.Input{Paths: paths})
	if err != nil {
		return Found{}, err
	}
	chains := chain.New(index.New(all))
	found := Found{
		chains:          chains,
		findings:        rule.Findings(chains),
		objects:         map[source.Place]*source.Node{},
		members:         map[source.Place]*source.Node{},
		stacks:          map[string]renderedStack{},
		workflows:       map[string]*source.Node{},
		deployWorkflows: map[string]*source.Node{},
	}
	var errs []error
	for _, path := range paths {
		names, err := source.Files(path)
		errs = append(errs, err)
		for _, name := range names {
			errs = append(errs, found.readFile(name))
		}
	}
	return found, errors.Join(errs...)
}

// readFile keeps the values of a file. One that preflight left out is left out here too.
func (f *Found) readFile(name string) error {
	text, err := source.Read(name)
	if err != nil {
		return err
	}
	roots, err := source.Parse(name, text)
	var unreadable *source.Error
	if errors.As(err, &unreadable) {
		return nil
	}
	for _, root := range roots {
		root.Walk(func(node *source.Node) bool {
			if node.Kind == source.Map {
				f.objects[node.Place] = node
			}
			for _, member := range node.Members {
				f.members[member.Place] = member.Value
			}
			return true
		})
		if eksctl.Recognize(root) {
			f.configs = append(f.configs, root)
		}
		f.keepStack(root)
		f.keepWorkflow(string(text), root)
		f.keepDeployWorkflow(string(text), root)
	}
	return nil
}

// keepWorkflow keeps a workflow that begins with the mark of one that is rendered.
func (f *Found) keepWorkflow(text string, root *source.Node) {
	name := strings.TrimSuffix(strings.TrimPrefix(root.Word("name"), "Push to Amazon ECR ("), ")")
	if strings.HasPrefix(text, "# "+fleet.Mark(fmt.Sprintf("workflows/push-%s.yaml", name))) {
		f.workflows[name] = root
	}
}

// facts returns what the files state.
func (f *Found) facts() *facts.Facts { return &f.chains.Facts }
